"""The permits of one person in the order in which they were granted, each beginning where the one before it ends.

| the days of issue, if both are known | decide which came first                                             |
| else the last days                   | decide it                                                           |
| else the end of one, if it is before | the issue of the other                                              |
| nothing decides                      | the vaguer one is refused; of two alike, both                       |
| both issued on one day               | refused                                                             |
| of one class, issued later and ending| no later: refused, the days contradict each other                   |
| after one that was broken off        | it begins anew, on its day of issue; without one it is refused      |

What is on record beside each other, and of which nothing changes, stays as it is.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

from timpora_cli.actions.intake.planning.attempt import Attempt, Days, came_first, put
from timpora_cli.actions.intake.planning.grants import DAYS, Permits, Told, WhichGrant, shares
from timpora_cli.actions.intake.recorded import Grant
from timpora_cli.actions.permits import FOLLOWING, counted_anew, counted_from, with_end
from timpora_cli.actions.stays import AlreadyDeparted
from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.model.people import Permit
from timpora_cli.queries.rows import day, iso
from timpora_cli.sheets.facts import day_in


class NotOrdered(Refused):
    """There is {other} too, and nothing in this row tells whether this one came before it or after it.
    Give the day of issue or the last valid day of both.
    """


class BothOnOneDay(Refused):
    """There is {other} too, which was issued on {issued}, and nobody is granted two on one day. One is wrong."""


class OneLastDay(Refused):
    """There is {other} too, which ends on {expires} as this one does. One of the two is wrong."""


class EndsOutOfTurn(Refused):
    """There is {other}, issued on {issued} ({held}), and this one on {own_issued} ({own}). The one of a class that is
    issued later ends later, so one of the four days is wrong.
    """


class InACircle(Refused):
    """The days of this person's permits contradict each other: give the day of issue of this one."""


class PeriodUnknown(Refused):
    """Permit {permit} ended on {ended} ({reason}), and nothing tells when this one was issued.
    Give its day of issue.
    """


class IssuedBeforeEnd(Refused):
    """Permit {permit} ended on {ended} ({reason}): one issued on {issued} would overlap with it."""


class EndedBeforeStart(Refused):
    """By this row, permit {permit} would have ended on {ended}, before it began. One of the two days is wrong."""


def chain_of(attempt: Attempt, permits: Permits) -> list[Grant]:
    """Return the permits as a chain, the oldest first; rows that have no place in it are refused."""
    ordered = _ordered(attempt, permits.told)
    if attempt.refused:
        return []
    for vague, alike in permits.vague:
        latest = max(alike, key=ordered.index)
        for name, value in vague.printed.items():
            attempt.guessed |= name not in latest.printed
            put(latest.printed, name, value)
        latest.rows = [*latest.rows, *vague.rows]
    for place, one in enumerate(ordered):
        attempt.grant_of.update(dict.fromkeys((row.line for row in one.rows), place))
    last = ordered[-1] if ordered else None
    if attempt.person.departed and last is not None and last.held is None:
        attempt.refuse(last.rows, AlreadyDeparted(resident=attempt.person.id, departed=attempt.person.departed))
        return []
    return _chained(attempt, ordered)


def _ordered(attempt: Attempt, told: Sequence[Told]) -> list[Told]:
    """Return the permits in the order in which they were granted."""
    before: dict[int, int] = dict.fromkeys(map(id, told), 0)
    for one, other in combinations(told, 2):
        if one.rows or other.rows:
            _refuse_alike(attempt, one, other)
        on_record = (one.place, other.place) if one.held is not None and other.held is not None else None
        earlier = came_first(_days(one), _days(other), on_record)
        if earlier is None:
            _refuse_vaguer(attempt, one, other)
            continue
        first, second = (one, other) if earlier else (other, one)
        before[id(second)] += 1
        if (one.rows or other.rows) and _is_out_of_turn(first, second):
            for mine, beside in ((first, second), (second, first)):
                fault = EndsOutOfTurn(
                    other=_named(beside, mine),
                    issued=beside.printed["issued"],
                    held=_end(beside),
                    own_issued=mine.printed["issued"],
                    own=_end(mine),
                )
                attempt.refuse(mine.rows, fault)
    if sorted(before.values()) != list(range(len(told))):
        for one in told:
            if "issued" not in one.printed:
                attempt.refuse(one.rows, InACircle())
    return sorted(told, key=lambda one: before[id(one)])


def _refuse_alike(attempt: Attempt, one: Told, other: Told) -> None:
    """Refuse two permits with the same day of issue, or the same last day."""
    for mine, beside in ((one, other), (other, one)):
        issued, expires = beside.printed.get("issued"), beside.printed.get("expires")
        if issued is not None and mine.printed.get("issued") == issued:
            attempt.refuse(mine.rows, BothOnOneDay(other=_named(beside, mine), issued=issued))
        elif expires is not None and mine.printed.get("expires") == expires:
            attempt.refuse(mine.rows, OneLastDay(other=_named(beside, mine), expires=expires))
        elif shares(mine, beside, "permit_number") and not (expires and "expires" in mine.printed):
            attempt.refuse(mine.rows, WhichGrant())


def _refuse_vaguer(attempt: Attempt, one: Told, other: Told) -> None:
    known = {id(told): sum(name in told.printed for name in DAYS) for told in (one, other)}
    least = max(1, min(known.values()))
    of_both = [told for told in (one, other) if told.rows]
    for mine in [told for told in of_both if known[id(told)] <= least] or of_both:
        attempt.refuse(mine.rows, NotOrdered(other=_named(other if mine is one else one, mine)))


