"""People and permits from the first day to the last, as transcripts: what was typed, and what was said."""

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from timpora_cli.model.mrz import check_digit

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Timpora

ANN = ("--name", "Ann Invented", "--nationality", "AUS", "--passport", "X0000001", "--village", "Air Merbau")
KITAS = ("--class", "ITAS", "--number", "2C21DEMO9001", "--issued", "2019-10-01", "--expires", "2020-09-30")


@pytest.fixture
def office(empty: "Timpora") -> "Timpora":
    """A register with one resident, who holds one permit."""
    empty.answer("resident", "add", *ANN, "--arrived", "2019-06-01")
    empty.answer("permit", "add", "1", *KITAS, "--index", "C317")
    return empty


def changes(timpora: "Timpora") -> list[tuple[str, str, str | None]]:
    with closing(sqlite3.connect(timpora.db)) as connection:
        return connection.execute("SELECT officer, command, reason FROM change ORDER BY id").fetchall()


def dump(path: "Path") -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


# The whole way


def test_from_an_empty_folder_to_a_revoked_permit(timpora: "Timpora", tmp_path: "Path") -> None:
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
            "Permit 1 extended by permit 2: KITAS until 2021-09-30.",
        ),
        (
            ("permit", "convert", "2C21DEMO9002", "--class", "ITAP", "--number", "2D21DEMO9003", "--expires", "+5y"),
            "Permit 2 (KITAS) converted to permit 3: KITAP until 2025-09-17.",
        ),
        (
            ("permit", "revoke", "3", "--reason", "sponsor withdrew"),
            "Permit 3 revoked from 2020-09-17.",
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
        "Number    Issued by\n"
        "X0000001  AUS\n"
        "\n"
        "Residences\n"
        "Since       Village     District       Code\n"
        "2019-06-01  Air Merbau  Tanjungpandan  19.02.01.2012\n"
    )


def test_the_history_knows_who_and_with_which_options_and_no_value(office: "Timpora") -> None:
    office.answer(
        "resident", "edit", "1", "--occupation", "", "--contact", "0812", "--reason", "a slip", "--officer", "Sari"
    )
    *_before, added, granted, edited = changes(office)
    assert added == (
        "a made-up officer", "resident add --name --nationality --arrived --passport --village", None
    )  # fmt: skip
    assert granted[1] == "permit add --number --issued --expires --index --class"
    assert edited == ("Sari", "resident edit --occupation --contact --reason", "a slip")


def test_a_change_that_changes_nothing_leaves_no_line_in_the_history(office: "Timpora") -> None:
    before = changes(office)
    office.refused(2, "resident", "edit", "1")
    office.refused(1, "permit", "add", "1", *KITAS)
    office.refused(4, "resident", "depart", "99")
    office.answer("resident", "list")
    assert changes(office) == before


# Refusals, each with nothing changed


