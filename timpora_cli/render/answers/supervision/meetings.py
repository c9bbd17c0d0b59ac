"""The list of meetings, and the card of one with all that is recorded of it."""

from timpora_cli.model.supervision.meetings import (
    DecisionOnDay,
    DecisionState,
    Invited,
    Item,
    ItemKind,
    MeetingListed,
    MeetingRecord,
    MeetingState,
    Present,
)
from timpora_cli.model.terms import LEVELS
from timpora_cli.render.answer import Card, Column, Kind, Part, Table

WORDS = {
    **{level.code: level.name_en for level in LEVELS},
    "PLANNED": "Planned",
    "HELD": "Held",
    "CLOSED": "Closed",
    "OPEN": "Open",
    "LATE": "Late",
    "DONE": "Done",
    "DROPPED": "Dropped",
}
LEVEL_CODES = tuple(level.code for level in LEVELS)
STATES = tuple(state.value for state in MeetingState)
DECISION_STATES = tuple(state.value for state in DecisionState)

MEETINGS: Table[MeetingListed] = Table(
    (
        Column("meeting_id", "Meeting", lambda one: one.meeting.id, Kind.ID, always=True),
        Column("day", "Day", lambda one: one.meeting.on_day, Kind.DATE, always=True),
        Column("level", "Level", lambda one: one.meeting.level, Kind.WORD, always=True, codes=LEVEL_CODES),
        Column("state", "State", lambda one: one.state.value, Kind.WORD, always=True, codes=STATES),
        Column("theme", "Theme", lambda one: one.meeting.theme, always=True),
        Column("place", "Place", lambda one: one.meeting.place, rank=2, always=True),
        Column("invited", "Invited", lambda one: one.invited, Kind.NUMBER, rank=2, always=True),
        Column(
            "present",
            "Present",
            lambda one: one.present,
            Kind.NUMBER,
            rank=2,
            always=True,
            says="how many institutions somebody came from",
        ),
        Column("decisions", "Decisions", lambda one: one.decisions, Kind.NUMBER, rank=3, always=True),
        Column(
            "open",
            "Open",
            lambda one: one.open,
            Kind.NUMBER,
            always=True,
            says="how many of its decisions are neither done nor dropped",
        ),
    ),
    words=WORDS,
)
INVITED: Table[Invited] = Table(
    (
        Column("line", "Line", lambda one: one.id, Kind.ID, always=True),
        Column("institution", "Institution", lambda one: one.institution, always=True),
        Column("office", "Office", lambda one: one.office),
    )
)
PRESENT: Table[Present] = Table(
    (
        Column("line", "Line", lambda one: one.id, Kind.ID, always=True),
        Column("institution", "Institution", lambda one: one.institution, always=True),
        Column("office_invited", "Office invited", lambda one: one.office_invited),
        Column("invited_line", "Invited line", lambda one: one.invited_id, Kind.ID, rank=3, for_programs=True),
        Column("name", "Who came", lambda one: one.name, always=True),
        Column("office", "Office", lambda one: one.office),
        Column("stands_in_for", "In place of", lambda one: one.stands_in_for),
    )
)
ITEMS: Table[Item] = Table(
    (
        Column("line", "Line", lambda one: one.id, Kind.ID, always=True),
        Column("number", "#", lambda one: one.number, Kind.NUMBER, always=True),
        Column("text", "Text", lambda one: one.text, always=True),
    )
)

OF_DECISION: tuple[Column[DecisionOnDay], ...] = (
    Column("decision_id", "Decision", lambda one: one.decision.id, Kind.ID, always=True),
    Column("text", "What is to be done", lambda one: one.decision.text, always=True),
    Column("owner", "Owner", lambda one: one.decision.owner, always=True),
    Column("due", "Due", lambda one: one.decision.due_on, Kind.DATE, always=True),
    Column("state", "State", lambda one: one.state.value, Kind.WORD, always=True, codes=DECISION_STATES),
    Column("ended", "Ended", lambda one: one.decision.ended_on if one.has_ended else None, Kind.DATE),
    Column("reason", "Reason", lambda one: one.decision.ended_reason if one.has_ended else None),
)
OF_EARLIER: tuple[Column[DecisionOnDay], ...] = (
    Column("meeting_id", "Meeting", lambda one: one.decision.meeting_id, Kind.ID, always=True),
    Column("meeting_day", "Of", lambda one: one.decision.meeting_day, Kind.DATE, always=True),
)
DECISIONS: Table[DecisionOnDay] = Table(OF_DECISION, words=WORDS)
CARRIED: Table[DecisionOnDay] = Table((*OF_EARLIER, *OF_DECISION), words=WORDS)


def _items(key: str, heading: str, kind: ItemKind) -> Part[MeetingRecord]:
    return Part(key, heading, ITEMS, lambda one: one.of_kind(kind))


MEETING: Card[MeetingRecord] = Card(
    (
        Column("meeting_id", "Meeting", lambda one: one.meeting.id, Kind.ID, always=True),
        Column("day", "Day", lambda one: one.meeting.on_day, Kind.DATE, always=True),
        Column("begins", "Begins", lambda one: one.meeting.begins_at),
        Column("ends", "Ends", lambda one: one.meeting.ends_at),
        Column("level", "Level", lambda one: one.meeting.level, Kind.WORD, always=True, codes=LEVEL_CODES),
        Column("state", "State", lambda one: one.state.value, Kind.WORD, always=True, codes=STATES),
        Column("theme", "Theme", lambda one: one.meeting.theme, always=True),
        Column("place", "Place", lambda one: one.meeting.place, always=True),
        Column("opened_by", "Opened by", lambda one: one.meeting.opened_by),
        Column("chair", "Chair", lambda one: one.meeting.chair),
        Column("secretary", "Secretary", lambda one: one.meeting.secretary),
        Column("note_taker", "Note taker", lambda one: one.meeting.note_taker),
        Column("letter_number", "Letter", lambda one: one.meeting.letter_number, Kind.REFERENCE),
        Column("letter_day", "Letter of", lambda one: one.meeting.letter_on, Kind.DATE),
        Column("nature", "Nature", lambda one: one.meeting.nature),
        Column("attachments", "Attachments", lambda one: one.meeting.attachments),
        Column("signer", "Signed by", lambda one: one.meeting.signer),
        Column("signer_office", "Office of the signer", lambda one: one.meeting.signer_office),
        Column("signer_number", "Number (NIP)", lambda one: one.meeting.signer_number, Kind.REFERENCE),
        Column("closed", "Closed", lambda one: one.closed, Kind.DATE),
        Column("no_decisions", "Without decisions", lambda one: one.meeting.no_decisions if one.closed else None),
    ),
    (
        Part("invited", "Invited", INVITED, lambda one: one.invited),
        Part("present", "Present", PRESENT, lambda one: one.present),
        _items("agenda", "Agenda", ItemKind.AGENDA),
        _items("risks", "Weak points of the area", ItemKind.RISK),
        _items("findings", "Findings", ItemKind.FINDING),
        _items("obstacles", "Obstacles", ItemKind.OBSTACLE),
        Part("decisions", "Decisions", DECISIONS, lambda one: one.decisions),
        Part("carried_over", "Carried over from earlier meetings", CARRIED, lambda one: one.carried),
        _items("copies", "Copies of the invitation", ItemKind.COPY),
    ),
    words=WORDS,
    title=lambda one: one.meeting.theme,
)
