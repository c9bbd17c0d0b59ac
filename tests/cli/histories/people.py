"""What an officer records of one person, and what the model says of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

from tests.cli.histories.life import Life, Step
from tests.cli.histories.model import (
    Grant,
    Home,
    Passport,
    Person,
    Stay,
    closed,
    day_followed,
    in_order,
    on_day,
)  # fmt: skip

MOST_PEOPLE = 4


def arrives(life: Life, step: Step, on: date) -> None:
    if len(life.now.people) >= MOST_PEOPLE:
        return
    name = f"Person {'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[life.printed % 26]}{life.printed} Invented"
    life.number()
    village = life.village(step)
    words = ["resident", "add", "--name", name, "--nationality", "AUS"]
    words += ["--village", village] if village else []
    arrived = on if step.known else None
    since = on + timedelta(days=10) if arrived and step.pick % 4 == 0 and step.back > 10 else None
    words += ["--arrived", on.isoformat()] if arrived else []
    words += ["--since", since.isoformat()] if since else []
    before = (Home(None, arrived, since),) if since else ()
    person = Person(name, (Stay(arrived),), (*before, *life.now.lived(village, since or arrived)))
    life.take(
        "arrive", lambda ids: life.now.person(ids["resident"], person), *words, must=True, may=life.exists(village)
    )


def is_granted(life: Life, step: Step, on: date) -> None:
    """The first permit, or the next after one that was revoked; one that fills in the past is another test's."""
    found = life.someone(step)
    if found is None or found[1].current or any(one.until and one.until > on for one in found[1].grants):
        return
    who, person = found
    stay = on_day(person.stays, on)
    number = life.number()
    words = ["--number", number, "--class", step.kind, "--issued", on.isoformat(), "--expires", expires_word(step, on)]
    must = person.is_here and stay is not None and stay.until is None
    life.take(
        "grant",
        lambda ids: life.now.person(
            who, person.granted(Grant(ids["permit"], step.kind, number, on, expires(step, on), unlimited=endless(step)))
        ),
        "permit", "add", str(who), *words, must=must,
    )  # fmt: skip


def is_followed(life: Life, step: Step, on: date) -> None:
    found = life.holder(step)
    if found is None:
        return
    who, person, current = found
    kind = current.kind if step.what == "extend" else step.kind
    of = replace(step, kind=kind)
    number = life.number()
    words = ["--number", number, "--issued", on.isoformat() if step.known else "unknown"]
    words += ["--expires", expires_word(of, on)] + (["--class", kind] if step.what == "convert" else [])
    since = on if step.known else day_followed(current, life.today)
    new = expires(of, on)
    longer = not (new and current.expires) or new > current.expires
    lawful = (current.since is None or since >= current.since) and not current.unlimited
    must = lawful and step.known and (longer if step.what == "extend" else kind != current.kind)
    life.take(
        "follow unknown" if not step.known else step.what,
        lambda ids: life.now.person(
            who, person.granted(Grant(ids["permit"], kind, number, since, new, unlimited=endless(of)))
        ),
        "permit", step.what, str(current.permit), *words, must=must,
    )  # fmt: skip


def is_revoked(life: Life, step: Step, on: date) -> None:
    found = life.holder(step)
    if found is None:
        return
    who, person, current = found
    ended = replace(person, grants=closed(person.grants, on))
    must = current.since is None or on >= current.since
    life.take(
        "revoke", life.now.person(who, ended), "permit", "revoke", str(current.permit), "--on", on.isoformat(),
        "--reason", "a made-up reason", must=must,
    )  # fmt: skip


def moves(life: Life, step: Step, on: date) -> None:
    found, village = life.someone(step), life.village(step)
    if found is None or village is None:
        return
    who, person = found
    moved = replace(person, homes=(*closed(person.homes, on), *life.now.lived(village, on)))
    at_home = on_day(person.homes, on)
    must = person.is_here and at_home is not None and at_home.until is None
    life.take(
        "move", life.now.person(who, moved), "resident", "move", str(who), "--village", village, "--on",
        on.isoformat(), must=must, may=life.exists(village),
    )  # fmt: skip


def departs(life: Life, step: Step, on: date) -> None:
    found = life.someone(step)
    if found is None:
        return
    who, person = found
    periods: list[Stay | Home | Grant] = [*person.stays, *person.homes, *person.grants]
    open_ones = [one.since for one in periods if one.until is None]
    must = person.is_here and all(since is None or since <= on for since in open_ones)
    life.take(
        "depart", life.now.person(who, person.ended(on)), "resident", "depart", str(who), "--on", on.isoformat(),
        must=must,
    )  # fmt: skip


