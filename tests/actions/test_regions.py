"""Regions: the office's own 88 villages, names in any spelling, lists of the whole country, and wrong ones."""

import csv
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from timpora_cli import data
from timpora_cli.actions import founding, regions
from timpora_cli.actions.regions import (
    BadRegionCode,
    BadRegionFile,
    Region,
    RegionExists,
    UnknownParent,
    read_regions,
)
from timpora_cli.errors import TimporaError
from timpora_cli.queries.places import (
    district_named,
    district_rows,
    village_named,
)
from timpora_cli.sheets.small_list import ListHeaders, UnreadableList
from timpora_cli.store.change import Author
from timpora_cli.store.connect import reading

if TYPE_CHECKING:
    from tests.conftest import Office

OURS = list(csv.DictReader((data.FOLDER / "regions.csv").read_text(encoding="utf-8").splitlines()))
DISTRICTS = [row for row in OURS if len(row["code"]) == 8]


def load(office: "Office", rows: Iterable[tuple[str, str]], ours: bool = False) -> dict[str, int]:
    with office.change() as change:
        return regions.load(change, [Region(*row) for row in rows], ours)


def file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "wilayah.csv"
    path.write_text(text, encoding=encoding, newline="")
    return path


def refused(office: "Office", kind: type[TimporaError], what: Callable[[], object]) -> str:
    before = office.dump()
    with pytest.raises(kind) as error:
        what()
    assert office.dump() == before
    assert error.value.exit_code == 1
    return str(error.value)


def import_file(office: "Office", path: Path) -> dict[str, int]:
    with office.change() as change:
        return regions.load(change, read_regions(path), ours=False)


# The office's own ---------------------------------------------------------------------------------------------------


def test_the_offices_area_is_two_regencies_twelve_districts_and_88_villages(office: "Office") -> None:
    assert office.rows("SELECT code, name FROM regency ORDER BY code") == [
        ("19.02", "Kabupaten Belitung"),
        ("19.06", "Kabupaten Belitung Timur"),
    ]
    sizes = {district.name: villages for district, _regency, villages in district_rows(office.connection, ours=True)}
    assert sizes == {
        "Tanjungpandan": 16, "Membalong": 12, "Selat Nasik": 4, "Sijuk": 10, "Badau": 7,
        "Manggar": 9, "Gantung": 7, "Dendang": 4, "Kelapa Kampit": 6, "Damar": 5, "Simpang Renggiang": 4,
        "Simpang Pesak": 4,
    }  # fmt: skip
    kinds = office.rows("SELECT kind, count(*) FROM village GROUP BY kind ORDER BY kind")
    assert kinds == [("desa", 81), ("kelurahan", 7)]


# Lists from files ---------------------------------------------------------------------------------------------------

SUMATRA = """kode,nama
11,Aceh
11.01,Kabupaten Aceh Selatan
11.01.01,Bakongan
11.01.01.2001,Keude Bakongan
19,Kepulauan Bangka Belitung
19.10,A Regency Made Up
19.10.01,Badau
19.10.01.2001,Padang
19.10.01.3001,A Customary Village
"""


def test_a_list_of_other_places_comes_beside_ours(office: "Office", tmp_path: Path) -> None:
    assert import_file(office, file(tmp_path, SUMATRA)) == {"province": 1, "regency": 2, "district": 2, "village": 3}
    assert office.rows("SELECT code, kind FROM village WHERE code LIKE '%.3001'") == [("19.10.01.3001", "desa adat")]
    assert len(district_rows(office.connection, ours=True)) == 12
    assert len(district_rows(office.connection, ours=False)) == 14
    assert {row.code for row in office.counts("2020-09-17")} == {row["code"] for row in DISTRICTS} | {None}


def test_a_code_is_text_so_that_19_10_is_not_19_1(office: "Office", tmp_path: Path) -> None:
    import_file(office, file(tmp_path, SUMATRA))
    assert office.rows("SELECT code, typeof(code) FROM regency WHERE code LIKE '19.1%'") == [("19.10", "text")]


def test_a_list_imported_twice_changes_nothing_the_second_time(office: "Office", tmp_path: Path) -> None:
    path = file(tmp_path, SUMATRA)
    import_file(office, path)
    before = office.dump()
    assert set(import_file(office, path).values()) == {0}
    assert office.dump() == before


def test_a_list_never_takes_a_district_out_of_our_area(office: "Office", tmp_path: Path) -> None:
    before = office.dump()
    import_file(office, file(tmp_path, (data.FOLDER / "regions.csv").read_text(encoding="utf-8")))
    assert office.dump() == before


