"""How the register stands on a day: everyone present is in one state, or without a permit."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from timpora_cli.model.rules import State
from timpora_cli.queries.expiring import Window
from timpora_cli.queries.status import status

if TYPE_CHECKING:
    from tests.conftest import Office

NO_RELIEF = date(2019, 3, 1)  # a day before the reliefs of 2020
MONTH = Window(date(2019, 4, 1))


@pytest.mark.parametrize(
    ("kind", "expires", "state"),
    [
        ("KITAS", "2019-02-28", State.OVERSTAY),
        ("KITAS", "2019-03-01", State.DUE),
        ("KITAS", "2019-03-31", State.DUE),
        ("KITAS", "2019-04-01", State.VALID),
        ("KITAP", "2019-04-30", State.DUE),
        ("KITAP", "2024-03-01", State.VALID),
        ("KITAS", None, State.UNKNOWN),
    ],
)
def test_a_permit_is_counted_in_its_state(office: "Office", kind: str, expires: str | None, state: State) -> None:
    office.permit(office.person(), kind, "2018-03-01", expires)
    counted = status(office.connection, NO_RELIEF, MONTH)
    assert {one: number for one, number in counted.states.items() if number} == {state: 1}
    assert (counted.present, counted.without, counted.runs) == (1, 0, ())


def test_who_has_no_permit_or_is_not_here_is_in_no_state(office: "Office") -> None:
    office.person("Ann Invented")
    gone = office.person("Bob Invented", since="2018-01-01")
    office.permit(gone, "KITAS", "2018-03-01", "2019-12-31")
    office.depart(gone, "2019-02-01")
    office.person("Cid Invented", since="2020-01-01")
    counted = status(office.connection, NO_RELIEF, MONTH)
    assert (counted.present, counted.without, sum(counted.states.values())) == (1, 1, 0)
