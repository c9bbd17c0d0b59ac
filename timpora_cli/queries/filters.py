"""The filters of every list and count: words into codes, and codes into one WHERE (manual: scripts).

Repeating a filter means "or", as a comma within it does; different filters mean "and". An unknown value is an error
that names the nearest known ones, never an empty list: an expiry list that is empty by mistake is the worst failure of
all.
"""

import sqlite3
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple, TypeVar

from timpora_cli.errors import NotFound, TimporaError
from timpora_cli.language import _
from timpora_cli.model.names import did_you_mean, excerpt, fold_name
from timpora_cli.model.rules import State

Read = TypeVar("Read")

SPONSORS = "SELECT id, name FROM sponsor"
NAMES = "SELECT full_name FROM resident"

CONDITIONS = {
    "district": "person.district_code IN (SELECT value FROM json_each(:district))",
    "village": "person.village_code IN (SELECT value FROM json_each(:village))",
    "permit_class": "person.class_code IN (SELECT value FROM json_each(:permit_class))",
    "group": "person.group_code IN (SELECT value FROM json_each(:group))",
    "nationality": "person.nationality IN (SELECT value FROM json_each(:nationality))",
    "purpose": "person.purpose_code IN (SELECT value FROM json_each(:purpose))",
    "sponsor": "person.sponsor_id IN (SELECT value FROM json_each(:sponsor))",
    "name": "EXISTS (SELECT 1 FROM json_each(:name) WHERE instr(fold_name(person.full_name), value) > 0)",
}


class NobodyNamed(NotFound):
    """There is nobody whose name holds {name}.{hint}"""


class NoSponsor(NotFound):
    """There is no sponsor {name}.{hint}"""


class Asked(NamedTuple):
    """The filters as they were typed."""

    district: tuple[str, ...] = ()
    village: tuple[str, ...] = ()
    permit_class: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    nationality: tuple[str, ...] = ()
    purpose: tuple[str, ...] = ()
    sponsor: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    state: tuple[str, ...] = ()


class Where(NamedTuple):
    """The filters as codes. States are computed, not stored: `people.in_states` compares them in the records."""

    conditions: str = "1"
    parameters: Mapping[str, str] = {}
    states: frozenset[str] = frozenset()

    @property
    def everyone(self) -> bool:
        """Whether there are no filters."""
        return not self.parameters and not self.states


EVERYONE = Where()


def resolved(connection: sqlite3.Connection, asked: Asked, on: date = date.max) -> Where:
    """Return `asked` as codes; the first unknown value is raised as the error that names its nearest known ones.

    Places are named as on the day `on`.
    """
    from timpora_cli.model.terms import class_code, group_code, one_of, purpose_code
    from timpora_cli.queries.countries import country_code
    from timpora_cli.queries.places import district_named, village_named

    districts = _any_of(asked.district, lambda text: district_named(connection, text, on).code)
    codes: dict[str, list[str] | list[int]] = {
        "district": districts,
        "village": _any_of(asked.village, lambda text: village_named(connection, text, districts, on).code, pairs=True),
        "permit_class": _any_of(asked.permit_class, class_code),
        "group": _any_of(asked.group, group_code),
        "nationality": _any_of(asked.nationality, lambda text: country_code(connection, text)),
        "purpose": _any_of(asked.purpose, purpose_code),
        "sponsor": [one for found in _any_of(asked.sponsor, lambda text: _sponsors(connection, text)) for one in found],
        "name": _any_of(asked.name, lambda text: _name(connection, text)),
    }
    given = {key: values for key, values in codes.items() if values}
    if "name" in given:
        connection.create_function("fold_name", 1, fold_name, deterministic=True)
    return Where(
        conditions=" AND ".join(CONDITIONS[key] for key in given) or "1",
        parameters={key: _json(values) for key, values in given.items()},
        states=frozenset(_any_of(asked.state, lambda text: one_of(text, State, _("state")))),
    )


def _any_of(texts: tuple[str, ...], read: Callable[[str], Read], *, pairs: bool = False) -> list[Read]:
    """Return what texts are read as. A comma means "or", unless the whole text is a value: "Korea, Republic of".

    A part that is not known is refused alone; with `pairs`, where a comma may stand between the two halves of a value
    ("Dukong, Tanjungpandan"), the whole text is.
    """
    found: list[Read] = []
    for text in texts:
        parts = [part.strip() for part in text.split(",") if part.strip()]
        try:
            found.append(read(text))
        except TimporaError as whole:
            if len(parts) < 2:
                raise
            try:
                found += [read(part) for part in parts]
            except TimporaError:
                if pairs and len(parts) == 2:
                    raise whole from None
                raise
    return found


def _json(values: list[str] | list[int]) -> str:
    import json

    return json.dumps(values)


def _sponsors(connection: sqlite3.Connection, text: str) -> list[int]:
    known: dict[int, str] = dict(connection.execute(SPONSORS).fetchall())
    wanted = fold_name(text)
    exactly = [identity for identity, name in known.items() if fold_name(name) == wanted]
    within = [identity for identity, name in known.items() if wanted and wanted in fold_name(name)]
    if not (exactly or within):
        raise NoSponsor(name=excerpt(text), hint=did_you_mean(text, list(known.values())))
    return exactly or within


def _name(connection: sqlite3.Connection, text: str) -> str:
    wanted = fold_name(text)
    names = [name for (name,) in connection.execute(NAMES)]
    if not wanted or not any(wanted in fold_name(name) for name in names):
        raise NobodyNamed(name=excerpt(text), hint=did_you_mean(text, names))
    return wanted
