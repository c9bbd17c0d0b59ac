"""Rows that are alone: no other row of the sheet shares a number with them. Most rows are, and most are plain.

Such a row is taken here without a plan, where what the plan would give is plain: a new person, or nothing new. All else
is left to the plan (plan.py). The tests hold the two together.
"""

from collections.abc import Mapping

from timpora_cli.actions.intake.attempt import Given
from timpora_cli.actions.intake.grants import PRINTED, begins_after_end
from timpora_cli.actions.intake.homes import LOTS, NAMING
from timpora_cli.actions.intake.recorded import GRANT, PERSON, Grant, Home, Passport, Person
from timpora_cli.model.dates import UNLIMITED
from timpora_cli.model.terms import PERMANENT
from timpora_cli.sheets.facts import Entry, Values
from timpora_cli.sheets.headers import IDENTIFYING, Field

OWN_FACTS: tuple[Field, ...] = (*PERSON, "arrived")
WHERE: tuple[Field, ...] = (*NAMING, *LOTS)
PASSPORT: tuple[Field, ...] = ("passport_number", "passport_country", "passport_issued", "passport_expires")
PLAIN = frozenset({*OWN_FACTS, *GRANT, *WHERE, *PASSPORT, "sponsor", "sponsor_kind"})


def newcomer(row: Entry, given: Given) -> Person | None:
    """Return the new person of a row whose numbers nobody on record holds; None where a plan is needed."""
    values = row.values
    if given.defaults or values.keys().isdisjoint(IDENTIFYING) or not _is_plain(values):
        return None
    facts: Values = {name: values[name] for name in OWN_FACTS if name in values}
    if facts.get("arrived", "9999") < facts.get("born", "0000"):
        return None
    if "sponsor" in values:
        if given.sponsors.fault(row, values["sponsor"]) is not None:
            return None
        facts["sponsor"] = given.sponsors.name(values["sponsor"])
        kind = given.sponsors.kind(facts["sponsor"])
        facts |= {"sponsor_kind": kind} if kind is not None else {}
    person = Person(facts)
    if "passport_number" in values:
        country = values.get("passport_country") or values["nationality"]
        days = values.get("passport_issued"), values.get("passport_expires")
        person.passports.append(Passport(values["passport_number"], country, *days))
    printed: Values = {name: values[name] for name in GRANT if name in values}
    if printed:
        person.grants.append(Grant(printed, printed.get("issued")))
    person.homes.append(Home({name: values[name] for name in WHERE if name in values}, person.since))
    return person


def _is_plain(values: Mapping[Field, str]) -> bool:
    """Return whether a row of a new person says what one needs, and nothing that would be refused or guessed."""
    printed = {name: values[name] for name in GRANT if name in values}
    passport_ends = values.get("passport_expires", "9999") < values.get("passport_issued", "0000")
    unlimited = printed.get("expires") == UNLIMITED and printed.get("class") != PERMANENT
    return (
        PLAIN.issuperset(values)
        and "nationality" in values
        and not {*NAMING} <= values.keys()
        and (not printed or "class" in printed)
        and begins_after_end(printed) is None
        and not passport_ends
        and not unlimited
    )


def says_nothing_new(row: Entry, person: Person, given: Given) -> bool:
    """Return whether a row of somebody on record says, letter for letter, only what the register has of now."""
    values, facts = row.values, person.facts
    if given.defaults or person.departed is not None or not (person.homes and PLAIN.issuperset(values)):
        return False
    known: Values = {**facts, **person.homes[-1].where}
    if "passport_number" in values:
        passport = person.passports[-1] if person.passports else None
        if passport is None or sum(one.number == values["passport_number"] for one in person.passports) != 1:
            return False
        known["passport_number"], known["passport_country"] = passport.number, passport.country
        known |= {"passport_issued": passport.issued} if passport.issued else {}
        known |= {"passport_expires": passport.expires} if passport.expires else {}
    if not values.keys().isdisjoint(GRANT):
        if values.keys().isdisjoint(PRINTED) or not person.grants or person.grants[-1].ended is not None:
            return False
        known |= person.grants[-1].printed
    return (
        values.items() <= known.items()
        and ("sponsor" not in facts or given.sponsors.kind(facts["sponsor"]) == facts.get("sponsor_kind"))
        and (given.on or "9999") >= (person.homes[-1].since or "")
    )
