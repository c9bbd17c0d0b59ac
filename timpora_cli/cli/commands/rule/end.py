"""`timpora rule end`: let a rule hold up to and on a day."""

from typing import Annotated

import typer

from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.talk import say
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import excerpt, whole_number
from timpora_cli.render import write

Text = str | None


class NotARule(WrongUsage):
    """{rule} is not the id of a rule. See them with: timpora rule list"""


@command(Writing, Why, examples=("timpora rule end 2 --until 2026-12-31",))
def end(
    ctx: typer.Context,
    rule: Annotated[str, typer.Argument(metavar="RULE", help=_("The rule's id."), autocompletion=values.rules)],
    until: Annotated[Text, typer.Option("--until", metavar="DATE", help=_("Its last day; without it, today."))] = None,
) -> None:
    """Let a rule hold up to and on a day."""
    from timpora_cli.actions import law as acting

    why = Why.of(ctx)
    number = whole_number(rule)
    if number is None:
        raise NotARule(rule=excerpt(rule))
    with working(ctx, why.reason) as work:
        day = say.day_read(until, work.today) if until else work.today
        acting.end_rule(work.change, number, day)
    write.line(_("Rule {rule} holds until {day}.").format(rule=rule, day=day.isoformat()))