@pytest.mark.parametrize(
    ("code", "typed", "said"),
    [
        (
            1,
            ("resident", "add", "--name", "Ann Again", "--nationality", "AUS", "--passport", "x 0000001"),
            (
                "Passport X0000001 of AUS is already recorded for resident 1. Nothing was changed.\n"
                "See it with: timpora resident show 1\n"
            ),
        ),
        (
            1,
            ("permit", "add", "1", "--class", "ITAS", "--number", "N2", "--issued", "2020-01-01", "--expires", "+1y"),
            (
                "Resident 1 already holds permit 1 (KITAS, until 2020-09-30), and can hold one at a time.\n"
                "Extend it with: timpora permit extend 1   Or change its class with: timpora permit convert 1\n"
            ),
        ),
        (
            1,
            ("permit", "extend", "1", "--number", "N2", "--issued", "2020-09-10", "--expires", "2020-09-09"),
            "An extension until 2020-09-09 does not reach past the present end 2020-09-30 of permit 1.\n",
        ),
        (
            1,
            ("permit", "convert", "1", "--class", "ITAP", "--issued", "2020-09-10", "--expires", "2020-09-09"),
            "The last valid day 2020-09-09 is before the day of issue 2020-09-10. Nothing was changed.\n",
        ),
        (
            1,
            ("permit", "extend", "1", "--issued", "2020-09-18", "--expires", "2021-09-17"),
            "The day of issue 2020-09-18 is after today (2020-09-17). Record a grant when it has been issued.\n",
        ),
        (
            1,
            ("permit", "extend", "1", "--issued", "2019-09-30", "--expires", "2021-09-17"),
            "The day 2019-09-30 is before permit 1 itself began (2019-10-01). Nothing was changed.\n",
        ),
        (
            1,
            ("resident", "add", "--name", "Ibu Contoh", "--nationality", "Indonesia"),
            "Refused, nothing was changed: the register is of foreign nationals; IDN is Indonesia.\n",
        ),
        (
            1,
            (
                "resident",
                "add",
                "--name",
                "Ben",
                "--nationality",
                "D",
                "--born",
                "2020-01-01",
                "--arrived",
                "2019-01-01",
            ),
            "Refused, nothing was changed: nobody arrives before the day of birth.\n",
        ),
        (
            1,
            ("resident", "add", "--name", "Ben", "--nationality", "D", "--arrived", "besok"),
            "The day 2020-09-18 is after today (2020-09-17). Record it when it has happened.\n",
        ),
        (
            4,
            ("resident", "add", "--name", "Ben", "--nationality", "D", "--child", "999"),
            "There is no resident 999. Find one with: timpora resident list --name NAME\n",
        ),
        (
            4,
            ("resident", "edit", "1", "--parent", "999"),
            "There is no resident 999. Find one with: timpora resident list --name NAME\n",
        ),
        (
            1,
            ("resident", "edit", "1", "--child", "1"),
            "Refused, nothing was changed: nobody is their own relative.\n",
        ),
        (
            1,
            ("resident", "depart", "1", "--on", "2019-09-30"),
            "The day 2019-09-30 is before 2019-10-01, the day this residence or permit began. Nothing was changed.\n",
        ),
        (
            1,
            ("resident", "move", "1", "--village", "Sijuk", "--on", "2019-05-31"),
            "The day 2019-05-31 is before 2019-06-01, the day this residence or permit began. Nothing was changed.\n",
        ),
        (1, ("resident", "edit", "1", "--name", ""), "Refused, nothing was changed: a resident has a name.\n"),
        (1, ("resident", "edit", "1", "--name", " "), "Refused, nothing was changed: a resident has a name.\n"),
        (
            1,
            ("resident", "edit", "1", "--nationality", ""),
            "Refused, nothing was changed: a resident has a nationality; XXX says that it is not known.\n",
        ),
        (4, ("resident", "show", "99"), "There is no resident 99. Find one with: timpora resident list --name NAME\n"),
        (
            4,
            ("resident", "show", "Ann"),
            "There is no resident Ann. Find one with: timpora resident list --name NAME\n",
        ),
        (4, ("permit", "show", "99"), "There is no permit 99. Find one with: timpora permit list\n"),
        (
            4,
            ("permit", "extend", "N9", "--expires", "+1y"),
            "There is no permit N9. Find one with: timpora permit list\n",
        ),
        (
            2,
            ("resident", "edit", "1"),
            "Nothing was given to change. See the options with: timpora resident edit --help\n",
        ),
        (
            2,
            ("permit", "edit", "1"),
            "Nothing was given to correct. See the options with: timpora permit edit --help\n",
        ),
    ],
)
def test_a_refusal_says_why_and_changes_nothing(
    office: "Timpora", code: int, typed: tuple[str, ...], said: str
) -> None:
    before = dump(office.db)
    assert office.refused(code, *typed) == said
    assert dump(office.db) == before


