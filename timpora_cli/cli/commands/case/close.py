"""`timpora case close`: close a case, as done or as rejected."""

from typing import Annotated

import typer

from timpora_cli.cli.completion import supervision
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.supervision.case import CaseArgument, WhenOptions
from timpora_cli.language import _
from timpora_cli.queries.supervision.cases import case_file
from timpora_cli.queries.supervision.procedures import state_code, workflow
from timpora_cli.render import write
from timpora_cli.render.answers.supervision.cases import standing


@command(
    Writing,
    WhenOptions,
    Why,
    examples=(
        "timpora case close 2",
        'timpora case close 2 --as rejected --note "the person is an Indonesian citizen"',
    ),
)
def close(
    ctx: typer.Context,
    reference: CaseArgument,
    as_: Annotated[
        str,
        typer.Option("--as", metavar="STATE", help=_("done, or rejected."), autocompletion=supervision.case_closings),
    ] = "done",
) -> None:
    """Close a case: as done, once every step that it needs is settled; or as rejected, with a text that says why.

    A case that is the same as another is closed by: timpora case link
    """
    from timpora_cli.actions.supervision import cases

    when, why = WhenOptions.of(ctx), Why.of(ctx)
    with working(ctx, why.reason) as work:
        file, flow = case_file(work.connection, reference, work.today), workflow(work.connection)
        happening = cases.Happening(when.at(work), state=state_code(flow, as_, flow.closings), note=when.text)
        cases.record(work.change, file, flow, happening)
        said = standing(case_file(work.connection, reference, work.today).listed)
    write.line(said)
