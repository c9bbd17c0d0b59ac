"""Where a row's permit and passport belong among those on record: the same, a later or an earlier one, or refused.

A row describes a permit on record if the two agree as in one of these lines. "unknown" means that one of them gives no
value; "any" stands for all three. A day or number that differs is then a correction, and one that was not known is
filled in.

| number  | issued  | last day | class | so the row                                        |
|---------|---------|----------|-------|---------------------------------------------------|
| same    | same    | any      | any   | corrects or fills in the rest                     |
| same    | any     | same     | any   | corrects or fills in the rest                     |
| same    | unknown | unknown  | any   | fills in what is missing                          |
| other   | same    | same     | same  | corrects the number                               |
| other   | same    | unknown  | same  | corrects the number                               |
| other   | unknown | same     | same  | corrects the number                               |
| unknown | same    | any      | same  | corrects or fills in the rest                     |
| unknown | same    | same     | any   | corrects the class                                |
| unknown | any     | same     | same  | corrects or fills in the day of issue             |
| unknown | unknown | unknown  | same  | fills in (an ended one only if it names no more)  |

Any other row is another grant. If both days of issue are known, they decide which came first; otherwise the last days.

| no permit is on record                         | the first grant                                            |
| later than the current one                     | a renewal: an extension, or a conversion to another class  |
| earlier than the current one, issue known      | fills in the past                                          |
| earlier, and its day of issue is not known     | refused: no place in the past                              |
| neither day decides, or both issued on one day | refused                                                    |
| the same class, but issued later and ending no | refused: the days contradict each other                    |
|   later, or issued earlier and ending no sooner|                                                            |
| no current permit, issue known                 | begins anew, or fills in the past; never over another one  |

Of two passports the newer is the one that was issued later, or ends later; never the one that was entered later.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from timpora_cli.actions.intake.recorded import Recorded
from timpora_cli.actions.passports import NewPassport
from timpora_cli.actions.permits import Grant, with_end
from timpora_cli.errors import Refused
from timpora_cli.model.names import fold_number
from timpora_cli.model.people import Permit
from timpora_cli.queries.rows import Stored, iso
from timpora_cli.sheets.facts import Entry
from timpora_cli.sheets.headers import Field

Relation = Literal["same", "other", "unknown"]

DESCRIBES: tuple[tuple[Relation | Literal["any"], ...], ...] = (
    ("same", "same", "any", "any"),
    ("same", "any", "same", "any"),
    ("same", "unknown", "unknown", "any"),
    ("other", "same", "same", "same"),
    ("other", "same", "unknown", "same"),
    ("other", "unknown", "same", "same"),
    ("unknown", "same", "any", "same"),
    ("unknown", "same", "same", "any"),
    ("unknown", "any", "same", "same"),
    ("unknown", "unknown", "unknown", "same"),
)

PRINTED: tuple[Field, ...] = ("permit_number", "issued", "expires")
RAN_ON = (None, "EXTENDED", "CONVERTED")


class NotOrdered(Refused):
    """The register holds permit {permit} ({kind}), and nothing in this row tells whether its {other} came before it
    or after it. Give the day of issue or the last valid day of both; see: timpora permit edit {permit}
    """


class NoIssueDay(Refused):
    """This {other} is not the current permit {permit} ({held}) and ended sooner, but without its day
    of issue it has no place in the past. Give the day of issue; a wrong date on record is corrected with:
    timpora permit edit {permit}
    """


class BothOnOneDay(Refused):
    """Permit {permit} ({kind}) was issued on {issued} too, and nobody is granted two on one day. One is wrong."""


class EndsOutOfTurn(Refused):
    """Permit {permit} was issued on {issued} ({held}), and this one on {other_issued} ({other}). The one of a class
    that is issued later ends later, so one of the four days is wrong.
    """


class PeriodUnknown(Refused):
    """Permit {permit} ended on {ended} ({reason}), and nothing tells when this one was issued.
    Give its day of issue.
    """


class NoClass(Refused):
    """The row names a permit without its class, and it is not the one on record. Give the class in a column such as
    Jenis Izin Tinggal.
    """


class WhichPassport(Refused):
    """Resident {resident} has another passport on record, and nothing in this row tells which is the newer.
    Give the day of issue or the last day of both; those on record are corrected with: timpora resident edit {resident}
    """


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a row's permit belongs: how it relates to which permit on record. "first" relates to none."""

    kind: Literal["first", "same", "after", "before", "anew"]
    beside: Permit | None = None


def grant_of(entry: Entry, held: Recorded) -> Grant | None:
    """Return the permit that a row describes, or None. Raises NoClass if it has no class and is not one on record."""
    values = entry.values
    class_code = values.get("class")
    if class_code is None:
        if values.keys().isdisjoint(PRINTED):
            return None
        class_code = _class_on_record(values.get("permit_number"), held)
    return Grant(
        class_code,
        values.get("permit_number"),
        entry.day("issued"),
        entry.day("expires"),
        values.get("index"),
        entry.day("valid_from"),
        values.get("office"),
    )


def _class_on_record(number: str | None, held: Recorded) -> str:
    for permit in reversed(held.chain):
        if permit.ended_on is None if number is None else _folded(permit.number) == _folded(number):
            return permit.class_code
    raise NoClass


