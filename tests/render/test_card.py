import csv
import json
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora_cli.errors import WrongUsage
from timpora_cli.render import Column, Kind, Listing, Output, write_card
from timpora_cli.render.card import Card, Field

PERMITS = Listing(
    columns=(Column("place", "", people_only=True), Column("number", "Number", Kind.ID, secret=True)),
    rows=[("1", "X000111")],
    closing=("1 permit.",),
)
ANA = Card(
    title="Ana (3)",
    fields=(
        Field("resident_id", "Id", 3, Kind.ID),
        Field("name", "Name", "Ana"),
        Field("passport", "Passport", "PX1234567", Kind.ID, secret=True),
        Field("departed_on", "Departed", None, Kind.DATE),
    ),
    parts=(("permits", "Permits", PERMITS), ("family", "Family", Listing((Column("name", "Name"),), []))),
)
ALL_FORMATS = ["table", "plain", "csv", "tsv", "json", "ndjson"]


def written(output: Output, card: Card = ANA) -> str:
    stream = StringIO(newline="")
    write_card(card, output, stream)
    return stream.getvalue()


@pytest.mark.parametrize("format_", ["table", "plain"])
def test_people_read_only_what_is_known(format_: str) -> None:
    text = written(Output(format_))

    assert "Departed" not in text
    assert "Family" not in text
    assert text.splitlines()[:3] == ["Ana (3)", "Id        3", "Name      Ana"]
    assert text.endswith("\n\n1 permit.\n")


@pytest.mark.parametrize("format_", ["json", "ndjson"])
def test_machines_read_every_key(format_: str) -> None:
    assert json.loads(written(Output(format_))) == {
        "resident_id": 3,
        "name": "Ana",
        "passport": "PX1234567",
        "departed_on": None,
        "permits": [{"number": "X000111"}],
        "family": [],
    }


@pytest.mark.parametrize("format_", ALL_FORMATS)
@given(number=st.text("XYZ0456789", min_size=4, max_size=12))
def test_a_masked_card_never_holds_a_whole_number(format_: str, number: str) -> None:
    permits = Listing(PERMITS.columns, [("1", number)])
    card = Card("Ana", (Field("passport", "Passport", number, secret=True),), (("permits", "Permits", permits),))

    text = written(Output(format_, mask=True), card)

    assert number not in text
    assert "*" * (len(number) - 3) + number[-3:] in text


def test_fields_and_parts_are_picked_and_ordered_by_key() -> None:
    assert list(json.loads(written(Output("json", columns=("name", "resident_id", "family"))))) == [
        "name", "resident_id", "family",
    ]  # fmt: skip
    assert written(Output("plain", columns=("name", "resident_id"))) == "Ana (3)\nName  Ana\nId    3\n"
    assert written(Output("csv", columns=("name", "resident_id"))) == "name,resident_id\nAna,3\n"


def test_an_unknown_key_is_an_error_that_names_all() -> None:
    with pytest.raises(WrongUsage) as caught:
        written(Output("json", columns=("permit",)))

    assert str(caught.value) == (
        'There is no column "permit"; the nearest is "permits".\n'
        "Known: resident_id, name, passport, departed_on, permits, family."
    )


def test_a_sheet_knows_no_parts() -> None:
    with pytest.raises(WrongUsage, match=r"Known: resident_id, name, passport, departed_on\."):
        written(Output("csv", columns=("permits",)))


def test_sort_and_limit_leave_a_card_alone() -> None:
    assert written(Output("json", sort=("number",), limit=0)) == written(Output("json"))


@given(st.text())
def test_a_card_reads_back_as_it_was(text: str) -> None:
    card = Card("x", (Field("note", "Note", text), Field("n", "N", 1)))

    assert json.loads(written(Output("json"), card)) == {"note": text, "n": 1}
    assert list(csv.reader(StringIO(written(Output("csv"), card), newline=""))) == [["note", "n"], [text, "1"]]


def test_a_formula_on_a_card_is_made_inert_for_a_spreadsheet() -> None:
    card = Card("x", (Field("note", "Note", "=1+1"),))

    assert written(Output("csv", for_spreadsheet=True), card) == "note\n'=1+1\n"


def test_codes_of_a_card_have_their_words_for_people_alone() -> None:
    card = Card("x", (Field("purpose", "Purpose", "FAMILY", Kind.WORD),), words={"FAMILY": "family reunification"})

    assert written(Output("plain"), card) == "x\nPurpose  family reunification\n"
    assert written(Output("csv"), card) == "purpose\nFAMILY\n"


def test_a_card_goes_to_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    write_card(Card("x", ()), Output("plain"))

    assert capsys.readouterr() == ("x\n", "")


def test_a_card_shows_no_names_in_a_traceback() -> None:
    assert "Ana" not in repr(ANA)
    assert "PX1234567" not in repr(ANA)


def test_an_unknown_format_is_an_error() -> None:
    with pytest.raises(WrongUsage, match='There is no format "xml"'):
        written(Output("xml"))