def test_a_renamed_region_is_written_once_and_keeps_its_version(office: "Office") -> None:
    for code, name in (("19.02.01", "Tanjung Pandan"), ("19.02.01.2012", "Aik Merbau"), ("19.02", "Kab. Belitung")):
        office.rename_region(code, name)
    assert office.rows("SELECT name, folded, ours FROM district WHERE code = '19.02.01'") == [
        ("Tanjung Pandan", "tanjungpandan", 1)
    ]
    assert office.rows("SELECT code, name FROM district_version") == [("19.02.01", "Tanjungpandan")]
    assert office.rows("SELECT code, name FROM village_version") == [("19.02.01.2012", "Air Merbau")]
    assert village_named(office.connection, "air merbau").name == "Aik Merbau"


def test_a_district_can_come_into_our_area(office: "Office") -> None:
    load(office, [("11", "A"), ("11.01", "B"), ("11.01.01", "Bakongan")])
    assert not district_named(office.connection, "Bakongan").ours
    assert load(office, [("11.01.01", "Bakongan")], ours=True)["district"] == 0
    assert district_named(office.connection, "Bakongan").ours


def test_regions_may_come_in_any_order(office: "Office") -> None:
    rows = [("11.01.01.2001", "Keude"), ("11.01.01", "Bakongan"), ("11.01", "Aceh Selatan"), ("11", "Aceh")]
    assert set(load(office, rows).values()) == {1}


@pytest.mark.parametrize(
    "text",
    [
        "code,name\n11,Aceh\n",
        "KODE, Nama \n11,Aceh\n",
        "id,nama,kode\n1,Aceh,11\n",
        "\ufeffkode,nama\n11,Aceh\n",
        "kode,nama\r\n11,Aceh\r\n",
        'kode,nama\n"11"," Aceh "\n',
        "kode,nama\n11,Aceh",
    ],
)
def test_the_usual_ways_to_write_a_list_are_read(tmp_path: Path, text: str) -> None:
    assert list(read_regions(file(tmp_path, text))) == [Region("11", "Aceh")]


@pytest.mark.parametrize("text", ["", "11,Aceh\n", "kode;nama\n11;Aceh\n", "kode\n11\n", "nama\nAceh\n"])
def test_a_list_without_its_headers_is_refused_with_those_it_has(office: "Office", tmp_path: Path, text: str) -> None:
    sentence = refused(office, ListHeaders, lambda: import_file(office, file(tmp_path, text)))
    assert "has no columns kode and nama" in sentence
    assert f"it has: {text.partition(chr(10))[0].replace(',', ', ').casefold() or '-'}" in sentence


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    "code", ["1", "19.2", "1902", "19.02.1", "19.02.01.12", "19,02", "1٩", "", "x", "19.02.01.2012.1"]
)
def test_a_bad_code_is_refused_with_its_line_and_nothing_is_imported(
    office: "Office", tmp_path: Path, code: str
) -> None:
    path = file(tmp_path, f'kode,nama\n11,Aceh\n"{code}",Somewhere\n')
    sentence = refused(office, BadRegionFile, lambda: import_file(office, path))
    assert f'line 3: "{code}" is not a Kemendagri code' in sentence


def test_a_region_without_a_name_is_refused_with_its_line(office: "Office", tmp_path: Path) -> None:
    for line in ("11, ", "11"):
        path = file(tmp_path, f"kode,nama\n12,Sumatera Utara\n{line}\n")
        assert "line 3: 11 has no name" in refused(office, BadRegionFile, partial(import_file, office, path))


@pytest.mark.slow
def test_a_region_in_nothing_is_refused_and_nothing_is_imported(office: "Office") -> None:
    for code, parent in (("11.01", "11"), ("19.02.99.2001", "19.02.99"), ("19.07.01", "19.07")):
        sentence = refused(office, UnknownParent, partial(load, office, [("12", "North"), (code, "Somewhere")]))
        assert f"{code} lies in {parent}, which is not on record" in sentence


def test_a_list_in_another_encoding_is_refused_and_nothing_is_imported(office: "Office", tmp_path: Path) -> None:
    path = file(tmp_path, "kode,nama\n11,Ac\u00e9h\n", "latin-1")
    assert "it is not text in UTF-8" in refused(office, UnreadableList, lambda: import_file(office, path))


def test_a_list_that_is_no_sheet_is_refused(office: "Office", tmp_path: Path) -> None:
    path = file(tmp_path, f"kode,nama\n11,{'x' * 200_000}\n")
    assert "it is not a CSV file" in refused(office, UnreadableList, lambda: import_file(office, path))


