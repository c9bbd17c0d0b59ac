"""The difference between a person on record and the person as wanted, into the register."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from timpora_cli.actions import passports, residents, sponsors, stays
from timpora_cli.actions.intake.columns import (
    Columns,
    grant_columns,
    new_passport,
    passport_columns,
    person_columns,
    place_columns,
    residence,
)
from timpora_cli.actions.intake.recorded import PERSON, Grant, Person
from timpora_cli.actions.stays import corrections
from timpora_cli.model.overlay import FIRST, LAST
from timpora_cli.model.people import Resident
from timpora_cli.queries.rows import day
from timpora_cli.store.change import Change


def write(change: Change, before: Person, wanted: Person) -> int:
    """Write a person as wanted; return the id. `before` is what is on record, of a new person nothing.

    Call it within a savepoint: it raises the refusals of the actions, and of the database, halfway.
    """
    writer = _Writer(change, before, wanted)
    resident = writer.create() if before.id is None else before.id
    writer.correct(resident)
    return resident


@dataclass(frozen=True, slots=True)
class _Writer:
    change: Change
    before: Person
    wanted: Person

    def create(self) -> int:
        """Record a new person who is present, with what is known for life and of now."""
        facts, (home,) = self.wanted.facts, self.wanted.homes
        columns = person_columns(facts)
        new = residents.NewResident(
            columns,
            residence(home),
            sponsor=facts.get("sponsor"),
            sponsor_kind=facts.get("sponsor_kind"),
            arrived=day(facts.get("arrived")),
        )
        return residents.add(self.change, new)

    def correct(self, resident: int) -> None:
        """Write all that differs; of a new person, all that has rows of its own."""
        if self.before.id is not None:
            self._correct_person()
            self._correct_home()
        self._write_passports(resident)
        self._write_grants(resident)

    def _correct_person(self) -> None:
        change, before, now = self.change, self.before.facts, self.wanted.facts
        columns: Columns = {}
        for name, column in PERSON.items():
            if now.get(name) != before.get(name):
                columns[column] = now.get(name)
        sponsor, kind = now.get("sponsor"), now.get("sponsor_kind")
        if sponsor is not None and (sponsor, kind) != (before.get("sponsor"), before.get("sponsor_kind")):
            sponsor_id = sponsors.sponsor_id(change, sponsor, kind)
            if sponsor != before.get("sponsor"):
                columns["sponsor_id"] = sponsor_id
        if now.get("arrived") != before.get("arrived"):
            arrived = day(now.get("arrived"))
            corrections.correct_arrival(change, self._resident, arrived, moves_home=self.before.home_follows)
        if columns:
            residents.edit(change, self._resident, columns)

    def _correct_home(self) -> None:
        change, before, wanted = self.change, self.before.homes, self.wanted.homes
        was, now = before[-1], wanted[-1]
        if len(wanted) > len(before):
            stays.move(change, self._resident, residence(now), date.fromisoformat(str(now.since)))
        elif now.where != was.where:
            corrections.correct_residence(change, self._resident, place_columns(now))
        if len(wanted) == len(before) and now.since != was.since:
            stands = stays.open_residence(change, self._resident)["from_on"]
            if stands != now.since:
                corrections.correct_since(change, self._resident, day(now.since))

    def _write_passports(self, resident: int) -> None:
        change, stored = self.change, {one.id: one for one in self.before.passports}
        for one in self.wanted.passports:
            if one.id is None:
                passports.refuse_taken(change, new_passport(one))
                passports.insert(change, resident, new_passport(one), retired=one.retired)
                continue
            was = stored[one.id]
            columns = _changed(passport_columns(was), passport_columns(one))
            if columns:
                change.update("passport", one.id, columns)
            if one.named is not None and one.named != was.named:
                passports.name_from(change, {"id": one.id, "resident_id": resident}, date.fromisoformat(one.named))

    # The chain of permits ----------------------------------------------------------------------------------------

    def _write_grants(self, resident: int) -> None:
        """Write the chain: first what lets go of its place, then the days, then new permits, then the links."""
        change, chain = self.change, self.wanted.grants
        stored: dict[int | None, Grant] = {one.id: one for one in self.before.grants}
        links = {identity: one.follows for identity, one in stored.items()}
        wanted = _links(chain)
        for identity in stored:
            if links[identity] is not None and wanted[identity] != links[identity]:
                change.update("permit", identity or 0, {"follows_id": None, "granted_as": "NEW"})
                links[identity] = None
        for grant in _in_free_order(stored, [one for one in chain if one.id is not None]):
            columns = _changed(grant_columns(stored[grant.id]), grant_columns(grant))
            if columns:
                change.update("permit", grant.id or 0, columns)
        previous: Grant | None = None
        for grant in chain:
            follows = None if grant.granted_as == "NEW" or previous is None else previous.id
            if grant.id is None:
                row: Columns = {"resident_id": resident, **grant_columns(grant), "follows_id": follows}
                grant.id = change.insert("permit", row | {"granted_as": grant.granted_as})
            elif (links[grant.id], self._granted_as(grant.id, links)) != (follows, grant.granted_as):
                change.update("permit", grant.id, {"follows_id": follows, "granted_as": grant.granted_as})
            known = stored[grant.id].reports if grant.id in stored else set()
            for on in sorted(grant.reports - known):
                change.insert("permit_report", {"permit_id": grant.id, "on_day": on})
            previous = grant

    def _granted_as(self, permit: int, links: Mapping[int | None, int | None]) -> str:
        """Return how a permit on record was granted, by what is written by now."""
        stored = next(one for one in self.before.grants if one.id == permit)
        return "NEW" if links[permit] is None else stored.granted_as

    # -------------------------------------------------------------------------------------------------------------

    @property
    def _resident(self) -> Resident:
        return Resident(self.before.id or 0, self.before.facts["name"], day(self.before.departed))


def _in_free_order(stored: Mapping[int | None, Grant], wanted: Sequence[Grant]) -> Iterator[Grant]:
    """Yield permits on record in an order in which no step lets two periods overlap."""
    periods = {identity: _period(grant) for identity, grant in stored.items()}
    left = list(wanted)
    while left:
        free = next((one for one in left if _is_free(one, periods)), left[0])
        left.remove(free)
        periods[free.id] = _period(free)
        yield free


def _is_free(grant: Grant, periods: Mapping[int | None, tuple[str, str]]) -> bool:
    since, until = _period(grant)
    others = (period for identity, period in periods.items() if identity != grant.id)
    return not any(begins < until and since < ends for begins, ends in others)


def _period(grant: Grant) -> tuple[str, str]:
    return grant.starts or FIRST, grant.ended or LAST


def _links(chain: Iterable[Grant]) -> dict[int | None, int | None]:
    """Return which permit each one on record follows in a chain: None for none, 0 for a new one."""
    links: dict[int | None, int | None] = {}
    previous: Grant | None = None
    for grant in chain:
        if grant.id is not None:
            follows = None if previous is None else previous.id or 0
            links[grant.id] = None if grant.granted_as == "NEW" else follows
        previous = grant
    return links


def _changed(before: Columns, after: Columns) -> Columns:
    return {column: value for column, value in after.items() if value != before[column]}
