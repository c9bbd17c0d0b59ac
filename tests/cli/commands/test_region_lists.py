"""A list of regions as of a day: what is new, renamed, swapped or ended, and who lives there, before it is taken in."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from timpora_cli import data

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

PEOPLE = """Nama,No Paspor,Kewarganegaraan,Jenis Izin,Nomor Izin,Tanggal Terbit,Tanggal Berakhir,Desa
Contoh Merbau,RA0000001,Belanda,ITAS,2C21FR0001,21/9/2019,20/9/2020,Air Merbau
Contoh Saga,RA0000002,Belanda,ITAS,2C21FR0002,21/9/2019,20/9/2020,Air Saga
Contoh Perawas,RA0000003,Belanda,ITAS,2C21FR0003,21/9/2019,20/9/2020,Perawas
"""
OURS = {row["code"]: row["name"] for row in data.rows("regions.csv")}
# Two villages leave for a new district, under new codes.
PARTED = {code: name for code, name in OURS.items() if code not in {"19.02.01.2010", "19.02.01.2012"}} | {
    "19.02.06": "Contoh Pemekaran",
    "19.02.06.2001": "Air Merbau",
    "19.02.06.2002": "Air Saga",
}
SWAPPED = OURS | {"19.02.01.2004": "Air Merbau", "19.02.01.2012": "Perawas"}


@pytest.fixture
def people(empty: "Timpora", tmp_path: Path) -> "Timpora":
    sheet = tmp_path / "people.csv"
    sheet.write_text(PEOPLE, encoding="utf-8")

    def build() -> None:
        empty.answer("import", str(sheet))

    return empty.prepared(build)


def listed(folder: Path, regions: dict[str, str]) -> str:
    path = folder / "wilayah.csv"
    lines = ["kode,nama", *(f"{code},{name}" for code, name in regions.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def places(office: "Timpora", day: str) -> dict[str, tuple[str, str]]:
    rows = office.rows("resident", "list", "--as-of", day, "--columns", "name,village,district")
    return {row["name"].split()[1]: (row["village"], row["district"]) for row in rows}


def total(office: "Timpora", day: str) -> int:
    return sum(int(row["total"]) for row in office.rows("counts", "--as-of", day))


@pytest.mark.slow
def test_the_people_of_villages_with_new_codes_go_with_them(people: "Timpora", tmp_path: Path) -> None:
    before = people.answer("counts", "--as-of", "2020-09-09")
    said = people.answer("region", "import", listed(tmp_path, PARTED), "--on", "2020-09-10", "--ours")
    for part in ("Contoh Pemekaran", "Air Merbau", "Air Saga", "Contoh Merbau", "Contoh Saga"):
        assert part in said
    assert "Contoh Perawas" not in said
    assert said.endswith(
        "0 provinces, 0 regencies, 1 district, 2 villages new. From 2020-09-10: 3 new, 0 renamed, 0 moved, 2 ended; "
        "2 people have another place. Take it back with: timpora undo\n"
    )
    assert people.answer("counts", "--as-of", "2020-09-09") == before
    assert places(people, "2020-09-09") == {
        "Merbau": ("Air Merbau", "Tanjungpandan"),
        "Saga": ("Air Saga", "Tanjungpandan"),
        "Perawas": ("Perawas", "Tanjungpandan"),
    }
    assert places(people, "2020-09-10") == {
        "Merbau": ("Air Merbau", "Contoh Pemekaran"),
        "Saga": ("Air Saga", "Contoh Pemekaran"),
        "Perawas": ("Perawas", "Tanjungpandan"),
    }
    assert (total(people, "2020-09-09"), total(people, "2020-09-10")) == (3, 3)
    after = people.answer("resident", "list")
    again = people("import", str(tmp_path / "people.csv"))
    assert (again.code, "3 unchanged" in again.out) == (0, True)
    assert people.answer("resident", "list") == after
    dumped = people.db.read_bytes()
    people.answer("region", "import", listed(tmp_path, PARTED), "--on", "2020-09-17", "--ours")
    assert people.db.read_bytes() == dumped


def test_a_dry_run_of_a_list_changes_nothing(people: "Timpora", tmp_path: Path) -> None:
    before = people.db.read_bytes()
    said = people.answer("region", "import", listed(tmp_path, PARTED), "--on", "2020-09-10", "--dry-run")
    assert "Contoh Merbau" in said
    assert people.db.read_bytes() == before


@pytest.mark.slow
def test_swapped_names_are_refused_unless_they_are_said_to_be_right(people: "Timpora", tmp_path: Path) -> None:
    before, dumped = places(people, "2020-09-09"), people.db.read_bytes()
    given = people("region", "import", listed(tmp_path, SWAPPED), "--on", "2020-09-10", "--yes")
    assert given.code == 1
    assert given.err == (
        "timpora: The list gives these codes the names of one another: 19.02.01.2004 Perawas -> Air Merbau; "
        "19.02.01.2012 Air Merbau -> Perawas. 2 people live there: 3 Contoh Perawas, 1 Contoh Merbau.\n"
        "Nothing was changed. A swap is rare; a list with shifted lines is not. If it is right: --yes-swap\n"
    )
    assert people.db.read_bytes() == dumped
    people.answer("region", "import", listed(tmp_path, SWAPPED), "--on", "2020-09-10", "--yes-swap")
    assert places(people, "2020-09-09") == before
    assert places(people, "2020-09-10")["Merbau"] == ("Perawas", "Tanjungpandan")
    assert places(people, "2020-09-10")["Perawas"] == ("Air Merbau", "Tanjungpandan")


@pytest.mark.slow
def test_a_name_of_the_list_holds_from_its_day(people: "Timpora", tmp_path: Path) -> None:
    renamed = OURS | {"19.02.01": "Tanjung Pandan", "19.02.01.2012": "Contoh Merbau", "19.02": "Kab. Belitung"}
    people.answer("region", "import", listed(tmp_path, renamed), "--on", "2020-09-10")
    assert places(people, "2020-09-09")["Merbau"] == ("Air Merbau", "Tanjungpandan")
    assert places(people, "2020-09-10")["Merbau"] == ("Contoh Merbau", "Tanjung Pandan")
    assert people.rows("counts", "--by", "regency")[0]["regency"] == "Kab. Belitung"
    assert people.rows("counts", "--by", "regency", "--as-of", "2020-09-09")[0]["regency"] == "Kabupaten Belitung"


@pytest.mark.slow
def test_a_village_ends_only_where_the_list_holds_others_of_its_regency(people: "Timpora", tmp_path: Path) -> None:
    elsewhere = {"19": OURS["19"], "19.10": "Contoh", "19.10.01": "Contoh", "19.10.01.2001": "Contoh"}
    people.answer("region", "import", listed(tmp_path, elsewhere))
    assert len(people.rows("village", "list")) == 88
    eastern = {code: name for code, name in OURS.items() if not code.startswith("19.02.")}
    people.answer("region", "import", listed(tmp_path, eastern))
    assert len(people.rows("village", "list")) == 88
    without = {code: name for code, name in OURS.items() if code != "19.02.01.2012"}
    said = people.answer("region", "import", listed(tmp_path, without), "--on", "2020-09-10")
    assert "19.02.01 Tanjungpandan, village not known" in said
    assert len(people.rows("village", "list")) == 87
    assert len(people.rows("village", "list", "--as-of", "2020-09-09")) == 88
    assert places(people, "2020-09-10")["Merbau"] == ("", "Tanjungpandan")


@pytest.mark.slow
def test_a_list_that_lacks_most_villages_is_taken_for_a_part_of_one(people: "Timpora", tmp_path: Path) -> None:
    few = {"19.02.01.2099": "Contoh Baru"}
    before = people.db.read_bytes()
    given = people("region", "import", listed(tmp_path, few))
    assert given.code == 1
    assert "The list lacks 49 of the 49 villages of 19.02 Kabupaten Belitung" in given.err
    assert people.db.read_bytes() == before
    people.answer("region", "import", listed(tmp_path, few), "--yes")
    assert len(people.rows("village", "list")) == 40


def test_a_list_older_than_the_register_is_refused(people: "Timpora", tmp_path: Path) -> None:
    people.answer("region", "import", listed(tmp_path, PARTED), "--on", "2020-09-10")
    before = people.db.read_bytes()
    assert people.refused(1, "region", "import", listed(tmp_path, OURS)) == (
        "The list has 19.02.01.2010 Air Saga, which ended on 2020-09-10: it is older than the register. "
        "Nothing was changed.\n"
    )
    assert people.db.read_bytes() == before


@pytest.mark.slow
def test_a_district_ends_with_its_last_village(people: "Timpora", tmp_path: Path) -> None:
    renumbered = {
        code.replace("19.02.05", "19.02.09"): name for code, name in OURS.items()
    }  # Badau and its villages get new codes
    people.answer("resident", "move", "1", "--village", "Ibul", "--on", "2020-09-05")
    people.answer("resident", "move", "2", "--district", "Badau", "--on", "2020-09-05")
    people.answer("region", "import", listed(tmp_path, renumbered), "--on", "2020-09-10")
    (badau,) = (row for row in people.rows("counts") if row["district"] == "Badau")
    assert (badau["district_code"], badau["total"]) == ("19.02.09", "2")
    (badau,) = (row for row in people.rows("counts", "--as-of", "2020-09-09") if row["district"] == "Badau")
    assert (badau["district_code"], badau["total"]) == ("19.02.05", "2")


def test_one_code_with_two_names_is_refused(people: "Timpora", tmp_path: Path) -> None:
    path = Path(listed(tmp_path, OURS))
    path.write_text(path.read_text(encoding="utf-8") + "19.02.01.2012,Another\n", encoding="utf-8")
    assert people.refused(1, "region", "import", str(path)) == (
        "The list has 19.02.01.2012 twice, as Air Merbau and as Another. Nothing was imported.\n"
    )
