"""`timpora inspection`: what was found in the field, beside the register, with the command that corrects it."""

import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

ADD = ("inspection", "add")
BY = ("--officers", "Contoh, Rekaan")
LETTER = ("--letter", "W-1", "--letter-on", "2020-09-15")
VISIT = (*BY, "--on", "2020-09-16", *LETTER)
NOT_PRESENT = "Note: Resident 3, Cid Invented, is not present on 2020-09-16 by the register."
KITAS = ("--class", "KITAS", "--issued", "2020-01-01", "--expires", "2021-01-01", "--number")


@pytest.fixture
def three(empty: "Timpora") -> "Timpora":
    """Ann and Bob hold a KITAS each and live in Air Merbau; Cid has left for good."""

    def build() -> None:
        for number, name in enumerate(("Ann", "Bob", "Cid"), 1):
            who = ("--name", f"{name} Invented", "--nationality", "AUS", "--occupation", "Guru")
            empty.answer("resident", "add", *who, "--village", "Air Merbau", "--address", f"Jalan Contoh {number}")
            empty.answer("permit", "add", str(number), *KITAS, f"N{number}")
        empty.answer("resident", "depart", "3", "--on", "2020-09-01")

    return empty.prepared(build)


def card(timpora: "Timpora", *words: str) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(timpora.answer(*words, "--format", "json"))
    return shown


def letter(timpora: "Timpora", on: str) -> str:
    return str(card(timpora, "inspection", "show", "1", "--as-of", on)["letter"])


# What is recorded ----------------------------------------------------------------------------------------------------


def test_those_seen_and_those_not_found_are_named_in_the_answer(three: "Timpora") -> None:
    assert three.answer(*ADD, "1", "--not-found", "2", *VISIT) == (
        "Inspection 1 of 2020-09-16 recorded. Seen: Ann Invented (1). Not found: Bob Invented (2).\n"
    )
    shown = card(three, "inspection", "show", "1")
    assert (shown["inspected_on"], shown["officers"], shown["letter_number"]) == (
        "2020-09-16",
        "Contoh, Rekaan",
        "W-1",
    )
    assert (shown["looked_for"], shown["seen"], shown["differing"], shown["urgent"]) == (2, 1, 0, False)
    assert [(one["name"], one["seen"]) for one in shown["people"]] == [("Ann Invented", True), ("Bob Invented", False)]


@pytest.mark.slow
def test_what_was_checked_is_as_registered_and_the_rest_was_not_checked(three: "Timpora") -> None:
    three.answer(*ADD, "1", "--not-found", "2", *VISIT, "--as-registered", "address,class")
    three.answer(*ADD, "1", *VISIT, "--as-registered", "all")
    found = [
        [one[matter] for matter in ("address", "class", "activity")]
        for inspection in ("1", "2")
        for one in card(three, "inspection", "show", inspection)["people"]
    ]
    assert found == [
        ["AS_REGISTERED", "AS_REGISTERED", "NOT_CHECKED"],
        ["NOT_CHECKED"] * 3,
        ["AS_REGISTERED"] * 3,
    ]


def test_a_place_is_inspected_without_anybody(three: "Timpora") -> None:
    words = (*ADD, *VISIT, "--village", "Tanjung Binga", "--place", "Pantai Rekaan", "--finding", "Nobody was there.")
    assert three.answer(*words) == "Inspection 1 of 2020-09-16 recorded.\n"
    assert three.answer("inspection", "show", "1") == (
        "2020-09-16, Pantai Rekaan\n"
        "Inspection  1\n"
        "Day         2020-09-16\n"
        "Officers    Contoh, Rekaan\n"
        "Village     Tanjung Binga\n"
        "District    Sijuk\n"
        "Place       Pantai Rekaan\n"
        "People      0\n"
        "Seen        0\n"
        "Differ      0\n"
        "Urgent      no\n"
        "Letter      in time\n"
        "Letter no.  W-1\n"
        "Letter of   2020-09-15\n"
        "Finding     Nobody was there.\n"
    )


def test_without_a_day_it_was_today(three: "Timpora") -> None:
    assert three.answer(*ADD, "1", *BY, *LETTER).startswith("Inspection 1 of 2020-09-17 recorded.")


