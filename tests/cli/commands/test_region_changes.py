"""Districts and villages that change on a day: their people go with them, and days before stay as they were."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import AtTerminal, Timpora

ADD = ("resident", "add", "--nationality", "AUS")
DAY, BEFORE = "2020-09-10", "2020-09-09"
HEADER = "Nama,No Paspor,Kewarganegaraan,Desa,Kecamatan"


@pytest.fixture
def three(empty: "Timpora") -> "Timpora":
    """Ann has lived in Air Merbau since 2019, Bob has been in Perawas since 15 September, Cid left on the 14th."""

    def build() -> None:
        empty.answer(*ADD, "--name", "Ann Invented", "--village", "Air Merbau", "--arrived", "2019-06-01")
        empty.answer(*ADD, "--name", "Bob Invented", "--village", "Perawas", "--arrived", "2020-09-15")
        empty.answer(*ADD, "--name", "Cid Invented", "--village", "Air Merbau", "--arrived", "2020-01-01")
        empty.answer("resident", "depart", "3", "--on", "2020-09-14")

    return empty.prepared(build)


def lived(office: "Timpora", day: str) -> dict[str, tuple[str, str]]:
    """Return where each of those present lives on a day: village and district, as they are called then."""
    rows = office.rows("resident", "list", "--as-of", day, "--columns", "name,village,district")
    return {row["name"].split()[0]: (row["village"], row["district"]) for row in rows}


def counted(office: "Timpora", day: str) -> dict[str, int]:
    rows = office.rows("counts", "--as-of", day)
    return {row["district"] or "-": int(row["total"]) for row in rows}


# A village ends ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_people_of_a_village_that_ends_live_in_its_heir_from_that_day(three: "Timpora") -> None:
    before, counts = lived(three, BEFORE), counted(three, BEFORE)
    said = three.answer("village", "end", "Air Merbau", "--on", DAY, "--to", "Sijuk", "--yes")
    assert said == (
        "Becomes  Code           Name        Before  After                People  Id  Resident      "
        "Lives then in\n"
        "ended    19.02.01.2012  Air Merbau          19.02.04.2001 Sijuk       2   1  Ann Invented  "
        "19.02.04.2001 Sijuk\n"
        "ended    19.02.01.2012  Air Merbau          19.02.04.2001 Sijuk       2   3  Cid Invented  "
        "19.02.04.2001 Sijuk\n"
        "From 2020-09-10: 0 new, 0 renamed, 0 moved, 1 ended; 2 people have another place. "
        "Take it back with: timpora undo\n"
    )
    assert (lived(three, BEFORE), counted(three, BEFORE)) == (before, counts)
    assert lived(three, DAY) == {"Ann": ("Sijuk", "Sijuk"), "Cid": ("Sijuk", "Sijuk")}
    assert lived(three, "2020-09-15") == {"Ann": ("Sijuk", "Sijuk"), "Bob": ("Perawas", "Tanjungpandan")}
    assert "place that ended" not in three("check").out
    assert "Whole." in three.answer("verify")


@pytest.mark.slow
def test_one_undo_takes_the_end_of_a_village_back(three: "Timpora") -> None:
    days = (BEFORE, DAY, "2020-09-15")
    before = [(lived(three, day), counted(three, day)) for day in days]
    three.answer("village", "end", "Air Merbau", "--on", DAY, "--to", "Sijuk", "--yes")
    three.answer("undo", "--yes")
    assert [(lived(three, day), counted(three, day)) for day in days] == before
    assert "Air Merbau" in three.answer("village", "list", "--district", "Tanjungpandan")


def test_a_residence_that_began_after_the_day_is_in_the_heir_as_a_whole(three: "Timpora") -> None:
    three.answer("village", "end", "Perawas", "--on", DAY, "--to", "Sijuk", "--yes")
    assert lived(three, "2020-09-15")["Bob"] == ("Sijuk", "Sijuk")
    shown = three.answer("resident", "show", "2")
    assert "2020-09-15  Sijuk    Sijuk     19.02.04.2001" in shown


@pytest.mark.slow
def test_without_an_heir_the_district_is_known_and_the_village_not(three: "Timpora") -> None:
    said = three.answer("village", "end", "Air Merbau", "--on", DAY, "--yes")
    assert "19.02.01 Tanjungpandan, village not known" in said
    assert lived(three, "2020-09-15")["Ann"] == ("", "Tanjungpandan")
    assert "timpora resident edit 1 --village NAME" in three("check").out


def test_where_people_get_another_place_yes_is_needed_away_from_a_terminal(three: "Timpora") -> None:
    before = three.db.read_bytes()
    given = three("village", "end", "Air Merbau", "--on", DAY, "--to", "Sijuk")
    assert (given.code, "Ann Invented" in given.out) == (2, True)
    assert "2 people get another place from 2020-09-10. Do it? This is only asked on a terminal" in given.err
    assert three.db.read_bytes() == before
    three.answer("village", "end", "Sijuk", "--on", DAY, "--to", "Terong")  # nobody lives there


@pytest.mark.slow
def test_at_a_terminal_it_is_asked(three: "Timpora", typing: "AtTerminal") -> None:
    before = three.db.read_bytes()
    words = ("village", "end", "19.02.01.2012", "--on", DAY, "--to", "19.02.04.2001")
    given = typing(*words, keys="n\n", db=three.db)
    assert (given.code, "Nothing was changed." in given.err) == (1, True)
    assert three.db.read_bytes() == before
    assert typing(*words, keys="y\n", db=three.db).code == 0
    assert lived(three, "2020-09-15")["Ann"] == ("Sijuk", "Sijuk")


def test_a_dry_run_only_lists(three: "Timpora") -> None:
    before = three.db.read_bytes()
    said = three.answer("village", "end", "Air Merbau", "--on", DAY, "--to", "Sijuk", "--dry-run")
    assert "Ann Invented" in said
    assert said.endswith("Nothing was changed: this was a dry run.\n")
    assert three.db.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("village", "end", "Nowhere", "--on", DAY), 4, "There is no village Nowhere."),
        (("village", "end", "Sijuk", "--on", "2020-09-18"), 1, "The day 2020-09-18 is after today (2020-09-17)."),
        (
            ("village", "end", "Sijuk", "--on", DAY, "--to", "19.02.04.2001"),
            2,
            "19.02.04.2001 cannot take its own place.",
        ),
        (("village", "rename", "Sijuk", "--to", "Sijuk"), 1, "19.02.04.2001 is called Sijuk already."),
        (("village", "rename", "Sijuk"), 2, "Missing: --to."),
        (("village", "move", "Sijuk", "--district", "Sijuk"), 1, "19.02.04.2001 lies in 19.02.04 already."),
        (
            ("village", "move", "Terong", "--district", "Badau", "--code", "19.02.04.2099"),
            2,
            "19.02.04.2099 does not lie in 19.02.05",
        ),
        (("village", "move", "Terong", "--district", "Badau", "--code", "19.02.05.2001"), 1, "already on record"),
        (("village", "split", "Sijuk", "--into", "19.02.04.2099 A"), 2, "A split has at least two parts"),
        (
            ("village", "split", "Sijuk", "--into", "19.02.04.2098", "--into", "19.02.04.2099 B"),
            2,
            "19.02.04.2098 is not on record, so it needs a name",
        ),
        (("district", "end", "Badau", "--on", DAY), 1, "7 villages lie in 19.02.05 Badau"),
        (
            (
                "district",
                "split",
                "Badau",
                "--into",
                "19.02.07 A",
                "--into",
                "19.02.08 B",
                "--village",
                "Ibul=19.02.07",
            ),
            1,
            "6 villages lie in 19.02.05 Badau",
        ),
        (
            ("district", "split", "Badau", "--into", "19.02.07 A", "--into", "19.02.08 B", "--village", "Ibul"),
            2,
            '--village Ibul does not say which village goes to which part. Write it as "VILLAGE=CODE".',
        ),
        (("district", "move", "Badau", "--regency", "Nowhere"), 4, "There is no regency Nowhere."),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    empty: "Timpora", words: tuple[str, ...], code: int, said: str
) -> None:
    before = empty.db.read_bytes()
    given = empty(*words)
    assert (given.code, given.out) == (code, "")
    assert said in given.err
    assert empty.db.read_bytes() == before


@pytest.mark.slow
def test_what_changed_on_a_later_day_is_taken_back_first(empty: "Timpora") -> None:
    empty.answer("village", "rename", "Sijuk", "--to", "Contoh", "--on", DAY)
    assert "19.02.04.2001 Contoh changed on 2020-09-10 already" in empty.refused(
        1, "village", "end", "19.02.04.2001", "--on", "2020-09-01"
    )
    empty.answer("village", "end", "Contoh", "--on", "2020-09-12")
    assert "On 2020-09-13 there is no village 19.02.04.2001." in empty.refused(
        4, "village", "rename", "19.02.04.2001", "--to", "Again", "--on", "2020-09-13"
    )
    assert "19.02.04.2001 Contoh ended on 2020-09-12." in empty.refused(
        1, "village", "rename", "19.02.04.2001", "--to", "Again", "--on", "2020-09-11"
    )


# A village is split, renamed, moved ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_who_goes_where_after_a_split_is_not_made_up(three: "Timpora") -> None:
    parts = ("--into", "19.02.01.2097 Contoh Barat", "--into", "19.02.01.2098 Contoh Timur")
    said = three.answer("village", "split", "Air Merbau", *parts, "--on", DAY, "--yes")
    assert "19.02.01 Tanjungpandan, village not known" in said
    assert lived(three, DAY)["Ann"] == ("", "Tanjungpandan")
    assert lived(three, BEFORE)["Ann"] == ("Air Merbau", "Tanjungpandan")
    assert three.refused(4, "resident", "move", "1", "--village", "Air Merbau") == (
        "On 2020-09-17 there is no village Air Merbau. 19.02.01.2012 Air Merbau (Tanjungpandan) ended on 2020-09-10; "
        "since then it is 19.02.01.2097 Contoh Barat (Tanjungpandan), 19.02.01.2098 Contoh Timur (Tanjungpandan).\n"
    )


def test_all_people_of_a_split_village_can_go_to_one_part(three: "Timpora") -> None:
    parts = ("--into", "19.02.01.2097 Contoh Barat", "--into", "19.02.01.2098 Contoh Timur")
    three.answer("village", "split", "Air Merbau", *parts, "--people-to", "19.02.01.2098", "--on", DAY, "--yes")
    assert lived(three, DAY)["Ann"] == ("Contoh Timur", "Tanjungpandan")
    assert "19.02.01.2099 is none of the parts" in three.refused(
        2,
        "village",
        "split",
        "Perawas",
        "--into",
        "19.02.01.2004",
        "--into",
        "19.02.01.2096 A",
        "--people-to",
        "19.02.01.2099",
    )


@pytest.mark.slow
def test_a_village_that_remains_after_a_split_keeps_its_people(three: "Timpora") -> None:
    three.answer(
        "village", "split", "Air Merbau", "--into", "Air Merbau", "--into", "19.02.01.2099 Contoh", "--on", DAY
    )
    assert lived(three, DAY)["Ann"] == ("Air Merbau", "Tanjungpandan")
    assert "Contoh" in three.answer("village", "list", "--district", "Tanjungpandan")
    assert "Contoh" not in three.answer("village", "list", "--district", "Tanjungpandan", "--as-of", BEFORE)


@pytest.mark.slow
def test_a_name_holds_from_its_day(three: "Timpora") -> None:
    three.answer("village", "rename", "Air Merbau", "--to", "Contoh Merbau", "--on", DAY)
    three.answer("district", "rename", "Tanjungpandan", "--to", "Contoh Pandan", "--on", DAY)
    assert lived(three, BEFORE)["Ann"] == ("Air Merbau", "Tanjungpandan")
    assert lived(three, DAY)["Ann"] == ("Contoh Merbau", "Contoh Pandan")
    assert counted(three, BEFORE)["Tanjungpandan"] == 2
    assert counted(three, DAY)["Contoh Pandan"] == 2
    assert len(three.rows("resident", "list", "--village", "Air Merbau", "--as-of", BEFORE)) == 2
    assert three.refused(4, "resident", "list", "--village", "Air Merbau") == (
        "On 2020-09-17 there is no village Air Merbau. 19.02.01.2012 is called Contoh Merbau then.\n"
    )
    assert three.refused(4, "resident", "list", "--district", "Contoh Pandan", "--as-of", BEFORE) == (
        "On 2020-09-09 there is no district Contoh Pandan. 19.02.01 is called Tanjungpandan then.\n"
    )


@pytest.mark.slow
def test_a_village_moved_to_another_district_keeps_its_code_until_it_has_a_new_one(three: "Timpora") -> None:
    three.answer("village", "move", "Air Merbau", "--district", "Sijuk", "--on", "2020-09-05")
    assert [lived(three, day)["Ann"][1] for day in ("2020-09-04", "2020-09-05")] == ["Tanjungpandan", "Sijuk"]
    assert (counted(three, "2020-09-04")["Sijuk"], counted(three, "2020-09-05")["Sijuk"]) == (0, 2)
    assert three.rows("resident", "list", "--district", "Sijuk", "--as-of", "2020-09-05")[0]["village"] == "Air Merbau"
    three.answer(
        "village", "move", "Air Merbau", "--district", "Badau", "--code", "19.02.05.2099", "--on", DAY, "--yes"
    )
    assert [lived(three, day)["Ann"][1] for day in (BEFORE, DAY)] == ["Sijuk", "Badau"]
    assert "Whole." in three.answer("verify")


@pytest.mark.slow
def test_a_district_goes_to_another_with_its_villages(three: "Timpora") -> None:
    before = [(lived(three, day), counted(three, day)) for day in (BEFORE, "2020-09-01")]
    three.answer("district", "end", "Tanjungpandan", "--to", "Sijuk", "--on", DAY)
    assert [(lived(three, day), counted(three, day)) for day in (BEFORE, "2020-09-01")] == before
    assert lived(three, DAY)["Ann"] == ("Air Merbau", "Sijuk")
    assert "Tanjungpandan" not in counted(three, DAY)
    assert len(three.rows("village", "list", "--district", "Sijuk")) == 26


@pytest.mark.slow
def test_a_district_is_split_and_its_villages_go_where_they_are_said_to(three: "Timpora") -> None:
    three.answer(*ADD, "--name", "Dee Invented", "--district", "Tanjungpandan", "--arrived", "2019-01-01")
    parts = ("--into", "19.02.01", "--into", "19.02.06 Contoh Pemekaran", "--village", "Air Merbau=19.02.06")
    three.answer("district", "split", "19.02.01", *parts, "--on", DAY)
    assert lived(three, DAY)["Ann"] == ("Air Merbau", "Contoh Pemekaran")
    assert lived(three, DAY)["Dee"] == ("", "Tanjungpandan")
    assert "Contoh Pemekaran" not in counted(three, BEFORE)
    assert counted(three, DAY)["Contoh Pemekaran"] == 2


@pytest.mark.slow
def test_a_district_moves_to_another_regency(three: "Timpora") -> None:
    three.answer("district", "move", "19.02.01", "--regency", "Belitung Timur", "--on", DAY)
    by_regency = {day: three.rows("counts", "--by", "regency", "--as-of", day) for day in (BEFORE, DAY)}
    assert by_regency[BEFORE][0]["regency"] == "Kabupaten Belitung"
    assert by_regency[DAY][0]["regency"] == "Kabupaten Belitung Timur"
    three.answer("district", "move", "19.02.05", "--regency", "19.06", "--code", "19.06.08", "--on", DAY)
    assert [row["district_code"] for row in three.rows("village", "list", "--district", "Badau")] == ["19.06.08"] * 7


# Who is recorded late, and words of another day -----------------------------------------------------------------------


@pytest.mark.slow
def test_who_is_recorded_late_lived_in_what_was_there_then(three: "Timpora") -> None:
    three.answer(
        "village", "move", "Air Merbau", "--district", "Badau", "--code", "19.02.05.2099", "--on", DAY, "--yes"
    )
    three.answer(*ADD, "--name", "Eve Invented", "--village", "Air Merbau", "--arrived", "2020-02-01")
    assert lived(three, BEFORE)["Eve"] == ("Air Merbau", "Tanjungpandan")
    assert lived(three, DAY)["Eve"] == ("Air Merbau", "Badau")
    three.answer("resident", "move", "2", "--village", "19.02.05.2099", "--on", "2020-09-16")
    assert lived(three, "2020-09-16")["Bob"] == ("Air Merbau", "Badau")


@pytest.mark.slow
def test_who_is_recorded_late_in_a_part_that_was_split_off_lived_before_in_the_village_that_stays(
    three: "Timpora",
) -> None:
    parts = ("--into", "19.02.01.2012", "--into", "19.02.01.2099 Contoh")
    three.answer("village", "split", "19.02.01.2012", "--on", DAY, *parts, "--yes")
    three.answer("village", "end", "Sijuk", "--to", "19.02.01.2099", "--on", "2020-09-15", "--yes")
    three.answer(*ADD, "--name", "Eve Invented", "--village", "Contoh", "--arrived", "2020-02-01")
    assert lived(three, BEFORE)["Eve"] == ("Air Merbau", "Tanjungpandan")
    assert lived(three, DAY)["Eve"] == ("Contoh", "Tanjungpandan")
    said = three.refused(4, "resident", "list", "--village", "Contoh", "--as-of", BEFORE)
    assert "began on 2020-09-10; before, it was 19.02.01.2012 Air Merbau (Tanjungpandan)." in said


@pytest.mark.slow
def test_a_sheet_is_understood_by_its_day_or_refused_with_the_heir(three: "Timpora", tmp_path: "Path") -> None:
    three.answer("village", "end", "Air Merbau", "--on", DAY, "--to", "Sijuk", "--yes")
    sheet = tmp_path / "old.csv"
    sheet.write_text(f"{HEADER}\nFay Invented,X0000009,Belanda,Air Merbau,Tanjungpandan\n", encoding="utf-8")
    given = three("import", str(sheet))
    assert given.code == 6
    assert "ended on 2020-09-10; since then it is 19.02.04.2001 Sijuk (Sijuk)." in given.err
    assert three("import", str(sheet), "--on", "2020-08-31").code == 0
    assert lived(three, BEFORE)["Fay"] == ("Air Merbau", "Tanjungpandan")
    assert lived(three, DAY)["Fay"] == ("Sijuk", "Sijuk")
    before = lived(three, "2020-09-17")
    again = three("import", str(sheet), "--on", "2020-08-31")
    assert (again.code, "1 unchanged" in again.out) == (0, True)
    assert lived(three, "2020-09-17") == before
    sheet.write_text(f"{HEADER}\nFay Invented,X0000009,Belanda,Perawas,Tanjungpandan\n", encoding="utf-8")
    given = three("import", str(sheet), "--on", "2020-08-31")
    assert given.code == 6
    assert "On 2020-08-31, the day of this sheet, resident 4 lived elsewhere by the register: Air Merbau" in given.err


def test_a_list_of_another_body_is_read_with_the_names_of_the_day(three: "Timpora", tmp_path: "Path") -> None:
    three.answer("village", "rename", "Air Merbau", "--to", "Contoh Merbau", "--on", DAY)
    sheet = tmp_path / "theirs.csv"
    sheet.write_text(f"{HEADER}\nAnn Invented,X0000009,Australia,Air Merbau,\n", encoding="utf-8")
    assert "is called Contoh Merbau then" in three("reconcile", str(sheet)).out
    assert "is called" not in three("reconcile", str(sheet), "--as-of", BEFORE).out


@pytest.mark.slow
def test_tab_offers_the_places_of_the_day(three: "Timpora", monkeypatch: pytest.MonkeyPatch) -> None:
    import typer.main

    from timpora_cli.cli import app
    from timpora_cli.cli.completion.cursor import offered

    three.answer("village", "rename", "Air Merbau", "--to", "Contoh Merbau", "--on", DAY)
    monkeypatch.setenv("TIMPORA_DB", str(three.db))

    def values(*words: str) -> list[str]:
        root = typer.main.get_command(app.app)
        return [each.value for each in offered(root, list(words), "").candidates]

    assert "Contoh Merbau" in values("counts", "--village")
    assert "Air Merbau" not in values("counts", "--village")
    assert "Air Merbau" in values("--as-of", BEFORE, "counts", "--village")
    assert "Contoh Merbau" in values("village", "end")


@pytest.mark.slow
def test_a_village_added_on_a_day_was_not_there_before(empty: "Timpora") -> None:
    empty.answer("district", "add", "19.02.06", "Contoh Baru", "--on", DAY)
    assert "Contoh Baru" not in counted(empty, BEFORE)
    assert counted(empty, DAY)["Contoh Baru"] == 0
    assert empty.refused(4, "counts", "--district", "Contoh Baru", "--as-of", BEFORE) == (
        "On 2020-09-09 there is no district Contoh Baru. 19.02.06 Contoh Baru began on 2020-09-10.\n"
    )


@pytest.mark.slow
def test_what_was_known_before_a_change_of_regions_is_told_as_then(three: "Timpora") -> None:
    first = three.answer("history", "--limit", "1", "--format", "csv", "--columns", "at").splitlines()[1]
    before = three.answer("counts")
    three.answer("district", "rename", "Tanjungpandan", "--to", "Contoh Pandan", "--on", DAY)
    assert three.answer("counts") != before
    assert three.answer("counts", "--known-at", first) == before


@pytest.mark.slow
@pytest.mark.one_in(2)
@pytest.mark.parametrize("corrected", [("--arrived", "2020-02-01"), ("--since", "2020-02-01")])
def test_a_first_day_corrected_to_before_a_village_began_is_in_what_was_there_then(
    three: "Timpora", corrected: tuple[str, str]
) -> None:
    three.answer(
        "village", "move", "Air Merbau", "--district", "Badau", "--code", "19.02.05.2099", "--on", DAY, "--yes"
    )
    three.answer(*ADD, "--name", "Eve Invented", "--village", "19.02.05.2099", "--arrived", "2020-09-15")
    three.answer("resident", "edit", "4", *corrected)
    assert lived(three, BEFORE)["Eve"] == ("Air Merbau", "Tanjungpandan")
    assert lived(three, DAY)["Eve"] == ("Air Merbau", "Badau")
    three.answer("undo", "--yes")
    assert "Eve" not in lived(three, DAY)


@pytest.mark.slow
def test_a_village_came_only_out_of_those_that_ended_when_it_began(three: "Timpora") -> None:
    words = ("village", "move", "Air Merbau", "--district", "Badau", "--code", "19.02.05.2099", "--on", "2020-08-01")
    three.answer(*words, "--yes")
    three.answer("village", "end", "Perawas", "--to", "19.02.05.2099", "--on", DAY, "--yes")
    three.answer(*ADD, "--name", "Eve Invented", "--village", "19.02.05.2099", "--arrived", "2020-02-01")
    assert lived(three, "2020-07-31")["Eve"] == ("Air Merbau", "Tanjungpandan")
    said = three.refused(4, "resident", "list", "--village", "19.02.05.2099", "--as-of", "2020-07-31")
    assert "before, it was" in said
    assert "Perawas" not in said
