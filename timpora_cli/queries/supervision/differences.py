"""Where what was found in the field differs from the register, and the command that corrects the register."""

import shlex
import sqlite3
from collections.abc import Iterable
from datetime import date

from timpora_cli.model.supervision.inspections import Difference, Inspection, LookedFor, Registered
from timpora_cli.model.terms import NO_PERMIT
from timpora_cli.queries.people import PERMIT_ON_DAY, RESIDENCE_ON_DAY
from timpora_cli.queries.rows import region_on_day, rows

REGISTERED = f"""
SELECT
    residence.id IS NOT NULL AS present, residence.address, {region_on_day("village", "name")} AS village,
    {region_on_day("district", "name")} AS district, permit.id AS permit_id, permit.class_code, resident.occupation
FROM resident
LEFT JOIN residence ON residence.resident_id = resident.id AND {RESIDENCE_ON_DAY.format(day=":on").strip()}
{PERMIT_ON_DAY.format(day=":on").strip()}
LEFT JOIN village ON village.code = residence.village_code
LEFT JOIN district ON district.code = coalesce(
    {region_on_day("village", "district_code")}, residence.district_code
)
WHERE resident.id = :resident
"""


def registered(connection: sqlite3.Connection, resident_id: int, on: date) -> Registered:
    """Return what the register says of a resident on the day `on`; of one who was not present it knows no address."""
    (row,) = rows(connection, REGISTERED, {"resident": resident_id, "on": on.isoformat()})
    return Registered(**row | {"present": bool(row["present"])})


def differences(
    connection: sqlite3.Connection, inspection: Inspection, people: Iterable[LookedFor], on: date
) -> tuple[Difference, ...]:
    """Return what an inspection found to differ, each beside what the register says on the day `on`, or on that of the
    inspection where it is later.
    """
    on, found = max(on, inspection.on), []
    for one in (person for person in people if person.words):
        says = registered(connection, one.resident_id, on)
        for matter, words in one.words.items():
            done = says.is_same(matter, words)
            command = None if done else _command(matter, one.resident_id, words, says, inspection.on)
            found.append(Difference(one.resident_id, one.name, matter, says.says(matter), words, command))
    return tuple(found)


def _command(matter: str, resident: int, found: str, says: Registered, on: date) -> str:
    """Return the command line that corrects the register. The words in capitals are for the officer to fill in."""
    if matter == "address":
        verb = "move" if says.present else "return"
        return f"timpora resident {verb} {resident} --village NAME --address {shlex.quote(found)} --on {on}"
    if matter == "activity":
        return f"timpora resident edit {resident} --occupation {shlex.quote(found)}"
    if says.permit_id is None:
        return f"timpora permit add {resident} --class {found} --number NUMBER --issued DATE --expires DATE"
    if found == NO_PERMIT:
        return f"timpora permit revoke {says.permit_id} --on {on} --reason TEXT"
    return f"timpora permit edit {says.permit_id} --class {found}"
