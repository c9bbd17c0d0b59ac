"""The stays and residences of two records of one person, laid over each other into one life (permits: chain.py).

Each is a timeline of each record (model/overlay.py). What one record alone says is taken, and what is known is taken
before what is not known. Where the two contradict each other, the life has no answer for those days, unless one record
was chosen for that kind.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any, NamedTuple

from timpora_cli.actions.stays import FOR_EVER
from timpora_cli.language import _
from timpora_cli.model.overlay import FIRST, LAST, Days, Period, Rule, joined, laid_over, pieces
from timpora_cli.queries.rows import Stored, rows

Choices = Mapping[str, int]
"""Whose stay, place or permit is taken where the two contradict each other: 0 for the kept record, 1 for the other."""
Two = tuple[list[Stored], list[Stored]]
"""The rows of one table: those of the kept record, and those of the other."""

QUERIES = {
    "stay": """
SELECT * FROM stay WHERE resident_id = :resident ORDER BY from_on IS NOT NULL, from_on, departed IS NULL, departed, id
""",
    "residence": """
SELECT residence.*, coalesce(village.name, district.name) AS place
FROM residence
LEFT JOIN village ON village.code = residence.village_code
LEFT JOIN district ON district.code = residence.district_code
WHERE resident_id = :resident
ORDER BY residence.from_on IS NOT NULL, residence.from_on, residence.until_on IS NULL, residence.until_on, residence.id
""",
    "permit": """
