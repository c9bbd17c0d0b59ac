"""Places: a district, a village or a regency by code or by name in any spelling, and the office's own area."""

from typing import TYPE_CHECKING

import pytest

from timpora_cli import data
from timpora_cli.actions import regions
from timpora_cli.queries.places import (
    AmbiguousDistrict,
    AmbiguousVillage,
    NoDistrict,
    NoVillage,
    district_named,
    district_of,
    village_named,
    village_rows,
)
from timpora_cli.queries.settings import AmbiguousRegency, area, area_named

if TYPE_CHECKING:
    from tests.conftest import Office

SHIPPED = list(data.rows("regions.csv"))
VILLAGES = [row for row in SHIPPED if len(row["code"]) == 13]
DISTRICTS = [row for row in SHIPPED if len(row["code"]) == 8]
OURS = [("19.02", "Kabupaten Belitung"), ("19.06", "Kabupaten Belitung Timur")]
ELSEWHERE = [
    ("11", "Aceh"),
    ("11.01", "Kabupaten Aceh Selatan"),
    ("11.01.01", "Bakongan"),
    ("11.01.01.2001", "Keude Bakongan"),
    ("11.01.02", "Kluet Utara"),
    ("19.01", "Kabupaten Bangka"),
    ("19.10", "A Regency Made Up"),
    ("19.10.01", "Badau"),
    ("19.10.01.2001", "Padang"),
]


def load(office: "Office", rows: list[tuple[str, str]], *, ours: bool = False) -> None:
    with office.change() as change:
        regions.load(change, [regions.Region(*row) for row in rows], ours=ours)


@pytest.fixture
def nation(office: "Office") -> "Office":
    """The office with places elsewhere on record."""
    load(office, ELSEWHERE)
    return office


# Districts and villages ---------------------------------------------------------------------------------------------


@pytest.mark.one_in(9)
@pytest.mark.parametrize("row", VILLAGES, ids=[row["code"] for row in VILLAGES])
def test_every_village_is_found_by_code_and_by_name_in_its_district(office: "Office", row: dict[str, str]) -> None:
    by_code = village_named(office.connection, f" {row['code']} ")
    district = next(each["name"] for each in DISTRICTS if each["code"] == row["parent_code"])
    assert (by_code.code, by_code.name, by_code.kind, by_code.district) == (
        row["code"],
        row["name"],
        row["level"],
        district,
    )
    for text in (f"{row['name']}, {district}", f"desa {row['name'].upper()},kec. {district}"):
        assert village_named(office.connection, text) == by_code
    if row["name"] != "Dukong":
        assert village_named(office.connection, row["name"]) == by_code


@pytest.mark.parametrize("row", DISTRICTS, ids=[row["code"] for row in DISTRICTS])
def test_every_district_is_found_by_code_and_by_name(office: "Office", row: dict[str, str]) -> None:
    for text in (row["code"], row["name"], f"KEC. {row['name'].upper()}", row["name"].lower().replace(" ", "")):
        district = district_named(office.connection, text)
        assert (district.code, district.name, district.ours) == (row["code"], row["name"], True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tanjung Pandan", "19.02.01"),
        ("KECAMATAN TANJUNG PANDAN", "19.02.01"),
        ("kec.tanjung-pandan", "19.02.01"),
        ("Tanjong Pandan", "19.02.01"),
        ("selatnasik", "19.02.03"),
        ("Simpang  Pesak", "19.06.07"),
    ],
)
def test_a_district_is_found_in_the_spellings_of_other_years(office: "Office", text: str, code: str) -> None:
    assert district_named(office.connection, text).code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Aik Merbau", "19.02.01.2012"),
        ("DESA AIR MERBAU", "19.02.01.2012"),
        ("airmerbau", "19.02.01.2012"),
        ("Air Pelempang Jaya", "19.02.01.2013"),
        ("Aik Pelempang Jaya", "19.02.01.2013"),
        ("Pulauseliu", "19.02.02.2009"),
        ("Sungaisamak", "19.02.05.2003"),
        ("Tanjung Tinggi", "19.02.04.2010"),
        ("Tanjong Pendam", "19.02.01.1009"),
        ("Tanjung Rusa", "19.02.02.2007"),
        ("Kel. Kota", "19.02.01.1001"),
        ("Kel. Paal Satu", "19.02.01.1011"),
        ("Membalong", "19.02.02.2001"),  # named like its district
    ],
)
def test_a_village_is_found_in_the_spellings_of_other_years(office: "Office", text: str, code: str) -> None:
    assert village_named(office.connection, text).code == code


