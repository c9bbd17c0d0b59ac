"""`timpora village`: the villages (desa and kelurahan) on record."""

from typing import Annotated

import typer

from timpora_cli import render
from timpora_cli.cli import complete
from timpora_cli.cli.entry import Why
from timpora_cli.cli.filtering import EmptyFilter
from timpora_cli.cli.options import OutputOptions
from timpora_cli.cli.plain import Reading, Writing, examples, group_app
from timpora_cli.cli.records import takes_records
from timpora_cli.cli.register import reading, working
from timpora_cli.language import _
from timpora_cli.queries.places import district_named, village_rows
from timpora_cli.render import listings

app = group_app(_("List the villages, and add one."))

District = Annotated[
    str | None,
    typer.Option("--district", metavar="NAME", help=_("Only of this district."), autocompletion=complete.districts),
]
Everywhere = Annotated[bool, typer.Option("--all", help=_("Also those outside the office's own area."))]
Code = Annotated[str, typer.Argument(metavar="CODE", help=_("The Kemendagri code, as in 19.02.01.2012."))]
Name = Annotated[str, typer.Argument(metavar="NAME", help=_("The name, as the decree writes it."))]


@app.command(
    "list", cls=Reading, epilog=examples("timpora village list --district Sijuk", "timpora village list --format csv")
)
@takes_records
def list_(ctx: typer.Context, output: OutputOptions, district: District = None, everywhere: Everywhere = False) -> None:
    """List the villages of the office's own area, by code."""
    if district is not None and not district.strip():
        raise EmptyFilter(option="--district")
    with reading(ctx) as view:
        within = None if district is None else district_named(view.connection, district).code
        ours = not everywhere and within is None
        listing = listings.villages(village_rows(view.connection, ours=ours, district=within))
    output.write(listing)


@app.command("add", cls=Writing, epilog=examples('timpora village add 19.02.01.2099 "Contoh Desa"'))
@takes_records
def add(ctx: typer.Context, code: Code, name: Name, why: Why) -> None:
    """Add a village; its district has to be on record. A fourth part from 1 is a kelurahan, from 2 a desa."""
    from timpora_cli.actions import regions

    with working(ctx, why.reason) as work:
        region = regions.add(work.change, code, name, "village", "19.02.01.2012")
    render.write_line(_("Village {code} added: {name}.").format(code=region.code, name=region.name))