def test_a_number_is_recorded_once_in_any_letter_case(office: "Timpora") -> None:
    office.answer("resident", "add", "--name", "Ben Invented", "--nationality", "D")
    typed = (
        "permit",
        "add",
        "2",
        "--class",
        "ITK",
        "--number",
        "2c21demo9001",
        "--issued",
        "1/9/2020",
        "--expires",
        "+1m",
    )
    assert office.refused(1, *typed) == (
        "Permit number 2c21demo9001 is already recorded as permit 1 of resident 1. Nothing was changed.\n"
    )


def test_a_permit_that_has_ended_says_which_holds_now(office: "Timpora") -> None:
    office.answer("permit", "extend", "1", "--expires", "2021-09-30")
    for verb in ("extend", "convert", "revoke"):
        more = {"extend": ("--expires", "+2y"), "convert": ("--class", "ITAP", "--expires", "+5y"), "revoke": ()}[verb]
        said = office.refused(1, "permit", verb, "1", *more, "--reason", "x")
        assert said == "Permit 1 ended on 2020-09-17 (EXTENDED). -> timpora permit show 2\n"


def test_extend_and_convert_name_each_other_where_the_class_is_the_point(office: "Timpora") -> None:
    said = office.refused(1, "permit", "convert", "1", "--class", "KITAS", "--expires", "+1y")
    assert said.startswith("Permit 1 is of class KITAS")
    assert "timpora permit extend 1" in said


# What is missing


@pytest.mark.parametrize(
    ("typed", "missing"),
    [
        (("resident", "add"), "--name, --nationality"),
        (("resident", "add", "--name", "Ben"), "--nationality"),
        (("resident", "add", "--nationality", "D", "--name", ""), "--name"),
        (("resident", "move", "1"), "--village"),
        (("permit", "add", "1"), "--class, --number, --issued, --expires"),
        (("permit", "add", "1", "--class", "ITAS", "--issued", "unknown"), "--number, --expires"),
        (("permit", "add", "1", *KITAS[:-1], ""), "--expires"),
        (("permit", "extend", "1"), "--expires"),
        (("permit", "extend", "1", "--expires", ""), "--expires"),
        (("permit", "convert", "1", "--expires", "+1y"), "--class"),
        (("permit", "revoke", "1"), "--reason"),
    ],
)
def test_what_is_missing_is_named_away_from_a_terminal(office: "Timpora", typed: tuple[str, ...], missing: str) -> None:
    assert office.refused(2, *typed) == (
        f"Missing: {missing}.\nGive them on the command line; they are only asked for on a terminal.\n"
    )


@pytest.mark.parametrize(
    ("typed", "missing"),
    [
        (("resident", "show"), "RESIDENT"),
        (("permit", "extend", "--expires", "+1y"), "PERMIT"),
        (("district", "add", "19.02.09"), "NAME"),
    ],
)
def test_a_missing_argument_is_named(office: "Timpora", typed: tuple[str, ...], missing: str) -> None:
    given = office(*typed)
    assert (given.code, given.out) == (2, "")
    assert given.err.endswith(f"Error: Missing argument '{missing}'.\n")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--passport-expires", "2030-01-01"), "--passport-expires"),
        (("--passport-country", "D"), "--passport-country"),
        (("--married", "2010-01-01"), "--married"),
        (("--child-born", "2010-01-01"), "--child-born"),
        (("--sponsor-kind", "company"), "--sponsor-kind"),
    ],
)
def test_an_option_that_would_say_nothing_alone_is_never_dropped_in_silence(
    office: "Timpora", typed: tuple[str, ...], said: str
) -> None:
    before = dump(office.db)
    refusal = office.refused(2, "resident", "add", "--name", "Ben", "--nationality", "D", *typed)
    assert said in refusal
    assert dump(office.db) == before


