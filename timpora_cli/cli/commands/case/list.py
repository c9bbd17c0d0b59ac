"""`timpora case list`: list the cases, and until when somebody has to act."""

from typing import Annotated

import typer

from timpora_cli.cli.completion import supervision, values
from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.options import Options, Reads
from timpora_cli.cli.frame.register import View, reading
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.cli.options.supervision.case import KIND, RESIDENT
from timpora_cli.language import _
from timpora_cli.queries import find
from timpora_cli.queries.places import district_named, village_named
from timpora_cli.queries.supervision.cases import Asked, cases
from timpora_cli.queries.supervision.procedures import kind_code, state_code, workflow
from timpora_cli.render.answers.supervision.cases import CASES, listing

Text = str | None


class CaseFilters(Options):
    """Which cases are listed."""

    kind: Annotated[
        Text,
        typer.Option("--kind", metavar="KIND", help=_("Of this kind."), autocompletion=supervision.case_kinds),
        KIND,
    ] = None
    state: Annotated[
        Text,
        typer.Option("--state", metavar="STATE", help=_("In this state."), autocompletion=supervision.case_states),
        Reads(lambda text, desk: state_code(workflow(desk.connection), text)),
    ] = None
    village: Annotated[
        Text, typer.Option("--village", metavar="NAME", help=_("In this village."), autocompletion=values.villages)
    ] = None
    district: Annotated[
        Text,
        typer.Option("--district", metavar="NAME", help=_("In this district."), autocompletion=values.districts),
    ] = None
    resident: Annotated[
        Text,
        typer.Option("--resident", metavar="RESIDENT", help=_("About this resident."), autocompletion=values.residents),
        RESIDENT,
    ] = None
    owner: Annotated[Text, typer.Option("--owner", metavar="NAME", help=_("Those that this officer sees to."))] = None
    everything: Annotated[bool, typer.Option("--all", help=_("Closed ones too."))] = False

    def asked(self, view: View) -> Asked:
        """Return what was asked for, read with the register."""
        connection = view.connection
        return Asked(
            kind_code(connection, self.kind) if self.kind else None,
            state_code(workflow(connection), self.state) if self.state else None,
            village_named(connection, self.village, on=view.on).code if self.village else None,
            district_named(connection, self.district, view.on).code if self.district else None,
            self.owner.strip() if self.owner else None,
            find.resident(connection, self.resident).id if self.resident else None,
            all=self.everything,
        )


@command(
    Reading,
    CaseFilters,
    OutputOptions,
    answer=CASES,
    examples=("timpora case list", "timpora case list --all --district Tanjungpandan --format csv"),
)
def list_(ctx: typer.Context) -> None:
    """List the cases in which somebody has to act, those with the nearest deadline first.

    Each has its owner, the days in its state, and until when it may be in it. A deadline counts the hours of working
    days; how it comes about is told by: timpora case show CASE --why
    """
    filters, output = CaseFilters.of(ctx), OutputOptions.of(ctx)
    with reading(ctx) as view:
        asked = filters.asked(view)
        known = cases(view.connection, view.on, asked._replace(all=True))
    output.write(listing([one for one in known if asked.fits(one)], len(known)))
