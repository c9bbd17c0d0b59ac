"""The public views are an interface for other programs: their columns are a contract, and no function of ours is used.

Their columns change only where the contract does. They are asked here in the plain sqlite3 shell, where there is one.
"""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import NeedsTool, Office, RegisterMaker

PUBLIC = {
    "change_moment": "change_id, at, recorded_at",
    "current_permit": (
        "permit_id, resident_id, full_name, nationality, class, permit_group, index_code, permit_number, issued_on, "
        "valid_from, expires_on, office, granted_as, follows_id, unlimited"
    ),
    "current_residence": (
        "resident_id, since, address, rt, rw, village_code, village, district_code, district, regency_code, regency"
    ),
    "expiry": (
        "resident_id, full_name, nationality, class, permit_id, permit_number, expires_on, effective_until, village, "
        "district, district_code, unlimited"
    ),
    "district_count": "district, district_code, kitap, kitas, visit, itkt, official, none, total",
    "last_stay": "resident_id, from_on, arrived, departed, departed_how",
    "relief_offer": (
        "permit_id, resident_id, ended_on, relief_code, relief_name, speaks_from, speaks_until, keeps_valid_until, "
        "kept_until, entered_from, entered_until"
    ),
    "relief_coverage": "permit_id, relief_code, relief_name, speaks_from, speaks_until, keeps_valid_until, kept_until",
    "relief_span": (
        "code, name, speaks_from, speaks_until, keeps_valid_until, expired_from, expired_until, entered_from, "
        "entered_until"
    ),
}
AFTER_EVERYTHING = "2021-06-01"

Ask = Callable[[Path, str], list[str]]


def by_the_shell(path: Path, query: str) -> list[str]:
    asked = subprocess.run(["sqlite3", "-readonly", str(path), query], capture_output=True, text=True, check=True)
    assert asked.stderr == ""
    return asked.stdout.splitlines()


def by_bare_python(path: Path, query: str) -> list[str]:
    """Another Python, which has never seen our code."""
    program = (
        "import sqlite3, sys; db = sqlite3.connect(sys.argv[1])\n"
        "for row in db.execute(sys.argv[2]): print('|'.join('' if value is None else str(value) for value in row))"
    )
    asked = subprocess.run(
        [sys.executable, "-I", "-c", program, str(path), query], capture_output=True, text=True, check=True
    )
    return asked.stdout.splitlines()


@pytest.fixture(params=[by_the_shell, by_bare_python])
def ask(request: pytest.FixtureRequest, needs_tool: "NeedsTool") -> Ask:
    asking: Ask = request.param
    if asking is by_the_shell:
        needs_tool("sqlite3")
    return asking


@pytest.fixture
def peopled(office: "Office") -> "Office":
    """People of every kind: under relief, over it, without a known end, without a permit, elsewhere, departed."""
    ann = office.person("Ann Invented", village="19.02.01.2012", since="2019-01-01")
    office.permit(ann, "KITAS", "2019-06-01", "2020-06-01", "2C21-1")
    bob = office.person("Bob Invented", "D", village="19.06.07.2004")
    office.permit(bob, "KITAP", "2018-01-01", "2023-01-01")
    cid = office.person("Cid Invented", "NLD", village=None)
    office.permit(cid, "VOA", None, None)
    office.person("Dee Invented", "JPN", village="19.02.01.1001")
    eva = office.person("Eva Invented", "GBR", village="19.02.04.2005", since="2019-01-01")
    office.permit(eva, "ITK", "2020-01-15", "2020-03-15")
    fay = office.person("Fay Invented", "IND", since="2019-01-01")
    office.permit(fay, "DINAS", "2019-01-01", "2020-05-01")
    gus = office.person("Gus Invented", "IND", since="2019-01-01")
    office.convert(office.permit(gus, "ITK", "2020-01-01", "2020-04-15"), "KITAS", "2020-02-01", "2021-02-01", "2C21-7")
    hal = office.person("Hal Invented", "USA", since="2019-01-01")
    office.permit(hal, "KITAS", "2019-06-01", "2020-06-01")
    office.depart(hal, "2020-08-01")
    return office


@pytest.mark.one_in(3)
@pytest.mark.parametrize("view", PUBLIC)
def test_the_columns_of_a_view_are_a_contract(register: "RegisterMaker", ask: Ask, view: str) -> None:
    names = ask(register(), f"SELECT name FROM pragma_table_info('{view}')")
    assert ", ".join(names) == PUBLIC[view]


