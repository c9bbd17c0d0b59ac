"""The passports of one person: each is valid until the next one was issued, or beside the others where a row says so.

The newer of two is the one that was issued later, else the one that ends later; never the one that was entered later.
A retired passport tells who somebody is, and stays retired.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from timpora_cli.actions.intake.planning.attempt import Attempt, came_first
from timpora_cli.actions.intake.recorded import Passport, SaidOtherwise
from timpora_cli.errors import Refused
from timpora_cli.sheets.facts import Entry
from timpora_cli.sheets.headers import Field

COLUMNS: tuple[tuple[Field, str], ...] = (
    ("passport_issued", "issued"),
    ("passport_expires", "expires"),
    ("passport_current", "named"),
)


class WhichPassport(Refused):
    """This person has another passport, and nothing in this row tells which is the newer.
    Give the day of issue or the last day of both.
    """


class PassportEndsBeforeIssue(Refused):
    """By this row and what is on record, the passport would end on {expires}, before it was issued on {issued}."""


def passports_of(attempt: Attempt, nationality: str) -> list[Passport]:
    """Return the passports on record and in the rows; those whose place nothing tells are refused."""
    held = [replace(passport) for passport in attempt.person.passports]
    given: dict[str, list[Entry]] = {}
    for row in attempt.rows:
        if "passport_number" in row.values:
            given.setdefault(row.values["passport_number"], []).append(row)
    kept: set[str] = set()
    for number, rows in sorted(given.items()):
        passport = _of_number(attempt, held, number, rows, nationality)
        for name, column in COLUMNS:
            value = attempt.agreed(name, rows)
            if value is not None:
                setattr(passport, column, value)
        if passport.issued and passport.expires and passport.expires < passport.issued:
            attempt.refuse(rows, PassportEndsBeforeIssue(expires=passport.expires, issued=passport.issued))
        if any("passport_kept" in row.values for row in rows):
            kept.add(number)
            passport.retired = None
    if not attempt.refused:
        for line in _lines(held, kept):
            _succeed(attempt, line, given)
    return held


def _of_number(
    attempt: Attempt, held: list[Passport], number: str, rows: Sequence[Entry], nationality: str
) -> Passport:
    """Return the passport of a number, of several that of the country in the rows; or a new one, in `held`."""
    explicit = attempt.agreed("passport_country", rows)
    country = explicit or attempt.given.defaults.get("passport_country") or nationality
    known = [passport for passport in held if passport.number == number]
    passport = next((one for one in known if one.country == country), known[0] if known else None)
    if passport is None:
        passport = Passport(number, country)
        held.append(passport)
        if number in attempt.doubted and len({_country_in(row) for row in _naming(attempt, number)} - {None}) > 1:
            attempt.refuse(rows, SaidOtherwise(line=attempt.doubted[number], field="passport_country"))
    elif explicit is not None or passport.country == attempt.person.facts.get("nationality"):
        if passport.country != (explicit or nationality) and number in attempt.doubted:
            telling = [row for row in rows if _country_in(row) == (explicit or nationality)]
            attempt.refuse(telling, SaidOtherwise(line=attempt.doubted[number], field="passport_country"))
        passport.country = explicit or nationality
    _refuse_lost(attempt, passport, rows, nationality)
    return passport


def _refuse_lost(attempt: Attempt, passport: Passport, rows: Sequence[Entry], nationality: str) -> None:
    """Refuse to give a passport another country than the one by which a row, refused or not, names its holder.

    By the country of the nationality a passport is found whoever issued it.
    """
    for row in _naming(attempt, passport.number):
        if row.values.get("passport_country", passport.country) != passport.country:
            silent = [other for other in rows if other.values.keys().isdisjoint(("passport_country", "nationality"))]
            attempt.refuse(silent, SaidOtherwise(line=row.line, field="passport_country"))
        if not row.values.keys().isdisjoint(("niora", "permit_number")):
            continue
        country = _country_in(row)
        others = [other for other in rows if other.values.get("passport_country") == passport.country]
        if country not in {None, passport.country, nationality} and others:
            fault = SaidOtherwise(line=others[0].line, field="passport_country")
            attempt.refuse([row], fault)
            attempt.refuse(others, SaidOtherwise(line=row.line, field="passport_country"))


def _naming(attempt: Attempt, number: str) -> list[Entry]:
    """Return all rows with the number of a passport, refused or not."""
    return [row for row in attempt.everyone if row.values.get("passport_number") == number]


def _country_in(row: Entry) -> str | None:
    return row.values.get("passport_country") or row.values.get("nationality")


def _lines(held: Sequence[Passport], kept: set[str]) -> list[list[Passport]]:
    """Return the passports in lines of which each follows the one before it, in no order.

    Where several are valid on record, a new one follows the one of its country, else the one that lists show.
    """
    valid = [one for one in held if one.id is not None and one.retired is None and one.number not in kept]
    rest = [one for one in held if one not in valid and one.number not in kept]
    if len(valid) < 2:
        return [[*rest, *valid]]
    shown = valid[-1]
    heads = {one.country: one for one in valid}
    lines: dict[int, list[Passport]] = {id(one): [one] for one in valid}
    for one in rest:
        head = heads.get(one.country, shown) if one.id is None else shown
        lines[id(head)].append(one)
    return list(lines.values())


def _succeed(attempt: Attempt, line: list[Passport], given: dict[str, list[Entry]]) -> None:
    """Let each passport of a line be retired by the next; what somebody has said otherwise stays."""
    if all(one in attempt.person.passports for one in line):
        return
    places = {one.id: place for place, one in enumerate(attempt.person.passports)}
    before = dict.fromkeys(map(id, line), 0)
    for one, other in combinations(line, 2):
        on_record = (places[one.id], places[other.id]) if one.id and other.id else None
        earlier = came_first((one.issued, one.expires), (other.issued, other.expires), on_record)
        if earlier is None:
            attempt.refuse([*given.get(one.number, ()), *given.get(other.number, ())], WhichPassport())
        before[id(other if earlier else one)] += 1
    if sorted(before.values()) != list(range(len(line))):
        vague = [one for one in line if one.issued is None]
        attempt.refuse([row for one in vague for row in given.get(one.number, ())], WhichPassport())
    line.sort(key=lambda one: before[id(one)])
    own = {one.id for one in line}
    stored = [one for one in attempt.person.passports if one.id in own]
    usual = {one.id: _retired(attempt, stored, place) for place, one in enumerate(stored)}
    for place, one in enumerate(line):
        if one.id is None or one.retired in (None, usual[one.id]):
            one.retired = _retired(attempt, line, place)


def _retired(attempt: Attempt, line: Sequence[Passport], place: int) -> str | None:
    """Return the day on which a passport gave way: the issue of the next, else its own end, at the latest today."""
    if place == len(line) - 1:
        return None
    own, following = line[place], line[place + 1]
    return following.issued or min(own.expires or attempt.given.today, attempt.given.today)
