"""`timpora village add`: add a village."""

from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why, past_day
from timpora_cli.language import _
from timpora_cli.render import write

Code = Annotated[str, typer.Argument(metavar="CODE", help=_("The Kemendagri code, as in 19.02.01.2012."))]


Name = Annotated[str, typer.Argument(metavar="NAME", help=_("The name, as the decree writes it."))]


Since = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help=_("The day on which it begins; without it, it was always there.")),
]


@command(Writing, Why, examples=('timpora village add 19.02.01.2099 "Contoh Desa"',))
def add(ctx: typer.Context, code: Code, name: Name, on: Since = None) -> None:
    """Add a village; its district has to be on record. A fourth part from 1 is a kelurahan, from 2 a desa."""
    from timpora_cli.actions import regions

    why = Why.of(ctx)
    with working(ctx, why.reason) as work:
        since = past_day(on, work.today) if on else None
        region = regions.add(work.change, code, name, "village", since)
    write.line(_("Village {code} added: {name}.").format(code=region.code, name=region.name))