def test_a_person_is_named_by_a_document_too(three: "Timpora") -> None:
    said = three.answer(*ADD, "N1", "--not-found", "N2", *VISIT, "--activity-found", "N1=Nelayan")
    assert "Seen: Ann Invented (1). Not found: Bob Invented (2)." in said
    assert "Resident 1, Ann Invented, activity: found Nelayan, registered Guru.\n" in said


def test_programs_get_one_object(three: "Timpora") -> None:
    done = card(three, *ADD, "1", *VISIT, "--activity-found", "Nelayan")
    Draft202012Validator(json.loads(three.answer("schema", *ADD))).validate(done)
    assert (done["change"], done["inspection_id"], done["changed"]) == (len(three.changes()), 1, True)
    assert done["people"][0]["name"] == "Ann Invented"
    assert done["differences"][0]["command"] == "timpora resident edit 1 --occupation Nelayan"
    assert done["notices"] == []


# What differs from the register --------------------------------------------------------------------------------------


def differences(timpora: "Timpora", *clock: str) -> dict[str, tuple[str | None, str, str | None]]:
    listed = card(timpora, "inspection", "show", "1", *clock)["differences"]
    return {one["matter"]: (one["registered"], one["found"], one["command"]) for one in listed}


def test_each_difference_is_told_with_the_command_that_corrects_it(three: "Timpora") -> None:
    said = three.answer(
        *(*ADD, "1", "2", *VISIT, "--address-found", "2=Gang 'A' 5"),
        *("--class-found", "2=itap", "--activity-found", "1=Nelayan"),
    )
    assert said.splitlines()[1:] == [
        "Resident 1, Ann Invented, activity: found Nelayan, registered Guru.",
        "Correct it with: timpora resident edit 1 --occupation Nelayan",
        "Resident 2, Bob Invented, address: found Gang 'A' 5, registered Jalan Contoh 2, Air Merbau, Tanjungpandan.",
        """Correct it with: timpora resident move 2 --village NAME --address 'Gang '"'"'A'"'"' 5' --on 2020-09-16""",
        "Resident 2, Bob Invented, class: found KITAP, registered KITAS.",
        "Correct it with: timpora permit edit 2 --class KITAP",
    ]


@pytest.mark.slow
def test_once_the_register_says_what_was_found_no_command_is_offered(three: "Timpora") -> None:
    three.answer(
        *ADD, "1", *VISIT, "--address-found", "Gang 5", "--class-found", "KITAP", "--activity-found", "Nelayan"
    )
    was = "Jalan Contoh 1, Air Merbau, Tanjungpandan"
    assert differences(three) == {
        "address": (was, "Gang 5", "timpora resident move 1 --village NAME --address 'Gang 5' --on 2020-09-16"),
        "class": ("KITAS", "KITAP", "timpora permit edit 1 --class KITAP"),
        "activity": ("Guru", "Nelayan", "timpora resident edit 1 --occupation Nelayan"),
    }
    three.answer("resident", "move", "1", "--village", "Sijuk", "--address", "Gang 5", "--on", "2020-09-16")
    three.answer("permit", "edit", "1", "--class", "KITAP")
    three.answer("resident", "edit", "1", "--occupation", "nelayan")
    assert differences(three) == {
        "address": ("Gang 5, Sijuk, Sijuk", "Gang 5", None),
        "class": ("KITAP", "KITAP", None),
        "activity": ("nelayan", "Nelayan", None),
    }


def test_on_a_day_before_the_inspection_it_is_shown_as_on_its_own_day(three: "Timpora") -> None:
    three.answer(*ADD, "1", *VISIT, "--activity-found", "Nelayan")
    own, before = (
        three.answer("inspection", "show", "1", "--as-of", on, "--format", "json")
        for on in ("2020-09-16", "2019-01-01")
    )
    assert own == before


def test_what_is_found_as_the_register_says_is_no_difference(three: "Timpora") -> None:
    found = ("--address-found", "jalan contoh 1, AIR MERBAU", "--class-found", "ITAS", "--activity-found", "guru")
    assert three.answer(*ADD, "1", *VISIT, *found).count("\n") == 1
    (one,) = card(three, "inspection", "show", "1")["people"]
    assert [one[matter] for matter in ("address", "class", "activity")] == ["AS_REGISTERED"] * 3


