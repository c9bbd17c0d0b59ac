"""What a report of a month counts, and where: grants by their chains, revocations, departures, and who is present."""

from typing import TYPE_CHECKING

import pytest

from timpora_cli.model.counting.report import DONE, STOCK
from timpora_cli.model.dates.months import parse_month, parse_year
from timpora_cli.queries.counting.report import NoOffice, Report, report

if TYPE_CHECKING:
    from tests.conftest import Office

NOT_KNOWN = {"abg", "epo", "imk", "skim"}
VILLAGE = "19.02.01.1001"


def of(office: "Office", month: str, by: str | None = None) -> Report:
    return report(office.connection, parse_year(month) if len(month) == 4 else parse_month(month), by)


def done(office: "Office", month: str, by: str | None = None) -> dict[str, int]:
    """The lines of what was done that are above zero."""
    return {
        line.line.item: line.number for line in of(office, month, by).lines if line.part == "PERIOD" and line.number
    }


def places(office: "Office", month: str) -> dict[str, tuple[int, ...]]:
    """The places in the chain of the extensions, of the lines that have any."""
    return {line.line.item: line.places for line in of(office, month).lines if line.places and any(line.places)}


def chain(office: "Office", kind: str, *days: str) -> list[int]:
    """Somebody with a grant of a class on the first day, and an extension on each of the others."""
    until = [*days[1:], "2020-12-31"]
    granted = [office.permit(office.person(since="2010-01-01"), kind, days[0], until[0])]
    for day, end in zip(days[1:], until[1:], strict=True):
        granted.append(office.extend(granted[-1], day, end))
    return granted


def test_every_line_is_there_and_what_the_register_cannot_know_has_no_number(office: "Office") -> None:
    lines = of(office, "2020-09").lines
    assert [line.line for line in lines] == [*DONE, *STOCK]
    assert {line.line.item for line in lines if line.number is None} == NOT_KNOWN
    assert {line.number for line in lines} == {0, None}
    assert len({line.line.item for line in lines}) == len(lines)


def test_a_grant_counts_in_the_month_of_its_issue(office: "Office") -> None:
    chain(office, "KITAS", "2020-08-31")
    chain(office, "KITAS", "2020-09-01")
    assert [done(office, month) for month in ("2020-07", "2020-08", "2020-09")] == [
        {},
        {"new_kitas": 1},
        {"new_kitas": 1},
    ]
    assert done(office, "2020") == {"new_kitas": 2}


@pytest.mark.one_in(4)
@pytest.mark.parametrize(
    ("kind", "item"),
    [
        ("VOA", "extension_voa"),
        ("ITK", "extension_itk"),
        ("KITAS", "extension_kitas_1_to_3"),
        ("KITAP", "extension_kitap"),
        ("ITKT", "extension_itkt"),
        ("BVK", "extension_other"),
        ("PERALIHAN", "extension_other"),
    ],
)
def test_an_extension_counts_in_the_line_of_its_class(office: "Office", kind: str, item: str) -> None:
    chain(office, kind, "2020-01-10", "2020-09-01")
    assert done(office, "2020-09") == {item: 1}
    assert done(office, "2020-01") == {f"new_{kind.lower()}": 1}
    assert places(office, "2020-09") == {item: (1, 0, 0, 0, 0, 0)}


def test_the_place_of_an_extension_is_counted_since_the_grant_that_was_none(office: "Office") -> None:
    days = [f"20{year}-09-01" for year in range(10, 18)]
    chain(office, "KITAS", *days)
    lines = ["extension_kitas_1_to_3"] * 3 + ["extension_kitas_4", "extension_kitas_5"] + ["extension_kitas_later"] * 2
    for place, (day, item) in enumerate(zip(days[1:], lines, strict=True)):
        assert done(office, day[:7]) == {item: 1}
        assert places(office, day[:7])[item][min(place, 5)] == 1


def test_a_conversion_begins_the_places_anew(office: "Office") -> None:
    *_first, last = chain(office, "ITK", "2020-01-10", "2020-03-01", "2020-05-01")
    stays = office.convert(last, "KITAS", "2020-06-01", "2020-08-31")
    office.extend(stays, "2020-08-15", "2021-08-31")
    assert places(office, "2020-05") == {"extension_itk": (0, 1, 0, 0, 0, 0)}
    assert places(office, "2020-08") == {"extension_kitas_1_to_3": (1, 0, 0, 0, 0, 0)}


@pytest.mark.one_in(4)
@pytest.mark.parametrize(
    ("kind", "to", "item"),
    [
        ("ITK", "KITAS", "conversion_itk_to_kitas"),
        ("VOA", "KITAS", "conversion_itk_to_kitas"),
        ("PERALIHAN", "KITAS", "conversion_itk_to_kitas"),
        ("KITAS", "KITAP", "conversion_kitas_to_kitap"),
        ("VOA", "PERALIHAN", "new_peralihan"),
        ("KITAS", "PERALIHAN", "new_peralihan"),
        ("ITK", "ITKT", "conversion_other"),
        ("ITKT", "KITAS", "conversion_other"),
    ],
)
def test_a_conversion_counts_by_the_class_before_and_after(office: "Office", kind: str, to: str, item: str) -> None:
    (first,) = chain(office, kind, "2020-01-10")
    office.convert(first, to, "2020-09-01", "2021-08-31")
    assert done(office, "2020-09") == {item: 1}


