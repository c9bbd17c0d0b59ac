"""How a permit stands on a day: the columns that cards have of it, and the same in a few words."""

from datetime import date
from typing import TYPE_CHECKING

from timpora_cli.language import _, n_
from timpora_cli.model.people import PermitHeld, Reporting
from timpora_cli.model.personal.dossier import Dossier
from timpora_cli.model.rules import State
from timpora_cli.render.answer import Column, Kind
from timpora_cli.render.answers.people import (
    ACT_BY,
    EFFECTIVE,
    FINE,
    OVER_LIMIT,
    PAST_IS_NEGATIVE,
    UNLIMITED,
    of_permit,
)
from timpora_cli.render.text import money

if TYPE_CHECKING:
    from timpora_cli.render.answers.people import HasPermit

STANDING: "tuple[Column[HasPermit], ...]" = (
    EFFECTIVE,
    Column("relief", "Relief", of_permit(lambda permit: permit.relief)),
    Column("state", "State", of_permit(lambda permit: permit.standing.state), Kind.STATE),
    Column(
        "days_left",
        "Days left",
        of_permit(lambda permit: permit.standing.days_left),
        Kind.NUMBER,
        says=PAST_IS_NEGATIVE,
    ),
    ACT_BY,
    Column("overstay_days", "Overstay days", of_permit(lambda permit: permit.standing.overstay_days), Kind.NUMBER),
    FINE,
    OVER_LIMIT,
    UNLIMITED._replace(always=False),
)
"""The state of the permit in force on the day that is asked about. Without a permit in force, no column has a value."""


def sentence(dossier: Dossier, on: date) -> str:
    """Return in a few words how somebody stands on the day `on`."""
    held = dossier.permit
    if held is None:
        return _without_permit(dossier, on)
    if held.unlimited:
        return _unlimited(held, dossier.reporting)
    days, until = held.standing.days_left, held.effective_until
    if held.standing.state is State.UNKNOWN or until is None:
        return _("{kind}, its last day is not known").format(kind=held.class_code)
    if days is None:
        kept = _("{kind}, kept valid without an end by {relief}")
        if held.standing.state is State.VALID:
            kept = _("{kind} valid until {printed} as printed, and without an end by {relief}")
        return kept.format(kind=held.class_code, printed=held.expires_on, relief=held.relief)
    if days < 0:
        late = n_(
            "{kind}, overstay of {days} day since {until}", "{kind}, overstay of {days} days since {until}", -days
        )
        fine = f" ({money(held.standing.fine)})" if held.standing.fine is not None else ""
        return late.format(kind=held.class_code, days=-days, until=until.isoformat()) + fine
    left = n_("{kind} valid until {until}, {days} day left", "{kind} valid until {until}, {days} days left", days)
    relief = _(", by {relief}").format(relief=held.relief) if held.standing.state is State.RELIEF else ""
    return left.format(kind=held.class_code, until=until.isoformat(), days=days) + relief


def _unlimited(held: PermitHeld, reporting: Reporting | None) -> str:
    if reporting is None or reporting.next is None or reporting.days_left is None:
        return _("{kind} unlimited").format(kind=held.class_code)
    said = _("{kind} unlimited, report by {day}")
    if reporting.days_left < 0:
        said = _("{kind} unlimited, report overdue since {day}")
    return said.format(kind=held.class_code, day=reporting.next.isoformat())


def _without_permit(dossier: Dossier, on: date) -> str:
    if dossier.departed is not None:
        return _("departed on {day}").format(day=dossier.departed.isoformat())
    if not any(one.held for one in dossier.residences):
        return _("not present on {day}").format(day=on.isoformat())
    return _("no permit in force on {day}").format(day=on.isoformat())