@pytest.mark.slow
def test_the_command_is_another_for_one_without_a_permit_and_for_one_who_shows_none(three: "Timpora") -> None:
    three.answer(*ADD, "1", *VISIT, "--class-found", "none")
    assert differences(three)["class"] == (
        "KITAS",
        "NONE",
        "timpora permit revoke 1 --on 2020-09-16 --reason TEXT",
    )
    three.answer("permit", "revoke", "1", "--reason", "x", "--on", "2020-09-16")
    assert differences(three)["class"] == (None, "NONE", None)
    said = three.answer(*ADD, "1", *VISIT, "--class-found", "VOA")
    assert "timpora permit add 1 --class VOA --number NUMBER --issued DATE --expires DATE" in said


def test_somebody_who_left_and_was_seen_is_accepted_and_said(three: "Timpora") -> None:
    said = three.answer(*ADD, "3", *VISIT, "--address-found", "Gang 5")
    assert said.splitlines()[1:] == [
        "Resident 3, Cid Invented, address: found Gang 5, registered none.",
        "Correct it with: timpora resident return 3 --village NAME --address 'Gang 5' --on 2020-09-16",
        f"{NOT_PRESENT} A return is recorded with: timpora resident return 3 --on 2020-09-16",
    ]
    assert three.answer(*ADD, "--not-found", "3", *VISIT).count("\n") == 1


# The letter of assignment --------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_letter_is_needed_and_comes_first(three: "Timpora") -> None:
    before = three.db.read_bytes()
    assert three.refused(2, *ADD, "1", *BY) == (
        "An inspection needs its letter of assignment. Give --letter NUMBER and --letter-on DATE.\n"
        "Where it could not wait for the letter, give --urgent, and the letter later with: timpora inspection edit\n"
    )
    half = "A letter of assignment has a number and a day. Give both --letter NUMBER and --letter-on DATE.\n"
    assert three.refused(2, *ADD, "1", *BY, "--letter", "W-1") == half
    assert three.refused(2, *ADD, "1", *BY, "--urgent", "--letter-on", "2020-09-15") == half
    later = ("--on", "2020-09-14", *LETTER)
    assert three.refused(1, *ADD, "1", *BY, *later) == (
        "The letter of assignment is of 2020-09-15, after the inspection of 2020-09-14. Nothing was changed.\n"
        "Where the inspection could not wait for the letter, give --urgent.\n"
    )
    assert three.db.read_bytes() == before
    assert three(*ADD, "1", *BY, *later, "--urgent").code == 0


@pytest.mark.slow
def test_the_letter_of_an_urgent_one_is_awaited_then_missing_then_there_or_late(three: "Timpora") -> None:
    three.at("2020-09-16")
    said = three.answer(*ADD, "1", *BY, "--on", "2020-09-16", "--urgent")
    assert said.splitlines()[1] == (
        "Note: The letter of assignment is due by 2020-09-17. "
        "Record it with: timpora inspection edit 1 --letter NUMBER --letter-on DATE"
    )
    three.at("2020-09-20")
    assert [letter(three, f"2020-09-{day}") for day in (16, 17, 18)] == ["AWAITED", "AWAITED", "MISSING"]
    said = three.answer("inspection", "edit", "1", "--letter", "W-2", "--letter-on", "2020-09-17")
    assert said == "Inspection 1 of 2020-09-16 corrected. Seen: Ann Invented (1).\n"
    assert [letter(three, f"2020-09-{day}") for day in (16, 17, 18)] == ["AWAITED", "IN_TIME", "IN_TIME"]
    said = three.answer("inspection", "edit", "1", "--letter-on", "2020-09-18")
    assert said.splitlines()[1] == "Note: The letter of assignment was due by 2020-09-17, and is late."
    assert [letter(three, f"2020-09-{day}") for day in (17, 18)] == ["AWAITED", "LATE"]


