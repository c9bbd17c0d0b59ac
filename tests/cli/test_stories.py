"""People and permits from the first day to the last, as transcripts: what was typed, and what was said."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

pytestmark = pytest.mark.slow  # each story is many commands

OF_SHEETS = Path(__file__).parents[1] / "actions" / "intake" / "fixtures"
ANN = ("--name", "Ann Invented", "--nationality", "AUS", "--passport", "X0000001", "--village", "Air Merbau")
KITAS = ("--class", "ITAS", "--number", "2C21DEMO9001", "--issued", "2019-10-01", "--expires", "2020-09-30")


# The whole way


def test_from_an_empty_folder_to_a_revoked_permit(timpora: "Timpora", tmp_path: Path) -> None:
    office = timpora.on(tmp_path / "new" / "register.db")
    assert office.answer("init") == f"Register made: {office.db}, with 12 districts and 88 villages.\n"
    transcript = [
        (
            ("resident", "add", *ANN, "--arrived", "1/6/2019", "--sponsor", "PT Contoh", "--sponsor-kind", "company"),
            "Resident 1 recorded: Ann Invented. Tanjungpandan now counts 1.",
        ),
        (
            ("permit", "add", "1", *KITAS, "--index", "C317"),
            "Permit 1 recorded for resident 1: KITAS until 2020-09-30, Ann Invented.",
        ),
        (
            ("permit", "extend", "1", "--number", "2C21DEMO9002", "--expires", "30 September 2021"),
            "Permit 1 extended by permit 2: KITAS until 2021-09-30, Ann Invented.",
        ),
        (
            ("permit", "convert", "2C21DEMO9002", "--class", "ITAP", "--number", "2D21DEMO9003", "--expires", "+5y"),
            "Permit 2 (KITAS) converted to permit 3: KITAP until 2025-09-17, Ann Invented.",
        ),
        (
            ("permit", "revoke", "3", "--reason", "sponsor withdrew"),
            "Permit 3 revoked from 2020-09-17, Ann Invented.",
        ),
    ]
    for typed, said in transcript:
        assert office.answer(*typed) == f"{said}\n"
    assert office.answer("resident", "show", "1") == (
        "Ann Invented - no permit in force on 2020-09-17\n"
        "Resident     1\n"
        "Name         Ann Invented\n"
        "Nationality  AUS\n"
        "Country      Australia\n"
        "Passport     X0000001\n"
        "Village      Air Merbau\n"
        "District     Tanjungpandan\n"
        "Arrived      2019-06-01\n"
        "Sponsor      PT Contoh\n"
        "Sponsor is   Company\n"
        "\n"
        "Permits\n"
        "Permit  Class  Index  Number        Issued      Expires     Granted as  Follows  Ended       How        Note\n"
        "     1  KITAS  C317   2C21DEMO9001  2019-10-01  2020-09-30  new                  2020-09-17  extended\n"
        "     2  KITAS         2C21DEMO9002  2020-09-17  2021-09-30  extension         1  2020-09-17  converted\n"
        "     3  KITAP         2D21DEMO9003  2020-09-17  2025-09-17  conversion        2  2020-09-17  revoked"
        "    sponsor withdrew\n"
        "\n"
        "Passports\n"
        "Number    Issued by  In use\n"
        "X0000001  AUS        yes\n"
        "\n"
        "Residences\n"
        "Since       Village     District       Code\n"
        "2019-06-01  Air Merbau  Tanjungpandan  19.02.01.2012\n"
    )


def test_the_history_knows_who_and_with_which_options_and_no_value(ann: "Timpora") -> None:
    ann.answer(
        "resident", "edit", "1", "--occupation", "", "--contact", "0812", "--reason", "a slip", "--officer", "Sari"
    )
    *_before, added, granted, edited = ann.changes()
    assert added == (
        "a made-up officer", "resident add --name --nationality --arrived --passport --village", None
    )  # fmt: skip
    assert granted[1] == "permit add --number --issued --expires --index --class"
    assert edited == ("Sari", "resident edit --occupation --contact --reason", "a slip")


def test_a_change_that_changes_nothing_leaves_no_line_in_the_history(ann: "Timpora") -> None:
    before = ann.changes()
    ann.refused(2, "resident", "edit", "1")
    ann.refused(1, "permit", "add", "1", *KITAS)
    ann.refused(4, "resident", "depart", "99")
    ann.answer("resident", "list")
    assert ann.changes() == before


# Who and which


@pytest.mark.one_in(9)
@pytest.mark.parametrize(
    "reference", ["1", "X0000001", "x0000001", "X 000-0001", "2C21DEMO9001", "2c21demo9001", "NI-7"]
)
def test_a_resident_is_found_by_id_niora_passport_or_permit_number(ann: "Timpora", reference: str) -> None:
    ann.answer("resident", "edit", "1", "--niora", "NI-7")
    assert ann.answer("resident", "show", reference) == ann.answer("resident", "show", "1")


@pytest.mark.parametrize("reference", ["1", "2C21DEMO9001", "2c21demo9001"])
def test_a_permit_is_found_by_id_or_number(ann: "Timpora", reference: str) -> None:
    assert ann.answer("permit", "show", reference).startswith("KITAS valid until 2020-09-30, 13 days left\nPermit")


def test_of_several_grants_under_one_number_the_current_one_is_meant(ann: "Timpora") -> None:
    ann.answer("permit", "extend", "1", "--expires", "2021-09-30")
    assert ann.answer("permit", "show", "2C21DEMO9001").splitlines()[:2] == [
        "KITAS valid until 2021-09-30, 378 days left",
        "Permit       2",
    ]


# Leaving and coming back


@pytest.mark.slow
def test_a_departure_ends_permit_and_residence_until_a_return(ann: "Timpora") -> None:
    assert ann.answer("resident", "depart", "1", "--on", "2020-09-10", "--how", "deportasi") == (
        "Resident 1 departed on 2020-09-10: Ann Invented. Permit 1 ended that day.\n"
    )
    assert ann.answer("resident", "list") == ""
    assert ann.answer("permit", "list") == ""
    assert ann.answer("resident", "show", "1").startswith("Ann Invented - departed on 2020-09-10\n")
    assert "deported" in ann.answer("permit", "show", "1").lower()
    for typed in (("depart", "1"), ("edit", "1", "--village", "Sijuk"), ("move", "1", "--village", "Sijuk")):
        assert ann.refused(1, "resident", *typed) == (
            "Resident 1 departed on 2020-09-10.\nRecord a return with: timpora resident return 1 --on DATE\n"
        )
    assert ann.refused(
        1, "permit", "add", "1", *KITAS[:2], "--number", "N2", "--issued", "2020-09-12", "--expires", "+1y"
    )
    assert ann.answer("resident", "return", "1", "--village", "Sijuk", "--on", "2020-09-15") == (
        "Resident 1 returned on 2020-09-15: Ann Invented. Sijuk now counts 1.\n"
    )
    present = {day: len(ann.rows("resident", "list", "--as-of", day)) for day in
               ("2019-05-31", "2019-06-01", "2020-09-09", "2020-09-10", "2020-09-14", "2020-09-15")}  # fmt: skip
    assert list(present.values()) == [0, 1, 1, 0, 0, 1]


def test_a_move_within_a_village_keeps_the_village_named(ann: "Timpora") -> None:
    said = ann.refused(2, "resident", "move", "1", "--address", "Gang Contoh 3")
    assert said.startswith("Missing: --village.")
    assert ann.answer("resident", "move", "1", "--village", "", "--on", "2020-09-16") == (
        "Resident 1 moved on 2020-09-16: Ann Invented. No region now counts 1.\n"
    )


# Corrections


def test_an_empty_value_empties(ann: "Timpora") -> None:
    filled = (
        "--occupation",
        "Guru",
        "--contact",
        "0812",
        "--born",
        "1990-02-28",
        "--sex",
        "P",
        "--note",
        "x",
        "--niora",
        "N1",
    )
    assert ann.answer("resident", "edit", "1", *filled) == "Resident 1 corrected: Ann Invented.\n"
    row = ann.rows("resident", "show", "1")[0]
    assert (row["occupation"], row["contact"], row["born"], row["sex"], row["niora"]) == (
        "Guru", "0812", "1990-02-28", "F", "N1",
    )  # fmt: skip
    ann.answer("resident", "edit", "1", *[word if word.startswith("--") else "" for word in filled])
    row = ann.rows("resident", "show", "1")[0]
    assert [row[key] for key in ("occupation", "contact", "born", "sex", "note", "niora")] == [""] * 6
    assert row["name"] == "Ann Invented"


def test_a_correction_of_a_permit_says_what_it_was(ann: "Timpora") -> None:
    assert ann.answer("permit", "edit", "1", "--expires", "2021-09-30") == (
        "Permit 1 corrected: KITAS, issued 2019-10-01, expires 2021-09-30 (was 2020-09-30), Ann Invented.\n"
    )
    assert ann.answer("permit", "edit", "1", "--expires", "unknown") == (
        "Permit 1 corrected: KITAS, issued 2019-10-01, expires unknown (was 2021-09-30), Ann Invented.\n"
    )
    assert ann.rows("expiring")[0]["state"] == "UNKNOWN"
    assert ann.answer("permit", "edit", "1", "--number", "", "--class", "ITK", "--expires", "1/10/2020") == (
        "Permit 1 corrected: ITK, issued 2019-10-01, expires 2020-10-01 (was unknown), Ann Invented.\n"
        "Note: Permit 1 runs from 2019-10-01 to 2020-10-01; the longest term of ITK is 60 days"
        " (Izin tinggal kunjungan: at most 60 days each).\n"
    )
    assert ann.rows("expiring")[0]["permit_number"] == ""


@pytest.mark.slow
def test_an_extension_of_unknown_issue_follows_without_a_gap_and_names_no_day_that_nobody_gave(
    ann: "Timpora",
) -> None:
    ann.answer("permit", "edit", "1", "--issued", "2019-05-01", "--expires", "2020-04-30")
    before = {day: ann.rows("counts", "--by", "class", "--as-of", day) for day in ("2020-04-30", "2020-09-17")}
    assert ann.answer(*("permit", "extend", "1", "--issued", "unknown", "--expires", "2021-04-30")) == (
        "Permit 1 extended by permit 2: KITAS until 2021-04-30, Ann Invented.\n"
    )
    for day in ("2020-05-01", "2020-05-15", "2020-09-17"):
        (row,) = ann.rows("permit", "list", "--as-of", day)
        assert (row["permit_id"], row["class"], row["state"]) == ("2", "KITAS", "VALID")
    for day, counted in before.items():
        assert ann.rows("counts", "--by", "class", "--as-of", day) == counted
    assert "GAP" not in ann("check").out
    (row,) = ann.rows("permit", "show", "2")
    assert (row["issued_on"], row["valid_from"]) == ("", "")
    assert ann.refused(1, "permit", "revoke", "1", "--reason", "x") == (
        "Permit 1 has ended (EXTENDED): permit 2 follows it, whose day of issue is not known."
        " -> timpora permit show 2\n"
    )
    assert ann.answer("permit", "edit", "1", "--expires", "2020-03-31") == (
        "Permit 1 corrected: KITAS, issued 2019-05-01, expires 2020-03-31 (was 2020-04-30), Ann Invented.\n"
    )
    assert [row["permit_id"] for row in ann.rows("permit", "list", "--as-of", "2020-04-01")] == ["2"]


def test_a_late_extension_is_recorded_with_the_printed_start_before_its_issue(ann: "Timpora") -> None:
    ann.at("2020-11-01")
    printed = ("--issued", "2020-10-15", "--valid-from", "2020-10-01", "--expires", "2021-09-30")
    ann.answer("permit", "extend", "1", *printed)
    (row,) = ann.rows("permit", "show", "2")
    assert (row["issued_on"], row["valid_from"], row["expires_on"]) == ("2020-10-15", "2020-10-01", "2021-09-30")
    assert [row["state"] for row in ann.rows("permit", "list", "--as-of", "2020-10-14")] == ["OVERSTAY"]
    said = ann.refused(1, "permit", "edit", "2", "--valid-from", "2021-10-01")
    assert said == "Refused, nothing was changed: a printed start is not after the last valid day.\n"


def test_each_version_is_kept(ann: "Timpora") -> None:
    ann.answer("resident", "edit", "1", "--occupation", "Guru")
    ann.answer("resident", "edit", "1", "--occupation", "Penulis")
    ann.answer("permit", "edit", "1", "--expires", "2020-12-31")
    ann.answer("permit", "edit", "1", "--expires", "2020-11-30")
    with closing(sqlite3.connect(ann.db)) as connection:
        occupations = connection.execute("SELECT occupation FROM resident_version WHERE id = 1").fetchall()
        ends = connection.execute("SELECT expires_on FROM permit_version WHERE id = 1 ORDER BY until_change").fetchall()
    assert occupations == [(None,), ("Guru",)]
    assert ends == [("2020-09-30",), ("2020-12-31",)]


@pytest.mark.slow
def test_a_new_passport_takes_the_place_of_the_present_one(ann: "Timpora") -> None:
    ann.answer("resident", "edit", "1", "--passport-expires", "2020-12-31")
    ann.answer(
        "resident",
        "edit",
        "1",
        "--passport",
        "X0000002",
        "--passport-issued",
        "2020-09-01",
        "--passport-expires",
        "+10y",
    )
    card = ann.answer("resident", "show", "X0000001")
    assert "Passport     X0000002\n" in card
    assert card.partition("\nPassports\n")[2].splitlines()[:3] == [
        "Number    Issued by  Issued      Expires     Retired     In use",
        "X0000001  AUS                    2020-12-31  2020-09-01  no",
        "X0000002  AUS        2020-09-01  2030-09-17              yes",
    ]
    assert "Passport     X0000001\n" in ann.answer("resident", "show", "1", "--as-of", "2020-08-31")


@pytest.mark.slow
def test_a_family_stands_on_both_cards(ann: "Timpora") -> None:
    ann.answer(
        "resident", "add", "--name", "Ben Invented", "--nationality", "D", "--spouse", "1", "--married", "2015-05-05"
    )
    ann.answer("resident", "edit", "1", "--child", "Sari Contoh", "--child-born", "2016-06-06")
    assert ann.answer("resident", "show", "1").partition("\nFamily\n")[2] == (
        "Relation  Name          Id  Nat.  Born        Since\n"
        "spouse    Ben Invented   2  D                 2015-05-05\n"
        "child     Sari Contoh       IDN   2016-06-06\n"
    )
    assert ann.answer("resident", "show", "2").partition("\nFamily\n")[2] == (
        "Relation  Name          Id  Nat.  Since\nspouse    Ann Invented   1  AUS   2015-05-05\n"
    )
    ann.answer("resident", "edit", "2", "--marriage-ended", "2020-01-01")
    assert "2020-01-01" in ann.answer("resident", "show", "1").partition("\nFamily\n")[2]
    assert ann.refused(1, "resident", "edit", "2", "--marriage-ended", "2020-01-01") == (
        "Resident 2 has no marriage on record that has not ended.\n"
    )


def test_remove_needs_a_yes_and_leaves_nobody(ann: "Timpora") -> None:
    before = ann.db.read_bytes()
    assert ann.refused(2, "resident", "remove", "1") == (
        "Remove resident 1, Ann Invented, with everything recorded? "
        "This is only asked on a terminal; elsewhere, say yes with --yes.\n"
    )
    assert ann.db.read_bytes() == before
    assert ann.answer("resident", "remove", "1", "--yes", "--reason", "entered twice") == (
        "Resident 1 removed, 5 rows in all: Ann Invented.\n"
    )
    refused = ann.refused(4, "resident", "show", "1")
    number = len(ann.changes())
    assert f"any more: change {number} (resident remove --reason --yes) took the record out.\n" in refused
    known_at = refused.strip().rpartition("--known-at ")[2]
    assert ann.answer("resident", "show", "1", "--known-at", known_at).startswith("Ann Invented")
    assert ann.refused(4, "resident", "show", "2") == (
        "There is no resident 2. Find one with: timpora resident list --name NAME\n"
    )
    assert ann.changes()[-1] == ("a made-up officer", "resident remove --reason --yes", "entered twice")


def test_where_the_village_is_not_known_the_district_may_be(ann: "Timpora") -> None:
    assert ann.answer("resident", "add", "--name", "Ben", "--nationality", "D", "--district", "sijuk") == (
        "Resident 2 recorded: Ben. Sijuk now counts 1.\n"
    )
    assert ann.rows("resident", "list", "--district", "Sijuk")[0]["name"] == "Ben"
    assert ann.rows("counts", "--district", "Sijuk")[0]["total"] == "1"
    assert [(row["village"], row["total"]) for row in ann.rows("counts", "--by", "village")][-1] == ("", "1")
    assert ann.answer("resident", "edit", "2", "--village", "Keciput") == "Resident 2 corrected: Ben.\n"
    assert ann.rows("resident", "list", "--village", "Keciput")[0]["name"] == "Ben"
    assert ann.answer("resident", "move", "2", "--district", "Damar") == (
        "Resident 2 moved on 2020-09-17: Ben. Damar now counts 1.\n"
    )


def test_what_belongs_to_the_passport_or_the_sponsor_on_record_can_be_given_alone_or_later(ann: "Timpora") -> None:
    ann.answer("resident", "edit", "1", "--passport-country", "Selandia Baru", "--sponsor", "PT  Contoh ")
    assert "X0000001  NZL        yes\n" in ann.answer("resident", "show", "1")
    ann.answer("resident", "edit", "1", "--sponsor", "pt contoh", "--sponsor-kind", "perusahaan")
    row = ann.rows("resident", "show", "1")[0]
    assert (row["sponsor"], row["sponsor_kind"]) == ("PT Contoh", "COMPANY")


def test_the_afternoon_of_17_september_2020(timpora: "Timpora") -> None:
    """The meeting in Tanjungpandan: the counts, the report from Air Merbau, where to look, what was decided."""
    total = timpora.rows("counts")
    assert (sum(int(row["kitap"]) for row in total), sum(int(row["kitas"]) for row in total)) == (11, 27)
    assert timpora.rows("counts", "--by", "class")[-1]["total"] != "0"

    again = timpora.answer(
        *("case", "open", "marriage", "--village", "Air Merbau", "--by", "Camat Tanjungpandan", "--resident", "26"),
        *("--text", "the same couple, told at the meeting", "--happened", "2018-10-06"),
    )
    assert "Note: case 1 is open too" in again
    assert timpora.answer("case", "link", "4", "1").startswith("Case 4: Same as another case since 2020-09-17")
    assert [row["case_id"] for row in timpora.rows("case", "list", "--village", "Air Merbau")] == ["1"]
    page = timpora.answer("case", "explain", "marriage", "--for", "26")
    assert "Tanggal kejadian / It happened on: 6 Oktober 2018 / 6 October 2018\n" in page
    assert "   Paling lambat / By: 5 Desember 2018 / 5 December 2018 [" in page
    assert "   Mulai / From: 6 Oktober 2020 / 6 October 2020 [" in page

    assert timpora.rows("district", "rank")[0]["district"] == "Tanjungpandan"
    assert "1. Tanjungpandan: 17 x 1 = 17." in timpora.answer("district", "rank", "--why")

    timpora.answer(
        *("meeting", "add", "--level", "district", "--on", "2020-09-17", "--begins", "13:00"),
        *("--place", "Hotel La Lucia, Tanjungpandan", "--theme", "Rapat koordinasi Timpora"),
    )
    invited = [f"Desa Contoh {number}: Kepala Desa" for number in range(1, 30)]
    timpora.answer("meeting", "invite", "1", "Polsek Tanjungpandan: Kapolsek", *invited)
    stood_in = ("--name", "Contoh Satu", "--office", "Kanit Intelkam", "--for", "Kapolsek")
    timpora.answer("meeting", "attend", "1", "polsek", *stood_in)
    timpora.answer("meeting", "agenda", "1", "Laporan desa", "--finding", "Perkawinan di Desa Air Merbau")
    for text in ("Desa melapor tiap bulan", "Operasi gabungan", "Desa binaan dipilih"):
        timpora.answer("meeting", "decide", "1", text, "--owner", "Camat", "--due", "2020-10-31")
    closed = timpora.answer("meeting", "close", "1")
    assert closed.endswith("1 of 30 institutions, 3 decisions. Its figures: 47 foreign residents on 2020-09-17.\n")

    report = ("meeting", "report", "1", "--lang", "id", "--page")
    assert "Polsek Tanjungpandan" in timpora.answer(*report, "invitation")
    assert "Contoh Satu" not in timpora.answer(*report, "attendance", "--to-sign")
    assert "Contoh Satu" in timpora.answer(*report, "attendance")
    page = timpora.answer("brief", "--meeting", "1", "--lang", "en")
    assert "Operasi gabungan" in page
    assert "Mar'yana Vyhadana" in page
    minutes = timpora.answer("meeting", "report", "1", "--page", "minutes", "--lang", "id")
    assert "Perkawinan di Desa Air Merbau" in minutes
    assert minutes == timpora.answer("meeting", "report", "1", "--page", "minutes", "--lang", "id")
    timpora.answer("resident", "remove", "47", "--yes")
    assert minutes == timpora.answer("meeting", "report", "1", "--page", "minutes", "--lang", "id")
    assert timpora.answer("verify").splitlines()[-1].startswith("Whole.")


def test_the_meeting_of_26_october_2022(timpora: "Timpora", tmp_path: Path) -> None:
    """The same office two years later, from the sheet of its people: 86, and 16 KITAP, 63 KITAS and 7 ITK of them."""
    sheet = tmp_path / "oktober_2022.csv"
    sheet.write_bytes((OF_SHEETS / sheet.name).read_bytes())
    office = timpora.on(tmp_path / "register.db").at("2022-10-26")
    assert office("init").code == 0
    assert office("import", str(sheet), "--on", "2022-10-26").out.startswith("86 rows: 86 new, ")

    def totals(side: str, *words: str) -> dict[str, int]:
        rows = office.rows("counts", "--by", side, *words)
        return {row[side]: int(row["total"]) for row in rows if row["total"] != "0"}

    assert totals("class") == {"KITAS": 63, "KITAP": 16, "ITK": 7}
    assert totals("purpose", "--class", "KITAS") == {
        "WORK": 52,
        "FAMILY": 8,
        "INVESTOR": 1,
        "RETIREE": 1,
        "WATERS": 1,
    }
    assert office.rows("district", "rank")[0]["district"] == "Tanjungpandan"

    office.answer(
        *("meeting", "add", "--level", "regency", "--on", "2022-10-26", "--place", "Contoh Hotel, Tanjungpandan"),
        *("--theme", "Rapat koordinasi Timpora"),
    )
    office.answer("meeting", "invite", "1", "Polres Contoh: Kapolres", "Kejaksaan Contoh")
    office.answer("meeting", "attend", "1", "Polres Contoh", "--name", "Contoh Satu", "--for", "Kapolres")
    office.answer("meeting", "decide", "1", "Operasi gabungan", "--owner", "Kantor Imigrasi", "--due", "2022-11-30")
    closed = office.answer("meeting", "close", "1")
    assert closed.endswith("1 of 2 institutions, 1 decision. Its figures: 86 foreign residents on 2022-10-26.\n")
    assert "86" in office.answer("meeting", "report", "1", "--page", "minutes", "--lang", "id")
    assert "Kantor Imigrasi  30 November" in office.answer("brief", "--meeting", "1", "--lang", "id")
    assert "Tanjungpandan                              33\n" in office.answer("brief", "--audience", "public")
    assert office.answer("verify").splitlines()[-1].startswith("Whole.")
