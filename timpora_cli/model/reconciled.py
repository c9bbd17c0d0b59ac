"""The result of comparing a list from another body with the register: who is in both, and who in only one of them."""

from dataclasses import dataclass, field
from enum import StrEnum


class Group(StrEnum):
    """How a row of the list, or a person in the register, compares with the other side."""

    DIFFERENT = "DIFFERENT"
    ONLY_THERE = "ONLY_THERE"
    ONLY_HERE = "ONLY_HERE"
    UNREADABLE = "UNREADABLE"
    SAME = "SAME"
    REPEATED = "REPEATED"
    """Another row of a person who is in one of the other groups already."""


AGREEING = frozenset({Group.SAME, Group.REPEATED})


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One field in which the list and the register differ; `here` is None where the register has no value."""

    name: str
    there: str = field(repr=False)
    here: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """One row of the list, or one person who is not in it (`line` is None), with the result of the comparison."""

    group: Group
    resident_id: int | None
    line: int | None
    name: str | None = field(default=None, repr=False)
    nationality: str | None = None
    passport_number: str | None = field(default=None, repr=False)
    disagreements: tuple[Disagreement, ...] = ()
    reason: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """All that was compared with the list `source`.

    `outside` counts the people present who are not in the list and do not meet the filters; `passed_over` counts the
    rows that are not about people (titles, totals, signatures), and `citizens` those of Indonesians.
    """

    source: str
    rows: tuple[Reconciled, ...]
    outside: int
    passed_over: int
    citizens: int
    ignored: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    def number(self, group: Group) -> int:
        """Return how many belong to a group."""
        return sum(one.group is group for one in self.rows)

    @property
    def disagreeing(self) -> int:
        """How many somebody should look at: all but those that agree."""
        return sum(one.group not in AGREEING for one in self.rows)