@pytest.mark.slow
def test_within_how_many_days_the_letter_is_due_is_a_rule_of_the_day_of_the_inspection(three: "Timpora") -> None:
    for on in ("2020-09-10", "2020-09-12"):
        three.answer(*ADD, "1", *BY, "--on", on, "--urgent")
    more = ("--for", "URGENT_INSPECTION", "--from", "2020-09-12", "--basis", "Contoh", "--source", "x.invalid")
    three.answer("rule", "add", "reporting", "999999999", *more)
    dues = [(row["letter_due"], row["letter"]) for row in three.rows("inspection", "list")]
    assert dues == [("9999-12-31", "AWAITED"), ("2020-09-11", "MISSING")]
    three.answer("undo", "--yes")
    (shipped,) = [row["rule_id"] for row in three.rows("rule", "list") if row["subject"] == "URGENT_INSPECTION"]
    three.answer("rule", "end", shipped, "--until", "2020-09-01")
    three.answer("inspection", "edit", "1", "--letter", "W-9", "--letter-on", "2020-09-17")
    dues = [(row["letter_due"], row["letter"]) for row in three.rows("inspection", "list")]
    assert dues == [("", "AWAITED"), ("", "IN_TIME")]
    said = three.answer("inspection", "edit", "2", "--finding", "x")
    assert said.splitlines()[1].startswith("Note: There is no letter yet. Record it with:")


# What is refused -----------------------------------------------------------------------------------------------------


