"""The reports that KITAP holders make every five years: the list of those that fall due, and their columns on cards."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from timpora_cli.language import _
from timpora_cli.model.people import Account, Person, Reporting
from timpora_cli.render.answer import Answer, Cell, Column, Kind, Table
from timpora_cli.render.answers import people as of_people

if TYPE_CHECKING:
    from typing import Protocol

    from timpora_cli.model.personal.dossier import ReportMade

    class HasReporting(Protocol):
        """Any record that holds when somebody reports, or None."""

        @property
        def reporting(self) -> Reporting | None:
            """When the holder of a KITAP reports, if any."""


def of_report(get: Callable[[Reporting], Cell]) -> "Callable[[HasReporting], Cell]":
    """Return the getter that reads a value of the report that a holder makes, None where there is none to make."""
    return lambda one: None if (known := one.reporting) is None else get(known)


NEXT_REPORT: "Column[HasReporting]" = Column(
    "next_report",
    "Next report",
    of_report(lambda report: report.next),
    Kind.DATE,
    says="the day by which the holder of a KITAP reports to the office",
)
LAST_REPORT: "Column[HasReporting]" = Column(
    "last_report", "Last report", of_report(lambda report: report.last), Kind.DATE, rank=2
)
ACT_BY: "Column[HasReporting]" = Column(
    "act_by",
    "Act by",
    of_report(lambda report: report.act_by),
    Kind.DATE,
    rank=2,
    says="the last working day for the report",
)
DAYS_LEFT: "Column[HasReporting]" = Column(
    "days_left",
    "Days",
    of_report(lambda report: report.days_left),
    Kind.NUMBER,
    says="until the report; negative once that day has passed",
)
REPORTS: "Table[Person]" = Table(
    (
        of_people.RESIDENT,
        of_people.NAME,
        of_people.NATIONALITY,
        of_people.PASSPORT_NUMBER,
        of_people.CLASS,
        of_people.PERMIT_NUMBER,
        of_people.EXPIRES,
        of_people.EFFECTIVE._replace(rank=3),
        ACT_BY,
        of_people.RELIEF,
        of_people.STATE,
        DAYS_LEFT,
        NEXT_REPORT,
        LAST_REPORT,
        of_people.UNLIMITED,
        of_people.VILLAGE,
        of_people.DISTRICT,
        of_people.SPONSOR,
    ),
    words=of_people.STATES,
)
MADE: "Table[ReportMade]" = Table(
    (
        Column("permit_id", "Permit", lambda one: one.permit_id, Kind.ID, always=True),
        Column("reported_on", "Reported", lambda one: one.on_day, Kind.DATE, always=True),
    )
)
"""The reports that were made."""


def reports(
    people: Sequence[Person], account: Account | None, on: date, no_holidays: Sequence[int] = ()
) -> Answer[Person]:
    """Return the list of the reports that fall due, with the lines that close an expiry list."""
    return REPORTS.of(people, closing=of_people.closing(account, on, _("without a KITAP"), no_holidays))
