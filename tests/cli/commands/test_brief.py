"""The briefing: its numbers are those of the lists, each audience sees what it may, and html is one harmless file."""

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from timpora_cli.model.dates.almanac import MONTHS
from timpora_cli.model.supervision.briefing import AUDIENCES, PUBLIC, SECTIONS, Fact, Shown

if TYPE_CHECKING:
    from tests.cli.conftest import Golden, Real, Timpora

AT_WORK = datetime(2099, 9, 17, 8, 30, tzinfo=UTC)
"""What the machine's clock says: after the example register was made, so that a page has the same moment always."""
ADD = ("meeting", "add", "--level", "district", "--place", "Kantor Contoh", "--theme")
HOSTILE = "<script>alert('1')</script> \"Contoh\" & {{ 7*7 }} \x1b[2J\u202e"
ON = ("--as-of", "2020-09-17")
REPORTED = ("--by", "Kepala Desa", "--text", "x", "--reported", "2020-09-17 09:00")
VILLAGES_WITH_PEOPLE = """
SELECT DISTINCT village_code FROM residence
WHERE village_code IS NOT NULL AND from_on <= '2020-09-17' AND (until_on IS NULL OR until_on > '2020-09-17')
"""
AT_HOME = """
SELECT resident.full_name FROM residence JOIN resident ON resident.id = residence.resident_id
WHERE village_code IS :village AND from_on <= '2020-09-17' AND (until_on IS NULL OR until_on > '2020-09-17')
"""
NAMES = "SELECT full_name FROM resident"
RELATIVES = "SELECT citizen_name FROM family_link WHERE citizen_name IS NOT NULL"
NUMBERS = {
    Fact.PASSPORT: "SELECT number FROM passport",
    Fact.PERMIT_NUMBER: "SELECT number FROM permit WHERE number IS NOT NULL",
}
BIRTHS = """
SELECT born FROM resident WHERE born IS NOT NULL
UNION SELECT born FROM family_link WHERE born IS NOT NULL
UNION SELECT happened_on FROM case_file WHERE kind_code = 'BIRTH'
"""
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "header", "p", "h1", "h2", "div", "dl", "dt", "dd"),
    *(
        "ol",
        "li",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "span",
        "figure",
        "figcaption",
        "svg",
        "desc",
    ),
    *("text", "rect"),
}
ATTRIBUTES = {
    *("lang", "charset", "name", "content", "http-equiv", "class", "scope", "data-heading", "role", "id"),
    *("aria-labelledby", "width", "height", "x", "y", "text-anchor"),
}


@dataclass
class Table:
    """A table of a page: the heading of its section, and its rows as texts."""

    section: str
    rows: list[list[str]] = field(default_factory=list)


