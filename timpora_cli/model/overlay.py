"""Two timelines of one fact, such as where somebody lived, laid over each other: what each says, and what is taken.

Where one of them is silent, the other is taken. Where the two agree, what they say together is taken. Otherwise a
period that has not ended gives way to one of the other timeline that began later, as at a move or a renewal. What is
left are contradictions.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

FIRST, LAST = "0000-01-01", "9999-12-31"
"""The days of a period that reaches back without limit, and of one that has not ended."""

T = TypeVar("T")


class Period(NamedTuple, Generic[T]):
    """What holds from the day `since` up to, and not including, the day `until` (ISO)."""

    since: str
    until: str
    value: T


class Rule(NamedTuple, Generic[T]):
    """How the values of a fact are compared.

    `agree` gives what two of them say together, or None where they contradict each other. `gives_way` tells whether a
    period that has not ended ends where one of the other timeline begins that contradicts it and began later. It does
    so only if that timeline has a period that has not ended too, with a value that `lasts`.
    """

    agree: Callable[[T, T], T | None]
    gives_way: Callable[[Period[T], Period[T]], bool]
    lasts: Callable[[T], bool] = lambda _value: True


class Days(NamedTuple, Generic[T]):
    """Days on which each of two timelines says one thing, or nothing (None), and what is taken of it.

    Where nothing is taken, the two contradict each other.
    """

    since: str
    until: str
    one: T | None
    two: T | None
    taken: T | None = None

    @property
    def said(self) -> list[T]:
        """What is said on these days, by one timeline or by both."""
        return [value for value in (self.one, self.two) if value is not None]


def laid_over(one: Sequence[Period[T]], two: Sequence[Period[T]]) -> Iterator[Days[T]]:
    """Yield the days on which any of the two timelines says something, cut where one of them begins to say another."""
    turns = sorted({day for period in (*one, *two) for day in (period.since, period.until)})
    for since, until in pairwise(turns):
        said = said_on(one, since), said_on(two, since)
        if said != (None, None):
            yield Days(since, until, *said)


def said_on(timeline: Sequence[Period[T]], day: str) -> T | None:
    """Return what a timeline says on a day; of several periods the first counts."""
    return next((period.value for period in timeline if period.since <= day < period.until), None)


def joined(
    both: tuple[Sequence[Period[T]], Sequence[Period[T]]], rule: Rule[T], preferred: int | None = None
) -> list[Days[T]]:
    """Return all days of two timelines with what is taken on them.

    With `preferred` (0 or 1) that timeline is taken wherever the two contradict each other.
    """
    one, two = both
    if preferred is None:
        one, two = _giving_way(one, two, rule), _giving_way(two, one, rule)
    taken = [Period(days.since, days.until, _taken(days, rule, preferred)) for days in laid_over(one, two)]
    return [
        said._replace(since=since, until=until, taken=said_on(taken, since))
        for said in laid_over(*both)
        for since, until in _parts(said, taken)
    ]


def _taken(days: Days[T], rule: Rule[T], preferred: int | None) -> T | None:
    if days.one is None or days.two is None:
        return days.two if days.one is None else days.one
    together = rule.agree(days.one, days.two)
    return together if together is not None or preferred is None else (days.one, days.two)[preferred]


def _parts(said: Days[T], taken: Sequence[Period[T | None]]) -> Iterator[tuple[str, str]]:
    turns = {day for period in taken for day in (period.since, period.until) if said.since < day < said.until}
    yield from pairwise(sorted({said.since, said.until} | turns))


def _giving_way(timeline: Sequence[Period[T]], other: Sequence[Period[T]], rule: Rule[T]) -> list[Period[T]]:
    """Return a timeline whose open period ends where a later one of `other` begins, if `other` has an open one too."""
    if any(period.until == LAST and rule.lasts(period.value) for period in other):
        return [period._replace(until=_ends(period, other, rule)) for period in timeline]
    return list(timeline)


def _ends(period: Period[T], other: Sequence[Period[T]], rule: Rule[T]) -> str:
    if period.until != LAST:
        return period.until
    later = [one for one in other if one.since > period.since and rule.agree(period.value, one.value) is None]
    return min((one.since for one in later if rule.gives_way(period, one)), default=LAST)


def pieces(days: Sequence[Period[T]], apart: Collection[str] = ()) -> list[Period[T]]:
    """Return a timeline in which periods that follow each other with one value are one, but for those `apart`."""
    whole: list[Period[T]] = []
    for period in days:
        if whole and (whole[-1].until, whole[-1].value) == (period.since, period.value) and period.since not in apart:
            whole.append(period._replace(since=whole.pop().since))
        else:
            whole.append(period)
    return whole
