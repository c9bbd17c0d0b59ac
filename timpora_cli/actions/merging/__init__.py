"""Join two records of one person, as an officer says, into one life; or say on which days they contradict each other.

A fact that the kept record lacks is taken from the other. Where both give a fact and differ, the kept one stays, and
the difference is reported. The other record is removed; its versions stay in the register.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from timpora_cli.actions.merging.chain import join_permits
from timpora_cli.actions.merging.life import Choices, Difference, Left, Life, join_residences, join_stays
from timpora_cli.actions.merging.rewriting import refer_elsewhere, rewrite
from timpora_cli.errors import Refused, WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import fold_name, fold_number
from timpora_cli.model.overlay import FIRST, LAST
from timpora_cli.model.people import Resident
from timpora_cli.model.terms import PERMANENT
from timpora_cli.queries.rows import Stored, first, rows
from timpora_cli.store.change import Change, Value

PERSON = """
SELECT resident.*, sponsor.name AS sponsor
FROM resident LEFT JOIN sponsor ON sponsor.id = resident.sponsor_id
WHERE resident.id = :resident
"""
PASSPORTS = "SELECT * FROM passport WHERE resident_id IN (:one, :other) ORDER BY id"
RELATIVES = "SELECT * FROM family_link WHERE :resident IN (resident_id, relative_id) ORDER BY id"
TOGETHER = """
SELECT relation FROM family_link
WHERE (resident_id = :one AND relative_id = :other) OR (resident_id = :other AND relative_id = :one)
"""
REPORTS = """
SELECT permit_report.id, permit_id, on_day, resident_id
FROM permit_report JOIN permit ON permit.id = permit_id
WHERE resident_id IN (:one, :other)
ORDER BY on_day, permit_report.id
"""
FACTS = (
    "full_name", "sex", "born", "birthplace", "nationality", "purpose_code", "occupation", "contact", "sponsor_id",
    "niora", "note",
)  # fmt: skip
WORDS = {"full_name": "name", "purpose_code": "purpose", "sponsor_id": "sponsor"}  # what a person calls a column
UNKNOWN_COUNTRY = "XXX"
CHOOSE = {"stay": "--stay-of", "place": "--place-of", "permit": "--permit-of"}
"""The option that chooses a record for each kind of timeline."""


class OnePerson(WrongUsage):
    """Resident {resident} is one record already. Name the one to keep, then the one that is the same person."""


class NotTheirPassport(WrongUsage):
    """Neither of the two has a current passport {number}. See them with: timpora resident show {kept}"""


class NotOneLife(Refused):
    """Resident {other} was not joined to resident {kept}: by what is recorded the two are not one person, or something
    is wrong. Nothing was changed. Correct what is wrong, or choose what is taken:{reasons}
    """


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge does: how many rows of each table the other record had, the one life, and what is not taken.

    `retired` are the passports that are no longer the current one, with the day from which they are not; `reports` are
    those that go with a permit. `facts` are the columns of the kept record that change; `links` are the
    other's family links that the kept record has too, each with the kept one and what it adds to that.
    """

    kept: Resident
    other: Resident
    brought: Mapping[str, int]
    life: Life
    retired: Mapping[int, str]
    reports: tuple[int, ...]
    facts: Mapping[str, Value] = field(repr=False)
    links: Mapping[int, tuple[int, Mapping[str, Value]]] = field(repr=False)
    left: tuple[Left, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an officer chooses where the two records contradict each other, or do not tell which passport is in use."""

    records: Choices = field(default_factory=dict)
    passport: str | None = field(default=None, repr=False)


NOTHING_CHOSEN = Chosen()


def merge(change: Change, kept: Resident, other: Resident, today: date, chosen: Chosen = NOTHING_CHOSEN) -> Merged:
    """Join the record `other` to the record `kept`, and remove `other`. Raises as `planned` does."""
    plan = planned(change.connection, kept, other, today, chosen)
    carry_out(change, plan)
    return plan


def planned(
    connection: sqlite3.Connection, kept: Resident, other: Resident, today: date, chosen: Chosen = NOTHING_CHOSEN
) -> Merged:
    """Return what joining the record `other` to `kept` would do. Nothing is changed yet.

    Raises OnePerson, NotTheirPassport, and NotOneLife with all that stands against it.
    """
    if kept.id == other.id:
        raise OnePerson(resident=kept.id)
    (mine,), (theirs,) = (rows(connection, PERSON, {"resident": one.id}) for one in (kept, other))
    life = _one_life(connection, kept.id, other.id, today, chosen.records)
    passports = list(rows(connection, PASSPORTS, {"one": kept.id, "other": other.id}))
    retired = _retired(passports, chosen.passport, kept.id, today)
    against = (
        _two_people(connection, mine, theirs)
        + _born_later(mine, theirs, life)
        + [
            said(one, kept.id, other.id)
            + " "
            + _("Choose: {option} {kept} or {other}").format(option=CHOOSE[one.kind], kept=kept.id, other=other.id)
            for one in life.differences
            if not one.settled
        ]
    )
    if against:
        raise NotOneLife(kept=kept.id, other=other.id, reasons="".join(f"\n{reason}" for reason in against))
    facts, left = _facts(mine, theirs)
    ours, links = (list(rows(connection, RELATIVES, {"resident": one.id})) for one in (kept, other))
    known = _known_links(ours, links, {other.id: kept.id})
    before = {**life.was, "passport": passports}
    brought = {table: sum(row["resident_id"] == other.id for row in was) for table, was in before.items()}
    brought["family_link"] = len(links)
    reports = _reports_left(connection, kept.id, other.id, life)
    left += [Left(int(row["resident_id"] == other.id), "report", row["on_day"]) for row in reports]
    without = tuple(row["id"] for row in reports)
    return Merged(kept, other, brought, life, retired, without, facts, known, (*left, *life.left))


def carry_out(change: Change, plan: Merged) -> None:
    """Write what `planned` has worked out."""
    change.connection.execute("PRAGMA defer_foreign_keys = ON")  # rows that refer to each other are written one by one
    for table in plan.life.rows:
        rewrite(change, table, plan.life)
    for report in plan.reports:
        change.remove("permit_report", report)
    for theirs, (own, adds) in plan.links.items():
        change.remove("family_link", theirs)
        if adds:
            change.update("family_link", own, adds)
    for passport, day in plan.retired.items():
        change.update("passport", passport, {"retired_on": day})
    refer_elsewhere(change, {"permit": plan.life.twins, "resident": {plan.other.id: plan.kept.id}})
    change.remove("resident", plan.other.id)
    # Also where no fact of it changes: so the log says to whom the other record was joined.
    change.update("resident", plan.kept.id, plan.facts)


def said(difference: Difference, kept: int, other: int) -> str:
    """Return the sentence that says on which days two records differ, and what each says."""
    since, until = difference.days.since, difference.days.until
    last = "" if until == LAST else (date.fromisoformat(until) - timedelta(days=1)).isoformat()
    if since == FIRST:
        days = _("until {last}").format(last=last) if last else _("always")
    else:
        days = _("{since} to {last}").format(since=since, last=last) if last else _("from {since}").format(since=since)
    one, two = (_("nothing") if value is None else value for value in (difference.days.one, difference.days.two))
    sentence = _("{kind}, {days}: resident {kept} says {one}, resident {other} says {two}.")
    return sentence.format(kind=difference.kind, days=days, kept=kept, one=one, other=other, two=two)


def _one_life(connection: sqlite3.Connection, kept: int, other: int, today: date, choices: Choices) -> Life:
    """Return the stays, residences and permits that the two records make together."""
    life = Life()
    stays, homes, permits = (life.recorded(connection, table, kept, other) for table in ("stay", "residence", "permit"))
    here = join_stays(life, stays, choices.get("stay"))
    join_residences(life, homes, here, choices.get("place"))
    join_permits(life, permits, here, choices.get("permit"), today)
    life.rows = {
        table: [{**row, "resident_id": kept} for row in life.rows[table]] for table in ("permit", "residence", "stay")
    }
    return life


def _reports_left(connection: sqlite3.Connection, kept: int, other: int, life: Life) -> list[Stored]:
    """Return the reports of permits that the one life leaves out, or has as another class, which nobody reports of."""
    stand = {row["id"] for row in life.rows["permit"] if row["class_code"] == PERMANENT}
    found = rows(connection, REPORTS, {"one": kept, "other": other})
    return [row for row in found if life.twins.get(row["permit_id"], row["permit_id"]) not in stand]


# Facts -----------------------------------------------------------------------------------------------------------


def _two_people(connection: sqlite3.Connection, mine: Stored, theirs: Stored) -> list[str]:
    """Return why two records are of two people, whatever the days say."""
    reasons = []
    link = first(connection, TOGETHER, {"one": mine["id"], "other": theirs["id"]})
    if link is not None:
        relation = link["relation"].lower()
        reasons.append(_("They are each other's {relation}, so they are two people.").format(relation=relation))
    if mine["niora"] and theirs["niora"] and fold_number(mine["niora"]) != fold_number(theirs["niora"]):
        sentence = _(
            "They have different NIORA. Correct a wrong one with: timpora resident edit {other} --niora NUMBER"
        )
        reasons.append(sentence.format(other=theirs["id"]))
    return reasons


def _born_later(mine: Stored, theirs: Stored, life: Life) -> list[str]:
    born = mine["born"] or theirs["born"]
    arrived = min((row["arrived"] for row in life.rows["stay"] if row["arrived"]), default=None)
    if born is None or arrived is None or arrived >= born:
        return []
    sentence = _(
        "Nobody arrives on {arrived}, before the day of birth {born}: timpora resident edit {kept} --born DATE"
    )
    return [sentence.format(arrived=arrived, born=born, kept=mine["id"])]


def _facts(mine: Stored, theirs: Stored) -> tuple[dict[str, Value], list[Left]]:
    """Return the columns that the kept record takes, and the facts of the other that are not taken.

    The code for an unknown country is no fact.
    """
    taken = {column: theirs[column] for column in FACTS if mine[column] in {None, UNKNOWN_COUNTRY}}
    if mine["note"] and theirs["note"] and mine["note"] != theirs["note"]:
        taken["note"] = f"{mine['note']} / {theirs['note']}"
    after = {**mine, **taken}
    left = []
    for column in FACTS:
        if theirs[column] not in {None, after[column], UNKNOWN_COUNTRY} and column != "note":
            shown = "sponsor" if column == "sponsor_id" else column
            left.append(Left(1, WORDS.get(column, column), theirs[shown], after[shown]))
    return {column: value for column, value in taken.items() if value != mine[column]}, left


def _retired(passports: Sequence[Stored], chosen: str | None, kept: int, today: date) -> dict[int, str]:
    """Return which valid passports give way to another, and from which day.

    Where each record has one, the older gives way to the newer; where nothing tells which that is, both stay valid. A
    chosen one takes the place of all the others.
    """
    valid = [row for row in passports if row["retired_on"] is None]
    if chosen is None:
        alone = len(valid) == 2 and len({row["resident_id"] for row in valid}) == 2
        days = next(
            (day for day in ("issued_on", "expires_on") if len({row[day] for row in valid} - {None}) == 2), None
        )
        if not alone or days is None:
            return {}
        chosen = max(valid, key=lambda row: str(row[days]))["number"]
    newer = next((row for row in valid if row["number"] == chosen), None)
    if newer is None:
        raise NotTheirPassport(number=chosen, kept=kept)
    since = newer["issued_on"] or today.isoformat()
    return {row["id"]: max(since, row["issued_on"] or "") for row in valid if row is not newer}


def _known_links(
    ours: Sequence[Stored], links: Sequence[Stored], becomes: Mapping[int, int]
) -> dict[int, tuple[int, Mapping[str, Value]]]:
    """Return the links of the other record that the kept one has too, each with that one and what it adds to it."""
    known: dict[int, tuple[int, Mapping[str, Value]]] = {}
    for row in links:
        moved = {**row, **{column: becomes.get(row[column], row[column]) for column in ("resident_id", "relative_id")}}
        for own in ours:
            days = [(column, own[column], row[column]) for column in ("born", "from_on", "until_on")]
            alike = all(None in {one, other} or one == other for _column, one, other in days)
            if alike and _relative(own) == _relative(moved):
                known[row["id"]] = own["id"], {column: other for column, one, other in days if one is None and other}
    return known


def _relative(row: Stored) -> tuple[object, ...]:
    """Return what two equal family links have in common: each is the same from both sides."""
    if row["relative_id"] is None:
        return row["relation"], row["resident_id"], fold_name(row["citizen_name"])
    ends = row["resident_id"], row["relative_id"]
    if row["relation"] == "SPOUSE":
        return row["relation"], *sorted(ends)
    return "CHILD", *(ends if row["relation"] == "CHILD" else ends[::-1])
