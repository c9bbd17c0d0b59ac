"""`timpora permit convert`: record the conversion of a permit."""

import typer

from timpora_cli.actions import permits
from timpora_cli.actions.permits import with_end
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.done import DoneOptions, done
from timpora_cli.cli.options.permit import ClassOption, PermitArgument, PermitOptions, dated
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.talk import ask
from timpora_cli.language import _
from timpora_cli.model.terms import class_code
from timpora_cli.queries import find
from timpora_cli.render.answers.done import DONE


@command(
    Writing,
    PermitOptions,
    Why,
    DoneOptions,
    answer=DONE,
    examples=("timpora permit convert 1 --class KITAP --number 2D21DEMO9003 --issued 2020-09-16 --expires 2025-09-15",),
)
def convert(ctx: typer.Context, reference: PermitArgument, kind: ClassOption = None) -> None:
    """Record the conversion of a permit (alih status): a new grant of another class, from the day of issue.

    Without --issued it was issued today; with --issued unknown it follows without a gap.
    """
    printed, why, answer = PermitOptions.of(ctx), Why.of(ctx), DoneOptions.of(ctx)
    with working(ctx, why.reason) as work:
        ask.refuse_unasked({"--class": kind, "--expires": printed.expires})
        permit = find.permit(work.connection, reference)
        permits.refuse_ended(work.change, permit)
        kind = ask.until_read(kind, "--class", _("New class"), class_code)
        printed = dated(printed, work.today)
        grant = printed.grant(class_code(kind or ""), work.today)
        identity = permits.convert(work.change, permit, grant, work.today)
        did = done(work, permit.resident_id, identity, look=True)
        said = _("Permit {old} ({was}) converted to permit {new}: {held}, {name}.").format(
            old=permit.id,
            was=permit.class_code,
            new=identity,
            held=with_end(grant.class_code, grant.expires_on),
            name=did.name,
        )
    answer.write(did, said)
