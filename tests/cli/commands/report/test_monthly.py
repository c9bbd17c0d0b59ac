"""`timpora report monthly`: a month of the example register, and the year 2020 of the office in Tanjungpandan."""

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Golden, Timpora
    from tests.conftest import Office

MARCH = ("report", "monthly", "--month", "2020-03")
KEYS = ["period", "part", "item", "label", "number"]
NOT_KNOWN = ["abg", "epo", "imk", "skim"]
FORMATS = {"table": "txt", "plain": "txt", "csv": "csv", "json": "json"}
# What the office did in 2020, as a newspaper has it: 9 extensions of VOA, 59 of ITK, and 1 alih status ITK to ITAS.
IN_2020 = {"Perpanjangan VOA": 9, "Perpanjangan ITK": 59, "ALIH STATUS ITK KE ITAS": 1}
EXTENDED_ON = {"2020-01-20": "2020-02-28", "2020-02-20": "2020-03-29", "2020-03-20": "2020-12-31"}


@pytest.mark.parametrize("form", FORMATS)
def test_a_month_in_each_format(timpora: "Timpora", golden: "Golden", form: str) -> None:
    golden(f"cli_report_monthly_{form}.{FORMATS[form]}", timpora.answer(*MARCH, "--format", form))


def test_the_keys_are_those_that_were_promised_and_a_blank_is_never_0(timpora: "Timpora") -> None:
    rows = json.loads(timpora.answer(*MARCH, "--format", "json"))
    assert [list(row) for row in rows] == [KEYS] * len(rows)
    assert [row["item"] for row in rows if row["number"] is None] == NOT_KNOWN
    assert {row["number"] for row in timpora.rows(*MARCH) if row["item"] in NOT_KNOWN} == {""}


@pytest.fixture
def of_2020(timpora: "Timpora", office: "Office") -> "Timpora":
    """An office that in 2020 extended 9 VOA and 59 ITK, and made one ITK a KITAS."""

    def build() -> None:
        for number in range(9):
            who = office.person(f"Visitor {number}", since="2019-12-20")
            office.extend(office.permit(who, "VOA", "2019-12-20", "2020-01-18"), "2020-01-15", "2020-12-31")
        for number in range(20):
            who = office.person(f"Guest {number}", since="2019-12-01")
            held = office.permit(who, "ITK", "2019-12-01", "2020-01-29")
            for day, until in list(EXTENDED_ON.items())[: 2 if number == 0 else 3]:
                held = office.extend(held, day, until)
            if number == 0:
                office.convert(held, "KITAS", "2020-03-25", "2021-03-24")

    office.prepared(build)
    return timpora.on(office.written_to(timpora.db.with_name("of_2020.db")))


def test_the_year_2020_of_the_office_prints_just_what_it_did(of_2020: "Timpora") -> None:
    rows = of_2020.at("2021-01-04").rows("report", "monthly", "--year", "2020")
    above_zero = {
        (row["part"], row["label"]): int(row["number"]) for row in rows if row["number"] and int(row["number"])
    }
    stock = {("END", "VOA"): 9, ("END", "ITK"): 19, ("END", "ITAS"): 1, ("END", "TOTAL"): 29}
    assert above_zero == {("PERIOD", label): number for label, number in IN_2020.items()} | stock
    assert {row["period"] for row in rows} == {"2020"}
    lines = of_2020.answer("report", "monthly", "--year", "2020").splitlines()
    assert lines[-3:] == [
        "2020: from 2020-01-01 to 2020-12-31, and those present on 2020-12-31.",
        "69 grants are in these lines: no office recorded 69.",
        "A line without a number: the register does not know it.",
    ]


@pytest.mark.slow
def test_the_months_of_a_year_add_up_to_the_year(of_2020: "Timpora") -> None:
    of_2020.at("2021-01-04")
    months: dict[str, int] = {}
    for month in range(1, 13):
        for row in of_2020.rows("report", "monthly", "--month", f"2020-{month:02}"):
            if row["part"] == "PERIOD" and row["number"]:
                months[row["label"]] = months.get(row["label"], 0) + int(row["number"])
    assert {label: number for label, number in months.items() if number} == IN_2020


def test_how_many_extensions_are_the_first_and_second_of_their_chain_is_asked_for_by_name(of_2020: "Timpora") -> None:
    words = ("--columns", "label,number,first,second,third,later", "--format", "csv", "--limit", "2")
    assert of_2020.at("2021-01-04").answer("report", "monthly", "--year", "2020", *words).splitlines() == [
        "label,number,first,second,third,later",
        "Perpanjangan VOA,9,9,0,0,0",
        "Perpanjangan ITK,59,20,20,19,0",
    ]
    rows = json.loads(
        of_2020.answer("report", "monthly", "--year", "2020", "--columns", "item,first", "--format", "json")
    )
    assert [row["first"] for row in rows if row["item"] in {"new_itk", "stock_itk", "revoked"}] == [None] * 3


def test_the_running_month_goes_up_to_the_day_that_is_asked_about(timpora: "Timpora") -> None:
    words = ("report", "monthly", "--month", "2020-03", "--as-of")
    assert timpora.answer(*words, "2020-03-10").splitlines()[-3] == (
        "March 2020: from 2020-03-01 to 2020-03-10, and those present on 2020-03-10."
    )
    assert timpora.answer(*words, "2020-04-01", "--format", "csv") == timpora.answer(*MARCH, "--format", "csv")