def returns(life: Life, step: Step, on: date) -> None:
    found = life.someone(step)
    if found is None:
        return
    who, person = found
    village = life.village(step)
    back = replace(person, stays=(*person.stays, Stay(on)), homes=(*person.homes, *life.now.lived(village, on)))
    words = ["--village", village] if village else []
    gone = [stay.until for stay in person.stays if stay.until]
    must = not person.is_here and bool(gone) and max(gone) <= on
    life.take(
        "return", life.now.person(who, back), "resident", "return", str(who), "--on", on.isoformat(), *words, must=must,
        may=life.exists(village),
    )  # fmt: skip


def end_is_corrected(life: Life, step: Step, on: date) -> None:
    found = life.holder(step)
    if found is None or step.length is None or found[2].unlimited:
        return
    who, person, current = found
    corrected = current._replace(expires=on + timedelta(days=step.length))
    grants = tuple(corrected if one is current else one for one in person.grants)
    life.take(
        "edit end", life.now.person(who, replace(person, grants=grants)), "permit", "edit", str(current.permit),
        "--expires", corrected.expires.isoformat() if corrected.expires else "unknown",
    )  # fmt: skip


# Passports -----------------------------------------------------------------------------------------------------------


def passport_is_issued(life: Life, step: Step, on: date) -> None:
    """Another passport: it takes the place of the valid one of its country, else of the one in use, or of none."""
    found = life.someone(step)
    if found is None or any(on == one.valid[0].since for one in found[1].passports):
        return  # of two that were issued on one day, nothing tells which lists show
    who, person = found
    country, keep = ("AUS", "AUS", "NZL")[step.pick % 3], not step.known
    new = Passport(life.number(), country, (Stay(on),))
    replaced = None if keep else gives_way(person.passports, country, life.today)
    passports = (*(retired(one, on) if one is replaced else one for one in person.passports), new)
    words = ["--issued", on.isoformat(), "--expires", "2099-01-01", "--country", country, *["--keep-old"] * keep]
    life.take(
        "passport", life.now.person(who, replace(person, passports=passports)),
        "resident", "passport", str(who), new.number, *words, must=True,
    )  # fmt: skip


def passport_is_named(life: Life, step: Step, _on: date) -> None:
    """Any passport on record is the current one from today on; what days before say stays."""
    found = life.someone(step)
    if found is None or not found[1].passports:
        return
    who, person = found
    named, keep = person.passports[step.pick % len(person.passports)], not step.known
    others = [one for one in person.passports if one is not named]
    replaced = None if keep else gives_way(others, named.country, life.today)
    order = 1 + max((order for one in person.passports for order, _day in one.named), default=0)
    valid = named.valid if named.valid[-1].until is None else (*named.valid, Stay(life.today))
    current = named._replace(valid=valid, named=(*named.named, (order, life.today)))
    becomes = {named: current} | ({replaced: retired(replaced, life.today)} if replaced else {})
    passports = tuple(becomes.get(one, one) for one in person.passports)
    life.take(
        "name passport", life.now.person(who, replace(person, passports=passports)),
        "resident", "passport", str(who), "--current", named.number, *["--keep-old"] * keep, must=True,
    )  # fmt: skip


def gives_way(passports: Iterable[Passport], country: str, today: date) -> Passport | None:
    """The valid passport whose place one of a country takes."""
    valid = in_order([one for one in passports if one.valid[-1].until is None], today)
    return next(chain((one for one in valid if one.country == country), valid), None)


def retired(passport: Passport, on: date) -> Passport:
    """The same, no longer valid from a day on; it was valid on no day where it was issued later."""
    *before, last = passport.valid
    assert last.since is not None
    return passport._replace(valid=(*before, last._replace(until=max(on, last.since))))


def endless(step: Step) -> bool:
    return step.kind == "KITAP" and step.pick % 5 == 0


def expires(step: Step, on: date) -> date | None:
    """The last day that is printed on what a step grants; None where it is unknown, or there is none."""
    return None if step.length is None or endless(step) else on + timedelta(days=step.length)


def expires_word(step: Step, on: date) -> str:
    end = expires(step, on)
    return "unlimited" if endless(step) else end.isoformat() if end else "unknown"
