"""`timpora sponsor edit`: correct a sponsor, for all the people whom it answers for."""

import typer

from timpora_cli.actions import sponsors
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.options.sponsor import SponsorArgument, SponsorFacts
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _, counted
from timpora_cli.queries.sponsors import on_record, sponsor_named
from timpora_cli.render import write


class NothingToCorrectOfSponsor(WrongUsage):
    """Nothing was given to correct. See the options with: timpora sponsor edit --help"""


@command(
    Writing,
    SponsorFacts,
    Why,
    examples=("timpora sponsor edit 1 --kind company", 'timpora sponsor edit 1 --contact "0719 000000" --address ""'),
)
def edit(ctx: typer.Context, reference: SponsorArgument) -> None:
    """Correct a sponsor's name, kind, address or contact, for all the people whom it answers for.

    An empty value ("") empties what is on record; a sponsor always has a name.
    """
    typed, why = SponsorFacts.of(ctx), Why.of(ctx)
    facts = typed.facts()
    if not facts:
        raise NothingToCorrectOfSponsor
    with working(ctx, why.reason) as work:
        sponsor = sponsor_named(work.connection, reference)
        sponsors.edit(work.change, sponsor, facts)
        people = counted("{number} person", "{number} people", on_record(work.connection, sponsor.id))
        name = facts.get("name") or sponsor.name
    write.line(
        _("Sponsor {id} corrected: {name}, who answers for {people}.").format(id=sponsor.id, name=name, people=people)
    )
