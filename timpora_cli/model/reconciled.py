"""What came of comparing a list from elsewhere with the register: who is in both, and who in one of them alone."""

from dataclasses import dataclass, field
from enum import StrEnum


class Group(StrEnum):
    """Where a row of the list, or a person in the register, belongs."""

    DIFFERENT = "DIFFERENT"
    ONLY_THERE = "ONLY_THERE"
    ONLY_HERE = "ONLY_HERE"
    UNREADABLE = "UNREADABLE"
    SAME = "SAME"
    REPEATED = "REPEATED"
    """Another row of somebody who stands in one of the other groups already."""


AGREEING = frozenset({Group.SAME, Group.REPEATED})


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One field of which the list says something else than the register; `here` is None where that says nothing."""

    name: str
    there: str = field(repr=False)
    here: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """One row of the list, or one person who is not in it (`line` is None), and what is to be said of it."""

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
    """All that was compared with the list of the name `source`. `outside` are the people present who are neither in it
    nor meet the filters; `passed_over` the rows that are no people (titles, totals, signatures).
    """

    source: str
    found: tuple[Reconciled, ...]
    outside: int
    passed_over: int
    ignored: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    def number(self, group: Group) -> int:
        """Return how many belong to a group."""
        return sum(one.group is group for one in self.found)

    @property
    def disagreeing(self) -> int:
        """How many of them want somebody's eye: all but those that agree."""
        return sum(one.group not in AGREEING for one in self.found)
