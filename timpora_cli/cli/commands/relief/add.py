"""`timpora relief add`: record a relief. A condition that is left out does not bind."""

from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.law import Policy
from timpora_cli.cli.options.person import Why
from timpora_cli.language import _
from timpora_cli.model.terms import class_code
from timpora_cli.queries.law import in_force
from timpora_cli.render import write

Code = Annotated[str, typer.Argument(metavar="CODE", help=_("The relief's code, as in ITKT-2020-09."))]


@command(
    Writing,
    Policy,
    Why,
    examples=(
        (
            'timpora relief add ITKT-2020-10 --name "ITKT, October" --basis "Contoh 1/2020" --class ITK --class KITAS'
            " --from 2020-09-20 --until 2020-10-20 --supersedes ITKT-2020-09 --source example.invalid"
        ),
    ),
)
def add(ctx: typer.Context, code: Code) -> None:
    """Record a relief. A condition that is left out does not bind.

    It covers a permit of its classes whose printed end is no earlier than the day on which the chain of reliefs that
    it belongs to began, or the day given with --expired-from. One that supersedes another takes its place on the day
    from which it is in force; from the other's first day or an earlier one, the other never was in force.
    """
    from timpora_cli.actions import law as acting

    policy, why = Policy.of(ctx), Why.of(ctx)
    with working(ctx, why.reason) as work:
        policy.refuse_missing(code)
        classes = dict.fromkeys(class_code(text) for text in policy.classes or ())
        row, had_spoken = policy.row(code, work), in_force(work.connection)
        acting.add_relief(work.change, row, classes)
        never = sorted(had_spoken - in_force(work.connection))
    write.line(_("Relief {code} recorded.").format(code=code.strip()))
    for superseded in never:
        write.line(_("Relief {code} thereby never was in force.").format(code=superseded))