def test_where_the_village_is_not_known_the_district_may_be(office: "Timpora") -> None:
    assert office.answer("resident", "add", "--name", "Ben", "--nationality", "D", "--district", "sijuk") == (
        "Resident 2 recorded: Ben. Sijuk now counts 1.\n"
    )
    assert office.rows("resident", "list", "--district", "Sijuk")[0]["name"] == "Ben"
    assert office.rows("counts", "--district", "Sijuk")[0]["total"] == "1"
    assert [(row["village"], row["total"]) for row in office.rows("counts", "--by", "village")][-1] == ("", "1")
    assert office.answer("resident", "edit", "2", "--village", "Keciput") == "Resident 2 corrected: Ben.\n"
    assert office.rows("resident", "list", "--village", "Keciput")[0]["name"] == "Ben"
    assert office.answer("resident", "move", "2", "--district", "Damar") == (
        "Resident 2 moved on 2020-09-17: Ben. Damar now counts 1.\n"
    )


def test_what_belongs_to_the_passport_or_the_sponsor_on_record_can_be_given_alone_or_later(office: "Timpora") -> None:
    office.answer("resident", "edit", "1", "--passport-country", "Selandia Baru", "--sponsor", "PT  Contoh ")
    assert "X0000001  NZL\n" in office.answer("resident", "show", "1")
    office.answer("resident", "edit", "1", "--sponsor", "pt contoh", "--sponsor-kind", "perusahaan")
    row = office.rows("resident", "show", "1")[0]
    assert (row["sponsor"], row["sponsor_kind"]) == ("PT Contoh", "COMPANY")


# Who and which


@pytest.mark.parametrize(
    "reference", ["1", "X0000001", "x0000001", "X 000-0001", "2C21DEMO9001", "2c21demo9001", "NI-7"]
)
def test_a_resident_is_found_by_id_niora_passport_or_permit_number(office: "Timpora", reference: str) -> None:
    office.answer("resident", "edit", "1", "--niora", "NI-7")
    assert office.answer("resident", "show", reference) == office.answer("resident", "show", "1")


@pytest.mark.parametrize("reference", ["1", "2C21DEMO9001", "2c21demo9001"])
def test_a_permit_is_found_by_id_or_number(office: "Timpora", reference: str) -> None:
    assert office.answer("permit", "show", reference).startswith("KITAS valid until 2020-09-30, 13 days left\nPermit")


def test_of_several_grants_under_one_number_the_current_one_is_meant(office: "Timpora") -> None:
    office.answer("permit", "extend", "1", "--expires", "2021-09-30")
    assert office.answer("permit", "show", "2C21DEMO9001").splitlines()[:2] == [
        "KITAS valid until 2021-09-30, 378 days left",
        "Permit       2",
    ]


# Leaving and coming back


def test_a_departure_ends_permit_and_residence_and_a_move_is_the_return(office: "Timpora") -> None:
    assert office.answer("resident", "depart", "1", "--on", "2020-09-10", "--how", "deportasi") == (
        "Resident 1 departed on 2020-09-10: Ann Invented. Permit 1 ended that day.\n"
    )
    assert office.answer("resident", "list") == ""
    assert office.answer("permit", "list") == ""
    assert office.answer("resident", "show", "1").startswith("Ann Invented - departed on 2020-09-10\n")
    assert "deported" in office.answer("permit", "show", "1").lower()
    for typed in (("depart", "1"), ("edit", "1", "--village", "Sijuk")):
        assert office.refused(1, "resident", *typed) == (
            "Resident 1 departed on 2020-09-10. A return is recorded with: timpora resident move 1\n"
        )
    assert office.refused(
        1, "permit", "add", "1", *KITAS[:2], "--number", "N2", "--issued", "2020-09-12", "--expires", "+1y"
    )
    assert office.answer("resident", "move", "1", "--village", "Sijuk", "--on", "2020-09-15") == (
        "Resident 1 returned on 2020-09-15: Ann Invented. Sijuk now counts 1.\n"
    )
    present = {day: len(office.rows("resident", "list", "--as-of", day)) for day in
               ("2019-05-31", "2019-06-01", "2020-09-09", "2020-09-10", "2020-09-14", "2020-09-15")}  # fmt: skip
    assert list(present.values()) == [0, 1, 1, 0, 0, 1]


