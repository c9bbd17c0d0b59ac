"""The rows of one person and what is on record of it: what is wanted of the register, and which rows are refused.

The plan comes from what the rows say, never from their order; planning again on what is wanted leaves nothing to do.

- A blank cell changes nothing, and neither does another spelling of what is on record.
- What is the same for life must agree in all rows: the name, the day of birth, the nationality and the like.
- A fact of a day (the occupation, the sponsor, the place) is of the days of the permit that its row names; the latest
  counts. What a row says of an earlier permit fills in what is not known, and corrects nothing.
- The facts of a departed person may be corrected. A later permit or another place would be a return, and an officer
  must record that.
- A value of --set speaks only where neither the rows nor the register do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Literal

from timpora_cli.actions.intake.planning.attempt import Attempt, Fault, Given, put
from timpora_cli.actions.intake.planning.chain import as_permit, chain_of
from timpora_cli.actions.intake.planning.grants import permits_of
from timpora_cli.actions.intake.planning.homes import homes_of
from timpora_cli.actions.intake.planning.passport import passports_of
from timpora_cli.actions.intake.recorded import Person, SaidOtherwise, folded
from timpora_cli.actions.permits.reports import fault_of
from timpora_cli.actions.stays import BornLater
from timpora_cli.errors import Refused
from timpora_cli.model.identity import one_name, words_of
from timpora_cli.sheets.facts import Entry, day_in
from timpora_cli.sheets.headers import Field

Came = Literal["new", "renewed", "changed", "unchanged"]
FOR_LIFE: tuple[Field, ...] = ("sex", "born", "birthplace", "nationality", "niora")
OF_A_DAY: tuple[Field, ...] = ("purpose", "occupation", "contact", "sponsor", "arrived")


class NoNationality(Refused):
    """This person is new, and the row names no nationality. Give it in a column such as Kewarganegaraan."""


class NoPermitToReport(Refused):
    """The row gives the day of a report, and neither the row nor the register has the KITAP that it is of."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What came of the rows of one person: the person as wanted, None where all rows are refused.

    `refused` and `came` are by line. `guessed` says that something was joined which no printed fact joins, or that a
    fact of an earlier permit was taken for now; `rehoused`, that another place was taken as a correction.
    """

    wanted: Person | None
    refused: Mapping[int, Fault] = field(default_factory=dict)
    came: Mapping[int, Came] = field(default_factory=dict)
    guessed: bool = False
    rehoused: bool = False


def plan(person: Person | None, rows: Sequence[Entry], given: Given, doubted: Mapping[str, int] | None = None) -> Plan:
    """Return the plan of a person on record, or of a new one (None), from all its rows in the sheet.

    `doubted` are the passport numbers that another row, with its line, names without telling of which country.
    """
    everyone = sorted(rows, key=lambda row: sorted(row.values.items()))
    refused: dict[int, Fault] = {}
    left = everyone
    while left:
        attempt = Attempt(person or Person(), left, everyone, given, doubted or {})
        wanted = _wanted(attempt)
        if wanted is not None:
            return Plan(wanted, refused, _came(attempt, wanted), attempt.guessed, attempt.rehoused)
        refused |= attempt.refused
        left = [row for row in left if row.line not in refused]
    return Plan(None, refused)


def _wanted(attempt: Attempt) -> Person | None:
    """Return the person as these rows want it; None where the attempt has refused some of them."""
    wanted = attempt.person.copy()
    for stage in (_live, _grant, _hold_passports, _take_facts_of_a_day, _report, _house):
        stage(attempt, wanted)
        if attempt.refused:
            return None
    return wanted


def _live(attempt: Attempt, wanted: Person) -> None:
    """Take what is the same for life."""
    for one, other in combinations(attempt.rows, 2):
        if not one_name(one.values["name"], other.values["name"]):
            attempt.refuse([one], SaidOtherwise(line=other.line, field="name"))
            attempt.refuse([other], SaidOtherwise(line=one.line, field="name"))
    names = [row.values["name"] for row in attempt.rows]
    name = max(names, key=lambda text: (len(words_of(text)), len(text), text))
    if not words_of(name) <= words_of(wanted.facts.get("name", "")):
        wanted.facts["name"] = name
    for fact in FOR_LIFE:
        put(wanted.facts, fact, attempt.agreed(fact, attempt.rows))
    attempt.fill(wanted.facts, FOR_LIFE)
    if "nationality" not in wanted.facts:
        attempt.refuse(attempt.rows, NoNationality())


def _grant(attempt: Attempt, wanted: Person) -> None:
    permits = permits_of(attempt)
    if not attempt.refused:
        wanted.grants = chain_of(attempt, permits)
        attempt.permits = len(wanted.grants)


def _hold_passports(attempt: Attempt, wanted: Person) -> None:
    wanted.passports = passports_of(attempt, wanted.facts["nationality"])


def _take_facts_of_a_day(attempt: Attempt, wanted: Person) -> None:
    facts, sponsors = wanted.facts, attempt.given.sponsors
    for fact in OF_A_DAY:
        value, now = attempt.latest(fact, attempt.rows)
        if fact == "arrived" and value in attempt.person.arrivals:
            continue
        if now or fact not in facts:
            put(facts, fact, value if value is None or fact != "sponsor" else sponsors.name(value))
        attempt.fill(facts, (fact,))
    _know_sponsor(attempt, wanted)
    born, arrived = facts.get("born"), facts.get("arrived")
    if born is not None and arrived is not None and arrived < born:
        saying = [row for row in attempt.rows if arrived == row.values.get("arrived") or born == row.values.get("born")]
        attempt.refuse(saying, BornLater(born=born, arrived=arrived))


def _know_sponsor(attempt: Attempt, wanted: Person) -> None:
    """Take the kind of the sponsor. A row is refused whose kind is another one than the register's or another row's."""
    facts, sponsors = wanted.facts, attempt.given.sponsors
    sponsor = facts.get("sponsor")
    for row in attempt.rows:
        fault = sponsors.fault(row, row.values.get("sponsor", sponsor))
        if fault is not None:
            attempt.refuse([row], fault)
    kind = None if sponsor is None else sponsors.kind(sponsor) or attempt.given.defaults.get("sponsor_kind")
    if sponsor is not None and sponsor != attempt.person.facts.get("sponsor"):
        facts.pop("sponsor_kind", None)
    if kind is not None:
        facts["sponsor_kind"] = kind


def _report(attempt: Attempt, wanted: Person) -> None:
    """Take the reports of a KITAP, each of the permit that its row names, else of the one in force."""
    today = date.fromisoformat(attempt.given.today)
    for row in attempt.rows:
        on = day_in(row.values, "last_report")
        if on is None:
            continue
        place = attempt.grant_of.get(row.line, len(wanted.grants) - 1)
        grant = wanted.grants[place] if wanted.grants else None
        if grant is None or (row.line not in attempt.grant_of and grant.ended is not None):
            attempt.refuse([row], NoPermitToReport())
        elif fault := fault_of(as_permit(grant), on, today):
            attempt.refuse([row], fault)
        else:
            grant.reports.add(on.isoformat())


def _house(attempt: Attempt, wanted: Person) -> None:
    wanted.homes = homes_of(attempt, wanted)


# What came of each row -------------------------------------------------------------------------------------------


def _came(attempt: Attempt, wanted: Person) -> dict[int, Came]:
    """Return what came of each row: of a new person the first by its contents is the new one."""
    is_new = attempt.person.id is None
    latest = len(wanted.grants) - 1
    is_renewal = bool(attempt.person.grants) and wanted.grants[latest].id is None
    before, after = (_spread(person) for person in (attempt.person, wanted))
    came: dict[int, Came] = {}
    seen: list[Mapping[Field, str]] = []
    for row in attempt.rows:
        if row.values in seen:
            came[row.line] = "unchanged"
        elif is_new:
            came[row.line] = "changed" if seen else "new"
        elif is_renewal and attempt.grant_of.get(row.line) == latest:
            came[row.line] = "renewed"
        else:
            came[row.line] = "changed" if _brought(row) & (after - before) else "unchanged"
        seen.append(row.values)
    return came


def _brought(row: Entry) -> set[tuple[Field, str]]:
    """Return what a row says, in the form of `_spread`."""
    values = row.values
    kept: set[tuple[Field, str]] = set()
    if "passport_kept" in values:
        kept.add(("passport_kept", values.get("passport_number", "")))
    return kept | {(name, folded(name, value)) for name, value in values.items() if name != "passport_kept"}


def _spread(person: Person) -> set[tuple[Field, str]]:
    """Return all that is known of a person, each value in its common form with its field."""
    known: list[tuple[Field, str | None]] = list(person.facts.items())
    for one in person.passports:
        known += [("passport_number", one.number), ("passport_country", one.country), ("passport_current", one.named)]
        known += [("passport_issued", one.issued), ("passport_expires", one.expires)]
        known.append(("passport_kept", one.number if one.retired is None else None))
    for grant in person.grants:
        known += grant.printed.items()
        for on in grant.reports:
            known.append(("last_report", on))
    for home in person.homes:
        known += home.where.items()
    return {(name, folded(name, value)) for name, value in known if value is not None}
