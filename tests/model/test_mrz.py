"""A passport's two lines: the specimen of ICAO 9303, every digit that can be wrong, and lines made up at random."""

from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from timpora_cli.errors import WrongUsage
from timpora_cli.model.mrz import MrzFault, Passport, check_digit, read_mrz, split_mrz

TODAY = date(2010, 6, 1)
NAMES = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
FACTS = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CHECKED = [*range(10), *range(13, 20), *range(21, 44)]


def value(character: str) -> int:
    return 0 if character == "<" else ALPHABET.index(character)


def facts(
    number: str = "L898902C3",
    born: str = "740812",
    expires: str = "120415",
    personal: str = "ZE184226B",
    sex: str = "F",
    nationality: str = "UTO",
) -> str:
    """Return a second line with its digits right, for whatever fields a test needs."""
    first, third = number.ljust(9, "<"), personal.ljust(14, "<")
    document = first + str(check_digit(first))
    dates = born + str(check_digit(born)), expires + str(check_digit(expires))
    last = third + str(check_digit(third))
    composite = check_digit(document + dates[0] + dates[1] + last)
    return f"{document}{nationality.ljust(3, '<')}{dates[0]}{sex}{dates[1]}{last}{composite}"


def fault(line1: str = NAMES, line2: str = FACTS, today: date = TODAY) -> str:
    with pytest.raises(MrzFault) as refused:
        read_mrz(line1, line2, today)
    assert isinstance(refused.value, WrongUsage)
    assert refused.value.exit_code == 2
    message, advice = str(refused.value).split("\n")
    assert advice == "Check the passport and type the line again."
    return message


def test_the_specimen_is_read() -> None:
    assert read_mrz(NAMES, FACTS, TODAY) == Passport(
        document_type="P",
        issuing_country="UTO",
        full_name="ERIKSSON ANNA MARIA",
        number="L898902C3",
        nationality="UTO",
        born=date(1974, 8, 12),
        sex="F",
        expires=date(2012, 4, 15),
        personal_number="ZE184226B",
    )
    assert facts() == FACTS


@pytest.mark.parametrize(
    ("text", "digit"),
    [("520727", 3), ("AB2134<<<", 5), ("L898902C3", 6), ("740812", 2), ("120415", 9), ("ZE184226B<<<<<", 1), ("", 0)],
)
def test_the_worked_examples_have_their_check_digits(text: str, digit: int) -> None:
    assert check_digit(text) == digit


def test_a_character_outside_the_alphabet_has_no_check_digit() -> None:
    with pytest.raises(MrzFault, match='"É" cannot stand in these lines'):
        check_digit("É")
    assert fault(line1=NAMES.replace("ANNA", "ANN?")) == '"?" cannot stand in these lines.'
    assert fault(line2=FACTS.replace("ZE", "Z\u0663")) == '"\u0663" cannot stand in these lines.'


def test_neither_name_nor_number_stands_in_the_record_s_repr() -> None:
    shown = repr(read_mrz(NAMES, FACTS, TODAY))
    for private in ("ERIKSSON", "L898902C3", "ZE184226B", "1974"):
        assert private not in shown


@pytest.mark.parametrize(
    ("line1", "line2"),
    [
        (NAMES.lower(), FACTS.lower()),
        (f" {NAMES} ", " ".join(FACTS)),
        (NAMES.replace("<<", "«"), FACTS.replace("<<", "«")),
    ],
)
def test_small_letters_spaces_and_guillemets_are_taken_as_meant(line1: str, line2: str) -> None:
    assert read_mrz(line1, line2, TODAY) == read_mrz(NAMES, FACTS, TODAY)


