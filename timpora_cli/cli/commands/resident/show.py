"""`timpora resident show`: show all that is on record about a resident."""

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.lists import CardOptions
from timpora_cli.cli.options.person import ResidentArgument
from timpora_cli.queries import find
from timpora_cli.queries.countries import country_names
from timpora_cli.queries.personal.dossier import dossier
from timpora_cli.render import write
from timpora_cli.render.answers.cards import RESIDENT, ResidentCard


@command(
    Reading, CardOptions, answer=RESIDENT, examples=("timpora resident show 1", "timpora resident show 1 --format json")
)
def show(ctx: typer.Context, reference: ResidentArgument) -> None:
    """Show all that is on record about a resident.

    Who, where, the chain of permits with the days left, the sponsor, passports, residences and family.
    """
    output = CardOptions.of(ctx)
    with reading(ctx) as view:
        resident = find.resident(view.connection, reference)
        held = dossier(view.connection, resident.id, view.on)
        country = country_names(view.connection)[held.nationality]
    write.card(RESIDENT, ResidentCard(held, country, view.on), output.chosen())
