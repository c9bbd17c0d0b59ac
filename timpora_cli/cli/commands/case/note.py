"""`timpora case note`: note what became known of a case."""

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.supervision.case import CaseArgument, KnownOptions, WhenOptions
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.queries.supervision.cases import case_file
from timpora_cli.queries.supervision.procedures import workflow
from timpora_cli.render import write
from timpora_cli.render.answers.supervision.cases import headline


class NothingToNote(WrongUsage):
    """Nothing was given to note. Write --note TEXT, or --resident, --owner or --happened."""


@command(
    Writing,
    WhenOptions,
    KnownOptions,
    Why,
    examples=(
        'timpora case note 1 --note "the village head will send the marriage book"',
        'timpora case note 1 --resident 12 --owner "Officer Contoh"',
    ),
)
def note(ctx: typer.Context, reference: CaseArgument) -> None:
    """Note what became known of a case: a text, whom it is about, when it happened, or who sees to it from now on."""
    from timpora_cli.actions.supervision import cases

    when, known, why = WhenOptions.of(ctx), KnownOptions.of(ctx), Why.of(ctx)
    if when.text is None and not known.given("resident", "owner", "happened"):
        raise NothingToNote
    with working(ctx, why.reason) as work:
        file = case_file(work.connection, reference, work.today)
        facts = known.facts(work)
        if facts:
            cases.correct(work.change, file, facts)
        if when.text is not None:
            happening = cases.Happening(when.at(work), note=when.text)
            cases.record(work.change, file, workflow(work.connection), happening)
        file = case_file(work.connection, reference, work.today)
    write.line(_("Case {case} noted: {head}.").format(case=file.listed.case.case_id, head=headline(file.listed)))
