"""Grants of stay permits: a new one, and those that follow it. No grant is overwritten: one ends, the next begins.

A grant begins on its day of issue, and on that day the one that it follows ends. Where it was issued late, the days
between stay OVERSTAY. One whose day of issue is unknown follows without a gap (counting.py; manual: permits).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from timpora_cli.actions.permits.counting import counted_anew, counted_from, refuse_before_start
from timpora_cli.actions.permits.unlimited import printed_end, refuse_needless, refuse_unlimited, with_one_end
from timpora_cli.errors import Refused
from timpora_cli.model.names import fold_number
from timpora_cli.model.people import Permit
from timpora_cli.model.rules import OPEN_ENDED
from timpora_cli.model.terms import with_end
from timpora_cli.queries.find import current_permit_of, follower_of, permit_in, permit_of_id
from timpora_cli.queries.rows import first, folded, iso
from timpora_cli.store.change import Change, Value

NUMBER_HOLDER = f"""
SELECT id, resident_id FROM permit WHERE {folded("number")} = :number ORDER BY id DESC LIMIT 1
"""
NEXT_PERMIT = """
SELECT * FROM permit
WHERE resident_id = :resident AND starts_on > :on
ORDER BY starts_on, ended_on IS NULL, ended_on
LIMIT 1
"""
# `granted_as` of the later grant and `end_reason` of the earlier one: True where both are of one class.
FOLLOWING = {True: ("EXTENSION", "EXTENDED"), False: ("CONVERSION", "CONVERTED")}


class NumberTaken(Refused):
    """Permit number {number} is already recorded as permit {permit} of resident {resident}. Nothing was changed."""


class AlreadyHolds(Refused):
    """Resident {resident} already holds permit {permit} ({held}), and can hold one at a time.
    Extend it with: timpora permit extend {permit}   Or change its class with: timpora permit convert {permit}
    """


class ExpiresTooEarly(Refused):
    """The last valid day {expires} is before the day of issue {issued}. Nothing was changed."""


class NotLonger(Refused):
    """An extension until {expires} does not reach past the present end {until} of permit {permit}."""


class IssuedInFuture(Refused):
    """The day of issue {issued} is after today ({today}). Record a grant when it has been issued."""


class SameIssue(Refused):
    """Permit {permit} was issued on {issued} too, and a resident holds one permit at a time. Nothing was changed.
    Correct that one with: timpora permit edit {permit}
    """


class AlreadyEnded(Refused):
    """Permit {permit} ended on {ended} ({reason}).{hint}"""


class AlreadyFollowed(Refused):
    """Permit {permit} has ended ({reason}): permit {follower} follows it, whose day of issue is not known.{hint}"""


class OfAnotherClass(Refused):
    """Permit {permit} is of class {old}. Another class is granted with: timpora permit convert {permit}"""


class OfTheSameClass(Refused):
    """Permit {permit} is of class {old}. The same class is granted anew with: timpora permit extend {permit}"""


class StartUnknown(Refused):
    """Nobody recorded when permit {permit} was issued, so an earlier one cannot be placed before it.
    Say it first with: timpora permit edit {permit} --issued DATE
    """


@dataclass(frozen=True, slots=True)
class Grant:
    """What is printed on a permit. A day that is not known is None; `number` is as printed.

    `expires_on` is OPEN_ENDED where the permit is granted without an end.
    """

    class_code: str
    number: str | None = field(repr=False)
    issued_on: date | None
    expires_on: date | None
    index_code: str | None = None
    valid_from: date | None = None
    office: str | None = None
    note: str | None = field(default=None, repr=False)


def add(change: Change, resident_id: int, grant: Grant, today: date) -> int:
    """Record a grant for a resident and return its id: the first, a current one, or one that fills in the past.

    A grant issued before one already recorded is put before it in the chain. A resident who holds a current
    permit gets no second one: AlreadyHolds says how to extend or convert it.
    """
    _refuse_impossible_days(grant, today)
    _refuse_number_taken(change, grant.number, None)
    current = current_permit_of(change.connection, resident_id)
    later = _next_permit(change, resident_id, grant.issued_on)
    if current is not None and later is None:
        earlier = grant.expires_on and current.expires_on and grant.expires_on < current.expires_on
        if current.issued_on is None and earlier:
            raise StartUnknown(permit=current.id)
        held = with_end(current.class_code, current.expires_on)
        raise AlreadyHolds(resident=resident_id, permit=current.id, held=held)
    return _insert(change, resident_id, grant) if later is None else _insert_before(change, grant, later, today)


def extend(change: Change, permit: Permit, grant: Grant, today: date) -> int:
    """Grant the same class anew, following `permit`, which ends on the day of issue; return the new grant's id."""
    if grant.class_code != permit.class_code:
        raise OfAnotherClass(permit=permit.id, old=permit.class_code)
    refuse_needless(permit)
    if permit.expires_on and grant.expires_on and grant.expires_on <= permit.expires_on:
        raise NotLonger(expires=grant.expires_on, until=permit.expires_on, permit=permit.id)
    return follow(change, permit, replace(grant, number=grant.number or permit.number), today)


