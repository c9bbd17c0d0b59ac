"""What a permit's stored days mean on a given day: its state, the days left, the fine, the day to act by.

This is the one home of these rules (manual: states). The day is always a parameter, and so are the rule rows in force
on that day: their values and their legal sources are rows of the register (manual: law).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

DEFAULT_WINDOW_DAYS = 30  # the renewal window of a class for which no rule row says otherwise
OPEN_ENDED = date.max
"""An end that never comes: of a relief that has none yet, and of an unlimited permit while it is being written."""
A_DAY = timedelta(days=1)


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


def in_force(since: date | None, until: date | None, on: date) -> bool:
    """Return whether the day `on` lies from the first day to the last; None where there is no such day."""
    return (since is None or since <= on) and (until is None or on <= until)


class Rate(NamedTuple):
    """A rule row with what a day of overstay costs: in rupiah, from its first day to its last, None where it has none.

    `basis` is its legal basis.
    """

    since: date | None
    until: date | None
    rupiah: int
    basis: str = ""

    def holds(self, on: date) -> bool:
        """Return whether the row is in force on the day `on`."""
        return in_force(self.since, self.until, on)


class FineTerm(NamedTuple):
    """A part of a fine: so many days, from the first to the last, at one rate; None where none is in force."""

    since: date
    until: date
    days: int
    rate: int | None
    basis: str

    @property
    def amount(self) -> int | None:
        """The days multiplied by the rate, in rupiah."""
        return None if self.rate is None else self.days * self.rate


class RulesInForce(NamedTuple):
    """The rule rows in force on one day, and the days on which nobody works.

    `windows` are renewal windows in days, by class. `overstay_rates` are the rates of all days, as an overstay may have
    begun under an earlier one; of two that are in force on a day, the later in the list counts. `overstay_limit` is in
    days, None where no row is in force. `report_years` is after how many years the holder of a KITAP reports again;
    None where no row is in force.
    """

    windows: Mapping[str, int] = {}
    overstay_rates: Sequence[Rate] = ()
    overstay_limit: int | None = None
    holidays: Collection[date] = frozenset()
    report_years: int | None = None

    def window(self, class_code: str) -> int:
        """Return the renewal window of a class in days; 30 where no row says otherwise."""
        return self.windows.get(class_code, DEFAULT_WINDOW_DAYS)


class Standing(NamedTuple):
    """How a permit stands on a day, as `standing` works it out.

    `days_left` is negative once the end has passed. `overstay_days`, and `fine` (in rupiah) or `over_limit` (the limit
    in days that the overstay is over), are None but for OVERSTAY; `fine_terms` are what the fine is the sum of. All but
    the state are None where there is no end, or nobody knows it.
    """

    state: State
    days_left: int | None
    overstay_days: int | None
    fine: int | None
    over_limit: int | None
    act_by: date | None
    fine_terms: tuple[FineTerm, ...] = ()


def standing(
    on: date,
    class_code: str,
    expires_on: date | None,
    effective_until: date | None,
    rules: RulesInForce,
    *,
    unlimited: bool = False,
) -> Standing:
    """Return how a permit of `class_code` stands on the day `on`.

    `expires_on` is the last valid day as printed, `effective_until` the later of it and a relief's end (OPEN_ENDED for
    a relief without an end); both are None where nobody knows the printed day, and where the permit is `unlimited`. The
    permit is still valid on the last day; the day after it is the first day of overstay.
    """
    if unlimited:
        return Standing(State.VALID, None, None, None, None, None)
    if expires_on is None or effective_until is None:
        return Standing(State.UNKNOWN, None, None, None, None, None)
    if effective_until == OPEN_ENDED:
        state = State.RELIEF if expires_on < on else State.VALID
        return Standing(state, None, None, None, None, None)
    days_left = (effective_until - on).days
    due = act_by(effective_until, rules.holidays)
    if days_left < 0:
        if rules.overstay_limit is not None and -days_left > rules.overstay_limit:
            return Standing(State.OVERSTAY, days_left, -days_left, None, rules.overstay_limit, due)
        terms = tuple(fine_terms(effective_until + A_DAY, on, rules.overstay_rates))
        return Standing(State.OVERSTAY, days_left, -days_left, overstay_fine(terms), None, due, terms)
    if expires_on < on:
        state = State.RELIEF
    elif days_left <= rules.window(class_code):
        state = State.DUE
    else:
        state = State.VALID
    return Standing(state, days_left, None, None, None, due)


def fine_terms(since: date, until: date, rates: Sequence[Rate]) -> Iterator[FineTerm]:
    """Yield the terms of the fine for an overstay from the day `since` to the day `until`, by the rate of each day.

    Whether the law gives each day its own rate, or all days that of the day of payment, was not found (manual: law).
    """
    turns = {day for rate in rates for day in (rate.since, rate.until and rate.until + A_DAY) if day}
    firsts = [since, *sorted(day for day in turns if since < day <= until)]
    first, before = since, _rate_on(since, rates)
    for day in firsts[1:]:
        rate = _rate_on(day, rates)
        if rate != before:
            yield _term(first, day - A_DAY, before)
            first, before = day, rate
    yield _term(first, until, before)


def _rate_on(day: date, rates: Sequence[Rate]) -> Rate | None:
    return next((rate for rate in reversed(rates) if rate.holds(day)), None)


def _term(first: date, last: date, rate: Rate | None) -> FineTerm:
    days = (last - first).days + 1
    return FineTerm(first, last, days, None if rate is None else rate.rupiah, "" if rate is None else rate.basis)


def overstay_fine(terms: Sequence[FineTerm]) -> int | None:
    """Return the fine in rupiah: the sum of its terms, None where no rate is in force on some of the days.

    Over the limit (60 days in UU 6/2011 art 78) there are no terms and no fine, and the officer decides. Exactly the
    limit is not over it.
    """
    amounts = [term.amount for term in terms]
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known and len(known) == len(amounts) else None


def next_report(since: date | None, last: date | None, expires_on: date | None, years: int | None) -> date | None:
    """Return the day by which the holder of a KITAP reports: `years` after the later of its first day and the `last`
    report.

    None where no rule row says after how many years, where neither day is known, and where the permit, as printed, ends
    before that day. A year is counted from the day itself: 29 February is followed by 28 February.
    """
    begun = max((day for day in (since, last) if day is not None), default=None)
    if begun is None or years is None:
        return None
    due = years_after(begun, years)
    return due if expires_on is None or due <= expires_on else None


def years_after(day: date, years: int) -> date:
    """Return the day so many years after another: 28 February for 29 February where the year has no such day."""
    from dateutil.relativedelta import relativedelta

    return day + relativedelta(years=years)


def age(born: date, on: date) -> int:
    """Return the full years of somebody born on a day, on the day `on`; born on 29 February, one ages on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def act_by(last_day: date, holidays: Collection[date] = frozenset()) -> date:
    """Return the last working day on or before `last_day`: Monday to Friday, without `holidays` (manual: states)."""
    day = last_day
    while day.weekday() >= 5 or day in holidays:
        day -= timedelta(days=1)
    return day


def years_without(years: Iterable[int], holidays: Collection[date]) -> list[int]:
    """Return those of these years in which none of `holidays` lies, each once, the first year first."""
    return sorted(set(years) - {day.year for day in holidays})
