"""Where a row of a sheet says that somebody lives, into the register.

Another village is a move, on the day of the sheet (--on), else on that of the import: a sheet does not say when
somebody moved, and the former residence must stay on record. Another address in the same village, or a village where
none was known, is a correction; so is another village where the residence began on that day.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from timpora_cli.actions import stays
from timpora_cli.actions.intake.recorded import Recorded
from timpora_cli.actions.stays import corrections
from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.queries.places import district_of, place_name
from timpora_cli.queries.rows import Stored, first
from timpora_cli.sheets.facts import Entry
from timpora_cli.sheets.headers import Field
from timpora_cli.store.change import Value

if TYPE_CHECKING:
    from timpora_cli.actions.intake.write import Load

RESIDENCE: Mapping[Field, str] = {"village": "village_code", "address": "address", "rt": "rt", "rw": "rw"}
UNPLACED: Mapping[Field, str] = {**RESIDENCE, "district": "district_code"}
RESIDENCE_OF_DAY = """
SELECT village_code, district_code FROM residence
WHERE resident_id = :resident AND (from_on IS NULL OR from_on <= :on) AND (until_on IS NULL OR until_on > :on)
"""


class ElsewhereOnRecord(Refused):
    """Resident {resident} is recorded in village {village}, which does not lie in the district of this row. Name the
    village too.
    """


class LivedElsewhere(Refused):
    """On {day}, the day of this sheet, resident {resident} lived elsewhere by the register: {place}. The place of a day
    before the present residence is corrected by hand.
    """


def home_of(entry: Entry, since: date | None) -> stays.NewResidence:
    """Return the residence that a row says, beginning on `since`."""
    values = entry.values
    return stays.NewResidence(
        values.get("village"), values.get("address"), values.get("rt"), values.get("rw"), since, values.get("district")
    )


def write_home(load: "Load", entry: Entry, held: Recorded) -> None:
    """Record what a row says of where somebody lives: a correction, or a move."""
    resident, residence = held.resident, held.residence
    if load.on is not None and residence["from_on"] is not None and load.on.isoformat() < residence["from_on"]:
        _refuse_elsewhere_then(load, entry, held, load.on)
        return
    village = residence["village_code"]
    district = entry.values.get("district")
    if village is not None and district not in {None, _district(load, village)}:
        raise ElsewhereOnRecord(resident=resident.id, village=village)
    owner = _("residence of resident {id}").format(id=resident.id)
    changes = load.statements.compared(owner, entry, residence, UNPLACED if village is None else RESIDENCE)
    if not changes:
        return
    if resident.departed is not None:
        raise stays.AlreadyDeparted(resident=resident.id, departed=resident.departed)
    moved_on = load.on or load.today
    if not _moved(load, residence, changes) or residence["from_on"] == moved_on.isoformat():
        if "village_code" in changes:
            changes["district_code"] = None
        corrections.correct_residence(load.change, resident, changes)
        return
    stays.move(load.change, resident, home_of(entry, None), moved_on)


def _moved(load: "Load", residence: Stored, changes: Mapping[str, Value]) -> bool:
    """Return whether the changes name another place than the one on record, and not only the village within it."""
    if "district_code" in changes:
        return residence["district_code"] is not None
    if "village_code" not in changes:
        return False
    if residence["village_code"] is not None:
        return True
    district = residence["district_code"]
    return district not in {None, _district(load, str(changes["village_code"]))}


def _district(load: "Load", village: str) -> str | None:
    found = district_of(load.change.connection, village, None, load.on or load.today)
    return None if found is None else found.code


def _refuse_elsewhere_then(load: "Load", entry: Entry, held: Recorded, on: date) -> None:
    """Raise LivedElsewhere where the sheet is from before the present residence, and says another place of its day.

    What it says of the same place may have been corrected since, so nothing else of it is taken.
    """
    asked = {"resident": held.resident.id, "on": on.isoformat()}
    home = first(load.change.connection, RESIDENCE_OF_DAY, asked) or {"village_code": None, "district_code": None}
    village, district = entry.values.get("village"), entry.values.get("district")
    within = home["district_code"] if home["village_code"] is None else _district(load, home["village_code"])
    if village not in {None, home["village_code"]} or district not in {None, within}:
        lived = home["village_code"] or home["district_code"]
        place = _("in no place that is known") if lived is None else place_name(load.change.connection, lived, on)
        raise LivedElsewhere(resident=held.resident.id, day=on.isoformat(), place=place)
