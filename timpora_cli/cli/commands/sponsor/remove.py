"""`timpora sponsor remove`: take out a sponsor that answers for nobody."""

import typer

from timpora_cli.actions import sponsors
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.sponsor import SponsorArgument
from timpora_cli.language import _
from timpora_cli.queries.sponsors import sponsor_named
from timpora_cli.render import write


@command(Writing, Why, examples=("timpora sponsor remove 1", 'timpora sponsor remove "PT Contoh" --reason "a slip"'))
def remove(ctx: typer.Context, reference: SponsorArgument) -> None:
    """Take out a sponsor that answers for nobody, present or departed.

    One that answers for somebody is refused: merge it into another, or give its people another sponsor first.
    """
    why = Why.of(ctx)
    with working(ctx, why.reason) as work:
        sponsor = sponsor_named(work.connection, reference)
        sponsors.remove(work.change, sponsor)
    write.line(_("Sponsor {id} removed: {name}.").format(id=sponsor.id, name=sponsor.name))
