"""Sheets to import: written as text, brought in over the office's register, and asked what came of them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from timpora_cli.actions.intake.request import Outcome, Request
from timpora_cli.actions.intake.run import run

if TYPE_CHECKING:
    from tests.conftest import Office

TODAY = date(2020, 9, 17)
PEOPLE = """
SELECT resident.id, full_name, sex, born, birthplace, nationality, purpose_code, occupation, resident.contact, niora,
    last_stay.arrived, last_stay.departed, sponsor.name AS sponsor, sponsor.kind AS sponsor_kind
FROM resident
JOIN last_stay ON last_stay.resident_id = resident.id
LEFT JOIN sponsor ON sponsor.id = resident.sponsor_id
"""
PARTS = {
    "passport": "number, country, issued_on, expires_on, retired_on",
    "residence": "village_code, address, rt, rw, from_on, until_on",
    "permit": "class_code, number, issued_on, starts_on, expires_on, ended_on, end_reason, granted_as, index_code",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """Where sheets come in: a folder, and the office whose register they go to."""

    office: "Office"
    folder: Path

    def sheet(self, *lines: str, name: str = "list.csv") -> Path:
        path = self.folder / name
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    def bring(self, *lines: str, today: date = TODAY, name: str = "list.csv", **request: object) -> Outcome:
        return self.bring_file(self.sheet(*lines, name=name), today, Request(**request))  # type: ignore[arg-type]

    def bring_file(self, path: Path, today: date = TODAY, request: Request | None = None) -> Outcome:
        outcome = run(self.office.connection, path, self.office.author, today, request)
        assert outcome.read == sum(self.tally(outcome))
        return outcome

    @staticmethod
    def tally(outcome: Outcome) -> tuple[int, int, int, int, int]:
        """New, renewed, changed, unchanged, rejected."""
        return outcome.new, outcome.renewed, outcome.changed, outcome.unchanged, outcome.rejected

    @staticmethod
    def reason(outcome: Outcome) -> str:
        """Why the only row was refused."""
        (reject,) = outcome.rejects
        return reject.reason

    def people(self) -> list[dict[str, object]]:
        """Everyone on record with passports, residences and permits, without the numbers that the register gives."""
        people = []
        cursor = self.office.connection.execute(PEOPLE)
        columns = [column[0] for column in cursor.description]
        for row in cursor.fetchall():
            person: dict[str, object] = dict(zip(columns, row, strict=True))
            identity = row[0]
            for table, parts in PARTS.items():
                held = self.office.rows(f"SELECT {parts} FROM {table} WHERE resident_id = ?", identity)
                person[table] = sorted(held, key=repr)
            del person["id"]
            people.append(person)
        return sorted(people, key=repr)

    def permits(self, name: str) -> list[tuple[object, ...]]:
        """A person's permits in the order they begin: class, number, first day counted, last valid day, end."""
        query = """
            SELECT class_code, number, starts_on, expires_on, ended_on FROM permit
            WHERE resident_id = (SELECT id FROM resident WHERE full_name = ?)
            ORDER BY starts_on, ended_on IS NULL, ended_on
        """
        return list(self.office.rows(query, name))


@pytest.fixture
def desk(office: "Office", tmp_path: Path) -> Desk:
    return Desk(office, tmp_path)