class Page(HTMLParser):
    """The elements of a page with their attributes, its text, and its tables."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.raw = text
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.sections: list[str] = []
        self.tables: list[Table] = []
        self.tag = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self.tag = tag
        if tag == "h2":
            self.sections.append("")
        elif tag == "table":
            self.tables.append(Table(self.sections[-1]))
        elif tag == "tr":
            self.tables[-1].rows.append([])
        elif tag in {"td", "th"}:
            self.text += " "
            self.tables[-1].rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self.tag = "td" if tag == "span" else ""

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.tag == "h2":
            self.sections[-1] += data
        elif self.tag in {"td", "th", "span"}:
            self.tables[-1].rows[-1][-1] += data

    def rows(self, section: str) -> list[list[str]]:
        """The rows of the first table of a section, without its headings; none where it has no table."""
        return next((table.rows[1:] for table in self.tables if table.section.startswith(section)), [])


def asked(timpora: "Timpora", query: str, **values: str) -> list[str]:
    with closing(sqlite3.connect(timpora.db)) as connection:
        return [text for (text,) in connection.execute(query, values)]


def html(timpora: "Timpora", *words: str) -> Page:
    return Page(timpora.answer("brief", "--format", "html", *words))


def same_in_every_run(page: str) -> str:
    """A page without the digest, which covers the moment at which the test made its register."""
    return re.sub(r"\b[0-9a-f]{64}\b", "0" * 64, page)


def one_line(page: str) -> str:
    return " ".join(page.split())


@pytest.fixture
def office(timpora: "Timpora") -> "Timpora":
    """Three meetings on record: one that was held, one on the day, one to come; a decision of each of the first two."""
    timpora.clock.machine = AT_WORK

    def build() -> None:
        timpora.answer(*ADD, "Rapat pertama", "--on", "2020-06-17")
        timpora.answer(*ADD, "Rapat koordinasi Timpora", "--on", "2020-09-17")
        timpora.answer(*ADD, "Rapat ketiga", "--on", "2020-12-10")
        text = "Periksa paspor X0000032 dan izin 2c21demo0046"
        timpora.answer("meeting", "decide", "1", text, "--owner", "Desa Air Merbau", "--due", "2020-08-01")
        text = "Desa melaporkan orang asing setiap bulan"
        timpora.answer("meeting", "decide", "2", text, "--owner", "Kecamatan Tanjungpandan", "--due", "2020-10-31")

    return timpora.prepared(build)


def test_the_whole_page_as_text(office: "Timpora", golden: "Golden") -> None:
    page = office.answer("brief", "--meeting", "2", "--lang", "id")
    golden("page_brief_id.txt", same_in_every_run(page))
    assert max(map(len, page.splitlines())) <= 80


@pytest.mark.slow
def test_the_whole_page_as_html(office: "Timpora", golden: "Golden") -> None:
    path = office.db.parent / "brief.html"
    given = office("brief", "--meeting", "2", "--output", str(path))
    assert (given.code, given.out, given.err) == (0, "", "")
    page = path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o777 == 0o600
    golden("page_brief_en.html", same_in_every_run(page))
    assert office.answer("brief", "--meeting", "2", "--format", "html") == page


@pytest.mark.slow
def test_the_counts_are_those_of_the_counts_command(office: "Timpora") -> None:
    page = html(office, *ON, "--sections", "counts,nationalities")
    groups = ("kitap", "kitas", "visit", "itkt", "official", "none", "total")
    counted = office.rows("counts", *ON)
    *rows, total = page.rows("Foreign residents")
    assert [row[:-1] for row in rows] == [
        [one["district"] or "Not known", *(one[group] for group in groups)] for one in counted
    ]
    assert total[-2:] == [str(sum(int(one["total"]) for one in counted)), "100.0%"]
    by_class = page.tables[1].rows[1:-1]
    assert [row[1] for row in by_class] == [one["total"] for one in office.rows("counts", *ON, "--by", "class")]
    shares = [f"{100 * int(one['total']) / 47:.1f}%" for one in counted]
    assert [row[-1] for row in rows] == shares
    nations = office.rows("counts", *ON, "--by", "nationality")[:5]
    assert [row[1] for row in page.rows("Nationalities")] == [one["total"] for one in nations]


@pytest.mark.slow
@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    "words", [(), ("--district", "Sijuk"), ("--village", "Keciput")], ids=["all", "Sijuk", "Keciput"]
)
def test_expiries_and_overstays_are_those_of_the_expiring_command(office: "Timpora", words: tuple[str, ...]) -> None:
    listed = office.rows("expiring", "--before", "2020-12-11", *ON, *words)
    page = html(office, *ON, *words, "--sections", "expiries,overstays,counts")
    over = [row for row in listed if row["state"] == "OVERSTAY"]
    ending = [row for row in listed if row["state"] != "OVERSTAY"]

    def person(row: dict[str, str]) -> list[str]:
        documents = " ".join(filter(None, (row["class"], row["permit_number"], row["passport_number"])))
        home = ", ".join(filter(None, (row["village"], row["district"]))) or "not on record"
        return [f"{row['name']} ({row['nationality']})", documents, home]

    assert [[*row[:2], *row[3:]] for row in page.rows("Stay permits that end")] == [
        [row["effective_until"] or "not on record", row["act_by"] or "not on record", *person(row)] for row in ending
    ]
    assert [[row[0], row[1], re.sub(r"\D", "", row[2]), *row[3:]] for row in page.rows("Overstays")] == [
        [row["effective_until"], row["overstay_days"], row["fine"], *person(row)] for row in over
    ]
    side = "village" if "--village" in words else "district"
    rows = page.rows("Foreign residents")
    assert [row[-2] for row in rows[:-1]] == [one["total"] for one in office.rows("counts", "--by", side, *ON, *words)]


@pytest.mark.slow
def test_arrivals_and_departures_are_those_of_the_trend_with_a_bar_for_each_month(office: "Timpora") -> None:
    page = html(office, *ON, "--sections", "trend")
    (table,) = page.tables
    months = office.rows("trend", *ON)
    assert table.rows[1:] == [
        [row[key] for key in ("month", "at_start", "arrived", "departed", "at_end")] for row in months
    ]
    bars = [attributes for tag, attributes in page.found if tag == "rect"]
    assert len(bars) == len(months) == 12
    text = office.answer("brief", *ON, "--sections", "trend")
    assert "2020-03  5  ##############################\n2020-04  0\n" in text


@pytest.mark.slow
def test_the_reliefs_are_those_in_force_on_the_day(office: "Timpora") -> None:
    def keeps(day: str) -> list[list[str]]:
        return [[row[1], row[2]] for row in html(office, "--as-of", day, "--sections", "reliefs").rows("Reliefs")]

    assert keeps("2020-04-02") == [["2020-04-02", "open"]]
    assert keeps("2020-09-17") == [["2020-08-18", "2020-09-20"]]
    # One that is for no class keeps no permit valid.
    assert ["2020-10-01", "-"] in keeps("2020-10-05")


@pytest.mark.slow
def test_an_overstay_beyond_the_limit_has_no_fine(office: "Timpora") -> None:
    page = html(office, "--as-of", "2020-12-31", "--sections", "overstays")
    fines = {row[1]: row[2] for row in page.rows("Overstays")}
    assert fines["102"] == "over 60 days"
    assert fines["111"] == "over 60 days"


@pytest.mark.slow
def test_the_duties_are_those_of_the_duties_command(office: "Timpora") -> None:
    page = html(office, *ON, "--sections", "duties")
    listed = office.rows("duties", "--before", "2020-12-11", *ON)
    assert [[*row[:3], row[4]] for row in page.rows("Duties")] == [
        [row["due_on"], row["act_by"], row["fact_on"], row["name"]] for row in listed
    ]
    assert listed[0]["legal_basis"] in page.text


@pytest.mark.slow
def test_the_page_of_a_meeting_is_between_the_last_and_the_next(office: "Timpora") -> None:
    page = office.answer("brief", "--meeting", "2")
    assert "As of           : Thursday, 17 September 2020\n" in page
    assert "Last meeting    : Wednesday, 17 June 2020, Kantor Contoh\n" in page
    assert "Next meeting    : Thursday, 10 December 2020, Kantor Contoh\n" in page
    assert "Stay permits that end by 10 December 2020\n" in page
    assert re.search(r"^Selat Nasik +1 +0 +-1$", page, re.MULTILINE)
    assert re.search(r"^Total +48 +47 +-1$", page, re.MULTILINE)
    assert office.answer("brief", "--meeting", "17 September 2020") == page
    between = office.answer("brief", "--as-of", "2020-10-01")
    assert "Last meeting : Thursday, 17 September 2020, Kantor Contoh\n" in between
    assert "For the meeting" not in between
    last = office.answer("brief", "--as-of", "2020-12-10")
    assert "Next meeting : none on record; the lists go up to 9 January 2021\n" in last
    assert "Stay permits that end by 9 January 2021\n" in last


@pytest.mark.slow
def test_open_cases_have_their_steps_and_open_decisions_their_owners(office: "Timpora") -> None:
    page = html(office, "--meeting", "2", "--sections", "cases,decisions")
    assert (
        "Case 1: Marriage. Verified. Air Merbau, Tanjungpandan. Mar'yana Vyhadana. Owner: Petugas Contoh." in page.text
    )
    assert "Report the marriage to the immigration office (by 5 December 2018)" in page.text
    assert [row[2:] for row in page.rows("Open decisions")] == [
        ["Desa Air Merbau", "1 August 2020", "late"],
        ["Kecamatan Tanjungpandan", "31 October 2020", "open"],
    ]
    office.answer("meeting", "decide", "--done", "1", "--on", "2020-09-17")
    office.answer("case", "close", "2", "--as", "rejected", "--note", "nobody there")
    page = html(office, "--meeting", "2", "--sections", "cases,decisions")
    assert "Case 2" not in page.text
    assert [row[2] for row in page.rows("Open decisions")] == ["Kecamatan Tanjungpandan"]


@pytest.mark.slow
def test_the_page_of_a_closed_meeting_is_the_same_for_ever(office: "Timpora") -> None:
    office.answer("meeting", "attend", "2", "Desa Contoh", "--uninvited", "--name", "Contoh Satu")
    office.answer("meeting", "close", "2")
    before = office.answer("brief", "--meeting", "2")
    moment = office.rows("history", "--last", "1")[0]["at"]
    office.answer("resident", "add", "--name", "Ann Invented", "--nationality", "AUS", "--village", "Sijuk")
    office.answer("resident", "depart", "2", "--on", "2020-09-10")
    office.answer(*ADD, "Rapat lain", "--on", "2020-10-01")
    office.answer("meeting", "decide", "--done", "2", "--on", "2020-09-17")
    office.at("2021-03-01")
    assert office.answer("brief", "--meeting", "2") == before
    assert office.answer("brief", "--meeting", "2", "--known-at", moment) == before
    assert office.answer("brief", *ON) != office.answer("brief", *ON, "--known-at", moment)


@pytest.mark.slow
def test_a_page_is_printed_again_as_it_was_known(office: "Timpora") -> None:
    moment = office.rows("history", "--last", "1")[0]["at"]
    before = office.answer("brief", *ON, "--format", "html")
    office.answer("resident", "depart", "2", "--on", "2020-09-10")
    assert office.answer("brief", *ON, "--format", "html", "--known-at", moment) == before
    assert office.answer("brief", *ON, "--format", "html") != before


# What each audience sees


def test_the_table_says_what_each_audience_sees() -> None:
    hidden = {
        audience: {fact.value: how.value for fact, how in facts.items() if how is not Shown.WHOLE}
        for audience, facts in AUDIENCES.items()
    }
    assert {audience: facts.keys() for audience, facts in AUDIENCES.items()} == {
        audience: set(Fact) for audience in AUDIENCES
    }
    not_for_a_village = set(Fact) - {Fact.NAME}
    assert hidden == {
        "office": {},
        "agency": {"PASSPORT": "MASKED", "PERMIT_NUMBER": "MASKED"},
        "village": {fact.value: "NOT" for fact in not_for_a_village},
        "public": {fact.value: "NOT" for fact in Fact},
    }


def written(day: str) -> list[str]:
    """A day in every form in which a page may have it."""
    one = date.fromisoformat(day)
    return [day, *(f"{one.day} {months[one.month - 1]} {one.year}" for months in MONTHS.values())]


def stand_on(page: str, texts: list[str]) -> set[str]:
    """Those of the texts that stand on a page as whole words."""
    lowered = page.lower()
    near = [text for text in texts if text.lower() in lowered]
    return {text for text in near if re.search(rf"(?<!\w){re.escape(text)}(?!\w)", page, re.IGNORECASE)}


def held_against_the_table(office: "Timpora", audience: str, *words: str, own: list[str] | None = None) -> None:
    """Search the two pages of an audience for every number, birth day and name, and compare with AUDIENCES."""
    sees = AUDIENCES[audience]
    line = (*(ON if audience == PUBLIC else ("--meeting", "2")), "--audience", audience, *words)
    page = html(office, *line)
    text = office.answer("brief", *line)
    for raw in (page.raw, page.text, text, one_line(text)):
        for fact, query in NUMBERS.items():
            if sees[fact] is not Shown.WHOLE:
                assert stand_on(raw, asked(office, query)) == set()
        if sees[Fact.BIRTH_DAY] is Shown.NOT:
            births = [form for day in asked(office, BIRTHS) for form in written(day)]
            assert stand_on(raw, births) == set()
        if sees[Fact.MONEY] is Shown.NOT:
            assert not re.search(r"\bRp|[Ff]ine|[Rr]upiah|\b300[.,]?000|\b1[.,]000[.,]000", raw)
        if sees[Fact.RELATIVE] is Shown.NOT:
            assert stand_on(raw, asked(office, RELATIVES)) == set()
        if own is not None:
            assert stand_on(raw, asked(office, NAMES)) <= set(own)
    if all(sees[fact] is Shown.NOT for fact in NUMBERS):
        assert not re.search(r"\*\w|\b\d{3}(?= *</td>)", page.raw.partition("</style>")[2])


@pytest.mark.slow
def test_the_office_sees_names_and_numbers(office: "Timpora") -> None:
    page = html(office, "--meeting", "2", "--audience", "office")
    held_against_the_table(office, "office")
    listed = office.rows("expiring", "--before", "2020-12-11", *ON)
    assert stand_on(page.text, asked(office, NUMBERS[Fact.PASSPORT])) == {row["passport_number"] for row in listed}
    assert stand_on(page.text, asked(office, NUMBERS[Fact.PERMIT_NUMBER])) == {
        row["permit_number"] for row in listed if row["permit_number"]
    }
    assert {row["name"] for row in listed} <= stand_on(page.text, asked(office, NAMES))
    assert "Rp6,000,000" in page.text


@pytest.mark.slow
def test_an_agency_sees_names_and_the_last_three_characters_of_numbers(office: "Timpora") -> None:
    page = html(office, "--meeting", "2", "--audience", "agency")
    held_against_the_table(office, "agency")
    listed = office.rows("expiring", "--before", "2020-12-11", *ON, "--mask")
    assert {row["name"] for row in listed} <= stand_on(page.text, asked(office, NAMES))
    assert all(row["passport_number"] in page.text and row["permit_number"] in page.text for row in listed)
    # The numbers that somebody wrote into the text of a decision, too.
    assert "Periksa paspor *****032 dan izin *********046" in page.text
    assert "Rp6,000,000" in page.text


@pytest.mark.slow
def test_the_public_sees_nobody(office: "Timpora") -> None:
    held_against_the_table(office, PUBLIC, own=[])


@pytest.mark.slow
@pytest.mark.one_in(4)
@pytest.mark.parametrize("name", ["Tanjungpendam", "Keciput", "Sukamandi", "Air Merbau"])
def test_a_village_sees_its_own_people_alone(office: "Timpora", name: str) -> None:
    (code,) = asked(office, "SELECT code FROM village WHERE name = :name AND code LIKE '19.0_.%'", name=name)
    own = asked(office, AT_HOME, village=code)
    assert own
    held_against_the_table(office, "village", "--village", name, own=own)


@pytest.mark.slow
def test_every_village_sees_its_own_people_alone(office: "Timpora") -> None:
    codes = asked(office, VILLAGES_WITH_PEOPLE)
    assert len(codes) > 20
    for code in codes:
        held_against_the_table(office, "village", "--village", code, own=asked(office, AT_HOME, village=code))


@pytest.mark.slow
def test_a_village_page_has_who_lives_there_and_its_own_decisions(office: "Timpora") -> None:
    page = office.answer("brief", "--meeting", "2", "--audience", "village", "--village", "Keciput")
    assert "Ga Sang-hee (KOR)  KITAS" in page
    assert "No decision is open." in page
    page = one_line(office.answer("brief", "--meeting", "2", "--audience", "village", "--village", "Air Merbau"))
    assert "Mar'yana Vyhadana" in page
    assert "Periksa paspor ******** dan" in page
    assert "Kecamatan Tanjungpandan" not in page


@pytest.mark.slow
def test_no_day_that_is_counted_from_a_birth_is_on_a_village_page(office: "Timpora") -> None:
    office.answer("resident", "edit", "38", "--child", "Bayi Rekaan", "--child-born", "2020-09-03")
    words = ("--meeting", "2", "--village", "Sukamandi", "--sections", "duties,cases")
    by_office, by_village = html(office, *words).text, html(office, *words, "--audience", "village").text
    for text in ("2020-11-02", "2020-09-03", "2 November 2020", "Zineb El Khayali (child: Bayi Rekaan)"):
        assert text in by_office
        assert text not in by_village
    assert "Bayi Rekaan" not in by_village
    assert "ask the office" in by_village


@pytest.mark.slow
def test_a_case_in_a_village_does_not_name_who_lives_elsewhere(office: "Timpora") -> None:
    office.answer("case", "open", "UNKNOWN_FOREIGNER", "--village", "Perawas", "--resident", "1", *REPORTED)
    line = ("brief", *ON, "--village", "Perawas", "--sections", "cases")
    assert "Hēmi Pōhewa" in office.answer(*line)
    page = office.answer(*line, "--audience", "village")
    assert "Case 4: Unknown foreigner" in page
    assert "Hēmi Pōhewa" not in page


def test_what_is_wrong_with_the_line_is_told_at_once(office: "Timpora") -> None:
    said = office.refused(2, "brief", "--audience", "everybody")
    assert said == "everybody is not a known audience.\nKnown: office, agency, village, public.\n"
    given = office("brief", "--audience", "everybody", "--sections", "none", "--district", "Sijk")
    assert given.code == 2
    for part in ("--audience: everybody is not", "--sections: none is not", "--district: There is no district Sijk"):
        assert part in given.err


@pytest.mark.slow
def test_a_village_page_needs_one_village(office: "Timpora") -> None:
    needed = "--audience village is a page for one village. Name it with --village NAME; see: timpora village list\n"
    assert office.refused(2, "brief", "--audience", "village") == needed
    assert office.refused(2, "brief", "--audience", "village", "--district", "Sijuk") == needed
    for words in (("--village", "Keciput,Perawas"), ("--village", "Keciput", "--village", "Perawas")):
        assert office.refused(2, "brief", "--audience", "village", *words) == needed
    once = office.answer("brief", *ON, "--audience", "village", "--village", "Keciput")
    assert (
        office.answer("brief", *ON, "--audience", "village", "--village", "Keciput", "--village", "19.02.04.2008")
        == once
    )


# What is typed


@pytest.mark.slow
def test_the_sections_that_are_asked_for_stand_in_the_order_of_the_page(office: "Timpora") -> None:
    page = html(office, *ON, "--sections", "LOG, duties,counts")
    assert page.sections == [
        *("Foreign residents by district and stay permit", "Duties by 10 December 2020", "The end of the change log"),
    ]
    assert len(html(office, *ON).sections) == len(SECTIONS)
    said = office.refused(2, "brief", "--sections", "counts,dutys")
    assert said.startswith("dutys is not a known section. Did you mean duties?\nKnown: counts, nationalities,")
    said = office.refused(2, "brief", "--sections", "counts,,duties")
    assert said.startswith('A name is missing in --sections "counts,,duties".')


@pytest.mark.slow
def test_what_does_not_go_together_is_refused(office: "Timpora") -> None:
    said = office.refused(2, "brief", "--meeting", "2", "--as-of", "2020-10-01")
    assert said == (
        "Meeting 2 is on 2020-09-17, and its page is as of that day, not 2020-10-01. Leave --as-of out, or --meeting.\n"
    )
    assert office.answer("brief", "--meeting", "2", *ON) == office.answer("brief", "--meeting", "2")
    assert "no meeting 7" in office.refused(4, "brief", "--meeting", "7")
    assert "Did you mean Sijuk?" in office.refused(4, "brief", "--district", "Sijk")
    assert "Known: plain, html." in office.refused(2, "brief", "--format", "csv")
    assert "Leave --format out." in office.refused(2, "brief", "--format", "html", "--output", "x.html")
    assert "Known: .html, .txt." in office.refused(2, "brief", "--output", "x.pdf")
    assert "--force is for --output FILE" in office.refused(2, "brief", "--force")


@pytest.mark.slow
def test_a_file_of_text_is_what_stdout_gets(office: "Timpora") -> None:
    path = office.db.parent / "brief.txt"
    office("brief", *ON, "-o", str(path))
    assert path.read_text(encoding="utf-8") == office.answer("brief", *ON)
    assert "is there already" in office.refused(1, "brief", *ON, "-o", str(path))


# What it is written as


@pytest.mark.slow
@pytest.mark.one_in(3)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_html_is_one_file_without_script_and_network(office: "Timpora", audience: str) -> None:
    narrowed = () if audience == PUBLIC else ("--meeting", "2", "--village", "Keciput")
    page = html(office, *narrowed, "--audience", audience, "--lang", "id")
    assert {tag for tag, _attributes in page.found} <= TAGS
    assert {key for _tag, attributes in page.found for key in attributes} <= ATTRIBUTES
    assert not re.search(r"https?:|url\(|@import|javascript:", page.raw)
    assert "@page { size: A4;" in page.raw
    assert "prefers-color-scheme: dark" in page.raw


@pytest.mark.slow
def test_a_chart_says_what_it_shows_to_those_who_do_not_see_it(office: "Timpora") -> None:
    page = html(office, *ON, "--sections", "counts")
    charts = [attributes for tag, attributes in page.found if tag == "svg" and "role" in attributes]
    assert [one["role"] for one in charts] == ["img", "img"]
    names = [str(one["aria-labelledby"]).split() for one in charts]
    ids = [attributes["id"] for _tag, attributes in page.found if "id" in attributes]
    assert ids == [one for pair in names for one in pair]
    assert len(set(ids)) == 4
    assert "A bar chart: Tanjungpandan 17; Sijuk 8; Manggar 6;" in page.text
    widths = [attributes["width"] for tag, attributes in page.found if tag == "rect"]
    assert widths[:3] == ["100.0%", "47.1%", "35.3%"]


@pytest.mark.slow
def test_a_chart_of_many_villages_has_the_greatest_and_the_others_as_one(office: "Timpora") -> None:
    codes = asked(office, VILLAGES_WITH_PEOPLE)
    line = ("brief", *ON, "--village", ",".join(codes), "--sections", "counts")
    chart = office.answer(*line).partition("Foreign residents by village\n")[2].partition("\n\n")[0].splitlines()
    assert len(chart) == 15
    assert chart[-1].startswith("Others")
    total = sum(int(row["total"]) for row in office.rows("counts", "--by", "village", *ON) if row["village"])
    assert sum(int(re.sub(r"[^0-9]", "", one.partition("#")[0])) for one in chart) == total


@pytest.mark.slow
def test_a_hostile_text_stays_a_text_in_html_in_a_chart_and_on_a_terminal(office: "Timpora") -> None:
    office.answer("resident", "edit", "1", "--name", HOSTILE)
    office.answer("district", "rename", "Sijuk", "--to", HOSTILE, "--on", "2020-09-01", "--yes")
    office.answer("meeting", "edit", "2", "--theme", HOSTILE, "--place", HOSTILE)
    office.answer("meeting", "decide", "2", HOSTILE, "--owner", HOSTILE, "--due", "2020-10-31")
    office.answer("setting", "set", "letterhead", "<b>KOP</b>", "--from", "2020-01-01")
    office.answer("case", "open", "UNKNOWN_FOREIGNER", "--resident", "1", "--place", "x", "--owner", HOSTILE, *REPORTED)
    for audience in ("office", "agency"):
        line = ("--meeting", "2", "--audience", audience)
        page = html(office, *line)
        assert {tag for tag, _attributes in page.found} <= TAGS
        assert {key for _tag, attributes in page.found for key in attributes} <= ATTRIBUTES
        assert page.text.count("<script>alert('1')</script> \"Contoh\" & {{ 7*7 }}") >= 8
        assert not {"\x1b", "\u202e"} & set(page.raw + office.answer("brief", *line))
        assert '<text x="0" y="14">&lt;script&gt;alert' in page.raw


@pytest.mark.slow
def test_an_empty_section_says_so_in_one_line(empty: "Timpora") -> None:
    line = ("--as-of", "2019-02-03", "--sections", ",".join(one for one in SECTIONS if one != "log"))
    page = html(empty, *line)
    assert page.tables == []
    body = page.text.partition("Foreign residents by district and stay permit")[2]
    assert [line for line in body.splitlines() if line.strip()] == [
        *("No foreign resident is on record.", "Nationalities", "No foreign resident is on record."),
        *("Change since the last meeting", "No earlier meeting is on record."),
        *("Arrivals and departures", "No foreign resident is on record."),
        *("Stay permits that end by 5 March 2019", "No stay permit ends by 5 March 2019."),
        *("Reliefs in force", "No relief is in force.", "Overstays", "Nobody overstays."),
        *("Duties by 5 March 2019", "No duty falls due by 5 March 2019.", "Open cases", "No case is open."),
        *("Open decisions of meetings", "No decision is open."),
    ]
    empty.answer(*ADD, "x", "--on", "2019-01-01")
    page = html(empty, "--as-of", "2019-02-03", "--sections", "change")
    assert "No foreign resident is on record." in page.text


@pytest.mark.slow
def test_the_log_ends_with_the_change_that_verify_names(office: "Timpora") -> None:
    page = one_line(office.answer("brief", *ON, "--sections", "log"))
    assert "Last change : 7 Moment : 17 September 2099 at 15:30:00 (+07:00)" in page
    with closing(sqlite3.connect(office.db)) as connection:
        looked = "SELECT change_id FROM disclosure"
        ((digest,),) = connection.execute(
            f"SELECT digest FROM change WHERE id NOT IN ({looked}) ORDER BY id DESC LIMIT 1"
        )
    assert digest in page


@pytest.mark.slow
def test_a_register_without_a_log_has_a_page_too(office: "Timpora") -> None:
    with closing(sqlite3.connect(office.db)) as connection, connection:
        connection.execute("DELETE FROM change")
    page = office.answer("brief", *ON, "--sections", "log")
    assert "As known at  : No change is on record.\n" in page
    assert page.endswith("\nNo change is on record.\n")


@pytest.mark.slow
def test_in_a_process_of_its_own(timpora: "Timpora", real: "Real") -> None:
    given = real("brief", *ON, "--format", "html", TIMPORA_DB=str(timpora.db))
    assert (given.code, given.err) == (0, "")
    assert given.out == timpora.answer("brief", *ON, "--format", "html")
