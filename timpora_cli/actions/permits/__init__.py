"""Grants of stay permits: a new one, and those that follow it. No grant is overwritten: one ends, the next begins.

A grant begins on its day of issue, and on that day the one that it follows ends. Where it was issued late, the days
between stay OVERSTAY. One whose day of issue nobody knows follows without a gap: from the day after the last day of the
grant before it, or from today where that day is still to come or is not known. Nobody gave that day, so it gives way to
every day that somebody gave (manual: permits).

While a permit without an end is being written, OPEN_ENDED stands for its last day, so that it is later than every day.
In the register it has no last day, and is marked as unlimited.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.model.names import fold_number
from timpora_cli.model.people import Permit
from timpora_cli.model.rules import OPEN_ENDED
from timpora_cli.model.terms import PERMANENT
from timpora_cli.queries.find import current_permit_of, follower_of, permit_after, permit_of_id
from timpora_cli.queries.rows import first, folded, iso
from timpora_cli.store.change import Change, Value

A_DAY = timedelta(days=1)
NUMBER_HOLDER = f"""
SELECT id, resident_id FROM permit WHERE {folded("number")} = :number ORDER BY id DESC LIMIT 1
"""
# `granted_as` of the later grant and `end_reason` of the earlier one: True where both are of one class.
FOLLOWING = {True: ("EXTENSION", "EXTENDED"), False: ("CONVERSION", "CONVERTED")}
RAN_ON = {end_reason for _granted_as, end_reason in FOLLOWING.values()}


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


class OnlyKitapUnlimited(Refused):
    """A permit of class {kind} has a last day: only a KITAP is granted without one. Nothing was changed.
    Give the last day as printed, or the word unknown.
    """


class AlreadyUnlimited(Refused):
    """Permit {permit} is unlimited, and needs no extension. Its holder reports: timpora permit report {permit}"""


class IssuedBeforeStart(Refused):
    """The day {on} is before permit {permit} itself began ({start}). Nothing was changed."""


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
    refuse_impossible_days(grant, today)
    refuse_number_taken(change, grant.number, None)
    current = current_permit_of(change.connection, resident_id)
    later = permit_after(change.connection, resident_id, grant.issued_on)
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
    if permit.expires_on == OPEN_ENDED:
        raise AlreadyUnlimited(permit=permit.id)
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
    refuse_impossible_days(grant, today)
    if grant.number and fold_number(grant.number) != fold_number(permit.number or ""):
        refuse_number_taken(change, grant.number, None)
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


def refuse_impossible_days(grant: Grant, today: date) -> None:
    """Raise OnlyKitapUnlimited, IssuedInFuture or ExpiresTooEarly for days that no grant has."""
    if grant.expires_on == OPEN_ENDED and grant.class_code != PERMANENT:
        raise OnlyKitapUnlimited(kind=grant.class_code)
    if grant.issued_on and grant.issued_on > today:
        raise IssuedInFuture(issued=grant.issued_on, today=today)
    if grant.issued_on and grant.expires_on and grant.expires_on < grant.issued_on:
        raise ExpiresTooEarly(expires=grant.expires_on, issued=grant.issued_on)


def refuse_number_taken(change: Change, number: str | None, mine: Permit | None) -> None:
    """Raise NumberTaken where another resident than the holder of `mine` has a permit of this number."""
    holder = first(change.connection, NUMBER_HOLDER, {"number": fold_number(number)}) if number else None
    if holder is not None and (mine is None or holder["resident_id"] != mine.resident_id):
        raise NumberTaken(number=number, permit=holder["id"], resident=holder["resident_id"])


def counted_from(before: Permit, today: date, ended: date | None = None) -> date:
    """Return the day from which a grant of unknown issue counts that follows `before`, and itself `ended`."""
    start = min(today, _day_after(before) or today)
    start = min(start, ended) if ended else start
    return max(start, before.starts_on) if before.starts_on else start


def counted_anew(later: Permit, was: Permit | None, now: Permit, today: date) -> date | None:
    """Return the day from which `later` counts, where the grant before it was `was`, and is `now`.

    `now` is another grant, or the same one corrected. A day of issue that is known stays the first day. Where `later`
    was recorded while the end of `was` was still to come, the day of that record stands for today.
    """
    if later.issued_on is not None or later.starts_on is None:
        return later.starts_on
    from_its_end = was is not None and later.starts_on == _day_after(was)
    return counted_from(now, today if from_its_end else later.starts_on, later.ended_on)


def refuse_before_start(change: Change, permit: Permit, on: date) -> None:
    """Raise IssuedBeforeStart where `permit`, or one that it follows, was issued after the day `on`.

    A permit that counts from a later day only because nobody knows its day of issue counts from `on` from now on.
    """
    if permit.starts_on is None or permit.starts_on <= on:
        return
    if permit.issued_on is not None:
        raise IssuedBeforeStart(on=on, permit=permit.id, start=permit.issued_on)
    first_day: dict[str, Value] = {"starts_on": on.isoformat()}
    if permit.follows_id is not None:
        refuse_before_start(change, permit_of_id(change.connection, permit.follows_id), on)
        change.update("permit", permit.follows_id, {"ended_on": on.isoformat()})
    change.update("permit", permit.id, first_day)


def _day_after(permit: Permit) -> date | None:
    """Return the day after the last one of a permit; None where it is not known, or the permit is unlimited."""
    return permit.expires_on + A_DAY if permit.expires_on and permit.expires_on != OPEN_ENDED else None


def printed_end(end: date | None) -> dict[str, Value]:
    """Return the columns of a last day: a day, OPEN_ENDED, or None where nobody knows it."""
    unlimited = end == OPEN_ENDED
    return {"expires_on": None if unlimited else iso(end), "unlimited": 1 if unlimited else None}


def with_end(kind: str, end: date | None) -> str:
    """Return a class and its last day in words: KITAS until 2021-05-31, KITAP unlimited (for OPEN_ENDED)."""
    if end == OPEN_ENDED:
        return _("{kind} unlimited").format(kind=kind)
    return _("{kind} until {until}").format(kind=kind, until=end or _("a day not known"))
