"""What an officer should look at: each kind is named where it is, once, and nowhere else.

That the command beside it mends it is held in tests/cli/test_history_commands.py.
"""

import sqlite3
from datetime import date
from typing import TYPE_CHECKING

import pytest

from timpora_cli.actions import law, passports, sponsors
from timpora_cli.model.log import Concern
from timpora_cli.queries.check import concerns

if TYPE_CHECKING:
    from tests.conftest import Office
    from timpora_cli.store.change import Value


def concerned(office: "Office") -> list[tuple[str, int | None]]:
    return [(concern.kind, concern.resident_id) for concern in concerns(office.connection)]


def the_only(office: "Office", kind: str) -> Concern:
    (concern,) = [concern for concern in concerns(office.connection) if concern.kind == kind]
    return concern


def well(office: "Office") -> int:
    """Somebody of whom nothing is missing."""
    resident = office.person(
        "Ann Invented", passport="X00012", sponsor="PT Contoh", since="2019-01-01", born="1980-05-05"
    )
    office.permit(resident, "KITAS", "2020-01-01", "2020-12-31", "N-1")
    return resident


def behind(office: "Office", statement: str) -> None:
    """Let another program write what no constraint allows."""
    connection: sqlite3.Connection = office.connection
    connection.execute("PRAGMA ignore_check_constraints = ON")
    for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(statement)


def test_nothing_is_found_where_nothing_is_missing(office: "Office") -> None:
    assert concerned(office) == []
    well(office)
    assert concerned(office) == []


def test_a_permit_beyond_the_passport_in_use_is_found(office: "Office") -> None:
    ann = well(office)
    with office.change() as change:
        passports.correct(change, office.resident(ann), {"expires_on": "2020-12-30"}, office.today)
    concern = the_only(office, "BEYOND_PASSPORT")
    assert (concern.resident_id, concern.name) == (ann, "Ann Invented")
    assert concern.what == "permit 1 runs to 2020-12-31, the passport only to 2020-12-30"
    assert concern.mend == "timpora resident passport 1 NUMBER --expires DATE"
    new = passports.NewPassport("X00099", "AUS", date(2020, 5, 1), date(2020, 12, 31))
    with office.change() as change:
        passports.record(change, office.resident(ann), new, office.today)
    assert concerned(office) == []


def test_a_permit_that_ended_is_measured_by_no_passport(office: "Office") -> None:
    ann = well(office)
    with office.change() as change:
        passports.correct(change, office.resident(ann), {"expires_on": "2020-06-30"}, office.today)
    office.extend(1, "2020-06-01", "2021-01-01")
    assert [kind for kind, _who in concerned(office)] == ["BEYOND_PASSPORT"]
    office.depart(ann, "2020-07-01")
    assert concerned(office) == []


def test_a_last_day_that_nobody_recorded_is_found(office: "Office") -> None:
    ann = well(office)
    office.edit(1, expires_on=None)
    assert concerned(office) == [("UNKNOWN_END", ann)]
    assert the_only(office, "UNKNOWN_END").mend == "timpora permit edit 1 --expires DATE"


def test_somebody_present_without_a_permit_is_found(office: "Office") -> None:
    ann = well(office)
    office.revoke(1, "2020-09-01")
    assert concerned(office) == [("WITHOUT_PERMIT", ann)]
    office.depart(ann, "2020-09-02")
    assert concerned(office) == []


def test_an_unknown_village_of_somebody_present_is_found(office: "Office") -> None:
    ann = well(office)
    office.move(ann, None, "2020-02-01")
    assert concerned(office) == [("UNKNOWN_VILLAGE", ann)]
    office.move(ann, "19.02.04.2001", "2020-03-01")
    assert concerned(office) == []