def test_these_are_all_the_views(register: "RegisterMaker", ask: Ask) -> None:
    names = ask(register(), "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name")
    assert names == sorted(PUBLIC)


@pytest.mark.slow
@pytest.mark.parametrize("view", PUBLIC)
def test_a_view_answers_without_any_function_of_ours(peopled: "Office", tmp_path: Path, ask: Ask, view: str) -> None:
    path = peopled.written_to(tmp_path / "register.db")
    ours = [
        "|".join("" if value is None else str(value) for value in row) for row in peopled.rows(f"SELECT * FROM {view}")
    ]
    assert sorted(ask(path, f"SELECT * FROM {view}")) == sorted(ours)
    assert ours


@pytest.mark.parametrize("view", PUBLIC)
def test_a_view_does_not_ask_what_day_it_is(office: "Office", view: str) -> None:
    (definition,) = office.rows("SELECT lower(sql) FROM sqlite_schema WHERE name = ?", view)[0]
    for clock in ("now", "current_date", "current_timestamp", "localtime", "random", "julianday"):
        assert clock not in str(definition)


def test_a_current_permit_is_one_that_has_not_ended(peopled: "Office") -> None:
    assert peopled.rows("SELECT full_name, class, permit_group, granted_as FROM current_permit ORDER BY 1") == [
        ("Ann Invented", "KITAS", "KITAS", "NEW"),
        ("Bob Invented", "KITAP", "KITAP", "NEW"),
        ("Cid Invented", "VOA", "VISIT", "NEW"),
        ("Eva Invented", "ITK", "VISIT", "NEW"),
        ("Fay Invented", "DINAS", "OFFICIAL", "NEW"),
        ("Gus Invented", "KITAS", "KITAS", "CONVERSION"),
    ]


def test_an_effective_end_is_the_later_of_the_printed_one_and_the_relief_that_still_speaks(peopled: "Office") -> None:
    assert peopled.rows("SELECT full_name, expires_on, effective_until FROM expiry ORDER BY 1") == [
        ("Ann Invented", "2020-06-01", "2020-09-20"),
        ("Bob Invented", "2023-01-01", "2023-01-01"),
        ("Cid Invented", None, None),
        ("Eva Invented", "2020-03-15", "2020-03-15"),  # ended before the reliefs began
        ("Fay Invented", "2020-05-01", "2020-05-01"),  # a class that they do not cover
        ("Gus Invented", "2021-02-01", "2021-02-01"),
    ]


def test_a_relief_without_an_end_lasts_until_the_last_day_there_is(office: "Office") -> None:
    ann = office.person()
    office.permit(ann, "KITAS", "2019-06-01", "2020-06-01")
    for later in ("ITKT-2020-09", "ITKT-2020-08", "ITKT-2020-07"):
        office.connection.execute("DELETE FROM relief_class WHERE relief_code = ?", (later,))
        office.connection.execute("DELETE FROM relief WHERE code = ?", (later,))
    assert office.rows("SELECT effective_until FROM expiry") == [("9999-12-31",)]
    held = office.people("2020-08-01")[ann].permit
    assert held is not None
    assert held.effective_until == date.max


def test_a_district_counts_the_present_by_group_and_ours_have_their_row_of_zeros(peopled: "Office") -> None:
    rows = peopled.rows("SELECT * FROM district_count")
    assert rows[:4] == [
        ("Tanjungpandan", "19.02.01", 0, 2, 0, 0, 1, 1, 4),
        (None, None, 0, 0, 1, 0, 0, 0, 1),
        ("Sijuk", "19.02.04", 0, 0, 1, 0, 0, 0, 1),
        ("Simpang Pesak", "19.06.07", 1, 0, 0, 0, 0, 0, 1),
    ]
    assert len(rows) == 13
    assert all(row[2:] == (0,) * 7 for row in rows[4:])


def test_the_views_agree_with_the_program_for_a_day_after_everything(peopled: "Office") -> None:
    peopled.agrees_with_views(AFTER_EVERYTHING)


def test_the_views_are_made_anew_and_never_by_a_migration(made: Path) -> None:
    with closing(sqlite3.connect(made)) as connection:
        steps = connection.execute("SELECT name FROM _sqlite_migrations").fetchall()
    sources = Path(__file__).parents[2] / "timpora_cli" / "store" / "sql"
    scripts = list(sources.glob("[0-9]*.sql"))
    assert len(scripts) > 1
    assert all(any(script.name.startswith(name) for (name,) in steps) for script in scripts)
    for script in scripts:
        assert "CREATE VIEW" not in script.read_text(encoding="utf-8")