def test_a_move_within_a_village_keeps_the_village_named(office: "Timpora") -> None:
    said = office.refused(2, "resident", "move", "1", "--address", "Gang Contoh 3")
    assert said.startswith("Missing: --village.")
    assert office.answer("resident", "move", "1", "--village", "", "--on", "2020-09-16") == (
        "Resident 1 moved on 2020-09-16: Ann Invented. No region now counts 1.\n"
    )


# Corrections


def test_an_empty_value_empties(office: "Timpora") -> None:
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
    assert office.answer("resident", "edit", "1", *filled) == "Resident 1 corrected: Ann Invented.\n"
    row = office.rows("resident", "show", "1")[0]
    assert (row["occupation"], row["contact"], row["born"], row["sex"], row["niora"]) == (
        "Guru", "0812", "1990-02-28", "F", "N1",
    )  # fmt: skip
    office.answer("resident", "edit", "1", *[word if word.startswith("--") else "" for word in filled])
    row = office.rows("resident", "show", "1")[0]
    assert [row[key] for key in ("occupation", "contact", "born", "sex", "note", "niora")] == [""] * 6
    assert row["name"] == "Ann Invented"


def test_a_correction_of_a_permit_says_what_it_was(office: "Timpora") -> None:
    assert office.answer("permit", "edit", "1", "--expires", "2021-09-30") == (
        "Permit 1 corrected: KITAS, issued 2019-10-01, expires 2021-09-30 (was 2020-09-30).\n"
    )
    assert office.answer("permit", "edit", "1", "--expires", "unknown") == (
        "Permit 1 corrected: KITAS, issued 2019-10-01, expires unknown (was 2021-09-30).\n"
    )
    assert office.rows("expiring")[0]["state"] == "UNKNOWN"
    assert office.answer("permit", "edit", "1", "--number", "", "--class", "ITK", "--expires", "1/10/2020") == (
        "Permit 1 corrected: ITK, issued 2019-10-01, expires 2020-10-01 (was unknown).\n"
    )
    assert office.rows("expiring")[0]["permit_number"] == ""


def test_each_version_is_kept(office: "Timpora") -> None:
    office.answer("resident", "edit", "1", "--occupation", "Guru")
    office.answer("resident", "edit", "1", "--occupation", "Penulis")
    office.answer("permit", "edit", "1", "--expires", "2020-12-31")
    office.answer("permit", "edit", "1", "--expires", "2020-11-30")
    with closing(sqlite3.connect(office.db)) as connection:
        occupations = connection.execute("SELECT occupation FROM resident_version WHERE id = 1").fetchall()
        ends = connection.execute("SELECT expires_on FROM permit_version WHERE id = 1 ORDER BY until_change").fetchall()
    assert occupations == [(None,), ("Guru",)]
    assert ends == [("2020-09-30",), ("2020-12-31",)]


