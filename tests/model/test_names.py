"""Folding, canonical numbers and harmless showing, with the spellings that real sheets hold."""

import csv
import unicodedata
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import timpora_cli
from timpora_cli.errors import WrongUsage
from timpora_cli.model import names
from timpora_cli.model.names import (
    NotAPassportNumber,
    NotAPermitNumber,
    did_you_mean,
    excerpt,
    fold_name,
    fold_number,
    fold_place,
    inert,
    nearest,
    passport_number,
    permit_number,
    visible,
    whole_number,
)

REGIONS = Path(timpora_cli.__file__).parent / "data" / "regions.csv"

any_text = st.text(st.characters(exclude_categories=()))


def regions() -> list[dict[str, str]]:
    with REGIONS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("José Ángel NÚÑEZ", "jose angel nunez"),
        ("JOSE\u0301", "josé"),
        ("O'Brien", "obrien"),
        ("O’Brien", "OBRIEN"),
        ("Nur ʿAzīz", "nur aziz"),
        ("Anne-Marie", "anne marie"),
        ("  De   La\tCruz ", "de la cruz"),
        ("STRAẞE", "Strasse"),
        ("Müßig", "mussig"),
        ("Søren Łukasz Đorđe", "soren lukasz dorde"),
        ("Ægir Þór Œuvre", "aegir thor oeuvre"),
        ("Ǿstergaard", "ostergaard"),
        ("İbrahim Yıldız", "ibrahim yildiz"),
        ("Əliyev", "eliyev"),
        ("Eriksson, Anna M.", "ERIKSSON ANNA M"),
        ("ＡＢＥ", "abe"),
        ("Йосиф", "иосиф"),
        ("Mari\u200bam\u202e", "mariam"),
        ("Anna\udc80", "anna"),
        ("ᾳ ͅ", "αι ι"),
        ("ﬁnn ℡", "FINN TEL"),
    ],
)
def test_two_spellings_of_a_name_meet(written: str, searched: str) -> None:
    assert fold_name(written) == fold_name(searched)


@pytest.mark.parametrize("name", ["محمد علی", "王小明", "山田 太郎", "सुनील", "นภา", "김민수"])
def test_letters_of_other_scripts_are_kept(name: str) -> None:
    assert unicodedata.normalize("NFC", fold_name(name)) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    ("text", "fold"),
    [
        ("Tanjung Pandan", "tanjungpandan"),
        ("Tanjungpandan", "tanjungpandan"),
        ("KEC. TANJUNG PANDAN", "tanjungpandan"),
        ("Kec.Tanjong-Pandan", "tanjungpandan"),
        ("kecamatan tanjung pandan", "tanjungpandan"),
        ("Aik Merbau", "airmerbau"),
        ("Desa Air Merbau", "airmerbau"),
        ("AIKMERBAU", "airmerbau"),
        ("Pulauseliu", "pulauseliu"),
        ("KAB. BELITUNG", "belitung"),
        ("Kabupaten Belitung", "belitung"),
        ("Kota Adm. Jakarta Utara", "jakartautara"),
        ("Kab. Administrasi Kepulauan Seribu", "kepulauanseribu"),
        ("Prov. Kepulauan Bangka Belitung", "kepulauanbangkabelitung"),
        ("Desa/Kel. Parit", "parit"),
        ("Jum'at", "jumat"),
        ("Desa 2", "2"),
        ("A Ik", "air"),
        ("Tan Jong", "tanjung"),
        ("Sungaikering", "sungaikering"),
        ("Kota", "kota"),
        ("Kel. Kota", "kota"),
        ("Desa Kota", "kota"),
        ("Kota Baru", "kotabaru"),
        ("Kota Adm", "kotaadm"),
        ("Desa", "desa"),
        ("Kelurahan", "kelurahan"),
        ("Kelubi", "kelubi"),
        ("Desa Kel", "kel"),
        (" - ", ""),
    ],
)
def test_a_place_folds_to_its_bare_letters(text: str, fold: str) -> None:
    assert fold_place(text) == fold


