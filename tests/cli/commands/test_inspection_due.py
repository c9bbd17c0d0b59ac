"""Who was not seen in the field: `timpora inspection due`, `counts --by class`, and a plain model of both."""

import json
import re
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from timpora_cli.actions.supervision import inspections
from timpora_cli.queries.find import resident

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from tests.cli.conftest import Timpora
    from tests.conftest import Office
    from tests.search.plugin import Chance
    from timpora_cli.store.change import Value

DUE = ("inspection", "due")
BY = ("--officers", "Contoh")


@pytest.fixture
def four(empty: "Timpora") -> "Timpora":
    """Ann (KITAS), Bob (ITK) and Cid, without a permit, are here; Dee has left for good on 1 September."""

    def build() -> None:
        for name, district in (("Ann", "Sijuk"), ("Bob", "Badau"), ("Cid", "Sijuk"), ("Dee", "Sijuk")):
            who = ("--name", f"{name} Invented", "--nationality", "AUS", "--arrived", "2020-01-01")
            empty.answer("resident", "add", *who, "--district", district)
        for number, kind in (("1", "KITAS"), ("2", "ITK")):
            days = ("--issued", "2020-01-01", "--expires", "2021-01-01")
            empty.answer("permit", "add", number, "--class", kind, "--number", f"N{number}", *days)
        empty.answer("resident", "depart", "4", "--on", "2020-09-01")

    return empty.prepared(build)


def visit(timpora: "Timpora", on: str, *words: str) -> None:
    timpora.answer("inspection", "add", *words, *BY, "--on", on, "--letter", "W-1", "--letter-on", on)


def due(timpora: "Timpora", *words: str) -> list[tuple[str, str, str]]:
    return [(row["name"].split()[0], row["last_seen"], row["days"]) for row in timpora.rows(*DUE, *words)]


@pytest.mark.slow
def test_those_never_seen_come_first_then_the_longest_unseen(four: "Timpora") -> None:
    visit(four, "2020-03-01", "1")
    visit(four, "2020-02-01", "2", "--not-found", "3")
    assert due(four) == [("Cid", "", ""), ("Bob", "2020-02-01", "229"), ("Ann", "2020-03-01", "200")]
    assert four.answer(*DUE, "--columns", "name,class,last_seen,days") == (
        "Name          Class  Last seen   Days\n"
        "Cid Invented         never\n"
        "Bob Invented  ITK    2020-02-01   229\n"
        "Ann Invented  KITAS  2020-03-01   200\n"
        "\n"
        "3 of 3 present on 2020-09-17 not seen for more than 180 days.\n"
    )


@pytest.mark.slow
def test_one_seen_exactly_so_many_days_ago_is_not_due(four: "Timpora") -> None:
    visit(four, "2020-09-07", "1", "2", "3")
    assert due(four, "--days", "10") == []
    assert [name for name, _last, _days in due(four, "--days", "9")] == ["Ann", "Bob", "Cid"]
    assert due(four, "--days", "10", "--as-of", "2020-09-18") == due(four, "--days", "9", "--as-of", "2020-09-18")


def test_an_inspection_at_which_somebody_was_not_found_does_not_count(four: "Timpora") -> None:
    visit(four, "2020-09-01", "1")
    visit(four, "2020-09-15", "--not-found", "1")
    assert due(four, "--days", "10")[-1] == ("Ann", "2020-09-01", "16")


def test_a_day_before_the_inspection_knows_nothing_of_it(four: "Timpora") -> None:
    visit(four, "2020-09-10", "1")
    assert [name for name, _last, _days in due(four)] == ["Bob", "Cid"]
    assert [name for name, _last, _days in due(four, "--as-of", "2020-09-09")] == ["Ann", "Bob", "Cid"]
    assert ("Dee", "", "") in due(four, "--as-of", "2020-08-31")


def test_the_filters_narrow_it(four: "Timpora") -> None:
    assert [name for name, *_rest in due(four, "--district", "Sijuk")] == ["Ann", "Cid"]
    assert [name for name, *_rest in due(four, "--class", "ITK")] == ["Bob"]
    assert [name for name, *_rest in due(four, "--state", "VALID", "--days", "3650")] == ["Ann", "Bob"]


