"""`timpora case reopen`: open a closed case again."""

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.supervision.case import CaseArgument, WhenOptions
from timpora_cli.errors import Refused
from timpora_cli.queries.supervision.cases import case_file
from timpora_cli.queries.supervision.procedures import workflow
from timpora_cli.render import write
from timpora_cli.render.answers.supervision.cases import standing


class NotClosed(Refused):
    """Case {case} is not closed: it is {state}. Nothing was changed."""


class StaysClosed(Refused):
    """Case {case} is {state}, and no open state may follow that one. See them with: timpora workflow list"""


@command(
    Writing,
    WhenOptions,
    Why,
    examples=("timpora case reopen 2", 'timpora case reopen 2 --note "the village head reports it again"'),
)
def reopen(ctx: typer.Context, reference: CaseArgument) -> None:
    """Open a closed case again. The state that it comes into, and its limit, are those of: timpora workflow list

    What was settled before stays settled. To take back a closing that was a mistake, use undo.
    """
    from timpora_cli.actions.supervision import cases

    when, why = WhenOptions.of(ctx), Why.of(ctx)
    with working(ctx, why.reason) as work:
        file, flow = case_file(work.connection, reference, work.today), workflow(work.connection)
        case, state = file.listed.case.case_id, file.listed.state
        if not state.is_closed:
            raise NotClosed(case=case, state=state.term.name)
        again = flow.following(state.term.code, closed=False)
        if not again:
            raise StaysClosed(case=case, state=state.term.name)
        cases.record(work.change, file, flow, cases.Happening(when.at(work), state=again[0], note=when.text))
        said = standing(case_file(work.connection, reference, work.today).listed)
    write.line(said)
