"""Which country a word names."""

from typing import TYPE_CHECKING

import pytest

from timpora_cli import language
from timpora_cli.model.terms import UnknownTerm
from timpora_cli.queries.countries import countries_by_word, country_code, country_names

if TYPE_CHECKING:
    from tests.conftest import Office

ALL = "SELECT code, iso3, iso2, name_id, name_en FROM country"
ALIASES = "SELECT alias, code FROM country_alias"


def test_every_country_is_named_by_its_codes_and_by_its_names_in_both_languages(office: "Office") -> None:
    words = countries_by_word(office.connection)
    for code, *others in office.rows(ALL):
        assert country_code(office.connection, code, words) == code
        for word in filter(None, others):
            if word != "AS":  # American Samoa's, but in Indonesian it is Amerika Serikat
                assert country_code(office.connection, f" {word.upper()} ", words) == code, word


def test_every_alias_that_ships_means_what_it_says(office: "Office") -> None:
    words = countries_by_word(office.connection)
    for alias, code in office.rows(ALIASES):
        assert country_code(office.connection, alias, words) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Australia", "AUS"), ("aus", "AUS"), ("AU", "AUS"),
        ("Jerman", "D"), ("Germany", "D"), ("DEU", "D"), ("de", "D"), ("D", "D"),
        ("Belanda", "NLD"), ("Inggris", "GBR"), ("Korea Selatan", "KOR"), ("Amerika", "USA"), ("AS", "USA"),
        ("RRC", "CHN"), ("RRT", "CHN"), ("Tiongkok", "CHN"), ("China", "CHN"),
    ],
)  # fmt: skip
def test_the_words_of_an_office_are_known(office: "Office", text: str, code: str) -> None:
    assert country_code(office.connection, text) == code


@pytest.mark.parametrize(
    ("text", "near"), [("Australai", "Australia"), ("Germeny", "Germany"), ("Belnda", "Netherlands")]
)
def test_an_unknown_country_is_answered_with_the_nearest(office: "Office", text: str, near: str) -> None:
    with pytest.raises(UnknownTerm, match=f"{text} is not a known country") as error:
        country_code(office.connection, text)
    assert error.value.exit_code == 2
    assert near in str(error.value)


@pytest.mark.parametrize("text", ["", "?", "xyzzy", "%"])
def test_what_is_no_country_is_never_taken_for_one(office: "Office", text: str) -> None:
    with pytest.raises(UnknownTerm):
        country_code(office.connection, text)


@pytest.mark.slow
def test_a_country_is_the_same_whether_its_words_were_read_before_or_not(office: "Office") -> None:
    words = countries_by_word(office.connection)
    assert {word: country_code(office.connection, word) for word in words} == words


def test_a_countrys_name_follows_the_language(office: "Office") -> None:
    assert country_names(office.connection)["D"] == "Germany"
    language.choose("id")
    try:
        assert country_names(office.connection)["D"] == "Jerman"
    finally:
        language.choose("en")
