"""The difference between a person on record and the person as wanted, into the register."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from timpora_cli.actions import passports, residents, sponsors, stays
from timpora_cli.actions.intake.namesakes import Namesakes
from timpora_cli.actions.intake.recorded import GRANT, PERSON, PLACE, Grant, Home, Passport, Person, same
from timpora_cli.actions.passports import NewPassport
from timpora_cli.actions.permits import printed_end
from timpora_cli.actions.stays import NewResidence, corrections
from timpora_cli.language import _
from timpora_cli.model.overlay import FIRST, LAST
from timpora_cli.model.people import Resident
from timpora_cli.queries.rows import day
from timpora_cli.sheets.facts import Entry, day_in
from timpora_cli.sheets.headers import Field
from timpora_cli.store.change import Change, Value

SHOWN = 20  # differences that are kept to be shown
Columns = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that a row brings: of whom or what, which field, and the value before, None where none was known."""

    line: int
    owner: str
    what: Field
    before: Value = field(repr=False)
    after: Value = field(repr=False)


@dataclass(slots=True)
class Load:
    """The change that an import is, and the first differences that it brought, to be shown."""

    change: Change
    namesakes: Namesakes
    differences: list[Difference] = field(default_factory=list)

    def show(self, difference: Difference) -> None:
        """Keep a difference to be shown, if it is one of the first."""
        if len(self.differences) < SHOWN:
            self.differences.append(difference)


def write(load: Load, rows: Sequence[Entry], before: Person, wanted: Person) -> int:
    """Write a person as wanted by `rows`; return the id. `before` is what is on record, of a new person nothing.

    Call it within a savepoint: it raises the refusals of the actions, and of the database, halfway.
    """
    writer = _Writer(load, rows, before, wanted)
    resident = writer.create() if before.id is None else before.id
    writer.correct(resident)
    return resident