def test_a_new_passport_takes_the_place_of_the_present_one(office: "Timpora") -> None:
    office.answer("resident", "edit", "1", "--passport-expires", "2020-12-31")
    office.answer(
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
    card = office.answer("resident", "show", "X0000001")
    assert "Passport     X0000002\n" in card
    assert card.partition("\nPassports\n")[2].splitlines()[:3] == [
        "Number    Issued by  Issued      Expires     Retired",
        "X0000001  AUS                    2020-12-31  2020-09-01",
        "X0000002  AUS        2020-09-01  2030-09-17",
    ]
    assert "Passport     X0000001\n" in office.answer("resident", "show", "1", "--as-of", "2020-08-31")


def test_a_family_stands_on_both_cards(office: "Timpora") -> None:
    office.answer(
        "resident", "add", "--name", "Ben Invented", "--nationality", "D", "--spouse", "1", "--married", "2015-05-05"
    )
    office.answer("resident", "edit", "1", "--child", "Sari Contoh", "--child-born", "2016-06-06")
    assert office.answer("resident", "show", "1").partition("\nFamily\n")[2] == (
        "Relation  Name          Id  Nat.  Born        Since\n"
        "spouse    Ben Invented   2  D                 2015-05-05\n"
        "child     Sari Contoh       IDN   2016-06-06\n"
    )
    assert office.answer("resident", "show", "2").partition("\nFamily\n")[2] == (
        "Relation  Name          Id  Nat.  Since\nspouse    Ann Invented   1  AUS   2015-05-05\n"
    )
    office.answer("resident", "edit", "2", "--marriage-ended", "2020-01-01")
    assert "2020-01-01" in office.answer("resident", "show", "1").partition("\nFamily\n")[2]
    assert office.refused(1, "resident", "edit", "2", "--marriage-ended", "2020-01-01") == (
        "Resident 2 has no marriage on record that has not ended.\n"
    )


def test_remove_needs_a_yes_and_leaves_nobody(office: "Timpora") -> None:
    before = dump(office.db)
    assert office.refused(2, "resident", "remove", "1") == (
        "Remove resident 1, Ann Invented, with everything recorded? "
        "This is only asked on a terminal; elsewhere, say yes with --yes.\n"
    )
    assert dump(office.db) == before
    assert office.answer("resident", "remove", "1", "--yes", "--reason", "entered twice") == (
        "Resident 1 removed, 4 rows in all.\n"
    )
    office.refused(4, "resident", "show", "1")
    assert changes(office)[-1] == ("a made-up officer", "resident remove --reason --yes", "entered twice")


# A passport's two lines


def lines_of(
    name: str = "INVENTED<<ANN<MARIE",
    country: str = "AUS",
    number: str = "X90000002",
    born: str = "900228",
    expires: str = "280519",
) -> list[str]:
    """The two lines of a made-up passport, with the right check digits, as options."""
    first = f"{'P<' + country + name:<<44}"
    personal = "ZE184226B" + "<" * 5
    facts = f"{number}{check_digit(number)}{country}{born}{check_digit(born)}F{expires}{check_digit(expires)}"
    facts += f"{personal}{check_digit(personal)}"
    second = facts + str(check_digit(facts[:10] + facts[13:20] + facts[21:43]))
    return ["--mrz", first, "--mrz", second]


def test_the_two_lines_of_a_passport_say_who(empty: "Timpora") -> None:
    assert empty.answer("resident", "add", *lines_of(), "--village", "Air Merbau") == (
        "Resident 1 recorded: INVENTED ANN MARIE. Tanjungpandan now counts 1.\n"
    )
    row = empty.rows("resident", "show", "1")[0]
    assert [row[key] for key in ("name", "nationality", "sex", "born", "passport_number")] == [
        "INVENTED ANN MARIE", "AUS", "F", "1990-02-28", "X90000002",
    ]  # fmt: skip
    passports = empty.rows("expiring", "--passports", "--before", "2028-05-20")
    assert (passports[0]["passport_country"], passports[0]["expires_on"]) == ("AUS", "2028-05-19")


def test_what_is_typed_goes_before_what_the_passport_says(empty: "Timpora") -> None:
    empty.answer("resident", "add", *lines_of(), "--name", "Ann Marie Invented", "--born", "1990-02-27")
    row = empty.rows("resident", "show", "1")[0]
    assert (row["name"], row["born"], row["passport_number"]) == ("Ann Marie Invented", "1990-02-27", "X90000002")


def test_a_german_passport_names_germany_by_one_letter(empty: "Timpora") -> None:
    empty.answer("resident", "add", *lines_of(country="D<<"))
    assert empty.rows("resident", "show", "1")[0]["country"] == "Germany"


def test_both_lines_may_come_in_one_piece(empty: "Timpora") -> None:
    _option, first, _again, second = lines_of()
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
    empty: "Timpora", place: int, letter: str, said: str
) -> None:
    _option, first, _again, second = lines_of()
    wrong = str((int(second[43]) + 1) % 10) if letter == "x" else letter
    typed = second[:place] + wrong + second[place + 1 :]
    assert empty.refused(2, "resident", "add", "--mrz", first, "--mrz", typed).startswith(said)
    assert empty.answer("resident", "list") == ""