@pytest.mark.parametrize(
    ("position", "character", "message"),
    [
        (1, "9", "Line 2: the document number L998902C3 and its check digit 6 do not agree."),
        (9, "7", "Line 2: the document number L898902C3 and its check digit 7 do not agree."),
        (9, "<", "Line 2: the document number L898902C3 and its check digit < do not agree."),
        (18, "3", "Line 2: the date of birth 740813 and its check digit 2 do not agree."),
        (21, "2", "Line 2: the date of expiry 220415 and its check digit 9 do not agree."),
        (42, "<", "Line 2: the personal number ZE184226B and its check digit < do not agree."),
        (43, "1", "Line 2: its last digit, 1, does not agree with the line as a whole."),
        (43, "<", "Line 2: its last digit, <, does not agree with the line as a whole."),
        (20, "Z", "Line 2: the sex is M, F or <, and here stands Z."),
        (12, "0", "The nationality holds the digit 0, where only letters can stand."),
    ],
)
def test_a_slip_is_named_by_its_field(position: int, character: str, message: str) -> None:
    assert fault(line2=FACTS[:position] + character + FACTS[position + 1 :]) == message


def test_a_line_of_another_length_is_refused_with_its_length() -> None:
    assert fault(line1=NAMES[:-1]) == "Line 1 has 43 characters, not 44."
    assert fault(line2=f"{FACTS}<") == "Line 2 has 45 characters, not 44."
    assert fault(line2="") == "Line 2 has 0 characters, not 44."


def test_lines_that_are_no_passport_s_are_refused() -> None:
    assert fault(FACTS, NAMES) == "Line 1 of a passport begins with P, and this one with L."
    assert fault(line1=NAMES.replace("ANNA", "4NNA")) == "The name holds the digit 4, where only letters can stand."
    assert fault(line1="P<UTO".ljust(44, "<")) == "The name is empty."
    assert fault(line1=NAMES.replace("UTO", "<<<")) == "The issuing country is empty."
    assert fault(line2=facts(number="")) == "Line 2 holds no document number."


def test_a_date_that_is_incomplete_or_impossible_is_refused() -> None:
    assert fault(line2=facts(born="74<<<<")) == "Line 2: the date of birth 74<<<< is not six digits."
    assert fault(line2=facts(born="740230")) == "Line 2: the date of birth 740230 is no day of the calendar."
    assert fault(line2=facts(expires="121301")) == "Line 2: the date of expiry 121301 is no day of the calendar."
    assert fault(today=date.min).startswith("Line 2: the date of birth 740812")


def test_codes_and_names_lose_their_fillers_and_the_sex_may_be_unstated() -> None:
    passport = read_mrz("PDD<<" + "SUKARNO".ljust(39, "<"), facts(number="12<34", sex="<", nationality="D"), TODAY)
    assert (passport.document_type, passport.issuing_country, passport.nationality) == ("PD", "D", "D")
    assert (passport.full_name, passport.number, passport.sex) == ("SUKARNO", "1234", None)
    assert read_mrz(NAMES, facts(sex="M"), TODAY).sex == "M"
    assert read_mrz(NAMES, facts(sex="X"), TODAY).sex is None


def test_a_name_that_fills_the_line_is_read_whole() -> None:
    long_name = "VERYLONGSURNAMEOFAFAMILY<<WITHMANYGIVEN<N"[:39]
    assert read_mrz(f"P<UTO{long_name}", FACTS, TODAY).full_name == "VERYLONGSURNAMEOFAFAMILY WITHMANYGIVEN"


@pytest.mark.parametrize("digit", ["<", "0"])
def test_a_passport_without_a_personal_number_may_leave_its_digit_out(digit: str) -> None:
    line = facts(personal="")
    passport = read_mrz(NAMES, line[:42] + digit + line[43:], TODAY)
    assert passport.personal_number is None


def test_a_digit_for_no_personal_number_must_be_that_of_nothing() -> None:
    document, dates = FACTS[:10], FACTS[13:20] + FACTS[21:28]
    empty = "<" * 14 + "5"
    line = f"{FACTS[:28]}{empty}{check_digit(document + dates + empty)}"
    assert fault(line2=line) == "Line 2: the personal number < and its check digit 5 do not agree."


def test_a_birth_is_never_after_today() -> None:
    assert read_mrz(NAMES, facts(born="100601"), TODAY).born == date(2010, 6, 1)
    assert read_mrz(NAMES, facts(born="100602"), TODAY).born == date(1910, 6, 2)
    assert read_mrz(NAMES, facts(born="000229"), TODAY).born == date(2000, 2, 29)


