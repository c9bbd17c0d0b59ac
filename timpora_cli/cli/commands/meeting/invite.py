"""`timpora meeting invite`: record which institutions are invited to a meeting."""

from typing import Annotated

import typer

from timpora_cli.actions.supervision.meetings import lines
from timpora_cli.cli.completion import supervision
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.supervision.meeting import (
    EmptyText,
    MeetingArgument,
    NothingForMeeting,
    Removed,
    Texts,
    tidied,
)
from timpora_cli.language import _, n_
from timpora_cli.model import names
from timpora_cli.model.supervision.meetings import ItemKind
from timpora_cli.queries.supervision.meetings import meeting_named, meeting_record
from timpora_cli.render import write


@command(
    Writing,
    Why,
    examples=(
        'timpora meeting invite 1 "Kecamatan Tanjungpandan: Camat" "Polsek Tanjungpandan: Kapolsek" "Desa Air Merbau"',
        "timpora meeting invite 2 --like 1",
    ),
)
def invite(
    ctx: typer.Context,
    reference: MeetingArgument,
    institutions: Annotated[
        Texts,
        typer.Argument(
            metavar="INSTITUTION...",
            help=_("Each institution, and behind a colon the office of it that is invited."),
            autocompletion=supervision.institutions,
            show_default=False,
        ),
    ] = None,
    like: Annotated[
        str | None,
        typer.Option(
            "--like", metavar="MEETING", help=_("Those who were invited to it."), autocompletion=supervision.meetings
        ),
    ] = None,
    copies: Annotated[
        Texts, typer.Option("--copy", metavar="TEXT", help=_("Who gets a copy (tembusan) of the letter; repeat it."))
    ] = None,
    removed: Removed = None,
) -> None:
    """Record which institutions are invited to a meeting, in the order of the letter.

    One that is invited already with the same office is passed over. Of an institution that is invited with two
    offices, write both: "Polres: Kapolres" "Polres: Kasat Intelkam".
    """
    with working(ctx, Why.of(ctx).reason) as work:
        some, who_gets_copies = [_read(text) for text in institutions or ()], tidied(copies, "--copy")
        if not (some or like or who_gets_copies or removed):
            raise NothingForMeeting(command="invite")
        connection = work.change.connection
        meeting = meeting_named(connection, reference)
        record = meeting_record(connection, meeting, work.today)
        lines.remove(work.change, record, "meeting_invited", removed or ())
        if like is not None:
            earlier = meeting_record(connection, meeting_named(connection, like), work.today)
            some = [*(lines.NewInvited(one.institution, one.office) for one in earlier.invited), *some]
        record = meeting_record(connection, meeting, work.today)
        new = lines.invite(work.change, record, some)
        lines.note(work.change, record, ItemKind.COPY, who_gets_copies, None)
        invited = len(meeting_record(connection, meeting, work.today).invited)
    write.line(_answer(meeting.id, new, invited))


def _read(text: str) -> lines.NewInvited:
    institution, _colon, office = (names.name(part) for part in text.partition(":"))
    if not institution:
        raise EmptyText(what="INSTITUTION")
    return lines.NewInvited(institution, office or None)


def _answer(meeting: int, new: int, invited: int) -> str:
    said = n_("Meeting {id}: {new} invited, {all} in all.", "Meeting {id}: {new} invited, {all} in all.", new)
    return said.format(id=meeting, new=new, all=invited)
