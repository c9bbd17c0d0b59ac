"""`timpora case step`: record that a case came into another state, or that one of its steps was settled."""

from typing import Annotated

import typer

from timpora_cli.cli.completion import supervision
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.supervision.case import CaseArgument, WhenOptions
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.supervision.cases import CaseStep
from timpora_cli.queries.supervision.cases import case_file
from timpora_cli.queries.supervision.procedures import in_case_named, workflow
from timpora_cli.render import write
from timpora_cli.render.answers.supervision.cases import settled, standing


class NotNeededWhy(WrongUsage):
    """A step that is not needed has a reason: --note TEXT."""


class NotAStep(WrongUsage):
    """{state} is a state and no step of a case. Leave --not-needed out."""


@command(
    Writing,
    WhenOptions,
    Why,
    examples=(
        'timpora case step 2 followed-up --note "the house was visited" --on "2020-09-16 09:00"',
        "timpora case step 1 MARRIAGE_REPORT",
        'timpora case step 1 6 --not-needed --note "they did not move"',
    ),
)
def step(
    ctx: typer.Context,
    reference: CaseArgument,
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT",
            help=_("A state that may follow, as in verified; or a step, by its number or code."),
            autocompletion=supervision.case_steps,
            show_default=False,
        ),
    ],
    not_needed: Annotated[
        bool, typer.Option("--not-needed", help=_("The step is not needed here; say why with --note."))
    ] = False,
) -> None:
    """Record that a case came into another state, or that one of its steps was done.

    What may follow a state is in: timpora workflow list. The steps of the case are in: timpora case show CASE. It may
    have happened earlier than what is on record already (--on), where that still fits after it. Closing and reopening
    are commands of their own.
    """
    from timpora_cli.actions.supervision import cases

    when, why = WhenOptions.of(ctx), Why.of(ctx)
    with working(ctx, why.reason) as work:
        file, flow, at = case_file(work.connection, reference, work.today), workflow(work.connection), when.at(work)
        found = in_case_named(flow, file.listed.case.kind, what, at.at.date())
        if isinstance(found, CaseStep):
            if not_needed and when.text is None:
                raise NotNeededWhy
            happening = cases.Happening(at, settled="NOT_NEEDED" if not_needed else "DONE", note=when.text)
            cases.settle(work.change, file, flow, found, happening)
            said = settled(case_file(work.connection, reference, work.today), found.code)
        else:
            if not_needed:
                raise NotAStep(state=found.term.code)
            cases.record(work.change, file, flow, cases.Happening(at, state=found.term.code, note=when.text))
            said = standing(case_file(work.connection, reference, work.today).listed)
    write.line(said)
