"""`timpora rule add`: record a rule. Of two that are in force for the same thing."""

from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.law import KINDS, RuleOptions, new_rule
from timpora_cli.cli.options.person import Why
from timpora_cli.language import _
from timpora_cli.model.terms import one_of
from timpora_cli.render import write


@command(
    Writing,
    RuleOptions,
    Why,
    examples=(
        'timpora rule add window 60 --for KITAS --from 2027-01-01 --basis "Contoh 2/2026" --source example.invalid',
    ),
)
def add(
    ctx: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help=_("What the rule says: {kinds}.").format(kinds=", ".join(KINDS)),
            autocompletion=lambda: list(KINDS),
        ),
    ],
    value: Annotated[str, typer.Argument(metavar="VALUE", help=_("Days, months, years, or rupiah a day."))],
) -> None:
    """Record a rule. Of two that are in force for the same thing, the one that began later counts."""
    from timpora_cli.actions import law as acting

    typed, why = RuleOptions.of(ctx), Why.of(ctx)
    named = KINDS[one_of(kind, KINDS, _("kind of rule"))]
    typed.refuse_missing(named)
    with working(ctx, why.reason) as work:
        rule = acting.add_rule(work.change, new_rule(named, value, typed, work))
    write.line(_("Rule {rule} recorded.").format(rule=rule))
