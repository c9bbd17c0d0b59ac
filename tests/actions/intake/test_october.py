"""The office in October 2022, imported from a sheet, has the number of people that it published: 86."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from timpora_cli.queries.filters import Asked, resolved

if TYPE_CHECKING:
    from tests.actions.conftest import Desk
    from tests.conftest import Office

FIXTURES = Path(__file__).parent / "fixtures"
ON = date(2022, 10, 26)
DAY = ON.isoformat()


def test_the_office_in_october_2022_counts_to_the_published_figures(desk: "Desk", office: "Office") -> None:
    sheet = desk.folder / "oktober_2022.csv"
    sheet.write_bytes((FIXTURES / "oktober_2022.csv").read_bytes())
    outcome = desk.bring_file(sheet, ON)
    assert [reject.reason for reject in outcome.rejects] == []
    assert desk.tally(outcome) == (86, 0, 0, 0, 0)
    assert outcome.ignored == ("STATUS",)
    assert outcome.duplicates == ()

    assert office.totals(DAY, "class") == {"KITAS": 63, "KITAP": 16, "ITK": 7}
    kitas = resolved(office.connection, Asked(permit_class=("KITAS",)))
    assert office.totals(DAY, "purpose", kitas) == {
        "WORK": 52, "FAMILY": 8, "INVESTOR": 1, "RETIREE": 1, "WATERS": 1,
    }  # fmt: skip
    assert office.totals(DAY) == {
        "19.02.01": 33, "19.02.04": 17, "19.06.01": 11, "19.02.05": 7, "19.02.02": 6, "19.06.02": 4,
        "19.02.03": 2, "19.06.03": 2, "19.06.04": 2, "19.06.05": 2,
    }  # fmt: skip
    assert sum(office.totals(DAY, "sex").values()) == 86
    assert None not in office.totals(DAY, "sex")
    assert {person.permit.standing.state.value for person in office.people(DAY).values() if person.permit} <= {
        "VALID",
        "DUE",
    }

    before = office.dump()
    assert desk.tally(desk.bring_file(sheet, ON)) == (0, 0, 0, 86, 0)
    assert office.dump() == before
