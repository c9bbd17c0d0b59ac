"""What was imported, exported and imported into an empty register, gives the same register (manual: sheets)."""

import csv
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.search.plugin import examples
from timpora_cli.actions.intake.run import run
from timpora_cli.queries.export import grants_held, present
from timpora_cli.queries.filters import EVERYONE
from timpora_cli.render import write
from timpora_cli.render.answer import Wanted
from timpora_cli.render.answers.sheets import IMPORT

if TYPE_CHECKING:
    from tests.conftest import Office
    from timpora_cli.actions.intake.request import Outcome

    OfficeMaker = Callable[[], Office]

TODAY = date(2020, 9, 17)
QUICK = examples(3, 6)
THOROUGH = settings(QUICK, max_examples=150)
WITHOUT_HEADER = {".json", ".ndjson"}
HEADER = tuple(column.key for column in IMPORT.columns)
PEOPLE = """
SELECT resident.id, resident.full_name, resident.sex, resident.born, resident.birthplace, resident.nationality,
    resident.purpose_code, resident.occupation, resident.contact, resident.niora, resident.note,
    sponsor.name AS sponsor, sponsor.kind AS sponsor_kind, sponsor.address AS sponsor_address
FROM resident
LEFT JOIN sponsor ON sponsor.id = resident.sponsor_id
"""
PARTS = {
    "passport": "number, country, issued_on, expires_on, retired_on",
    "stay": "from_on, arrived, departed, departed_how",
    "residence": "village_code, district_code, address, rt, rw, from_on, until_on",
    "permit": "class_code, index_code, number, issued_on, starts_on, valid_from, expires_on, office, granted_as, "
    "ended_on, end_reason, note, (SELECT number FROM permit AS before WHERE before.id = permit.follows_id)",
    "family_link": "relation, citizen_name",
}
SPONSORS = "SELECT name, kind, address, contact FROM sponsor ORDER BY name"


def held(office: "Office") -> tuple[list[object], list[object]]:
    """All that the register says of people and sponsors, without the numbers that it gives its rows."""
    people: list[object] = []
    for identity, *facts in office.rows(PEOPLE):
        parts = [
            sorted(office.rows(f"SELECT {columns} FROM {table} WHERE resident_id = ?", identity), key=repr)
            for table, columns in PARTS.items()
        ]
        people.append((facts, parts))
    return sorted(people, key=repr), list(office.rows(SPONSORS))


def brought(office: "Office", path: Path) -> "Outcome":
    return run(office.connection, path, office.author, TODAY)


def exported(office: "Office", path: Path) -> Path:
    grants = IMPORT.of(list(grants_held(office.connection, TODAY, EVERYONE)))
    write.file(grants, Wanted("csv"), path, force=True)
    return path


def sheet(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER)
        writer.writeheader()
        writer.writerows(rows)
    return path


def comes_back(office: "Office", another: "Office", path: Path) -> None:
    """Export all of `office` to `path`, and import it twice: into an empty register, and where it came from."""
    exported(office, path)
    assert [reject.reason for reject in brought(another, path).rejects] == []
    assert held(another) == held(office)
    before = office.dump()
    again = brought(office, path)
    assert (again.rejected, again.new, again.renewed, again.changed) == (0, 0, 0, 0)
    assert office.dump() == before


@dataclass(frozen=True, slots=True)
class Given:
    """One made-up person: what all rows share, the passports in turn, the grants in turn."""

    facts: dict[str, str]
    passports: list[dict[str, str]]
    grants: list[dict[str, str]]

    def rows(self) -> list[dict[str, str]]:
        """Return a row a grant, each with the passport of its time; one row where there is no grant."""
        grants = self.grants or [{}]
        passports = self.passports or [{}]
        spread = [passports[min(place, len(passports) - 1)] for place in range(max(len(grants), len(passports)))]
        return [
            {**self.facts, **passport, **grants[min(place, len(grants) - 1)]} for place, passport in enumerate(spread)
        ]


def perhaps(*values: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *values])


