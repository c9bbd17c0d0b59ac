"""Corrections of a grant on record: what follows of them for the days of the grants before and after it."""

from collections.abc import Mapping
from datetime import date

from timpora_cli.actions.permits import (
    FOLLOWING,
    Grant,
    counted_anew,
    counted_from,
    refuse_before_start,
    refuse_impossible_days,
    refuse_number_taken,
)
from timpora_cli.model.people import Permit
from timpora_cli.model.rules import OPEN_ENDED
from timpora_cli.queries.find import follower_of, permit_of_id
from timpora_cli.queries.rows import iso
from timpora_cli.store.change import Change, Value


def edit(change: Change, permit: Permit, values: Mapping[str, Value], today: date) -> None:
    """Correct what was recorded of a permit; `values` are columns. A new day of issue moves the end of the one before.

    A follower whose day of issue is unknown is counted anew. The register keeps the version that a correction replaces.
    """
    issued = _day(values, "issued_on", permit.issued_on)
    if "expires_on" in values:
        values = {"unlimited": None, **values}  # a last day that is given is the end
    expires = OPEN_ENDED if values.get("unlimited") else _day(values, "expires_on", permit.expires_on)
    corrected = Grant(str(values.get("class_code", permit.class_code)), None, issued, expires)
    refuse_impossible_days(corrected, today)
    number = values.get("number")
    if isinstance(number, str):
        refuse_number_taken(change, number, permit)
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


def _day(values: Mapping[str, Value], column: str, otherwise: date | None) -> date | None:
    if column not in values:
        return otherwise
    value = values[column]
    return date.fromisoformat(str(value)) if value is not None else None
