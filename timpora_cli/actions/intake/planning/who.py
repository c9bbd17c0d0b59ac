"""Whose rows they are: the rows of a sheet in groups, each of one person, and whom on record each group is about.

Rows that share a passport of a country, a NIORA or a permit number are joined, and are about the holder on record.
An equal name alone never makes two people one. Where the facts contradict it (model/identity.py), rows are refused:

1. two rows with one number, of two people: both
2. two rows that other rows join: both
3. a row and the person on record whom its own number names: the row; and a row that names two people
4. a row and the person on record whom its group names: the row; and a group that names two people

Each step is taken where the one before found nothing, and a row that is refused joins nobody. A row refused later, for
its permit or its place, still tells who is who.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from timpora_cli.actions.intake.planning.links import Links
from timpora_cli.actions.intake.recorded import Person, holders, recorded
from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.model.identity import TOO_MUCH, contradiction, names_differ
from timpora_cli.model.names import fold_number
from timpora_cli.sheets.facts import Entry
from timpora_cli.sheets.headers import Field

TOLD: tuple[Field, ...] = ("name", "born", "sex", "nationality")
NIORA = "NIORA"
MOST = 100  # different people under one number: from there on it is no number of anybody


class TwoPeople(Refused):
    """The {one} is of resident {first} and the {other} of resident {second}: one of the two is wrong."""


class OtherNiora(Refused):
    """The {key} is of resident {resident}, who is recorded with another NIORA: one of the two is wrong."""


class OtherPerson(Refused):
    """The {key} is of resident {resident}, who is another person: {recorded}. The row says: {row}.
    One of the two is wrong. A mistake on record is corrected with: timpora resident edit {resident}
    """


class OtherName(Refused):
    """The {key} is of resident {resident}, who is recorded under another name, and nothing else tells who this is.
    Give the passport of the country or the NIORA; a wrong name is corrected with: timpora resident edit {resident}
    """


class OtherRow(Refused):
    """Line {line} of this sheet has the same {key}, and is of another person: {other}. This row says: {row}.
    One of the two is wrong.
    """


class JoinsTwo(Refused):
    """This row and others of this sheet have numbers of residents {first} and {second}: one of the numbers is wrong."""


class WhichCountry(Refused):
    """This passport number is of several countries, and the row names neither the country nor a nationality."""


class Key(NamedTuple):
    """A number that names a person. `country` is only of a passport, and None where nobody knows it."""

    kind: str
    number: str
    country: str | None = None

    def __str__(self) -> str:
        return {"passport": _("passport number"), "permit": _("permit number")}.get(self.kind, NIORA)


class Group(NamedTuple):
    """The rows of one person, and the id of the resident on record; None where it is new."""

    rows: Sequence[Entry]
    resident: int | None


def keys_of(values: Mapping[Field, str], told: Mapping[Field, str]) -> list[Key]:
    """Return the numbers of a row that name a person, the surest first; `told` is what --set says of all rows."""
    keys = []
    if "passport_number" in values:
        country = values.get("passport_country") or told.get("passport_country") or values.get("nationality")
        keys.append(Key("passport", values["passport_number"], country))
    if "niora" in values:
        keys.append(Key("niora", fold_number(values["niora"])))
    if "permit_number" in values:
        keys.append(Key("permit", fold_number(values["permit_number"])))
    return keys


def assumed_keys(values: Mapping[Field, str], told: Mapping[Field, str]) -> list[Key]:
    """Return the number by which a row that names no issuer would name the same passport: that of the nationality."""
    issuer = values.get("passport_country") or told.get("passport_country")
    nationality = values.get("nationality")
    if "passport_number" not in values or issuer is None or nationality in {None, issuer}:
        return []
    return [Key("passport", values["passport_number"], nationality)]


def assumed_on_record(person: Person) -> list[Key]:
    """Return the same of the passports on record that another country than that of the nationality has issued."""
    nationality = person.facts.get("nationality")
    return [Key("passport", one.number, nationality) for one in person.passports if one.country != nationality]


def keys_on_record(person: Person) -> list[Key]:
    """Return the numbers on record that name a person."""
    keys = [Key("passport", passport.number, passport.country) for passport in person.passports]
    if "niora" in person.facts:
        keys.append(Key("niora", fold_number(person.facts["niora"])))
    numbers = [grant.printed["permit_number"] for grant in person.grants if "permit_number" in grant.printed]
    return keys + [Key("permit", fold_number(number)) for number in numbers]


class Who:
    """Some rows, which no key joins to other ones, and the people on record whom their keys name."""

    def __init__(self, rows: Sequence[Entry], people: Mapping[int, Person], told: Mapping[Field, str]) -> None:
        self.refused: dict[int, Refused] = {}
        self._people = people
        certain = {key: resident for resident, person in people.items() for key in keys_on_record(person)}
        assumed = {key: resident for resident, person in people.items() for key in assumed_on_record(person)}
        self._owner = {**assumed, **certain}
        countries: defaultdict[str, set[str]] = defaultdict(set)
        found = {row.line: keys_of(row.values, told) for row in rows}
        for key in (*certain, *(key for keys in found.values() for key in keys)):
            if key.kind == "passport" and key.country is not None:
                countries[key.number].add(key.country)
        self._keys = {line: [_with_country(key, countries) for key in keys] for line, keys in found.items()}
        self._certain = {line: {key for key in keys if _is_certain(key)} for line, keys in found.items()}
        self.doubted: dict[str, int] = {}
        """The passport numbers of several countries that a row names without the country, each with the row's line."""
        for line, keys in self._keys.items():
            for key in keys:
                if key.kind == "passport" and key.country is None and countries[key.number]:
                    self.refused[line] = WhichCountry()
                    self.doubted.setdefault(key.number, line)
        self._rows = [row for row in rows if row.line not in self.refused]
        for row in self._rows:
            self._keys[row.line] += assumed_keys(row.values, told)

    def groups(self) -> list[Group]:
        """Return the rows in groups; those that are refused are in `refused`."""
        while found := self._contradicting():
            self.refused |= found
            self._rows = [row for row in self._rows if row.line not in found]
        return [Group(rows, next(iter(held), None)) for rows, held in self._joined()]

    def _joined(self) -> list[tuple[list[Entry], list[int]]]:
        """Return the rows joined by their keys, each group with the residents whom its keys name."""
        links = Links()
        for row in self._rows:
            for key in self._keys[row.line]:
                links.join(row.line, key)
                if key in self._owner:
                    links.join(key, ("resident", self._owner[key]))
        groups: defaultdict[object, list[Entry]] = defaultdict(list)
        for row in self._rows:
            groups[links.of(row.line)].append(row)
        return [(rows, sorted({held for row in rows for held in self._named(row)})) for rows in groups.values()]

    def _named(self, row: Entry) -> dict[int, Key]:
        """Return the residents whom the keys of a row name, each with the first key that does."""
        named: dict[int, Key] = {}
        for key in self._keys[row.line]:
            if key in self._owner:
                named.setdefault(self._owner[key], key)
        return named

    def _contradicting(self) -> dict[int, Refused]:
        """Return the rows that the first step refuses which refuses any."""
        by_key: defaultdict[Key, list[Entry]] = defaultdict(list)
        for row in self._rows:
            for key in self._keys[row.line]:
                by_key[key].append(row)
        found: dict[int, Refused] = {}
        for key, rows in by_key.items():
            _refuse_pairs(found, rows, str(key))
        if found:
            return found
        joined = self._joined()
        for rows, _held in joined:
            _refuse_pairs(found, rows, _("person, by the numbers of other lines"))
        own = ((row, self._own_fault(row)) for row in self._rows)
        of_group = ((row, self._fault_of_group(row, held)) for rows, held in joined for row in rows)
        for step in (own, of_group):
            found = found or {row.line: fault for row, fault in step if fault is not None}
        return found

    def _own_fault(self, row: Entry) -> Refused | None:
        """Return why a row is not of the resident whom its own numbers name."""
        named = self._named(row)
        if len(named) > 1:
            (first, one), (second, other) = list(named.items())[:2]
            return TwoPeople(one=one, first=first, other=other, second=second)
        for resident, key in named.items():
            recorded = self._people[resident].facts
            niora = recorded.get("niora")
            if niora is not None and fold_number(row.values.get("niora", niora)) != fold_number(niora):
                return OtherNiora(key=key, resident=resident)
            naming = {one for one in self._keys[row.line] if self._owner.get(one) == resident}
            if naming.isdisjoint(self._certain[row.line]) and names_differ(row.values["name"], recorded["name"]):
                return OtherName(key=key, resident=resident)
            return self._other_person(row, resident, key)
        return None

    def _fault_of_group(self, row: Entry, held: Sequence[int]) -> Refused | None:
        """Return why a row is not of the resident whom the numbers of its group name."""
        if len(held) > 1:
            return JoinsTwo(first=held[0], second=held[1])
        if not held:
            return None
        return self._other_person(row, held[0], _("number in another line"))

    def _other_person(self, row: Entry, resident: int, key: object) -> Refused | None:
        recorded = self._people[resident].facts
        if not _contradicts(row.values, recorded):
            return None
        return OtherPerson(key=key, resident=resident, recorded=_told(recorded), row=_told(row.values))


