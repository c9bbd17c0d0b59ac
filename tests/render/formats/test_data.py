import csv
import json
from datetime import date, datetime
from enum import StrEnum
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.toys import card_of, column, field, listed
from timpora_cli import language
from timpora_cli.errors import Refused
from timpora_cli.model.names import inert
from timpora_cli.render import write
from timpora_cli.render.answer import Cell, Kind, Wanted

AWKWARD = st.sampled_from(
    ["\r", "\n", "\r\n", '"', ",", "\t", "'", "=1", "\x1b[31m", "\u202e", "\u2028", "\x00", "李", "ا", "\ufeff", " "]
)
TEXTS = st.lists(AWKWARD | st.text(max_size=4), max_size=5).map("".join)
CELLS = TEXTS | st.none() | st.integers(-(10**12), 10**12) | st.dates() | st.booleans()
COLUMNS = (column("a", "A"), column("b", "B"))


def written(rows: list[tuple[Cell, ...]], wanted: Wanted) -> str:
    stream = StringIO(newline="")
    write.answer(listed(COLUMNS, rows), wanted, stream)
    return stream.getvalue()


def in_a_sheet(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def in_json(cell: Cell) -> Cell:
    return cell.isoformat() if isinstance(cell, date) else cell


@pytest.mark.parametrize(("format_", "delimiter"), [("csv", ","), ("tsv", "\t")])
@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_a_sheet_reads_back_as_it_was(format_: str, delimiter: str, rows: list[tuple[Cell, ...]]) -> None:
    text = written(rows, Wanted(format_))

    read = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    assert read == [["a", "b"], *[[in_a_sheet(cell) for cell in row] for row in rows]]


@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_json_reads_back_as_it_was(rows: list[tuple[Cell, ...]]) -> None:
    expected = [{"a": in_json(a), "b": in_json(b)} for a, b in rows]

    assert json.loads(written(rows, Wanted("json"))) == expected
    lines = written(rows, Wanted("ndjson")).split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == expected


@given(rows=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_json_keeps_an_object_a_line(rows: list[tuple[Cell, ...]]) -> None:
    lines = written(rows, Wanted("json")).split("\n")

    assert (lines[0], lines[-2:]) == ("[", ["]", ""])
    assert [json.loads(line.removesuffix(",")) for line in lines[1:-2]] == json.loads("\n".join(lines))


def test_lines_end_in_a_bare_line_feed() -> None:
    assert written([(1, "x")], Wanted("csv")) == "a,b\n1,x\n"


def test_only_what_must_be_is_quoted() -> None:
    assert written([("O'Brien", "a b"), ('say "hi"', "x,y")], Wanted("csv")) == (
        'a,b\nO\'Brien,a b\n"say ""hi""","x,y"\n'
    )


def test_a_moment_and_a_code_are_plain_text() -> None:
    class State(StrEnum):
        DUE = "DUE"

    rows: list[tuple[Cell, ...]] = [(datetime(2020, 9, 17, 8, 30), State.DUE)]  # noqa: DTZ001

    assert written(rows, Wanted("csv")) == "a,b\n2020-09-17T08:30:00,DUE\n"
    assert written(rows, Wanted("ndjson")) == '{"a": "2020-09-17T08:30:00", "b": "DUE"}\n'


@given(text=TEXTS)
def test_a_sheet_for_a_spreadsheet_differs_in_its_formulas_alone(text: str) -> None:
    read = list(csv.reader(StringIO(written([(text, -5)], Wanted("csv", for_spreadsheet=True)), newline="")))

    assert read[1] == [inert(text), "-5"]


def test_a_formula_is_made_inert_for_a_spreadsheet_only() -> None:
    assert written([("=1+1", None)], Wanted("csv")) == "a,b\n=1+1,\n"
    assert written([("=1+1", None)], Wanted("csv", for_spreadsheet=True)) == "a,b\n'=1+1,\n"


def test_codes_and_money_stay_themselves_in_every_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_chosen", "id")
    columns = (column("state", "State", Kind.STATE), column("fine", "Fine", Kind.MONEY))
    stream = StringIO()

    write.answer(listed(columns, [("OVERSTAY", 16_000_000)], words={"OVERSTAY": "too late"}), Wanted("csv"), stream)

    assert stream.getvalue() == "state,fine\nOVERSTAY,16000000\n"


@pytest.mark.parametrize("format_", ["json", "ndjson"])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_json_holds_what_the_stream_cannot(format_: str, encoding: str) -> None:
    raw = BytesIO()
    stream = TextIOWrapper(raw, encoding=encoding)

    write.answer(listed(COLUMNS, [("\ud800 李 😀", None), ("é", 1)]), Wanted(format_), stream)
    write.card(card_of("x", (field("a", "A", "\udcff"),)), None, Wanted(format_), stream)

    assert rb"\ud800" in raw.getvalue()
    assert rb"\udcff" in raw.getvalue()


def test_a_sheet_is_refused_rather_than_changed_and_the_error_names_nobody() -> None:
    stream = TextIOWrapper(BytesIO(), encoding="ascii")

    with pytest.raises(Refused) as caught:
        write.answer(listed(COLUMNS, [("Zoë", None)]), Wanted("csv"), stream)

    assert str(caught.value).startswith('The output\'s encoding "ascii" has no letters for this list.')
    assert "Zo" not in str(caught.value)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("format_", ["table", "plain", "csv", "tsv", "json", "ndjson"])
def test_a_full_disk_is_never_silent(format_: str) -> None:
    with pytest.raises(OSError, match="No space"), open("/dev/full", "w", encoding="utf-8") as stream:  # noqa: PTH123
        write.answer(listed(COLUMNS, [("x", 1)]), Wanted(format_), stream)