@pytest.mark.slow
def test_its_columns_are_those_of_the_list_of_residents_and_two_more(four: "Timpora") -> None:
    (residents, listed) = (
        four.answer(*words, "--format", "csv").splitlines()[0] for words in (("resident", "list"), DUE)
    )
    assert listed == f"{residents},last_seen,days"
    assert [
        {**row, "last_seen": None, "days": None}
        for row in json.loads(four.answer("resident", "list", "--format", "json"))
    ] == (json.loads(four.answer(*DUE, "--format", "json")))


@pytest.mark.slow
def test_the_rule_says_for_how_many_days_and_days_says_it_in_its_place(four: "Timpora") -> None:
    visit(four, "2020-09-01", "1", "2", "3")
    assert due(four) == []
    basis = ("--basis", "Contoh", "--source", "x.invalid")
    four.answer("rule", "add", "not-seen", "7", "--from", "2020-09-10", *basis)
    assert len(due(four)) == 3
    assert due(four, "--as-of", "2020-09-09") == []
    assert due(four, "--days", "16") == []


@pytest.mark.slow
def test_without_a_rule_the_days_are_asked_for_and_a_count_has_none(four: "Timpora") -> None:
    (rule,) = [row["rule_id"] for row in four.rows("rule", "list") if row["kind"] == "NOT_SEEN_DAYS"]
    four.answer("rule", "end", rule, "--until", "2020-09-10")
    assert four.refused(1, *DUE) == (
        "No rule says on 2020-09-17 within how many days everybody has to be seen. Give --days N, or add one with:\n"
        "timpora rule add not-seen 180 --basis TEXT --source URL\n"
    )
    assert len(due(four, "--days", "1")) == 3
    assert {(row["seen"], row["not_seen"]) for row in four.rows("counts", "--by", "class")} == {("", "")}
    assert "Seen" not in four.answer("counts", "--by", "class")


@pytest.mark.one_in(3)
@pytest.mark.parametrize("days", ["0", "-1", "x", "1.5", "", "1234567890"])
def test_days_that_are_no_number_of_days_are_refused(four: "Timpora", days: str) -> None:
    assert four.refused(2, *DUE, f"--days={days}") == (
        f'--days "{days}" is not a number of days. Write a whole number from 1, as in --days 180.\n'
    )


def test_more_days_than_there_are_mean_ever(four: "Timpora") -> None:
    visit(four, "2020-09-01", "1")
    assert [name for name, *_rest in due(four, "--days", "999999999")] == ["Bob", "Cid"]


@pytest.mark.slow
def test_exit_code_3_says_that_somebody_is_due(four: "Timpora") -> None:
    assert four(*DUE, "--exit-code").code == 3
    visit(four, "2020-09-17", "1", "2", "3")
    assert (four(*DUE, "--exit-code").code, four.answer(*DUE)) == (0, "")


@pytest.mark.slow
def test_a_count_by_class_says_how_many_were_seen_and_how_many_were_not(four: "Timpora") -> None:
    visit(four, "2020-09-01", "1", "--not-found", "3")
    assert four.answer("counts", "--by", "class") == (
        " #  Class   Group  Total  Seen  Not seen\n"
        "1=  ITK     VISIT      1     0         1\n"
        "1=  KITAS   KITAS      1     1         0\n"
        "    (none)  NONE       1     0         1\n"
        "    Total              3     1         2\n"
        "    Share           100%   33%       67%\n"
    )
    assert [row["seen"] for row in four.rows("counts", "--by", "class", "--district", "Badau")] == ["0"]
    assert "seen" not in four.rows("counts")[0]


# Against a plain model -----------------------------------------------------------------------------------------------

FIRST, LAST = date(2020, 1, 1), date(2020, 9, 17)
PEOPLE = (("KITAP", "2020-01-01", None), ("KITAS", "2020-01-01", None), ("ITK", "2020-03-01", "2020-08-01"),
    (None, "2020-01-01", None), ("KITAS", "2020-06-01", None), ("VOA", "2020-01-01", "2020-02-01"))  # fmt: skip
