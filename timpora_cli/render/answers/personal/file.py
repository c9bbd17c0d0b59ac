"""A person's own file as a card: the card of the resident, and behind it all else that is held on the person."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from timpora_cli.model.people import Sponsor
from timpora_cli.model.personal.disclosures import KINDS, Looked
from timpora_cli.model.personal.file import FindingAccepted, Inspected, LetterMade, PassportNamed, PersonalFile, Told
from timpora_cli.model.supervision.cases import CaseEvent
from timpora_cli.model.terms import SPONSOR_KINDS
from timpora_cli.render.answer import Card, Column, Kind, Part, Table
from timpora_cli.render.answers.cards import RESIDENT, WORDS, ResidentCard
from timpora_cli.render.answers.columns import field_of
from timpora_cli.render.answers.history import HISTORY, Line, history
from timpora_cli.render.answers.supervision.cases import CASES, WHAT
from timpora_cli.render.answers.supervision.duties import DUTIES
from timpora_cli.render.answers.supervision.inspections import FOUND_WORDS
from timpora_cli.render.text import office_time

SUBJECTS = {"PERMIT": "permit", "PASSPORT": "passport", "REPORT": "report"}
SHOWN = {"DOSSIER": "dossier", "EXPORT": "export", "BRIEF": "briefing", "PUBLIC": "public page"}


class FileCard(NamedTuple):
    """A person's own file; `country` is the name of the nationality, `zone` the office's time zone."""

    held: PersonalFile
    country: str
    zone: str

    @property
    def resident(self) -> ResidentCard:
        """The card of the resident."""
        return ResidentCard(self.held.dossier, self.country, self.held.on)

    @property
    def lines(self) -> Sequence[Line]:
        """Each field that a change has changed."""
        return history(self.held.history, self.zone).rows

    @property
    def looks(self) -> Sequence["LookedAt"]:
        """To whom the person was shown."""
        office = ZoneInfo(self.zone)
        return [LookedAt(one, office_time(one.at, office)) for one in self.held.looked]

    def __repr__(self) -> str:
        return f"<FileCard {self.held.dossier.resident_id}>"


class LookedAt(NamedTuple):
    """One look, with its moment by the office's clock."""

    looked: Looked
    at: str