def _days(told: Told) -> Days:
    return told.printed.get("issued"), told.printed.get("expires")


def _is_out_of_turn(first: Told, second: Told) -> bool:
    known = all(name in told.printed for name in DAYS for told in (first, second))
    ran_on = first.ended is None and second.ended is None
    return (
        known
        and ran_on
        and first.printed.get("class") == second.printed.get("class")
        and first.printed["expires"] >= second.printed["expires"]
    )


def _end(told: Told) -> str:
    held = as_permit(Grant(told.printed))
    return with_end(held.class_code, held.expires_on)


def _named(told: Told, beside: Told) -> str:
    """Return how another permit is called to whom a row of `beside` belongs: by its id, else by its line."""
    if told.held is not None:
        return _("permit {permit}").format(permit=told.held.id)
    mine = {row.line for row in beside.rows}
    line = min((row.line for row in told.rows if row.line not in mine), default=0)
    return _("a permit in line {line}").format(line=line)


# The days of the chain -------------------------------------------------------------------------------------------


def _chained(attempt: Attempt, ordered: Sequence[Told]) -> list[Grant]:
    chain = [
        Grant(told.printed) if told.held is None else replace(told.held.copy(), printed=told.printed)
        for told in ordered
    ]
    for place, (told, grant) in enumerate(zip(ordered, chain, strict=True)):
        limit = min(
            (one.printed["issued"] for one in ordered[place + 1 :] if "issued" in one.printed), default=told.ended
        )
        before, previous = (ordered[place - 1], chain[place - 1]) if place else (None, None)
        if before is None or previous is None:
            first_on_record = told.held is not None and told.place == 0
            grant.starts = grant.printed.get("issued") or (grant.starts if first_on_record else None)
            grant.granted_as = grant.granted_as if first_on_record else "NEW"
        elif before.ended is not None:
            _begin_anew(attempt, told, grant, before)
        elif not _stays(before, told, previous, limit):
            _follow(attempt, (before, previous), (told, grant), limit)
        if told.ended is not None and (grant.starts or "") > told.ended:
            rows = [row for one in ordered[: place + 1] for row in one.rows]
            attempt.refuse(rows, EndedBeforeStart(permit=grant.id, ended=told.ended))
    if chain and ordered[-1].ended is None:
        chain[-1].ended = chain[-1].reason = None
    return chain


def _stays(before: Told, told: Told, previous: Grant, limit: str | None) -> bool:
    """Return whether two permits on record stand beside each other as they did, with the same class and days.

    A first day that was only counted gives way to a later permit that was issued before it, on the day `limit`.
    """
    if before.held is None or told.held is None or told.place != before.place + 1:
        return False
    gives_way = "issued" not in told.printed and limit is not None and limit < (told.held.starts or "")
    if gives_way or previous.starts != before.held.starts:
        return False
    return all(
        one.printed.get(name) == one.held.printed.get(name)
        for one in (before, told)
        for name in ("class", *DAYS)
        if one.held is not None
    )


def _begin_anew(attempt: Attempt, told: Told, grant: Grant, before: Told) -> None:
    """Let a permit begin after one that was broken off."""
    held, ended = before.held, before.ended
    grant.starts, grant.granted_as = grant.printed.get("issued") or grant.starts, "NEW"
    rows = [*told.rows, *before.rows]
    if held is None or ended is None:
        return
    if grant.starts is None:
        attempt.refuse(rows, PeriodUnknown(permit=held.id, ended=ended, reason=held.reason))
    elif grant.starts < ended:
        attempt.refuse(rows, IssuedBeforeEnd(permit=held.id, ended=ended, reason=held.reason, issued=grant.starts))


def _follow(attempt: Attempt, before: tuple[Told, Grant], later: tuple[Told, Grant], limit: str | None) -> None:
    """Let a permit follow the one before it, which ends on its first day."""
    (was, previous), (told, grant) = before, later
    today = date.fromisoformat(attempt.given.today)
    if "issued" in grant.printed:
        grant.starts = grant.printed["issued"]
    elif told.held is None or told.held.starts is None:
        grant.starts = iso(counted_from(as_permit(previous), today, day(limit)))
    else:
        stored = attempt.person.grants[told.place - 1] if told.place else None
        held = as_permit(told.held)._replace(ended_on=day(limit))
        grant.starts = iso(counted_anew(held, as_permit(stored) if stored else None, as_permit(previous), today))
    grant.granted_as, previous.reason = FOLLOWING[grant.printed["class"] == previous.printed["class"]]
    previous.ended = grant.starts
    if grant.starts is None or grant.starts < (previous.starts or ""):
        other = _named(was, told)
        attempt.refuse([*told.rows, *was.rows], NotOrdered(other=other))


def as_permit(grant: Grant) -> Permit:
    """Return a permit as the actions take it; a new one has no id yet."""
    printed = grant.printed
    return Permit(
        id=grant.id or 0,
        resident_id=0,
        class_code=printed["class"],
        number=printed.get("permit_number"),
        issued_on=day_in(printed, "issued"),
        starts_on=day(grant.starts),
        expires_on=day_in(printed, "expires"),
        ended_on=day(grant.ended),
        end_reason=grant.reason,
        follows_id=None,
    )
