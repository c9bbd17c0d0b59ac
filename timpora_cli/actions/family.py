"""Family on record, corrected: a marriage ends before another begins, and a name given again is a correction.

A family link is one row for both sides; here it is seen from one of them.
"""

from collections.abc import Mapping
from datetime import date

from timpora_cli.actions.residents import Relative, add_relative
from timpora_cli.errors import NotFound, Refused
from timpora_cli.model.names import excerpt, fold_name
from timpora_cli.model.people import Resident
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


class NotMarried(Refused):
    """Resident {resident} has no marriage on record that has not ended."""


class StillMarried(Refused):
    """Resident {resident} is married since {since} by what is recorded, and that has not ended. Nothing was changed.
    Say when it ended with --marriage-ended DATE; or leave --married out, to correct the spouse of that marriage.
    """


class MarriedBeforeEnd(Refused):
    """A marriage on {since} is before the end of another ({ended}) of resident {resident}. Nothing was changed."""


class SeveralMarriages(Refused):
    """Resident {resident} has {count} marriages on record that have not ended. Nothing was changed.
    End one first: timpora resident edit {resident} --spouse NAME --marriage-ended DATE
    """


class NoRelative(NotFound):
    """Resident {resident} has no such relative {reference} on record. See: timpora resident show {resident}"""


def record(change: Change, resident: Resident, relative: Relative) -> None:
    """Record a child or a parent, unless the same is on record already: then its day of birth is filled in."""
    known = next((row for row in _links(change, resident, relative.relation) if _is(row, relative)), None)
    if known is None:
        add_relative(change, resident.id, relative)
    elif relative.born is not None:
        change.update("family_link", known["id"], {"born": iso(relative.born)})


def correct(change: Change, resident: Resident, relative: Relative, instead_of: str) -> None:
    """Record that the relative on record under `instead_of`, an id or a name, is `relative`. Raises NoRelative."""
    typed = instead_of.strip()
    meant = Relative(relative.relation, int(typed)) if typed.isdigit() else Relative(relative.relation, None, typed)
    known = next((row for row in _links(change, resident, relative.relation) if _is(row, meant)), None)
    if known is None:
        raise NoRelative(resident=resident.id, reference=excerpt(typed))
    _write(change, resident, known, relative)


def marry(change: Change, resident: Resident, spouse: Relative, ended: date | None) -> None:
    """Record a spouse: the one on record corrected, or a new marriage once the one before has ended.

    `ended` is the day on which the marriage ended: that with this spouse where it is on record, else the one before.
    """
    marriages = _links(change, resident, "SPOUSE")
    known = next((row for row in marriages if _is(row, spouse)), None)
    if known is not None and not _is_again(known, spouse):
        _write(change, resident, known, spouse, {} if ended is None else {"until_on": iso(ended)})
        return
    running = [row for row in marriages if row["until_on"] is None]
    if ended is not None:
        end_marriage(change, resident, ended)
    elif len(running) > 1:
        raise SeveralMarriages(resident=resident.id, count=len(running))
    elif running:
        (one,) = running
        if spouse.since and one["from_on"] and iso(spouse.since) != one["from_on"]:
            raise StillMarried(resident=resident.id, since=one["from_on"])
        _write(change, resident, one, spouse)
        return
    last = max((row["until_on"] for row in marriages if row["until_on"]), default=None)
    last = max(filter(None, (last, iso(ended))), default=None)
    if spouse.since and last and str(iso(spouse.since)) < last:
        raise MarriedBeforeEnd(since=spouse.since, ended=last, resident=resident.id)
    add_relative(change, resident.id, spouse)


def end_marriage(change: Change, resident: Resident, on: date) -> None:
    """Record that the marriage ended on the day `on`, by divorce or death; of several the one that began first."""
    running = next((row for row in _links(change, resident, "SPOUSE") if row["until_on"] is None), None)
    if running is None:
        raise NotMarried(resident=resident.id)
    change.update("family_link", running["id"], {"until_on": on.isoformat()})


def _links(change: Change, resident: Resident, relation: str) -> list[Stored]:
    found = rows(change.connection, LINKS, {"resident": resident.id})
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
    change: Change, resident: Resident, row: Stored, relative: Relative, more: Mapping[str, Value] | None = None
) -> None:
    values: dict[str, Value] = dict(more or {})
    if row["partner"] is None or relative.relative_id not in (None, row["partner"]) or not _is(row, relative):
        values |= {
            "resident_id": resident.id,
            "relation": relative.relation,
            "relative_id": relative.relative_id,
            "citizen_name": relative.citizen_name,
        }
    days = {"born": iso(relative.born), "from_on": iso(relative.since)}
    values |= {column: day for column, day in days.items() if day is not None}
    if values:
        change.update("family_link", row["id"], values)
