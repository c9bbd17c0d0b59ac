"""The page for the public: counts alone, one for each day, kept as it was published, and no filters."""

import json
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Golden, Timpora

ON = ("--as-of", "2020-09-17")
PUBLIC = ("brief", "--audience", "public")
HOSTILE = "<script>alert('1')</script> {{ 7*7 }} \x1b[2J\u202e"
KEPT = "SELECT kind, on_day, audience, resident_id, people, page FROM disclosure ORDER BY id"
GROUPS = ("KITAP", "KITAS", "VISIT")


def kept(timpora: "Timpora") -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(timpora.db)) as connection:
        return connection.execute(KEPT).fetchall()


def cells(html: str) -> list[list[str]]:
    """The rows of all tables of a page, without their headings."""
    rows = re.findall(r"<tr>(.*?)</tr>", html)
    return [found for row in rows if (found := re.findall(r"<td[^>]*>([^<]*)</td>", row))]


def sheet(timpora: "Timpora", *people: tuple[str, str, int]) -> None:
    """Import so many people of a class into a district."""
    lines = ["name,nationality,passport_number,class,permit_number,issued_on,expires_on,district"]
    for district, code, number in people:
        for place in range(number):
            key = f"{district[:3].upper()}{code}{place:03}"
            end = "2021-01-01"
            lines.append(f"Rekaan {key},AUS,X9{len(lines):06},{code},N{key},2020-06-01,{end},{district}")
    path = timpora.db.parent / "people.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert timpora("import", str(path)).code == 0


def test_the_page_as_text_in_both_languages(timpora: "Timpora", golden: "Golden") -> None:
    page = timpora.answer(*PUBLIC, *ON)
    golden("page_public_en.txt", page)
    golden("page_public_id.txt", timpora.answer(*PUBLIC, *ON, "--lang", "id"))
    assert max(map(len, page.splitlines())) <= 80


def test_the_page_as_html_has_a_bare_number_in_each_cell(timpora: "Timpora", golden: "Golden") -> None:
    path = timpora.db.parent / "public.html"
    given = timpora(*PUBLIC, *ON, "--output", str(path))
    assert (given.code, given.out, given.err) == (0, "", "")
    page = path.read_text(encoding="utf-8")
    golden("page_public_en.html", page)
    assert cells(page)[0] == ["Tanjungpandan", "17"]
    assert not re.search(r"\d", "".join(row[0] for row in cells(page)))
    assert all(re.fullmatch(r"\d+|•", cell) for row in cells(page) for cell in row[1:])
    assert timpora.answer(*PUBLIC, *ON, "--format", "html") == page


@pytest.mark.slow
def test_what_is_small_is_hidden_and_a_line_says_what_the_mark_is(timpora: "Timpora") -> None:
    districts = ("Tanjungpandan", "Sijuk", "Manggar", "Badau", "Membalong", "Gantung")
    sheet(timpora, *((name, code, 9) for name in districts for code in ("KITAP", "KITAS", "ITK")))
    page = timpora.answer(*PUBLIC, *ON, "--format", "html")
    assert "• is a number that is not printed" in page
    rows = cells(page)
    hidden = sum(row.count("•") for row in rows)
    assert 4 <= hidden <= 12
    assert "Total" in rows[7]
    assert [row[0] for row in rows[:6]] == ["Tanjungpandan", "Membalong", "Sijuk", "Badau", "Manggar", "Gantung"]
    # A threshold that is lower from now on is for other days than this one.
    timpora.answer("setting", "set", "public_threshold", "3")
    assert timpora.answer(*PUBLIC, *ON, "--format", "html") == page
    later = timpora.answer(*PUBLIC, "--as-of", "2020-09-16", "--format", "html")
    assert "Numbers under 3, but for 0, are not printed" in later


@pytest.mark.slow
def test_the_page_of_a_day_is_the_same_whatever_has_changed_since(timpora: "Timpora") -> None:
    before = timpora.answer(*PUBLIC, *ON), timpora.answer(*PUBLIC, *ON, "--format", "html", "--lang", "id")
    timpora.answer("resident", "depart", "2", "--on", "2020-09-10")
    timpora.answer("resident", "add", "--name", "Ann Invented", "--nationality", "AUS", "--village", "Keciput")
    timpora.answer("district", "rename", "Sijuk", "--to", "Sijuk Baru", "--on", "2020-09-01", "--yes")
    timpora.answer("setting", "set", "letterhead", "KOP LAIN", "--from", "2020-01-01")
    timpora.answer("setting", "set", "public_threshold", "9")
    after = timpora.answer(*PUBLIC, *ON), timpora.answer(*PUBLIC, *ON, "--format", "html", "--lang", "id")
    assert after == before
    other = timpora.answer(*PUBLIC, "--as-of", "2020-09-16")
    assert "KOP LAIN" in other
    assert "Sijuk" not in other


