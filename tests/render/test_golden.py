"""One golden file a format, over names that have broken other registers' prints.

After a change that is meant, `TIMPORA_GOLDEN=write pytest tests/render/test_golden.py` writes them anew; read the diff.
"""

import os
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from tests.render.toys import card_of, column, field, listed
from timpora_cli.render import write
from timpora_cli.render.answer import Kind, Wanted

GOLDEN = Path(__file__).parents[1] / "golden"

COLUMNS = (
    column("resident_id", "Id", Kind.ID),
    column("name", "Name"),
    column("nationality", "Nationality", rank=3),
    column("class", "Class", Kind.CLASS),
    column("permit_number", "Permit", Kind.ID, rank=2, secret=True),
    column("effective_until", "Valid until", Kind.DATE),
    column("relief", "Relief", rank=3),
    column("state", "State", Kind.STATE),
    column("days_left", "Days left", Kind.NUMBER),
    column("fine", "Fine", Kind.MONEY, rank=3),
    column("district", "District", rank=2),
)
LONG = "Wolfeschlegelsteinhausenbergerdorff " * 3 + "Jr"
ROWS = [
    (3, "O'Brien, Siobhán", "Ireland", "ITK", "2C21-01", date(2020, 9, 1), None, "OVERSTAY", -16, 16_000_000, "Sijuk"),
    (12, "李小龍", "China", "KITAS", "2C21-02", date(2020, 9, 18), None, "DUE", 1, None, "Tanjungpandan"),
    (27, "محمد عبد الله", "Yemen", "ITKT", None, None, None, "UNKNOWN", None, None, None),
    (101, "Nguye\u0302\u0303n Thi\u0323 H", "Laos", "VOA", "=2+5", date(2020, 9, 20), None, "RELIEF", 3, None, "Sijuk"),
    (118, "Anna \u202egnp.exe", "Poland", "KITAS", "2C21-05", date(2020, 9, 20), None, "DUE", 3, None, "Membalong"),
    (119, "[red]Smith[/] [/]x :smile:", "Kenya", "KITAP", "27", date(2021, 3, 1), None, "VALID", 165, None, "Badau"),
    (120, "Eve\x1b[2J\x07\nMallory", "Chad", "KITAP", "2C21-07", date(2021, 3, 1), None, "VALID", 165, None, "Badau"),
    (121, '=HYPERLINK("x"),\t@SUM', "Peru", "KITAP", "-1", date(2021, 3, 1), None, "VALID", 165, None, "Badau"),
    (122, LONG, "Germany", "KITAP", "7", date(2021, 3, 2), None, "VALID", 166, None, "Damar"),
]  # fmt: skip
EXPIRING = listed(
    COLUMNS, ROWS, closing=("9 listed + 29 not due + 1 without a permit + 2 departed = 41 people known.",)
)

COUNTS = listed(
    columns=(
        column("place", "", people_only=True),
        column("district", "District"),
        column("district_code", "Code", Kind.ID),
        column("kitap", "KITAP", Kind.NUMBER),
        column("total", "Total", Kind.NUMBER),
    ),
    rows=[
        ("1", "Tanjungpandan", "19.02.01", 11, 38),
        ("2=", "Membalong", "19.02.02", 0, 7),
        ("2=", "Sijuk", "19.02.04", 1, 7),
        (None, "(no region)", None, 0, 1),
    ],
    foot=[(None, "Total", None, 12, 53), (None, "Share", None, "22.6%", "100%")],
)

CARD = card_of(
    title="O'Brien, Siobhán \u202e(3)",
    fields=(
        field("resident_id", "Id", 3, Kind.ID),
        field("name", "Name", "O'Brien, Siobhán \u202e"),
        field("born_on", "Born", date(1980, 2, 29), Kind.DATE),
        field("passport", "Passport", "PX1234567", Kind.ID, secret=True),
        field(
            "address", "Address", "Jalan Merdeka 17,\nbehind the mosque, by the road to the old harbour and the market"
        ),
        field("departed_on", "Departed", None, Kind.DATE),
        field("present", "Present", value=True, kind=Kind.WORD),
        field("fine", "Fine", 16_000_000, Kind.MONEY),
    ),
    parts=(
        ("permits", "Permits", listed((COLUMNS[3], COLUMNS[4], COLUMNS[5]), [("ITK", "2C21-0001", date(2020, 9, 1))])),
        ("family", "Family", listed((COLUMNS[0], COLUMNS[1]), [])),
        ("cases", "Cases", listed((COLUMNS[0],), [], closing=("No case is open.",))),
    ),
)

LISTS = {
    "render_expiring_table.txt": (EXPIRING, Wanted("table")),
    "render_expiring_table_80.txt": (EXPIRING, Wanted("table", terminal=True)),
    "render_expiring_plain.txt": (EXPIRING, Wanted("plain")),
    "render_expiring.csv": (EXPIRING, Wanted("csv")),
    "render_expiring.tsv": (EXPIRING, Wanted("tsv")),
    "render_expiring.json": (EXPIRING, Wanted("json")),
    "render_expiring.ndjson": (EXPIRING, Wanted("ndjson")),
    "render_expiring_spreadsheet.csv": (EXPIRING, Wanted("csv", for_spreadsheet=True)),
    "render_expiring_masked.csv": (EXPIRING, Wanted("csv", mask=True, columns=("name", "permit_number"))),
    "render_counts_table.txt": (COUNTS, Wanted("table")),
    "render_counts_plain.txt": (COUNTS, Wanted("plain")),
    "render_counts.csv": (COUNTS, Wanted("csv")),
}
CARDS = {
    "render_card_table.txt": Wanted("table"),
    "render_card_table_60.txt": Wanted("table", terminal=True),
    "render_card_plain.txt": Wanted("plain", mask=True),
    "render_card.csv": Wanted("csv"),
    "render_card.json": Wanted("json"),
    "render_card.ndjson": Wanted("ndjson", mask=True),
}


@pytest.fixture(autouse=True)
def colourless_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    for name in ("FORCE_COLOR", "NO_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_written_as_it_was_agreed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    stream = StringIO(newline="")
    listing, wanted = LISTS[name]

    assert write.answer(listing, wanted, stream) == len(listing.rows)
    assert_golden(name, stream.getvalue())


@pytest.mark.parametrize("name", CARDS)
def test_a_card_is_written_as_it_was_agreed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    stream = StringIO(newline="")

    write.card(CARD, None, CARDS[name], stream)

    assert_golden(name, stream.getvalue())


def test_nothing_that_a_terminal_obeys_reaches_a_person() -> None:
    for listing, wanted in LISTS.values():
        if wanted.for_people:
            stream = StringIO(newline="")
            write.answer(listing, wanted, stream)
            shown = stream.getvalue().replace("\n", "")
            assert not {character for character in shown if not character.isprintable()}


def assert_golden(name: str, written: str) -> None:
    path = GOLDEN / name
    if os.environ.get("TIMPORA_GOLDEN") == "write":
        path.write_bytes(written.encode())
    assert written == path.read_bytes().decode()
