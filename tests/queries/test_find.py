"""Whom a reference names: an id, or a number printed on a document."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from timpora_cli.queries import find
from timpora_cli.queries.find import (
    NoPermit,
    NoResident,
    SeveralResidents,
    current_permit_of,
    follower_of,
    permit_of_id,
)
from timpora_cli.queries.personal.dossier import holder_of

if TYPE_CHECKING:
    from tests.conftest import Office


@pytest.fixture
def ann(office: "Office") -> int:
    resident = office.person("Ann Invented", passport="X0012345", niora="N-77", since="2019-01-01")
    office.extend(office.permit(resident, "KITAS", "2019-06-01", "2020-06-01", "2C21-1"), "2020-05-20", "2021-06-01")
    return resident


@pytest.mark.parametrize("text", ["1", " 1 ", "X0012345", "x001 2345", "X-001.2345", "N-77", "2C21-1", "2c21-1"])
def test_a_resident_is_found_by_id_and_by_any_document(office: "Office", ann: int, text: str) -> None:
    resident = find.resident(office.connection, text)
    assert (resident.id, resident.name, resident.departed) == (ann, "Ann Invented", None)


def test_a_departed_resident_is_found_and_said_to_have_left(office: "Office", ann: int) -> None:
    office.depart(ann, "2020-08-01")
    assert find.resident(office.connection, "X0012345").departed == date(2020, 8, 1)


@pytest.mark.parametrize("text", ["2", "0", "-1", "", " ", "X9", "9" * 18, "9" * 40, "1.0", "١", "' OR 1=1 --"])
def test_a_reference_to_nobody_is_not_found(office: "Office", ann: int, text: str) -> None:
    with pytest.raises(NoResident, match="There is no resident") as error:
        find.resident(office.connection, text)
    assert error.value.exit_code == 4
    assert "timpora resident list --name NAME" in str(error.value)


def test_a_number_of_several_residents_asks_for_the_id(office: "Office", ann: int) -> None:
    bob = office.person("Bob Invented", nationality="D", passport="X0012345")
    with pytest.raises(SeveralResidents, match=f"several residents: {ann}, {bob}") as error:
        find.resident(office.connection, "X0012345")
    assert error.value.exit_code == 2


def test_a_documents_number_may_look_like_an_id(office: "Office", ann: int) -> None:
    bob = office.person("Bob Invented", passport="1234567")
    assert find.resident(office.connection, "1234567").id == bob
    cid = office.person("Cid Invented", passport="111")
    assert find.resident(office.connection, "1").id == ann
    assert find.resident(office.connection, "111").id == cid


def test_of_several_grants_under_one_number_the_current_one_is_found(office: "Office", ann: int) -> None:
    permit = find.permit(office.connection, "2c21-1")
    assert (permit.id, permit.expires_on, permit.ended_on) == (2, date(2021, 6, 1), None)
    assert find.permit(office.connection, "1").id == 1
    office.revoke(2, "2020-08-01")
    assert find.permit(office.connection, "2C21-1").id == 2


@pytest.mark.parametrize("text", ["3", "", "X9", "9" * 40, "X0012345"])
def test_a_reference_to_no_permit_is_not_found(office: "Office", ann: int, text: str) -> None:
    with pytest.raises(NoPermit, match="There is no permit") as error:
        find.permit(office.connection, text)
    assert error.value.exit_code == 4


def test_a_chain_is_walked_in_both_directions(office: "Office", ann: int) -> None:
    assert follower_of(office.connection, 1) == 2
    assert follower_of(office.connection, 2) is None
    assert permit_of_id(office.connection, 2).follows_id == 1
    current = current_permit_of(office.connection, ann)
    assert current is not None
    assert current.id == 2
    assert holder_of(office.connection, 1) == ann
    office.revoke(2, "2020-08-01")
    assert current_permit_of(office.connection, ann) is None