def test_the_regions_of_the_office_collide_only_where_their_names_do() -> None:
    by_fold = defaultdict(list)
    for row in regions():
        by_fold[fold_place(row["name"])].append(row)
    assert len(regions()) == 103
    assert "" not in by_fold
    shared = {fold: sorted(row["code"] for row in rows) for fold, rows in by_fold.items() if len(rows) > 1}
    assert shared.pop("dukong") == ["19.02.01.2007", "19.06.07.2004"]
    assert len(shared) == 7
    for kecamatan, village in shared.values():
        assert village.startswith(f"{kecamatan}.")


def test_every_region_is_found_under_its_kind_and_in_capitals() -> None:
    kinds = {"provinsi": "Prov. ", "kabupaten": "", "kecamatan": "KEC. ", "kelurahan": "kel. ", "desa": "Desa "}
    for row in regions():
        fold = fold_place(row["name"])
        assert fold_place(kinds[row["level"]] + row["name"].upper()) == fold
        assert fold_place(row["name"].replace(" ", "")) == fold or row["level"] == "kabupaten"


@pytest.mark.slow
@given(
    st.one_of(any_text, st.lists(st.sampled_from(["a", "ik", "aik", " ", "desa", "kota", "adm", "tan", "jong", "-"])))
)
def test_folding_twice_changes_nothing(text: str | list[str]) -> None:
    text = "".join(text)
    assert fold_name(fold_name(text)) == fold_name(text)
    assert fold_place(fold_place(text)) == fold_place(text)


@pytest.mark.slow
def test_no_letter_of_unicode_folds_further_than_once() -> None:
    for letter in map(chr, range(0x30000)):
        folded = fold_name(letter)
        assert folded == letter or fold_name(folded) == folded


@given(any_text)
def test_a_fold_can_be_stored_and_searched(text: str) -> None:
    fold_name(text).encode()
    assert fold_place(text).isalnum() or not fold_place(text)


@pytest.mark.slow
@given(st.text(st.characters(codec="latin-1", categories=("L", "Nd", "Zs"))), st.integers(0, 20), st.integers(0, 20))
def test_a_part_of_a_name_is_found_within_it_in_any_case(name: str, start: int, length: int) -> None:
    part = name[start : start + length].strip()
    assert fold_name(part.upper()) in fold_name(name)


def test_a_misspelt_place_is_answered_with_the_nearest() -> None:
    names = [row["name"] for row in regions()]
    assert nearest("Aik Palempang Jaya", names)[0] == "Aik Pelempang Jaya"
    assert nearest("KEC. TANJUNGPANDANG", names)[0] == "Tanjungpandan"
    assert nearest("dukung", names)[0] == "Dukong"
    assert nearest("Merbau", names)[0] == "Air Merbau"
    assert nearest("zzzz", names) == []
    assert nearest("", names) == []


def test_one_misspelt_word_of_a_name_is_answered_with_every_name_that_has_it() -> None:
    people = ["Bluey McNowhere", "Ann Invented", "Bob Invented"]
    assert nearest("Bluee", people) == ["Bluey McNowhere"]
    assert nearest("Invinted", people) == ["Ann Invented", "Bob Invented"]


def test_a_value_with_the_very_word_comes_before_one_that_is_only_near() -> None:
    assert nearest("kampit", ["Kampot", "Kelapa Kampit"]) == ["Kelapa Kampit", "Kampot"]


def test_the_nearest_are_named_in_a_question_and_nothing_is_asked_where_none_is_near() -> None:
    assert did_you_mean("dukung", ["Dukong", "Dukang", "Sijuk"]) == " Did you mean Dukong, Dukang?"
    assert did_you_mean("dukung", ["Dukong", "Dukang"], limit=1) == " Did you mean Dukong?"
    assert did_you_mean("xyzzy", ["Sijuk"]) == ""


