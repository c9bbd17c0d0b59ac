"""What people read: words for values, and aligned text."""

from collections.abc import Iterator
from datetime import date
from gettext import NullTranslations
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from tests.render.toys import Record, column, listed
from timpora_cli import language
from timpora_cli.model.names import visible
from timpora_cli.render import write
from timpora_cli.render.answer import Answer, Cell, Kind, Wanted, arrange
from timpora_cli.render.text import aligned, money, sentence, text_columns, text_of, width

AWKWARD = st.sampled_from(
    ["李小龍", "محمد", "e\u0301", "Łódź", "\u202e", "\x1b[1m", "\n", "😀", "한", "\u3000", "ﾊ", "x", ""]
)
TEXTS = st.lists(AWKWARD | st.text(max_size=3), max_size=4).map("".join)


def written(listing: Answer[Record], wanted: Wanted | None = None) -> str:
    stream = StringIO(newline="")
    write.answer(listing, wanted or Wanted("plain"), stream)
    return stream.getvalue()


@given(rows=st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=6))
def test_every_cell_of_a_column_starts_in_the_same_place(rows: list[tuple[str, str, str]]) -> None:
    columns = tuple(column(key, key.upper()) for key in "abc")

    lines = written(listed(columns, rows), Wanted("plain", columns=("a", "b", "c"))).split("\n")

    shown = [("A", "B", "C"), *[tuple(map(visible, row)) for row in rows]]
    second, third = (max(wcswidth(row[place]) for row in shown) + 2 for place in (0, 1))
    for line, (a, b, c) in zip(lines, shown, strict=False):
        assert line == (a + " " * (second - wcswidth(a)) + b + " " * (third - wcswidth(b)) + c).rstrip(" ")
    assert lines[len(shown) :] == [""]


@given(TEXTS)
def test_the_quick_measure_of_a_text_is_the_slow_one(text: str) -> None:
    assert width(visible(text)) == wcswidth(visible(text))


def test_a_text_that_has_no_width_still_counts() -> None:
    assert width("李\x1b") == 2


def test_an_empty_column_has_no_width() -> None:
    assert aligned([]) == []
    assert aligned(["", ""], right=True) == ["", ""]


def test_numbers_stand_on_the_right_and_words_on_the_left() -> None:
    columns = (
        column("id", "Id", Kind.ID),
        column("number", "Permit", Kind.ID),
        column("n", "N", Kind.NUMBER),
        column("fine", "Fine", Kind.MONEY),
        column("until", "Until", Kind.DATE),
    )
    rows: list[tuple[Cell, ...]] = [(7, "A1", -5, 1_500_000, date(2020, 9, 20)), (12, "B22222", None, None, None)]

    assert written(listed(columns, rows)).splitlines() == [
        "Id  Permit   N         Fine  Until",
        " 7  A1      -5  Rp1,500,000  2020-09-20",
        "12  B22222",
    ]


def test_a_column_without_values_is_left_out_unless_it_is_asked_for() -> None:
    columns = (column("name", "Name"), column("relief", "Relief"), column("n", "N", Kind.NUMBER))
    listing = listed(columns, [("Ana", None, 0), ("Bo", "", 0)])

    assert written(listing) == "Name  N\nAna   0\nBo    0\n"
    assert written(listing, Wanted("plain", columns=("relief", "name"))) == "Relief  Name\n        Ana\n        Bo\n"


def test_a_column_with_a_foot_alone_is_kept() -> None:
    columns = (column("name", "Name"), column("n", "N", Kind.NUMBER))

    assert written(listed(columns, [("Ana", None)], foot=[("Total", 1)])) == "Name   N\nAna\nTotal  1\n"


def test_nothing_is_cut_or_wrapped_however_long() -> None:
    long = "Wolfeschlegelsteinhausenbergerdorff " * 50 + "Jr"

    assert long in written(listed((column("name", "Name"),), [(long,)]))


def test_a_closing_line_comes_after_one_blank_line_and_cannot_act() -> None:
    assert written(listed((column("n", "N"),), [("x",)], closing=("one\x1b", "two"))) == "N\nx\n\none\\x1b\ntwo\n"


