"""Grants of stay permits: a new one, and those that follow it. No grant is overwritten: one ends, the next begins.

A grant begins on its day of issue, and on that day the one that it follows ends. Where it was issued late, the days
between stay OVERSTAY (manual: states).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from timpora_cli.errors import Refused
from timpora_cli.model.people import Permit
from timpora_cli.queries.find import current_permit_of, follower_of, permit_in, permit_of_id
from timpora_cli.queries.rows import first, iso
from timpora_cli.store.change import Change, Value

NUMBER_HOLDER = """
SELECT id, resident_id FROM permit WHERE number = :number COLLATE NOCASE ORDER BY id DESC LIMIT 1
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
    """Resident {resident} already holds permit {permit} ({kind}, until {until}), and can hold one at a time.
    Extend it with: timpora permit extend {permit}   Or change its class with: timpora permit convert {permit}
    """


class ExpiresTooEarly(Refused):
    """The last valid day {expires} is before the day of issue {issued}. Nothing was changed."""


class NotLonger(Refused):
    """An extension until {expires} does not reach past the present end {until} of permit {permit}."""


class IssuedInFuture(Refused):
    """The day of issue {issued} is after today ({today}). Record a grant when it has been issued."""


class IssuedBeforeStart(Refused):
    """The day {on} is before permit {permit} itself began ({start}). Nothing was changed."""


class SameIssue(Refused):
    """Permit {permit} was issued on {issued} too, and a resident holds one permit at a time. Nothing was changed.
    Correct that one with: timpora permit edit {permit}
    """


class AlreadyEnded(Refused):
    """Permit {permit} ended on {ended} ({reason}).{hint}"""


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
    """What is printed on a permit. A day that is not known is None; `number` is as printed."""

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
        if current.starts_on is None and earlier:
            raise StartUnknown(permit=current.id)
        raise AlreadyHolds(
            resident=resident_id, permit=current.id, kind=current.class_code, until=current.expires_on or "?"
        )
    return _insert(change, resident_id, grant) if later is None else _insert_before(change, grant, later, today)


def extend(change: Change, permit: Permit, grant: Grant, today: date) -> int:
    """Grant the same class anew, following `permit`, which ends on the day of issue; return the new grant's id."""
    if grant.class_code != permit.class_code:
        raise OfAnotherClass(permit=permit.id, old=permit.class_code)
    if permit.expires_on and grant.expires_on and grant.expires_on <= permit.expires_on:
        raise NotLonger(expires=grant.expires_on, until=permit.expires_on, permit=permit.id)
    return follow(change, permit, replace(grant, number=grant.number or permit.number), today)


def convert(change: Change, permit: Permit, grant: Grant, today: date) -> int:
    """Grant another class, following `permit`, which ends on the day of issue (alih status); return the new id."""
    if grant.class_code == permit.class_code:
        raise OfTheSameClass(permit=permit.id, old=permit.class_code)
    return follow(change, permit, grant, today)


def follow(change: Change, permit: Permit, grant: Grant, today: date, begins_on: date | None = None) -> int:
    """End `permit` and begin `grant` in its place on the day of issue; return the new grant's id.

    Where nobody knows the day of issue, `begins_on` is the day from which the register counts the new grant.
    """
    refuse_ended(change, permit)
    _refuse_impossible_days(grant, today)
    if grant.number and grant.number.casefold() != (permit.number or "").casefold():
        _refuse_number_taken(change, grant.number, None)
    start = grant.issued_on or begins_on or today
    if permit.starts_on and start < permit.starts_on:
        raise IssuedBeforeStart(on=start, permit=permit.id, start=permit.starts_on)
    granted_as, end_reason = FOLLOWING[grant.class_code == permit.class_code]
    change.update("permit", permit.id, {"ended_on": start.isoformat(), "end_reason": end_reason})
    begins = start.isoformat()
    return _insert(change, permit.resident_id, grant, follows_id=permit.id, granted_as=granted_as, starts_on=begins)


def revoke(change: Change, permit: Permit, on: date, why: str) -> None:
    """End a current permit on the day `on`, for the reason `why`; its holder stays, without a permit."""
    refuse_ended(change, permit)
    if permit.starts_on and on < permit.starts_on:
        raise IssuedBeforeStart(on=on, permit=permit.id, start=permit.starts_on)
    change.update("permit", permit.id, {"ended_on": on.isoformat(), "end_reason": "REVOKED", "note": why})


def edit(change: Change, permit: Permit, values: Mapping[str, Value], today: date) -> None:
    """Correct what was recorded of a permit; `values` are columns. A new day of issue moves the end of the one before.

    The register keeps the version that a correction replaces.
    """
    issued = _day(values, "issued_on", permit.issued_on)
    expires = _day(values, "expires_on", permit.expires_on)
    corrected = Grant(str(values.get("class_code", permit.class_code)), None, issued, expires)
    _refuse_impossible_days(corrected, today)
    number = values.get("number")
    if isinstance(number, str):
        _refuse_number_taken(change, number, permit)
    if "issued_on" in values and issued != permit.issued_on:
        _reissue(change, permit, values, issued)
    else:
        change.update("permit", permit.id, values)
    if corrected.class_code != permit.class_code:
        _reclassify(change, permit.id)


