"""Many new people at once into the register: the rows of each table together, so that SQLite takes 50 by one statement.

These are people of rows that are alone (alone.py). Nobody on record holds their numbers, so no row has to be looked at
before; the constraints of the register hold all the same.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from timpora_cli.actions.intake.columns import Columns, grant_columns, passport_columns, person_columns, residence
from timpora_cli.actions.intake.recorded import Person
from timpora_cli.actions.sponsors import sponsor_id
from timpora_cli.actions.stays import beginning
from timpora_cli.queries.rows import day
from timpora_cli.store.change import Change

TABLES = ("stay", "residence", "passport", "permit")


@dataclass(slots=True)
class ManyNew:
    """Writes new people under one change. The sponsors that it has found or recorded are remembered."""

    change: Change
    _sponsors: dict[tuple[str, str | None], int] = field(default_factory=dict, repr=False)

    def write(self, newcomers: Sequence[Person]) -> int:
        """Write new people, and return the id of the first; the others follow it.

        Call it within a savepoint, and `forget` where that is taken back: a constraint may refuse them halfway.
        """
        rows: defaultdict[str, list[Columns]] = defaultdict(list)
        for person in newcomers:
            facts = person.facts
            sponsor = self._sponsor(facts["sponsor"], facts.get("sponsor_kind")) if "sponsor" in facts else None
            rows["resident"].append({**person_columns(facts), "sponsor_id": sponsor})
        first = self.change.insert_many("resident", rows["resident"])
        for resident, person in enumerate(newcomers, start=first):
            (home,) = person.homes
            stays, homes = beginning(residence(home), day(person.facts.get("arrived")))
            rows["stay"] += [{"resident_id": resident, **stay} for stay in stays]
            rows["residence"] += [{"resident_id": resident, **home} for home in homes]
            rows["passport"] += [{"resident_id": resident, **passport_columns(held)} for held in person.passports]
            rows["permit"] += [
                {"resident_id": resident, **grant_columns(grant), "granted_as": grant.granted_as}
                for grant in person.grants
            ]
        for table in TABLES:
            self.change.insert_many(table, rows[table])
        return first

    def forget(self) -> None:
        """Forget the sponsors: those that were recorded may have been taken back."""
        self._sponsors.clear()

    def _sponsor(self, name: str, kind: str | None) -> int:
        if (name, kind) not in self._sponsors:
            self._sponsors[name, kind] = sponsor_id(self.change, name, kind)
        return self._sponsors[name, kind]
