"""`timpora sponsor merge`: make one sponsor of two records of it."""

from typing import Annotated

import typer

from timpora_cli.actions import sponsors
from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.sponsor import SponsorArgument
from timpora_cli.language import _, counted
from timpora_cli.queries.sponsors import sponsor_named
from timpora_cli.render import write

Other = Annotated[
    str,
    typer.Argument(
        metavar="OTHER",
        help=_("The sponsor that is the same one; it is removed."),
        autocompletion=values.sponsors,
        show_default=False,
    ),
]


@command(Writing, Why, examples=("timpora sponsor merge 1 2", 'timpora sponsor merge "PT Tambak Rekaan" 3'))
def merge(ctx: typer.Context, kept: SponsorArgument, other: Other) -> None:
    """Make one sponsor of two records of it: the people of OTHER get SPONSOR, and OTHER is removed.

    Kind, address and contact that SPONSOR lacks are taken from OTHER. Where both have one and differ, that of SPONSOR
    stays, and the answer names the other.
    """
    why = Why.of(ctx)
    with working(ctx, why.reason) as work:
        stays, goes = (sponsor_named(work.connection, reference) for reference in (kept, other))
        people, left = sponsors.merge(work.change, stays, goes)
    said = _("Sponsor {other} merged into sponsor {kept}, {name}: {people} brought.").format(
        other=goes.id, kept=stays.id, name=stays.name, people=counted("{number} person", "{number} people", people)
    )
    if left:
        said += " " + _("Not taken: {left}.").format(
            left=", ".join(f"{column} {value}" for column, value in left.items())
        )
    write.line(said)
