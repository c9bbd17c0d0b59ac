"""`timpora letters`: make a reminder for each sponsor or spouse of people whose permit ends before a day."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import View, reading, working
from timpora_cli.cli.options.done import DoneOptions
from timpora_cli.cli.options.expiry import Span
from timpora_cli.cli.options.filters import Filters
from timpora_cli.cli.options.supervision.letters import LettersOptions
from timpora_cli.cli.talk import say
from timpora_cli.language import _
from timpora_cli.render.answers.supervision.letters import DONE, nobody_to_write_to, sentences

if TYPE_CHECKING:
    import sqlite3

    from timpora_cli.model.supervision.letters import Letter, Letters, LettersDone

COMMANDS = ("list",)


@command(
    Writing,
    Span,
    Filters,
    LettersOptions,
    DoneOptions,
    answer=DONE,
    examples=(
        "timpora letters --before 2020-09-21 --output letters-september",
        "timpora letters --within 30d --district Tanjungpandan --dry-run",
        "timpora letters --before 2020-09-21 --sponsor Timah --again --output letters-timah",
    ),
)
def letters(ctx: typer.Context) -> None:
    """Make a reminder for each sponsor of people whose permit ends before a day.

    The people are those of timpora expiring with the same options. Who has no sponsor on record, but an Indonesian
    spouse, has a letter to the spouse. Each letter is a page (.html) on the letterhead of the day, and a short text
    (.txt) to paste into a message, both in Indonesian and English. Nothing is sent.

    What was made for whom is recorded: nobody is reminded twice of one end. When the end moves, a letter is made again;
    and with --again in any case. Taken back with timpora undo, after which the letters are due again.
    """
    typed, answer = LettersOptions.of(ctx), DoneOptions.of(ctx)
    if typed.dry_run:
        with reading(ctx) as view:
            done = _shown(_planned(ctx, view))
    else:
        done = _made(ctx, typed)
    if done.made.without:
        people = nobody_to_write_to(done.made.without)
        say.note(
            _("{people}. Record a sponsor with: timpora resident edit RESIDENT --sponsor NAME").format(people=people)
        )
    answer.write(done, *sentences(done), card=DONE)


def _planned(ctx: typer.Context, view: View) -> "Letters":
    """Return the letters that are due for the people on the expiry list of this line."""
    from timpora_cli.queries.expiring import expiring
    from timpora_cli.queries.supervision.letters import letters_for

    window, where = Span.of(ctx).window(view), Filters.of(ctx).where(view)
    listed = expiring(view.connection, view.on, window, where).people
    return letters_for(view.connection, view.on, listed, again=LettersOptions.of(ctx).again)


def _shown(planned: "Letters") -> "LettersDone":
    from timpora_cli.model.supervision.letters import LettersDone

    return LettersDone(None, None, planned)


def _made(ctx: typer.Context, typed: LettersOptions) -> "LettersDone":
    """Write the files and record the letters; where either fails, neither is left."""
    from timpora_cli.actions.supervision.letters import record
    from timpora_cli.model.supervision.letters import LettersDone
    from timpora_cli.render.folder import folder

    path = Path(str(typed.output))
    with folder(path, force=typed.force) as files, working(ctx) as work:
        # The change begins before the list is read: of two runs at once, the second sees what the first has recorded.
        change = work.change
        planned = _planned(ctx, View(work.connection, work.today))
        made = tuple(record(change, work.today, planned.letters))
        files.write(_files(work.connection, work.today, made))
        number = change.number if change.touched else None
    return LettersDone(number, str(path), planned._replace(letters=made))


def _files(connection: "sqlite3.Connection", on: date, made: "tuple[Letter, ...]") -> dict[str, str]:
    """Return the texts of the files of each letter, by their names."""
    from timpora_cli.model.supervision.letters import LetterPage
    from timpora_cli.queries.settings import office_name, office_town
    from timpora_cli.queries.supervision.letterhead import letterhead
    from timpora_cli.render.pages.letter import as_html, as_message

    head, office, town = letterhead(connection, on), office_name(connection), office_town(connection)
    pages = [LetterPage(letter, on, head, office, town) for letter in made]
    htmls = {f"{page.letter.stem}.html": as_html(page) for page in pages}
    return htmls | {f"{page.letter.stem}.txt": as_message(page) for page in pages}