@pytest.mark.slow
def test_each_run_is_recorded_and_the_page_once(timpora: "Timpora") -> None:
    for _time in range(2):
        timpora.answer(*PUBLIC, *ON)
    (kind, day, audience, *nobody, page), again = kept(timpora)
    assert (kind, day, audience, nobody) == ("PUBLIC", "2020-09-17", "public", [None, None])
    assert again == ("PUBLIC", "2020-09-17", "public", None, None, None)
    assert isinstance(page, str)
    facts = json.loads(page)
    assert (facts["total"], facts["threshold"], facts["area_totals"]) == (47, 5, [17, 8, 6, 16])
    assert timpora("verify").code == 0


@pytest.mark.slow
def test_a_run_that_is_taken_back_does_not_take_back_what_was_published(timpora: "Timpora") -> None:
    before = timpora.answer(*PUBLIC, *ON)
    number = timpora.rows("history", "--last", "1")[0]["change"]
    timpora("undo", number, "--yes")
    timpora.answer("resident", "depart", "2", "--on", "2020-09-10")
    assert timpora.answer(*PUBLIC, *ON) == before


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--district", "Sijuk"), "--district"),
        (("--village", "Keciput", "--sections", "counts"), "--sections, --village"),
        (("--meeting", "1"), "--meeting"),
        (("--known-at", "2020-09-17"), "--known-at"),
    ],
)
def test_nothing_narrows_the_page(timpora: "Timpora", words: tuple[str, ...], named: str) -> None:
    said = timpora.refused(2, *PUBLIC, *words)
    assert f"--audience public is one page a day, the same for everybody. Leave out {named}." in said
    assert kept(timpora) == []


def test_a_day_to_come_has_no_page(timpora: "Timpora") -> None:
    assert timpora.refused(2, *PUBLIC, "--as-of", "2020-09-18") == (
        "2020-09-18 is still to come, and a page for the public is kept as it is published. "
        "Ask for a day up to 2020-09-17.\n"
    )
    assert kept(timpora) == []
    assert timpora(*PUBLIC).code == 0


def test_a_register_that_cannot_be_written_has_no_page(timpora: "Timpora", monkeypatch: pytest.MonkeyPatch) -> None:
    from timpora_cli.store import connect

    opened = connect._open
    monkeypatch.setattr(connect, "_open", lambda path, _mode, wait=60.0: opened(path, "ro", wait))
    assert "cannot be written" in timpora.refused(5, *PUBLIC, *ON)


@pytest.mark.slow
def test_hostile_names_of_places_stay_texts_and_those_of_people_are_not_there(timpora: "Timpora") -> None:
    timpora.answer("district", "rename", "Sijuk", "--to", HOSTILE, "--on", "2020-09-01", "--yes")
    timpora.answer("resident", "edit", "1", "--name", "Rekaan <b>")
    timpora.answer("setting", "set", "letterhead", "<b>KOP</b>", "--from", "2020-01-01")
    page = timpora.answer(*PUBLIC, *ON, "--format", "html")
    assert "&lt;script&gt;alert" in page
    assert "<script" not in page
    assert "<b>" not in page
    assert not {"\x1b", "\u202e"} & set(page + timpora.answer(*PUBLIC, *ON))
    assert "Rekaan" not in page


@pytest.mark.slow
def test_few_people_have_a_sentence_and_no_number(empty: "Timpora") -> None:
    assert "No foreign resident is on record." in empty.answer(*PUBLIC, "--as-of", "2020-09-01")
    for name in ("Ann Invented", "Bob Invented"):
        empty.answer("resident", "add", "--name", name, "--nationality", "AUS", "--arrived", "2020-09-02")
    page = empty.answer(*PUBLIC, "--as-of", "2020-09-02", "--format", "html")
    assert "Fewer than 5 foreign residents are on record." in page
    assert cells(page) == []


@pytest.mark.parametrize("text", ["2", "0", "-1", "5.0", "lima", "1001", "9" * 5000])
def test_a_threshold_is_never_under_three(timpora: "Timpora", text: str) -> None:
    said = timpora.refused(2, "setting", "set", "public_threshold", "--", text)
    assert "is no number of people. Write a whole number from 3 to 1000." in said