@pytest.mark.parametrize("name", ["no-such-file.csv", "."])
def test_a_list_that_cannot_be_opened_is_refused(office: "Office", tmp_path: Path, name: str) -> None:
    assert str(tmp_path) in refused(office, UnreadableList, lambda: import_file(office, tmp_path / name))


@pytest.mark.slow
def test_a_register_is_made_with_other_regions_where_they_are_given(tmp_path: Path, author: Author) -> None:
    path = tmp_path / "register.db"
    made = founding.make(path, file(tmp_path, SUMATRA), author)
    assert made == {"province": 2, "regency": 2, "district": 2, "village": 3}
    with reading(path) as connection:
        assert [district.name for district, *_rest in district_rows(connection, ours=True)] == ["Bakongan", "Badau"]


# One by one ---------------------------------------------------------------------------------------------------------


def add(office: "Office", code: str, name: str, level: regions.Level) -> Region:
    with office.change() as change:
        return regions.add(change, code, name, level)


def test_a_village_is_added_to_our_area_by_hand(office: "Office") -> None:
    assert add(office, " 19.02.01.2099 ", " Desa Contoh ", "village") == Region("19.02.01.2099", "Desa Contoh")
    village = village_named(office.connection, "contoh")
    assert (village.code, village.name, village.ours) == ("19.02.01.2099", "Desa Contoh", True)


def test_a_district_is_added_to_our_area_by_hand(office: "Office") -> None:
    add(office, "19.02.06", "Contoh", "district")
    assert district_named(office.connection, "contoh").ours
    assert "19.02.06" in {row.code for row in office.counts("2020-09-17")}


@pytest.mark.slow
def test_a_region_added_by_hand_is_checked(office: "Office") -> None:
    assert "already on record" in refused(office, RegionExists, lambda: add(office, "19.02.01.2012", "X", "village"))
    for code in ("19.02.01", "19.2.1.2012", "", "19.02.01.2012x"):
        assert "one looks like 19.02.01.2012" in refused(
            office, BadRegionCode, partial(add, office, code, "X", "village")
        )
    refused(office, UnknownParent, lambda: add(office, "19.02.77.2001", "X", "village"))


# The whole country --------------------------------------------------------------------------------------------------


def country(provinces: int, regencies: int, districts: int, villages: int) -> Iterator[tuple[str, str]]:
    """A list of the size of the country's, made up; names repeat as they do there. Province 19 is left to us."""
    codes = [str(number) for number in range(11, 99) if number != 19][: provinces - 1]
    own = [(row["code"], row["name"]) for row in OURS]
    yield from own
    counts = {length: sum(len(code) == length for code, _name in own) for length in (5, 8, 13)}
    above = codes
    yield from ((code, f"Provinsi {code}") for code in codes)
    for length, wanted, template in (
        (5, regencies, "{}.{:02d}"),
        (8, districts, "{}.{:02d}"),
        (13, villages, "{}.2{:03d}"),
    ):
        made = [
            template.format(above[number % len(above)], number // len(above) + 1)
            for number in range(wanted - counts[length])
        ]
        yield from ((code, f"Suka{number % 20_000:05d} 'Aisyah") for number, code in enumerate(made))
        above = made


def imported(office: "Office", folder: Path, *size: int) -> dict[str, int]:
    path = folder / "wilayah.csv"
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(("kode", "nama"))
        writer.writerows(country(*size))
    return import_file(office, path)


def check_country(office: "Office", folder: Path, *size: int) -> None:
    own = (1, 2, 12, 88)
    assert list(imported(office, folder, *size).values()) == [
        whole - ours for whole, ours in zip(size, own, strict=True)
    ]
    totals = [
        office.rows(f"SELECT count(*) FROM {table}")[0][0] for table in ("province", "regency", "district", "village")
    ]
    assert tuple(totals) == size
    assert len(district_rows(office.connection, ours=True)) == 12
    assert set(imported(office, folder, *size).values()) == {0}
    assert village_named(office.connection, "Air Merbau").code == "19.02.01.2012"
    assert village_named(office.connection, "Suka00000 Aisyah, 11.01.01").district_code == "11.01.01"


@pytest.mark.slow
def test_a_small_country_is_imported(office: "Office", tmp_path: Path) -> None:
    check_country(office, tmp_path, 4, 12, 90, 1_000)


@pytest.mark.slow
def test_the_whole_country_is_imported(office: "Office", tmp_path: Path) -> None:
    check_country(office, tmp_path, 38, 514, 7_285, 83_762)
