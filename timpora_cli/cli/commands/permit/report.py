"""`timpora permit report`: record that the holder of a KITAP reported to the office."""

from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.permit import PermitArgument
from timpora_cli.cli.options.person import Why, past_day
from timpora_cli.language import _
from timpora_cli.queries import find
from timpora_cli.queries.personal.dossier import dossier
from timpora_cli.render import write


@command(
    Writing,
    Why,
    examples=("timpora permit report 1 --on 2020-09-15", "timpora permit report 1"),
)
def report(
    ctx: typer.Context,
    reference: PermitArgument,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=_("The day of the report; without it, today."))
    ] = None,
) -> None:
    """Record that the holder of a KITAP reported to the office, as is due every five years.

    The next report is counted from this day. Which reports fall due is in: timpora expiring --reports. A report that
    was recorded by mistake is taken back with undo.
    """
    from timpora_cli.actions.permits import reports, with_end

    why = Why.of(ctx)
    with working(ctx, why.reason) as work:
        permit = find.permit(work.connection, reference)
        day = past_day(on, work.today) if on else work.today
        reports.record(work.change, permit, day, work.today)
        holder = dossier(work.connection, permit.resident_id, work.today)
        said = _("Report of {day} recorded for permit {permit}: {held}, {name}.").format(
            day=day.isoformat(),
            permit=permit.id,
            held=with_end(permit.class_code, permit.expires_on),
            name=holder.name,
        )
        if permit.ended_on is None and holder.reporting and holder.reporting.next:
            said += " " + _("The next is due by {day}.").format(day=holder.reporting.next.isoformat())
    write.line(said)