def test_an_expiry_lies_within_fifty_years_of_today() -> None:
    assert read_mrz(NAMES, facts(expires="600531"), TODAY).expires == date(2060, 5, 31)
    assert read_mrz(NAMES, facts(expires="600601"), TODAY).expires == date(1960, 6, 1)
    assert read_mrz(NAMES, facts(expires="990101"), TODAY).expires == date(1999, 1, 1)


@pytest.mark.parametrize("text", [f"{NAMES}\n{FACTS}", f"\n {NAMES}\r\n\n{FACTS}\n", NAMES + FACTS, f"{NAMES} {FACTS}"])
def test_both_lines_may_come_in_one_text(text: str) -> None:
    assert split_mrz(text) == (NAMES, FACTS)


def test_two_lines_of_any_length_stay_two_lines() -> None:
    assert split_mrz("P<UTO\nL898") == ("P<UTO", "L898")


@pytest.mark.parametrize(("text", "count"), [("", 0), (NAMES, 44), (NAMES + FACTS + "<", 89)])
def test_a_text_of_another_length_is_refused_with_its_length(text: str, count: int) -> None:
    with pytest.raises(MrzFault, match=f"88 characters together, and these have {count}"):
        split_mrz(text)


@given(st.sampled_from(CHECKED), st.sampled_from(ALPHABET + "<"))
def test_a_changed_character_is_seen_unless_its_value_differs_by_tens(position: int, character: str) -> None:
    before = FACTS[position]
    assume(character != before)
    line = FACTS[:position] + character + FACTS[position + 1 :]
    is_digit_itself = position in {9, 19, 27, 42, 43}
    if is_digit_itself or (value(character) - value(before)) % 10:
        fault(line2=line)


@given(st.text(ALPHABET + "<", min_size=1, max_size=39), st.data())
def test_a_check_digit_sees_every_change_but_those_by_tens(text: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(text) - 1))
    character = data.draw(st.sampled_from(ALPHABET + "<"))
    changed = text[:position] + character + text[position + 1 :]
    same_digit = (value(character) - value(text[position])) % 10 == 0
    assert (check_digit(changed) == check_digit(text)) == same_digit


codes = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=3)
people: dict[str, st.SearchStrategy[Any]] = {
    "name": st.lists(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=9), min_size=1, max_size=3),
    "number": st.text(ALPHABET, min_size=3, max_size=9),
    "personal": st.text(ALPHABET, max_size=14),
    "age": st.integers(0, 36000),
    "left": st.integers(-18000, 18000),
}


@given(st.fixed_dictionaries(people), codes, codes, st.sampled_from("MF"), st.dates(date(1951, 1, 1), date(2099, 1, 1)))
def test_a_made_up_passport_is_read_back(
    person: dict[str, Any], issuer: str, nationality: str, sex: str, today: date
) -> None:
    born, expires = (date.fromordinal(today.toordinal() + days) for days in (-person["age"], person["left"]))
    line1 = f"P<{issuer.ljust(3, '<')}{'<<'.join([person['name'][0], '<'.join(person['name'][1:])])}".ljust(44, "<")
    line2 = facts(person["number"], f"{born:%y%m%d}", f"{expires:%y%m%d}", person["personal"], sex, nationality)
    assert read_mrz(line1, line2, today) == Passport(
        document_type="P",
        issuing_country=issuer,
        full_name=" ".join(person["name"]),
        number=person["number"],
        nationality=nationality,
        born=born,
        sex=sex,  # type: ignore[arg-type]
        expires=expires,
        personal_number=person["personal"] or None,
    )


@given(st.text(st.characters(exclude_categories=())), st.text(st.characters(exclude_categories=())), st.dates())
def test_any_two_lines_are_a_passport_or_refused(line1: str, line2: str, today: date) -> None:
    for read in (lambda: read_mrz(line1, line2, today), lambda: split_mrz(line1)):
        try:
            read()
        except MrzFault as refused:
            assert str(refused)  # noqa: PT017 the sentence itself is what is asked for
