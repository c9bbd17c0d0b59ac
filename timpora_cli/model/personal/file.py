"""The records of a person's own file: all that is held beside what `resident show` has (manual: personal-data)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from timpora_cli.model.log import ChangeMade
from timpora_cli.model.people import Sponsor
from timpora_cli.model.personal.disclosures import Looked
from timpora_cli.model.personal.dossier import Dossier
from timpora_cli.model.supervision.case_files import CaseListed
from timpora_cli.model.supervision.cases import CaseEvent
from timpora_cli.model.supervision.duties import Duty
from timpora_cli.model.supervision.inspections import Inspection, LookedFor


class Inspected(NamedTuple):
    """An inspection at which the person was looked for, and what was found."""

    inspection: Inspection
    found: LookedFor


class LetterMade(NamedTuple):
    """A reminder that was made about a permit of the person: to whom, and the end for which it was made."""

    letter_id: int
    day: date
    addressee: str
    permit_id: int
    until: date | None


class Told(NamedTuple):
    """An end that an expiry list has marked as told: of which permit or passport, and with which reach."""

    subject: str
    subject_id: int
    until: date | None
    on: date
    threshold: str


class FindingAccepted(NamedTuple):
    """A finding of `timpora check` about the person that an officer has accepted, and why."""

    key: str
    reason: str


class PassportNamed(NamedTuple):
    """That an officer has named a passport the one that lists show, from a day on."""

    number: str
    on: date


class PersonalFile(NamedTuple):
    """All that is held on one person as of the day `on`, every change of it, and to whom it was shown.

    `merged` are the numbers of the records that were merged into this one; `sponsors` are those that the person has or
    had. `history` has the changes, the latest first, with the rows about the person alone. `looked` has the dossiers of
    the person, and the exports and briefings that showed people in bulk.
    """

    dossier: Dossier
    on: date
    merged: tuple[int, ...]
    sponsors: Sequence[Sponsor]
    named: Sequence[PassportNamed]
    cases: Sequence[CaseListed]
    events: Sequence[CaseEvent]
    inspections: Sequence[Inspected]
    duties: Sequence[Duty]
    letters: Sequence[LetterMade]
    told: Sequence[Told]
    accepted: Sequence[FindingAccepted]
    history: Sequence[ChangeMade]
    looked: Sequence[Looked]

    @property
    def names(self) -> Mapping[str, str]:
        """What people read for the kind and the state of each case."""
        terms = [term for one in self.cases for term in (one.kind, one.state.term)]
        return {term.code: term.name for term in terms}

    def __repr__(self) -> str:
        return f"<PersonalFile of resident {self.dossier.resident_id}>"
