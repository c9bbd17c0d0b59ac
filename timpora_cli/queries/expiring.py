"""Whose permit or passport ends, or whose report falls due, before a day; and where everyone else is, so that the list
accounts for all.
"""

import sqlite3
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any, Generic, NamedTuple, TypeVar, cast

from timpora_cli.model.names import fold_name
from timpora_cli.model.people import Account, PassportDue, PermitHeld, Person, Place, Reporting
from timpora_cli.model.rules import act_by, next_report, years_without
from timpora_cli.queries.filters import Where
from timpora_cli.queries.people import PERSON_ON_DAY, VALID_ON_DAY, by_state, holidays, people, present, rules_on
from timpora_cli.queries.rows import Stored, day, rows

# Those who hold, on the day, a permit that ends before another day, or whose end nobody knows. An effective end is
# never before the printed one, so an index on the printed day finds each, and the rest of the register is not read: of
# the permits that have not ended, by their end and without one; of those that have, by their end, without one, and
# those that were closed only after their end.
ENDS_BEFORE = """person.resident_id IN (
    SELECT resident_id FROM permit WHERE ended_on IS NULL AND expires_on < :before
    UNION ALL
    SELECT resident_id FROM permit WHERE ended_on IS NULL AND expires_on IS NULL AND unlimited IS NULL
    UNION ALL
    SELECT resident_id FROM permit WHERE expires_on >= :on AND expires_on < :before AND ended_on > :on
    UNION ALL
    SELECT resident_id FROM permit WHERE expires_on IS NULL AND unlimited IS NULL AND ended_on > :on
    UNION ALL
    SELECT resident_id FROM permit WHERE ended_on > expires_on AND ended_on > :on AND expires_on < min(:on, :before)
)
    AND person.permit_id IS NOT NULL
    AND (person.expires_on < :before OR (person.expires_on IS NULL AND person.unlimited IS NULL))"""

KNOWN = "SELECT count(DISTINCT resident_id) FROM residence WHERE from_on IS NULL OR from_on <= :on"
PASSPORTS = """
WITH person AS ({person_on_day})
SELECT
    used.id AS passport_id, person.resident_id, person.full_name AS name, person.nationality,
    used.number, used.country, used.expires_on,
    person.village_code, person.village, person.district_code, person.district
FROM person
JOIN passport AS used ON used.resident_id = person.resident_id AND {valid}
WHERE {conditions}
"""
REPORTS_TO_US = "person.class_code = 'KITAP'"
LAST_REPORT = """
SELECT max(permit_report.on_day) FROM permit_report
WHERE permit_report.permit_id = permit.id AND permit_report.on_day <= :on
"""
# A report is due some years after the permit began, or after the last report; it may be that neither day is known.
BEGUN_BEFORE = f"""{REPORTS_TO_US} AND EXISTS (
    SELECT 1 FROM permit
    WHERE permit.id = person.permit_id
        AND max(coalesce(permit.starts_on, ''), coalesce(({LAST_REPORT}), '')) < :begun_before
)"""
REPORTED = f"""
SELECT permit.id, permit.starts_on AS since, ({LAST_REPORT}) AS last
FROM permit
WHERE permit.id IN (SELECT value FROM json_each(:permits))
"""


One = TypeVar("One", Person, PassportDue)


class Window(NamedTuple):
    """The ends that a list asks for: strictly before `before`, and not before `since` where that is given."""

    before: date
    since: date | None = None

    def holds(self, end: date | None) -> bool:
        """Return whether an end is in the window. An end that nobody knows is in every window."""
        return end is None or (end < self.before and (self.since is None or end >= self.since))

    def is_past(self, end: date | None) -> bool:
        """Return whether an end is before the window."""
        return end is not None and self.since is not None and end < self.since


class Ending(NamedTuple):
    """Those whose permit ends in a window, soonest first, and how many were left out because they end before it."""

    people: tuple[Person, ...]
    earlier: int


