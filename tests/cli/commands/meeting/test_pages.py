"""The pages of a meeting: what stands on them, that it is the same for ever, and that html is one harmless file."""

import re
import string
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from timpora_cli.model.rules import State
from timpora_cli.model.supervision.areas import ELSEWHERE, OTHERS, OTHERS_OF
from timpora_cli.model.supervision.briefing import AUDIENCES
from timpora_cli.model.supervision.duties import DUTY_KINDS
from timpora_cli.render.pages.words import WORDS

if TYPE_CHECKING:
    from tests.cli.conftest import Golden, Timpora

REPORT = ("meeting", "report", "1", "--page")
SIGNED = ("attendance",)
TO_SIGN = ("attendance", "--to-sign")
PAGES = {"invitation": ("invitation",), "to_sign": TO_SIGN, "attendance": SIGNED, "minutes": ("minutes",)}
HOSTILE = "<script>alert('1')</script> \"Contoh\" & {{ 7*7 }} \x1b[2J\u202e"
VOID = {"meta"}


class Page(HTMLParser):
    """The elements of a page with their attributes, and its text; every element has to be closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID and tag != "hr":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def html(timpora: "Timpora", *words: str, lang: str = "id") -> str:
    path = timpora.db.parent / "page.html"
    given = timpora(*REPORT, *words, "--lang", lang, "--output", str(path), "--force")
    assert (given.code, given.out, given.err) == (0, "", "")
    return path.read_text(encoding="utf-8")


@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", PAGES)
def test_each_page_as_text(closed: "Timpora", golden: "Golden", name: str) -> None:
    printed = closed.answer(*REPORT, *PAGES[name], "--lang", "id")
    golden(f"page_{name}_id.txt", printed)
    assert max(map(len, printed.splitlines())) <= 80


@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", PAGES)
def test_each_page_as_html(closed: "Timpora", golden: "Golden", name: str) -> None:
    golden(f"page_{name}_id.html", html(closed, *PAGES[name]))


@pytest.mark.slow
def test_the_letter_and_the_minutes_in_english(closed: "Timpora", golden: "Golden") -> None:
    golden("page_invitation_en.txt", closed.answer(*REPORT, "invitation", "--lang", "en"))
    golden("page_minutes_en.txt", closed.answer(*REPORT, "minutes"))
    golden("page_minutes_en.html", html(closed, "minutes", lang="en"))


def test_the_minutes_have_the_counts_of_the_meeting(closed: "Timpora") -> None:
    minutes = closed.answer(*REPORT, "minutes", "--lang", "id")
    assert "27 KITAS, 11 KITAP" in minutes
    assert re.search(r"^KITAP \(Izin tinggal tetap\) +11 +23,4%$", minutes, re.MULTILINE)
    assert re.search(r"^KITAS \(Izin tinggal terbatas\) +27 +57,4%$", minutes, re.MULTILINE)
    assert re.search(r"^Tanjungpandan +17 +36,2%$", minutes, re.MULTILINE)
    assert "Hari, tanggal  : Kamis, 17 September 2020\n" in minutes
    assert "register pada 17\nSeptember 2099 pukul 15.30.00 (+07:00)." in minutes


@pytest.mark.slow
def test_the_sections_of_the_minutes_stand_in_the_order_of_the_meeting(closed: "Timpora") -> None:
    page = html(closed, "minutes")
    assert re.findall(r"<h2>\w\. (.+)</h2>", page) == [
        *("Laporan kepala kantor", "Pembukaan dan acara", "Dasar hukum", "Jumlah orang asing", "Kerawanan wilayah"),
        *("Pembahasan dan laporan desa", "Kendala", "Langkah yang disepakati", "Penutup"),
    ]


@pytest.mark.slow
def test_the_minutes_of_a_closed_meeting_are_the_same_for_ever(closed: "Timpora") -> None:
    before = closed.answer(*REPORT, "minutes"), html(closed, "minutes")
    moment = closed.rows("history", "--last", "1")[0]["at"]
    closed.answer("resident", "add", "--name", "Ann Invented", "--nationality", "AUS", "--village", "Sijuk")
    between = closed.rows("history", "--last", "1")[0]["at"]
    closed.answer("resident", "edit", "1", "--purpose", "study")
    closed.answer("resident", "depart", "2", "--on", "2020-09-10")
    closed.answer("district", "rename", "Sijuk", "--to", "Sijuk Baru", "--on", "2020-09-01", "--yes")
    closed.answer("meeting", "decide", "--done", "1")
    closed.at("2021-03-01")
    assert closed.answer("counts", "--as-of", "2020-09-17") != closed.answer(
        "counts", "--as-of", "2020-09-17", "--known-at", moment
    )
    assert (closed.answer(*REPORT, "minutes"), html(closed, "minutes")) == before
    assert closed.answer(*REPORT, "minutes", "--as-of", "2020-12-31", "--known-at", moment) == before[0]
    assert closed.answer(*REPORT, "minutes", "--known-at", between) == before[0]
    # The same moment is that of every other list, too.
    total = closed.answer("counts", "--as-of", "2020-09-17", "--known-at", moment).splitlines()[-2].split()
    assert total == ["Total", "11", "27", "7", "0", "1", "1", "47"]


@pytest.mark.slow
def test_what_was_known_before_the_closing_is_printed_as_it_was_then(held: "Timpora") -> None:
    moment = held.rows("history", "--last", "1")[0]["at"]
    before = held.answer(*REPORT, "minutes")
    assert "The meeting is not closed: they may still change." in " ".join(before.split())
    held.answer("meeting", "attend", "1", "Desa Contoh 1", "--name", "Contoh Lain")
    held.answer("meeting", "close", "1")
    held.answer("resident", "depart", "2", "--on", "2020-09-10")
    assert held.answer(*REPORT, "minutes", "--known-at", moment) == before
    closed = held.answer(*REPORT, "minutes")
    assert "5 of 30 invited, 5 people" in closed
    assert "47 foreign residents" in closed


@pytest.mark.slow
def test_a_page_keeps_the_letterhead_of_its_day(closed: "Timpora") -> None:
    def head(page: str, meeting: str = "1", on: str = "2024-12-10") -> list[str]:
        printed = closed.answer("meeting", "report", meeting, "--page", page, "--as-of", on)
        return [line.strip() for line in printed.partition("\n====")[0].splitlines()]

    closed.at("2024-12-10")
    later = ("--on", "2024-12-10", "--place", "Kantor Contoh", "--theme", "Rapat kedua")
    closed.answer("meeting", "add", "--level", "regency", *later)
    assert head("minutes") == ["KEMENTERIAN HUKUM DAN HAK ASASI MANUSIA REPUBLIK INDONESIA"]
    assert head("minutes", "2") == ["KEMENTERIAN IMIGRASI DAN PEMASYARAKATAN REPUBLIK INDONESIA"]
    closed.answer("setting", "set", "office_name", "Kantor Imigrasi Contoh")
    assert head("minutes")[1:] == ["Kantor Imigrasi Contoh"]
    assert closed.answer("setting", "set", "letterhead", "KEMENTERIAN LAMA", "Jl. Lama 1", "--from", "2020-01-01") == (
        "letterhead is KEMENTERIAN LAMA / Jl. Lama 1 from 2020-01-01 on.\n"
    )
    for _time in "twice":
        assert closed.answer("setting", "set", "letterhead", "KEMENTERIAN BARU", "", "Jl.  Baru 2") == (
            "letterhead is KEMENTERIAN BARU / Jl. Baru 2 from 2024-12-10 on.\n"
        )
    assert head("invitation") == head("attendance") == head("minutes") == ["KEMENTERIAN LAMA", "Jl. Lama 1"]
    assert head("minutes", "2") == ["KEMENTERIAN BARU", "Jl. Baru 2"]
    # The letter has a day of its own: before the change, it has the letterhead of then.
    assert head("invitation", "2", on="2024-12-09") == ["KEMENTERIAN LAMA", "Jl. Lama 1"]
    rows = {row["key"]: row for row in closed.rows("setting", "list", "--as-of", "2020-09-17")}
    assert (rows["letterhead"]["value"], rows["letterhead"]["from"]) == ("KEMENTERIAN LAMA / Jl. Lama 1", "register")
    assert closed.answer("setting", "set", "letterhead", "", "--from", "2024-12-10") == (
        "No letterhead begins on 2024-12-10 any more; on that day it is KEMENTERIAN LAMA / Jl. Lama 1.\n"
    )
    assert closed.refused(2, "setting", "set", "office_name", "x", "--from", "2024-01-01").startswith("--from is for")
    assert closed("verify").code == 0


def test_the_letter_has_place_and_day_on_the_line_of_its_number(closed: "Timpora") -> None:
    closed.answer("setting", "set", "office_town", "Tanjungpandan")
    letter = closed.answer(*REPORT, "invitation", "--lang", "id").splitlines()
    (line,) = [line for line in letter if line.startswith("Nomor")]
    assert line == "Nomor    : W7.IMI.2-GR.03.02-0817               Tanjungpandan, 10 September 2020"
    assert "Sifat    : Penting" in letter
    assert "Lampiran : Daftar undangan" in letter
    assert "Tembusan:" in letter
    assert [line.strip() for line in letter if "NIP" in line] == ["NIP 197001012000000001"]


@pytest.mark.slow
def test_a_long_number_and_a_long_town_stand_on_lines_of_their_own(held: "Timpora") -> None:
    held.answer("setting", "set", "office_town", "Tanjungpandan Contoh Yang Panjang")
    held.answer("meeting", "edit", "1", "--letter-number", "W7.IMI.2-GR.03.02-0817/2020/CONTOH")
    letter = held.answer(*REPORT, "invitation", "--lang", "id").splitlines()
    assert letter[3:5] == [
        " " * 28 + "Tanjungpandan Contoh Yang Panjang, 10 September 2020",
        "Nomor    : W7.IMI.2-GR.03.02-0817/2020/CONTOH",
    ]


@pytest.mark.slow
def test_a_meeting_about_nobody_has_minutes_too(empty: "Timpora") -> None:
    empty.answer("meeting", "add", "--level", "pusat", "--on", "2025-02-03", "--place", "x", "--theme", "y")
    minutes = empty.answer(*REPORT, "minutes", "--lang", "id", "--as-of", "2025-02-03")
    assert "Pada 3 Februari 2025 tercatat 0 orang asing: -." in minutes
    assert "Menteri Imigrasi dan Pemasyarakatan Nomor 2 Tahun 2025" in " ".join(minutes.split())
    assert "Tidak ada." in minutes


@pytest.mark.slow
def test_few_institutions_stand_on_the_letter_itself(office: "Timpora") -> None:
    office.answer("meeting", "add", "--level", "district", "--on", "2020-10-01", "--place", "x", "--theme", "y")
    office.answer("meeting", "invite", "1", "Polsek Contoh: Kapolsek", "Desa Contoh")
    letter = office.answer(*REPORT, "invitation", "--lang", "id")
    assert "Yth.\n1. Kapolsek, Polsek Contoh\n2. Desa Contoh\n" in letter
    assert "DAFTAR UNDANGAN" not in letter
    assert "17 September 2020" in letter.splitlines()[3]
    assert "21 September" not in office.answer(*REPORT, "invitation", "--as-of", "2020-12-01")


@pytest.mark.slow
def test_the_list_to_sign_has_empty_columns_and_the_other_one_says_who_stood_in(closed: "Timpora") -> None:
    page = html(closed, *TO_SIGN)
    assert page.count('class="by-hand"') == 60
    assert "Contoh Satu" not in page
    page = html(closed, *SIGNED)
    assert 'class="by-hand"' not in page
    assert '<td data-heading="Kehadiran">mewakili Kapolsek</td>' in page.replace("'", '"')
    assert page.count(">tidak hadir<") == 26


@pytest.mark.one_in(4)
@pytest.mark.parametrize("name", PAGES)
def test_html_is_one_file_without_script_and_network(closed: "Timpora", name: str) -> None:
    text = html(closed, *PAGES[name])
    page = Page(text)
    assert {tag for tag, _attributes in page.found} <= {
        *("html", "head", "meta", "title", "style", "body", "main", "header", "p", "h1", "h2", "div", "dl", "dt", "dd"),
        *("ol", "li", "table", "caption", "thead", "tbody", "tr", "th", "td", "hr"),
    }
    known = {"lang", "charset", "name", "content", "http-equiv", "class", "scope", "data-heading"}
    assert {key for _tag, attributes in page.found for key in attributes} <= known
    assert not re.search(r"https?:|url\(|@import|javascript:", text)
    assert "@page { size: A4;" in text
    assert "tr { break-inside: avoid; }" in text
    assert "prefers-color-scheme: dark" in text


@pytest.mark.slow
def test_a_hostile_text_stays_a_text(office: "Timpora") -> None:
    facts = ("--theme", HOSTILE, "--signer", HOSTILE, "--chair", HOSTILE)
    office.answer("meeting", "add", "--level", "district", "--on", "2020-09-17", "--place", HOSTILE, *facts)
    office.answer("meeting", "invite", "1", f"{HOSTILE}: {HOSTILE}", "--copy", HOSTILE)
    office.answer("meeting", "attend", "1", "1", "--name", HOSTILE, "--office", HOSTILE, "--for", HOSTILE)
    office.answer("meeting", "agenda", "1", HOSTILE, "--risk", HOSTILE, "--finding", HOSTILE, "--obstacle", HOSTILE)
    office.answer("meeting", "decide", "1", HOSTILE, "--owner", HOSTILE, "--due", "2020-10-01")
    office.answer("setting", "set", "letterhead", "<b>KOP</b>", "--from", "2020-01-01")
    for words in PAGES.values():
        text = html(office, *words)
        page = Page(text)
        assert "script" not in {tag for tag, _attributes in page.found}
        assert "<script>alert('1')</script> \"Contoh\" & {{ 7*7 }}" in page.text
        assert "<b>KOP</b>" in page.text
        assert not {"\x1b", "\u202e"} & set(text)
        assert not {"\x1b", "\u202e"} & set(office.answer(*REPORT, *words))
    assert not {"\x1b", "\u202e"} & set(office.answer("meeting", "show", "1") + office.answer("meeting", "list"))


@pytest.mark.slow
def test_a_page_goes_into_a_file_that_its_owner_alone_reads_and_never_over_another(closed: "Timpora") -> None:
    path = closed.db.parent / "notula.txt"
    closed(*REPORT, "minutes", "-o", str(path))
    assert path.read_text(encoding="utf-8") == closed.answer(*REPORT, "minutes")
    assert path.stat().st_mode & 0o777 == 0o600
    assert closed.refused(1, *REPORT, "minutes", "-o", str(path)).startswith(f"{path} is there already")
    closed(*REPORT, "invitation", "-o", str(path), "--force")
    assert path.read_text(encoding="utf-8") == closed.answer(*REPORT, "invitation")


def test_both_languages_have_the_same_words_with_the_same_places() -> None:
    def places(text: str) -> set[str]:
        return {name for _text, name, _spec, _how in string.Formatter().parse(text) if name}

    assert WORDS["id"].keys() == WORDS["en"].keys()
    assert {key for key in WORDS["id"] if places(WORDS["id"][key]) != places(WORDS["en"][key])} == set()


def test_every_word_is_on_a_page() -> None:
    folder = Path(__file__).parents[4] / "timpora_cli" / "render" / "pages"
    code = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py") if "words" not in path.name)
    code += (folder / "words.py").read_text(encoding="utf-8").partition("def word")[2]
    by_code = {"DISTRICT", "REGENCY", "PROVINCE", "NATIONAL", "OPEN", "LATE", "DONE", "DROPPED"}
    by_code |= {OTHERS_OF, OTHERS, ELSEWHERE}
    by_code |= {*AUDIENCES, *(kind.code for kind in DUTY_KINDS), *(state.value for state in State)}
    by_code -= {State.OVERSTAY, "office"}  # these stand in the code too, "office" as a word of the letters
    assert {key for key in WORDS["id"] if f'"{key}"' not in code.replace("'", '"')} == by_code
