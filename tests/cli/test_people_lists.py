"""`resident list` and `show`, `permit list` and `show`, and the regions: on the example register, 17 September 2020."""

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Golden, Timpora

FORMATS = ("table", "plain", "csv", "tsv", "json", "ndjson")
RESIDENT_KEYS = [
    *("resident_id", "name", "nationality", "country", "sex", "born", "age", "birthplace", "niora"),
    *(
        "passport_number",
        "village",
        "district",
        "address",
        "arrived",
        "departed",
        "departed_how",
        "purpose",
        "occupation",
        "sponsor",
        "sponsor_kind",
    ),
    *("contact", "class", "permit_number", "expires_on", "effective_until", "relief", "state", "days_left", "act_by"),
    *("overstay_days", "fine", "over_limit", "unlimited", "next_report", "last_report", "note"),
]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("residents", ("resident", "list", "--district", "Tanjungpandan")),
        ("permits", ("permit", "list", "--group", "visit")),
        ("districts", ("district", "list")),
        ("villages", ("village", "list", "--district", "Sijuk")),
    ],
)
def test_a_list_as_people_and_as_programs_read_it(
    timpora: "Timpora", golden: "Golden", name: str, words: tuple[str, ...]
) -> None:
    golden(f"cli_{name}.txt", timpora.answer(*words))
    golden(f"cli_{name}.csv", timpora.answer(*words, "--format", "csv"))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("resident_married_in_air_merbau", ("resident", "show", "26")),
        ("resident_overstay", ("resident", "show", "32")),
        ("resident_with_a_long_chain", ("resident", "show", "39")),
        ("permit_of_a_chain", ("permit", "show", "2C21DEMO0079")),
    ],
)
def test_a_card_as_people_and_as_programs_read_it(
    timpora: "Timpora", golden: "Golden", name: str, words: tuple[str, ...]
) -> None:
    golden(f"cli_{name}.txt", timpora.answer(*words))
    golden(f"cli_{name}.json", timpora.answer(*words, "--format", "json"))


def test_a_kitas_holder_of_air_merbau_is_married_to_a_citizen(timpora: "Timpora") -> None:
    card = json.loads(timpora.answer("resident", "show", "26", "--format", "json"))
    assert (card["class"], card["village"], card["purpose"]) == ("KITAS", "Air Merbau", "FAMILY")
    assert [(one["relation"], one["nationality"], one["resident_id"]) for one in card["family"]] == [
        ("SPOUSE", "IDN", None)
    ]


@pytest.mark.slow
def test_the_keys_of_a_card(timpora: "Timpora") -> None:
    card = json.loads(timpora.answer("resident", "show", "1", "--format", "json"))
    assert list(card) == [*RESIDENT_KEYS, "permits", "reports", "passports", "stays", "residences", "family"]
    assert json.loads(timpora.answer("resident", "show", "1", "--format", "ndjson")) == card
    for form, delimiter in (("csv", ","), ("tsv", "\t")):
        header, *rows = timpora.answer("resident", "show", "1", "--format", form).splitlines()
        assert header.split(delimiter) == RESIDENT_KEYS
        assert len(rows) == 1


@pytest.mark.slow
@pytest.mark.one_in(10)
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "words", [("resident", "show", "39"), ("permit", "show", "81"), ("resident", "list"), ("permit", "list")]
)
def test_mask_hides_every_number_of_a_document(timpora: "Timpora", words: tuple[str, ...], form: str) -> None:
    timpora.answer("resident", "edit", "39", "--niora", "NI00000123")
    masked = timpora.answer(*words, "--mask", "--format", form)
    for number in ("X0000039", "2C21DEMO", "NI00000123"):
        assert number not in masked
    assert "*********080" in masked or words[1] == "list"
    assert timpora.answer(*words, "--format", form) != masked


def test_a_passport_number_that_two_countries_use_asks_which(timpora: "Timpora") -> None:
    timpora.answer("resident", "add", "--name", "Ann", "--nationality", "AUS", "--passport", "X0000039")
    assert timpora.refused(2, "resident", "show", "X0000039") == (
        "X0000039 is a document number of several residents: 39, 50. Give the resident's id.\n"
    )


@pytest.mark.slow
def test_a_number_that_is_an_id_means_the_id(timpora: "Timpora") -> None:
    timpora.answer("resident", "add", "--name", "Ann", "--nationality", "AUS", "--niora", "123")
    timpora.answer("resident", "add", "--name", "Ben", "--nationality", "AUS", "--niora", "987")
    assert timpora.rows("resident", "show", "987")[0]["name"] == "Ben"
    timpora.answer("resident", "edit", "50", "--niora", "039")
    assert timpora.rows("resident", "show", "039")[0]["resident_id"] == "39"


@pytest.mark.one_in(4)
@pytest.mark.parametrize("reference", ["0", "-0", "1.0", "9" * 30, "١", "", " ", "%", "_", "X000000_"])
def test_what_names_nobody_finds_nobody(timpora: "Timpora", reference: str) -> None:
    for what in ("resident", "permit"):
        given = timpora(what, "show", "--", reference)
        assert (given.code, given.out) == (4, "")


def test_a_permit_that_is_not_in_force_says_so(timpora: "Timpora") -> None:
    assert timpora.answer("permit", "show", "2C21DEMO0079").startswith("ITK, not in force on 2020-09-17\n")
    in_force = timpora.answer("permit", "show", "2C21DEMO0079", "--as-of", "2020-06-01")
    assert in_force.startswith("ITK valid until 2020-06-16 as printed, and without an end by Automatic")
    assert (
        "not in force" not in timpora.answer("permit", "show", "2C21DEMO0079", "--as-of", "2020-06-01").splitlines()[0]
    )


@pytest.mark.slow
def test_districts_that_are_not_ours_are_listed_where_asked_for(timpora: "Timpora") -> None:
    assert len(timpora.rows("district", "list")) == len(timpora.rows("district", "list", "--all")) == 12
    assert len(timpora.rows("village", "list")) == 88
    assert timpora.refused(4, "village", "list", "--district", "Sijok").startswith("There is no district Sijok.")
    assert timpora.refused(2, "village", "list", "--district", "").startswith("--district is empty.")
