"""`timpora district add`: add a district to the office's own area."""

from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why, past_day
from timpora_cli.language import _
from timpora_cli.render import write

Code = Annotated[str, typer.Argument(metavar="CODE", help=_("The Kemendagri code, as in 19.02.01."))]


Name = Annotated[str, typer.Argument(metavar="NAME", help=_("The name, as the decree writes it."))]


Since = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help=_("The day on which it begins; without it, it was always there.")),
]


@command(Writing, Why, examples=('timpora district add 19.02.06 "Contoh Baru"',))
def add(ctx: typer.Context, code: Code, name: Name, on: Since = None) -> None:
    """Add a district to the office's own area; its regency has to be on record."""
    from timpora_cli.actions import regions

    why = Why.of(ctx)
    with working(ctx, why.reason) as work:
        since = past_day(on, work.today) if on else None
        region = regions.add(work.change, code, name, "district", since)
    write.line(_("District {code} added: {name}.").format(code=region.code, name=region.name))
