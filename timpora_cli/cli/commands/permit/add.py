"""`timpora permit add`: record a permit for a resident, as printed."""

from typing import Annotated

import typer

from timpora_cli.actions import permits
from timpora_cli.actions.permits import with_end
from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.options import Reads
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.done import DoneOptions, done
from timpora_cli.cli.options.permit import ClassOption, PermitOptions, asked
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.talk import ask
from timpora_cli.language import _
from timpora_cli.model.terms import CLASSES, class_code
from timpora_cli.queries import find
from timpora_cli.render.answers.done import DONE

Holder = Annotated[
    str,
    typer.Argument(
        metavar="RESIDENT",
        help=_("The holder: an id, or a NIORA or passport number."),
        autocompletion=values.residents,
        show_default=False,
    ),
    Reads(lambda text, desk: find.resident(desk.connection, text)),
]


@command(
    Writing,
    PermitOptions,
    Why,
    DoneOptions,
    answer=DONE,
    examples=(
        (
            "timpora permit add 1 --class KITAS --number 2C21DEMO9001"
            " --issued 2020-06-01 --expires 2021-05-31 --index C317"
        ),
        "timpora permit add 1 --class KITAP --number 2D21DEMO9001 --issued 2020-06-01 --expires unlimited",
    ),
)
def add(ctx: typer.Context, reference: Holder, kind: ClassOption = None) -> None:
    """Record a permit for a resident, as printed.

    Class, number, day of issue and last valid day are needed; what nobody knows is given as the word unknown, and the
    last day of a KITAP without an end as the word unlimited (seumur hidup, tidak terbatas). A permit
    issued before one on record takes its place before it. For the next permit of a holder, use extend or convert.
    """
    printed, why, answer = PermitOptions.of(ctx), Why.of(ctx), DoneOptions.of(ctx)
    with working(ctx, why.reason) as work:
        needed = {"--class": kind, "--number": printed.number, "--issued": printed.issued, "--expires": printed.expires}
        ask.refuse_unasked(needed)
        holder = find.resident(work.connection, reference)
        known = ", ".join(one.term.code for one in CLASSES)
        kind = ask.until_read(kind, "--class", _("Class ({known})").format(known=known), class_code)
        printed = asked(printed, work.today)
        grant = printed.grant(class_code(kind or ""), work.today)
        identity = permits.add(work.change, holder.id, grant, work.today)
        said = _("Permit {permit} recorded for resident {id}: {held}, {name}.").format(
            permit=identity, id=holder.id, held=with_end(grant.class_code, grant.expires_on), name=holder.name
        )
        did = done(work, holder.id, identity, look=True)
    answer.write(did, said)
