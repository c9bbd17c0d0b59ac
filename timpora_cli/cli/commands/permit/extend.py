"""`timpora permit extend`: record the extension of a permit."""

import typer

from timpora_cli.actions import permits
from timpora_cli.actions.permits import with_end
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.done import DoneOptions, done
from timpora_cli.cli.options.permit import PermitArgument, PermitOptions, dated
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.talk import ask
from timpora_cli.language import _
from timpora_cli.queries import find
from timpora_cli.render.answers.done import DONE


@command(
    Writing,
    PermitOptions,
    Why,
    DoneOptions,
    answer=DONE,
    examples=("timpora permit extend 1 --expires 2022-05-31 --issued 2020-09-15 --number 2C21DEMO9002",),
)
def extend(ctx: typer.Context, reference: PermitArgument) -> None:
    """Record the extension of a permit: a new grant of the same class, which takes its place on the day of issue.

    Without --issued it was issued today; without --number the number stays the same. An extension issued late leaves
    the days between as overstay in the past. With --issued unknown it follows without a gap.
    """
    printed, why, answer = PermitOptions.of(ctx), Why.of(ctx), DoneOptions.of(ctx)
    with working(ctx, why.reason) as work:
        ask.refuse_unasked({"--expires": printed.expires})
        permit = find.permit(work.connection, reference)
        permits.refuse_ended(work.change, permit)
        printed = dated(printed, work.today)
        grant = printed.grant(permit.class_code, work.today)
        identity = permits.extend(work.change, permit, grant, work.today)
        did = done(work, permit.resident_id, identity, look=True)
        said = _("Permit {old} extended by permit {new}: {held}, {name}.").format(
            old=permit.id, new=identity, held=with_end(grant.class_code, grant.expires_on), name=did.name
        )
    answer.write(did, said)
