"""The filters, the same on every list and count: or within one, and between two, and never silent about a typo."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

LISTS = (("expiring", "--within", "10y"), ("counts",), ("resident", "list"), ("permit", "list"))
EVERYONE = set(range(1, 50)) - {31, 43}
TANJUNGPANDAN = {4, 6, 7, 8, 10, 15, 16, 17, 18, 24, 26, 27, 30, 32, 37, 44, 46}


def people(timpora: "Timpora", *words: str) -> set[int]:
    return {int(row["resident_id"]) for row in timpora.rows("resident", "list", *words)}


@pytest.mark.slow
@pytest.mark.one_in(6)
@pytest.mark.parametrize(
    ("option", "spellings", "found"),
    [
        ("--district", ["Tanjungpandan", "tanjung pandan", "KEC. TANJUNG PANDAN", "19.02.01"], TANJUNGPANDAN),
        ("--village", ["Air Merbau", "aik merbau", "DESA AIR MERBAU", "19.02.01.2012"], {26}),
        ("--village", ["Dukong, Tanjungpandan", "dukong,19.02.01", "19.02.01.2007"], {46}),
        ("--class", ["ITK", "itk", "Kunjungan", "visit permit", "VISIT"], {39, 41, 45, 48, 49}),
        ("--class", ["KITAP", "itap", "Tetap", "permanent"], {1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 15}),
        ("--class", ["voa", "Visa on arrival", "visa kunjungan saat kedatangan"], {42}),
        ("--class", ["bvk", "bebas visa"], {46}),
        ("--class", ["dinas", "Service"], {32}),
        ("--group", ["visit", "VISIT", "kunjungan"], {39, 41, 42, 45, 46, 48, 49}),
        ("--group", ["official", "OFFICIAL"], {32}),
        ("--group", ["none", "tanpa izin"], {34}),
        ("--nationality", ["D", "DEU", "de", "Jerman", "germany"], {10, 17}),
        ("--nationality", ["CHN", "RRC", "Tiongkok", "china"], {9, 35}),
        ("--nationality", ["GBR", "Inggris", "uk"], {3, 24}),
        ("--purpose", ["study", "STUDY", "pelajar", "mahasiswa"], {30}),
        ("--purpose", ["Wisata", "tourism"], {39, 42, 49}),
        ("--sponsor", ["PT Tambak Rekaan", "pt tambak", "TAMBAK"], {36, 40}),
        ("--name", ["Ștefan", "stefan", "NASCOCIT", "născ"], {32}),
        ("--name", ["ausgedacht", "Ausgedacht"], {10, 17}),
        ("--state", ["OVERSTAY", "overstay", "Overstay"], {32}),
        ("--state", ["relief"], {39, 41, 42, 46, 48}),
        ("--state", ["unknown"], {36}),
    ],
)
def test_each_filter_in_any_case_and_accepted_word(
    timpora: "Timpora", option: str, spellings: list[str], found: set[int]
) -> None:
    for spelling in spellings:
        assert people(timpora, option, spelling) == found, spelling


@pytest.mark.slow
def test_a_filter_twice_means_either(timpora: "Timpora") -> None:
    assert people(timpora, "--class", "ITAP", "--class", "voa") == {1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 15, 42}
    assert people(timpora, "--district", "Damar", "--district", "Gantung") == {13, 28, 34, 38}
    assert people(timpora, "--name", "stefan", "--name", "ausgedacht") == {10, 17, 32}
    assert people(timpora, "--state", "overstay", "--state", "unknown") == {32, 36}
    assert people(timpora, "--purpose", "study", "--purpose", "tourism") == {30, 39, 42, 49}


@pytest.mark.slow
@pytest.mark.parametrize("words", LISTS)
def test_a_comma_means_either_as_repeating_does(timpora: "Timpora", words: tuple[str, ...]) -> None:
    for option, one, other in (
        ("--district", "Damar", "Gantung"),
        ("--class", "ITAP", "voa"),
        ("--village", "Air Merbau", "Keciput"),
        ("--state", "overstay", "unknown"),
        ("--name", "stefan", "ausgedacht"),
    ):
        repeated = timpora.answer(*words, option, one, option, other)
        assert timpora.answer(*words, option, f"{one},{other}") == repeated
        assert timpora.answer(*words, option, f" {one} , {other},") == repeated


def test_a_comma_within_a_value_is_a_part_of_it(timpora: "Timpora") -> None:
    timpora.answer("resident", "add", "--name", "Rekaan, Bob", "--nationality", "KOR", "--sponsor", "PT Umpama, Tbk")
    assert people(timpora, "--name", "rekaan, bob") == people(timpora, "--sponsor", "pt umpama, tbk") == {50}


@pytest.mark.parametrize(("option", "value"), [("--district", "Sijuk,Badaux"), ("--class", "KITAS,KITAZ")])
def test_of_several_values_the_wrong_one_is_named(timpora: "Timpora", option: str, value: str) -> None:
    said = timpora.refused(4 if option == "--district" else 2, "counts", option, value)
    wrong = value.partition(",")[2]
    assert f"{wrong} " in said or f"{wrong}." in said
    assert value not in said


@pytest.mark.slow
def test_two_filters_mean_both(timpora: "Timpora") -> None:
    assert people(timpora, "--class", "ITAP", "--district", "Sijuk") == {1, 2}
    assert people(timpora, "--class", "ITAP", "--district", "Sijuk", "--nationality", "NLD") == {2}
    assert people(timpora, "--class", "ITAP", "--class", "ITAS", "--district", "Damar", "--district", "Manggar") == {
        5, 9, 36, 38, 40,
    }  # fmt: skip
    assert people(timpora, "--state", "due", "--group", "visit") == {45}


@pytest.mark.parametrize("words", LISTS)
def test_every_list_takes_every_filter(timpora: "Timpora", words: tuple[str, ...]) -> None:
    filters = {
        "--district": "Tanjungpandan",
        "--village": "Tanjungpendam",
        "--class": "DINAS",
        "--group": "official",
        "--nationality": "Rumania",
        "--purpose": "penelitian",
        "--sponsor": "Kebumian",
        "--name": "stefan",
        "--state": "overstay",
    }
    rows = timpora.rows(*words, *[word for pair in filters.items() for word in pair])
    assert len(rows) == 1
    if words != ("counts",):
        assert rows[0]["resident_id"] == "32"
    else:
        assert (rows[0]["district"], rows[0]["official"], rows[0]["total"]) == ("Tanjungpandan", "1", "1")


def test_a_name_that_two_villages_bear_is_asked_about(timpora: "Timpora") -> None:
    assert timpora.refused(2, "resident", "list", "--village", "Dukong") == (
        "Dukong is the name of 2 villages: 19.02.01.2007 (Tanjungpandan), 19.06.07.2004 (Simpang Pesak). "
        "Name the district too (Dukong, Tanjungpandan), or give the code.\n"
    )
    assert people(timpora, "--village", "Dukong", "--district", "Tanjungpandan") == {46}


@pytest.mark.one_in(7)
@pytest.mark.parametrize("words", LISTS)
@pytest.mark.parametrize(
    ("option", "typed", "code", "said"),
    [
        ("--district", "Tanjungpadan", 4, "There is no district Tanjungpadan. Did you mean Tanjungpandan?"),
        ("--village", "Air Merbaw", 4, "There is no village Air Merbaw. Did you mean Air Merbau"),
        ("--name", "Stefen", 4, "There is nobody whose name holds Stefen."),
        ("--sponsor", "PT Tambak Rekan", 4, "There is no sponsor PT Tambak Rekan. Did you mean PT Tambak Rekaan"),
        ("--class", "KITAZ", 2, "KITAZ is not a known class. Did you mean KITAS?\nKnown: KITAP, KITAS, ITK,"),
        ("--group", "VIST", 2, "VIST is not a known group. Did you mean VISIT?"),
        ("--nationality", "Jermany", 2, "Jermany is not a known country. Did you mean Germany?"),
        ("--purpose", "wrok", 2, "wrok is not a known purpose. Did you mean WORK?"),
        ("--state", "overstayed", 2, "overstayed is not a known state. Did you mean OVERSTAY?"),
    ],
)
def test_a_misspelt_value_is_an_error_with_the_nearest_and_never_an_empty_list(
    timpora: "Timpora", words: tuple[str, ...], option: str, typed: str, code: int, said: str
) -> None:
    assert timpora.refused(code, *words, option, typed).startswith(said)
    assert timpora.refused(code, *words, "--format", "json", option, typed).startswith(said)


@pytest.mark.parametrize(
    "option",
    ["--district", "--village", "--class", "--group", "--nationality", "--purpose", "--sponsor", "--name", "--state"],
)
def test_an_empty_value_is_no_filter_and_no_wish(timpora: "Timpora", option: str) -> None:
    for typed in ("", " "):
        assert timpora.refused(2, "expiring", option, typed) == (
            f"{option} is empty. Give a value, or leave the option out.\n"
        )


@pytest.mark.slow
@pytest.mark.one_in(3)
@pytest.mark.parametrize("option", ["--district", "--village", "--class", "--name", "--sponsor", "--state"])
def test_a_value_of_several_lines_or_great_length_stays_one_short_line(timpora: "Timpora", option: str) -> None:
    for typed in ("a\nb: done", "x" * 5000, "\x1b[2Jz"):
        given = timpora("expiring", option, typed)
        assert (given.code, given.out) == (4 if option in {"--district", "--village", "--name", "--sponsor"} else 2, "")
        assert len(given.err.splitlines()) <= 2
        assert len(given.err) < 400
        assert "\x1b" not in given.err
