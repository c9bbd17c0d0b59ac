"""What TAB offers from the register: values that a command accepts, with what is said beside each."""

from typing import TYPE_CHECKING

from timpora_cli.actions import regions
from timpora_cli.queries import offers
from timpora_cli.queries.find import permit_of_id
from timpora_cli.queries.places import village_named

if TYPE_CHECKING:
    from tests.conftest import Office


def test_every_village_that_is_offered_names_one_village(office: "Office") -> None:
    offered = list(offers.villages(office.connection))
    assert len(offered) == 88
    for offer in offered:
        assert village_named(office.connection, offer.value).code in offer.words
    assert [offer.value for offer in offered if "Dukong" in offer.value] == [
        "Dukong, Tanjungpandan",
        "Dukong, Simpang Pesak",
    ]


def test_places_elsewhere_are_offered_by_their_codes(office: "Office") -> None:
    assert list(offers.districts_elsewhere(office.connection, "bakong")) == []
    rows = [("11", "Aceh"), ("11.01", "Aceh Selatan"), ("11.01.01", "Bakongan"), ("11.01.01.2001", "Keude Bakongan")]
    with office.change() as change:
        regions.load(change, [regions.Region(*row) for row in rows], ours=False)
    (district,) = offers.districts_elsewhere(office.connection, "bakong")
    assert (district.value, district.says) == ("11.01.01", "Bakongan, Aceh Selatan")
    (village,) = offers.villages_elsewhere(office.connection, "keude")
    assert (village.value, village.says) == ("11.01.01.2001", "Keude Bakongan, Bakongan")
    assert [offer.value for offer in offers.villages_within(office.connection, "11.01.01")] == ["Keude Bakongan"]


def test_the_countries_of_most_people_come_first_and_indonesia_not_at_all(office: "Office") -> None:
    for name, nationality in (("Ann", "NLD"), ("Bob", "NLD"), ("Cid", "AUS")):
        office.person(f"{name} Invented", nationality)
    offered = list(offers.countries(office.connection))
    assert [offer.words[1] for offer in offered[:2]] == ["NLD", "AUS"]
    assert "IDN" not in {offer.words[1] for offer in offered}


def test_current_permits_come_before_those_that_ended(office: "Office") -> None:
    first = office.permit(office.person("Ann Invented"), "KITAS", "2019-06-01", "2020-06-01", "N1")
    second = office.extend(first, "2020-05-20", "2021-06-01", "N2")
    unknown = office.permit(office.person("Bob Invented"), "KITAS")
    assert [(int(offer.value), offer.says) for offer in offers.permits(office.connection)] == [
        (second, "Ann Invented, KITAS until 2021-06-01"),
        (unknown, "Bob Invented, KITAS until a day not known"),
        (first, f"Ann Invented, KITAS, ended {permit_of_id(office.connection, first).ended_on}"),
    ]


def test_who_is_present_comes_before_who_departed(office: "Office") -> None:
    gone, here = office.person("Ann Invented"), office.person("Bob Invented")
    office.depart(gone, "2020-08-01")
    assert [(int(offer.value), offer.says) for offer in offers.residents(office.connection)] == [
        (here, "Bob Invented"),
        (gone, "Ann Invented, departed 2020-08-01"),
    ]


def test_an_offer_keeps_names_out_of_a_traceback(office: "Office") -> None:
    office.person("Ann Invented")
    assert "Ann" not in repr(list(offers.names(office.connection)))