MERGED: Table[int] = Table(
    (
        Column(
            "resident_id", "Resident", lambda one: one, Kind.ID, always=True, says="a record that is part of this one"
        ),
    )
)
SPONSORS: Table[Sponsor] = Table(
    (
        Column("sponsor_id", "Sponsor", lambda one: one.id, Kind.ID, always=True),
        Column("name", "Name", lambda one: one.name, always=True),
        Column("kind", "Sponsor is", lambda one: one.kind, Kind.WORD, codes=tuple(kind.code for kind in SPONSOR_KINDS)),
        Column("address", "Address", lambda one: one.address),
        Column("contact", "Contact", lambda one: one.contact),
    ),
    words=WORDS,
)
NAMED: Table[PassportNamed] = Table(
    (
        Column("passport_number", "Number", lambda one: one.number, Kind.REFERENCE, secret=True, always=True),
        Column("named_on", "Shown from", lambda one: one.on, Kind.DATE, always=True),
    )
)
EVENTS: Table[CaseEvent] = Table(
    (
        Column("case_id", "Case", lambda one: one.case_id, Kind.ID, always=True),
        Column("at", "When", lambda one: str(one.at), always=True),
        Column("state", "State", lambda one: one.state, Kind.WORD),
        Column("step", "Step", lambda one: one.step),
        Column("settled", "Settled", lambda one: one.settled, Kind.WORD),
        Column("same_as", "Same as", lambda one: one.other_case, Kind.ID),
        Column("note", "Note", lambda one: one.note),
        Column("officer", "Officer", lambda one: one.officer, always=True),
    ),
    words=WHAT,
)
INSPECTIONS: Table[Inspected] = Table(
    (
        Column("inspection_id", "Inspection", lambda one: one.inspection.id, Kind.ID, always=True),
        Column("day", "Day", lambda one: one.inspection.on, Kind.DATE, always=True),
        Column("officers", "Officers", lambda one: one.inspection.officers, always=True),
        Column("letter_number", "Letter", lambda one: one.inspection.letter_number, Kind.REFERENCE),
        Column("village", "Village", lambda one: one.inspection.village),
        Column("district", "District", lambda one: one.inspection.district),
        Column("place", "Place", lambda one: one.inspection.place),
        Column("finding", "Finding", lambda one: one.inspection.finding),
        Column("seen", "Seen", lambda one: one.found.seen, Kind.FLAG, always=True),
        Column("address", "Address", lambda one: one.found.found["address"], Kind.WORD, always=True),
        Column("address_found", "Address found", lambda one: one.found.words.get("address")),
        Column("class", "Class", lambda one: one.found.found["class"], Kind.WORD, always=True),
        Column("class_found", "Class found", lambda one: one.found.words.get("class")),
        Column("activity", "Activity", lambda one: one.found.found["activity"], Kind.WORD, always=True),
        Column("activity_found", "Activity found", lambda one: one.found.words.get("activity")),
    ),
    words=FOUND_WORDS,
)
LETTERS: Table[LetterMade] = Table(
    (
        Column("letter_id", "Letter", lambda one: one.letter_id, Kind.ID, always=True),
        Column("day", "Day", lambda one: one.day, Kind.DATE, always=True),
        Column("addressee", "To", lambda one: one.addressee, always=True),
        Column("permit_id", "Permit", lambda one: one.permit_id, Kind.ID, always=True),
        Column("until", "Until", lambda one: one.until, Kind.DATE),
    )
)
TOLD: Table[Told] = Table(
    (
        Column("subject", "What", lambda one: one.subject, Kind.WORD, always=True, codes=tuple(SUBJECTS)),
        Column("subject_id", "Id", lambda one: one.subject_id, Kind.ID, always=True),
        Column("until", "Until", lambda one: one.until, Kind.DATE),
        Column("day", "Day", lambda one: one.on, Kind.DATE, always=True),
        Column("reach", "Reach", lambda one: one.threshold, always=True, says="of the list that told it"),
    ),
    words=SUBJECTS,
)
ACCEPTED: Table[FindingAccepted] = Table(
    (
        Column("key", "Key", lambda one: one.key, Kind.REFERENCE, always=True),
        Column("reason", "Why", lambda one: one.reason, always=True),
    )
)
LOOKED: Table[LookedAt] = Table(
    (
        Column("at", "When", lambda one: one.at, always=True),
        Column("officer", "Officer", lambda one: one.looked.officer, always=True),
        Column("host", "Host", lambda one: one.looked.host, rank=3, always=True),
        Column("kind", "What", lambda one: one.looked.disclosure.kind, Kind.WORD, always=True, codes=KINDS),
        Column("as_of", "As of", lambda one: one.looked.disclosure.on, Kind.DATE, always=True),
        Column("audience", "For", lambda one: one.looked.disclosure.audience, says="of a briefing: for whom"),
        Column("people", "People", lambda one: one.looked.disclosure.people, Kind.NUMBER, says="how many are in it"),
    ),
    words=SHOWN,
)


def _of_resident(part: Part[ResidentCard]) -> Part[FileCard]:
    def get(one: FileCard) -> Any:
        return part.get(one.resident)

    return Part(part.key, part.heading, part.table, get)


FILE: Card[FileCard] = Card(
    tuple(field_of(column, lambda one: one.resident) for column in RESIDENT.fields),
    (
        *map(_of_resident, RESIDENT.parts),
        Part("merged", "Merged records", MERGED, lambda one: one.held.merged),
        Part("sponsors", "Sponsors", SPONSORS, lambda one: one.held.sponsors),
        Part("passports_named", "Passport that lists show", NAMED, lambda one: one.held.named),
        Part("cases", "Cases", CASES, lambda one: one.held.cases),
        Part("case_events", "What happened in the cases", EVENTS, lambda one: one.held.events),
        Part("inspections", "Inspections", INSPECTIONS, lambda one: one.held.inspections),
        Part("duties", "Duties", DUTIES, lambda one: one.held.duties),
        Part("letters", "Letters", LETTERS, lambda one: one.held.letters),
        Part("told", "Told by expiry lists", TOLD, lambda one: one.held.told),
        Part("accepted_findings", "Accepted findings", ACCEPTED, lambda one: one.held.accepted),
        Part("history", "Every change", HISTORY, lambda one: one.lines),
        Part("looked", "Who was shown this person", LOOKED, lambda one: one.looks),
    ),
    words=WORDS,
    title=lambda one: RESIDENT.title(one.resident),
)
"""All that is held on a person. Each list is there also where it is empty: that nothing is held is an answer too."""
