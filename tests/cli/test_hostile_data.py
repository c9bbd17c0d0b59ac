"""Data is shown, never obeyed: entered through the command line, harmless to people, byte-exact to programs."""

import csv
import io
import json
import unicodedata
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

pytestmark = pytest.mark.slow  # each test starts processes, or has every format written

HOSTILE = {
    "markup": "[red]x",
    "broken markup": "[/] [/red] [link=file:///etc/passwd]y[/link]",
    "emoji code": ":smile: :warning:",
    "colour": "\x1b[31mred\x1b[0m",
    "clear screen": "\x1b[2J\x1b[H\x07bell\x08\x7f",
    "csi in one byte": "\x9b2Jx",
    "title": "\x1b]0;owned\x07",
    "bidi override": "Anna \u202egnp.exe",
    "isolates": "\u2066a\u2069 \u200fb",
    "formula": "=A1+1",
    "formula in a cell": '=HYPERLINK("http://example.com","x")',
    "sum": "@SUM(A1:A9)",
    "plus": "+1+1|cmd",
    "quotes": 'O\'Brien, "Jr"; x',
    "emoji": "😀 Contoh 👩‍👩‍👧 🇮🇩",
    "wide": "李小龍 김철수",
    "marks": "Nguye\u0302\u0303n Thi\u0323",
    "arabic": "محمد",
    "nothing to see": "a\u200bb\u2060\ufeffc",
    "long": "Wolfe " * 32 + "stern",
    "braces": "{name} {0} %s %(x)d $HOME `id`",
    "backslash": r"C:\new\table \x1b",
    "sql": "'; DROP TABLE resident; --",
    "surrogate look": "\ud7ffa\ue000",
}
INERT = ("formula", "formula in a cell", "sum", "plus")


@pytest.fixture
def office(empty: "Timpora", request: pytest.FixtureRequest) -> "Timpora":
    """A register whose one resident has the hostile text wherever a text can stand."""
    text = HOSTILE[request.param]
    printed = empty.answer(
        *("resident", "add", "--name", text, "--nationality", "AUS", "--occupation", text, "--sponsor", text),
        *("--address", text, "--note", text, "--contact", text, "--birthplace", text, "--child", text),
    )
    harmless(printed)
    printed = empty.answer(
        *("permit", "add", "1", "--class", "ITAS", "--number", "unknown", "--issued", "2020-01-01"),
        *("--expires", "2020-09-30", "--office", text, "--index", text),
    )
    harmless(printed)
    return empty


def harmless(printed: str) -> None:
    """No character of a text for people may act on a terminal, or hide."""
    for character in printed.replace("\n", ""):
        kind = unicodedata.category(character)
        assert kind not in {"Cc", "Cs", "Co", "Zl", "Zp"}, repr(character)
        assert kind != "Cf" or character in "\u200c\u200d", repr(character)


LISTS = (
    ("expiring",),
    ("counts", "--by", "sponsor"),
    ("resident", "list"),
    ("permit", "list"),
    ("resident", "show", "1"),
    ("permit", "show", "1"),
)


@pytest.mark.parametrize("office", HOSTILE, indirect=True)
def test_it_is_visible_and_harmless_in_table_and_plain(office: "Timpora", request: pytest.FixtureRequest) -> None:
    text = HOSTILE[request.node.callspec.params["office"]]
    shown = "".join(
        character
        if character.isprintable() or character in "\u200c\u200d"
        else character.encode("unicode_escape").decode()
        for character in text
    )
    for words in LISTS:
        for form in ("plain", "table"):
            printed = office.answer(*words, "--format", form)
            harmless(printed)
            if words != ("permit", "list"):
                assert shown in printed