@pytest.mark.parametrize(("kind", "wanted"), [("KITAS", True), ("KITAP", True), ("ITK", False), ("DINAS", False)])
def test_a_sponsor_is_asked_of_whom_the_law_asks_one(office: "Office", kind: str, wanted: bool) -> None:
    ann = office.person("Ann Invented", since="2019-01-01", born="1980-05-05")
    office.permit(ann, kind, "2020-01-01", "2020-12-31")
    assert concerned(office) == ([("WITHOUT_SPONSOR", ann)] if wanted else [])


def test_a_sponsor_of_nobody_is_found(office: "Office") -> None:
    well(office)
    with office.change() as change:
        sponsors.sponsor_id(change, "PT Sendiri")
    concern = the_only(office, "SPONSOR_OF_NOBODY")
    assert (concern.resident_id, concern.what) == (None, "sponsor PT Sendiri answers for nobody")


def test_periods_that_overlap_are_found_whoever_wrote_them(office: "Office") -> None:
    well(office)
    office.extend(1, "2020-06-01", "2021-06-01")
    behind(office, "UPDATE permit SET ended_on = '2020-06-02' WHERE id = 1")
    concern = the_only(office, "OVERLAP")
    assert (concern.what, concern.mend) == ("permits 1 and 2 overlap", "timpora permit edit 2 --issued DATE")


def test_an_expiry_before_its_issue_is_found_whoever_wrote_it(office: "Office") -> None:
    ann = well(office)
    behind(office, "UPDATE permit SET expires_on = '2019-12-31' WHERE id = 1")
    concern = the_only(office, "EXPIRY_BEFORE_ISSUE")
    assert (concern.resident_id, concern.what) == (ann, "permit 1 expires 2019-12-31, before its issue 2020-01-01")


# Days without a valid permit -----------------------------------------------------------------------------------------


def chain(office: "Office", expires: str, issued: str, kind: str = "ITK") -> int:
    """Somebody whose permit ended on a day, and whose next one was issued on another."""
    resident = office.person("Ann Invented", sponsor="PT Contoh", since="2018-01-01", born="1980-05-05")
    first = office.permit(resident, kind, "2019-01-01", expires)
    office.extend(first, issued, "2022-01-01")
    return resident


@pytest.mark.parametrize(
    ("expires", "issued", "days"),
    [
        ("2019-06-30", "2019-06-30", None),
        ("2019-06-30", "2019-07-01", None),  # the day after the last valid one
        ("2019-06-30", "2019-07-02", 1),
        ("2019-06-30", "2019-07-31", 30),
        ("2020-04-30", "2020-09-10", None),  # under a relief all the while
        ("2020-04-30", "2020-09-21", None),
        ("2020-04-30", "2020-09-22", 1),  # since the relief's last day
        ("2020-04-30", "2020-12-01", 71),
        ("2020-04-01", "2020-05-02", 30),  # ended the day before the relief began
    ],
)
def test_days_between_the_end_of_validity_and_the_next_issue_are_a_gap(
    office: "Office", expires: str, issued: str, days: int | None
) -> None:
    from dataclasses import replace

    ann = chain(replace(office, today=date(2021, 6, 1)), expires, issued)
    assert concerned(office) == ([("GAP", ann)] if days else [])
    if days:
        concern = the_only(office, "GAP")
        assert (
            concern.what
            == f"{days} day{'s' * (days != 1)} without a valid permit before permit 2 was issued on {issued}"
        )
        assert concern.mend == "timpora permit edit 2 --issued DATE"


def test_a_gap_counts_from_where_a_relief_left_off_that_gave_way(office: "Office") -> None:
    row: dict[str, Value] = {
        "code": "ONE", "name": "One", "legal_basis": "Contoh 1", "effective_from": "2018-05-01", "extendable": "any",
        "in_country_only": 0, "source_url": "example.invalid", "verified": 0,
    }  # fmt: skip
    with office.change() as change:
        law.add_relief(change, row, ["VOA", "ITK"])
        law.add_relief(change, {**row, "code": "TWO", "effective_from": "2019-09-01", "supersedes": "ONE"}, ["VOA"])
    chain(office, "2019-06-30", "2019-09-11")
    assert the_only(office, "GAP").what.startswith("10 days without a valid permit")


