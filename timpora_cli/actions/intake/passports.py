"""A row's passport beside those on record: the same one, the one that took its place, or one from before it.

Which of two is the newer is told by their days, never by which was entered last; without days it is not told at all.
"""

from datetime import date

from timpora_cli.actions import residents
from timpora_cli.actions.intake.recorded import Recorded, Row
from timpora_cli.actions.intake.stage import Entry
from timpora_cli.actions.intake.statements import Difference, Statements
from timpora_cli.actions.residents import NewPassport
from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.sheets.headers import Field
from timpora_cli.store.change import Change

COLUMNS: dict[Field, str] = {
    "passport_country": "country",
    "passport_issued": "issued_on",
    "passport_expires": "expires_on",
}


class WhichPassport(Refused):
    """Resident {resident} has another passport on record, and nothing in this row tells which is the newer.
    Give the day of issue or the last day of both; those on record are corrected with: timpora resident edit {resident}
    """


def new_passport(entry: Entry, nationality: str) -> NewPassport | None:
    """Return the passport that a row gives, of the country of nationality where it names none."""
    number = entry.values.get("passport_number")
    if number is None:
        return None
    country = entry.values.get("passport_country") or entry.values.get("nationality") or nationality
    return NewPassport(number, country, entry.day("passport_issued"), entry.day("passport_expires"))


def bring(change: Change, said: Statements, entry: Entry, held: Recorded, today: date) -> None:
    """Record what a row says of the passport of a person on record. Raises WhichPassport and what the actions raise."""
    given = new_passport(entry, str(held.person["nationality"]))
    if given is None:
        return
    known = [row for row in held.passports if row["number"] == given.number]
    if known:
        row = next((row for row in known if row["country"] == given.country), known[0])
        changes = said.compared(_owner(row), _with_country(entry, held, row), row, COLUMNS)
        if changes:
            change.update("passport", int(row["id"] or 0), changes)
        return
    current = next((row for row in held.passports if row["retired_on"] is None), None)
    owner = _("resident {id}").format(id=held.found.id)
    before = current["number"] if current else None
    said.show(Difference(entry.line, owner, "passport_number", before, given.number))
    if current is None or _is_newer(given, current, held):
        residents.renew_passport(change, held.found, given, today)
    else:
        _file_older(change, held, current, given)


def _owner(row: Row) -> str:
    return _("passport {id}").format(id=row["id"])


def _with_country(entry: Entry, held: Recorded, row: Row) -> Entry:
    """Return the entry with its nationality as the passport's country, if the passport on record is one of those."""
    if "passport_country" in entry.values or row["country"] != held.person["nationality"]:
        return entry
    nationality = entry.values.get("nationality")
    return Entry(entry.line, {**entry.values, "passport_country": nationality}) if nationality else entry


def _is_newer(given: NewPassport, current: Row, held: Recorded) -> bool:
    for this, other in ((given.issued_on, current["issued_on"]), (given.expires_on, current["expires_on"])):
        if this is not None and other is not None and this.isoformat() != other:
            return this.isoformat() > str(other)
    raise WhichPassport(resident=held.found.id)


def _file_older(change: Change, held: Recorded, current: Row, given: NewPassport) -> None:
    """Record a passport from before the current one: each is retired on the day the next was issued."""
    residents.refuse_passport_taken(change, given)
    issued = given.issued_on.isoformat() if given.issued_on else None
    days = sorted(str(row["issued_on"]) for row in held.passports if row["issued_on"])
    after = next((day for day in days if issued is not None and day > issued), current["issued_on"])
    retired_on = after or (given.expires_on.isoformat() if given.expires_on else issued)
    change.insert(
        "passport",
        {
            "resident_id": held.found.id,
            "number": given.number,
            "country": given.country,
            "issued_on": issued,
            "expires_on": given.expires_on.isoformat() if given.expires_on else None,
            "retired_on": retired_on,
        },
    )
    for row in held.passports:
        before_it = row["issued_on"] and issued and str(row["issued_on"]) < issued
        if before_it and row["retired_on"] and str(row["retired_on"]) > str(issued):
            change.update("passport", int(row["id"] or 0), {"retired_on": issued})