def convert(change: Change, permit: Permit, grant: Grant, today: date) -> int:
    """Grant another class, following `permit`, which ends on the day of issue (alih status); return the new id."""
    if grant.class_code == permit.class_code:
        raise OfTheSameClass(permit=permit.id, old=permit.class_code)
    return follow(change, permit, grant, today)


def follow(change: Change, permit: Permit, grant: Grant, today: date) -> int:
    """End `permit` and begin `grant` in its place; return the new grant's id.

    That is on the day of issue; where nobody knows it, on the day from which such a grant counts.
    """
    refuse_ended(change, permit)
    _refuse_impossible_days(grant, today)
    if grant.number and fold_number(grant.number) != fold_number(permit.number or ""):
        _refuse_number_taken(change, grant.number, None)
    if grant.issued_on is not None:
        refuse_before_start(change, permit, grant.issued_on)
    start = iso(grant.issued_on or counted_from(permit, today))
    granted_as, end_reason = FOLLOWING[grant.class_code == permit.class_code]
    change.update("permit", permit.id, {"ended_on": start, "end_reason": end_reason})
    return _insert(change, permit.resident_id, grant, follows_id=permit.id, granted_as=granted_as, starts_on=start)


def revoke(change: Change, permit: Permit, on: date, why: str) -> None:
    """End a current permit on the day `on`, for the reason `why`; its holder stays, without a permit."""
    refuse_ended(change, permit)
    refuse_before_start(change, permit, on)
    change.update("permit", permit.id, {"ended_on": on.isoformat(), "end_reason": "REVOKED", "note": why})


def edit(change: Change, permit: Permit, values: Mapping[str, Value], today: date) -> None:
    """Correct what was recorded of a permit; `values` are columns. A new day of issue moves the end of the one before.

    A follower whose day of issue is unknown is counted anew. The register keeps the version that a correction replaces.
    """
    issued = _day(values, "issued_on", permit.issued_on)
    values = with_one_end(values)
    expires = OPEN_ENDED if values.get("unlimited") else _day(values, "expires_on", permit.expires_on)
    corrected = Grant(str(values.get("class_code", permit.class_code)), None, issued, expires)
    _refuse_impossible_days(corrected, today)
    number = values.get("number")
    if isinstance(number, str):
        _refuse_number_taken(change, number, permit)
    before = permit_of_id(change.connection, permit.follows_id) if permit.follows_id else None
    starts = permit.starts_on
    if issued != permit.issued_on:
        if before is not None and issued is not None:
            refuse_before_start(change, before, issued)
        starts = issued or (counted_from(before, today, permit.ended_on) if before else None)
    now = permit._replace(issued_on=issued, expires_on=expires, starts_on=starts)
    _write_days(change, permit, now, before, values, today)
    if corrected.class_code != permit.class_code:
        _reclassify(change, permit.id)


def _write_days(
    change: Change, permit: Permit, now: Permit, before: Permit | None, values: Mapping[str, Value], today: date
) -> None:
    """Write a correction of `permit`, which is then `now`, and move the days of the grants beside it along."""
    steps: list[tuple[int, Mapping[str, Value]]] = [(permit.id, values)]
    if now.starts_on != permit.starts_on:
        steps = [(permit.id, {**values, "starts_on": iso(now.starts_on)})]
        if before is not None:
            steps.append((before.id, {"ended_on": iso(now.starts_on)}))
        if permit.starts_on and now.starts_on and now.starts_on < permit.starts_on:
            steps.reverse()  # the earlier grant is shortened first, so that they do not overlap
    later = follower_of(change.connection, permit.id)
    follower = permit_of_id(change.connection, later) if later else None
    ends = counted_anew(follower, permit, now, today) if follower else None
    if follower is not None and ends != follower.starts_on:
        own = next(place for place, (identity, _row) in enumerate(steps) if identity == permit.id)
        steps[own] = (permit.id, {**steps[own][1], "ended_on": iso(ends)})
        moved = (follower.id, {"starts_on": iso(ends)})
        sooner = ends is not None and follower.starts_on is not None and ends < follower.starts_on
        steps.insert(own + sooner, moved)
    for identity, row in steps:
        change.update("permit", identity, row)