# Likely the same person ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "nationality", "born", "mend"),
    [
        ("ANN INVENTED", "AUS", "1980-05-05", "timpora resident merge 1 2"),
        ("Invented, Ann", "AUS", None, "timpora resident edit 2 --born DATE"),
        ("Ánn Invented", "AUS", None, "timpora resident edit 2 --born DATE"),
        ("Ann Invented", "AUS", "1980-05-06", None),
        ("Ann Invented", "NZL", "1980-05-06", None),
        ("Ann Invented", "NZL", None, None),
        ("Ann Invented-Other", "AUS", "1980-05-05", None),
    ],
)
def test_an_equal_name_and_nationality_is_likely_one_person_unless_the_births_differ(
    office: "Office", name: str, nationality: str, born: str | None, mend: str | None
) -> None:
    well(office)
    other = office.person(name, nationality, born=born, since="2019-01-01", sponsor="PT Contoh")
    office.permit(other, "ITK", "2020-01-01", "2020-12-31")
    assert concerned(office) == ([("LIKELY_DUPLICATE", other)] if mend else [])
    if mend:
        concern = the_only(office, "LIKELY_DUPLICATE")
        assert (concern.what, concern.mend) == ("may be the same person as resident 1", mend)


def test_an_equal_name_and_birth_under_two_nationalities_is_likely_one_person(office: "Office") -> None:
    well(office)
    other = office.person("INVENTED ANN", "NZL", born="1980-05-05", since="2019-01-01", sponsor="PT Contoh")
    office.permit(other, "ITK", "2020-01-01", "2020-12-31")
    concern = the_only(office, "LIKELY_DUPLICATE")
    assert concern.what == "may be the same person as resident 1, of another nationality (AUS)"
    assert concern.mend == "timpora resident merge 1 2"


def test_the_one_whose_birth_is_missing_is_the_one_to_mend(office: "Office") -> None:
    first = office.person("Ann Invented", since="2019-01-01", sponsor="PT Contoh")
    office.permit(first, "ITK", "2020-01-01", "2020-12-31")
    well(office)
    assert concerned(office) == [("LIKELY_DUPLICATE", 2)]
    assert the_only(office, "LIKELY_DUPLICATE").mend == "timpora resident edit 1 --born DATE"


def test_three_of_one_name_are_two_concerns(office: "Office") -> None:
    for passport in ("X00001", "X00002", "X00003"):
        resident = office.person("Ann Invented", passport=passport, since="2019-01-01")
        office.permit(resident, "ITK", "2020-01-01", "2020-12-31")
    assert concerned(office) == [("LIKELY_DUPLICATE", 2), ("LIKELY_DUPLICATE", 3)]


def test_the_gravest_kind_comes_first(office: "Office") -> None:
    ann = office.person("Ann Invented", village=None)
    office.permit(ann, "KITAS", None, None)
    office.person("Ann Invented")
    assert concerned(office) == [
        ("UNKNOWN_END", 1), ("WITHOUT_PERMIT", 2), ("LIKELY_DUPLICATE", 2), ("UNKNOWN_VILLAGE", 1),
        ("WITHOUT_SPONSOR", 1),
    ]  # fmt: skip


@pytest.mark.slow
def test_the_demo_has_what_the_demo_is_meant_to_show(office: "Office") -> None:
    from timpora_cli.actions import demo

    demo.fill(office.connection, office.author)
    assert {kind for kind, _who in concerned(office)} == {"UNKNOWN_END", "WITHOUT_PERMIT", "UNKNOWN_VILLAGE"}


def test_names_and_findings_stand_in_no_repr(office: "Office") -> None:
    ann = office.person("Ann Invented")
    assert repr(the_only(office, "WITHOUT_PERMIT")) == (
        f"Concern(kind='WITHOUT_PERMIT', about=({ann},), resident_id={ann})"
    )