@pytest.mark.one_in(6)
@pytest.mark.parametrize("typed", ["2020-13", "Sept", "2020", "09-2020", "2020-9", ""])
def test_a_month_that_is_none_is_refused_with_what_to_write(timpora: "Timpora", typed: str) -> None:
    assert timpora.refused(2, "report", "monthly", f"--month={typed}") == (
        f'"{typed}" is not a month. Write the year and the month in digits, as in 2020-09.\n'
    )


def test_a_month_or_a_year_that_has_not_begun_is_refused(timpora: "Timpora") -> None:
    assert timpora.refused(2, "report", "monthly", "--month", "2020-10") == (
        "2020-10 has not begun on 2020-09-17, so there is nothing to report. The latest month is --month 2020-09.\n"
    )
    assert timpora.refused(2, "report", "monthly", "--year", "2021").startswith("2021 has not begun on 2020-09-17")
    said = timpora.refused(2, *MARCH, "--as-of", "2020-02-29")
    assert said.startswith("2020-03 has not begun on 2020-02-29")
    assert timpora("report", "monthly", "--month", "2020-09").code == 0


def test_one_period_is_needed_and_no_second_one(timpora: "Timpora") -> None:
    assert timpora.refused(2, "report", "monthly") == (
        "Nothing says of which month the report is. Give --month 2020-09, or --year 2020.\n"
    )
    assert timpora.refused(2, *MARCH, "--year", "2020") == (
        "--month and --year both say of what the report is. Give one of them.\n"
    )
    said = timpora.refused(2, "report", "monthly", "--year", "20")
    assert said == "--year 20 is not a year. Write four digits, as in --year 2020.\n"


def test_the_grants_of_one_office_are_asked_for_by_its_name(timpora: "Timpora") -> None:
    def new(*words: str) -> dict[str, str]:
        return {row["item"]: row["number"] for row in timpora.rows(*MARCH, *words)}

    assert (new()["new_itk"], new("--office", "Tanjungpandan")["new_itk"]) == ("3", "0")
    assert timpora.answer(*MARCH).splitlines()[-2] == (
        "10 grants are in these lines: Tanjungpandan 6, Soekarno-Hatta 4."
    )
    assert timpora.refused(4, *MARCH, "--office", "Tanjungpadan") == (
        "There is no permit on record by an office Tanjungpadan. Did you mean Tanjungpandan?\n"
    )
    assert timpora.refused(2, *MARCH, "--office", " ") == ("--office is empty. Give a name, or leave the option out.\n")


@pytest.mark.slow
def test_what_has_no_day_of_issue_is_said_in_every_format(empty: "Timpora") -> None:
    for name in ("Ann", "Bob"):
        empty.answer("resident", "add", "--name", f"{name} Invented", "--nationality", "AUS")
    issued = ("--issued", "unknown", "--number", "unknown")
    empty("permit", "add", "1", "--class", "KITAS", "--expires", "2020-08-31", *issued)
    empty("permit", "extend", "1", "--expires", "2021-08-31", "--issued", "unknown")
    empty("permit", "add", "2", "--class", "KITAS", "--expires", "2020-12-31", *issued)
    for form in FORMATS:
        given = empty("report", "monthly", "--month", "2020-09", "--format", form)
        assert given.err.splitlines() == [
            "1 grant has no day of issue, and counts on the day since when it holds.",
            "1 grant that may be of 2020-09 has no day of issue, and is not counted.",
        ]
    given = empty("report", "monthly", "--month", "2020-08")
    assert given.err == "2 grants that may be of 2020-08 have no day of issue, and are not counted.\n"


@pytest.mark.slow
def test_a_workbook_has_the_words_numbers_and_blanks(timpora: "Timpora") -> None:
    from openpyxl import load_workbook

    path = timpora.db.with_name("report.xlsx")
    timpora.answer(*MARCH, "--columns", "label,number", "--output", str(path))
    rows = list(load_workbook(path).worksheets[0].iter_rows(values_only=True))
    assert rows[:2] == [("label", "number"), ("Perpanjangan VOA", 1)]
    assert ("ABG", None) in rows
    said = timpora.refused(1, *MARCH, "--output", str(path))
    assert "is there already" in said
    timpora.answer(*MARCH, "--output", str(path.with_suffix(".csv")))
    assert path.with_suffix(".csv").read_text(encoding="utf-8") == timpora.answer(*MARCH, "--format", "csv")


@pytest.mark.slow
def test_what_was_known_then_is_told_again(timpora: "Timpora") -> None:
    timpora.answer("resident", "edit", "1", "--note", "the last change before")
    moment = timpora.rows("history", "--last", "1")[0]["at"]
    before = timpora.answer("report", "monthly", "--month", "2020-09")
    timpora.answer("permit", "revoke", "2C21DEMO0001", "--on", "2020-09-02", "--reason", "made up")
    after = timpora.answer("report", "monthly", "--month", "2020-09")
    assert after != before
    assert timpora.answer("report", "monthly", "--month", "2020-09", "--known-at", moment) == before


def test_the_printed_words_are_the_same_in_every_language(timpora: "Timpora") -> None:
    labels = [row["label"] for row in timpora.rows(*MARCH)]
    assert [row["label"] for row in timpora.rows(*MARCH, "--lang", "id")] == labels


def test_the_stock_is_what_counts_says_of_the_last_day(timpora: "Timpora") -> None:
    stock = {row["item"]: row["number"] for row in timpora.rows(*MARCH) if row["part"] == "END"}
    counted = timpora.rows("counts", "--by", "class", "--as-of", str(date(2020, 3, 31)))
    present = {f"stock_{(row['class'] or 'none').lower()}": row["total"] for row in counted}
    total = str(sum(int(row["total"]) for row in counted))
    assert {item: number for item, number in stock.items() if number != "0"} == present | {"stock_total": total}
