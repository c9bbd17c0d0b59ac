"""The records of the law: reliefs, rules and holidays, each with its source (manual: law)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple

from timpora_cli.model.rules import in_force


class For(Enum):
    """What a kind of rule is for: a class of permit, a matter such as SKTT, or everybody alike."""

    CLASS = "class"
    MATTER = "matter"
    ALL = "all"


class RuleKind(NamedTuple):
    """A kind of rule: as the register has it, as `timpora rule add` takes it, and what its subject is."""

    code: str
    word: str
    subject: For


RULE_KINDS = (
    RuleKind("RENEWAL_WINDOW_DAYS", "window", For.CLASS),  # an extension may be asked for from this long before the end
    RuleKind("CONVERSION_WINDOW_DAYS", "conversion-window", For.CLASS),  # a conversion of this class, the same way
    RuleKind("APPLY_BEFORE_DAYS", "apply-before", For.MATTER),  # to be done at the latest this long before the end
    RuleKind("TERM_DAYS", "term-days", For.CLASS),  # the longest period of one grant
    RuleKind("TERM_MONTHS", "term-months", For.CLASS),
    RuleKind("EXTENSIONS", "extensions", For.CLASS),  # how many a class has; 0 where it is not extended
    RuleKind("REPORT_EVERY_YEARS", "report-every", For.CLASS),
    RuleKind("REPORTING_DAYS", "reporting", For.MATTER),  # to be reported within so many days after it happened
    RuleKind("AFTER_YEARS", "after-years", For.MATTER),  # possible so many years after it happened, and not before
    RuleKind("AT_AGE_YEARS", "at-age", For.MATTER),  # due on the birthday of this age
    RuleKind("CASE_LIMIT_HOURS", "case-limit", For.MATTER),  # how long a case may be in a state
    RuleKind("NOT_SEEN_DAYS", "not-seen", For.ALL),  # everyone is seen in the field within so many days
    RuleKind("RETENTION_YEARS", "retention", For.ALL),  # the data of people who are gone is kept so long
    RuleKind("OVERSTAY_RUPIAH_A_DAY", "overstay-rate", For.ALL),
    RuleKind("OVERSTAY_LIMIT_DAYS", "overstay-limit", For.ALL),
)
NOT_EXTENDED = 0
"""The value of an EXTENSIONS rule for a class that is not extended."""


@dataclass(frozen=True, slots=True)
class Relief:
    """A dated policy that keeps permits valid past their printed day. A condition that it does not have is None.

    `speaks_from` and `speaks_until` (the day after the last) are the days on which it is the policy in force; both are
    None where it never is, because it ended on its first day or was superseded by then. `effective_from` is that first
    day; `effective_until` is the last day to which it keeps a permit valid, None where it has no end.
    """

    code: str
    name: str
    legal_basis: str
    classes: tuple[str, ...]
    issued_on: date | None
    effective_from: date
    speaks_from: date | None
    speaks_until: date | None
    effective_until: date | None
    expired_from: date | None
    expired_until: date | None
    entered_from: date | None
    entered_until: date | None
    in_country_only: bool
    extendable: str
    action_required: str | None
    supersedes: str | None
    ended_on: date | None
    source: str
    verified: bool

    def speaks(self, on: date) -> bool:
        """Return whether the relief is the policy in force on the day `on`."""
        begun = self.speaks_from is not None and self.speaks_from <= on
        return begun and (self.speaks_until is None or on < self.speaks_until)


@dataclass(frozen=True, slots=True)
class Rule:
    """A dated rule: a window, a rate or a limit, with its source. `valid_until` is its last day."""

    rule_id: int
    kind: str
    subject: str
    value: int
    valid_from: date | None
    valid_until: date | None
    legal_basis: str
    source: str
    verified: bool
    in_force: bool


class DatedRule(NamedTuple):
    """A rule row as it is counted with: its number, the days on which it is in force, and what it rests on."""

    rule_id: int
    subject: str
    value: int
    since: date | None
    until: date | None
    basis: str
    source: str = ""

    def holds(self, on: date) -> bool:
        """Return whether the row is in force on the day `on`."""
        return in_force(self.since, self.until, on)


def rule_in_force(rules: Sequence[DatedRule], on: date) -> DatedRule | None:
    """Return the rule in force on the day `on`, of two the one that stands later in `rules`; None without any."""
    return next((rule for rule in reversed(rules) if rule.holds(on)), None)


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day on which nobody works."""

    day: date
    name: str
    source: str | None


@dataclass(frozen=True, slots=True)
class ReliefStep:
    """What one relief, in force by the day that is asked about, does for a permit that it is meant for.

    `fails` are the conditions on the holder's entry that are not met; without any it `covers` the permit.
    """

    relief: Relief
    covers: bool
    fails: tuple[str, ...]
    speaks: bool
    decides: bool


@dataclass(frozen=True, slots=True)
class NewRule:
    """A rule as entered: `subject` is the class or what is to be reported, empty where it is for all."""

    kind: str
    subject: str
    value: int
    valid_from: date | None
    valid_until: date | None
    legal_basis: str
    source: str
    verified: bool
