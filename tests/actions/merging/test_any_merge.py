"""Any two records of one person: each day of their one life is a day of one of them, or they truly contradict.

The oracle knows what each record says on a day, and no more: it has no order of grants, and no rule for what is taken.
"""

import re
from collections.abc import Callable, Set
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.actions.merging.lives import facts
from tests.log import take_back
from timpora_cli.actions.merging import Chosen, Merged, NotOneLife, merge
from timpora_cli.errors import Refused
from timpora_cli.queries.find import current_permit_of
from timpora_cli.queries.verify import verified

if TYPE_CHECKING:
    from tests.conftest import Office

BEGIN = date(2018, 1, 1)
# A village, only a district where no more is known, or nothing at all.
PLACES = [None, "19.02.01", "19.02.01.2007", "19.02.01.2012", "19.02.04.2001"]
DAYS = st.integers(0, 12).map(lambda months: BEGIN + timedelta(days=61 * months))
KNOWN = st.one_of(st.none(), DAYS, DAYS)


@dataclass(frozen=True)
class Step:
    """One thing that an officer records about one of the two."""

    what: str
    on: date
    place: str | None
    kind: str
    length: int
    known: bool
    number: str | None


STEPS = st.builds(
    Step,
    what=st.sampled_from(["grant", "grant", "move", "move", "depart", "return", "revoke"]),
    on=DAYS,
    place=st.sampled_from(PLACES),
    kind=st.sampled_from(["KITAS", "KITAS", "KITAP", "ITK"]),
    length=st.sampled_from([60, 180, 365, 365, 700]),
    known=st.sampled_from([True, True, True, False]),
    number=st.sampled_from([None, None, "N"]),
)
RECORDS = st.tuples(
    KNOWN,
    KNOWN,
    st.sampled_from(PLACES),
    st.lists(STEPS, max_size=4).map(lambda line: sorted(line, key=lambda step: step.on)),
)
KNOWS = st.sampled_from([(True, True), (True, True), (True, False), (False, True)])
LIFE = st.lists(st.tuples(STEPS, KNOWS, KNOWS), max_size=6).map(lambda line: sorted(line, key=lambda one: one[0].on))


@st.composite
def views(draw: st.DrawFn) -> tuple[Any, Any]:
    """Two records of one life: what each knows of it, and of which grants it knows the day of issue."""
    beginning, life = draw(st.tuples(KNOWN, KNOWN, st.sampled_from(PLACES))), draw(LIFE)
    known = draw(st.tuples(KNOWS, KNOWS, KNOWS))
    mine, theirs = (
        (
            *(fact if knows[record] else None for fact, knows in zip(beginning, known, strict=True)),
            [replace(step, known=issue[record]) for step, knows, issue in life if knows[record]],
        )
        for record in (0, 1)
    )
    return mine, theirs


PAIRS = st.one_of(st.tuples(RECORDS, RECORDS), views())
RAN_ON = {"EXTENDED", "CONVERTED"}
KIND = {"stay": "stay", "residence": "place", "permit": "permit"}
CHOICES = st.dictionaries(st.sampled_from(["stay", "place", "permit"]), st.integers(0, 1))