@pytest.mark.one_in(5)
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("1", *BY, "--on", "2020-09-18", *LETTER), 1, "The day 2020-09-18 is after today (2020-09-17)."),
        (("1", *LETTER), 2, "An inspection names the officers who went there. Give --officers NAMES."),
        (("1", "--officers", " ", *LETTER), 2, "An inspection names the officers"),
        (VISIT, 2, "An inspection is of a resident or of a place."),
        ((*VISIT, "--place", "x"), 2, "An inspection that names nobody says what was found."),
        (("1", "N1", *VISIT), 2, "Resident 1 is named twice."),
        (("1", "--not-found", "1", *VISIT), 2, "Resident 1 is named twice."),
        (("--not-found", "1", *VISIT, "--class-found", "none"), 2, "Resident 1 was not found, so no permit was shown."),
        (("9", *VISIT), 4, "There is no resident 9."),
        (("1", *VISIT, "--case", "7"), 4, "There is no case 7. See them with: timpora case list --all"),
        (("1", *VISIT, "--case", "x"), 4, "There is no case x"),
        (("1", *VISIT, "--village", "Atlantis"), 4, "There is no village Atlantis."),
        (("1", *VISIT, "--as-registered", "adress"), 2, "adress is not a known matter. Did you mean address?"),
        (("1", *VISIT, "--class-found", "KITSA"), 2, "KITSA is not a known class. Did you mean KITAS?"),
        (("1", "2", *VISIT, "--activity-found", "Guru"), 2, '--activity-found "Guru" does not say of whom.'),
        (("1", *VISIT, "--activity-found", "2=Guru"), 2, '--activity-found "2=Guru" does not say of whom.'),
        (("1", *VISIT, "--address-found", "1= "), 2, '--address-found "1=" does not say what was found.'),
        (
            ("1", *VISIT, "--address-found", "a", "--address-found", "1=b"),
            2,
            "--address-found is given twice for resident 1.",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(
    three: "Timpora", words: tuple[str, ...], code: int, said: str
) -> None:
    before = three.db.read_bytes()
    assert three.refused(code, *ADD, *words).startswith(said)
    assert three.db.read_bytes() == before


def test_all_that_is_wrong_with_a_line_is_told_at_once(three: "Timpora") -> None:
    said = three(*ADD, "9", *BY, "--on", "31/2/2020", "--class-found", "KITSA").err
    assert [line.split(":")[0].strip() for line in said.splitlines() if ": " in line][:1] == ["timpora"]
    for part in ("There is no resident 9", "31/2/2020", "KITSA is not a known class"):
        assert part in said


def test_a_sign_in_the_words_is_a_part_of_them(three: "Timpora") -> None:
    three.answer(*ADD, "1", *VISIT, "--activity-found", "a=b, and nobody of that name")
    assert differences(three)["activity"][1] == "a=b, and nobody of that name"


# The list and the corrections ----------------------------------------------------------------------------------------


@pytest.fixture
def cases(three: "Timpora") -> "Timpora":
    """The same with a case on record."""
    where = ("--village", "Air Merbau", "--by", "Kepala Desa", "--reported", "2020-09-16")
    three.answer("case", "open", "other", *where, "--text", "something invented")
    return three


@pytest.mark.slow
def test_the_list_is_the_latest_first_up_to_the_day(cases: "Timpora") -> None:
    cases.answer(*ADD, "1", *VISIT, "--case", "1", "--activity-found", "Nelayan")
    cases.answer(*ADD, "2", *BY, *LETTER)
    cases.answer(*ADD, "--not-found", "1", *BY, "--on", "2020-09-16", "--urgent", "--finding", "The house is closed.")
    columns = ("--columns", "inspection_id,inspected_on,looked_for,seen,differing,letter,finding,case_id")
    assert cases.answer("inspection", "list", *columns) == (
        "Inspection  Day         People  Seen  Differ  Letter   Finding               Case\n"
        "         2  2020-09-17       1     1       0  in time\n"
        "         3  2020-09-16       1     0       0  awaited  The house is closed.\n"
        "         1  2020-09-16       1     1       1  in time                           1\n"
    )
    assert [row["inspection_id"] for row in cases.rows("inspection", "list", "--as-of", "2020-09-16")] == ["3", "1"]
    assert [row["inspection_id"] for row in cases.rows("inspection", "list", "--resident", "1")] == ["3", "1"]
    assert cases.rows("inspection", "list", "--as-of", "2020-09-15") == []
    assert cases.refused(4, "inspection", "list", "--resident", "9").startswith("There is no resident 9.")


def test_the_place_of_an_inspection_is_called_as_on_its_day(three: "Timpora") -> None:
    three.answer(*ADD, "1", *VISIT, "--village", "Air Merbau")
    three.answer("village", "rename", "Air Merbau", "--to", "Merbau Baru", "--on", "2020-09-17", "--yes")
    assert [row["village"] for row in three.rows("inspection", "list")] == ["Air Merbau"]


@pytest.mark.slow
def test_an_inspection_is_completed_and_corrected(cases: "Timpora") -> None:
    cases.answer(*ADD, "1", *VISIT, "--place", "Pasar", "--finding", "x")
    cases.answer(
        *("inspection", "edit", "1", "--case", "1", "--finding", "", "--place", "", "--officers", "Contoh"),
        *("--district", "Sijuk", "--on", "2020-09-15"),
    )
    shown = card(cases, "inspection", "show", "1")
    assert [shown[key] for key in ("case_id", "finding", "place", "officers", "district", "inspected_on")] == [
        1, None, None, "Contoh", "Sijuk", "2020-09-15",
    ]  # fmt: skip
    cases.answer("inspection", "edit", "1", "--case", "", "--urgent", "--letter", "", "--letter-on", "")
    shown = card(cases, "inspection", "show", "1")
    assert [shown[key] for key in ("case_id", "urgent", "letter_number", "letter")] == [None, True, None, "MISSING"]


@pytest.mark.one_in(5)
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("1",), 2, "Nothing was given to correct."),
        (("1", "--officers", ""), 2, "An inspection names the officers"),
        (("1", "--letter", ""), 2, "A letter of assignment has a number and a day."),
        (("1", "--letter", "", "--letter-on", ""), 2, "An inspection needs its letter of assignment."),
        (("1", "--on", "2020-09-14"), 1, "The letter of assignment is of 2020-09-15, after the inspection"),
        (("1", "--case", "5"), 4, "There is no case 5"),
        (("1", "--finding", ""), 2, "An inspection that names nobody says what was found."),
        (("1", "--place", ""), 2, "An inspection is of a resident or of a place."),
        (("9", "--place", "x"), 4, "There is no inspection 9. See them with: timpora inspection list"),
        (("x", "--place", "x"), 4, "There is no inspection x."),
    ],
)
def test_a_correction_that_cannot_be_is_refused(three: "Timpora", words: tuple[str, ...], code: int, said: str) -> None:
    three.answer(*ADD, *VISIT, "--place", "Pasar", "--finding", "x")
    before = three.db.read_bytes()
    assert three.refused(code, "inspection", "edit", *words).startswith(said)
    assert three.db.read_bytes() == before
