"""Reports that the holders of a KITAP make to the office every five years, each recorded for the permit it is of."""

from datetime import date

from timpora_cli.actions.stays import InFuture
from timpora_cli.errors import Refused
from timpora_cli.model.people import Permit
from timpora_cli.model.terms import PERMANENT
from timpora_cli.queries.rows import first
from timpora_cli.store.change import Change

REPORT_OF_DAY = "SELECT id FROM permit_report WHERE permit_id = :permit AND on_day = :on"


class NoReport(Refused):
    """Permit {permit} is of class {kind}: only the holder of a KITAP reports every five years. Nothing was changed."""


class ReportedBeforeStart(Refused):
    """The day {on} is before permit {permit} began ({start}). Nothing was changed."""


class ReportedAfterEnd(Refused):
    """Permit {permit} ended on {ended}, so no report of {on} is of it. Nothing was changed."""


class ReportedAlready(Refused):
    """A report of {on} is already recorded for permit {permit}. Nothing was changed."""


def record(change: Change, permit: Permit, on: date, today: date) -> None:
    """Record that the holder of `permit` reported on the day `on`. Raises the refusals above, or InFuture."""
    if not record_new(change, permit, on, today):
        raise ReportedAlready(on=on, permit=permit.id)


def record_new(change: Change, permit: Permit, on: date, today: date) -> bool:
    """Record a report as `record` does, but return False, and change nothing, where it is on record already."""
    fault = fault_of(permit, on, today)
    if fault is not None:
        raise fault
    if first(change.connection, REPORT_OF_DAY, {"permit": permit.id, "on": on.isoformat()}):
        return False
    change.insert("permit_report", {"permit_id": permit.id, "on_day": on.isoformat()})
    return True


def fault_of(permit: Permit, on: date, today: date) -> Refused | None:
    """Return why nobody can have reported for `permit` on the day `on`; None where that can be."""
    known = permit.id or "?"  # one that an import is about to record has no id yet
    if permit.class_code != PERMANENT:
        return NoReport(permit=known, kind=permit.class_code)
    if on > today:
        return InFuture(on=on, today=today)
    if permit.starts_on is not None and on < permit.starts_on:
        return ReportedBeforeStart(on=on, permit=known, start=permit.starts_on)
    if permit.ended_on is not None and on > permit.ended_on:
        return ReportedAfterEnd(on=on, permit=known, ended=permit.ended_on)
    return None
