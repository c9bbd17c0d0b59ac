"""Family on record, corrected: a marriage ends before another begins, and a name given again is a correction.

A family link is one row for both sides; here it is seen from one of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from timpora_cli.errors import NotFound, Refused
from timpora_cli.model.names import excerpt, fold_name, whole_number
from timpora_cli.queries.rows import Stored, iso, rows
from timpora_cli.store.change import Change, Value

# What has not ended comes first, and of several the one that began first.
LINKS = """
WITH link AS (
    SELECT id, relation, relative_id AS partner, citizen_name, born, from_on, until_on
    FROM family_link WHERE resident_id = :resident
    UNION ALL
    SELECT
        id, CASE relation WHEN 'CHILD' THEN 'PARENT' WHEN 'PARENT' THEN 'CHILD' ELSE relation END, resident_id, NULL,
        NULL, from_on, until_on
    FROM family_link WHERE relative_id = :resident
)
SELECT link.*, coalesce(link.citizen_name, resident.full_name) AS name
FROM link LEFT JOIN resident ON resident.id = link.partner
ORDER BY link.until_on IS NOT NULL, link.from_on, link.id
"""


@dataclass(frozen=True, slots=True)
class Relative:
    """One family link: SPOUSE, CHILD or PARENT of the resident; another resident, or an Indonesian citizen by name."""

    relation: str
    relative_id: int | None = None
    citizen_name: str | None = field(default=None, repr=False)
    born: date | None = None
    since: date | None = None


class NotMarried(Refused):
    """Resident {resident} has no marriage on record that has not ended."""


class StillMarried(Refused):
    """Resident {resident} is married since {since} by what is recorded, and that has not ended. Nothing was changed.
    Say when it ended with --marriage-ended DATE; or leave --married out, to correct the spouse of that marriage.
    """


class SpouseMarried(Refused):
    """Resident {spouse} is married to somebody else by what is recorded, and that has not ended. Nothing was changed.
    Say when it ended: timpora resident edit {spouse} --marriage-ended DATE
    """


class MarriedBeforeEnd(Refused):
    """A marriage on {since} is before the end of another ({ended}) of resident {resident}. Nothing was changed."""


class SeveralMarriages(Refused):
    """Resident {resident} has {count} marriages on record that have not ended. Nothing was changed.
    End one first: timpora resident edit {resident} --spouse NAME --marriage-ended DATE
    """


class NoRelative(NotFound):
    """Resident {resident} has no such relative {reference} on record. See: timpora resident show {resident}"""


def record(change: Change, resident: int, relative: Relative, ended: date | None = None) -> None:
    """Record a relative, unless the same is on record already: then its day of birth is filled in.

    A spouse is the one on record corrected, or a new marriage once the one before has ended. `ended` is the day on
    which the marriage ended: that with this spouse where it is on record, else the one before.
    """
    if relative.relation == "SPOUSE":
        _marry(change, resident, relative, ended)
        return
    known = next((row for row in _links(change, resident, relative.relation) if _is(row, relative)), None)
    if known is None:
        add_relative(change, resident, relative)
    elif relative.born is not None:
        change.update("family_link", known["id"], {"born": iso(relative.born)})


def add_relative(change: Change, resident: int, relative: Relative) -> None:
    """Record one family link."""
    change.insert(
        "family_link",
        {
            "resident_id": resident,
            "relation": relative.relation,
            "relative_id": relative.relative_id,
            "citizen_name": relative.citizen_name,
            "born": iso(relative.born),
            "from_on": iso(relative.since),
        },
    )


def correct(change: Change, resident: int, relative: Relative, instead_of: str) -> None:
    """Record that the relative on record under `instead_of`, an id or a name, is `relative`. Raises NoRelative."""
    typed = instead_of.strip()
    number = whole_number(typed)
    meant = Relative(relative.relation, None, typed) if number is None else Relative(relative.relation, number)
    known = next((row for row in _links(change, resident, relative.relation) if _is(row, meant)), None)
    if known is None:
        raise NoRelative(resident=resident, reference=excerpt(typed))
    _write(change, resident, known, relative)


def end_marriage(change: Change, resident: int, on: date) -> None:
    """Record that the marriage ended on the day `on`, by divorce or death; of several the one that began first."""
    running = next((row for row in _links(change, resident, "SPOUSE") if row["until_on"] is None), None)
    if running is None:
        raise NotMarried(resident=resident)
    change.update("family_link", running["id"], {"until_on": on.isoformat()})


def _marry(change: Change, resident: int, spouse: Relative, ended: date | None) -> None:
    marriages = _links(change, resident, "SPOUSE")
    known = next((row for row in marriages if _is(row, spouse)), None)
    if known is not None and not _is_again(known, spouse):
        _write(change, resident, known, spouse, {} if ended is None else {"until_on": iso(ended)})
        return
    running = [row for row in marriages if row["until_on"] is None]
    if ended is not None:
        end_marriage(change, resident, ended)
    elif len(running) > 1:
        raise SeveralMarriages(resident=resident, count=len(running))
    elif running:
        (one,) = running
        if spouse.since and one["from_on"] and iso(spouse.since) != one["from_on"]:
            raise StillMarried(resident=resident, since=one["from_on"])
        _write(change, resident, one, spouse)
        return
    _refuse_before_end(change, resident, spouse.since)
    if spouse.relative_id is not None:
        _refuse_before_end(change, spouse.relative_id, spouse.since)
        _refuse_married(change, resident, spouse.relative_id)
    add_relative(change, resident, spouse)


def _refuse_before_end(change: Change, one: int, since: date | None) -> None:
    """Raise MarriedBeforeEnd where a marriage of `one` on the day `since` is before the end of another."""
    ends = [row["until_on"] for row in _links(change, one, "SPOUSE") if row["until_on"]]
    if since and ends and since.isoformat() < max(ends):
        raise MarriedBeforeEnd(since=since, ended=max(ends), resident=one)


def _refuse_married(change: Change, resident: int, spouse: int) -> None:
    """Raise SpouseMarried where a resident, the spouse of `resident`, has a running marriage with somebody else."""
    running = (row for row in _links(change, spouse, "SPOUSE") if row["until_on"] is None)
    if any(row["partner"] != resident for row in running):
        raise SpouseMarried(spouse=spouse)


def _links(change: Change, resident: int, relation: str) -> list[Stored]:
    found = rows(change.connection, LINKS, {"resident": resident})
    return [row for row in found if row["relation"] == relation]


def _is(row: Stored, relative: Relative) -> bool:
    """Return whether a link is to this relative: the same resident, or the same name."""
    if relative.relative_id is not None:
        return bool(row["partner"] == relative.relative_id)
    return fold_name(row["name"]) == fold_name(relative.citizen_name or "")


def _is_again(row: Stored, spouse: Relative) -> bool:
    """Return whether this is another marriage of the same two, after the end of the one on record."""
    return bool(row["until_on"] and spouse.since and str(iso(spouse.since)) >= row["until_on"])


def _write(
    change: Change, resident: int, row: Stored, relative: Relative, more: Mapping[str, Value] | None = None
) -> None:
    values: dict[str, Value] = dict(more or {})
    if relative.relation == "SPOUSE" and relative.relative_id not in (None, row["partner"]):
        _refuse_married(change, resident, relative.relative_id)
    if row["partner"] is None or relative.relative_id not in (None, row["partner"]) or not _is(row, relative):
        values |= {
            "resident_id": resident,
            "relation": relative.relation,
            "relative_id": relative.relative_id,
            "citizen_name": relative.citizen_name,
        }
    days = {"born": iso(relative.born), "from_on": iso(relative.since)}
    values |= {column: day for column, day in days.items() if day is not None}
    if values:
        change.update("family_link", row["id"], values)
