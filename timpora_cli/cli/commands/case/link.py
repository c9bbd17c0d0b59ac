"""`timpora case link`: say that a case is the same as another."""

from typing import Annotated

import typer

from timpora_cli.cli.completion import supervision
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.options import Reads
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.supervision.case import CaseArgument, WhenOptions
from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.model.supervision.cases import CASE
from timpora_cli.queries.supervision.cases import case_file
from timpora_cli.queries.supervision.procedures import workflow
from timpora_cli.render import write
from timpora_cli.render.answers.supervision.cases import standing


class NoSuchState(Refused):
    """No state of a case says that it is the same as another. See them with: timpora workflow list"""


@command(
    Writing,
    WhenOptions,
    Why,
    examples=("timpora case link 2 1", 'timpora case link 2 1 --note "the same couple"'),
)
def link(
    ctx: typer.Context,
    reference: CaseArgument,
    other: Annotated[
        str,
        typer.Argument(
            metavar="OTHER",
            help=_("The case that stays open for both."),
            autocompletion=supervision.cases,
            show_default=False,
        ),
        Reads(lambda text, desk: case_file(desk.connection, text, desk.today)),
    ],
) -> None:
    """Say that a case is the same as another: it is closed, and OTHER stays open for both."""
    from timpora_cli.actions.supervision import cases

    when, why = WhenOptions.of(ctx), Why.of(ctx)
    with working(ctx, why.reason) as work:
        flow = workflow(work.connection)
        file, stays = (case_file(work.connection, text, work.today) for text in (reference, other))
        cases.refuse_circle(file, stays)
        state = next((code for code, one in flow.states.items() if one.needs == CASE), None)
        if state is None:
            raise NoSuchState
        happening = cases.Happening(when.at(work), state, stays.listed.case.case_id, note=when.text)
        cases.record(work.change, file, flow, happening)
        said = standing(case_file(work.connection, reference, work.today).listed)
    write.line(said)