@dataclass
class Record:
    """What a record says on a day, read from its rows."""

    rows: dict[str, list[dict[str, Any]]]

    @classmethod
    def of(cls, office: "Office", resident: int) -> "Record":
        found = {}
        for table in ("stay", "residence", "permit"):
            columns = [row[1] for row in office.rows(f"PRAGMA table_info({table})")]
            lines = office.rows(f"SELECT * FROM {table} WHERE resident_id = ?", resident)
            found[table] = [dict(zip(columns, line, strict=True)) for line in lines]
        return cls(found)

    def days(self) -> set[date]:
        return {
            date.fromisoformat(row[column]) + timedelta(days=beside)
            for lines in self.rows.values()
            for row in lines
            for column in ("from_on", "departed", "until_on", "starts_on", "ended_on")
            if row.get(column)
            for beside in (-1, 0, 1)
        }

    def stay(self, on: str) -> dict[str, Any] | None:
        return self._one("stay", "from_on", "departed", on)

    def place(self, on: str) -> str | None:
        """The most exact code of the place, or nothing where it is not known; None for somebody who is not here."""
        home = self._one("residence", "from_on", "until_on", on)
        return None if home is None else home["village_code"] or home["district_code"] or ""

    def permit(self, on: str) -> dict[str, Any] | None:
        return self._one("permit", "starts_on", "ended_on", on)

    def permits(self, on: str, shared: Set[int]) -> set[int]:
        """The grants of which a record may say that one holds on a day.

        Where nobody knows when a grant was issued, nobody gave the day on which it took the place of the one before it.
        Once the other record knows more of one of the two, that is another day.
        """
        held = self.permit(on)
        if held is None:
            return set()
        links = [{row["id"], row["follows_id"]} for row in self.rows["permit"] if row["issued_on"] is None]
        one_of = {held["id"]}
        for _link in links:
            one_of = one_of.union(*(link for link in links if link & one_of)) - {None}
        return one_of if one_of & shared else {held["id"]}

    def has_left(self, on: str) -> bool:
        return self.stay(on) is None and any(row["departed"] and row["departed"] <= on for row in self.rows["stay"])

    def _one(self, table: str, since: str, until: str, on: str) -> dict[str, Any] | None:
        held = [row for row in self.rows[table] if (row[since] or "") <= on < (row[until] or "9")]
        assert len(held) <= 1
        return held[0] if held else None


def entered(office: "Office", key: int, record: tuple[date | None, date | None, str | None, list[Step]]) -> int:
    """Enter a record as well as it can be; what the actions refuse of it is left out."""
    arrived, since, place, steps = record
    if arrived and since and since < arrived:
        since = None
    resident = office.person(
        village=place if place and len(place) > 8 else None,
        district=place if place and len(place) == 8 else None,
        since=since.isoformat() if since else None,
        arrived=arrived.isoformat() if arrived else None,
    )
    for step in steps:
        with suppress(Refused):
            taken(office, key, resident, step)
    return resident


def taken(office: "Office", key: int, resident: int, step: Step) -> None:
    village, district = (None, step.place) if step.place and len(step.place) == 8 else (step.place, None)
    held = current_permit_of(office.connection, resident)
    on = step.on.isoformat()
    if step.what == "grant":
        issued, expires = on if step.known else None, (step.on + timedelta(days=step.length)).isoformat()
        number = step.number and f"{step.number}{key}{on}"
        if held is None:
            office.permit(resident, step.kind, issued, expires, number)
        elif held.class_code == step.kind:
            office.extend(held.id, issued, expires, number)
        else:
            office.convert(held.id, step.kind, issued, expires, number)
    elif step.what == "revoke" and held is not None:
        office.revoke(held.id, on)
    elif step.what == "move":
        office.move(resident, village, on, district)
    elif step.what == "depart":
        office.depart(resident, on)
    elif step.what == "return":
        office.return_(resident, village, on, district)