@pytest.mark.parametrize("office", HOSTILE, indirect=True)
def test_it_is_byte_exact_to_programs_and_finds_the_person_again(
    office: "Timpora", request: pytest.FixtureRequest
) -> None:
    text = HOSTILE[request.node.callspec.params["office"]]
    words = ("resident", "list")
    for form, delimiter in (("csv", ","), ("tsv", "\t")):
        printed = office.answer(*words, "--format", form)
        rows = list(csv.DictReader(io.StringIO(printed, newline=""), delimiter=delimiter))
        assert [(row["name"], row["sponsor"]) for row in rows] == [(text, text)]
    assert [row["name"] for row in json.loads(office.answer(*words, "--format", "json"))] == [text]
    assert json.loads(office.answer(*words, "--format", "ndjson"))["name"] == text
    card = json.loads(office.answer("resident", "show", "1", "--format", "json"))
    assert [card[key] for key in ("occupation", "address", "note", "contact", "birthplace")] == [text] * 5
    assert card["family"][0]["name"] == text
    assert [row["resident_id"] for row in office.rows("resident", "list", "--name", text)] == ["1"]
    assert [row["resident_id"] for row in office.rows("expiring", "--sponsor", text)] == ["1"]


@pytest.mark.parametrize("office", [*INERT, "quotes", "markup", "backslash"], indirect=True)
def test_a_spreadsheet_runs_none_of_it(office: "Timpora", request: pytest.FixtureRequest) -> None:
    key = request.node.callspec.params["office"]
    for words in (("resident", "list"), ("expiring",)):
        printed = office.answer(*words, "--format", "csv", "--for-spreadsheet")
        cell = next(csv.DictReader(io.StringIO(printed, newline="")))["name"]
        assert cell == ("'" + HOSTILE[key] if key in INERT else HOSTILE[key])


def test_a_line_break_or_a_tab_in_a_name_is_a_blank(empty: "Timpora") -> None:
    empty.answer("resident", "add", "--name", "\tAnn\nInvented\r\n", "--nationality", "AUS", "--sponsor", "PT\nContoh")
    rows = empty.rows("resident", "list")
    assert [(row["name"], row["sponsor"]) for row in rows] == [("Ann Invented", "PT Contoh")]


def test_a_line_break_elsewhere_is_kept_and_shown_as_one(empty: "Timpora") -> None:
    empty.answer("resident", "add", "--name", "Ann", "--nationality", "AUS", "--note", "one\ntwo\tthree")
    card = json.loads(empty.answer("resident", "show", "1", "--format", "json"))
    assert card["note"] == "one\ntwo\tthree"
    assert r"Note         one\ntwo\tthree" + "\n" in empty.answer("resident", "show", "1")
    assert '"one\ntwo\tthree"' in empty.answer("resident", "show", "1", "--format", "csv")


def test_a_name_of_blanks_is_no_name(empty: "Timpora") -> None:
    for blank in (" ", "\n", "\t \u00a0"):
        before = empty.db.read_bytes()
        given = empty("resident", "add", "--name", blank, "--nationality", "AUS")
        assert given.code in {1, 2}
        assert empty.db.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        ("resident", "show", "\x1b[2J\u202e"),
        ("permit", "show", "\x1b[2J"),
        ("expiring", "--district", "\x1b[31m"),
        ("expiring", "--columns", "\x1b[31m"),
        ("expiring", "--sort", "\x9b"),
        ("expiring", "--format", "\x1b"),
        ("expiring", "--limit", "\x1b"),
        ("expiring", "--before", "\x1b[2J"),
        ("expiring", "--within", "\u202e30d"),
        ("counts", "--by", "\x1b"),
        ("counts", "--known-at", "\x1b"),
        ("--db", "/nowhere/\x1b[2J", "counts"),
        ("--lang", "\x1b", "counts"),
        ("\x1b[2J",),
        ("expiring", "--\x1b[2J"),
        ("completion", "\x1b"),
    ],
)
def test_what_was_typed_is_not_obeyed_when_an_error_repeats_it(timpora: "Timpora", words: tuple[str, ...]) -> None:
    given = timpora(*words)
    assert given.code in {2, 4, 5}
    assert given.out == ""
    harmless(given.err)
