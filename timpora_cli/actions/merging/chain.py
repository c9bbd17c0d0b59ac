"""The permits of two records of one person as one chain of grants.

A grant that has not ended gives way to one of the other record that was issued later, as at a renewal. A grant that
both records have becomes one. One whose day of issue nobody knows follows the other record's current one without a gap,
where its last day tells that it is the later one.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain, pairwise, zip_longest
from typing import NamedTuple

from timpora_cli.actions.intake.planning.grants import Told, described
from timpora_cli.actions.intake.recorded import Grant, grant_in
from timpora_cli.actions.merging.life import Difference, Left, Life, Two
from timpora_cli.actions.permits import FOLLOWING, RAN_ON, counted_anew, counted_from
from timpora_cli.language import _
from timpora_cli.model.dates import UNLIMITED
from timpora_cli.model.overlay import FIRST, LAST, Days, Period, Rule, joined, pieces
from timpora_cli.queries.find import permit_in
from timpora_cli.queries.rows import Stored, iso

PRINTED = (("class_code",), ("issued_on",), ("expires_on", "unlimited"))  # they decide what a day says of the permit
SHOWN = ("number", "index_code", "valid_from", "office", "note")


class Held(NamedTuple):
    """A permit that is in force, or that a record says has `ended`."""

    permit: int
    class_code: str
    ended: str | None = None

    def __str__(self) -> str:
        if self == NO_PERMIT:
            return _("no permit")
        sentence = _("permit {permit} ({kind})") if self.ended is None else _("permit {permit} ended ({ended})")
        return sentence.format(permit=self.permit, kind=self.class_code, ended=self.ended)


NO_PERMIT = Held(0, "")


def join_permits(life: Life, chains: Two, here: Sequence[Period[bool]], preferred: int | None, today: date) -> None:
    """Add the permits of the life, which end where the person has left in the end."""
    life.twins = _twins(*chains)
    grants = {row["id"]: row for row in chain.from_iterable(chains) if row["id"] not in life.twins}
    for row in chains[1]:
        if row["id"] in life.twins:
            own = grants[life.twins[row["id"]]]
            _make_alike(life, own, row, preferred)
            _begin_alike(own, row, chains, {one["id"]: one for one in life.was["permit"]}, today)
    for one, other in (chains, chains[::-1]):
        _let_follow(one, other, life.twins, today)
    rule = Rule(_both_held, partial(_is_replaced, grants=grants), lambda held: held.ended is None)
    days = joined((_said(chains[0], life.twins, grants), _said(chains[1], life.twins, grants)), rule, preferred)
    held = _whole(days, grants)
    life.differ("permit", [one if _stands(one, held) else one._replace(taken=NO_PERMIT) for one in days], rule)
    line = _granted(life, held, grants, max((period.until for period in here), default=LAST))
    for before, after in pairwise([None, *line]):
        if after is not None:
            _link(before, after)
    life.rows["permit"] = line
    stand = {row["id"] for row in line}
    for row in grants.values():
        if row["id"] not in stand:
            record = int(row in chains[1])
            life.left.append(Left(record, "permit", f"{row['id']} ({row['class_code']})"))


def _granted(life: Life, held: Mapping[int, Period[Held]], grants: Mapping[int, Stored], leaves: str) -> list[Stored]:
    """Return the grants of the life, oldest first, each with its days; a grant of no day stays where it has a place."""
    reasons = {
        (life.twins.get(row["id"], row["id"]), row["ended_on"]): row["end_reason"] for row in life.was["permit"][::-1]
    }
    hows = {row["departed"]: row["departed_how"] for row in life.rows["stay"]}
    line = []
    for permit, period in held.items():
        until = leaves if period.until == LAST else period.until
        if until <= period.since:
            continue
        ended: Stored = {"ended_on": None, "end_reason": None}
        if until != LAST:
            how = hows.get(until) or "DEPARTED" if period.until == LAST else "EXTENDED"
            ended = {"ended_on": until, "end_reason": reasons.get((permit, until)) or how}
        line.append({**grants[permit], **ended})
    stand = {row["id"] for row in line}
    line += [
        row
        for row in grants.values()
        if row["id"] not in stand  # the other record may have given it days
        and row["starts_on"] is not None
        and row["starts_on"] == row["ended_on"]
        and not any(period.since < row["starts_on"] < period.until for period in held.values())
    ]
    return sorted(line, key=lambda row: (row["starts_on"] or FIRST, row["ended_on"] or LAST))


def _link(before: Stored | None, after: Stored) -> None:
    """Let a grant follow the one that was extended or converted on its first day, and no other."""
    after.update(follows_id=None, granted_as="NEW")
    if before is not None and before["end_reason"] in RAN_ON and before["ended_on"] == after["starts_on"]:
        granted_as, before["end_reason"] = FOLLOWING[before["class_code"] == after["class_code"]]
        after.update(follows_id=before["id"], granted_as=granted_as)


# What each record says -------------------------------------------------------------------------------------------


def _said(rows: Sequence[Stored], twins: Mapping[int, int], grants: Mapping[int, Stored]) -> list[Period[Held]]:
    """Return what a record says of permits; of one that both records have, also that it has ended, and how."""
    shared = {*twins, *twins.values()}
    said = []
    for row, after in zip_longest(rows, rows[1:]):
        permit = twins.get(row["id"], row["id"])
        held = Held(permit, grants[permit]["class_code"])
        until = row["ended_on"] or LAST
        said.append(Period(row["starts_on"] or FIRST, until, held))
        if until != LAST and row["id"] in shared and row["end_reason"] not in RAN_ON:
            following = after["starts_on"] if after else LAST
            said.append(Period(until, following, held._replace(ended=row["end_reason"])))
    return said


def _both_held(one: Held, other: Held) -> Held | None:
    if NO_PERMIT in {one, other}:
        return None
    if one.permit == other.permit:
        return one if (one.ended is None) == (other.ended is None) else None
    return other if one.ended is not None else one if other.ended is not None else None


def _is_replaced(one: Period[Held], later: Period[Held], grants: Mapping[int, Stored]) -> bool:
    """Return whether a permit that has not ended gives way to one that began later, or after it by their last days."""
    ordered = one.since != FIRST or _ends_sooner(grants[one.value.permit], grants[later.value.permit])
    return ordered and one.value.ended is None and later.value.ended is None


def _ends_sooner(one: Stored, other: Stored) -> bool:
    last, later = (LAST if row.get("unlimited") else row["expires_on"] for row in (one, other))
    return last is not None and later is not None and last < later


def _whole(days: Sequence[Days[Held]], grants: Mapping[int, Stored]) -> dict[int, Period[Held]]:
    """Return the days of each grant, from its own first day on; a later part of one that was cut in two is none."""
    said = [Period(one.since, one.until, one.taken) for one in days if one.taken and one.taken.ended is None]
    whole: dict[int, Period[Held]] = {}
    for period in pieces(said):
        if period.since == (grants[period.value.permit]["starts_on"] or FIRST):
            whole[period.value.permit] = period
    return whole


def _stands(one: Days[Held], held: Mapping[int, Period[Held]]) -> bool:
    period = held.get(one.taken.permit) if one.taken and one.taken.ended is None else None
    return one.taken is None or one.taken.ended is not None or (period is not None and one.since < period.until)


# One grant on both records, and one whose day of issue is unknown ----------------------------------------------------


def _make_alike(life: Life, own: Stored, row: Stored, preferred: int | None) -> None:
    """Complete a grant of the kept record from the same one of the other."""
    since, until = own["starts_on"] or FIRST, own["ended_on"] or LAST
    for columns in PRINTED:
        mine, theirs = ({name: one[name] for name in columns if name in one} for one in (own, row))
        if mine == theirs or not any(theirs.values()):
            continue
        if any(mine.values()):
            one, other = (_printed(own["id"], columns[0], facts) for facts in (mine, theirs))
            taken = None if preferred is None else (one, other)[preferred]
            life.differences.append(Difference("permit", Days(since, until, one, other, taken)))
        if preferred == 1 or not any(mine.values()):
            own.update(theirs)
    life.left += [
        Left(1, name, row[name], own[name]) for name in SHOWN if row[name] and own[name] not in {None, row[name]}
    ]
    own.update({name: row[name] for name in SHOWN if own[name] is None})


def _begin_alike(own: Stored, row: Stored, chains: Two, was: Mapping[int, Stored], today: date) -> None:
    """Let a grant that both records have begin on one day; the grants beside it, in both records, go with it."""
    starts = own["issued_on"] or own["starts_on"] or row["starts_on"]
    for grant, rows in zip((own, row), chains, strict=True):
        for before in rows:
            if before["id"] == grant["follows_id"] and before["ended_on"] == grant["starts_on"]:
                before["ended_on"] = starts
        grant["starts_on"] = starts
        for later in rows:
            if later["follows_id"] == grant["id"]:
                counted = counted_anew(permit_in(later), permit_in(was[grant["id"]]), permit_in(own), today)
                later["starts_on"] = grant["ended_on"] = iso(counted)
    for grant, twin in ((own, row), (row, own)):
        if grant["ended_on"] is None and twin["end_reason"] in RAN_ON:
            grant.update(ended_on=twin["ended_on"], end_reason=twin["end_reason"])


def _printed(permit: int, column: str, facts: Mapping[str, object]) -> str:
    value = next(value for value in facts.values() if value)
    value = _("unlimited") if value == 1 else value
    return _("permit {permit}: {column} {value}").format(permit=permit, column=column, value=value)


def _let_follow(rows: Sequence[Stored], other: Sequence[Stored], twins: Mapping[int, int], today: date) -> None:
    """Let the current permit of `rows`, where nobody knows its beginning, follow the current one of `other`."""
    first, last = (next((row for row in line if row["ended_on"] is None), None) for line in (rows, other))
    if first is None or last is None or first["starts_on"] is not None:
        return
    if {first["id"], last["id"]}.isdisjoint({*twins, *twins.values()}) and _ends_sooner(last, first):
        first["starts_on"] = counted_from(permit_in(last), today).isoformat()


def _twins(mine: Sequence[Stored], theirs: Sequence[Stored]) -> dict[int, int]:
    """Return the permits of the other record that the kept one has too, each with the one that it is."""
    told = [Told(grant.printed, [], grant, place) for place, grant in enumerate(map(_grant, mine))]
    twins: dict[int, int] = {}
    for row in theirs:
        same = described(_grant(row).printed, told, alone=True)
        if same is not None and mine[same.place]["id"] not in twins.values():
            twins[row["id"]] = mine[same.place]["id"]
    return twins


def _grant(row: Stored) -> Grant:
    return grant_in(row | {"ends": UNLIMITED if row["unlimited"] else row["expires_on"]})
