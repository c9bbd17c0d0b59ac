"""The passport of one row into the register: a new one, an older one, one kept beside the others, or a correction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from timpora_cli.actions import passports
from timpora_cli.actions.intake import plan
from timpora_cli.actions.intake.recorded import Difference, Recorded, Statements
from timpora_cli.actions.passports import NewPassport
from timpora_cli.language import _
from timpora_cli.queries.rows import Stored, iso
from timpora_cli.sheets.facts import Entry
from timpora_cli.sheets.headers import Field
from timpora_cli.store.change import Change

COLUMNS: Mapping[Field, str] = {
    "passport_country": "country",
    "passport_issued": "issued_on",
    "passport_expires": "expires_on",
}


@dataclass(slots=True)
class Load:
    """What the rows of one sheet have given of passports; `kept` are those that they say are valid beside another."""

    change: Change
    today: date
    statements: Statements
    kept: set[tuple[str, str]] = field(default_factory=set, repr=False)


def write(load: Load, entry: Entry, held: Recorded) -> None:
    """Record what a row says of a passport. Raises WhichPassport where nothing tells which of two is the newer."""
    given = plan.passport_of(entry, held.person["nationality"])
    if given is None:
        return
    is_kept = "passport_kept" in entry.values
    if is_kept:
        load.kept.add((given.number, given.country))
    row = plan.same_passport(given, held)
    if row is not None:
        _correct(load, entry, held, row, is_kept=is_kept)
        return
    valid = [row for row in held.passports if row["retired_on"] is None]
    alone = [row for row in valid if (row["number"], row["country"]) not in load.kept]
    current = None if is_kept else passports.replaced_by(given.country, alone)
    owner = _("resident {id}").format(id=held.resident.id)
    before = current["number"] if current else None
    load.statements.show(Difference(entry.line, owner, "passport_number", before, given.number))
    if current is None or plan.is_newer(given, current, held):
        passports.succeed(load.change, held.resident, current, given, load.today)
    else:
        _write_older(load.change, held, current, given)


def _correct(load: Load, entry: Entry, held: Recorded, row: Stored, *, is_kept: bool) -> None:
    owner = _("passport {id}").format(id=row["id"])
    changes = load.statements.compared(owner, _with_country(entry, held, row), row, COLUMNS)
    if is_kept and row["retired_on"] is not None:
        changes["retired_on"] = None
    if changes:
        load.change.update("passport", row["id"], changes)
    named = entry.day("passport_current")
    if named is not None and (before := passports.name_from(load.change, row, named)) != named.isoformat():
        load.statements.show(Difference(entry.line, owner, "passport_current", before, named.isoformat()))


def _with_country(entry: Entry, held: Recorded, row: Stored) -> Entry:
    """Return the entry with its nationality as the passport's country, if that is so for the passport on record."""
    if "passport_country" in entry.values or row["country"] != held.person["nationality"]:
        return entry
    nationality = entry.values.get("nationality")
    return Entry(entry.line, {**entry.values, "passport_country": nationality}) if nationality else entry


def _write_older(change: Change, held: Recorded, current: Stored, given: NewPassport) -> None:
    """Record a passport from before the current one: each is retired on the day the next was issued."""
    passports.refuse_taken(change, given)
    issued, expires = iso(given.issued_on), iso(given.expires_on)
    days = sorted(row["issued_on"] for row in held.passports if row["issued_on"])
    after = next((day for day in days if issued is not None and day > issued), current["issued_on"])
    passports.insert(change, held.resident.id, given, retired=after or expires or issued)
    for row in held.passports:
        before_it = row["issued_on"] and issued and row["issued_on"] < issued
        if before_it and row["retired_on"] and row["retired_on"] > issued:
            change.update("passport", row["id"], {"retired_on": issued})
