"""What the register knew at a moment: every table of facts, the log and the public views as they stood, and no more."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from timpora_cli.actions import law
from timpora_cli.model.law import NewRule
from timpora_cli.queries.law import holidays, relief_named, reliefs, rules
from timpora_cli.queries.places import district_named
from timpora_cli.queries.settings import default_window
from timpora_cli.store.facts import versioned_tables
from timpora_cli.store.known import look_back

if TYPE_CHECKING:
    from tests.conftest import Office, RegisterMaker

LAST = "SELECT at FROM change ORDER BY id DESC LIMIT 1"
SHADOWS = "SELECT name FROM sqlite_temp_schema WHERE type IN ('table', 'view')"
INDEXED = "SELECT tbl_name, count(*) FROM {schema} WHERE type = 'index' AND sql IS NOT NULL GROUP BY tbl_name"
VIEWS = "SELECT name FROM sqlite_schema WHERE type = 'view'"
DAY = date(2020, 9, 17)


def now(office: "Office") -> str:
    ((moment,),) = office.rows(LAST)
    return str(moment)


def just_before(moment: str) -> str:
    earlier = datetime.fromisoformat(moment) - timedelta(milliseconds=1)
    return f"{earlier:%Y-%m-%dT%H:%M:%S}.{earlier.microsecond // 1000:03d}Z"


@contextmanager
def known(office: "Office", moment: str) -> Iterator["Office"]:
    """The office as it knew its register at a moment."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        office.connection.backup(copy)
        look_back(copy, moment)
        yield replace(office, connection=copy)


# The moment ---------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_change_is_known_from_its_own_moment_on(office: "Office") -> None:
    made = now(office)
    office.person("Ann Invented")
    first = now(office)
    office.person("Bob Invented")
    for moment, number, people in (
        ("0001-01-01T00:00:00.000Z", 0, 0),
        (just_before(made), 0, 0),
        (made, 1, 0),
        (just_before(first), 1, 0),
        (first, 2, 1),
        (just_before(now(office)), 2, 1),
        (now(office), 3, 2),
        ("9999-12-31T23:59:59.999Z", 3, 2),
    ):
        with closing(sqlite3.connect(":memory:")) as copy:
            office.connection.backup(copy)
            assert look_back(copy, moment) == number
            assert copy.execute("SELECT count(*) FROM resident").fetchone() == (people,)
            assert copy.execute("SELECT count(*) FROM change").fetchone() == (number,)


def test_what_came_after_the_register_was_made_is_all_that_an_earlier_moment_lacks(office: "Office") -> None:
    office.person("Ann Invented")
    with known(office, "0001-01-01T00:00:00.000Z") as then:
        for table in versioned_tables(then.connection):
            assert then.rows(f"SELECT count(*) FROM {table.name}") == [(0,)]
        assert then.people("2020-09-17") == {}


# What stands before what --------------------------------------------------------------------------------------------


def test_every_table_written_since_the_log_and_every_public_view_stands_as_it_was(office: "Office") -> None:
    made = now(office)
    office.person("Ann Invented", passport="X1", sponsor="PT Contoh")
    with known(office, made) as then:
        shadows = {name for (name,) in then.rows(SHADOWS)}
        names = {table.name for table in versioned_tables(then.connection)} - {"clock_correction"}
        facts = {name for name in names if then.rows(f"SELECT 1 FROM main.{name} WHERE change_id > 1")}
        assert facts >= {"resident", "stay", "residence", "passport", "sponsor"}
        views = {name for (name,) in then.rows(VIEWS)}
        assert views
        assert shadows == facts | views | {"change"}
        by_key = 1
        assert dict(then.rows(INDEXED.format(schema="sqlite_temp_schema"))) == {
            fact: dict(then.rows(INDEXED.format(schema="sqlite_schema"))).get(fact, 0) + by_key for fact in facts
        }


def test_where_nothing_has_come_since_there_is_nothing_to_stand_before(office: "Office") -> None:
    with known(office, now(office)) as then:
        assert then.rows(SHADOWS) == []


def test_the_shadows_are_of_one_connection_and_nothing_is_written(register: "RegisterMaker") -> None:
    path = register()
    before = path.read_bytes()
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as one, closing(sqlite3.connect(path)) as other:
        look_back(one, "0001-01-01T00:00:00.000Z")
        assert one.execute("SELECT count(*) FROM village").fetchone() == (0,)
        assert other.execute("SELECT count(*) FROM village").fetchone() == (88,)
    assert path.read_bytes() == before


