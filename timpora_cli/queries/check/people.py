"""What is missing of people: where they live, who answers for them; and who may be on record twice."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from timpora_cli.language import _
from timpora_cli.model.log import Concern
from timpora_cli.model.names import fold_name
from timpora_cli.queries.check.found import NOBODY, Accepted, Who

UNKNOWN_VILLAGE = """
SELECT residence.resident_id, resident.full_name, residence.id
FROM residence JOIN resident ON resident.id = residence.resident_id
WHERE residence.until_on IS NULL AND residence.village_code IS NULL
ORDER BY residence.resident_id
"""
WITHOUT_SPONSOR = """
SELECT permit.resident_id, resident.full_name, permit.class_code
FROM permit JOIN resident ON resident.id = permit.resident_id
WHERE permit.ended_on IS NULL AND permit.class_code IN ('KITAS', 'KITAP') AND resident.sponsor_id IS NULL
ORDER BY permit.resident_id
"""
SPONSOR_OF_NOBODY = """
SELECT sponsor.id, sponsor.name FROM sponsor
WHERE NOT EXISTS (SELECT 1 FROM resident WHERE resident.sponsor_id = sponsor.id)
ORDER BY sponsor.id
"""
EVERYBODY = "SELECT id, full_name, born, nationality FROM resident ORDER BY id"


def unplaced(connection: sqlite3.Connection, accepted: Accepted) -> Iterator[Concern]:
    """Yield the people whose village nobody recorded."""
    for resident, name, residence in connection.execute(UNKNOWN_VILLAGE):
        text = _("lives in a village that nobody recorded")
        mend = f"timpora resident edit {resident} --village NAME"
        yield accepted.concern("UNKNOWN_VILLAGE", (resident,), Who(resident, name), text, mend, facts=(residence,))


def sponsors(connection: sqlite3.Connection, accepted: Accepted) -> Iterator[Concern]:
    """Yield the people for whom nobody answers, and the sponsors who answer for nobody."""
    for resident, name, kind in connection.execute(WITHOUT_SPONSOR):
        text = _("holds a {kind} without a sponsor on record").format(kind=kind)
        mend = f"timpora resident edit {resident} --sponsor NAME"
        yield accepted.concern("WITHOUT_SPONSOR", (resident,), Who(resident, name), text, mend, facts=(kind,))
    for sponsor, name in connection.execute(SPONSOR_OF_NOBODY):
        text = _("sponsor {name} answers for nobody").format(name=name)
        mend = f"timpora sponsor remove {sponsor}"
        yield accepted.concern("SPONSOR_OF_NOBODY", (sponsor,), NOBODY, text, mend, facts=(name,))


class _Known(NamedTuple):
    id: int
    full_name: str
    born: str | None
    nationality: str


def duplicates(connection: sqlite3.Connection, accepted: Accepted) -> Iterator[Concern]:
    """Yield those who may be the same person as somebody recorded before: with the first of whom nobody denied it."""
    alike: dict[str, list[_Known]] = {}
    for one in map(_Known._make, connection.execute(EVERYBODY)):
        alike.setdefault(" ".join(sorted(fold_name(one.full_name).split())), []).append(one)
    for people in alike.values():
        for place, one in enumerate(people[1:], 1):
            for twin in people[:place]:
                if (text := _likeness(one, twin)) is None:
                    continue
                facts = (*twin, *one)
                mend = _mend_duplicate(one, twin)
                who = Who(one.id, one.full_name)
                found = accepted.concern("LIKELY_DUPLICATE", (twin.id, one.id), who, text, mend, facts=facts)
                yield found
                if found.accepted is None:
                    break


def _likeness(one: _Known, twin: _Known) -> str | None:
    """Return the sentence that two people of one name may be the same, None where their facts tell them apart."""
    if one.nationality != twin.nationality:
        if one.born is None or one.born != twin.born:
            return None
        sentence = _("may be the same person as resident {twin}, of another nationality ({nationality})")
        return sentence.format(twin=twin.id, nationality=twin.nationality)
    if one.born is not None and twin.born is not None and one.born != twin.born:
        return None
    return _("may be the same person as resident {twin}").format(twin=twin.id)


def _mend_duplicate(one: _Known, twin: _Known) -> str:
    if one.born is not None and twin.born is not None:
        return f"timpora resident merge {twin.id} {one.id}"
    return f"timpora resident edit {one.id if one.born is None else twin.id} --born DATE"
