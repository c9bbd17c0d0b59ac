"""The last report of a KITAP holder, as a row of a sheet gives it: recorded unless it is on record."""

from datetime import date

from timpora_cli.actions.intake.recorded import Difference, Statements
from timpora_cli.actions.permits import reports
from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.queries.find import permit_of_id
from timpora_cli.sheets.facts import Entry
from timpora_cli.store.change import Change


class NoPermitToReport(Refused):
    """The row gives the day of a report, and neither the row nor the register has the KITAP that it is of."""


def write_report(change: Change, statements: Statements, entry: Entry, today: date, permit: int | None) -> None:
    """Record the last report that a row gives, for the permit of an id. Raises NoPermitToReport without one."""
    day = entry.day("last_report")
    if day is None:
        return
    if permit is None:
        raise NoPermitToReport
    if reports.record_new(change, permit_of_id(change.connection, permit), day, today):
        owner = _("permit {id}").format(id=permit)
        statements.show(Difference(entry.line, owner, "last_report", None, entry.values["last_report"]))