def may_be_one_place(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def check_life(office: "Office", one: int, mine: Record, theirs: Record, done: Merged, chosen: Set[str]) -> None:
    life, twins = Record.of(office, one), done.life.twins
    shared = {*twins, *twins.values()}
    days = mine.days() | theirs.days() | life.days() | {date(1900, 1, 1), date(2100, 1, 1)}
    for on in sorted(day.isoformat() for day in days):
        here = [record for record in (mine, theirs) if record.stay(on)]
        stay, place, permit = life.stay(on), life.place(on), life.permit(on)
        held = {twins.get(number, number) for record in (mine, theirs) for number in record.permits(on, shared)}
        none_said = chosen & {"permit", "stay"} or not (mine.permit(on) and theirs.permit(on))
        assert permit["id"] in held if permit else none_said
        assert (stay is None) == (place is None)
        if "stay" in chosen:
            assert here or stay is None
        else:
            assert bool(here) == (stay is not None)
        if stay is None:
            continue
        said = {str(record.place(on)) for record in here}
        assert place in said
        assert place or said == {""} or "place" in chosen
        arrivals = {record.stay(on)["arrived"] for record in here} - {None}  # type: ignore[index]
        if "stay" in chosen:  # a stay that one record ends, and the chosen one does not, goes on
            arrivals |= {row["arrived"] for record in (mine, theirs) for row in record.rows["stay"]} | {None}
        assert stay["arrived"] in (arrivals or {None})
    for table, end in (("stay", "departed"), ("residence", "until_on"), ("permit", "ended_on")):
        if not chosen & {KIND[table], "stay"}:
            rows = [row for record in (mine, theirs) for row in record.rows[table]]
            # A grant that one record knows to have run on into another is no open one, though the other does not know.
            ran_on = {twins.get(row["id"], row["id"]) for row in rows if row.get("end_reason") in RAN_ON}
            was = any(row[end] is None and twins.get(row["id"], row["id"]) not in ran_on for row in rows)
            assert was == any(row[end] is None for row in life.rows[table])


def check_refusal(error: NotOneLife, mine: Record, theirs: Record) -> None:
    reasons = str(error).splitlines()[2:]
    assert reasons
    for reason in reasons:
        kind, days = re.fullmatch(r"(\w+), (.*?): .*", reason).groups()  # type: ignore[union-attr]
        named = re.findall(r"\d{4}-\d\d-\d\d", days) or ["2050-01-01"]
        assert any(contradict(kind, mine, theirs, on) for on in named)


def contradict(kind: str, mine: Record, theirs: Record, on: str) -> bool:
    if kind == "stay":
        one, other = mine.stay(on), theirs.stay(on)
        if one and other:
            return bool(one["arrived"] and other["arrived"] and one["arrived"] != other["arrived"])
        return bool(one or other) and (mine.has_left(on) or theirs.has_left(on))
    if kind == "place":
        places = [mine.place(on), theirs.place(on)]
        return None not in places and not may_be_one_place(str(places[0]), str(places[1]))
    return bool(mine.rows["permit"] and theirs.rows["permit"]) and (mine.permit(on) or theirs.permit(on)) is not None


def check_pair(office: "Office", records: Any, choices: dict[str, int]) -> bool:
    one, two = (entered(office, key, record) for key, record in enumerate(records))
    mine, theirs = Record.of(office, one), Record.of(office, two)
    before, dump = facts(office), office.dump()
    try:
        with office.change() as change:
            done = merge(change, office.resident(one), office.resident(two), office.today, Chosen(choices))
    except NotOneLife as error:
        check_refusal(error, mine, theirs)
        assert office.dump() == dump
        assert len(choices) < 3
        return False
    assert office.rows("SELECT id FROM resident") == [(one,)]
    after = facts(office)
    check_life(office, one, mine, theirs, done, choices.keys())
    office.agrees_with_views("2050-01-01")
    take_back(office)
    assert facts(office) == before
    take_back(office)
    assert facts(office) == after
    assert verified(office.connection).whole
    return True


def check(open_office: Callable[[], "Office"], records: Any, choices: dict[str, int]) -> None:
    office = open_office()
    with closing(office.connection):
        check_pair(office, records, choices)


@pytest.mark.slow
@given(PAIRS, st.one_of(st.just({}), CHOICES))
@settings(max_examples=8)
def test_each_day_of_the_one_life_is_a_day_of_one_of_the_two_records(
    open_office: Callable[[], "Office"], records: Any, choices: dict[str, int]
) -> None:
    check(open_office, records, choices)


@pytest.mark.slow
@given(PAIRS, st.one_of(st.just({}), CHOICES))
@settings(max_examples=200)
def test_each_day_of_many_lives_is_a_day_of_one_of_the_two_records(
    open_office: Callable[[], "Office"], records: Any, choices: dict[str, int]
) -> None:
    check(open_office, records, choices)
