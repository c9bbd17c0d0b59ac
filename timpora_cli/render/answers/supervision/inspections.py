"""Inspections in the field: the list and the card of them, what a change of one answers, and who was not seen."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from timpora_cli.language import _, n_
from timpora_cli.model.people import Person
from timpora_cli.model.supervision.inspections import (
    MATTERS,
    Difference,
    Found,
    Inspection,
    Letter,
    LookedFor,
    Recorded,
)
from timpora_cli.model.terms import NO_PERMIT
from timpora_cli.render.answer import Answer, Card, Column, Kind, Part, Table
from timpora_cli.render.answers.columns import field_of
from timpora_cli.render.answers.done import NOTICES
from timpora_cli.render.answers.people import PEOPLE

FOUND_WORDS: dict[str, str] = {
    Found.AS_REGISTERED: "as registered",
    Found.DIFFERS: "differs",
    Found.NOT_CHECKED: "not checked",
}
LETTER_WORDS: dict[str, str] = {
    Letter.IN_TIME: "in time",
    Letter.LATE: "late",
    Letter.AWAITED: "awaited",
    Letter.MISSING: "missing",
}
MATTER_WORDS = {"address": "address", "class": "class", "activity": "activity"}
WORDS = {**FOUND_WORDS, **LETTER_WORDS, **MATTER_WORDS}
KINDS = ("NOT_PRESENT", *(f"LETTER_{letter}" for letter in Letter if letter is not Letter.IN_TIME))


class InspectionCard(NamedTuple):
    """An inspection with the people who were looked for, and what differs from the register."""

    inspection: Inspection
    people: tuple[LookedFor, ...]
    differences: tuple[Difference, ...]

    def __repr__(self) -> str:
        return f"<InspectionCard {self.inspection.id}>"


def _inspection(card: InspectionCard) -> Inspection:
    return card.inspection


INSPECTIONS: Table[Inspection] = Table(
    (
        Column("inspection_id", "Inspection", lambda one: one.id, Kind.ID, always=True),
        Column("inspected_on", "Day", lambda one: one.on, Kind.DATE, always=True),
        Column("officers", "Officers", lambda one: one.officers, rank=2, always=True),
        Column("village", "Village", lambda one: one.village, rank=2),
        Column("district", "District", lambda one: one.district, rank=3),
        Column("place", "Place", lambda one: one.place, rank=2),
        Column(
            "looked_for", "People", lambda one: one.looked_for, Kind.NUMBER, always=True, says="who were looked for"
        ),
        Column("seen", "Seen", lambda one: one.seen, Kind.NUMBER, always=True, says="how many of them were met"),
        Column(
            "differing",
            "Differ",
            lambda one: one.differing,
            Kind.NUMBER,
            always=True,
            says="of how many anything was found that the register did not say",
        ),
        Column("urgent", "Urgent", lambda one: one.urgent, Kind.FLAG, rank=3, always=True),
        Column(
            "letter",
            "Letter",
            lambda one: one.letter,
            Kind.WORD,
            always=True,
            codes=tuple(Letter),
            says="how the letter of assignment stands on the day that is asked about",
        ),
        Column("letter_number", "Letter no.", lambda one: one.letter_number, Kind.REFERENCE, rank=3),
        Column("letter_on", "Letter of", lambda one: one.letter_on, Kind.DATE, rank=3),
        Column(
            "letter_due",
            "Letter due",
            lambda one: one.letter_due,
            Kind.DATE,
            rank=3,
            says="the last day for the letter of an urgent inspection",
        ),
        Column("finding", "Finding", lambda one: one.finding, rank=3),
        Column("case_id", "Case", lambda one: one.case_id, Kind.ID, rank=2, says="the case that follows from it"),
    ),
    words=WORDS,
)


def _of_matter(matter: str, heading: str) -> Column[LookedFor]:
    codes = tuple(Found)
    return Column(matter, heading, lambda one: one.found[matter], Kind.WORD, always=True, codes=codes)


RESIDENT_ID: Column[LookedFor | Difference] = Column(
    "resident_id", "Id", lambda one: one.resident_id, Kind.ID, always=True
)
NAME: Column[LookedFor | Difference] = Column("name", "Name", lambda one: one.name, always=True)
LOOKED_FOR: Table[LookedFor] = Table(
    (
        RESIDENT_ID,
        NAME,
        Column("seen", "Seen", lambda one: one.seen, Kind.FLAG, always=True, says="met, or found to live there"),
        _of_matter("address", "Address"),
        _of_matter("class", "Class"),
        _of_matter("activity", "Activity"),
    ),
    words=WORDS,
)
DIFFERENCES: Table[Difference] = Table(
    (
        RESIDENT_ID,
        NAME._replace(rank=2),
        Column("matter", "What", lambda one: one.matter, Kind.WORD, always=True, codes=MATTERS),
        Column("registered", "Registered", lambda one: one.registered, rank=2, says="on the day that is asked about"),
        Column(
            "found", "Found", lambda one: one.found, always=True, says="by the inspection; of a class its code, or NONE"
        ),
        Column(
            "command",
            "Correct with",
            lambda one: one.command,
            says="a command line; none where the register says by now what was found",
        ),
    ),
    words=WORDS,
)
PEOPLE_PART = ("people", "People", LOOKED_FOR)
DIFFERENCES_PART = ("differences", "What differs from the register", DIFFERENCES)


INSPECTION: Card[InspectionCard] = Card(
    tuple(field_of(column, _inspection) for column in INSPECTIONS.columns),
    (Part(*PEOPLE_PART, lambda one: one.people), Part(*DIFFERENCES_PART, lambda one: one.differences)),
    words=WORDS,
    title=lambda one: _title(one.inspection),
)
RECORDED: Card[Recorded] = Card(
    (
        Column("change", "Change", lambda one: one.change, Kind.ID, says="none where nothing was changed"),
        Column("inspection_id", "Inspection", lambda one: one.inspection.id, Kind.ID, always=True),
        Column("changed", "Changed", lambda one: one.change is not None, Kind.FLAG, always=True),
    ),
    (
        Part(*PEOPLE_PART, lambda one: one.people),
        Part(*DIFFERENCES_PART, lambda one: one.differences),
        Part(
            "notices",
            "Notices",
            Table((NOTICES.columns[0]._replace(codes=KINDS), *NOTICES.columns[1:])),
            lambda one: one.notices,
        ),
    ),
    words=WORDS,
)
LAST_SEEN: Column[Person] = Column(
    "last_seen",
    "Last seen",
    lambda one: one.seen.last if one.seen else None,
    Kind.DATE,
    empty="never",
    says="in the field; none where the person never was",
)
DAYS: Column[Person] = Column(
    "days", "Days", lambda one: one.seen.days if one.seen else None, Kind.NUMBER, says="since then"
)
NOT_SEEN: Table[Person] = Table((*PEOPLE.columns, LAST_SEEN, DAYS), words=PEOPLE.words)
"""The people of `resident list`, with when each was last seen."""


def due(people: Sequence[Person], here: int, days: int, on: date) -> Answer[Person]:
    """Return the list of those not seen for `days` days, with the line that says how many are present, `here`."""
    line = n_(
        "{number} of {here} present on {day} not seen for more than {days} day.",
        "{number} of {here} present on {day} not seen for more than {days} days.",
        days,
    )
    return NOT_SEEN.of(people, closing=(line.format(number=len(people), here=here, day=on.isoformat(), days=days),))


def sentences(did: Recorded, first: str) -> Iterator[str]:
    """Yield what a change recorded: the sentence `first` with who was looked for, and two for each difference."""
    said = [first.format(id=did.inspection.id, day=did.inspection.on.isoformat())]
    for heading, seen in ((_("Seen: {names}."), True), (_("Not found: {names}."), False)):
        names = [f"{one.name} ({one.resident_id})" for one in did.people if one.seen is seen]
        said += [heading.format(names=", ".join(names))] if names else []
    yield " ".join(said)
    for one in did.differences:
        sentence = _("Resident {id}, {name}, {matter}: found {found}, registered {registered}.")
        yield sentence.format(
            id=one.resident_id,
            name=one.name,
            matter=_(MATTER_WORDS[one.matter]),
            found=_("none") if one.found == NO_PERMIT and one.matter == "class" else one.found,
            registered=one.registered or _("none"),
        )
        if one.command is not None:
            yield _("Correct it with: {command}").format(command=one.command)


def _title(one: Inspection) -> str:
    where = one.place or one.village or one.district
    people = n_("{seen} of {number} person seen", "{seen} of {number} people seen", one.looked_for)
    parts = [one.on.isoformat(), *([where] if where else [])]
    if one.looked_for:
        parts.append(people.format(seen=one.seen, number=one.looked_for))
    return ", ".join(parts)
