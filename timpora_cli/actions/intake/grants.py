"""What a row's permit is to the permits on record: one of them, a later one, an earlier one, or a contradiction.

A row describes a grant on record if they agree as in one of these lines. "unknown" means that one of both does not say;
"any" stands for all three. A day or number that differs then is a correction, and one that was not known is filled in.

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

Any other row is another grant. Where both days of issue are known they say which came first; else the last days do.

| nobody's permit is on record                   | the first grant                                            |
| later than the current one                     | a renewal: an extension, or a conversion to another class  |
| earlier than the current one, issue known      | fills in the past                                          |
| earlier, and nobody says when it was issued    | refused: no place in the past                              |
| neither day tells, or both on one day          | refused                                                    |
| the same class, but issued later and ending no | refused: the days contradict each other                    |
|   later, or issued earlier and ending no sooner|                                                            |
| no current permit, issue known                 | begins anew, or fills in the past; never over another one  |
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from timpora_cli.actions.permits import Grant
from timpora_cli.errors import Refused
from timpora_cli.model.names import fold_name
from timpora_cli.model.people import Permit

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

RAN_ON = (None, "EXTENDED", "CONVERTED")


class NotOrdered(Refused):
    """The register holds permit {permit} ({kind}), and nothing in this row tells whether its {other} came before it
    or after it. Give the day of issue or the last valid day of both; see: timpora permit edit {permit}
    """


class NoIssueDay(Refused):
    """This {other} is not the current permit {permit} ({kind}, until {until}) and ended sooner, but without its day
    of issue it has no place in the past. Give the day of issue; a wrong date on record is corrected with:
    timpora permit edit {permit}
    """


class BothOnOneDay(Refused):
    """Permit {permit} ({kind}) was issued on {issued} too, and nobody is granted two on one day. One is wrong."""


class EndsOutOfTurn(Refused):
    """Permit {permit} was issued on {issued} and ends on {until}; this one was issued on {other_issued} and ends on
    {other_until}. The one of a class that is issued later ends later, so one of the four days is wrong.
    """


class PeriodUnknown(Refused):
    """Permit {permit} ended on {ended} ({reason}), and nothing tells when this one was issued.
    Give its day of issue.
    """


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row's grant belongs: beside which grant on record, and how. Only "first" is beside none."""

    kind: Literal["first", "same", "after", "before", "anew"]
    beside: Permit | None = None


def placed(grant: Grant, chain: Sequence[Permit]) -> Place:
    """Return where `grant` belongs among a person's permits, as the tables above have it, or refuse it."""
    if not chain:
        return Place("first")
    described = _described(grant, chain)
    if described is not None:
        return Place("same", described)
    for held in chain:
        if held.issued_on is not None and held.issued_on == grant.issued_on:
            raise BothOnOneDay(permit=held.id, kind=held.class_code, issued=held.issued_on)
    current = next((held for held in chain if held.ended_on is None), None)
    if current is None:
        last = max(chain, key=lambda held: held.ended_on or date.max)
        if grant.issued_on is None:
            raise PeriodUnknown(permit=last.id, ended=last.ended_on, reason=last.end_reason)
        place = Place("anew", last)
    elif _is_later(grant, current):
        place = Place("after", current)
    elif grant.issued_on is None:
        raise NoIssueDay(
            permit=current.id, kind=current.class_code, until=current.expires_on or "?", other=grant.class_code
        )
    else:
        place = Place("before", current)
    _refuse_out_of_turn(grant, chain)
    return place


def _described(grant: Grant, chain: Sequence[Permit]) -> Permit | None:
    """Return the grant on record that `grant` agrees with best, of equals the current one and then the latest."""
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
        _relation(fold_number(grant.number), fold_number(held.number)),
        _relation(grant.issued_on, held.issued_on),
        _relation(grant.expires_on, held.expires_on),
        _relation(grant.class_code, held.class_code),
    )


def _relation(one: object, other: object) -> Relation:
    if one is None or other is None:
        return "unknown"
    return "same" if one == other else "other"


def _fits(relations: tuple[Relation, ...], line: tuple[str, ...]) -> bool:
    return all(wanted in {"any", found} for found, wanted in zip(relations, line, strict=True))


def fold_number(number: str | None) -> str | None:
    """Return the form in which two spellings of a permit's number meet: "2C21 JD-0001" is "2c21jd0001"."""
    return None if number is None else "".join(filter(str.isalnum, fold_name(number))) or number


def _is_later(grant: Grant, current: Permit) -> bool:
    for this, other in ((grant.issued_on, current.issued_on), (grant.expires_on, current.expires_on)):
        if this is not None and other is not None and this != other:
            return this > other
    raise NotOrdered(permit=current.id, kind=current.class_code, other=grant.class_code)


def _refuse_out_of_turn(grant: Grant, chain: Sequence[Permit]) -> None:
    """Refuse days that contradict those of the grants just before and just after; one broken off says nothing."""
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
                permit=pair[1].id, issued=day, until=until, other_issued=issued, other_until=grant.expires_on
            )