def test_what_the_foreign_ministry_grants_is_in_no_line_but_in_the_stock(office: "Office") -> None:
    (first,) = chain(office, "DINAS", "2020-09-01")
    chain(office, "DIPLOMATIK", "2020-01-10", "2020-09-02")
    assert done(office, "2020-09") == {}
    stock = {line.line.item: line.number for line in of(office, "2020-09").lines if line.part == "END" and line.number}
    assert stock == {"stock_dinas": 1, "stock_diplomatik": 1, "stock_total": 2}
    office.convert(first, "KITAS", "2020-09-05", "2021-09-04")
    assert done(office, "2020-09") == {"conversion_other": 1}


def test_a_grant_without_a_day_of_issue_counts_since_when_it_holds_and_is_said(office: "Office") -> None:
    (first,) = chain(office, "KITAS", "2020-01-10")
    office.edit(first, expires_on="2020-08-31")
    office.extend(first, None, "2021-08-31")
    assert done(office, "2020-09") == {"extension_kitas_1_to_3": 1}
    assert (of(office, "2020-09").without_issue, of(office, "2020-08").without_issue) == (1, 0)


def test_a_grant_of_which_no_day_is_known_is_in_no_month_and_is_said_where_it_may_be(office: "Office") -> None:
    office.permit(office.person(), "KITAS", None, "2020-08-31")
    assert done(office, "2020") == {}
    assert [of(office, month).undated for month in ("2020-01", "2020-08", "2020-09", "2020")] == [1, 1, 0, 1]


def test_a_revocation_counts_on_the_day_on_which_the_permit_ended(office: "Office") -> None:
    (first,) = chain(office, "KITAS", "2020-01-10")
    office.revoke(first, "2020-09-01")
    assert (done(office, "2020-08"), done(office, "2020-09")) == ({}, {"revoked": 1})


@pytest.mark.parametrize("how", ["DEPARTED", "DEPORTED", "DIED", "NATURALISED"])
def test_a_departure_counts_by_how_it_was(office: "Office", how: str) -> None:
    office.depart(office.person(since="2020-01-01"), "2020-09-01", how)
    assert (done(office, "2020-08"), done(office, "2020-09")) == ({}, {f"left_{how.lower()}": 1})


def test_a_leave_with_return_on_one_day_is_no_departure(office: "Office") -> None:
    ann = office.person(since="2020-01-01", arrived="2020-09-05")
    assert office.rows("SELECT count(*) FROM stay") == [(2,)]
    assert done(office, "2020-09") == {}
    office.depart(ann, "2020-09-06")
    assert done(office, "2020-09") == {"left_departed": 1}


def test_a_departure_of_which_nobody_recorded_how_has_a_line(office: "Office") -> None:
    office.depart(office.person(since="2020-01-01"), "2020-09-05")
    with office.change() as change:
        change.update("stay", 1, {"departed_how": None})
    assert done(office, "2020-09") == {"left_unknown_how": 1}


def test_the_reports_of_kitap_holders_are_counted(office: "Office") -> None:
    (first,) = chain(office, "KITAP", "2015-01-10")
    with office.change() as change:
        change.insert("permit_report", {"permit_id": first, "on_day": "2020-09-02"})
    assert done(office, "2020-09") == {"kitap_report": 1}


def test_the_people_at_the_end_are_those_of_the_last_day(office: "Office") -> None:
    ann = office.person(since="2020-07-31")
    office.permit(ann, "ITK", "2020-08-31", "2020-10-30")
    numbers = [{line.line.item: line.number for line in of(office, month).lines} for month in ("2020-07", "2020-08")]
    assert [(one["stock_none"], one["stock_itk"], one["stock_total"]) for one in numbers] == [(1, 0, 1), (0, 1, 1)]


def test_with_an_office_its_own_grants_count_and_those_without_one(office: "Office") -> None:
    for number, name in enumerate(["Tanjungpandan", "Kantor Imigrasi Tanjungpandan", "Soekarno-Hatta", None]):
        who = office.person(f"Person {number}", since="2020-01-01")
        office.permit(who, "ITK", "2020-09-01", "2020-10-30", **({"office": name} if name else {}))
    assert done(office, "2020-09") == {"new_itk": 4}
    assert done(office, "2020-09", "tanjungpandan") == {"new_itk": 3}
    assert of(office, "2020-09", "tanjungpandan").by_office == {
        "Kantor Imigrasi Tanjungpandan": 1,
        "Tanjungpandan": 1,
        None: 1,
    }
    with pytest.raises(NoOffice) as refused:
        of(office, "2020-09", "Tanjungpadan")
    assert "Did you mean Tanjungpandan" in str(refused.value)
