"""Cells that hold several facts are split or refused; the place in an address is read, or the address left as it is."""

from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora_cli.errors import TimporaError
from timpora_cli.sheets import facts
from timpora_cli.sheets.days import day, last_day
from timpora_cli.sheets.headers import Field
from timpora_cli.sheets.sheet import BadCell

DATES = st.dates(date(1900, 3, 1), date(2199, 12, 31))


# Numbers ---------------------------------------------------------------------------------------------------------


COUNTRIES = {"nld", "belanda"}
"""Folded words for countries."""

WORDS = ("hilang", "dalam proses", "belum ada", "tidak ada", "TBA", "XXXXXXX", "000000000", "n/a")


@pytest.mark.parametrize("text", WORDS)
def test_a_word_in_place_of_a_number_is_none(text: str) -> None:
    assert facts.passport(text, day, COUNTRIES) == facts.niora(text) == {}
    assert "permit_number" not in facts.permit(text, day, "permit_number")


@pytest.mark.slow
@given(st.from_regex(facts.PLAIN_PASSPORT, fullmatch=True), st.from_regex(facts.PLAIN_PERMIT, fullmatch=True))
def test_numbers_of_the_usual_forms_are_what_a_look_at_their_parts_gives(passport: str, permit: str) -> None:
    usual = facts.passport(passport, day, COUNTRIES), facts.permit(permit, last_day, "permit_number")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(facts, "PLAIN_PASSPORT", r"(?!)")  # it matches no text
        patch.setattr(facts, "PLAIN_PERMIT", r"(?!)")
        parts = facts.passport(passport, day, COUNTRIES), facts.permit(permit, last_day, "permit_number")
    assert usual == parts == ({"passport_number": passport}, {"permit_number": permit})


@pytest.mark.parametrize(
    ("text", "number"), [("00123", "00123"), ("1234567.0", "1234567"), ("5E12", "5E12"), ("a", "a")]
)
def test_a_number_is_as_it_was_typed(text: str, number: str) -> None:
    assert facts.typed(text) == number


@pytest.mark.parametrize("text", ["1.23457E+15", "1,23457E+15", "1.23457e15", "1E+15", "2020-09-20"])
def test_a_number_that_a_spreadsheet_spoilt_is_refused(text: str) -> None:
    with pytest.raises(BadCell, match="in a text cell"):
        facts.typed(text)


# Passports and permits -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number", "until"),
    [
        ("X0001", "X0001", None),
        ("x 000-1", "X0001", None),
        ("X0001 (s/d 20-09-2025)", "X0001", "2025-09-20"),
        ("X0001 s/d 20 September 2025", "X0001", "2025-09-20"),
        ("X0001 (berlaku s.d. 20/9/2025)", "X0001", "2025-09-20"),
        ("X0001, berlaku sampai dengan 20-09-2025", "X0001", "2025-09-20"),
        ("X0001 exp. 2025-09-20", "X0001", "2025-09-20"),
        ("X0001/20-09-2025", "X0001", "2025-09-20"),
        ("X0001 / 20 Sept 2025", "X0001", "2025-09-20"),
        ("X0001 (20-09-2025)", "X0001", "2025-09-20"),
        ("X0001, 20.09.2025", "X0001", "2025-09-20"),
        ("NLD X0001", "X0001", None),
        ("Belanda X0001", "X0001", None),
        ("X0001 (NLD)", "X0001", None),
        ("No. X0001 (NLD) s/d 20-09-2025", "X0001", "2025-09-20"),
        ("NX 0001", "NX0001", None),
    ],
)
def test_a_passport_and_its_last_day_may_stand_in_one_cell(text: str, number: str, until: str | None) -> None:
    found = facts.passport(text, day, COUNTRIES)
    assert (found["passport_number"], found.get("passport_expires")) == (number, until)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("X0001 (s/d 31-02-2025)", "is not a date"),
        ("X0001 (31-02-2025)", "is not a date"),
        ("X0001 (2025)", "is not a passport number"),
        ("X0001, Y0002", "is not a passport number"),
        ("1.5E+12", "shortened"),
        ("2025-09-20", "is a date, and so no number"),
        ("1234567.0", "stored as a decimal"),
    ],
)
def test_a_passport_that_cannot_be_read_is_refused(text: str, said: str) -> None:
    with pytest.raises(TimporaError, match=said):
        facts.passport(text, day, COUNTRIES)


