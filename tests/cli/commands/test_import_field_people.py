"""People in sheets that failed in the field: numbers that are none, days with a time, strangers, regions, a relief."""

import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.commands.conftest import FIELD

if TYPE_CHECKING:
    from tests.cli.commands.conftest import Desk
    from tests.cli.conftest import Timpora

pytestmark = pytest.mark.slow  # many sheets

HELD = "SELECT full_name, number FROM resident LEFT JOIN passport ON resident_id = resident.id ORDER BY resident.id"
PERMITS = "SELECT resident_id, number, ended_on FROM permit ORDER BY id"


def test_a_number_is_kept_without_what_stands_around_it_and_a_word_is_none(desk: "Desk") -> None:
    code, out, err = desk.bring("17b_passport_prefix.csv")
    assert (code, out.splitlines()[0]) == (6, "21 rows: 15 new, 0 renewed, 0 changed, 0 unchanged, 6 rejected.")
    numbers = [number for _name, number in desk.rows(HELD)]
    assert numbers == [*(f"NX00000{last}" for last in range(11, 20)), None, None, None, None, "NX0000020", "NX0000021"]
    for word in ("hilang", "proses", "tidak ada"):
        assert f'Column "No Paspor": 1 cell says "{word}", which is no number and was left out.' in err
    rejected = (desk.folder / "17b_passport_prefix.csv.rejects.csv").read_text(encoding="utf-8")
    for cell in ("NX0000022;NX0000023", "NX0000024, NX0000025", "NX0000026 / NX0000027", "1234567.0", "00123"):
        assert f'""{cell}"" is ' in rejected
    assert "and it has 20" in rejected


@pytest.mark.parametrize(("name", "rows"), [("18_time_of_day.xlsx", 2), ("18b_time_of_day.csv", 1)])
def test_a_day_with_a_time_is_rejected_with_both_days_it_may_mean(desk: "Desk", name: str, rows: int) -> None:
    code, out, err = desk.bring(name)
    assert (code, f" 0 new, 0 renewed, 0 changed, 0 unchanged, {rows} rejected." in out) == (6, True)
    assert err.count("it may mean 2020-09-19 or 2020-09-20. Write the day alone.") == rows
    assert desk.rows(PERMITS) == []


def test_two_people_without_a_passport_are_two_people(desk: "Desk") -> None:
    assert [desk.bring(name)[0] for name in ("20a_1.csv", "20a_2.csv")] == [0, 0]
    assert desk.rows(HELD) == [("Contoh Pria", None), ("Contoh Wanita", None)]
    assert desk.rows(PERMITS) == [(1, "2C21FL0001", None), (2, "2C21FL0002", None)]


def test_a_number_of_another_person_on_record_is_rejected_with_both_shown(desk: "Desk") -> None:
    desk.bring("20z_1.csv")
    before = desk.rows(PERMITS)
    code, _out, err = desk.bring("20z_2.csv")
    assert code == 6
    assert "resident 1, who is another person: Contoh Pria, 1980-01-01, M, NLD." in err
    assert "The row says: Contoh Wanita, 1995-05-05, F, NLD." in err
    assert (desk.rows(PERMITS), desk.rows(HELD)) == (before, [("Contoh Pria", "X0000777")])


@pytest.mark.parametrize("names", [("20z_1.csv", "20z_2.csv"), ("20z_2.csv", "20z_1.csv")])
def test_two_people_with_one_number_in_one_sheet_are_both_rejected_in_either_order(
    desk: "Desk", names: Sequence[str]
) -> None:
    header, first = (FIELD / names[0]).read_text(encoding="utf-8").splitlines()
    _header, second = (FIELD / names[1]).read_text(encoding="utf-8").splitlines()
    code, out, err = desk("import", desk.sheet(header, first, second))
    assert (code, out) == (6, "2 rows: 0 new, 0 renewed, 0 changed, 0 unchanged, 2 rejected.\n")
    assert "Line 2: Line 3 of this sheet has the same passport number" in err
    assert "Line 3: Line 2 of this sheet has the same passport number" in err


def test_people_go_with_their_villages_into_a_new_district_from_its_day(desk: "Desk") -> None:
    desk.bring("21_people.csv")
    shutil.copy(FIELD / "21a_pemekaran.csv", desk.folder)
    code, out, _err = desk("region", "import", "21a_pemekaran.csv", "--on", "2020-09-10", "--ours")
    assert (code, "2 people have another place" in out) == (0, True)
    for region in ("Air Merbau", "Air Saga", "Contoh Merbau", "Contoh Saga"):
        assert region in out
    for day, lived in (
        ("2020-09-09", {"Tanjungpandan": 3}),
        ("2020-09-10", {"Contoh Pemekaran": 2, "Tanjungpandan": 1}),
    ):
        rows = [line.split(",") for line in desk("counts", "--as-of", day, "--format", "csv")[1].splitlines()[1:]]
        assert {row[0]: int(row[-1]) for row in rows if row[-1] != "0"} == lived
    again = desk("import", str(desk.folder / "21_people.csv"))
    assert again[1] == "3 rows: 0 new, 0 renewed, 0 changed, 3 unchanged, 0 rejected.\n"


def test_codes_that_swap_their_names_are_refused_until_it_is_said_that_they_do(desk: "Desk") -> None:
    desk.bring("21_people.csv")
    shutil.copy(FIELD / "21b_swapped.csv", desk.folder)
    code, _out, err = desk("region", "import", "21b_swapped.csv")
    assert code == 1
    assert "19.02.01.2004 Perawas -> Air Merbau; 19.02.01.2012 Air Merbau -> Perawas." in err
    assert "3 Contoh Perawas, 1 Contoh Merbau" in err
    assert desk("region", "import", "21b_swapped.csv", "--on", "2020-09-10", "--yes-swap")[0] == 0
    for day, village in (("2020-09-09", "Air Merbau"), ("2020-09-10", "Perawas")):
        out = desk("resident", "list", "--name", "Merbau", "--as-of", day, "--columns", "village", "--format", "csv")[1]
        assert out.splitlines() == ["village", village]


def test_who_was_told_of_is_told_of_again_when_a_relief_is_withdrawn(empty: "Timpora", tmp_path: Path) -> None:
    def on(day: str, *words: str) -> str:
        empty.clock.today = date.fromisoformat(day)
        empty.clock.machine = datetime.fromisoformat(f"{day}T03:00:00").replace(tzinfo=UTC)
        given = empty(*words)
        assert given.code == 0
        return given.out

    told = ("expiring", "--within", "30d", "--new", "--mark", "--format", "csv", "--columns", "name")
    relief = ("--name", "Rekaan", "--basis", "Contoh 1/2026", "--source", "example.invalid")
    empty.db.unlink()
    on("2026-08-30", "init")
    on("2026-08-30", "import", str(shutil.copy(FIELD / "24_relief_withdrawn.csv", tmp_path)))
    assert on("2026-09-01", *told).splitlines() == ["name", "Contoh Tarik"]
    until = ("--class", "KITAS", "--from", "2026-09-02", "--until", "2026-12-31")
    on("2026-09-02", "relief", "add", "CONTOH-9", *relief, *until)
    assert on("2026-09-03", *told).splitlines() == ["name"]
    on("2026-09-10", "relief", "end", "CONTOH-9", "--on", "2026-09-10")
    assert on("2026-09-10", *told).splitlines() == ["name", "Contoh Tarik"]
