import csv
import json
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.toys import card_of, column, field, listed
from timpora_cli.errors import WrongUsage
from timpora_cli.render import write
from timpora_cli.render.answer import Card, Kind, Wanted

PERMITS = listed(
    columns=(column("place", "", people_only=True), column("number", "Number", Kind.ID, secret=True)),
    rows=[("1", "X000111")],
    closing=("1 permit.",),
)
ANA = card_of(
    title="Ana (3)",
    fields=(
        field("resident_id", "Id", 3, Kind.ID),
        field("name", "Name", "Ana"),
        field("passport", "Passport", "PX1234567", Kind.ID, secret=True),
        field("departed_on", "Departed", None, Kind.DATE),
    ),
    parts=(("permits", "Permits", PERMITS), ("family", "Family", listed((column("name", "Name"),), []))),
)
ALL_FORMATS = ["table", "plain", "csv", "tsv", "json", "ndjson"]


def written(wanted: Wanted, card: Card[None] = ANA) -> str:
    stream = StringIO(newline="")
    write.card(card, None, wanted, stream)
    return stream.getvalue()


@pytest.mark.parametrize("format_", ["table", "plain"])
def test_people_read_only_what_is_known(format_: str) -> None:
    text = written(Wanted(format_))

    assert "Departed" not in text
    assert "Family" not in text
    assert text.splitlines()[:3] == ["Ana (3)", "Id        3", "Name      Ana"]
    assert text.endswith("\n\n1 permit.\n")


@pytest.mark.parametrize("format_", ["json", "ndjson"])
def test_machines_read_every_key(format_: str) -> None:
    assert json.loads(written(Wanted(format_))) == {
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
    permits = listed(PERMITS.table.columns, [("1", number)])
    card = card_of("Ana", (field("passport", "Passport", number, secret=True),), (("permits", "Permits", permits),))

    text = written(Wanted(format_, mask=True), card)

    assert number not in text
    assert "*" * (len(number) - 3) + number[-3:] in text


def test_fields_and_parts_are_picked_and_ordered_by_key() -> None:
    assert list(json.loads(written(Wanted("json", columns=("name", "resident_id", "family"))))) == [
        "name", "resident_id", "family",
    ]  # fmt: skip
    assert written(Wanted("plain", columns=("name", "resident_id"))) == "Ana (3)\nName  Ana\nId    3\n"
    assert written(Wanted("csv", columns=("name", "resident_id"))) == "name,resident_id\nAna,3\n"


def test_an_unknown_key_is_an_error_that_names_all() -> None:
    with pytest.raises(WrongUsage) as caught:
        written(Wanted("json", columns=("permit",)))

    assert str(caught.value) == (
        'There is no column "permit"; the nearest is "permits".\n'
        "Known: resident_id, name, passport, departed_on, permits, family."
    )


def test_a_sheet_knows_no_parts() -> None:
    with pytest.raises(WrongUsage, match=r"Known: resident_id, name, passport, departed_on\."):
        written(Wanted("csv", columns=("permits",)))


def test_sort_and_limit_leave_a_card_alone() -> None:
    assert written(Wanted("json", sort=("number",), limit=0)) == written(Wanted("json"))


@given(st.text())
def test_a_card_reads_back_as_it_was(text: str) -> None:
    card = card_of("x", (field("note", "Note", text), field("n", "N", 1)))

    assert json.loads(written(Wanted("json"), card)) == {"note": text, "n": 1}
    assert list(csv.reader(StringIO(written(Wanted("csv"), card), newline=""))) == [["note", "n"], [text, "1"]]


def test_a_formula_on_a_card_is_made_inert_for_a_spreadsheet() -> None:
    card = card_of("x", (field("note", "Note", "=1+1"),))

    assert written(Wanted("csv", for_spreadsheet=True), card) == "note\n'=1+1\n"


def test_codes_of_a_card_have_their_words_for_people_alone() -> None:
    card = card_of("x", (field("purpose", "Purpose", "FAMILY", Kind.WORD),), words={"FAMILY": "family reunification"})

    assert written(Wanted("plain"), card) == "x\nPurpose  family reunification\n"
    assert written(Wanted("csv"), card) == "purpose\nFAMILY\n"


def test_a_card_goes_to_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    write.card(card_of("x", ()), None, Wanted("plain"))

    assert capsys.readouterr() == ("x\n", "")


def test_a_card_shows_no_names_in_a_traceback() -> None:
    assert "Ana" not in repr(ANA)
    assert "PX1234567" not in repr(ANA)


def test_an_unknown_format_is_an_error() -> None:
    with pytest.raises(WrongUsage, match='There is no format "xml"'):
        written(Wanted("xml"))
