"""`timpora resident passport`: a second passport beside the first, a retired one made current, and corrections."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import AtTerminal, Timpora
    from tests.conftest import RegisterMaker

PASSPORT = ("resident", "passport", "1")
DAYS = ("--issued", "2020-05-01", "--expires", "2020-12-31")


@pytest.fixture
def dual(ann: "Timpora") -> "Timpora":
    """Ann Invented with a passport of Australia (2015 to 2025), and one of New Zealand beside it (2020 to 2020)."""

    def build() -> None:
        ann.answer("resident", "edit", "1", "--passport-issued", "2015-01-01", "--passport-expires", "2025-01-01")
        ann.answer(*PASSPORT, "N 2000002", "--country", "NZL", *DAYS, "--keep-old")

    return ann.prepared(build)


def passports(timpora: "Timpora", *clock: str) -> list[dict[str, Any]]:
    card: dict[str, Any] = json.loads(timpora.answer("resident", "show", "1", "--format", "json", *clock))
    return list(card["passports"])


def in_use(timpora: "Timpora", *clock: str) -> str | None:
    number: str | None = json.loads(timpora.answer("resident", "show", "1", "--format", "json", *clock))[
        "passport_number"
    ]
    return number


@pytest.mark.slow
def test_a_new_passport_takes_the_place_of_the_present_one(ann: "Timpora") -> None:
    said = ann.answer(*PASSPORT, "x-0000099", *DAYS)
    assert said == "Passport X0000099 recorded for resident 1, Ann Invented. It takes the place of X0000001.\n"
    old, new = passports(ann)
    assert (old["passport_number"], old["retired_on"], old["in_use"]) == ("X0000001", "2020-05-01", False)
    assert (new["passport_number"], new["retired_on"], new["in_use"]) == ("X0000099", None, True)
    ann.answer("undo", "--yes")
    assert in_use(ann) == "X0000001"


@pytest.mark.slow
def test_a_passport_kept_beside_another_is_valid_too_and_lists_show_the_later_one(dual: "Timpora") -> None:
    assert [(one["passport_number"], one["retired_on"], one["in_use"]) for one in passports(dual)] == [
        ("X0000001", None, False), ("N2000002", None, True),
    ]  # fmt: skip
    assert in_use(dual, "--as-of", "2020-04-30") == "X0000001"
    assert in_use(dual, "--as-of", "2020-05-01") == "N2000002"


def test_each_valid_passport_that_runs_out_is_listed_and_people_are_counted_once(dual: "Timpora") -> None:
    assert dual.answer(
        "expiring", "--passports", "--before", "2026-01-01", "--columns", "passport_number,expires_on"
    ) == (
        "Passport  Expires\n"
        "N2000002  2020-12-31\n"
        "X0000001  2025-01-01\n"
        "\n"
        "1 listed + 0 not due + 0 without a passport on record + 0 departed = 1 person known on 2020-09-17.\n"
    )
    (one,) = dual.rows("expiring", "--passports", "--before", "2021-01-01")
    assert one["passport_number"] == "N2000002"
    (one,) = dual.rows("expiring", "--passports", "--before", "2026-01-01", "--from", "2021-01-01")
    assert one["passport_number"] == "X0000001"
    assert dual.rows("expiring", "--passports", "--before", "2020-12-31") == []


def test_a_renewal_takes_the_place_of_the_passport_of_its_own_country(dual: "Timpora") -> None:
    said = dual.answer(*PASSPORT, "X0000099", "--issued", "2020-09-01", "--expires", "2030-09-01")
    assert said.endswith("It takes the place of X0000001.\n")
    assert [one["retired_on"] for one in passports(dual)] == ["2020-09-01", None, None]
    assert in_use(dual) == "X0000099"


@pytest.mark.slow
def test_a_passport_that_is_named_current_is_shown_from_that_day_on(dual: "Timpora") -> None:
    dual.answer(*PASSPORT, "--current", "x0000001", "--keep-old")
    assert in_use(dual) == "X0000001"
    assert in_use(dual, "--as-of", "2020-09-16") == "N2000002"
    assert [one["retired_on"] for one in passports(dual)] == [None, None]
    dual.at("2020-09-20").answer(*PASSPORT, "--current", "N2000002", "--keep-old")
    assert in_use(dual) == "N2000002"
    assert in_use(dual, "--as-of", "2020-09-19") == "X0000001"


@pytest.mark.slow
@pytest.mark.one_in(2)
@pytest.mark.parametrize("issued", [("--issued", "2020-05-01"), ()])
def test_a_retired_passport_can_be_current_again_and_past_days_say_what_they_said(
    ann: "Timpora", issued: tuple[str, ...]
) -> None:
    ann.at("2020-05-01").answer(*PASSPORT, "X0000099", *issued)
    days = ("2020-04-30", "2020-05-01", "2020-09-16")
    ann.at("2020-09-17")
    before = [in_use(ann, "--as-of", day) for day in days]
    said = ann.answer(*PASSPORT, "--current", "X0000001")
    assert said == "Passport X0000001 is the current one of resident 1, Ann Invented. It takes the place of X0000099.\n"
    assert [in_use(ann, "--as-of", day) for day in days] == before
    assert before[1:] == ["X0000099", "X0000099"]
    assert in_use(ann) == "X0000001"
    assert {one["passport_number"]: one["retired_on"] for one in passports(ann)} == {
        "X0000001": None,
        "X0000099": "2020-09-17",
    }
    assert "Whole." in ann.answer("verify")
    ann.answer("undo", "--yes")
    assert in_use(ann) == "X0000099"


@pytest.mark.slow
def test_a_passport_that_is_current_again_was_not_valid_in_between(ann: "Timpora") -> None:
    def valid(day: str) -> list[str]:
        rows = ann.rows("expiring", "--passports", "--before", "2100-01-01", "--as-of", day)
        return [row["passport_number"] for row in rows]

    ann.answer(*PASSPORT, "X0000001", "--expires", "2029-01-01")
    ann.answer(*PASSPORT, "X0000099", "--issued", "2020-05-01", "--expires", "2030-05-01")
    ann.answer(*PASSPORT, "--current", "X0000001")
    ann.at("2020-09-20").answer(*PASSPORT, "--current", "X0000099")
    ann.at("2020-09-25").answer(*PASSPORT, "--current", "X0000001")
    days = ("2020-04-30", "2020-05-01", "2020-09-16", "2020-09-17", "2020-09-20", "2020-09-25")
    said = ["X0000001", "X0000099", "X0000099", "X0000001", "X0000099", "X0000001"]
    assert [valid(day) for day in days] == [[number] for number in said]
    assert [in_use(ann, "--as-of", day) for day in days] == said


@pytest.mark.slow
def test_a_passport_that_was_named_before_is_shown_on_the_days_between(dual: "Timpora") -> None:
    for day, number in (("2020-09-17", "X0000001"), ("2020-09-20", "N2000002"), ("2020-09-25", "X0000001")):
        dual.at(day).answer(*PASSPORT, "--current", number, "--keep-old")
    days = ("2020-09-16", "2020-09-19", "2020-09-24", "2020-09-25")
    assert [in_use(dual, "--as-of", day) for day in days] == ["N2000002", "X0000001", "N2000002", "X0000001"]


@pytest.mark.slow
def test_the_facts_of_any_passport_on_record_are_corrected_by_its_number(dual: "Timpora") -> None:
    said = dual.answer(*PASSPORT, "X0000001", "--expires", "2026-06-30", "--country", "GBR")
    assert said == "Passport X0000001 of resident 1, Ann Invented, corrected.\n"
    (one,) = (one for one in passports(dual) if one["passport_number"] == "X0000001")
    assert (one["passport_country"], one["issued_on"], one["expires_on"]) == ("GBR", "2015-01-01", "2026-06-30")
    dual.answer(*PASSPORT, "X0000001", "--expires", "")
    assert passports(dual)[0]["expires_on"] is None


@pytest.mark.slow
def test_what_cannot_be_of_a_passport_is_refused(dual: "Timpora") -> None:
    before = dual.db.read_bytes()
    assert "NUMBER" in dual.refused(2, *PASSPORT)
    assert dual.refused(2, *PASSPORT, "X1", "--current", "X0000001").startswith("--current names a passport on record")
    assert dual.refused(2, *PASSPORT, "--current", "X0000001", "--expires", "2030-01-01").startswith("--current names")
    assert dual.refused(4, *PASSPORT, "--current", "X0000009").startswith("Resident 1 has no passport X0000009 on")
    assert dual.refused(1, *PASSPORT, "X0000001").startswith("Passport X0000001 is on record for resident 1 already.")
    assert dual.refused(1, *PASSPORT, "X0000001", "--keep-old", "--expires", "2030-01-01").startswith(
        "Passport X0000001"
    )
    assert dual.refused(2, *PASSPORT, "X").startswith('"X" is not a passport number')
    assert dual.refused(4, "resident", "passport", "9", "X0000002").startswith("There is no resident 9")
    dual.answer("resident", "add", "--name", "Bob Invented", "--nationality", "NZL", "--village", "Sijuk")
    assert dual.refused(1, "resident", "passport", "2", "X0000001", "--country", "AUS").startswith(
        "Passport X0000001 of AUS is already recorded for resident 1."
    )
    dual.answer("undo", "--yes")
    assert len(dual.db.read_bytes()) >= len(before)


@pytest.mark.slow
def test_a_permit_is_measured_by_the_passport_that_lists_show(dual: "Timpora") -> None:
    dual.answer("permit", "extend", "1", "--issued", "2020-09-01", "--expires", "2021-09-30")
    assert [row["kind"] for row in csv_of(dual, "check")] == ["BEYOND_PASSPORT", "WITHOUT_SPONSOR"]
    dual.answer(*PASSPORT, "--current", "X0000001", "--keep-old")
    assert [row["kind"] for row in csv_of(dual, "check")] == ["WITHOUT_SPONSOR"]


def csv_of(timpora: "Timpora", *words: str) -> list[dict[str, Any]]:
    return list(json.loads(timpora(*words, "--format", "json").out))


@pytest.mark.slow
@pytest.mark.one_in(6)
@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("named", [(), ("X0000001",), ("X0000001", "N2000002")])
def test_valid_passports_come_back_from_an_export_in_any_order_of_rows(
    dual: "Timpora", register: "RegisterMaker", tmp_path: Path, named: tuple[str, ...], backwards: bool
) -> None:
    dual.answer("resident", "edit", "1", "--niora", "7123")
    for day, number in zip(("2020-09-18", "2020-09-20"), named, strict=False):
        dual.at(day).answer(*PASSPORT, "--current", number, "--keep-old")
    sheet = tmp_path / "all.csv"
    dual("export", str(sheet), "--layout", "import")
    header, *lines = sheet.read_text(encoding="utf-8").splitlines()
    sheet.write_text("\n".join([header, *(reversed(lines) if backwards else lines)]) + "\n", encoding="utf-8")
    before = sorted(map(str, passports(dual)))
    again = dual.on(register("again.db"))
    assert again("import", str(sheet)).code == 0
    assert sorted(map(str, passports(again))) == before
    for day in ("2020-04-30", "2020-05-01", "2020-09-18", "2020-09-20"):
        assert in_use(again, "--as-of", day) == in_use(dual, "--as-of", day)
    assert again("import", str(sheet)).out.startswith(f"{len(lines)} rows: 0 new, 0 renewed, 0 changed")


@pytest.mark.slow
def test_naming_one_of_two_without_any_day_changes_no_past_day(
    ann: "Timpora", register: "RegisterMaker", tmp_path: Path
) -> None:
    ann.answer(*PASSPORT, "X0000099", "--keep-old", "--expires", "2030-01-01")
    shown = in_use(ann)
    assert shown == "X0000099"
    ann.answer(*PASSPORT, "--current", "X0000001", "--keep-old")
    assert [in_use(ann, "--as-of", day) for day in ("2020-09-16", "2020-09-17")] == [shown, "X0000001"]
    ann.answer("resident", "edit", "1", "--niora", "7123")
    sheet, again = tmp_path / "all.csv", ann.on(register("again.db"))
    ann("export", str(sheet), "--layout", "import")
    assert again("import", str(sheet)).code == 0
    assert [in_use(again, "--as-of", day) for day in ("2020-09-16", "2020-09-17")] == [shown, "X0000001"]
    ann.at("2020-09-20").answer(*PASSPORT, "--current", "X0000099", "--keep-old")
    days = ("2020-09-16", "2020-09-19", "2020-09-20")
    assert [in_use(ann, "--as-of", day) for day in days] == [shown, "X0000001", "X0000099"]
    ann.answer(*PASSPORT, "--current", "X0000001", "--keep-old")
    assert in_use(ann) == "X0000001"


# A corrected nationality ---------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_corrected_nationality_asks_what_becomes_of_the_passports_country(ann: "Timpora") -> None:
    before = ann.db.read_bytes()
    edit = ("resident", "edit", "1", "--nationality", "NZL")
    assert ann.refused(2, *edit) == (
        "The nationality becomes NZL, and the passport in use is of AUS, the nationality until now.\n"
        "Say who issued it: --passport-country same, or --passport-country NZL.\n"
    )
    assert ann.db.read_bytes() == before
    ann.answer(*edit, "--passport-country", "same")
    assert [one["passport_country"] for one in passports(ann)] == ["AUS"]
    ann.answer("undo", "--yes")
    ann.answer(*edit, "--passport-country", "NZL")
    assert [one["passport_country"] for one in passports(ann)] == ["NZL"]


@pytest.mark.slow
def test_it_is_not_asked_where_nothing_is_open(ann: "Timpora") -> None:
    ann.answer("resident", "edit", "1", "--nationality", "AUS", "--note", "x")
    ann.answer("resident", "edit", "1", "--nationality", "GBR", "--passport", "X0000055")
    ann.answer("resident", "passport", "1", "X0000055", "--country", "NZL")
    ann.answer("resident", "edit", "1", "--nationality", "AUS")
    assert [one["passport_country"] for one in passports(ann)] == ["AUS", "NZL"]
    ann.answer("resident", "add", "--name", "Bob Invented", "--nationality", "NZL", "--village", "Sijuk")
    ann.answer("resident", "edit", "2", "--nationality", "AUS")


@pytest.mark.slow
@pytest.mark.parametrize(("keys", "country"), [("same\n", "AUS"), ("nix\nSelandia Baru\n", "NZL")])
def test_it_is_a_question_on_a_terminal(typing: "AtTerminal", ann: "Timpora", keys: str, country: str) -> None:
    given = typing("resident", "edit", "1", "--nationality", "NZL", keys=keys, db=ann.db)
    assert given.code == 0
    question = "The passport in use is of AUS, the nationality until now. Who issued it: same (AUS), or NZL?: "
    assert given.err.count(question) == keys.count("\n")
    assert [one["passport_country"] for one in passports(ann)] == [country]