@pytest.mark.slow
def test_a_row_stands_once_at_every_moment_however_often_it_was_written(office: "Office") -> None:
    ann = office.person("Ann Invented")
    moments = [now(office)]
    for number in range(5):
        with office.change() as change:
            change.update("resident", ann, {"note": f"at first {number}"})
            change.update("resident", ann, {"note": f"{number}"})
        moments.append(now(office))
    office.remove(ann)
    for number, moment in enumerate(moments):
        with known(office, moment) as then:
            assert then.rows("SELECT note FROM resident") == [(str(number - 1) if number else None,)]
    with known(office, now(office)) as then:
        assert then.rows("SELECT note FROM resident") == []


def test_the_public_views_tell_what_the_queries_tell(office: "Office") -> None:
    ann = office.person("Ann Invented", since="2019-01-01")
    held = office.permit(ann, "ITK", "2020-03-01", "2020-04-30")
    moment = now(office)
    office.convert(held, "KITAS", "2020-09-01", "2021-09-01")
    office.person("Bob Invented")
    with known(office, moment) as then:
        then.agrees_with_views("2021-06-01")
        assert then.rows("SELECT full_name, class, effective_until FROM expiry") == [
            ("Ann Invented", "ITK", "2020-09-20")
        ]
    office.agrees_with_views("2021-06-01")


# The law as it was known --------------------------------------------------------------------------------------------


def a_window(office: "Office") -> None:
    with office.change() as change:
        law.add_rule(change, NewRule("RENEWAL_WINDOW_DAYS", "VOA", 7, None, None, "Contoh", "s", verified=False))


def a_holiday(office: "Office") -> None:
    with office.change() as change:
        law.add_holiday(change, date(2020, 9, 18), "Libur rekaan", None)


def an_end_of_a_relief(office: "Office") -> None:
    with office.change() as change:
        law.end_relief(change, relief_named(office.connection, "ITKT-2020-09"), date(2020, 9, 19))


def another_window_of_the_list(office: "Office") -> None:
    with office.change() as change:
        change.update("setting", "default_window", {"value": "45d"})


def another_name_of_a_district(office: "Office") -> None:
    office.rename_region("19.02.04", "Sijuk Baru")


def asked(office: "Office") -> list[object]:
    """All that is told of the law, the office and its places."""
    return [
        rules(office.connection, DAY),
        reliefs(office.connection),
        holidays(office.connection),
        default_window(office.connection),
        district_named(office.connection, "19.02.04"),
        office.rows("SELECT * FROM relief_span ORDER BY code"),
    ]


@pytest.mark.one_in(2)
@pytest.mark.parametrize(
    "happens",
    [a_window, a_holiday, an_end_of_a_relief, another_window_of_the_list, another_name_of_a_district],
    ids=lambda happens: happens.__name__,
)
def test_the_law_is_told_as_it_was_known(office: "Office", happens: Callable[["Office"], None]) -> None:
    moment, told = now(office), asked(office)
    happens(office)
    assert sum(one != other for one, other in zip(told, asked(office), strict=True)) in {1, 2}
    with known(office, moment) as then:
        assert asked(then) == told
    with known(office, now(office)) as then:
        assert asked(then) == asked(office)


def test_a_relief_entered_late_was_not_known_before(office: "Office") -> None:
    """On 25 September a letter comes that kept permits valid to 20 October: the list of the 22nd was right that day."""
    ann = office.person("Ann Invented", since="2019-01-01")
    office.permit(ann, "ITK", "2020-03-01", "2020-04-30")
    moment = now(office)
    assert office.state(ann, "2020-09-22") == "OVERSTAY"
    with office.change() as change:
        law.add_relief(
            change,
            {
                "code": "ITKT-2020-10", "name": "ITKT, October", "legal_basis": "Contoh 1/2020",
                "effective_from": "2020-09-20", "effective_until": "2020-10-20", "in_country_only": 1,
                "extendable": "any", "supersedes": "ITKT-2020-09", "source_url": "example.invalid", "verified": 0,
            },
            ["ITK", "KITAS"],
        )  # fmt: skip
    assert office.state(ann, "2020-09-22") == "RELIEF"
    assert office.listed("2020-09-22", "2020-10-20")[0] == []
    with known(office, moment) as then:
        assert then.state(ann, "2020-09-22") == "OVERSTAY"
        assert then.listed("2020-09-22", "2020-10-20")[0] == [ann]
        assert [relief.code for relief in reliefs(then.connection) if relief.classes][-1] == "ITKT-2020-09"


def test_a_regency_is_named_as_it_was_known(office: "Office") -> None:
    office.person("Ann Invented")
    moment = now(office)
    office.rename_region("19.02", "Kabupaten Rekaan", "2020-09-01")
    assert next(row.name for row in office.counts("2020-09-17", "regency")) == "Kabupaten Rekaan"
    assert next(row.name for row in office.counts("2020-08-31", "regency")) == "Kabupaten Belitung"
    with known(office, moment) as then:
        assert next(row.name for row in then.counts("2020-09-17", "regency")) == "Kabupaten Belitung"
