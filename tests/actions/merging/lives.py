"""What the tests of merges ask: to join two records, and what is on record before and after."""

from typing import TYPE_CHECKING

from timpora_cli.actions.merging import Chosen, Merged, merge

if TYPE_CHECKING:
    from tests.conftest import Office

TABLES = ("resident", "stay", "residence", "permit", "passport", "family_link", "permit_report")


def joined(office: "Office", kept: int, other: int, **choices: int) -> Merged:
    with office.change() as change:
        return merge(change, office.resident(kept), office.resident(other), office.today, Chosen(choices))


def facts(office: "Office") -> dict[str, list[tuple[object, ...]]]:
    """All that is on record, without the numbers of the changes that wrote it."""
    on_record = {}
    for table in TABLES:
        columns = [row[1] for row in office.rows(f"PRAGMA table_info({table})") if row[1] != "change_id"]
        on_record[table] = office.rows(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id")
    return on_record


def chain(office: "Office", resident: int) -> list[tuple[object, ...]]:
    query = """
        SELECT class_code, starts_on, expires_on, ended_on, end_reason, granted_as FROM permit
        WHERE resident_id = ? ORDER BY starts_on, ended_on IS NULL, ended_on
    """
    return list(office.rows(query, resident))


def homes(office: "Office", resident: int) -> list[tuple[object, ...]]:
    query = "SELECT village_code, from_on, until_on FROM residence WHERE resident_id = ? ORDER BY from_on"
    return list(office.rows(query, resident))
