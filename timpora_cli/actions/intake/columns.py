"""What a person of an import is in the columns of the register: the other way of recorded.py."""

from timpora_cli.actions.intake.recorded import GRANT, PERSON, PLACE, Grant, Home, Passport
from timpora_cli.actions.passports import NewPassport
from timpora_cli.actions.permits import printed_end
from timpora_cli.actions.stays import NewResidence
from timpora_cli.queries.rows import day
from timpora_cli.sheets.facts import Values, day_in
from timpora_cli.store.change import Value

Columns = dict[str, Value]


def person_columns(facts: Values) -> Columns:
    """Return the columns of the person's own row, but for the sponsor."""
    return {column: facts[name] for name, column in PERSON.items() if name in facts}


def grant_columns(grant: Grant) -> Columns:
    """Return the columns of a permit, but for the one that it follows."""
    printed: Columns = {column: grant.printed.get(name) for name, column in GRANT.items() if name != "expires"}
    end = printed_end(day_in(grant.printed, "expires"))
    return {**printed, **end, "starts_on": grant.starts, "ended_on": grant.ended, "end_reason": grant.reason}


def passport_columns(passport: Passport) -> Columns:
    """Return the columns of a passport."""
    return {
        "number": passport.number,
        "country": passport.country,
        "issued_on": passport.issued,
        "expires_on": passport.expires,
        "retired_on": passport.retired,
    }


def new_passport(passport: Passport) -> NewPassport:
    """Return a passport as the actions take it."""
    days = day(passport.issued), day(passport.expires), day(passport.named)
    return NewPassport(passport.number, passport.country, *days)


def place_columns(home: Home) -> Columns:
    """Return the columns of a residence that say where it is."""
    return {column: home.where.get(name) for name, column in PLACE.items()}


def residence(home: Home) -> NewResidence:
    """Return a residence as the actions take it."""
    where = home.where
    return NewResidence(
        where.get("village"), where.get("address"), where.get("rt"), where.get("rw"), day(home.since),
        where.get("district"),
    )  # fmt: skip
