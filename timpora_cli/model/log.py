"""The records of the change log and of what is checked: who changed what, when and why; and which faults there are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

UPGRADE = "upgrade"
"""The first word of the command of a change that an upgrade made. No command of the program has this name."""


PASSED_OVER = frozenset({"MARKED", "UPGRADE", "CLOCK", "LOOKED", "PURGED"})
"""Why an undo without a number passes over a change (Passed)."""
RowKey = tuple[str, tuple[str | int, ...]]
"""A table, and the key of a row in it."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after; None is a field without a value, or a row that was not there."""

    name: str
    before: str | int | None = field(repr=False)
    after: str | int | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class RowChange:
    """What a change did to one row: `did` is added, changed or removed; `key` is the row's own."""

    table: str
    key: tuple[str | int, ...]
    did: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class ChangeMade:
    """One change of the log with the rows it touched. `at` is UTC, as it is stored.

    It is the moment at which the change is to be read; where that was corrected, `recorded_at` is what the log has.
    """

    number: int
    at: str
    officer: str
    host: str
    command: str
    reason: str | None
    rows: tuple[RowChange, ...]
    recorded_at: str | None = None

    @property
    def by_upgrade(self) -> bool:
        """Whether the program itself made the change, when it brought the register up to date."""
        return self.command.startswith(f"{UPGRADE} ")


class Passed(NamedTuple):
    """A change that an undo without a number passes over, and why: a run that MARKED what it told, an UPGRADE, a CLOCK
    that was corrected, somebody who LOOKED at people, or a purge that has PURGED some.
    """

    number: int
    why: str


class NextUndo(NamedTuple):
    """The change that an undo without a number takes back, and the later ones that it passes over, the latest first."""

    number: int
    passed: tuple[Passed, ...]


class Undone(NamedTuple):
    """A change that is taken back, `by` which change, and the latest change that an officer has made since, or None."""

    number: int
    by: int
    later: int | None


class Whose(NamedTuple):
    """Whose a row is: a resident by id and name."""

    id: int
    name: str

    def __repr__(self) -> str:
        return f"<Whose {self.id}>"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: how many there were of it, the first fault, and what is worth knowing, or None."""

    what: str
    number: int
    fault: str | None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that was checked, and the digest of the last change, which covers the whole history before it."""

    findings: tuple[Finding, ...]
    head: str | None

    @property
    def whole(self) -> bool:
        """Whether no fault was found."""
        return self.fault is None

    @property
    def fault(self) -> str | None:
        """The first fault that was found, or None."""
        return next((finding.fault for finding in self.findings if finding.fault is not None), None)


@dataclass(frozen=True, slots=True)
class MarkedRun:
    """The last run of an expiry list that marked what it printed; `at` is UTC, as it is stored.

    `subject` is PERMIT, PASSPORT or REPORT, `threshold` the reach of the list in its one written form, `on` its day.
    """

    subject: str
    threshold: str
    at: str
    on: str
    listed: int
    officer: str


ERROR, REMARK = "ERROR", "REMARK"
LEVELS: Mapping[str, str] = {
    "OVERLAP": ERROR,
    "EXPIRY_BEFORE_ISSUE": ERROR,
    "SAME_PERMIT_NUMBER": ERROR,
    "SAME_NIORA": ERROR,
    "SAME_PASSPORT": ERROR,
    "UNKNOWN_END": ERROR,
    "WITHOUT_PERMIT": ERROR,
    "ENDED_PLACE": ERROR,
    "LIKELY_DUPLICATE": ERROR,
    "OPEN_FILE": ERROR,
    "BEYOND_PASSPORT": REMARK,
    "GAP": REMARK,
    "MARRIED_TWICE": REMARK,
    "UNKNOWN_VILLAGE": REMARK,
    "WITHOUT_SPONSOR": REMARK,
    "SPONSOR_OF_NOBODY": REMARK,
}
"""The kinds of what an officer should look at, the gravest first, each with its level.

An error cannot be right, or leaves open whether somebody may be here. A remark may well be true.
"""


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing to look at: its kind (a code), whose it is, what it is, and the command that corrects it.

    `about` are the ids of the rows that it is about, `facts` is a digest of what it was found by. `accepted` is why an
    officer accepted it with these facts, None where nobody did.
    """

    kind: str
    about: tuple[int, ...]
    resident_id: int | None
    name: str | None = field(repr=False)
    what: str = field(repr=False)
    mend: str = field(repr=False)
    facts: str = field(repr=False)
    accepted: str | None = field(default=None, repr=False)

    @property
    def key(self) -> str:
        """The name of the finding, the same in every run."""
        return "-".join([self.kind, *map(str, self.about)])

    @property
    def level(self) -> str:
        """ERROR or REMARK."""
        return LEVELS[self.kind]