@dataclass(frozen=True, slots=True)
class _Writer:
    load: Load
    rows: Sequence[Entry]
    before: Person
    wanted: Person

    def create(self) -> int:
        """Record a new person who is present, with what is known for life and of now."""
        facts, (home,) = self.wanted.facts, self.wanted.homes
        columns: Columns = {column: facts[name] for name, column in PERSON.items() if name in facts}
        new = residents.NewResident(
            columns,
            _residence(home),
            sponsor=facts.get("sponsor"),
            sponsor_kind=facts.get("sponsor_kind"),
            arrived=day(facts.get("arrived")),
        )
        resident = residents.add(self.load.change, new)
        self._show(_("resident {id}").format(id=resident), "name", None, facts["name"])
        return resident

    def correct(self, resident: int) -> None:
        """Write all that differs; of a new person, all that has rows of its own."""
        if self.before.id is not None:
            self._correct_person(resident)
            self._correct_home(resident)
        self._write_passports(resident)
        self._write_grants(resident)

    def _correct_person(self, resident: int) -> None:
        change, before, now = self.load.change, self.before.facts, self.wanted.facts
        owner = _("resident {id}").format(id=resident)
        columns: Columns = {}
        for name, column in PERSON.items():
            if now.get(name) != before.get(name):
                columns[column] = now.get(name)
                self._show(owner, name, before.get(name), now.get(name))
        for name in ("sponsor", "arrived"):
            if now.get(name) != before.get(name):
                self._show(owner, name, before.get(name), now.get(name))
        sponsor, kind = now.get("sponsor"), now.get("sponsor_kind")
        if sponsor is not None and (sponsor, kind) != (before.get("sponsor"), before.get("sponsor_kind")):
            sponsor_id = sponsors.sponsor_id(change, sponsor, kind)
            if sponsor == before.get("sponsor"):
                self._show(_("sponsor {id}").format(id=sponsor_id), "sponsor_kind", before.get("sponsor_kind"), kind)
            else:
                columns["sponsor_id"] = sponsor_id
        if now.get("arrived") != before.get("arrived"):
            arrived = day(now.get("arrived"))
            corrections.correct_arrival(change, self._resident, arrived, moves_home=self.before.home_follows)
        if columns:
            residents.edit(change, self._resident, columns)

    def _correct_home(self, resident: int) -> None:
        change, before, wanted = self.load.change, self.before.homes, self.wanted.homes
        owner = _("residence of resident {id}").format(id=resident)
        was, now = before[-1], wanted[-1]
        for name in PLACE:
            if now.where.get(name) not in {None, was.where.get(name)}:
                self._show(owner, name, was.where.get(name), now.where[name])
        if len(wanted) > len(before):
            stays.move(change, self._resident, _residence(now), date.fromisoformat(str(now.since)))
        elif now.where != was.where:
            corrections.correct_residence(change, self._resident, _place(now))
        if len(wanted) == len(before) and now.since != was.since:
            stands = stays.open_residence(change, self._resident)["from_on"]
            if stands != now.since:
                corrections.correct_since(change, self._resident, day(now.since))

    def _write_passports(self, resident: int) -> None:
        change, stored = self.load.change, {one.id: one for one in self.before.passports}
        for one in self.wanted.passports:
            if one.id is None:
                passports.refuse_taken(change, _new_passport(one))
                passports.insert(change, resident, _new_passport(one), retired=one.retired)
                if self.before.id is not None:
                    owner, held = _("resident {id}").format(id=resident), self.before.passports
                    self._show(owner, "passport_number", held[-1].number if held else None, one.number)
                continue
            was = stored[one.id]
            columns = _changed(_passport_columns(was), _passport_columns(one))
            if columns:
                change.update("passport", one.id, columns)
            if one.named is not None and one.named != was.named:
                passports.name_from(change, {"id": one.id, "resident_id": resident}, date.fromisoformat(one.named))
            self._show_passport(was, one)

    def _show_passport(self, was: Passport, now: Passport) -> None:
        owner = _("passport {id}").format(id=now.id)
        facts: tuple[tuple[Field, str | None, str | None], ...] = (
            ("passport_country", was.country, now.country),
            ("passport_issued", was.issued, now.issued),
            ("passport_expires", was.expires, now.expires),
            ("passport_current", was.named, now.named),
        )
        for name, before, after in facts:
            if before != after:
                self._show(owner, name, before, after)

    # The chain of permits ----------------------------------------------------------------------------------------

    def _write_grants(self, resident: int) -> None:
        """Write the chain: first what lets go of its place, then the days, then new permits, then the links."""
        change, chain = self.load.change, self.wanted.grants
        stored: dict[int | None, Grant] = {one.id: one for one in self.before.grants}
        links = {identity: one.follows for identity, one in stored.items()}
        wanted = _links(chain)
        for identity in stored:
            if links[identity] is not None and wanted[identity] != links[identity]:
                change.update("permit", identity or 0, {"follows_id": None, "granted_as": "NEW"})
                links[identity] = None
        for grant in _in_free_order(stored, [one for one in chain if one.id is not None]):
            columns = _changed(_grant_columns(stored[grant.id]), _grant_columns(grant))
            if columns:
                change.update("permit", grant.id or 0, columns)
            self._show_grant(stored[grant.id], grant)
        previous: Grant | None = None
        for grant in chain:
            follows = None if grant.granted_as == "NEW" or previous is None else previous.id
            if grant.id is None:
                row: Columns = {"resident_id": resident, **_grant_columns(grant), "follows_id": follows}
                grant.id = change.insert("permit", row | {"granted_as": grant.granted_as})
                owner = _("permit {id}").format(id=grant.id)
                before = previous.printed.get("expires") if previous is not None else None
                self._show(owner, "expires", before, grant.printed.get("expires"))
            elif (links[grant.id], self._granted_as(grant.id, links)) != (follows, grant.granted_as):
                change.update("permit", grant.id, {"follows_id": follows, "granted_as": grant.granted_as})
            known = stored[grant.id].reports if grant.id in stored else set()
            for on in sorted(grant.reports - known):
                change.insert("permit_report", {"permit_id": grant.id, "on_day": on})
                self._show(_("permit {id}").format(id=grant.id), "last_report", None, on)
            previous = grant

    def _granted_as(self, permit: int, links: Mapping[int | None, int | None]) -> str:
        """Return how a permit on record was granted, by what is written by now."""
        stored = next(one for one in self.before.grants if one.id == permit)
        return "NEW" if links[permit] is None else stored.granted_as

    def _show_grant(self, was: Grant, now: Grant) -> None:
        owner = _("permit {id}").format(id=now.id)
        for name in GRANT:
            if now.printed.get(name) != was.printed.get(name):
                self._show(owner, name, was.printed.get(name), now.printed.get(name))

    # -------------------------------------------------------------------------------------------------------------

    @property
    def _resident(self) -> Resident:
        return Resident(self.before.id or 0, self.before.facts["name"], day(self.before.departed))

    def _show(self, owner: str, name: Field, before: Value, after: Value) -> None:
        """Keep a difference, with the first line that says it."""
        lines = [row.line for row in self.rows if name in row.values and same(name, row.values[name], str(after))]
        line = min(lines, default=min(row.line for row in self.rows))
        self.load.show(Difference(line, owner, name, before, after))


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


def _grant_columns(grant: Grant) -> Columns:
    printed: Columns = {column: grant.printed.get(name) for name, column in GRANT.items() if name != "expires"}
    end = printed_end(day_in(grant.printed, "expires"))
    return {**printed, **end, "starts_on": grant.starts, "ended_on": grant.ended, "end_reason": grant.reason}


def _passport_columns(passport: Passport) -> Columns:
    return {
        "number": passport.number,
        "country": passport.country,
        "issued_on": passport.issued,
        "expires_on": passport.expires,
        "retired_on": passport.retired,
    }


def _changed(before: Columns, after: Columns) -> Columns:
    return {column: value for column, value in after.items() if value != before[column]}


def _new_passport(passport: Passport) -> NewPassport:
    days = day(passport.issued), day(passport.expires), day(passport.named)
    return NewPassport(passport.number, passport.country, *days)


def _place(home: Home) -> Columns:
    return {column: home.where.get(name) for name, column in PLACE.items()}


def _residence(home: Home) -> NewResidence:
    where = home.where
    return NewResidence(
        where.get("village"), where.get("address"), where.get("rt"), where.get("rw"), day(home.since),
        where.get("district"),
    )  # fmt: skip
