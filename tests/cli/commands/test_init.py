"""`timpora init`: a register is made for its owner alone, and never over a file."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from timpora_cli.store import connect

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora


WRITE = ("resident", "add", "--name", "Ann", "--nationality", "AUS")


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


@pytest.mark.slow
def test_init_makes_a_file_for_its_owner_alone_and_only_once(timpora: "Timpora", tmp_path: Path) -> None:
    office = timpora.on(tmp_path / "data" / "timpora" / "register.db")
    assert office.answer("init") == f"Register made: {office.db}, with 12 districts and 88 villages.\n"
    assert stat.S_IMODE(office.db.stat().st_mode) == 0o600
    assert stat.S_IMODE(office.db.parent.stat().st_mode) == 0o700
    assert version(office.db) == connect.SCHEMA_VERSION
    office.answer(*WRITE)
    before = office.db.read_bytes()
    assert office.refused(1, "init") == f"There is already a register at {office.db}; it was left as it is.\n"
    assert office.db.read_bytes() == before


@pytest.mark.slow
def test_init_takes_the_regions_of_another_office(timpora: "Timpora", tmp_path: Path) -> None:
    file = tmp_path / "regions.csv"
    file.write_text("kode,nama\n33,Jawa Tengah\n33.19,Kab. Kudus\n33.19.01,Kaliwungu\n33.19.01.2001,Contoh\n", "utf-8")
    office = timpora.on(tmp_path / "kudus.db")
    assert office.answer("init", "--region", str(file)) == (
        f"Register made: {office.db}, with 1 district and 1 village.\n"
    )
    assert [row["district"] for row in office.rows("counts")] == ["Kaliwungu", ""]


def test_init_leaves_nothing_behind_where_it_fails(timpora: "Timpora", tmp_path: Path) -> None:
    file = tmp_path / "regions.csv"
    file.write_text("kode,nama\n33,Jawa Tengah\n33.19.01,Kaliwungu\n", "utf-8")
    office = timpora.on(tmp_path / "kudus.db")
    assert office.refused(1, "init", "--region", str(file)).startswith(
        "33.19.01 lies in 33.19, which is not on record."
    )
    assert not office.db.exists()
