"""The records of the change log and of what is checked: who changed what, when and why; and which faults there are."""

from dataclasses import dataclass, field

UPGRADE = "upgrade"
"""The first word of the command of a change that an upgrade made. No command of the program has this name."""


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
    """One change of the log with the rows it touched. `at` is UTC, as it is stored."""

    number: int
    at: str
    officer: str
    host: str
    command: str
    reason: str | None
    rows: tuple[RowChange, ...]

    @property
    def by_upgrade(self) -> bool:
        """Whether the program itself made the change, when it brought the register up to date."""
        return self.command.startswith(f"{UPGRADE} ")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: how many there were of it, and the first fault, or None."""

    what: str
    number: int
    fault: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that was checked, and the digest of the last change, which covers the whole history before it."""

    findings: tuple[Finding, ...]
    head: str | None

    @property
    def whole(self) -> bool:
        """Whether no fault was found."""
        return all(finding.fault is None for finding in self.findings)


@dataclass(frozen=True, slots=True)
class MarkedRun:
    """The last run of an expiry list that marked what it printed; `at` is UTC, as it is stored.

    `subject` is PERMIT or PASSPORT, `threshold` the reach of the list in its one written form, `on` its day (ISO).
    """

    subject: str
    threshold: str
    at: str
    on: str
    listed: int
    officer: str


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing to look at: its kind (a code), whose it is, what it is, and the command that corrects it."""

    kind: str
    resident_id: int | None
    name: str | None = field(repr=False)
    what: str = field(repr=False)
    mend: str = field(repr=False)
