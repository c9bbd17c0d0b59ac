"""A new register holds every reference row that ships with timpora, and the law of its time, as reviewed."""

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from timpora_cli import data
from timpora_cli.actions import founding
from timpora_cli.model.terms import CLASSES, GROUPS, PURPOSES
from timpora_cli.store.change import Author
from timpora_cli.store.connect import reading

if TYPE_CHECKING:
    from tests.conftest import Office, RegisterMaker


def shipped(name: str) -> list[dict[str, str]]:
    with (data.FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.slow
def test_making_a_register_says_how_many_regions_it_holds_and_is_one_change_by_its_author(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    made = founding.make(path, None, Author("Sari", "counter-2", "init"))
    assert made == {"province": 1, "regency": 2, "district": 12, "village": 88}
    with reading(path) as connection:
        assert connection.execute("SELECT id, officer, host, command FROM change").fetchall() == [
            (1, "Sari", "counter-2", "init")
        ]


@pytest.mark.slow
def test_a_register_that_is_there_is_left_as_it_was(register: "RegisterMaker", author: Author) -> None:
    path = register()
    before = path.read_bytes()
    with pytest.raises(founding.RegisterExists, match="already a register"):
        founding.make(path, None, author)
    assert path.read_bytes() == before


def test_a_new_register_knows_nobody(office: "Office") -> None:
    for table in ("resident", "passport", "residence", "permit", "sponsor", "family_link"):
        assert office.rows(f"SELECT count(*) FROM {table}") == [(0,)]
    assert sum(office.totals("2020-09-17").values()) == 0


def test_every_country_that_ships_is_there(office: "Office") -> None:
    expected = {
        (row["icao"], row["iso3"] or None, row["iso2"] or None, row["name_id"], row["name_en"])
        for row in shipped("countries.csv")
    }
    assert set(office.rows("SELECT code, iso3, iso2, name_id, name_en FROM country")) == expected
    codes = {code for code, *_rest in expected}
    assert {"D", "IDN", "XXA", "XXB", "XXC", "XXX", "GBD", "RKS", "UNO", "EUE"} <= codes
    assert "DEU" not in codes


def test_every_group_class_and_purpose_is_there_with_its_names(office: "Office") -> None:
    assert office.rows("SELECT code, name_id, name_en FROM permit_group ORDER BY position") == [
        (term.code, term.name_id, term.name_en) for term in GROUPS
    ]
    assert office.rows("SELECT code, group_code, name_id, name_en FROM permit_class ORDER BY position") == [
        (kind.term.code, kind.group, kind.term.name_id, kind.term.name_en) for kind in CLASSES
    ]
    assert office.rows("SELECT code, name_id, name_en FROM purpose ORDER BY rowid") == [
        (term.code, term.name_id, term.name_en) for term in PURPOSES
    ]


def test_every_rule_that_ships_is_there_with_its_source(office: "Office") -> None:
    columns = ("kind", "subject", "value", "valid_from", "valid_until", "legal_basis", "source", "verified")
    stored = office.rows(f"SELECT {', '.join(columns)} FROM rule ORDER BY id")
    assert [["" if value is None else str(value) for value in row] for row in stored] == [
        [row[column] for column in columns]
        for name in ("rules.csv", "case_rules.csv", "inspection_rules.csv", "retention_rules.csv")
        for row in shipped(name)
    ]


def test_every_relief_that_ships_is_there_with_its_source_and_classes(office: "Office") -> None:
    for row in shipped("reliefs.csv"):
        classes = row.pop("classes").split()
        (stored,) = office.rows(f"SELECT {', '.join(row)} FROM relief WHERE code = ?", row["code"])
        assert ["" if value is None else str(value) for value in stored] == list(row.values())
        covered = office.rows("SELECT class_code FROM relief_class WHERE relief_code = ?", row["code"])
        assert {code for (code,) in covered} == set(classes)


def test_no_row_of_the_law_that_ships_is_passed_off_as_verified(office: "Office") -> None:
    assert office.rows("SELECT DISTINCT verified FROM rule UNION SELECT verified FROM relief") == [(0,)]


def test_a_new_register_stands_in_the_offices_time_zone(office: "Office") -> None:
    assert ("time_zone", "Asia/Jakarta") in office.rows("SELECT key, value FROM setting")
