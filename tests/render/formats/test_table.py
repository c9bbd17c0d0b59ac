import re
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.render.toys import Record, card_of, column, field, listed
from timpora_cli.model.names import visible
from timpora_cli.render import write
from timpora_cli.render.answer import Answer, Cell, Kind, Wanted

COLUMNS = (
    column("name", "Name"),
    column("nationality", "Nationality", rank=3),
    column("permit_number", "Permit", Kind.ID, rank=2),
    column("effective_until", "Valid until", Kind.DATE),
    column("state", "State", Kind.STATE),
    column("days_left", "Days left", Kind.NUMBER),
    column("sponsor", "Sponsor", rank=3),
)
ROW: tuple[Cell, ...] = (
    "Agnieszka Małgorzata Wójcik", "United Kingdom", "2C21JE1234-U", "2020-09-20", "OVERSTAY", -3, "PT Timah Makmur",
)  # fmt: skip
EXPIRING = listed(COLUMNS, [ROW])
TERMINAL = Wanted("table", terminal=True)
ELSEWHERE = Wanted("table")
NAME = (column("name", "Name"),)


@pytest.fixture(autouse=True)
def a_colour_terminal_of_80(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR", "COLORTERM", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")


def drawn(listing: Answer[Record] = EXPIRING, wanted: Wanted = TERMINAL) -> str:
    stream = StringIO(newline="")
    write.answer(listing, wanted, stream)
    return stream.getvalue()


def bare(text: str) -> str:
    return re.sub("\x1b\\[[0-9;]*m", "", text)


@pytest.mark.parametrize(
    ("width", "left_out"),
    [
        (160, ""),
        (100, ""),
        (80, "sponsor"),
        (60, "nationality, permit_number, sponsor"),
    ],
)
def test_a_narrow_terminal_leaves_out_the_last_ranks_and_says_so(
    width: int, left_out: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))

    text = bare(drawn())

    assert max(map(cell_len, text.splitlines())) <= width
    assert {"2020-09-20", "OVERSTAY", "-3"} <= set(text.split())
    told = re.search(
        r"Left out at this width: (.*)\. --columns picks; --format plain shows all\.", " ".join(text.split())
    )
    assert (told[1] if told else "") == left_out


def test_columns_asked_for_by_name_are_never_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")

    text = drawn(wanted=Wanted("table", columns=("name", "nationality", "permit_number", "sponsor"), terminal=True))

    assert "Left out" not in text
    assert {"United", "2C21JE1234-U", "Timah"} <= set(text.split())


def test_a_heading_gives_way_before_a_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    columns = (column("name", "Name"), column("n", "Days left", Kind.NUMBER))

    assert bare(drawn(listed(columns, [("Ana Bele Cri", 3)]))).splitlines() == [
        "                Days",
        "Name            left",
        "─" * 20,
        "Ana Bele Cri       3",
    ]


@pytest.mark.parametrize("width", [1, 20, 30])
def test_dates_and_numbers_stay_whole_on_any_terminal(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))

    assert {"2020-09-20", "OVERSTAY", "-3", "Agnieszka"} <= set(bare(drawn()).split())


def test_a_word_breaks_only_when_it_alone_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")

    text = bare(drawn(listed(NAME, [("x" * 40 + " O'Brien-Fitzgerald Ana",)])))

    assert text.splitlines()[2:] == ["x" * 30, "x" * 10 + " O'Brien-Fitzgerald", "Ana"]


def test_elsewhere_the_table_is_as_wide_as_its_values_and_asks_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    long = "Wolfeschlegelsteinhausenbergerdorff " * 20 + "Jr"
    listing = listed(NAME, [(long,)], closing=("and " * 60 + "no more",))

    texts = set()
    for columns in ("20", "300"):
        monkeypatch.setenv("COLUMNS", columns)
        for term in ("dumb", "xterm-256color"):
            monkeypatch.setenv("TERM", term)
            texts.add(drawn(listing, ELSEWHERE))

    rule = "─" * len(long)
    assert texts == {f"Name\n{rule}\n{long}\n\n{'and ' * 60}no more\n"}