def _reissue(change: Change, permit: Permit, values: Mapping[str, Value], issued: date | None) -> None:
    # Where the day of issue is taken out, a grant that follows another still begins on the day on which that one ended.
    kept = permit.starts_on if permit.follows_id else None
    start = iso(issued or kept)
    steps: list[tuple[int, Mapping[str, Value]]] = [(permit.id, {**values, "starts_on": start})]
    if permit.follows_id is not None and issued is not None:
        steps.append((permit.follows_id, {"ended_on": start}))
        if permit.starts_on and issued < permit.starts_on:
            steps.reverse()  # the earlier grant is shortened first, so that they do not overlap
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
    """Raise AlreadyEnded, which names the grant that holds now, unless the permit is current."""
    if permit.ended_on is None:
        return
    follower = follower_of(change.connection, permit.id)
    current = current_permit_of(change.connection, permit.resident_id)
    hint = f" -> timpora permit show {current.id}" if follower and current else ""
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
        "expires_on": iso(grant.expires_on),
        "office": grant.office,
        "granted_as": "NEW",
        "note": grant.note,
    }
    return change.insert("permit", row | over)


def _insert_before(change: Change, grant: Grant, later: Permit, today: date) -> int:
    # The grant before `later` ends on the day on which this one was issued, and `later` follows this one.
    granted_as, end_reason = FOLLOWING[grant.class_code == later.class_code]
    before = permit_of_id(change.connection, later.follows_id) if later.follows_id else None
    starts = later.starts_on if before is None else _counted_anew(later, before, grant, today)
    over: dict[str, Value] = {"ended_on": iso(starts), "end_reason": end_reason}
    if before is not None:
        if before.starts_on == grant.issued_on:
            raise SameIssue(permit=before.id, issued=grant.issued_on)
        change.update("permit", later.id, {"follows_id": None, "granted_as": "NEW", "starts_on": iso(starts)})
        own_kind, own_end = FOLLOWING[grant.class_code == before.class_code]
        change.update("permit", before.id, {"ended_on": iso(grant.issued_on), "end_reason": own_end})
        over.update(follows_id=before.id, granted_as=own_kind)
    number = _insert(change, later.resident_id, grant, **over)
    change.update("permit", later.id, {"follows_id": number, "granted_as": granted_as})
    return number


def _counted_anew(later: Permit, before: Permit, grant: Grant, today: date) -> date | None:
    """Return the day from which `later` counts once `grant` is between it and `before`.

    Where nobody knows its issue and it counted from the day after `before` ran out, it is the day after `grant` does.
    """
    counted = later.issued_on is None and before.expires_on is not None and before.expires_on < today
    if not counted or later.starts_on != day_counted_from(before, today) or grant.expires_on is None:
        return later.starts_on
    starts = _day_after(grant.expires_on, today)
    ends = [day for day in (later.expires_on, later.ended_on and later.ended_on - timedelta(days=1)) if day]
    return starts if all(starts <= day for day in ends) else later.starts_on


def _next_permit(change: Change, resident_id: int, issued_on: date | None) -> Permit | None:
    if issued_on is None:
        return None
    row = first(change.connection, NEXT_PERMIT, {"resident": resident_id, "on": issued_on.isoformat()})
    return None if row is None else permit_in(row)


def _refuse_impossible_days(grant: Grant, today: date) -> None:
    if grant.issued_on and grant.issued_on > today:
        raise IssuedInFuture(issued=grant.issued_on, today=today)
    if grant.issued_on and grant.expires_on and grant.expires_on < grant.issued_on:
        raise ExpiresTooEarly(expires=grant.expires_on, issued=grant.issued_on)


def _refuse_number_taken(change: Change, number: str | None, mine: Permit | None) -> None:
    holder = first(change.connection, NUMBER_HOLDER, {"number": number}) if number else None
    if holder is not None and (mine is None or holder["resident_id"] != mine.resident_id):
        raise NumberTaken(number=number, permit=holder["id"], resident=holder["resident_id"])


def _day(values: Mapping[str, Value], column: str, otherwise: date | None) -> date | None:
    if column not in values:
        return otherwise
    value = values[column]
    return date.fromisoformat(str(value)) if value is not None else None


def day_counted_from(permit: Permit, today: date) -> date:
    """Return the day from which a follower of unknown issue counts: the day after `permit` ran out, or today.

    Nobody knows when it was issued, so it leaves no days of overstay before it.
    """
    return _day_after(permit.expires_on, today) if permit.expires_on else today


def _day_after(end: date, today: date) -> date:
    return min(today, end + timedelta(days=1))