class Due(NamedTuple, Generic[One]):
    """What an expiry list is of: permits (`subject` PERMIT) or reports (REPORT) with their holders, or passports
    (PASSPORT).

    `account` is where everyone else is, None where nobody asked.
    """

    subject: str
    listed: tuple[One, ...]
    account: Account | None

    @property
    def ends(self) -> dict[int, date | None]:
        """The end of each permit or passport, or the day of its report, by its id; None where it is not known."""
        return dict(map(end_of, self.listed))

    def only(self, ids: Collection[int]) -> "Due[One]":
        """Return the list of these permits or passports, by their ids; the others count as told before."""
        listed = tuple(one for one in self.listed if end_of(one)[0] in ids)
        known = self.account
        new, before = (len({one.resident_id for one in some}) for some in (listed, self.listed))
        return Due(self.subject, listed, known and known._replace(listed=new, told=before - new))


def end_of(one: Person | PassportDue) -> tuple[int, date | None]:
    """Return the id and the end of a passport, or of the permit that a person on an expiry list holds.

    The end of a permit is the effective one, on a list of reports the day by which its holder reports.
    """
    if isinstance(one, PassportDue):
        return one.passport_id, one.expires_on
    permit = cast("PermitHeld", one.permit)
    return permit.permit_id, permit.effective_until if one.reporting is None else one.reporting.next


def due_in(
    connection: sqlite3.Connection, on: date, window: Window, where: Where, subject: str, *, accounted: bool
) -> Due[Any]:
    """Return what ends or falls due in `window`, as of the day `on`: permits, passports or reports (see Due.subject).

    `accounted` asks for the account of permits; that of the others is always there.
    """
    if subject == "PERMIT":
        return permits_due(connection, on, window, where, accounted=accounted)
    return (passports_due if subject == "PASSPORT" else reports_due)(connection, on, window, where)


def permits_due(
    connection: sqlite3.Connection, on: date, window: Window, where: Where, *, accounted: bool
) -> Due[Person]:
    """Return the permits that end in `window`, and who holds them on the day `on`; if `accounted`, the account."""
    ending = expiring(connection, on, window, where)
    return Due("PERMIT", ending.people, account(connection, on, ending, where) if accounted else None)


def expiring(connection: sqlite3.Connection, on: date, window: Window, where: Where) -> Ending:
    """Return the holders, as of the day `on`, of permits whose effective end lies in `window`.

    Soonest first, then by name, then by id; permits without a known end come last and are in every window.
    """
    listed: list[Person] = []
    earlier = 0
    for person in people(connection, on, where, also=ENDS_BEFORE, before=window.before.isoformat()):
        end = person.permit.effective_until if person.permit else None
        if window.holds(end):
            listed.append(person)
        elif window.is_past(end):
            earlier += 1
    return Ending(tuple(sorted(listed, key=_soonest)), earlier)


def account(connection: sqlite3.Connection, on: date, ending: Ending, where: Where) -> Account:
    """Return where everyone known on the day `on` is in relation to the list `ending`, which was made with `where`."""
    here, matching, without = present(connection, on, where)
    if where.states:
        matching, without = sum(1 for _person in people(connection, on, where)), 0
    (known,) = connection.execute(KNOWN, {"on": on.isoformat()}).fetchone()
    listed = len(ending.people)
    return Account(
        listed=listed,
        not_due=matching - without - listed - ending.earlier,
        earlier=ending.earlier,
        without=without,
        departed=known - here,
        filtered_out=here - matching,
    )


def years_without_holidays(connection: sqlite3.Connection, people: Iterable[Person]) -> list[int]:
    """Return the years of which no holiday is on record, of those in which these people have their day to act by."""
    days = [(person.reporting or person.permit.standing).act_by for person in people if person.permit]
    return years_without((day.year for day in days if day), holidays(connection))


def _soonest(person: Person) -> tuple[date, str, int]:
    end = person.permit.effective_until if person.permit else None
    return end or date.max, fold_name(person.name), person.resident_id


def passports_due(connection: sqlite3.Connection, on: date, window: Window, where: Where) -> Due[PassportDue]:
    """Return the passports valid on the day `on` that run out in `window`, soonest first, with everyone's account.

    A passport whose last day is not known is in every window, and last. The account is of people, and a person may have
    several valid passports: one of them that is listed counts, then one that ended earlier.
    """
    where = by_state(connection, on, where)
    parameters = {"on": on.isoformat(), **where.parameters}
    query = PASSPORTS.format(person_on_day=PERSON_ON_DAY, valid=VALID_ON_DAY.strip(), conditions=where.conditions)
    held = [_passport(row, on) for row in rows(connection, query, parameters)]
    listed = [passport for passport in held if window.holds(passport.expires_on)]
    due = {passport.resident_id for passport in listed}
    past = {passport.resident_id for passport in held if window.is_past(passport.expires_on)} - due
    holders = {passport.resident_id for passport in held}
    account = _account_of_holders(connection, on, where, len(holders), len(due), len(past))
    return Due("PASSPORT", tuple(sorted(listed, key=_soonest_passport)), account)