@st.composite
def someone(draw: st.DrawFn, key: int) -> Given:
    """One of several people, told apart by `key`; any fact but the name may be missing, and so may days of issue."""
    name = draw(st.sampled_from(["Ann {}", "'t Hooft {}", "O'Invented {}", "Żółć {}", "=1+{}x", "李 {}"]))
    facts = {
        "name": name.format(["Anna", "Berta", "Carla", "Dora"][key]),
        "nationality": draw(st.sampled_from(["AUS", "D", "CHN"])),
        "sex": draw(perhaps("M", "F")),
        "born": draw(perhaps("1980-02-29")),
        "birthplace": draw(perhaps("Sydney", "Köln")),
        "niora": draw(perhaps(f"00NI{key}")),
        "purpose": draw(perhaps("WORK", "FAMILY")),
        "occupation": draw(perhaps("guru", "'s werelds reiziger")),
        "contact": draw(perhaps("+62 812", "a@contoh.test, 08123")),
        "sponsor": draw(perhaps("PT Contoh", "Sari Rekaan")),
        "arrived": draw(perhaps("2014-12-01", "2015-06-06")),
        "address": draw(perhaps("Jl. Contoh 1", 'Gang "Umpama", blok 2')),
        "rt": draw(perhaps("003", "12")),
        "rw": draw(perhaps("01")),
        "village": draw(perhaps("19.02.01.2012", "19.02.04.2005")),
    }
    if facts["sponsor"]:
        facts["sponsor_kind"] = "COMPANY" if facts["sponsor"] == "PT Contoh" else "PERSON"
    if not facts["village"]:
        facts["district"] = draw(perhaps("19.06.01", "Sijuk"))
    return Given(facts, draw(passports_of(key)), draw(grants_of(key)))


@st.composite
def passports_of(draw: st.DrawFn, key: int) -> list[dict[str, str]]:
    return [
        {
            "passport_number": f"0X{key}00{turn}",
            "passport_country": draw(perhaps("GBR")),
            "passport_issued": draw(perhaps(f"20{10 + turn}-05-01")),
            "passport_expires": draw(perhaps(f"20{20 + turn}-04-30")),
        }
        for turn in range(draw(st.integers(0, 3)))
    ]


@st.composite
def grants_of(draw: st.DrawFn, key: int) -> list[dict[str, str]]:
    grants: list[dict[str, str]] = []
    issued = date(2015, 1, 1)
    for turn in range(draw(st.integers(0, 4))):
        expires = issued + timedelta(days=draw(st.integers(60, 500)))
        grants.append(
            {
                "class": draw(st.sampled_from(["ITK", "KITAS", "KITAP", "DINAS"])),
                "index": draw(perhaps("C317")),
                "permit_number": draw(perhaps(f"2C{key}{turn}-JD", f"0{key}{turn}9")),
                "issued": draw(st.sampled_from([issued.isoformat()] * 3 + [""])),
                "expires": draw(st.sampled_from([expires.isoformat()] * 3 + [""])),
                "office": draw(perhaps("Tanjungpandan")),
            }
        )
        if grants[-1]["issued"] and grants[-1]["expires"]:
            printed = issued + timedelta(days=draw(st.sampled_from([-9, 3])))
            grants[-1]["valid_from"] = draw(perhaps(printed.isoformat()))
        issued += timedelta(days=draw(st.integers(40, 400)))
    return grants


@st.composite
def sheets(draw: st.DrawFn) -> list[dict[str, str]]:
    return [row for key in range(draw(st.integers(1, 4))) for row in draw(someone(key)).rows()]


def holds_for(rows: list[dict[str, str]], open_office: "OfficeMaker", folder: Path, ending: str) -> None:
    office, another = open_office(), open_office()
    with closing(office.connection), closing(another.connection):
        brought(office, sheet(folder / "given.csv", rows))
        assume(ending not in WITHOUT_HEADER or office.rows("SELECT id FROM resident"))
        comes_back(office, another, folder / f"export{ending}")


def present_again(office: "Office", another: "Office", folder: Path) -> list[tuple[object, ...]]:
    """Export all of `office`, import it into `another`, and return each person there with the permits that held."""
    assert brought(another, exported(office, folder / "export.csv")).rejected == 0
    return another.rows(
        "SELECT full_name, class_code, permit.number, ended_on FROM resident "
        "LEFT JOIN permit ON resident_id = resident.id ORDER BY full_name, starts_on"
    )


@pytest.fixture
def another(open_office: "OfficeMaker") -> "Iterator[Office]":
    opened = open_office()
    with closing(opened.connection):
        yield opened


def test_a_permit_that_was_revoked_does_not_come_back_as_one_that_holds(
    office: "Office", another: "Office", tmp_path: Path
) -> None:
    ann = office.person(passport="X0001")
    first = office.permit(ann, "KITAS", "2018-01-01", "2018-12-31", "N1")
    second = office.extend(first, "2018-12-01", "2019-12-31", "N2")
    office.revoke(second, "2019-06-01")
    assert present_again(office, another, tmp_path) == [("Ann Invented", None, None, None)]


