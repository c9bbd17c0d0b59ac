"""`timpora case open`: record what a village or an agency reports about a foreigner."""

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import author_of, working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.supervision.case import KindArgument, KnownOptions, ReportOptions
from timpora_cli.language import _
from timpora_cli.queries.supervision.cases import alike, case_file
from timpora_cli.queries.supervision.procedures import kind_code
from timpora_cli.render import write
from timpora_cli.render.answers.supervision.cases import headline, standing


@command(
    Writing,
    ReportOptions,
    KnownOptions,
    Why,
    examples=(
        'timpora case open marriage --village "Air Merbau" --by "Kepala Desa" --text "she married an Indonesian"',
        'timpora case open other --district Sijuk --by "Polsek" --text "a tent" --reported "2020-09-17 10:00"',
    ),
)
def open_(ctx: typer.Context, kind: KindArgument) -> None:
    """Record what a village or an agency reports about a foreigner, as a new case.

    Needed are a place (--village, --district or --place), the office of who reports it (--by) and what was reported
    (--text). Of the one who reports, only the office that is held is recorded, not the name. The owner is the officer
    at work, unless --owner names another. An open case of the same kind and place or person is named: where it is the
    same cause, link one to the other, so that one case is open for one cause.
    """
    from timpora_cli.actions.supervision import cases

    typed, known, why = ReportOptions.of(ctx), KnownOptions.of(ctx), Why.of(ctx)
    typed.refuse_missing()
    with working(ctx, why.reason) as work:
        facts = {
            "kind_code": kind_code(work.connection, kind),
            "owner": author_of(ctx).officer,
            **typed.facts(work),
            **known.facts(work),
        }
        number = cases.open_case(work.change, facts)
        file = case_file(work.connection, str(number), work.today)
        others = alike(work.connection, file.listed, work.today)
    write.line(_("Case {case} opened: {head}.").format(case=number, head=headline(file.listed)))
    write.line(standing(file.listed))
    for other in others:
        sentence = _(
            "Note: case {other} is open too: {head}. If it is the same cause: timpora case link {case} {other}"
        )
        write.line(sentence.format(other=other.case.case_id, head=headline(other), case=number))
