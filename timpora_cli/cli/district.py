"""`timpora district`: the districts (kecamatan) on record."""

from typing import Annotated

import typer

from timpora_cli import render
from timpora_cli.cli.entry import Why
from timpora_cli.cli.options import OutputOptions
from timpora_cli.cli.plain import Reading, Writing, examples, group_app
from timpora_cli.cli.records import takes_records
from timpora_cli.cli.register import reading, working
from timpora_cli.language import _
from timpora_cli.queries.places import district_rows
from timpora_cli.render import listings

app = group_app(_("List the districts, and add one."))

Everywhere = Annotated[bool, typer.Option("--all", help=_("Also those outside the office's own area."))]
Code = Annotated[str, typer.Argument(metavar="CODE", help=_("The Kemendagri code, as in 19.02.01."))]
Name = Annotated[str, typer.Argument(metavar="NAME", help=_("The name, as the decree writes it."))]


@app.command("list", cls=Reading, epilog=examples("timpora district list", "timpora district list --format csv"))
@takes_records
def list_(ctx: typer.Context, output: OutputOptions, everywhere: Everywhere = False) -> None:
    """List the districts of the office's own area, by code."""
    with reading(ctx) as view:
        listing = listings.districts(district_rows(view.connection, ours=not everywhere))
    output.write(listing)


@app.command("add", cls=Writing, epilog=examples('timpora district add 19.02.06 "Contoh Baru"'))
@takes_records
def add(ctx: typer.Context, code: Code, name: Name, why: Why) -> None:
    """Add a district to the office's own area; its regency has to be on record."""
    from timpora_cli.actions import regions

    with working(ctx, why.reason) as work:
        region = regions.add(work.change, code, name, "district", "19.02.01")
    render.write_line(_("District {code} added: {name}.").format(code=region.code, name=region.name))