@pytest.mark.slow
@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=5)), min_size=1, max_size=4))
def test_elsewhere_every_value_stands_whole_on_its_own_line(rows: list[tuple[str, str]]) -> None:
    columns = (column("name", "Name"), column("note", "Note"))

    lines = drawn(listed(columns, rows), Wanted("table", columns=("name", "note"))).split("\n")[2:-1]

    assert len(lines) == len(rows)
    for line, (name, note) in zip(lines, rows, strict=True):
        assert line.startswith(visible(name).rstrip(" "))
        assert line.endswith(visible(note).rstrip(" "))


@pytest.mark.parametrize(
    "name", ["[/]x", "[red]Smith[/red]", ":smile:", "[link=http://x]y", "\\[b]", "100% 2020-01-01 'q'"]
)
@pytest.mark.parametrize("wanted", [TERMINAL, ELSEWHERE])
def test_a_name_is_shown_as_it_is_written(name: str, wanted: Wanted) -> None:
    assert drawn(listed(NAME, [(name,)]), wanted).splitlines()[2] == name


@pytest.mark.parametrize(
    ("state", "codes"), [("OVERSTAY", "1;31"), ("DUE", "33"), ("RELIEF", "36"), ("UNKNOWN", "35"), ("VALID", "32")]
)
def test_a_state_has_its_colour_on_a_terminal(state: str, codes: str) -> None:
    listing = listed((column("state", "State", Kind.STATE), column("note", "Note")), [(state, state)])

    assert drawn(listing).count(f"\x1b[{codes}m{state}") == 1


def test_a_translated_state_keeps_its_colour() -> None:
    listing = listed((column("state", "State", Kind.STATE),), [("OVERSTAY",)], words={"OVERSTAY": "too late"})

    assert "\x1b[1;31mtoo late" in drawn(listing)


def test_headings_and_foot_are_bold_and_the_line_on_what_is_left_out_is_dim() -> None:
    text = drawn(listed(COLUMNS, [ROW], foot=[("Total", None, None, None, None, 7, None)]))

    assert "\x1b[1mState" in text
    assert "\x1b[1mTotal" in text
    assert "\x1b[2mLeft out" in text


@pytest.mark.parametrize(
    ("wanted", "environment", "colour", "escapes"),
    [
        (TERMINAL, {}, True, True),
        (TERMINAL, {"NO_COLOR": "1"}, False, True),
        (TERMINAL, {"TERM": "dumb"}, False, False),
        (ELSEWHERE, {}, False, False),
        (ELSEWHERE, {"FORCE_COLOR": "1"}, True, True),
        (ELSEWHERE, {"FORCE_COLOR": "0"}, False, False),
        (ELSEWHERE, {"FORCE_COLOR": ""}, False, False),
        (ELSEWHERE, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, True),
    ],
)
def test_colour_is_where_it_is_wanted(
    wanted: Wanted, environment: dict[str, str], colour: bool, escapes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    text = drawn(wanted=wanted)

    assert ("31m" in text) == colour
    assert ("\x1b" in text) == escapes


def test_a_stream_without_line_drawing_gets_a_table_all_the_same() -> None:
    raw = BytesIO()
    stream = TextIOWrapper(raw, encoding="latin-1", newline="")

    write.answer(listed(NAME, [("Zoë 李",)]), ELSEWHERE, stream)

    assert raw.getvalue().decode("latin-1").splitlines() == ["Name", "------", "Zoë \\u674e"]


def test_a_card_without_fields_is_its_title_and_its_parts() -> None:
    stream = StringIO()
    part = listed(COLUMNS, [ROW])

    write.card(
        card_of("Meeting", (field("place", "Place", None),), (("people", "People", part),)), None, TERMINAL, stream
    )

    lines = bare(stream.getvalue()).splitlines()
    assert lines[:3] == ["Meeting", "", "People"]
    assert lines[-1] == "Left out at this width: sponsor. --columns picks; --format plain shows all."