def test_what_came_before_a_permit_that_was_revoked_is_left_out_with_it(
    office: "Office", another: "Office", tmp_path: Path
) -> None:
    ann = office.person(passport="X0001")
    office.revoke(office.permit(ann, "KITAS", "2018-01-01", "2018-12-31", "N1"), "2018-06-01")
    office.extend(office.permit(ann, "ITK", "2019-01-01", "2019-03-01", "N2"), "2019-02-01", "2019-06-01", "N3")
    assert present_again(office, another, tmp_path) == [
        ("Ann Invented", "ITK", "N2", "2019-02-01"),
        ("Ann Invented", "ITK", "N3", None),
    ]


@pytest.mark.slow
@pytest.mark.one_in(3)
@pytest.mark.parametrize("end", ["2019-03-31", "2020-01-31", "2021-01-31"])
def test_a_follower_of_unknown_issue_comes_back_as_it_is_after_a_correction_of_the_end_before_it(
    office: "Office", another: "Office", tmp_path: Path, end: str
) -> None:
    ann = office.person(passport="X0001", since="2018-01-01")
    first = office.permit(ann, "KITAS", "2018-01-01", "2018-12-31", "N1")
    office.extend(first, None, "2022-12-31", "N2")
    office.edit(first, expires_on=end)
    comes_back(office, another, tmp_path / "export.csv")


@pytest.mark.slow
def test_who_departed_is_not_in_it(office: "Office", another: "Office", tmp_path: Path) -> None:
    office.depart(office.person(passport="X0001"), "2020-01-01")
    office.person("Bob Invented", passport="X0002")
    assert present_again(office, another, tmp_path) == [("Bob Invented", None, None, None)]


def test_someone_whom_only_a_permit_number_tells_does_not_become_two_people(
    office: "Office", another: "Office", tmp_path: Path
) -> None:
    first = office.permit(office.person(), "KITAS", "2018-01-01", "2018-12-31", "N1")
    office.extend(first, "2018-12-01", "2019-12-31", "N2")
    assert present_again(office, another, tmp_path) == [("Ann Invented", "KITAS", "N2", None)]


@pytest.mark.slow
def test_passports_that_others_took_the_place_of_come_back_too(
    office: "Office", another: "Office", tmp_path: Path
) -> None:
    rows = [
        {
            "name": "Ann Invented", "nationality": "AUS", "niora": "N1", "passport_number": f"X000{turn}",
            "passport_issued": f"201{turn}-01-01",
        }
        for turn in range(3)
    ]  # fmt: skip
    brought(office, sheet(tmp_path / "given.csv", rows))
    assert brought(another, exported(office, tmp_path / "export.csv")).rejected == 0
    assert another.rows("SELECT number, issued_on, retired_on FROM passport ORDER BY number") == [
        ("X0000", "2010-01-01", "2011-01-01"),
        ("X0001", "2011-01-01", "2012-01-01"),
        ("X0002", "2012-01-01", None),
    ]


@pytest.mark.slow
def test_a_grant_that_was_found_between_others_comes_back_between_them(
    office: "Office", another: "Office", tmp_path: Path
) -> None:
    who = {"name": "Ann Anna", "nationality": "AUS", "village": "19.02.01.2012", "passport_number": "0X0000"}
    days = (("2015-01-01", "2015-03-22"), ("", "2015-05-22"), ("2015-03-22", "2015-05-21"))
    rows = [dict.fromkeys(HEADER, "") | who | {"class": "ITK", "issued": day, "expires": end} for day, end in days]
    brought(office, sheet(tmp_path / "given.csv", rows))
    comes_back(office, another, tmp_path / "export.csv")


def test_the_columns_are_those_of_the_question(office: "Office") -> None:
    office.person()
    ((_resident, facts),) = present(office.connection, TODAY, EVERYONE)
    # That a permit has no end is said of its last day, and has a column of its own only in the file.
    assert tuple(facts) == tuple(name for name in HEADER if name != "unlimited")


@pytest.mark.slow
@given(rows=sheets())
@QUICK
def test_what_was_imported_comes_back_the_same(
    open_office: "OfficeMaker", tmp_path: Path, rows: list[dict[str, str]]
) -> None:
    holds_for(rows, open_office, tmp_path, ".csv")


@pytest.mark.slow
@given(rows=sheets())
@settings(QUICK, max_examples=4)
def test_what_was_imported_comes_back_the_same_by_a_workbook(
    open_office: "OfficeMaker", tmp_path: Path, rows: list[dict[str, str]]
) -> None:
    holds_for(rows, open_office, tmp_path, ".xlsx")


@pytest.mark.slow
@pytest.mark.parametrize("ending", [".csv", ".tsv", ".json", ".ndjson", ".xlsx"])
@given(rows=sheets())
@THOROUGH
def test_many_sheets_come_back_the_same_in_every_format(
    open_office: "OfficeMaker", tmp_path: Path, ending: str, rows: list[dict[str, str]]
) -> None:
    holds_for(rows, open_office, tmp_path, ending)
