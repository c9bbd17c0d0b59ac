from collections.abc import Iterator
from datetime import date
from gettext import NullTranslations

import pytest

from timpora_cli import language
from timpora_cli.render import Cell, Column, Kind, Listing, Output
from timpora_cli.render.answer import arrange
from timpora_cli.render.text import money, sentence, speaker, strips


class Catalogue(NullTranslations):
    def gettext(self, message: str) -> str:
        known = {
            "OVERSTAY": "LEWAT WAKTU",
            "Name": "Nama",
            "family": "keluarga",
            "yes": "ya",
            "": "Project-Id-Version: x",
        }
        return known.get(message, message)


@pytest.fixture
def indonesian(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(language, "_chosen", "id")
    monkeypatch.setattr(language, "_catalogue", Catalogue())
    yield
    language.choose("en")


@pytest.mark.parametrize(
    ("rupiah", "english"),
    [(0, "Rp0"), (999, "Rp999"), (1_500_000, "Rp1,500,000"), (60_000_000, "Rp60,000,000"), (-1_000, "-Rp1,000")],
)
def test_money_is_grouped_as_the_language_groups_it(rupiah: int, english: str, request: pytest.FixtureRequest) -> None:
    assert money(rupiah) == english
    request.getfixturevalue("indonesian")
    assert money(rupiah) == english.replace(",", ".")


@pytest.mark.parametrize(
    ("kind", "cell", "expected"),
    [
        (Kind.TEXT, None, ""),
        (Kind.TEXT, "OVERSTAY", "OVERSTAY"),
        (Kind.TEXT, "", ""),
        (Kind.STATE, "OVERSTAY", "LEWAT WAKTU"),
        (Kind.STATE, "", ""),
        (Kind.WORD, "FAMILY", "keluarga"),
        (Kind.WORD, "\x1b", "\\x1b"),
        (Kind.WORD, True, "ya"),
        (Kind.WORD, False, "no"),
        (Kind.CLASS, "KITAS", "KITAS"),
        (Kind.DATE, date(2020, 9, 20), "2020-09-20"),
        (Kind.DATE, "until the decision", "until the decision"),
        (Kind.NUMBER, 10316, "10316"),
        (Kind.MONEY, 1_500_000, "Rp1.500.000"),
        (Kind.MONEY, "over 60 days", "over 60 days"),
    ],
)
@pytest.mark.usefixtures("indonesian")
def test_people_read_words_and_machines_codes(kind: Kind, cell: Cell, expected: str) -> None:
    assert speaker(kind, {"FAMILY": "family"})(cell) == expected


@pytest.mark.usefixtures("indonesian")
def test_headings_are_in_the_language_and_an_empty_one_stays_empty() -> None:
    listing = Listing((Column("place", ""), Column("name", "Name")), [("1", "Ana")])

    assert [strip.heading for strip in strips(arrange(listing, Output("plain")))] == ["", "Nama"]
    assert sentence("") == ""


def test_a_strip_shows_no_names_in_a_traceback() -> None:
    (strip,) = strips(arrange(Listing((Column("name", "Name"),), [("Ana",)]), Output("plain")))

    assert "Ana" not in repr(strip)
