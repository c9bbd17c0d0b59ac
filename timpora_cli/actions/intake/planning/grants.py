"""Which permits the rows of one person speak of, and which of them are one with those on record.

Rows that name the same day of issue, or the same last day, speak of one permit; rows with the same number too, unless
they give it two last days: then it was kept in a renewal. Where all that is said and recorded of a person can be one
permit, it is one.

Otherwise a row speaks of a permit on record if the two agree as in one of these lines. "unknown" means that one of them
gives no value; "any" stands for all three. What differs is then a correction, and what was not known is filled in.

| number  | issued  | last day | class | so the row                            |
|---------|---------|----------|-------|---------------------------------------|
| same    | same    | any      | any   | corrects or fills in the rest         |
| same    | any     | same     | any   | corrects or fills in the rest         |
| same    | unknown | unknown  | any   | fills in what is missing              |
| other   | same    | same     | same  | corrects the number                   |
| other   | same    | unknown  | same  | corrects the number                   |
| other   | unknown | same     | same  | corrects the number                   |
| unknown | same    | any      | same  | corrects or fills in the rest         |
| unknown | same    | same     | any   | corrects the class                    |
| unknown | any     | same     | same  | corrects or fills in the day of issue |

A class alone, without number and days, is of the latest permit of that class. A permit on record of which nothing is
printed takes the latest of its class that the rows tell. All else is another permit (chain.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from timpora_cli.actions.intake.planning.attempt import Attempt, put, said
from timpora_cli.actions.intake.recorded import GRANT, Grant, folded
from timpora_cli.actions.permits import RAN_ON, OnlyKitapUnlimited
from timpora_cli.errors import Refused
from timpora_cli.model.dates import UNLIMITED
from timpora_cli.model.terms import PERMANENT
from timpora_cli.sheets.facts import Entry, Values
from timpora_cli.sheets.headers import Field

DAYS: tuple[Field, ...] = ("issued", "expires")
PRINTED: tuple[Field, ...] = ("permit_number", *DAYS)
Relation = Literal["same", "other", "unknown"]
DESCRIBES: tuple[tuple[Relation | Literal["any"], ...], ...] = (
    ("same", "same", "any", "any"),
    ("same", "any", "same", "any"),
    ("same", "unknown", "unknown", "any"),
    ("other", "same", "same", "same"),
    ("other", "same", "unknown", "same"),
    ("other", "unknown", "same", "same"),
    ("unknown", "same", "any", "same"),
    ("unknown", "same", "same", "any"),
    ("unknown", "any", "same", "same"),
)
CLASS_ALONE = ("unknown", "unknown", "unknown", "same")


class NoClass(Refused):
    """The row names a permit without its class, and it is not the one on record. Give the class in a column such as
    Jenis Izin Tinggal.
    """


class WhichGrant(Refused):
    """Several permits bear this number, with different last days, and nothing in this row tells which is meant.
    Give the last day.
    """


class WhenGranted(Refused):
    """The row names a class alone, and nothing tells whether this permit came before or after the others of this
    person. Give the day of issue or the last day.
    """


class EndsBeforeIssue(Refused):
    """By this row and what else is known of it, the permit would end on {expires}, before the day {begins} on which it
    was issued or begins. One of the two is wrong.
    """


@dataclass(slots=True, eq=False)
class Told:
    """A permit while its place is looked for: what is printed on it, who says so, and which one on record it is.

    `place` is its place among the permits on record.
    """

    printed: Values = field(repr=False)
    rows: list[Entry]
    held: Grant | None = None
    place: int = 0

    @property
    def ended(self) -> str | None:
        """The day on which it was broken off; None for one that is in force, or gave way to another one."""
        return None if self.held is None or self.held.reason in RAN_ON else self.held.ended


@dataclass(slots=True)
class Permits:
    """The permits of a person, and the rows that name a class alone, each with the permits of that class."""

    told: list[Told]
    vague: list[tuple[Told, list[Told]]] = field(default_factory=list)


def permits_of(attempt: Attempt) -> Permits:
    """Return the permits on record and in the rows, without an order. Rows that cannot be placed are refused."""
    held = [Told(dict(grant.printed), [], grant, place) for place, grant in enumerate(attempt.person.grants)]
    told, vague = _told(attempt)
    if attempt.refused:
        return Permits(held)
    lone = _lone(attempt, [*told, *vague], held)
    if not told and not vague and not held and "class" in attempt.given.defaults:
        lone = Told({}, [])
    permits = Permits([lone]) if lone is not None else _beside(attempt, told, vague, held)
    for one in permits.told:
        _complete(attempt, one)
    return permits


def _told(attempt: Attempt) -> tuple[list[Told], list[Told]]:
    """Return the permits that the rows tell, of those with a number or a day, and of those with a class alone."""
    left = {row.line for row in attempt.rows}
    blank = [row for row in attempt.rows if "class" in row.values and row.values.keys().isdisjoint(PRINTED)]
    groups = _joined(attempt, [row for row in attempt.everyone if not row.values.keys().isdisjoint(PRINTED)])
    spoken = [[row for row in group if row.line in left] for group in groups]
    return [_merged(attempt, rows) for rows in spoken if rows], [_merged(attempt, [row]) for row in blank]


def _joined(attempt: Attempt, rows: Sequence[Entry]) -> list[list[Entry]]:
    """Return the rows in groups, each of one permit by what is printed."""
    groups = [[row] for row in rows]
    for name in DAYS:
        groups = _united(groups, name)
    numbers = {form for row in rows for form in said([row.values], "permit_number")}
    for number in sorted(numbers):
        bearing = [group for group in groups if number in said((row.values for row in group), "permit_number")]
        ends = {end for group in bearing for end in said((row.values for row in group), "expires")}
        if len(ends) < 2:
            groups = [group for group in groups if group not in bearing] + [[row for group in bearing for row in group]]
            continue
        for group in bearing:
            if not any("expires" in row.values for row in group):
                attempt.refuse(group, WhichGrant())
    return groups


def _united(groups: Iterable[list[Entry]], name: Field) -> list[list[Entry]]:
    """Join the groups of rows that say the same of a field."""
    home: dict[str, list[Entry]] = {}
    result: list[list[Entry]] = []
    for group in groups:
        mine = said((row.values for row in group), name)
        joined = next((home[form] for form in sorted(mine) if form in home), None)
        if joined is None:
            joined = []
            result.append(joined)
        joined.extend(group)
        for form in mine:
            home.setdefault(form, joined)
    return result


def _merged(attempt: Attempt, rows: list[Entry]) -> Told:
    """Return what rows of one permit say of it; rows that contradict each other are refused."""
    values = {name: value for name in GRANT if (value := attempt.agreed(name, rows)) is not None}
    _refuse_disorder(attempt, values, rows)
    return Told(values, rows)


def _refuse_disorder(attempt: Attempt, printed: Values, rows: Sequence[Entry]) -> None:
    if (begins := begins_after_end(printed)) is not None:
        attempt.refuse(rows, EndsBeforeIssue(expires=printed["expires"], begins=begins))


def begins_after_end(printed: Values) -> str | None:
    """Return the day on which a permit is issued or begins, if its last day is before it."""
    begins = max(printed.get("issued", ""), printed.get("valid_from", ""))
    return begins if "expires" in printed and printed["expires"] < begins else None


def _lone(attempt: Attempt, told: Sequence[Told], held: Sequence[Told]) -> Told | None:
    """Return the one permit that all that is told and recorded can be, if it can."""
    if len(held) > 1 or any(one.ended for one in held) or not (told or held):
        return None
    speaking = [row.values for row in attempt.everyone] + [one.printed for one in held]
    forms = {name: said(speaking, name) for name in GRANT}
    if any(len(found) > 1 for found in forms.values()) or not forms["class"]:
        return None
    lone = held[0] if held else Told({}, [])
    printed = dict(lone.printed)
    for one in told:
        for name in GRANT:
            put(printed, name, one.printed.get(name))
    if "class" not in printed or begins_after_end(printed) is not None:
        return None
    speaking_days = [one for one in (*told, *held) if not one.printed.keys().isdisjoint(PRINTED)]
    attempt.guessed |= len(_linked(speaking_days)) > 1
    return Told(printed, [row for one in told for row in one.rows], lone.held, lone.place)


def _linked(told: Sequence[Told]) -> list[list[Told]]:
    """Return permits in groups that have a printed fact in common."""
    groups: list[list[Told]] = []
    for one in told:
        mine = [group for group in groups if any(shares(one, other, *PRINTED) for other in group)]
        groups = [group for group in groups if group not in mine] + [
            [one, *(other for group in mine for other in group)]
        ]
    return groups


def shares(one: Told, other: Told, *names: Field) -> bool:
    """Return whether both say the same of any of the fields."""
    return any(_relation(name, one.printed, other.printed) == "same" for name in names)


def _beside(attempt: Attempt, told: list[Told], vague: list[Told], held: list[Told]) -> Permits:
    """Return the permits on record, corrected and filled in by what is told of them, and the other ones."""
    about: dict[int, list[Told]] = {}
    others = []
    for one in told:
        found = described(one.printed, held)
        about.setdefault(found.place, []).append(one) if found is not None else others.append(one)
    for place, ones in about.items():
        rows = [row for one in ones for row in one.rows]
        _merged(attempt, rows)  # they may contradict each other only now that they are of one permit
        for one in ones:
            _correct(held[place], one)
    for one in held:
        if one.ended is None and one.printed.keys().isdisjoint(PRINTED):
            alike = [other for other in others if other.printed.get("class") == one.printed["class"]]
            if alike:
                latest = max(
                    alike, key=lambda other: (other.printed.get("issued", ""), other.printed.get("expires", ""))
                )
                others.remove(latest)
                _correct(one, latest)
                attempt.guessed = True
    permits = Permits([*held, *others])
    for one in vague:
        alike = [other for other in permits.told if other.printed.get("class") == one.printed["class"]]
        if alike:
            permits.vague.append((one, alike))
        else:
            attempt.refuse(one.rows, WhenGranted())
    return permits


def _correct(held: Told, told: Told) -> None:
    for name in GRANT:
        put(held.printed, name, told.printed.get(name))
    held.rows = [*held.rows, *told.rows]


def _complete(attempt: Attempt, one: Told) -> None:
    """Give a permit that rows speak of what --set says of all, and refuse what no permit can be."""
    if one.rows or one.held is None:
        attempt.fill(one.printed, GRANT)
    if "class" not in one.printed:
        attempt.refuse(one.rows, NoClass())
    elif one.printed.get("expires") == UNLIMITED and one.printed["class"] != PERMANENT:
        attempt.refuse(one.rows, OnlyKitapUnlimited(kind=one.printed["class"]))
    else:
        _refuse_disorder(attempt, one.printed, one.rows)


def described(printed: Values, held: Sequence[Told], *, alone: bool = False) -> Told | None:
    """Return the permit on record that `printed` speaks of: the one that agrees best, of equals the current one, then
    the latest; None where it is another permit. With `alone`, a class is enough where nothing else can be compared.
    """
    fitting = []
    for one in held:
        relations = tuple(_relation(name, printed, one.printed) for name in (*PRINTED, "class"))
        relations = (*relations[:3], "same" if "class" not in printed else relations[3])
        grant = one.held or Grant({})
        vague = relations == CLASS_ALONE and (grant.ended is None or printed.keys().isdisjoint(PRINTED))
        if any(_fits(relations, line) for line in DESCRIBES) or (alone and vague):
            fitting.append(((relations[:3].count("same"), grant.ended is None, grant.starts or ""), one))
    return max(fitting, key=lambda pair: pair[0], default=(None, None))[1]


def _relation(name: Field, one: Values, other: Values) -> Relation:
    if name not in one or name not in other:
        return "unknown"
    return "same" if folded(name, one[name]) == folded(name, other[name]) else "other"


def _fits(relations: Sequence[Relation], line: Sequence[str]) -> bool:
    return all(wanted in {"any", relation} for relation, wanted in zip(relations, line, strict=True))