def test_the_specimen_of_the_standard_is_of_no_country(empty: "Timpora") -> None:
    first, second = (
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    )
    assert empty.refused(2, "resident", "add", "--mrz", first, "--mrz", second).startswith(
        "UTO is not a known country."
    )
    assert empty.refused(2, "resident", "add", "--mrz", first).startswith("The two lines have 88 characters together")


# Regions


def test_a_district_and_a_village_of_ones_own(empty: "Timpora") -> None:
    assert empty.answer("district", "add", "19.02.06", "Contoh Baru") == "District 19.02.06 added: Contoh Baru.\n"
    assert (
        empty.answer("village", "add", "19.02.06.2001", "Desa Contoh") == "Village 19.02.06.2001 added: Desa Contoh.\n"
    )
    assert empty.answer(
        "resident", "add", "--name", "Ann", "--nationality", "AUS", "--village", "Contoh, contoh baru"
    ) == ("Resident 1 recorded: Ann. Contoh Baru now counts 1.\n")
    assert empty.refused(1, "district", "add", "19.02.06", "Again") == (
        "19.02.06 is already on record. Nothing was changed.\n"
    )
    assert empty.refused(1, "village", "add", "19.02.07.2001", "Nowhere").startswith(
        "19.02.07.2001 lies in 19.02.07, which is not on record."
    )
    assert empty.refused(1, "district", "add", "19.02", "Short") == (
        "19.02 is not a Kemendagri code of a district; one looks like 19.02.01.\n"
    )


def test_regions_from_a_list(empty: "Timpora", tmp_path: "Path") -> None:
    file = tmp_path / "wilayah.csv"
    file.write_text("kode,nama\n11,Aceh\n11.01,Kab. Aceh Selatan\n11.01.01,Bakongan\n11.01.01.2001,Keude\n", "utf-8")
    said = "1 provinces, 1 regencies, 1 districts, 1 villages new or renamed.\n"
    assert empty.answer("region", "import", str(file)) == said
    assert empty.answer("region", "import", str(file)) == said.replace("1", "0")
    assert len(empty.rows("district", "list")) == 12
    assert len(empty.rows("district", "list", "--all")) == 13
    assert empty.rows("village", "list", "--district", "bakongan")[0]["village"] == "Keude"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,2\n", "has no columns kode and nama (or code and name); it has: a, b. Nothing was imported."),
        (b"kode,nama\n1,Aceh\n", 'line 2: "1" is not a Kemendagri code. Nothing was imported.'),
        (b"kode,nama\n11.01,Aceh\n", "11.01 lies in 11, which is not on record."),
        (b"kode,nama\n11,Ac\xff\n", "cannot be read"),
        (None, "cannot be read"),
    ],
)
def test_a_list_that_cannot_be_taken_is_refused_whole(
    empty: "Timpora", tmp_path: "Path", content: bytes | None, said: str
) -> None:
    file = tmp_path / "wilayah.csv"
    if content is not None:
        file.write_bytes(content)
    before = dump(empty.db)
    assert said in empty.refused(1, "region", "import", str(file))
    assert dump(empty.db) == before
    elsewhere = empty.on(tmp_path / "new.db")
    assert said in elsewhere.refused(1, "init", "--region", str(file))
    assert not elsewhere.db.exists()
