"""`timpora permit revoke`: record that a permit was cancelled."""

from typing import Annotated

import typer

from timpora_cli.actions import permits
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.done import DoneOptions, done
from timpora_cli.cli.options.permit import PermitArgument
from timpora_cli.cli.options.person import PAST_DAY, Why, past_day
from timpora_cli.cli.talk import ask
from timpora_cli.language import _
from timpora_cli.queries import find
from timpora_cli.render.answers.done import DONE


@command(Writing, Why, DoneOptions, answer=DONE, examples=('timpora permit revoke 1 --reason "sponsor withdrew"',))
def revoke(
    ctx: typer.Context,
    reference: PermitArgument,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=_("From which day; without it, today.")), PAST_DAY
    ] = None,
) -> None:
    """Record that a permit was cancelled, with the reason; its holder is then without a current permit."""
    why, answer = Why.of(ctx), DoneOptions.of(ctx)
    with working(ctx, why.reason) as work:
        permit = find.permit(work.connection, reference)
        permits.refuse_ended(work.change, permit)
        if not why.reason and not ask.can_ask():
            ask.refuse_missing({"--reason": why.reason})
        reason = why.reason or ask.text(_("Reason"))
        day = past_day(on, work.today) if on else work.today
        permits.revoke(work.change, permit, day, reason)
        did = done(work, permit.resident_id, permit.id)
    said = _("Permit {permit} revoked from {day}, {name}.")
    answer.write(did, said.format(permit=permit.id, day=day.isoformat(), name=did.name))
