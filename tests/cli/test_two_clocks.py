"""What was true on a day, and what the register knew at a moment: every list can be printed again, byte for byte."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from timpora_cli.cli.frame import register as opening
from timpora_cli.store import change, clock

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

pytestmark = pytest.mark.slow  # many commands, each on several days and moments

READERS = (
    ("expiring",),
    ("expiring", "--within", "10y", "--format", "csv"),
    ("expiring", "--passports", "--within", "10y"),
    ("expiring", "--format", "table"),
    ("counts",),
    ("counts", "--by", "village", "--format", "json"),
    ("counts", "--by", "sponsor"),
    ("trend",),
    ("trend", "--by", "district", "--format", "csv"),
    ("report", "monthly", "--month", "2020-09"),
    ("resident", "list"),
    ("permit", "list", "--format", "ndjson"),
    ("resident", "show", "7"),
    ("resident", "show", "34"),
    ("resident", "show", "23", "--format", "json"),
    ("permit", "show", "1"),
    ("district", "list"),
    ("village", "list", "--district", "Sijuk"),
)


def ids(timpora: "Timpora", *words: str) -> list[int]:
    return [int(row["resident_id"]) for row in timpora.rows(*words)]


# What was true on a day


@pytest.mark.parametrize(
    ("day", "kitap", "kitas", "visit", "total"),
    [
        ("2015-09-20", 0, 0, 0, 9),  # nine had arrived, and had no permit of this office and no known place yet
        ("2015-09-21", 1, 0, 0, 9),
        ("2016-04-04", 4, 4, 0, 10),
        ("2019-12-31", 10, 25, 0, 36),
        ("2020-09-17", 11, 27, 7, 47),
    ],
)
def test_counts_of_a_day_gone_by(timpora: "Timpora", day: str, kitap: int, kitas: int, visit: int, total: int) -> None:
    rows = timpora.rows("counts", "--as-of", day)
    assert [sum(int(row[key]) for row in rows) for key in ("kitap", "kitas", "visit", "total")] == [
        kitap, kitas, visit, total,
    ]  # fmt: skip


@pytest.mark.one_in(3)
@pytest.mark.parametrize("day", ["2016-07-11", "2018-12-04", "2020-02-09", "2020-02-10", "2020-03-27", "2020-07-08"])
def test_on_every_day_each_person_counts_once_and_every_list_has_the_same_people(timpora: "Timpora", day: str) -> None:
    everyone = ids(timpora, "resident", "list", "--as-of", day)
    assert len(set(everyone)) == len(everyone)
    holders = ids(timpora, "permit", "list", "--as-of", day)
    assert len(set(holders)) == len(holders)
    assert set(ids(timpora, "expiring", "--within", "100y", "--as-of", day)) <= set(holders) <= set(everyone)
    for side in ("district", "class", "nationality"):
        rows = timpora.rows("counts", "--by", side, "--as-of", day)
        assert sum(int(row["total"]) for row in rows) == len(everyone)


def test_a_move_counts_in_the_new_place_from_its_day_on(timpora: "Timpora") -> None:
    def where(day: str) -> tuple[str, str]:
        row = timpora.rows("resident", "show", "23", "--as-of", day)[0]
        return row["village"], row["district"]

    assert where("2018-12-03") == ("", "")
    assert where("2020-02-09") == ("Terong", "Sijuk")
    assert where("2020-02-10") == ("Tanjungrusa", "Membalong")
    assert 23 in ids(timpora, "resident", "list", "--district", "Sijuk", "--as-of", "2020-02-09")
    assert 23 not in ids(timpora, "resident", "list", "--district", "Sijuk", "--as-of", "2020-02-10")


def test_a_departure_counts_from_its_day_on(timpora: "Timpora") -> None:
    assert 43 in ids(timpora, "resident", "list", "--as-of", "2020-07-07")
    assert 43 not in ids(timpora, "resident", "list", "--as-of", "2020-07-08")
    assert timpora.answer("resident", "show", "43", "--as-of", "2020-07-07").startswith("Aino Keksitty - ITK")
    assert timpora.answer("resident", "show", "43", "--as-of", "2020-07-08").startswith(
        "Aino Keksitty - departed on 2020-07-08\n"
    )
    assert timpora.answer("resident", "show", "43", "--as-of", "2020-02-23").startswith(
        "Aino Keksitty - not present on 2020-02-23\n"
    )
    assert timpora.rows("resident", "show", "43", "--as-of", "2020-07-07")[0]["departed"] == ""
    assert timpora.rows("resident", "show", "43", "--as-of", "2020-07-08")[0]["departed"] == "2020-07-08"
    assert "2 departed = 49 people known" in timpora.answer("expiring")
    assert "1 departed = 49 people known" in timpora.answer("expiring", "--as-of", "2020-07-07")


def test_a_relief_without_an_end_is_said_as_what_it_is(timpora: "Timpora") -> None:
    def title(day: str) -> str:
        return (
            timpora.answer("resident", "show", "18", "--as-of", day)
            .splitlines()[0]
            .removeprefix("Kwabena Anansesem - ")
        )

    assert title("2020-04-01") == "KITAS valid until 2020-09-19, 171 days left"
    automatic = "Automatic emergency stay permit (ITKT)"
    assert title("2020-04-02") == f"KITAS valid until 2020-09-19 as printed, and without an end by {automatic}"
    assert title("2020-07-13") == "KITAS valid until 2020-09-19, 68 days left"
    assert title("2020-09-17") == "KITAS valid until 2020-09-20, 3 days left"
    assert title("2020-09-20") == "KITAS valid until 2020-09-20, 0 days left, by ITKT deadline 20 September 2020"
    assert title("2020-09-21") == "KITAS, overstay of 1 day since 2020-09-20 (Rp1,000,000)"
    assert timpora.rows("resident", "show", "42", "--as-of", "2020-05-01")[0]["effective_until"] == "9999-12-31"


def test_days_and_states_and_the_default_window_are_counted_from_the_day(timpora: "Timpora") -> None:
    def of_one(day: str) -> dict[str, str]:
        rows = timpora.rows("expiring", "--name", "koos", "--within", "2y", "--as-of", day)
        return rows[0]

    assert (of_one("2020-08-24")["state"], of_one("2020-08-24")["days_left"]) == ("VALID", "31")
    assert (of_one("2020-08-25")["state"], of_one("2020-08-25")["days_left"]) == ("DUE", "30")
    assert (of_one("2020-09-24")["state"], of_one("2020-09-24")["days_left"]) == ("DUE", "0")
    late = of_one("2020-09-25")
    assert (late["state"], late["days_left"], late["overstay_days"], late["fine"]) == ("OVERSTAY", "-1", "1", "1000000")
    assert of_one("2020-11-23")["fine"] == "60000000"
    assert (of_one("2020-11-24")["fine"], of_one("2020-11-24")["over_limit"]) == ("", "60")
    assert 33 not in ids(timpora, "expiring", "--as-of", "2020-08-24")
    assert 33 in ids(timpora, "expiring", "--as-of", "2020-08-25")


def test_the_days_of_both_ends_may_be_relative_to_the_day_asked_about(timpora: "Timpora") -> None:
    absolute = timpora.answer("expiring", "--before", "2020-06-11", "--from", "2020-05-30", "--as-of", "2020-06-01")
    assert timpora.answer("expiring", "--before", "+10d", "--from", "-2d", "--as-of", "1 Juni 2020") == absolute


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    "words", ["17 Sept 2020", "kamis 17/9/2020", "Thursday, 17 September 2020", "17.9.2020", "17-09-2020", "today"]
)
def test_the_day_may_be_written_as_people_write_it(timpora: "Timpora", words: str) -> None:
    assert timpora.answer("counts", "--as-of", words) == timpora.answer("counts", "--as-of", "2020-09-17")


def test_a_weekday_has_to_be_the_right_one(timpora: "Timpora") -> None:
    assert timpora.refused(2, "counts", "--as-of", "jumat 17/9/2020") == (
        '"jumat 17/9/2020" is not a date: 17 September 2020 is a Thursday, not a Friday.\n'
        "Write it as 2020-09-20, 20 Sept 2020, today or +30d.\n"
    )


@pytest.mark.parametrize("text", ["10", "2020-09", "Sept", "20/9", "20/9/20", "31/2/2020", "2020-13-01", "09/20/2020"])
def test_nothing_of_a_day_is_filled_in(timpora: "Timpora", text: str) -> None:
    assert timpora.refused(2, "resident", "list", "--as-of", text).startswith(f'"{text}" is not a date: ')


def test_a_day_before_and_a_day_after_everything(timpora: "Timpora") -> None:
    assert timpora.answer("expiring", "--as-of", "1900-01-01") == ""
    assert [row["total"] for row in timpora.rows("counts", "--as-of", "1900-01-01")] == ["0"] * 13
    assert len(timpora.rows("expiring", "--as-of", "2199-01-01")) == 46


@pytest.mark.parametrize(
    ("zone", "utc", "day"),
    [
        ("Asia/Jakarta", (16, 59), "2027-09-17"),
        ("Asia/Jakarta", (17, 0), "2027-09-18"),
        ("Asia/Jakarta", (18, 0), "2027-09-18"),
        ("Asia/Jayapura", (15, 0), "2027-09-18"),
        ("UTC", (23, 59), "2027-09-17"),
    ],
)
def test_today_is_the_offices_day_and_not_the_machines(
    timpora: "Timpora", monkeypatch: pytest.MonkeyPatch, zone: str, utc: tuple[int, int], day: str
) -> None:
    timpora.clock.machine = datetime(2027, 9, 17, *utc, tzinfo=UTC)
    monkeypatch.setattr(opening, "office_today", clock.office_today)
    with closing(sqlite3.connect(timpora.db)) as connection:
        connection.execute("UPDATE setting SET value = ? WHERE key = 'time_zone'", (zone,))
        connection.commit()
    assert timpora.answer("expiring", TZ="America/New_York").endswith(f" people known on {day}.\n")


# What the register knew at a moment


@pytest.fixture
def ticking(timpora: "Timpora", monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """Let a minute pass between any two changes; give the moments of the changes so far."""
    seen: list[datetime] = []
    timpora.clock.machine = datetime(2027, 1, 10, 2, 0, tzinfo=UTC)
    log = change._log

    def ticking(*given: Any, **named: Any) -> int:
        moment = datetime(2027, 1, 10, 2, len(seen), tzinfo=UTC)
        seen.append(moment)
        timpora.clock.machine = moment
        return log(*given, **named)

    monkeypatch.setattr(change, "_log", ticking)
    return seen


CORRECTIONS = (
    ("resident", "edit", "34", "--marriage-ended", "2019-01-01"),
    ("permit", "edit", "1", "--expires", "2021-09-20"),
    ("resident", "edit", "7", "--name", "Solvi Ingensteds", "--sponsor", "CV Lain", "--child", "Contoh"),
    ("resident", "move", "23", "--village", "Manggar, Manggar", "--on", "2020-09-01"),
    ("resident", "depart", "36", "--on", "2020-09-02"),
    ("resident", "remove", "42", "--yes"),
    ("permit", "revoke", "41", "--on", "2020-09-03", "--reason", "x"),
    ("resident", "edit", "41", "--passport", "X0000941", "--passport-expires", "2031-01-01"),
    ("permit", "extend", "2C21DEMO0048", "--issued", "2020-09-16", "--expires", "2021-09-24"),
    (
        "resident",
        "add",
        "--name",
        "Late Comer",
        "--nationality",
        "AUS",
        "--village",
        "Sijuk",
        "--arrived",
        "2020-01-01",
    ),
    ("village", "add", "19.02.04.2099", "Desa Lain"),
)


@pytest.mark.slow
def test_a_list_printed_before_the_corrections_is_printed_again_byte_for_byte(
    timpora: "Timpora", ticking: list[datetime]
) -> None:
    timpora.answer("resident", "edit", "7", "--spouse", "Contoh Lama")
    timpora.answer("resident", "edit", "34", "--spouse", "Contoh Lama")
    timpora.answer("resident", "edit", "34", "--spouse", "Contoh Baru")
    moment = ticking[-1].isoformat()
    printed = {words: timpora.answer(*words) for words in READERS}
    for typed in CORRECTIONS:
        timpora.answer(*(word.replace("Manggar, Manggar", "Padang, Manggar") for word in typed))
    now = {words: timpora.answer(*words) for words in READERS}
    assert [words for words in READERS if now[words] == printed[words]] == []
    again = {words: timpora.answer(*words, "--known-at", moment) for words in READERS}
    assert again == printed
    for words in READERS:
        assert timpora.answer("--known-at", "2027-01-10T09:02", *words) == printed[words]
        assert timpora.answer(*words, "--known-at", "2027-01-10") == now[words]


def test_the_two_clocks_go_together(timpora: "Timpora", ticking: list[datetime]) -> None:
    before = timpora.answer("expiring", "--as-of", "2020-06-01")
    timpora.answer("resident", "depart", "32", "--on", "2020-05-01")
    assert timpora.answer("expiring", "--as-of", "2020-06-01") != before
    moment = ticking[-1].isoformat()
    assert timpora.answer("expiring", "--as-of", "2020-06-01", "--known-at", "2027-01-10T08:59+07:00") == before
    assert timpora.answer("expiring", "--as-of", "2020-06-01", "--known-at", moment) != before


def test_a_day_means_its_end_in_the_office_and_a_time_is_the_offices(
    timpora: "Timpora",
) -> None:
    timpora.clock.machine = datetime(2027, 1, 10, 16, 30, tzinfo=UTC)  # 23:30 in Jakarta
    timpora.answer("resident", "edit", "1", "--name", "Hemi")
    known = {
        "2027-01-09": "Hēmi Pōhewa",
        "2027-01-10": "Hemi",
        "2027-01-10T23:29": "Hēmi Pōhewa",
        "2027-01-10T23:30": "Hemi",
        "2027-01-10 16:29:59Z": "Hēmi Pōhewa",
        "2027-01-10T16:30:00+00:00": "Hemi",
        "2027-01-11T00:30+08:00": "Hemi",
    }
    for moment, name in known.items():
        assert timpora.rows("resident", "show", "1", "--known-at", moment)[0]["name"] == name, moment


@pytest.mark.one_in(2)
@pytest.mark.parametrize("moment", ["2001-01-01", "2027-01-10T10:01", "2027-01-11"])
def test_a_moment_before_the_register_or_to_come_is_refused_with_those_it_knows(
    timpora: "Timpora", moment: str
) -> None:
    timpora.clock.machine = datetime(2027, 1, 10, 3, 0, tzinfo=UTC)
    first = timpora.rows("history", "--columns", "at")[-1]
    for words in (("expiring",), ("resident", "list"), ("status",), ("history",)):
        assert timpora.refused(2, *words, "--known-at", moment) == (
            f"--known-at {moment}: the register knows nothing of then. "
            f"The first moment it knows is {first['at'][:19]}+07:00, the last 2027-01-10 10:00:00+07:00.\n"
        )


def test_today_alone_is_now_as_a_moment(timpora: "Timpora") -> None:
    timpora.clock.machine = datetime(2027, 1, 10, 3, 0, tzinfo=UTC)
    for today in ("2027-01-10", "today", "2027-01-10T10:00"):
        assert timpora.answer("counts", "--known-at", today) == timpora.answer("counts")


@pytest.mark.parametrize("text", ["2020-13-01", "17 Sept", "10:30", "2020-09-17T25:00", "now"])
def test_a_moment_that_is_none_is_wrong_usage(timpora: "Timpora", text: str) -> None:
    assert timpora.refused(2, "counts", "--known-at", text) == (
        f"This is not a moment: {text}. Write a day or a day and a time: 2020-09-17 or 2020-09-17T10:30.\n"
    )


@pytest.mark.parametrize("text", ["17 Sept 2027 10:30", "17/9/2027 10:30:00", "Jumat, 17 September 2027 10:30+07:00"])
def test_a_moment_is_a_date_of_the_grammar_with_a_time(timpora: "Timpora", text: str) -> None:
    timpora.clock.machine = datetime(2027, 12, 1, tzinfo=UTC)
    words = ("counts", "--known-at")
    assert timpora.answer(*words, text) == timpora.answer(*words, "2027-09-17T10:30")


def test_looking_back_writes_nothing(timpora: "Timpora") -> None:
    before = timpora.db.read_bytes()
    timpora.answer("counts", "--known-at", "today")
    assert timpora.db.read_bytes() == before
