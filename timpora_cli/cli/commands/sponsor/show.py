"""`timpora sponsor show`: show a sponsor and the people whom it answers for."""

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.lists import CardOptions
from timpora_cli.cli.options.sponsor import SponsorArgument
from timpora_cli.queries.sponsors import people_of, sponsor_named
from timpora_cli.render import write
from timpora_cli.render.answers.sponsors import SPONSOR, SponsorCard


@command(
    Reading,
    CardOptions,
    answer=SPONSOR,
    examples=("timpora sponsor show 1", 'timpora sponsor show "PT Tambak Rekaan" --format json'),
)
def show(ctx: typer.Context, reference: SponsorArgument) -> None:
    """Show a sponsor, and whom it answers for: the people present, each with the permit in force.

    SPONSOR is an id, or a name; a part of the name will do where it fits one sponsor alone.
    """
    output = CardOptions.of(ctx)
    with reading(ctx) as view:
        sponsor = sponsor_named(view.connection, reference)
        card = SponsorCard(sponsor, people_of(view.connection, view.on, sponsor.id))
    write.card(SPONSOR, card, output.chosen())