def test_no_more_than_the_limit_is_suggested_and_nothing_twice() -> None:
    assert nearest("kita", ["KITAP", "KITAS", "ITK", "KITAP"], limit=2) == ["KITAS", "KITAP"]
    assert nearest("dukong", ["Dukong", "DUKONG", "Dukong"], limit=1) == ["Dukong"]
    assert nearest("dukong", ["Dukong", "DUKONG", "Dukong"]) == ["Dukong", "DUKONG"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("x0012345", "X0012345"),
        (" X 001-23.45 ", "X0012345"),
        ("'00123456", "00123456"),
        ("’00123456", "00123456"),
        ("X–001\u00a02345", "X0012345"),
        ("AB1", "AB1"),
        ("A1" * 10, "A1" * 10),
        ("NX.0000020", "NX0000020"),
        ("NX_0000021", "NX0000021"),
        ("No. NX0000011", "NX0000011"),
        ("Paspor NX0000013", "NX0000013"),
        ("Paspor: NX0000014", "NX0000014"),
        ("Passport No NX0000015", "NX0000015"),
        ("PASPOR-NX0000016", "NX0000016"),
        ("NO123456", "NO123456"),  # the letters of a number
    ],
)
def test_a_passport_number_has_one_canonical_form(text: str, number: str) -> None:
    assert passport_number(text) == number
    assert passport_number(number) == number


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it has 0 letters and digits, not 3 to 20"),
        ("-", "it has 0 letters and digits, not 3 to 20"),
        ("A1", "it has 2 letters and digits, not 3 to 20"),
        ("1" * 21, "it has 21 letters and digits, not 3 to 20"),
        ("X0012/45", "only the letters A to Z and the digits 0 to 9 may stand in it"),
        ("X00१२345", "only the letters A to Z and the digits 0 to 9 may stand in it"),
        ("Straße12", "only the letters A to Z and the digits 0 to 9 may stand in it"),
        ("X00\u200e12345", "only the letters A to Z and the digits 0 to 9 may stand in it"),
        ("X00\x0012345", "only the letters A to Z and the digits 0 to 9 may stand in it"),
        *((word, "a word or one sign repeated is no number") for word in ("hilang", "dalam proses", "TBA", "XXXXXXX")),
        ("000000000", "a word or one sign repeated is no number"),
        ("00123", "of digits alone it would have 6 to 12, and it has 5"),
        ("12345678901234567890", "of digits alone it would have 6 to 12, and it has 20"),
    ],
)
def test_what_is_no_passport_number_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(NotAPassportNumber) as refused:
        passport_number(text)
    assert refused.value.values["reason"] == why
    assert refused.value.exit_code == 2
    assert str(refused.value).startswith(f'"{visible(text)}" is not a passport number: {why}.\n')


@pytest.mark.slow
@given(any_text)
def test_a_passport_number_is_plain_or_refused(text: str) -> None:
    try:
        number = passport_number(text)
    except NotAPassportNumber:
        return
    assert number.isascii()
    assert number.isalnum()
    assert number == number.upper()
    assert 3 <= len(number) <= 20
    assert passport_number(f"' {number.lower()} ") == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (" 2C21JD0001-V ", "2C21JD0001-V"),
        ("'0012/IMI  2020", "0012/IMI 2020"),
        ("2c21\n jd", "2c21 jd"),
        ("' 7", "7"),
    ],
)
def test_a_permit_number_keeps_its_letters_and_loses_its_spaces(text: str, number: str) -> None:
    assert permit_number(text) == number


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing is written"),
        (" ' ", "nothing is written"),
        ("2C\x1b21", "it holds a character that cannot be seen"),
        ("2C\x0021", "it holds a character that cannot be seen"),
        ("2C\u202e21", "it holds a character that cannot be seen"),
        ("2C\u200d21", "it holds a character that cannot be seen"),
        ("2C\udc8021", "it holds a character that cannot be seen"),
    ],
)
def test_what_is_no_permit_number_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(NotAPermitNumber) as refused:
        permit_number(text)
    assert refused.value.values["reason"] == why
    assert isinstance(refused.value, WrongUsage)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[red]Anna[/red] :smile:", "[red]Anna[/red] :smile:"),
        ("Zoë Ørsted", "Zoë Ørsted"),
        ("\x1b[2JAnna", r"\x1b[2JAnna"),
        ("a\x00b\x7fc\x9bd", r"a\x00b\x7fc\x9bd"),
        ("a\tb\r\nc", r"a\tb\r\nc"),
        ("\u202eannA\u202c", r"\u202eannA\u202c"),
        ("\u2066a\u2069\u200e\u200f\u061c", r"\u2066a\u2069\u200e\u200f\u061c"),
        ("a\u2028b\u2029c\ufeff\u00ad", r"a\u2028b\u2029c\ufeff\xad"),
        ("a\udc80", r"a\udc80"),
        ("a\U000e0041\U000e0001", r"a\U000e0041\U000e0001"),
        ("\u3164\u2800", r"\u3164\u2800"),
        ("علی\u200cرضا क\u094d\u200dष", "علی\u200cرضا क\u094d\u200dष"),
        ("a\u00a0b\u3000c", "a\u00a0b\u3000c"),
        ("", ""),
    ],
)
def test_what_cannot_be_seen_is_spelt_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(any_text)
def test_nothing_shown_can_steer_a_terminal(text: str) -> None:
    shown = visible(text)
    shown.encode()
    for character in shown:
        assert unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
        assert unicodedata.category(character) != "Cf" or character in "\u200c\u200d"
    assert visible(shown) == shown


