"""What a change of people or permits answers: sentences for people, one object for programs."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from timpora_cli.cli.frame.options import Options, caught
from timpora_cli.cli.frame.register import Work
from timpora_cli.errors import TimporaError
from timpora_cli.language import _
from timpora_cli.model.notices import Done
from timpora_cli.queries.find import resident as resident_named
from timpora_cli.render import write
from timpora_cli.render.answer import Wanted
from timpora_cli.render.answers.done import DONE
from timpora_cli.render.formats import FOR_PEOPLE, FORMATS, refuse_unknown

if TYPE_CHECKING:
    from timpora_cli.render.answer import Card


class DoneOptions(Options):
    """How the answer of a change is written."""

    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=_("json, csv, tsv or ndjson: one record; without it, sentences."),
            autocompletion=lambda: list(FORMATS),
        ),
    ] = None

    def faults(self, answer: object) -> Iterator[TimporaError]:  # noqa: ARG002
        """Yield that there is no such format."""
        if self.format is not None:
            yield from caught(refuse_unknown, self.format)

    @property
    def for_people(self) -> bool:
        """Whether people read the answer."""
        return self.format in {None, *FOR_PEOPLE}

    def write(self, done: object, *sentences: str, card: "Card[Any]" = DONE) -> None:
        """Write what a change did: the sentences, and a line for each notice; or the record, as `card` has it."""
        if not self.for_people:
            write.card(card, done, Wanted(self.format or ""))
            return
        for sentence in sentences:
            write.line(sentence)
        for notice in getattr(done, "notices", ()):
            write.line(_("Note: {text}").format(text=notice.text))


def done(work: Work, resident: int, permit: int | None = None, *, look: bool = False, name: str | None = None) -> Done:
    """Return what the change of `work` did for a resident; with `look`, also what it accepted and says.

    `name` is that of a resident who is no longer on record.
    """
    from timpora_cli.queries.noticing import noticed

    change = work.change
    notices = noticed(change, work.today, resident, permit) if look else ()
    name = name or resident_named(work.connection, str(resident)).name
    return Done(change.number if change.touched else None, resident, name, permit, notices)