def resident_of(connection: sqlite3.Connection, entry: Entry) -> int | None:
    """Return the id of the resident whom one row is about, None for somebody new. Raises the refusals above."""
    held = {
        resident
        for key in keys_of(entry.values, {})
        for _number, country, resident in holders(connection, key.kind, key.number)
        if country is None or key.country in {None, country}
    }
    who = Who([entry], recorded(connection, held), {})
    groups = who.groups()
    for fault in who.refused.values():
        raise fault
    return groups[0].resident


def _with_country(key: Key, countries: Mapping[str, set[str]]) -> Key:
    """Return the key of a passport with the one country that is known for its number."""
    known = countries.get(key.number, set())
    return (
        key._replace(country=next(iter(known)))
        if key.kind == "passport" and not key.country and len(known) == 1
        else key
    )


def _is_certain(key: Key) -> bool:
    """Return whether a key alone names a person: a permit's number does not, nor a passport's without its country."""
    return key.kind == "niora" or key.country is not None


def _refuse_pairs(found: dict[int, Refused], rows: Sequence[Entry], key: str) -> None:
    """Refuse all rows that contradict another one of them."""
    alike: dict[tuple[str | None, ...], list[Entry]] = {}
    for row in rows:
        alike.setdefault(tuple(row.values.get(name) for name in (*TOLD, "niora")), []).append(row)
    everyone = list(alike.values())
    for one, other in combinations(everyone[: MOST + 1], 2):
        if len(everyone) > MOST or _are_two(one[0].values, other[0].values):
            for mine, beside in ((one, other), (other, one)):
                _refuse_all(found, mine, beside[0], key)
    for mine in everyone[MOST + 1 :]:
        _refuse_all(found, mine, everyone[0][0], key)


def _refuse_all(found: dict[int, Refused], rows: Sequence[Entry], beside: Entry, key: str) -> None:
    for row in rows:
        other, own = _told(beside.values), _told(row.values)
        found.setdefault(row.line, OtherRow(line=beside.line, key=key, other=other, row=own))


def _are_two(one: Mapping[Field, str], other: Mapping[Field, str]) -> bool:
    nioras = {fold_number(values["niora"]) for values in (one, other) if "niora" in values}
    return len(nioras) > 1 or _contradicts(one, other)


def _contradicts(one: Mapping[Field, str], other: Mapping[Field, str]) -> bool:
    mine: dict[str, str | None] = {name: one.get(name) for name in TOLD}
    theirs: dict[str, str | None] = {name: other.get(name) for name in TOLD}
    return contradiction(mine, theirs) >= TOO_MUCH


def _told(facts: Mapping[Field, str]) -> str:
    return ", ".join(facts[name] for name in TOLD if name in facts)