SELECT * FROM permit
WHERE resident_id = :resident
ORDER BY starts_on IS NOT NULL, starts_on, ended_on IS NULL, ended_on, id
""",
}
LIVING = ("address", "rt", "rw")


class Presence(NamedTuple):
    """Here, since which entry where that is known; or gone."""

    here: bool
    arrived: str | None = None

    def __str__(self) -> str:
        if not self.here:
            return _("gone")
        return _("here, arrived on {day}").format(day=self.arrived) if self.arrived else _("here")


class Home(NamedTuple):
    """Where somebody lives, as far as it is known; `place` is its name."""

    village_code: str | None
    district_code: str | None
    address: str | None
    rt: str | None
    rw: str | None
    place: str | None

    def __repr__(self) -> str:
        return f"<Home in {self.code}>"

    def __str__(self) -> str:
        return self.place or _("a place that is not known")

    @property
    def code(self) -> str:
        """The most exact code that is known, or nothing."""
        return self.village_code or self.district_code or ""


class Left(NamedTuple):
    """What a record said (0 the kept one, 1 the other) and the life does not say, with what it says there."""

    record: int
    column: str
    left: object
    stays: object = None

    def __repr__(self) -> str:
        return f"<Left {self.column}>"


class Difference(NamedTuple):
    """Days on which the two records contradict each other, or the life does not say what one of them said."""

    kind: str
    days: Days[Any]

    @property
    def settled(self) -> bool:
        """Whether the life has an answer for these days."""
        return self.days.taken is not None or None in {self.days.one, self.days.two}


@dataclass(slots=True)
class Life:
    """The rows of one life by table, those that were there before, how the two records differ, and what is left out.

    `twins` are permits of the other record that the kept one has too, each with the permit that it is.
    """

    was: dict[str, list[Stored]] = field(default_factory=dict, repr=False)
    rows: dict[str, list[Stored]] = field(default_factory=dict, repr=False)
    twins: dict[int, int] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list, repr=False)
    left: list[Left] = field(default_factory=list, repr=False)

    def recorded(self, connection: sqlite3.Connection, table: str, *residents: int) -> Two:
        """Return the rows of a table, those of each record in the order of time, and keep them as they are."""
        mine, theirs = (list(rows(connection, QUERIES[table], {"resident": one})) for one in residents)
        self.was[table] = [dict(row) for row in (*mine, *theirs)]
        return mine, theirs

    def keep(self, table: str, line: Sequence[Stored], begin: str, end: str) -> None:
        """Keep the periods of `line` as rows, each under the number of a row that began or ended with it.

        A row of no day, such as the first of two moves on one day, stays where it has a place between them.
        """
        momentary = [row for row in self.was[table] if row[begin] is not None and row[begin] == row[end]]
        free = [row for row in self.was[table] if row not in momentary]
        kept: list[Stored] = []
        for period in line:
            days = {begin: None if period[begin] == FIRST else period[begin]}
            days[end] = None if period[end] == LAST else period[end]
            old = next((row for column in days for row in free if row[column] == days[column]), None)
            free = [row for row in free if row is not old]
            kept.append({**(old or {}), **period, **days})
        covered = [(period[begin], period[end]) for period in line]
        self.rows[table] = kept + [
            row for row in momentary if not any(since < row[begin] < until for since, until in covered)
        ]

    def differ(self, kind: str, days: Sequence[Days[Any]], rule: Rule[Any]) -> None:
        """Keep the days on which what is taken is not what each record says."""
        for one in days:
            if all(one.taken is not None and rule.agree(said, one.taken) is not None for said in one.said):
                continue
            last = self.differences[-1] if self.differences else None
            if (
                last
                and last.kind == kind
                and last.days._replace(until=one.until) == one._replace(since=last.days.since)
            ):
                one = self.differences.pop().days._replace(until=one.until)  # noqa: PLW2901
            self.differences.append(Difference(kind, one))


# Stays -----------------------------------------------------------------------------------------------------------


def join_stays(life: Life, stays: Two, preferred: int | None) -> list[Period[bool]]:
    """Add the stays of the life, and return on which days the person is here."""
    rule = Rule(_both_present, lambda _one, _later: False)
    days = joined((_presence(*stays), _presence(*stays[::-1])), rule, preferred)
    life.differ("stay", days, rule)
    spans = [(row["from_on"] or FIRST, row["departed"] or LAST) for row in life.was["stay"]]
    line: list[Stored] = []
    for one in days:
        stay = one.taken or Presence(here=True)  # where they contradict each other, it is not written in the end
        if not stay.here:
            continue
        arrived = one.since if stay.arrived == one.since else None
        left = any(until == one.since for _since, until in spans)
        across = any(since < one.since < until for since, until in spans)
        if line and line[-1]["departed"] == one.since and arrived is None and (across or not left):
            line[-1]["departed"] = one.until
        else:
            line.append({"from_on": one.since, "arrived": arrived, "departed": one.until})
    here = pieces([Period(row["from_on"], row["departed"], value=True) for row in line])
    life.keep("stay", line, "from_on", "departed")
    for row in life.rows["stay"]:
        hows = [was["departed_how"] for was in life.was["stay"] if was["departed"] == row["departed"]]
        row["departed_how"] = next((how for how in hows if how and row["departed"]), None)
    return here


def _presence(mine: Sequence[Stored], theirs: Sequence[Stored]) -> list[Period[Presence]]:
    """Return what a record says of presence.

    Somebody who left is gone until the record has the next stay, as far as the other record speaks of those days; for
    ever after a death.
    """
    said = []
    for row, after in zip_longest(mine, mine[1:]):
        since, until = row["from_on"] or FIRST, row["departed"] or LAST
        said.append(Period(since, until, Presence(here=True, arrived=row["arrived"])))
        across = [(one["from_on"] or FIRST, one["departed"] or LAST) for one in theirs]
        gone = max((end for begin, end in across if begin < until < end), default=until)
        gone = LAST if row["departed_how"] in FOR_EVER else gone
        gone = min(gone, after["from_on"]) if after else gone
        if until < gone:
            said.append(Period(until, gone, Presence(here=False)))
    return said


def _both_present(one: Presence, other: Presence) -> Presence | None:
    if one.here != other.here or (one.arrived and other.arrived and one.arrived != other.arrived):
        return None
    return one if one.arrived else other


# Residences ------------------------------------------------------------------------------------------------------


def join_residences(life: Life, homes: Two, here: Sequence[Period[bool]], preferred: int | None) -> None:
    """Add the residences of the life, on the days on which the person is here."""
    rule = Rule(_both_at_home, lambda one, _later: one.since != FIRST)  # since when it holds is known
    joint = joined((_homes(homes[0]), _homes(homes[1])), rule, preferred)
    days = [one for one in joint if any(one.since < part.until and part.since < one.until for part in here)]
    life.differ("place", days, rule)
    for one in days:
        if one.one and one.two and one.taken:
            life.left += [
                Left(record, column, getattr(said, column), getattr(one.taken, column))
                for record, said in enumerate(one.said)
                for column in LIVING
                if getattr(said, column) not in {None, getattr(one.taken, column)}
            ]
    lived: list[Period[Any]] = [Period(one.since, one.until, one.taken) for one in days if one.taken]
    moves = {row["from_on"] for row in (*homes[0], *homes[1]) if row["from_on"] == row["until_on"]}
    present = [Period(one.since, one.until, one.two) for one in laid_over(here, lived) if one.one and one.two]
    line = [
        {"from_on": one.since, "until_on": one.until, **one.value._asdict()} for one in pieces(present, apart=moves)
    ]
    life.keep("residence", line, "from_on", "until_on")


def _homes(found: Sequence[Stored]) -> list[Period[Home]]:
    return [
        Period(row["from_on"] or FIRST, row["until_on"] or LAST, Home(*(row[column] for column in Home._fields)))
        for row in found
    ]


def _both_at_home(one: Home, other: Home) -> Home | None:
    """Return the more exact of two homes in one place, with what the other one adds to the address."""
    if not (one.code.startswith(other.code) or other.code.startswith(one.code)):
        return None
    exact, vague = (one, other) if len(one.code) >= len(other.code) else (other, one)
    return exact._replace(**{column: getattr(exact, column) or getattr(vague, column) for column in LIVING})
