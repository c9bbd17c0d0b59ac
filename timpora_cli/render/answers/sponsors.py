"""The list of sponsors, and the card of one with the people whom it answers for."""

from typing import NamedTuple

from timpora_cli.model.people import Person, Sponsor, SponsorListed
from timpora_cli.model.terms import SPONSOR_KINDS
from timpora_cli.render.answer import Card, Column, Kind, Part, Table
from timpora_cli.render.answers.people import PEOPLE
from timpora_cli.render.answers.people import SPONSOR as OF_PERSON

KIND_WORDS = {kind.code: kind.name_en for kind in SPONSOR_KINDS}


class SponsorCard(NamedTuple):
    """A sponsor with the people present whom it answers for."""

    sponsor: Sponsor
    people: tuple[Person, ...]

    def __repr__(self) -> str:
        return f"<SponsorCard {self.sponsor.id}>"


SPONSORS: Table[SponsorListed] = Table(
    (
        Column("sponsor_id", "Sponsor", lambda one: one.sponsor.id, Kind.ID, always=True),
        Column("name", "Name", lambda one: one.sponsor.name, always=True),
        Column("kind", "Kind", lambda one: one.sponsor.kind, Kind.WORD, codes=tuple(KIND_WORDS)),
        Column(
            "people",
            "Present",
            lambda one: one.people,
            Kind.NUMBER,
            always=True,
            says="how many people it answers for on the day that is asked about",
        ),
        Column(
            "on_record",
            "On record",
            lambda one: one.on_record,
            Kind.NUMBER,
            rank=2,
            always=True,
            says="with those who have departed",
        ),
        Column("address", "Address", lambda one: one.sponsor.address, rank=3),
        Column("contact", "Contact", lambda one: one.sponsor.contact, rank=3),
    ),
    words=KIND_WORDS,
)
SPONSOR: Card[SponsorCard] = Card(
    (
        Column("sponsor_id", "Sponsor", lambda one: one.sponsor.id, Kind.ID, always=True),
        Column("name", "Name", lambda one: one.sponsor.name, always=True),
        Column("kind", "Kind", lambda one: one.sponsor.kind, Kind.WORD, codes=tuple(KIND_WORDS)),
        Column("address", "Address", lambda one: one.sponsor.address),
        Column("contact", "Contact", lambda one: one.sponsor.contact),
    ),
    (
        Part(
            "people",
            "People",
            Table(tuple(column for column in PEOPLE.columns if column is not OF_PERSON), PEOPLE.words),
            lambda one: one.people,
        ),
    ),
    words=KIND_WORDS,
    title=lambda one: one.sponsor.name,
)
