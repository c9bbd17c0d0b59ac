"""`resident add --mrz`: a passport's two machine-readable lines, read and checked."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import PassportLines, Timpora


def mrz(lines: tuple[str, str]) -> list[str]:
    return ["--mrz", lines[0], "--mrz", lines[1]]


def test_the_two_lines_of_a_passport_say_who(empty: "Timpora", passport_lines: "PassportLines") -> None:
    assert empty.answer("resident", "add", *mrz(passport_lines()), "--village", "Air Merbau") == (
        "Resident 1 recorded: INVENTED ANN MARIE. Tanjungpandan now counts 1.\n"
    )
    row = empty.rows("resident", "show", "1")[0]
    assert [row[key] for key in ("name", "nationality", "sex", "born", "passport_number")] == [
        "INVENTED ANN MARIE", "AUS", "F", "1990-02-28", "X90000002",
    ]  # fmt: skip
    passports = empty.rows("expiring", "--passports", "--before", "2028-05-20")
    assert (passports[0]["passport_country"], passports[0]["expires_on"]) == ("AUS", "2028-05-19")


def test_what_is_typed_goes_before_what_the_passport_says(empty: "Timpora", passport_lines: "PassportLines") -> None:
    empty.answer("resident", "add", *mrz(passport_lines()), "--name", "Ann Marie Invented", "--born", "1990-02-27")
    row = empty.rows("resident", "show", "1")[0]
    assert (row["name"], row["born"], row["passport_number"]) == ("Ann Marie Invented", "1990-02-27", "X90000002")


def test_a_german_passport_names_germany_by_one_letter(empty: "Timpora", passport_lines: "PassportLines") -> None:
    empty.answer("resident", "add", *mrz(passport_lines(country="D<<")))
    assert empty.rows("resident", "show", "1")[0]["country"] == "Germany"


def test_both_lines_may_come_in_one_piece(empty: "Timpora", passport_lines: "PassportLines") -> None:
    first, second = passport_lines()
    empty.answer("resident", "add", "--mrz", first + second)
    empty.answer("resident", "edit", "1", "--passport", "X90000003")
    assert empty.refused(1, "resident", "add", "--mrz", f"{first}\n{second.lower()}").startswith(
        "Passport X90000002 of"
    )


@pytest.mark.parametrize(
    ("place", "letter", "said"),
    [
        (8, "3", "Line 2: the document number X90000003 and its check digit"),
        (15, "1", "Line 2: the date of birth 901228 and its check digit"),
        (23, "6", "Line 2: the date of expiry 286519 and its check digit"),
        (30, "9", "Line 2: the personal number"),
        (43, "x", "Line 2: its last digit"),
    ],
)
def test_a_wrong_digit_is_refused_with_the_part_it_stands_in(
    empty: "Timpora", passport_lines: "PassportLines", place: int, letter: str, said: str
) -> None:
    first, second = passport_lines()
    wrong = str((int(second[43]) + 1) % 10) if letter == "x" else letter
    typed = second[:place] + wrong + second[place + 1 :]
    assert empty.refused(2, "resident", "add", "--mrz", first, "--mrz", typed).startswith(said)
    assert empty.answer("resident", "list") == ""


def test_the_specimen_of_the_standard_is_of_no_country(empty: "Timpora", passport_lines: "PassportLines") -> None:
    first, second = (
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    )
    assert empty.refused(2, "resident", "add", "--mrz", first, "--mrz", second).startswith(
        "UTO is not a known country."
    )
    assert empty.refused(2, "resident", "add", "--mrz", first).startswith("The two lines have 88 characters together")