@pytest.mark.parametrize(
    ("column", "text", "found"),
    [
        ("class", "ITAS", {"class": "KITAS"}),
        ("class", "ITAS INVESTOR", {"class": "KITAS", "purpose": "INVESTOR"}),
        ("class", "ITAS (INVESTOR)", {"class": "KITAS", "purpose": "INVESTOR"}),
        ("class", "itas - tenaga_kerja_asing", {"class": "KITAS", "purpose": "WORK"}),
        ("class", "ITAS C317", {"class": "KITAS", "index": "C317"}),
        ("class", "ITAS/e31a", {"class": "KITAS", "index": "E31A"}),
        ("class", "ITAS - 2C21JD0001-V", {"class": "KITAS", "permit_number": "2C21JD0001-V"}),
        ("class", "KITAP s/d 20-09-2025", {"class": "KITAP", "expires": "2025-09-20"}),
        ("class", "Izin Tinggal Terbatas", {"class": "KITAS"}),
        ("permit_number", "2C21JD0001-V", {"permit_number": "2C21JD0001-V"}),
        ("permit_number", "W7.IMI.4/01-02-2020", {"permit_number": "W7.IMI.4/01-02-2020"}),
        ("permit_number", "ITK-2020-0001", {"permit_number": "ITK-2020-0001"}),
        ("permit_number", "ITAS - 2C21JD0001", {"class": "KITAS", "permit_number": "2C21JD0001"}),
        ("permit_number", "ITAS: 2C21 (V)", {"class": "KITAS", "permit_number": "2C21 (V)"}),
        ("permit_number", "KITAP", {"class": "KITAP"}),
        ("permit_number", "2C21 SD 0001", {"permit_number": "2C21 SD 0001"}),
        ("permit_number", "2C21JD0001 (s/d 20-09-2025)", {"permit_number": "2C21JD0001", "expires": "2025-09-20"}),
        ("permit", "2C21JD0001-V / 20 Sept 2025", {"permit_number": "2C21JD0001-V", "expires": "2025-09-20"}),
        (
            "permit",
            "ITAS - 2C21JD0001-V s/d 20-09-2025",
            {"class": "KITAS", "permit_number": "2C21JD0001-V", "expires": "2025-09-20"},
        ),
        (
            "permit",
            "KITAP 2D11JE0002/20-09-2025",
            {"class": "KITAP", "permit_number": "2D11JE0002", "expires": "2025-09-20"},
        ),
        ("permit", "s/d 20-09-2025", {"expires": "2025-09-20"}),
    ],
)
def test_a_permit_is_taken_apart(column: Field, text: str, found: dict[Field, str]) -> None:
    assert facts.permit(text, day, column) == found


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("class", "KITTAS", "Did you mean KITAS"),
        ("class", "ITAS ZODIAK", "ZODIAK is not a known purpose"),
        ("class", "ITAS 1 tahun", "is not a known purpose"),
        ("class", "2C21JD0001", "is not a known class"),
        ("permit", "ITAS s/d 31-02-2025", "is not a date"),
        ("permit", "tidak tahu", "is not a known class"),
        ("permit_number", "ITAS - 1.5E+12", "shortened"),
    ],
)
def test_a_permit_that_cannot_be_told_apart_is_refused(column: Field, text: str, said: str) -> None:
    with pytest.raises(TimporaError, match=said):
        facts.permit(text, day, column)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("20-09-2020", None, "2020-09-20"),
        ("s/d 20 Oktober 2020", None, "2020-10-20"),
        ("21-09-2019 s/d 20-09-2020", "2019-09-21", "2020-09-20"),
        ("21/9/2019 - 20/9/2020", "2019-09-21", "2020-09-20"),
        ("21-09-2019-20-09-2020", "2019-09-21", "2020-09-20"),
        ("21 September 2019 sampai dengan 20 September 2020", "2019-09-21", "2020-09-20"),
        ("2019-09-21 to 2020-09-20", "2019-09-21", "2020-09-20"),
    ],
)
def test_a_last_day_may_stand_after_a_first_one(text: str, first: str | None, last: str) -> None:
    found = facts.period(text, day, last_day, "valid_from", "expires")
    assert (found.get("valid_from"), found["expires"]) == (first, last)


@given(DATES, st.integers(0, 400), st.booleans())
def test_a_day_is_never_taken_for_a_period_nor_a_period_for_a_day(when: date, length: int, serials: bool) -> None:
    read = partial(day, serials=serials)
    last = min(when + timedelta(days=length), date(2199, 12, 31))
    for form in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y"):
        one, other = when.strftime(form), last.strftime(form)
        assert facts.period(one, read, read, "valid_from", "expires") == {"expires": when.isoformat()}
        both = {"valid_from": when.isoformat(), "expires": last.isoformat()}
        assert facts.period(f"{one} s/d {other}", read, read, "valid_from", "expires") == both


# Births, lots, addresses -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place", "born"),
    [
        ("Sydney, 17-09-1980", "Sydney", "1980-09-17"),
        ("Sydney/17 September 1980", "Sydney", "1980-09-17"),
        ("Sydney 17/9/1980", "Sydney", "1980-09-17"),
        ("Kota Rekaan (17.09.1980)", "Kota Rekaan", "1980-09-17"),
        ("Sydney, Rabu, 17 September 1980", "Sydney", "1980-09-17"),
        ("Stratford-upon-Avon, 1980-09-17", "Stratford-upon-Avon", "1980-09-17"),
        ("17-09-1980", None, "1980-09-17"),
        ("Sydney", "Sydney", None),
    ],
)
def test_a_place_and_a_day_of_birth(text: str, place: str | None, born: str | None) -> None:
    found = facts.birth(text, day)
    assert (found.get("birthplace"), found.get("born")) == (place, born)


@pytest.mark.parametrize("text", ["Sydney, 31-02-1980", "Sydney, Senin 17 September 1980", "Sydney, 1980"])
def test_a_day_of_birth_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadCell, match="is not a date"):
        facts.birth(text, day)


# A name and a number ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "number"),
    [
        ("Ann Invented / X0000001", "Ann Invented", "X0000001"),
        ("Ann Invented (X0000001)", "Ann Invented", "X0000001"),
        ("Ann Invented, No. Paspor: X0000001", "Ann Invented", "X0000001"),
        ("Ann Invented - 12345678", "Ann Invented", "12345678"),
        ("O'Invented, Jr. X0000001", "O'Invented, Jr.", "X0000001"),
        ("Ann Invented", "Ann Invented", None),
        ("Ravi s/o Rekaan", "Ravi s/o Rekaan", None),
    ],
)
def test_a_name_and_a_passport_may_stand_in_one_cell(text: str, name: str, number: str | None) -> None:
    found = facts.name_and_passport(text, COUNTRIES)
    assert (found["name"], found.get("passport_number")) == (name, number)


def test_a_word_beside_a_name_in_place_of_the_passport_is_refused() -> None:
    with pytest.raises(BadCell, match="no name with a passport number"):
        facts.name_and_passport("Ann Invented / hilang", COUNTRIES)