def test_an_error_repeats_the_beginning_of_a_long_value() -> None:
    assert excerpt("  short\n ") == "short"
    assert excerpt("x" * 60) == "x" * 60
    assert excerpt("x" * 61) == "x" * 60 + "…"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+62 812 555",
        "+62812555",
        "@SUM(A1)",
        "-1+1",
        "-cmd",
        "--1",
        "-5,000.00.1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_is_made_inert(text: str) -> None:
    for before in ("", " ", "\ufeff", "\x00 "):
        assert inert(before + text) == f"'{before}{text}"
        assert inert(f"'{before}{text}") == f"'{before}{text}"


@pytest.mark.parametrize("before", ["\t", "\n", "\r", ";", "Ann;", "Ann\t", "Ann\n\t", "'Ann';;"])
@pytest.mark.parametrize("text", ["=1+1", "+62 812", "@SUM(A1)", "-cmd", " =1"])
def test_so_is_what_another_separator_would_make_a_cell(before: str, text: str) -> None:
    assert inert(before + text) == f"{before}'{text}"
    assert inert(inert(before + text)) == inert(before + text)
    assert inert(f"{before}{text};b;{text}") == f"{before}'{text};b;'{text}"


def test_a_cell_that_hides_its_sign_is_made_inert() -> None:
    assert inert(" -5") == "' -5"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "Anna",
        "-5",
        "-5.25",
        "-5,5",
        "-",
        "-5\n",
        "Ann;-5;-",
        "\tAnna",
        "\t-",
        "a=b",
        "'=1",
        "5-3",
        "O'Brien",
        "2020-09-20",
    ],
)
def test_a_harmless_cell_is_left_as_it_is(text: str) -> None:
    assert inert(text) == text


@pytest.mark.parametrize("number", ["2c21 JD-0001", "2C21JD0001", " 2C21–JD 00-01 ", "2c21jd−0001", "2C21JD‑0001"])
def test_blanks_dashes_and_letter_case_are_no_part_of_a_number(number: str) -> None:
    assert fold_number(number) == "2C21JD0001"


@pytest.mark.parametrize("number", ["2C21JD0002", "2C21JD000", "2C21/JD0001", "2C21.JD0001", "O2C21JD0001"])
def test_a_number_with_another_sign_is_another_number(number: str) -> None:
    assert fold_number(number) != "2C21JD0001"


@pytest.mark.parametrize("text", ["-", " – - "])
def test_a_permit_number_is_more_than_dashes(text: str) -> None:
    with pytest.raises(NotAPermitNumber, match="nothing is written"):
        permit_number(text)


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("7", 7), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_a_whole_number_is_digits_alone(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", " 7", "-7", "+7", "7.0", "1_000", "²", "٣", "x", "9" * 19, "9" * 5000])
def test_what_is_no_whole_number_is_none(text: str) -> None:
    assert whole_number(text) is None


def test_a_whole_number_is_at_most_the_greatest_that_is_asked_for() -> None:
    assert (whole_number("1200", 1200), whole_number("1201", 1200)) == (1200, None)


# The length of a name


def test_a_name_has_single_blanks_and_at_most_two_hundred_characters() -> None:
    assert names.name("  Ann \n Invented ") == "Ann Invented"
    assert names.name("n" * 200) == "n" * 200
    with pytest.raises(names.NoName, match="more than 200 characters"):
        names.name("n" * 201)
    with pytest.raises(names.NoName, match="more than 100 characters"):
        names.name("n" * 101, names.LONGEST_OFFICER)


def test_the_name_of_a_person_in_a_sheet_has_a_letter() -> None:
    assert names.full_name("李 小龍") == "李 小龍"
    with pytest.raises(names.NoName, match="no letter"):
        names.full_name("12 - 3")