def _reclassify(change: Change, permit_id: int) -> None:
    """After a correction of the class, record anew what was an extension and what a conversion, on both sides of it."""
    follower = follower_of(change.connection, permit_id)
    for later_id in (permit_id, follower):
        later = permit_of_id(change.connection, later_id) if later_id else None
        if later is None or later.follows_id is None:
            continue
        before = permit_of_id(change.connection, later.follows_id)
        granted_as, end_reason = FOLLOWING[later.class_code == before.class_code]
        change.update("permit", later.id, {"granted_as": granted_as})
        change.update("permit", before.id, {"end_reason": end_reason})


def refuse_ended(change: Change, permit: Permit) -> None:
    """Raise AlreadyEnded or AlreadyFollowed, which name the grant that holds now, unless the permit is current."""
    if permit.ended_on is None:
        return
    follower = follower_of(change.connection, permit.id)
    current = current_permit_of(change.connection, permit.resident_id)
    hint = f" -> timpora permit show {current.id}" if follower and current else ""
    if follower and permit_of_id(change.connection, follower).issued_on is None:
        raise AlreadyFollowed(permit=permit.id, reason=permit.end_reason, follower=follower, hint=hint)
    raise AlreadyEnded(permit=permit.id, ended=permit.ended_on, reason=permit.end_reason, hint=hint)


def _insert(change: Change, resident_id: int, grant: Grant, **over: Value) -> int:
    issued = iso(grant.issued_on)
    row: dict[str, Value] = {
        "resident_id": resident_id,
        "class_code": grant.class_code,
        "index_code": grant.index_code,
        "number": grant.number,
        "issued_on": issued,
        "starts_on": issued,
        "valid_from": iso(grant.valid_from),
        **printed_end(grant.expires_on),
        "office": grant.office,
        "granted_as": "NEW",
        "note": grant.note,
    }
    return change.insert("permit", row | over)


def _insert_before(change: Change, grant: Grant, later: Permit, today: date) -> int:
    # The grant before `later` ends on the day on which this one was issued, and `later` follows this one.
    granted_as, end_reason = FOLLOWING[grant.class_code == later.class_code]
    before = permit_of_id(change.connection, later.follows_id) if later.follows_id else None
    between = later._replace(starts_on=grant.issued_on, expires_on=grant.expires_on)
    starts = counted_anew(later, before, between, today)
    over: dict[str, Value] = {"ended_on": iso(starts), "end_reason": end_reason}
    if before is not None:
        if before.issued_on == grant.issued_on:
            raise SameIssue(permit=before.id, issued=grant.issued_on)
        makes_room = max(day for day in (starts, later.starts_on) if day)
        change.update("permit", later.id, {"follows_id": None, "granted_as": "NEW", "starts_on": iso(makes_room)})
        own_kind, own_end = FOLLOWING[grant.class_code == before.class_code]
        change.update("permit", before.id, {"ended_on": iso(grant.issued_on), "end_reason": own_end})
        over.update(follows_id=before.id, granted_as=own_kind)
    number = _insert(change, later.resident_id, grant, **over)
    change.update("permit", later.id, {"follows_id": number, "granted_as": granted_as, "starts_on": iso(starts)})
    return number


def _next_permit(change: Change, resident_id: int, issued_on: date | None) -> Permit | None:
    if issued_on is None:
        return None
    row = first(change.connection, NEXT_PERMIT, {"resident": resident_id, "on": issued_on.isoformat()})
    return None if row is None else permit_in(row)


def _refuse_impossible_days(grant: Grant, today: date) -> None:
    refuse_unlimited(grant.class_code, grant.expires_on)
    if grant.issued_on and grant.issued_on > today:
        raise IssuedInFuture(issued=grant.issued_on, today=today)
    if grant.issued_on and grant.expires_on and grant.expires_on < grant.issued_on:
        raise ExpiresTooEarly(expires=grant.expires_on, issued=grant.issued_on)


def _refuse_number_taken(change: Change, number: str | None, mine: Permit | None) -> None:
    holder = first(change.connection, NUMBER_HOLDER, {"number": fold_number(number)}) if number else None
    if holder is not None and (mine is None or holder["resident_id"] != mine.resident_id):
        raise NumberTaken(number=number, permit=holder["id"], resident=holder["resident_id"])


def _day(values: Mapping[str, Value], column: str, otherwise: date | None) -> date | None:
    if column not in values:
        return otherwise
    value = values[column]
    return date.fromisoformat(str(value)) if value is not None else None
