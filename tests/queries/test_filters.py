"""Filters: or within one, and across; and an unknown value is an error that helps, never an empty list."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from timpora_cli.errors import NotFound, TimporaError, WrongUsage
from timpora_cli.queries.filters import EVERYONE, Asked, Where, resolved

if TYPE_CHECKING:
    from tests.conftest import Office

ON = "2020-09-17"
AIR_MERBAU, TANJUNG_BINGA, DUKONG, OTHER_DUKONG = "19.02.01.2012", "19.02.04.2005", "19.06.07.2004", "19.02.01.2007"

Listed = Callable[..., set[str]]


@pytest.fixture
def listed(office: "Office") -> Listed:
    """Whom a set of filters finds, by first name."""

    def holds(name: str, nationality: str, village: str | None, kind: str, expires: str | None, **facts: Any) -> None:
        office.permit(office.person(name, nationality, village=village, **facts), kind, "2020-01-01", expires)

    def build() -> None:
        holds("Ann O'Hara Invented", "AUS", AIR_MERBAU, "KITAP", "2025-01-01", purpose_code="FAMILY")
        holds(
            "Bob Hernández Invented",
            "D",
            TANJUNG_BINGA,
            "KITAS",
            "2020-10-01",
            purpose_code="WORK",
            sponsor="PT Contoh",
        )
        holds("Cid Invented", "D", DUKONG, "VOA", "2020-09-01", sponsor="CV Contoh Jaya")
        holds("Dee Invented", "NLD", None, "DINAS", "2020-09-01", sponsor="PT Contoh Jaya")
        holds("Eva Invented", "NLD", OTHER_DUKONG, "ITK", None, purpose_code="TOURISM")
        office.person("Fay Invented", "AUS", village=AIR_MERBAU)

    office.prepared(build)

    def ask(**filters: str | tuple[str, ...]) -> set[str]:
        asked = Asked(**{name: (value,) if isinstance(value, str) else value for name, value in filters.items()})
        people = office.people(ON, resolved(office.connection, asked))
        return {person.name.split()[0] for person in people.values()}

    return ask


def test_without_filters_everyone_is_found(office: "Office", listed: Listed) -> None:
    assert listed() == {"Ann", "Bob", "Cid", "Dee", "Eva", "Fay"}
    assert resolved(office.connection, Asked()) == EVERYONE == Where()
    assert EVERYONE.everyone
    assert not resolved(office.connection, Asked(state=("DUE",))).everyone
    assert not resolved(office.connection, Asked(district=("Sijuk",))).everyone


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"district": "tanjung pandan"}, {"Ann", "Fay", "Eva"}),
        ({"district": "19.02.04"}, {"Bob"}),
        ({"district": "Badau"}, set()),
        ({"village": "Aik Merbau"}, {"Ann", "Fay"}),
        ({"village": "Dukong, Simpang Pesak"}, {"Cid"}),
        ({"permit_class": "itap"}, {"Ann"}),
        ({"permit_class": "kunjungan"}, {"Eva"}),
        ({"group": "visit"}, {"Cid", "Eva"}),
        ({"group": "none"}, {"Fay"}),
        ({"nationality": "Jerman"}, {"Bob", "Cid"}),
        ({"purpose": "pekerja"}, {"Bob"}),
        ({"sponsor": "pt contoh"}, {"Bob"}),  # one of that very name, so no other that holds it
        ({"sponsor": "contoh"}, {"Bob", "Cid", "Dee"}),
        ({"sponsor": "jaya"}, {"Cid", "Dee"}),
        ({"name": "o'hara"}, {"Ann"}),
        ({"name": "OHara"}, {"Ann"}),
        ({"name": "hernandez"}, {"Bob"}),
        ({"state": "relief"}, {"Cid"}),
        ({"state": "overstay"}, {"Dee"}),
        ({"state": "due"}, {"Bob"}),
        ({"state": "valid"}, {"Ann"}),
        ({"state": "Unknown"}, {"Eva"}),
    ],
)
def test_one_filter(listed: Listed, filters: dict[str, str], names: set[str]) -> None:
    assert listed(**filters) == names


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"district": ("Sijuk", "Simpang Pesak")}, {"Bob", "Cid"}),
        ({"village": ("Air Merbau", "Tanjung Binga")}, {"Ann", "Fay", "Bob"}),
        ({"permit_class": ("KITAP", "VOA")}, {"Ann", "Cid"}),
        ({"group": ("NONE", "OFFICIAL")}, {"Fay", "Dee"}),
        ({"nationality": ("AUS", "NLD")}, {"Ann", "Fay", "Dee", "Eva"}),
        ({"purpose": ("WORK", "FAMILY")}, {"Ann", "Bob"}),
        ({"name": ("ann", "cid")}, {"Ann", "Cid"}),
        ({"state": ("due", "relief")}, {"Bob", "Cid"}),
    ],
)
def test_repeating_a_filter_means_or(listed: Listed, filters: dict[str, tuple[str, ...]], names: set[str]) -> None:
    assert listed(**filters) == names


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"nationality": "D", "permit_class": "KITAS"}, {"Bob"}),
        ({"nationality": ("D", "NLD"), "group": "VISIT"}, {"Cid", "Eva"}),
        ({"district": "Tanjungpandan", "state": "valid"}, {"Ann"}),
        ({"district": "Tanjungpandan", "village": "Dukong"}, {"Eva"}),
        ({"district": "Simpang Pesak", "village": "Dukong", "name": "cid", "sponsor": "contoh"}, {"Cid"}),
        ({"nationality": "AUS", "purpose": "WORK"}, set()),
    ],
)
def test_different_filters_mean_and(listed: Listed, filters: dict[str, str], names: set[str]) -> None:
    assert listed(**filters) == names


@pytest.mark.parametrize(
    ("filters", "kind", "code", "said"),
    [
        ({"district": "Tanjungpadan"}, NotFound, 4, "Did you mean Tanjungpandan"),
        ({"district": "19.02.99"}, NotFound, 4, "There is no district 19.02.99"),
        ({"village": "Air Merbo"}, NotFound, 4, "Did you mean Air Merbau"),
        ({"village": "dukong"}, WrongUsage, 2, "the name of 2 villages"),
        (
            {"village": "Air Merbau", "district": "Sijuk"},
            NotFound,
            4,
            "does not lie in that district; there is 19.02.01.2012",
        ),
        ({"name": "Hernandes"}, NotFound, 4, "nobody whose name holds Hernandes"),
        ({"name": "Cid Inventet"}, NotFound, 4, "Did you mean Cid Invented"),
        ({"name": " "}, NotFound, 4, "nobody whose name holds"),
        ({"sponsor": "PT Conto Jayaa"}, NotFound, 4, "Did you mean PT Contoh Jaya"),
        ({"sponsor": ""}, NotFound, 4, "There is no sponsor"),
        ({"permit_class": "KITSA"}, WrongUsage, 2, "Did you mean KITAS"),
        ({"group": "vist"}, WrongUsage, 2, "Did you mean VISIT"),
        ({"nationality": "Germeny"}, WrongUsage, 2, "Did you mean Germany"),
        ({"purpose": "wrok"}, WrongUsage, 2, "Did you mean WORK"),
        ({"state": "overstayed"}, WrongUsage, 2, "Did you mean OVERSTAY"),
        ({"district": ("Sijuk", "Sijok")}, NotFound, 4, "There is no district Sijok"),
        ({"nationality": "D", "state": "?"}, WrongUsage, 2, "Known: VALID, DUE, RELIEF, UNKNOWN, OVERSTAY"),
    ],
)
def test_an_unknown_value_is_an_error_that_names_the_nearest(
    listed: Listed, filters: dict[str, str], kind: type[TimporaError], code: int, said: str
) -> None:
    with pytest.raises(kind) as error:
        listed(**filters)
    assert error.value.exit_code == code
    assert said in str(error.value)
    assert len(str(error.value).splitlines()) <= 3


@pytest.mark.one_in(5)
@pytest.mark.parametrize("text", ["%", "_", "' OR 1=1 --", '"', "]", "\\"])
@pytest.mark.parametrize("name", ["district", "village", "name", "sponsor", "nationality", "permit_class", "state"])
def test_nothing_that_is_typed_is_sql_or_a_pattern(listed: Listed, name: str, text: str) -> None:
    with pytest.raises(TimporaError):
        listed(**{name: text})


def test_a_name_is_known_only_among_those_on_record_but_of_any_day(office: "Office", listed: Listed) -> None:
    office.depart(office.person("Gus Invented"), "2020-01-01")
    assert listed(name="gus") == set()  # known, and not present: an empty list, no error


def test_a_district_elsewhere_is_found_where_nobody_of_ours_bears_its_name(office: "Office", listed: Listed) -> None:
    from timpora_cli.actions import regions

    rows = [("11", "Aceh"), ("11.01", "Aceh Selatan"), ("11.01.01", "Bakongan"), ("11.01.01.2001", "Sijuk")]
    with office.change() as change:
        regions.load(change, [regions.Region(*row) for row in rows], ours=False)
    office.person("Hal Invented", village="11.01.01.2001")
    assert listed(district="bakongan") == {"Hal"}
    assert listed(village="Sijuk") == set()  # ours
    assert listed(village="Sijuk", district="Bakongan") == {"Hal"}
