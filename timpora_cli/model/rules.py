"""What a permit's stored days mean on a given day: its state, the days left, the fine, the day to act by.

This is the one home of these rules (manual: states). The day is always a parameter, and so are the rule rows in force
on that day: their values and their legal sources are rows of the register (manual: law).
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

DEFAULT_WINDOW_DAYS = 30  # the renewal window of a class for which no rule row says otherwise
OPEN_ENDED = date.max  # the end of a relief that has none yet


class State(StrEnum):
    """The state of a permit on a day (manual: states)."""

    VALID = "VALID"
    """The effective end is further away than the renewal window of the class, or the permit has no end."""
    DUE = "DUE"
    """The effective end is within the renewal window; the last valid day is DUE too."""
    RELIEF = "RELIEF"
    """The printed end has passed, and only a relief keeps the permit valid."""
    UNKNOWN = "UNKNOWN"
    """Nobody recorded the last valid day."""
    OVERSTAY = "OVERSTAY"
    """The effective end has passed."""


class RulesInForce(NamedTuple):
    """The rule rows in force on one day, and the days on which nobody works.

    `windows` are renewal windows in days, by class; `overstay_rate` is in rupiah for each day of overstay, and
    `overstay_limit` in days; both are None where no row is in force.
    """

    windows: Mapping[str, int] = {}
    overstay_rate: int | None = None
    overstay_limit: int | None = None
    holidays: Collection[date] = frozenset()

    def window(self, class_code: str) -> int:
        """Return the renewal window of a class in days; 30 where no row says otherwise."""
        return self.windows.get(class_code, DEFAULT_WINDOW_DAYS)


class Standing(NamedTuple):
    """How a permit stands on a day, as `standing` works it out.

    `days_left` is negative once the end has passed. `overstay_days`, and `fine` (in rupiah) or `over_limit` (in days),
    are None but for OVERSTAY. All but the state are None where there is no end, or nobody knows it.
    """

    state: State
    days_left: int | None
    overstay_days: int | None
    fine: int | None
    over_limit: int | None
    act_by: date | None


def standing(
    on: date,
    class_code: str,
    expires_on: date | None,
    effective_until: date | None,
    rules: RulesInForce,
) -> Standing:
    """Return how a permit of `class_code` stands on the day `on`.

    `expires_on` is the last valid day as printed, `effective_until` the later of it and a relief's end (OPEN_ENDED for
    a relief without an end); both are None where nobody knows the printed day. The permit is still valid on the last
    day; the day after it is the first day of overstay.
    """
    if expires_on is None or effective_until is None:
        return Standing(State.UNKNOWN, None, None, None, None, None)
    if effective_until == OPEN_ENDED:
        state = State.RELIEF if expires_on < on else State.VALID
        return Standing(state, None, None, None, None, None)
    days_left = (effective_until - on).days
    due = act_by(effective_until, rules.holidays)
    if days_left < 0:
        fine, over_limit = overstay_fine(-days_left, rules)
        return Standing(State.OVERSTAY, days_left, -days_left, fine, over_limit, due)
    if expires_on < on:
        state = State.RELIEF
    elif days_left <= rules.window(class_code):
        state = State.DUE
    else:
        state = State.VALID
    return Standing(state, days_left, None, None, None, due)


def overstay_fine(days: int, rules: RulesInForce) -> tuple[int | None, int | None]:
    """Return the fine in rupiah for `days` of overstay, or the limit in days that they are over.

    The fine is the days multiplied by the rate in force (manual: law). Over the limit, 60 days in UU 6/2011 art 78, no
    fine is shown, and the officer decides. Exactly the limit is not over it. Both values are None where no rule row is
    in force.
    """
    if rules.overstay_limit is not None and days > rules.overstay_limit:
        return None, rules.overstay_limit
    return (None if rules.overstay_rate is None else days * rules.overstay_rate), None


def age(born: date, on: date) -> int:
    """Return the full years of somebody born on a day, on the day `on`; born on 29 February, one ages on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def act_by(last_day: date, holidays: Collection[date] = frozenset()) -> date:
    """Return the last working day on or before `last_day`: Monday to Friday, without `holidays` (manual: states)."""
    day = last_day
    while day.weekday() >= 5 or day in holidays:
        day -= timedelta(days=1)
    return day