def is_last(grant: Grant, held: Recorded) -> bool:
    """Return whether no permit on record began after the day of issue of `grant`."""
    return all(
        not (grant.issued_on and permit.starts_on and permit.starts_on > grant.issued_on) for permit in held.chain
    )


def placed(grant: Grant, chain: Sequence[Permit]) -> Slot:
    """Return where `grant` belongs among a person's permits, as the tables above have it, or refuse it."""
    if not chain:
        return Slot("first")
    described = _described(grant, chain)
    if described is not None:
        return Slot("same", described)
    for held in chain:
        if held.issued_on is not None and held.issued_on == grant.issued_on:
            raise BothOnOneDay(permit=held.id, kind=held.class_code, issued=held.issued_on)
    current = next((held for held in chain if held.ended_on is None), None)
    if current is None:
        last = max(chain, key=lambda held: held.ended_on or date.max)
        if grant.issued_on is None:
            raise PeriodUnknown(permit=last.id, ended=last.ended_on, reason=last.end_reason)
        slot = Slot("anew", last)
    elif _is_later(grant, current):
        slot = Slot("after", current)
    elif grant.issued_on is None:
        ends = with_end(current.class_code, current.expires_on)
        raise NoIssueDay(permit=current.id, held=ends, other=grant.class_code)
    else:
        slot = Slot("before", current)
    _refuse_out_of_turn(grant, chain)
    return slot


def _described(grant: Grant, chain: Sequence[Permit]) -> Permit | None:
    """Return the permit on record that `grant` agrees with best; of equals the current one, then the latest."""
    class_alone = grant.number is None and grant.issued_on is None and grant.expires_on is None
    fitting: list[tuple[tuple[int, bool, date], Permit]] = []
    for held in chain:
        relations = _relations(grant, held)
        agreeing, is_current = relations[:3].count("same"), held.ended_on is None
        if any(_fits(relations, line) for line in DESCRIBES) and (agreeing or is_current or class_alone):
            fitting.append(((agreeing, is_current, held.starts_on or date.min), held))
    return max(fitting, key=lambda pair: pair[0], default=(None, None))[1]


def _relations(grant: Grant, held: Permit) -> tuple[Relation, ...]:
    return (
        _relation(_folded(grant.number), _folded(held.number)),
        _relation(grant.issued_on, held.issued_on),
        _relation(grant.expires_on, held.expires_on),
        _relation(grant.class_code, held.class_code),
    )


def _folded(number: str | None) -> str | None:
    return None if number is None else fold_number(number)


def _relation(one: object, other: object) -> Relation:
    if one is None or other is None:
        return "unknown"
    return "same" if one == other else "other"


def _fits(relations: tuple[Relation, ...], line: tuple[str, ...]) -> bool:
    return all(wanted in {"any", relation} for relation, wanted in zip(relations, line, strict=True))


def _is_later(grant: Grant, current: Permit) -> bool:
    for this, other in ((grant.issued_on, current.issued_on), (grant.expires_on, current.expires_on)):
        if this is not None and other is not None and this != other:
            return this > other
    raise NotOrdered(permit=current.id, kind=current.class_code, other=grant.class_code)


def _refuse_out_of_turn(grant: Grant, chain: Sequence[Permit]) -> None:
    """Refuse days that contradict those of the permits just before and just after, unless those were broken off."""
    issued = grant.issued_on
    if issued is None or grant.expires_on is None:
        return
    dated = [(held.issued_on, held) for held in chain if held.issued_on and held.end_reason in RAN_ON]
    earlier = max((pair for pair in dated if pair[0] < issued), key=lambda pair: pair[0], default=None)
    later = min((pair for pair in dated if pair[0] > issued), key=lambda pair: pair[0], default=None)
    for pair in (earlier, later):
        if pair is None or pair[1].class_code != grant.class_code or pair[1].expires_on is None:
            continue
        day, until = pair[0], pair[1].expires_on
        if (day < issued) != (until < grant.expires_on) or until == grant.expires_on:
            raise EndsOutOfTurn(
                permit=pair[1].id,
                issued=day,
                held=with_end(pair[1].class_code, until),
                other_issued=issued,
                other=with_end(grant.class_code, grant.expires_on),
            )


def passport_of(entry: Entry, nationality: str) -> NewPassport | None:
    """Return the passport that a row gives, or None; of the country of nationality if it names no country."""
    number = entry.values.get("passport_number")
    if number is None:
        return None
    country = entry.values.get("passport_country") or entry.values.get("nationality") or nationality
    issued, expires = entry.day("passport_issued"), entry.day("passport_expires")
    return NewPassport(number, country, issued, expires, entry.day("passport_current"))


def same_passport(given: NewPassport, held: Recorded) -> Stored | None:
    """Return the passport on record with the number of `given`, if several have it the one of its country; or None."""
    known = [row for row in held.passports if row["number"] == given.number]
    return next((row for row in known if row["country"] == given.country), known[0] if known else None)


def is_newer(given: NewPassport, current: Stored, held: Recorded) -> bool:
    """Return whether `given` is newer than the current passport. Raises WhichPassport if no day decides it."""
    days = (iso(given.issued_on), current["issued_on"]), (iso(given.expires_on), current["expires_on"])
    for this, other in days:
        if this is not None and other is not None and this != other:
            return bool(this > other)
    raise WhichPassport(resident=held.resident.id)
