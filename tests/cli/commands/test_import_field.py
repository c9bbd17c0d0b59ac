"""Sheets that failed in the field, each imported as an officer would, and what each must give. Everyone is invented."""

import csv
import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from timpora_cli import language
from timpora_cli.cli import app

if TYPE_CHECKING:
    from tests.conftest import RegisterMaker

FIELD = Path(__file__).parents[2] / "sheets/fixtures/field"
PERMITS = "SELECT number, expires_on FROM permit ORDER BY number"

Called = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Desk:
    folder: Path
    register: Path

    def __call__(self, *words: str) -> Called:
        language.choose("en")
        environment = {"TIMPORA_DB": str(self.register), "TIMPORA_OFFICER": "a made-up officer", "TIMPORA_LANG": "en"}
        result = CliRunner().invoke(app.app, list(words), env=environment, prog_name="timpora")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout, result.stderr

    def bring(self, name: str, *options: str) -> Called:
        shutil.copy(FIELD / name, self.folder / name)
        return self("import", str(self.folder / name), *options)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.register)) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture
def desk(register: "RegisterMaker", tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path, register())


def counted(said: str) -> str:
    """The first line of the answer: the counts."""
    return said.partition("\n")[0]


# Headers ---------------------------------------------------------------------------------------------------------


def test_ninety_nine_headers_of_public_code_in_one_row_are_shown_column_by_column(desk: Desk) -> None:
    with (FIELD / "headers.csv").open(encoding="utf-8", newline="") as file:
        wanted = [(row["header"], row["field"]) for row in csv.DictReader(file)]
    sheet = desk.folder / "names.csv"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow([header for header, _field in wanted])
    code, out, _err = desk("import", str(sheet), "--show-mapping", "--format", "json")
    shown = json.loads(out)
    assert (code, [(one["column"], one["header"]) for one in shown]) == (
        0,
        [(place, header) for place, (header, _field) in enumerate(wanted, start=1)],
    )
    wrong = [one for one, (_header, field) in zip(shown, wanted, strict=True) if (one["field"] or "none") not in field]
    assert wrong == []


def test_two_columns_of_one_name_are_told_apart_by_the_document_before_them(desk: Desk) -> None:
    code, out, err = desk.bring("07_duplicate_header.csv")
    assert (code, counted(out)) == (0, "1 row: 1 new, 0 renewed, 0 changed, 0 unchanged, 0 rejected.")
    assert 'Column 3 (C) "Masa Berlaku" is read as passport_expires, by the columns before it.' in err
    assert desk.rows(PERMITS) == [("2C21FD0001", "2020-09-20")]
    assert desk.rows("SELECT expires_on FROM passport") == [("2029-09-20",)]


def test_two_columns_of_one_name_are_chosen_by_number_letter_or_time(desk: Desk) -> None:
    for first, second in (("3", "6"), ("C", "f"), ("Masa Berlaku#1", '"MASA BERLAKU"#2')):
        mapping = ["--map", f"{first}=expires", "--map", f"{second}=passport_expires", "--show-mapping"]
        _code, out, _err = desk.bring("07_duplicate_header.csv", *mapping, "--format", "json")
        fields = [one["field"] for one in json.loads(out)]
        assert (fields[2], fields[5]) == ("expires", "passport_expires")
