"""`timpora procedure list`: list the steps of the kinds of cases."""

from typing import Annotated

import typer

from timpora_cli.cli.completion import supervision
from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.cli.options.supervision.case import KIND
from timpora_cli.language import _
from timpora_cli.queries.supervision.procedures import kind_code, steps_of
from timpora_cli.render.answers.supervision.procedure import PROCEDURE


@command(
    Reading,
    OutputOptions,
    answer=PROCEDURE,
    examples=("timpora procedure list marriage", "timpora procedure list --columns kind,number,step,text_en"),
)
def list_(
    ctx: typer.Context,
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="KIND", help=_("Of this kind of case."), autocompletion=supervision.case_kinds, show_default=False
        ),
        KIND,
    ] = None,
) -> None:
    """List the steps of a kind of case, or of all kinds: what the office explains, and by which rule days are counted.

    A step that is needed has to be settled before a case is done; any other is explained, no more.
    """
    output = OutputOptions.of(ctx)
    with reading(ctx) as view:
        code = kind_code(view.connection, kind) if kind else None
        listing = PROCEDURE.of(steps_of(view.connection, code, view.on))
    output.write(listing)
