"""The records of a briefing: its parts, what stands in them, and who may see which fact of a person.

The table AUDIENCES is the one place that says what each audience sees (manual: briefing).
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import NamedTuple

from timpora_cli.model.counting.counts import CountRow, TrendRow
from timpora_cli.model.law import Relief
from timpora_cli.model.names import masked
from timpora_cli.model.people import Person
from timpora_cli.model.supervision.case_files import CaseFile
from timpora_cli.model.supervision.duties import Duty
from timpora_cli.model.supervision.meetings import DecisionOnDay, Meeting

SECTIONS = (
    "counts",
    "nationalities",
    "change",
    "trend",
    "expiries",
    "reliefs",
    "overstays",
    "duties",
    "cases",
    "decisions",
    "log",
)
"""The sections of the page, in their order."""


class Fact(Enum):
    """A kind of fact that not every audience sees."""

    NAME = "NAME"
    """The name of a resident."""
    PASSPORT = "PASSPORT"
    PERMIT_NUMBER = "PERMIT_NUMBER"
    BIRTH_DAY = "BIRTH_DAY"
    """A day of birth, and every day that is counted from one."""
    RELATIVE = "RELATIVE"
    """The name of a relative whom a duty is about."""
    MONEY = "MONEY"
    """The fine of an overstay."""
    DECISION = "DECISION"
    """A decision that is not the village's own."""


class Shown(Enum):
    """How a fact stands on a page."""

    WHOLE = "WHOLE"
    MASKED = "MASKED"
    """The last three characters alone."""
    NOT = "NOT"


OFFICE, AGENCY, VILLAGE, PUBLIC = "office", "agency", "village", "public"
AUDIENCES: Mapping[str, Mapping[Fact, Shown]] = {
    OFFICE: {
        Fact.NAME: Shown.WHOLE,
        Fact.PASSPORT: Shown.WHOLE,
        Fact.PERMIT_NUMBER: Shown.WHOLE,
        Fact.BIRTH_DAY: Shown.WHOLE,
        Fact.RELATIVE: Shown.WHOLE,
        Fact.MONEY: Shown.WHOLE,
        Fact.DECISION: Shown.WHOLE,
    },
    AGENCY: {
        Fact.NAME: Shown.WHOLE,
        Fact.PASSPORT: Shown.MASKED,
        Fact.PERMIT_NUMBER: Shown.MASKED,
        Fact.BIRTH_DAY: Shown.WHOLE,
        Fact.RELATIVE: Shown.WHOLE,
        Fact.MONEY: Shown.WHOLE,
        Fact.DECISION: Shown.WHOLE,
    },
    # The page of a village is of its own people alone: see queries/supervision/briefing.py.
    VILLAGE: {
        Fact.NAME: Shown.WHOLE,
        Fact.PASSPORT: Shown.NOT,
        Fact.PERMIT_NUMBER: Shown.NOT,
        Fact.BIRTH_DAY: Shown.NOT,
        Fact.RELATIVE: Shown.NOT,
        Fact.MONEY: Shown.NOT,
        Fact.DECISION: Shown.NOT,
    },
    # The page for the public is another one: see public_page.py. It counts people, and knows nothing else of them.
    PUBLIC: dict.fromkeys(Fact, Shown.NOT),
}
"""What each audience sees of each kind of fact."""


def how_shown(audience: str, fact: Fact) -> Shown:
    """Return how a kind of fact stands on the page of an audience."""
    return AUDIENCES[audience][fact]


def without_numbers(audience: str, text: str, numbers: Sequence[str]) -> str:
    """Return a text in which `numbers`, of passports and permits, stand as the audience sees them.

    Where it sees none, each character of a number is hidden.
    """
    how = how_shown(audience, Fact.PASSPORT)
    if how is Shown.WHOLE:
        return text
    for number in sorted(numbers, key=len, reverse=True):
        hidden = masked(number) if how is Shown.MASKED else "*" * len(number)
        text = re.sub(re.escape(number), hidden, text, flags=re.IGNORECASE)
    return text


class Asked(NamedTuple):
    """What a briefing is asked for: the day, the meeting that it is for, the audience, and the sections.

    `until` is the last day of the usual window, which counts where no later meeting is on record.
    """

    on: date
    until: date
    meeting: Meeting | None
    audience: str
    sections: tuple[str, ...] = SECTIONS


class Head(NamedTuple):
    """The last change that the page knows: its number, its moment by the office's clock, and its digest."""

    number: int
    at: datetime
    digest: str


class Figures(NamedTuple):
    """The people present, counted by place, by class and by nationality.

    `before` is the count by place on the day of the last meeting, None where there was none. `by_village` says that
    the places are villages, and not districts. `trend` has the last twelve months, that of the page included.
    """

    by_village: bool
    by_place: tuple[CountRow, ...]
    by_class: tuple[CountRow, ...]
    by_nationality: tuple[CountRow, ...]
    before: tuple[CountRow, ...] | None
    trend: tuple[TrendRow, ...]

    @property
    def total(self) -> int:
        """All people present."""
        return sum(row.total for row in self.by_class)


class Brief(NamedTuple):
    """All that a briefing is made of.

    `until` is the last day of its window: that of the meeting `next`, where one is on record. `area` are the names of
    the places that it is narrowed to, `known` is the moment of the last change as the office's clock shows it.
    """

    asked: Asked
    letterhead: tuple[str, ...]
    area: tuple[str, ...]
    head: Head | None
    known: str
    last: Meeting | None
    next: Meeting | None
    until: date
    figures: Figures
    expiries: tuple[Person, ...]
    overstays: tuple[Person, ...]
    reliefs: tuple[Relief, ...]
    duties: tuple[Duty, ...]
    cases: tuple[CaseFile, ...]
    decisions: tuple[DecisionOnDay, ...]

    def __repr__(self) -> str:
        return f"<Brief of {self.asked.on}>"

    @property
    def people(self) -> int | None:
        """How many residents the page names; None where none of its sections names anybody."""
        named: dict[str, set[int | None]] = {
            "expiries": {person.resident_id for person in self.expiries},
            "overstays": {person.resident_id for person in self.overstays},
            "duties": {duty.person.resident_id for duty in self.duties},
            "cases": {file.listed.case.resident_id for file in self.cases},
        }
        shown = [named[section] for section in self.asked.sections if section in named]
        return len(set().union(*shown) - {None}) if shown else None

    def sees(self, fact: Fact) -> bool:
        """Return whether the audience sees anything of a kind of fact."""
        return how_shown(self.asked.audience, fact) is not Shown.NOT

    def shown(self, fact: Fact, text: str | None) -> str:
        """Return a text of a kind of fact as the audience sees it; empty where it sees none of it."""
        how = how_shown(self.asked.audience, fact)
        if text is None or how is Shown.NOT:
            return ""
        return masked(text) if how is Shown.MASKED else text