def test_what_the_stream_cannot_hold_comes_out_as_an_escape() -> None:
    raw = BytesIO()
    stream = TextIOWrapper(raw, encoding="latin-1")

    write.answer(listed((column("name", "Name"),), [("Zoë 李",)]), Wanted("plain"), stream)

    assert raw.getvalue().decode("latin-1") == "Name\nZoë \\u674e\n"


def test_an_answer_line_is_visible_and_goes_to_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    write.line("Recorded Eve\x1b[2J\n(7).")

    assert capsys.readouterr() == ("Recorded Eve\\x1b[2J\\n(7).\n", "")


def test_a_list_goes_to_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    assert write.answer(listed((column("n", "N"),), [("x",)]), Wanted("plain")) == 1
    assert capsys.readouterr() == ("N\nx\n", "")


@given(st.text(st.characters(max_codepoint=0x58F, categories=["L", "N", "P", "Mn", "Me", "Zs"])))
def test_european_letters_and_their_marks_need_no_tables(text: str) -> None:
    assert width(text) == wcswidth(text)


@given(st.text(st.characters(min_codepoint=0x1E00, max_codepoint=0x1FFF, categories=["L", "Mn"])))
def test_the_later_blocks_of_latin_and_greek_need_no_tables(text: str) -> None:
    assert width(text) == wcswidth(text)


class Catalogue(NullTranslations):
    def gettext(self, message: str) -> str:
        known = {
            "OVERSTAY": "LEWAT WAKTU",
            "Name": "Nama",
            "family": "keluarga",
            "yes": "ya",
            "": "Project-Id-Version: x",
        }
        return known.get(message, message)


@pytest.fixture
def indonesian(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(language, "_chosen", "id")
    monkeypatch.setattr(language, "_catalogue", Catalogue())
    yield
    language.choose("en")


@pytest.mark.parametrize(
    ("rupiah", "english"),
    [(0, "Rp0"), (999, "Rp999"), (1_500_000, "Rp1,500,000"), (60_000_000, "Rp60,000,000"), (-1_000, "-Rp1,000")],
)
def test_money_is_grouped_as_the_language_groups_it(rupiah: int, english: str, request: pytest.FixtureRequest) -> None:
    assert money(rupiah) == english
    request.getfixturevalue("indonesian")
    assert money(rupiah) == english.replace(",", ".")


@pytest.mark.parametrize(
    ("kind", "cell", "expected"),
    [
        (Kind.TEXT, None, ""),
        (Kind.TEXT, "OVERSTAY", "OVERSTAY"),
        (Kind.TEXT, "", ""),
        (Kind.STATE, "OVERSTAY", "LEWAT WAKTU"),
        (Kind.STATE, "", ""),
        (Kind.WORD, "FAMILY", "keluarga"),
        (Kind.WORD, "\x1b", "\\x1b"),
        (Kind.WORD, True, "ya"),
        (Kind.WORD, False, "no"),
        (Kind.CLASS, "KITAS", "KITAS"),
        (Kind.DATE, date(2020, 9, 20), "2020-09-20"),
        (Kind.DATE, "until the decision", "until the decision"),
        (Kind.NUMBER, 10316, "10316"),
        (Kind.MONEY, 1_500_000, "Rp1.500.000"),
        (Kind.OVER, 60, "over 60"),
    ],
)
@pytest.mark.usefixtures("indonesian")
def test_people_read_words_and_machines_codes(kind: Kind, cell: Cell, expected: str) -> None:
    assert text_of(kind, {"FAMILY": "family"})(cell) == expected


@pytest.mark.usefixtures("indonesian")
def test_headings_are_in_the_language_and_an_empty_one_stays_empty() -> None:
    listing = listed((column("place", ""), column("name", "Name")), [("1", "Ana")])

    assert [shown.heading for shown in text_columns(arrange(listing, Wanted("plain")))] == ["", "Nama"]
    assert sentence("") == ""


def test_a_column_shows_no_names_in_a_traceback() -> None:
    (shown,) = text_columns(arrange(listed((column("name", "Name"),), [("Ana",)]), Wanted("plain")))

    assert "Ana" not in repr(shown)
