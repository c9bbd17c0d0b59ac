"""What a person has to do by a day, because of a fact on record and a rule row (manual: deadlines)."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from timpora_cli.model.law import DatedRule
from timpora_cli.model.people import Person
from timpora_cli.model.rules import years_after


class DutyKind(NamedTuple):
    """A kind of duty: the rule by which its day is counted, and what settles it.

    Settled is what a step of a case about the person says, one of `steps`; `case` is the kind of case to open for it.
    Where there is none, the register itself says it: a report on record, or another end of the permit.
    """

    code: str
    name: str
    rule_kind: str | None
    subject: str | None
    case: str | None = None
    steps: tuple[str, ...] = ()


KITAP_REPORT = DutyKind("KITAP_REPORT", "five-yearly report of a KITAP holder", "REPORT_EVERY_YEARS", "KITAP")
MARRIAGE = DutyKind(
    "MARRIAGE_REPORT", "report the marriage", "REPORTING_DAYS", "CIVIL_STATUS", "MARRIAGE", ("MARRIAGE_REPORT",)
)
BIRTH = DutyKind("BIRTH_REPORT", "report the birth", "REPORTING_DAYS", "CIVIL_STATUS", "BIRTH", ("BIRTH_REPORT",))
SKTT = DutyKind("SKTT", "get the SKTT", "REPORTING_DAYS", "SKTT", "SKTT", ("SKTT_ISSUED", "MARRIAGE_SKTT"))
ADDRESS = DutyKind("ADDRESS", "report the new address", None, None, "MOVE", ("MOVE_IN", "MARRIAGE_ADDRESS"))
ABG_CHOICE = DutyKind("ABG_CHOICE", "child chooses a nationality", "AT_AGE_YEARS", "ABG_CHOICE", "ABG", ("ABG_CHOICE",))
ABG_STATEMENT = DutyKind(
    "ABG_STATEMENT", "child states the choice", "AT_AGE_YEARS", "ABG_STATEMENT", "ABG", ("ABG_STATEMENT",)
)
PHOTO = DutyKind("PHOTO_INTERVIEW", "come for photo and interview", "APPLY_BEFORE_DAYS", "PHOTO_INTERVIEW")
DUTY_KINDS = (KITAP_REPORT, MARRIAGE, BIRTH, SKTT, ADDRESS, ABG_CHOICE, ABG_STATEMENT, PHOTO)


def due_on(kind: DutyKind, rule: DatedRule, fact_on: date) -> date:
    """Return the day of a duty of a kind, counted by a rule from the day of its fact: days after it, or years."""
    by_years = kind.rule_kind == "AT_AGE_YEARS"
    return years_after(fact_on, rule.value) if by_years else fact_on + timedelta(days=rule.value)


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that a person has to do by a day, `due_on`; None where no source names a day.

    `fact_on` is the day of the fact that it follows from, `about` the name of a relative whom it concerns. `act_by` is
    the last working day on or before. `case_id` is the open case about it.
    """

    kind: DutyKind
    person: Person
    fact_on: date | None
    about: str | None = field(repr=False)
    due_on: date | None
    act_by: date | None
    days_left: int | None
    basis: str
    source: str
    case_id: int | None = None