def reports_due(connection: sqlite3.Connection, on: date, window: Window, where: Where) -> Due[Person]:
    """Return who holds a KITAP on the day `on` and reports by a day in `window`, soonest first, and everyone's account.

    Where nobody knows since when it holds and the permit has no last day, the report is in every window, and last.
    """
    where = by_state(connection, on, where)
    found: list[Person] = []
    if years := rules_on(connection, on).report_years:
        # A day more than the years, for a permit of 29 February: which report is in the window is decided below.
        begun = _years_before(window.before, years) + timedelta(days=1)
        holders = list(people(connection, on, where, also=BEGUN_BEFORE, begun_before=begun.isoformat()))
        known = reporting(connection, on, [person.permit for person in holders if person.permit])
        found = [person._replace(reporting=known[person.permit.permit_id]) for person in holders if person.permit]
    listed = [person for person in found if _reports_in(window, person)]
    earlier = sum(window.is_past(person.reporting.next) for person in found if person.reporting)
    held = present(connection, on, where._replace(conditions=f"{where.conditions} AND {REPORTS_TO_US}")).matching
    account = _account_of_holders(connection, on, where, held, len(listed), earlier)
    return Due("REPORT", tuple(sorted(listed, key=_soonest_report)), account)


def reporting(connection: sqlite3.Connection, on: date, held: Iterable[PermitHeld]) -> dict[int, Reporting]:
    """Return, by permit, when the holders of these KITAP last reported before or on the day `on`, and next report."""
    rules = rules_on(connection, on)
    ends = {permit.permit_id: permit.expires_on for permit in held}
    known: dict[int, Reporting] = {}
    for row in rows(connection, REPORTED, {"on": on.isoformat(), "permits": str(list(ends))}):
        since, last = day(row["since"]), day(row["last"])
        due = next_report(since, last, ends[row["id"]], rules.report_years)
        known[row["id"]] = Reporting(
            since=since,
            last=last,
            next=due,
            days_left=None if due is None else (due - on).days,
            act_by=None if due is None else act_by(due, rules.holidays),
        )
    return known


def _reports_in(window: Window, person: Person) -> bool:
    """Return whether a holder reports by a day in the window, or by one that nobody knows."""
    report, permit = person.reporting, person.permit
    if report is None or permit is None:
        return False
    if report.next is None:
        return report.since is None and report.last is None and permit.expires_on is None
    return window.holds(report.next)


def _years_before(day_: date, years: int) -> date:
    from dateutil.relativedelta import relativedelta

    return day_ - relativedelta(years=years)


def _account_of_holders(
    connection: sqlite3.Connection, on: date, where: Where, held: int, listed: int, earlier: int
) -> Account:
    """Return the account of a list of what `held` of those who meet `where` hold: `listed` of them are on it."""
    here, matching, _without_permit = present(connection, on, where)
    (known,) = connection.execute(KNOWN, {"on": on.isoformat()}).fetchone()
    return Account(
        listed=listed,
        not_due=held - listed - earlier,
        earlier=earlier,
        without=matching - held,
        departed=known - here,
        filtered_out=here - matching,
    )


def _passport(row: Stored, on: date) -> PassportDue:
    expires_on = day(row["expires_on"])
    return PassportDue(
        passport_id=row["passport_id"],
        resident_id=row["resident_id"],
        name=row["name"],
        nationality=row["nationality"],
        number=row["number"],
        country=row["country"],
        expires_on=expires_on,
        days_left=None if expires_on is None else (expires_on - on).days,
        place=Place(row["village_code"], row["village"], row["district_code"], row["district"]),
    )


def _soonest_passport(passport: PassportDue) -> tuple[date, str, int]:
    return passport.expires_on or date.max, fold_name(passport.name), passport.resident_id


def _soonest_report(person: Person) -> tuple[date, str, int]:
    due = person.reporting.next if person.reporting else None
    return due or date.max, fold_name(person.name), person.resident_id