Visit = tuple[date, dict[int, bool]]


def peopled(office: "Office") -> None:
    for kind, arrived, departed in PEOPLE:
        who = office.person(f"Somebody {kind}", arrived=arrived)
        if kind:
            office.permit(who, kind, arrived, "2020-12-31")
        if departed:
            office.depart(who, departed)


def visited(office: "Office", visits: list[Visit]) -> None:
    for on, looked_for in visits:
        facts: dict[str, Value] = {"on_day": on.isoformat(), "officers": "Contoh", "is_urgent": 1}
        people = [
            inspections.Visited(resident(office.connection, str(who)), seen=seen) for who, seen in looked_for.items()
        ]
        with office.change() as change:
            inspections.add(change, facts, people)


def some_day(luck: "Random") -> date:
    return FIRST + timedelta(days=luck.randrange((LAST - FIRST).days + 1))


def expected(visits: list[Visit], on: date, days: int) -> list[tuple[int, str, str]]:
    """Who is here on the day and was not seen within the days of it, told one by one."""
    found = []
    for who, (_kind, arrived, departed) in enumerate(PEOPLE, 1):
        if arrived > on.isoformat() or (departed is not None and departed <= on.isoformat()):
            continue
        last = max((day for day, looked_for in visits if day <= on and looked_for.get(who)), default=None)
        if last is None or (on - last).days > days:
            found.append((last or date.min, who))
    return [
        (who, "" if last == date.min else last.isoformat(), "" if last == date.min else str((on - last).days))
        for last, who in sorted(found)
    ]


@pytest.mark.parametrize(
    ("number", "questions"), [(0, 4), *(pytest.param(number, 40, marks=pytest.mark.slow) for number in range(1, 9))]
)
def test_the_list_and_the_count_are_those_of_a_plain_model(
    office: "Office", timpora: "Timpora", tmp_path: "Path", chance: "Chance", number: int, questions: int
) -> None:
    luck = chance(number)
    peopled(office)
    visits: list[Visit] = [
        (some_day(luck), {who: luck.random() < 0.6 for who in luck.sample(range(1, 7), luck.randint(1, 4))})
        for _visit in range(luck.randint(0, 12))
    ]
    visited(office, visits)
    asked = timpora.on(office.written_to(tmp_path / "inspected.db"))
    for _question in range(questions):
        on, days = some_day(luck), luck.choice([1, 7, 30, 90, 180, 365])
        if visits and luck.random() < 0.5:  # the very day on which somebody becomes due, or the one before
            on = min(luck.choice(visits)[0] + timedelta(days=days + luck.randint(0, 1)), LAST)
        listed = asked.rows(*DUE, "--as-of", on.isoformat(), "--days", str(days))
        told = [(int(row["resident_id"]), row["last_seen"], row["days"]) for row in listed]
        assert told == expected(visits, on, days), (on, days)
        unseen = Counter(PEOPLE[who - 1][0] or "" for who, _last, _days in expected(visits, on, 180))
        rows = asked.rows("counts", "--by", "class", "--as-of", on.isoformat())
        assert all(int(row["seen"]) + int(row["not_seen"]) == int(row["total"]) for row in rows)
        assert +Counter({row["class"]: int(row["not_seen"]) for row in rows}) == unseen, on


@pytest.mark.slow
def test_the_command_of_each_difference_is_one_that_there_is(timpora: "Timpora") -> None:
    """The commands that are offered run as they stand, once the words in capitals are filled in."""
    found = ("--address-found", "Gang 5", "--class-found", "KITAP", "--activity-found", "Nelayan")
    visit(timpora, "2020-09-16", "14", *found)
    for one in json.loads(timpora.answer("inspection", "show", "3", "--format", "json"))["differences"]:
        words = re.sub(r"\bNAME\b", "Sijuk", one["command"]).replace("'Gang 5'", "Gang_5").split()[1:]
        assert timpora(*[word.replace("_", " ") for word in words]).code == 0, one["command"]
    left = json.loads(timpora.answer("inspection", "show", "3", "--format", "json"))["differences"]
    assert [one["command"] for one in left] == [None] * 3
