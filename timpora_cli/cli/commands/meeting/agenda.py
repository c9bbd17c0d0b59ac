"""`timpora meeting agenda`: record the agenda of a meeting, and what was said: weak points, findings, obstacles."""

from collections.abc import Sequence
from typing import Annotated

import typer

from timpora_cli.actions.supervision.meetings import lines
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.options import Options
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.supervision.meeting import MeetingArgument, NothingForMeeting, Removed, Texts, tidied
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import excerpt, whole_number
from timpora_cli.model.supervision.meetings import ItemKind
from timpora_cli.queries.supervision.meetings import meeting_named, meeting_record
from timpora_cli.render import write

MOST_ITEMS = 10**5 - 1


class NoNumberOfAnItem(WrongUsage):
    """--before "{text}" is no number of an item. Write a whole number from 1."""


class BeforeOneKind(WrongUsage):
    """--before is for texts of one kind, and several kinds were given. Give one kind at a time."""


class Said(Options):
    """What was said in a meeting, and where a text stands."""

    risks: Annotated[
        Texts, typer.Option("--risk", metavar="TEXT", help=_("A weak point (kerawanan) of the area; repeat it."))
    ] = None
    findings: Annotated[
        Texts, typer.Option("--finding", metavar="TEXT", help=_("What was reported or found; repeat it."))
    ] = None
    obstacles: Annotated[
        Texts, typer.Option("--obstacle", metavar="TEXT", help=_("What stands in the way (kendala); repeat it."))
    ] = None
    before: Annotated[
        str | None,
        typer.Option("--before", metavar="N", help=_("Before the item of this number; without it, at the end.")),
    ] = None

    def texts(self, agenda: Sequence[str] | None) -> dict[ItemKind, list[str]]:
        """Return the texts that were typed, by their kind, with those of the agenda. Raises EmptyText."""
        typed = {
            ItemKind.AGENDA: tidied(agenda, "TEXT"),
            ItemKind.RISK: tidied(self.risks, "--risk"),
            ItemKind.FINDING: tidied(self.findings, "--finding"),
            ItemKind.OBSTACLE: tidied(self.obstacles, "--obstacle"),
        }
        return {kind: found for kind, found in typed.items() if found}

    def number(self, kinds: int) -> int | None:
        """Return the number of the item before which texts of so many `kinds` stand; None for the end."""
        if self.before is None:
            return None
        number = whole_number(self.before, MOST_ITEMS)
        if not number:
            raise NoNumberOfAnItem(text=excerpt(self.before))
        if kinds > 1:
            raise BeforeOneKind
        return number


@command(
    Writing,
    Said,
    Why,
    examples=(
        'timpora meeting agenda 1 "Pembukaan" "Laporan kepala kantor" "Laporan desa"',
        'timpora meeting agenda 1 --finding "Desa Contoh: satu orang asing belum dilaporkan"',
    ),
)
def agenda(
    ctx: typer.Context,
    reference: MeetingArgument,
    texts: Annotated[
        Texts, typer.Argument(metavar="TEXT...", help=_("Items of the agenda, in order."), show_default=False)
    ] = None,
    removed: Removed = None,
) -> None:
    """Record the agenda of a meeting in order, and what was said in it: weak points, findings and obstacles.

    Each text is a line of its own. Names of people have no place in it: name the village or the institution.
    """
    said = Said.of(ctx)
    with working(ctx, Why.of(ctx).reason) as work:
        some = said.texts(texts)
        if not (some or removed):
            raise NothingForMeeting(command="agenda")
        at = said.number(len(some))
        connection = work.change.connection
        meeting = meeting_named(connection, reference)
        lines.remove(work.change, meeting_record(connection, meeting, work.today), "meeting_item", removed or ())
        record = meeting_record(connection, meeting, work.today)
        for kind, found in some.items():
            lines.note(work.change, record, kind, found, at)
        record = meeting_record(connection, meeting, work.today)
    write.line(_answer(meeting.id, {kind: len(record.of_kind(kind)) for kind in ItemKind}))


def _answer(meeting: int, numbers: dict[ItemKind, int]) -> str:
    sentence = _("Meeting {id}: agenda {agenda}, weak points {risks}, findings {findings}, obstacles {obstacles}.")
    return sentence.format(
        id=meeting,
        agenda=numbers[ItemKind.AGENDA],
        risks=numbers[ItemKind.RISK],
        findings=numbers[ItemKind.FINDING],
        obstacles=numbers[ItemKind.OBSTACLE],
    )
