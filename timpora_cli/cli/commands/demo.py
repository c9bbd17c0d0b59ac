"""`timpora demo`: show what timpora does, on an example register of invented people."""

import sys
import tempfile
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Timeless, command
from timpora_cli.cli.frame.register import author_of
from timpora_cli.errors import Refused, WrongUsage
from timpora_cli.language import _
from timpora_cli.model.dates import in_words
from timpora_cli.render import write
from timpora_cli.store import connect

EXPIRY_DAY = date(2020, 9, 21)


Keep = Annotated[
    str | None, typer.Option("--keep", metavar="FILE", help=_("Keep the example register as this new file."))
]


class NoFileNamed(WrongUsage):
    """--keep names no file. Write the new file's name behind it, as in --keep example.db."""


class NoScratchFolder(Refused):
    """There is no folder for the scratch file of the example: {reason}.
    Name a new file for it: timpora demo --keep FILE
    """


@command(Timeless, examples=("timpora demo", "timpora demo --keep example.db"))
def demo(ctx: typer.Context, keep: Keep = None) -> None:
    """Show what timpora does, on an example register of invented people.

    Tanjungpandan on 17 September 2020: who expires before 21 September, how many are in each district, and what the
    meeting of the Timpora decided. It is made in a scratch file, and never touches the office's register.
    """
    if keep is not None and not keep.strip():
        raise NoFileNamed
    from timpora_cli.actions import demo as example
    from timpora_cli.actions import founding

    # Where nothing is kept, there is no change to be told of when the answer cannot be printed.
    author = author_of(ctx) if keep else replace(author_of(ctx), hear=lambda _number: None)
    with _scratch() if keep is None else nullcontext(keep) as scratch:
        path = Path(scratch) if keep else Path(scratch) / "demo.db"
        founding.make(path, None, author, example.fill)
        _show(path)
    _say_what_next(keep)


def _scratch() -> tempfile.TemporaryDirectory[str]:
    try:
        return tempfile.TemporaryDirectory(prefix="timpora-demo-")
    except OSError as error:
        raise NoScratchFolder(reason=str(error.strerror).rstrip(".")) from error


def _show(path: Path) -> None:
    from timpora_cli.actions.demo import DEMO_DAY
    from timpora_cli.queries.counting.counts import counts
    from timpora_cli.queries.expiring import Window, account, expiring, years_without_holidays
    from timpora_cli.queries.filters import EVERYONE
    from timpora_cli.queries.people import with_passports
    from timpora_cli.queries.supervision.meetings import meeting_named, meeting_record
    from timpora_cli.render.answer import Wanted
    from timpora_cli.render.answers import people
    from timpora_cli.render.answers.counting import counts as answers
    from timpora_cli.render.answers.supervision.meetings import DECISIONS

    output = Wanted(format="table", terminal=sys.stdout.isatty())
    with connect.reading(path) as connection:
        ending = expiring(connection, DEMO_DAY, Window(EXPIRY_DAY), EVERYONE)
        listed = with_passports(connection, DEMO_DAY, ending.people)
        known = account(connection, DEMO_DAY, ending, EVERYONE)
        no_holidays = years_without_holidays(connection, ending.people)
        rows = counts(connection, DEMO_DAY, "district", EVERYONE)
        held = meeting_record(connection, meeting_named(connection, DEMO_DAY.isoformat()), DEMO_DAY)
    write.line(
        _("Whose permit ends before {day}, as of {today} (invented people):").format(
            day=in_words(EXPIRY_DAY), today=in_words(DEMO_DAY)
        )
    )
    write.answer(people.expiring(listed, known, DEMO_DAY, no_holidays), output)
    write.line("")
    write.line(_("How many are in each district:"))
    write.answer(answers.counts(rows, "district"), output)
    write.line("")
    write.line(_("What the meeting of that day decided:"))
    write.answer(DECISIONS.of(list(held.decisions)), output)


def _say_what_next(keep: str | None) -> None:
    file = keep or "example.db"
    tries = [
        f"timpora --db {file} expiring --within 30d --as-of 2020-09-17",
        f"timpora --db {file} counts --by nationality --as-of 2020-09-17",
        f"timpora --db {file} case show 1 --as-of 2020-09-17",
        f"timpora --db {file} district rank --why --as-of 2020-09-17",
        f"timpora --db {file} meeting show 1 --as-of 2020-09-17",
        f"timpora --db {file} brief --meeting 1 --as-of 2020-09-17 -o brief.html",
    ]
    if keep is None:
        tries.insert(0, f"timpora demo --keep {file}")
    write.line("")
    write.line(_("To try next:"))
    for line in [*tries, "timpora init", "timpora --help"]:
        write.line(f"  {line}")
