"""From which day a grant counts whose day of issue nobody knows: the one home of that rule (manual: permits).

It follows without a gap: from the day after the last day of the grant before it, or from today where that day is still
to come or is not known. Nobody gave that day, so it gives way to every day that somebody gave.
"""

from datetime import date, timedelta

from timpora_cli.errors import Refused
from timpora_cli.model.people import Permit
from timpora_cli.model.rules import OPEN_ENDED
from timpora_cli.queries.find import permit_of_id
from timpora_cli.store.change import Change, Value

A_DAY = timedelta(days=1)


class IssuedBeforeStart(Refused):
    """The day {on} is before permit {permit} itself began ({start}). Nothing was changed."""


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