def test_dukong_is_two_villages_and_asks_which(office: "Office") -> None:
    with pytest.raises(AmbiguousVillage) as asked:
        village_named(office.connection, "dukong")
    assert asked.value.exit_code == 2
    assert "dukong is the name of 2 villages" in str(asked.value)
    assert "19.02.01.2007 (Tanjungpandan), 19.06.07.2004 (Simpang Pesak)" in str(asked.value)
    assert "Dukong, Tanjungpandan" in str(asked.value)
    assert village_named(office.connection, "Dukong, Simpang Pesak").code == "19.06.07.2004"
    assert village_named(office.connection, "Dukong, 19.02.01").code == "19.02.01.2007"
    assert village_named(office.connection, "Dukong", ["19.06.07"]).code == "19.06.07.2004"
    with pytest.raises(AmbiguousVillage):
        village_named(office.connection, "Dukong", ["19.06.07", "19.02.01"])


@pytest.mark.parametrize(
    ("text", "nearest"), [("Air Merbo", "Air Merbau"), ("Tanjung Bingga", "Tanjung Binga"), ("Kecuput", "Keciput")]
)
def test_an_unknown_village_is_answered_with_the_nearest(office: "Office", text: str, nearest: str) -> None:
    with pytest.raises(NoVillage, match="There is no village") as error:
        village_named(office.connection, text)
    assert error.value.exit_code == 4
    assert text in str(error.value)
    assert nearest in str(error.value)


@pytest.mark.parametrize(("text", "nearest"), [("Tanjungpadan", "Tanjungpandan"), ("Sijok", "Sijuk")])
def test_an_unknown_district_is_answered_with_the_nearest(office: "Office", text: str, nearest: str) -> None:
    with pytest.raises(NoDistrict, match="There is no district") as error:
        district_named(office.connection, text)
    assert error.value.exit_code == 4
    assert f"Did you mean {nearest}" in str(error.value)


@pytest.mark.parametrize("text", ["", " ", "xyzzy", "19.02.01.9999", "%", "Air", "Nowhere, Sijuk", "Keciput, Badau"])
def test_what_is_no_village_is_never_taken_for_one(office: "Office", text: str) -> None:
    with pytest.raises(NoVillage):
        village_named(office.connection, text)


def test_a_village_in_a_district_that_is_not_there_names_the_district(office: "Office") -> None:
    with pytest.raises(NoDistrict):
        village_named(office.connection, "Keciput, Sijok")


def test_a_village_says_its_district_and_no_village_says_none(office: "Office") -> None:
    district = district_of(office.connection, "19.06.07.2004")
    assert district is not None
    assert district.name == "Simpang Pesak"
    assert district_of(office.connection, None) is None


def test_villages_are_listed_by_code_within_a_district(office: "Office") -> None:
    assert [village.name for village in village_rows(office.connection, ours=True, district="19.06.07")] == [
        "Simpang Pesak",
        "Tanjung Batu Itam",
        "Tanjung Kelumpang",
        "Dukong",
    ]
    assert len(village_rows(office.connection, ours=True)) == 88


def test_a_name_that_several_places_bear_is_ours_unless_the_other_is_named(office: "Office") -> None:
    load(office, ELSEWHERE)
    assert district_named(office.connection, "Badau").code == "19.02.05"
    assert village_named(office.connection, "Padang").code == "19.06.01.2003"
    assert village_named(office.connection, "Padang, 19.10.01").code == "19.10.01.2001"
    assert village_named(office.connection, "Keude Bakongan").code == "11.01.01.2001"


def test_a_name_that_several_foreign_districts_bear_asks_for_the_code(office: "Office") -> None:
    load(office, [("11", "A"), ("11.01", "B"), ("11.01.01", "Suka Maju"), ("11.01.02", "Sukamaju")])
    with pytest.raises(
        AmbiguousDistrict, match=r"is the name of 2 districts: 11\.01\.01 Suka Maju, 11\.01\.02"
    ) as error:
        district_named(office.connection, "suka maju")
    assert error.value.exit_code == 2


# The office's own area ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "11.01 19.02",
        "11.01,19.02",
        " 19.02 , 11.01, ",
        "Aceh Selatan, Belitung",
        "KAB. BELITUNG, kabupaten aceh selatan",
        "19.02 Kabupaten Belitung, 11.01 Kabupaten Aceh Selatan",
        "11.01 11.01 Belitung",
    ],
)
def test_an_area_is_given_by_codes_or_names(nation: "Office", text: str) -> None:
    assert area_named(nation.connection, text) == ["11.01", "19.02"]


def test_a_name_that_two_regencies_bear_is_asked_about(nation: "Office") -> None:
    load(nation, [("12", "Lain"), ("12.01", "Kab. Bangka"), ("12.01.01", "Contoh")])
    with pytest.raises(AmbiguousRegency, match=r"Bangka is the name of 2 regencies: 12\.01 Kab\. Bangka, 19\.01"):
        area_named(nation.connection, "Bangka")


def test_where_a_part_of_a_regency_is_ours_the_area_names_that_part(nation: "Office") -> None:
    load(nation, [("11.01.02", "Kluet Utara")], ours=True)
    assert area(nation.connection) == [("11.01.02", "Kluet Utara"), *OURS]
    load(nation, [("11.01.01", "Bakongan")], ours=True)
    assert area(nation.connection) == [("11.01", "Kabupaten Aceh Selatan"), *OURS]
