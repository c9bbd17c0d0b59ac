"""Today is the office's, not the machine's; a moment that is typed is the office's too."""

from datetime import UTC, date, datetime, tzinfo
from typing import TYPE_CHECKING, Self

import pytest

from timpora_cli.store import clock
from timpora_cli.store.clock import NotAMoment, UnknownTimeZone, moment_of, office_today

if TYPE_CHECKING:
    from tests.conftest import Office

# A late evening in UTC, which is already tomorrow in Belitung, and in Jayapura too.
LATE = datetime(2020, 9, 17, 17, 30, tzinfo=UTC)


class Stopped(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls.fromtimestamp(LATE.timestamp(), tz)


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "datetime", Stopped)


def zone(office: "Office", name: str) -> None:
    office.connection.execute("UPDATE setting SET value = ? WHERE key = 'time_zone'", (name,))


@pytest.mark.usefixtures("late")
@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Asia/Jakarta", date(2020, 9, 18)),
        ("Asia/Jayapura", date(2020, 9, 18)),
        ("UTC", date(2020, 9, 17)),
        ("America/New_York", date(2020, 9, 17)),
    ],
)
def test_today_is_the_day_in_the_offices_time_zone(office: "Office", name: str, day: date) -> None:
    zone(office, name)
    assert office_today(office.connection) == day


@pytest.mark.usefixtures("late")
def test_without_a_setting_the_office_is_in_western_indonesia(office: "Office") -> None:
    office.connection.execute("DELETE FROM setting WHERE key = 'time_zone'")
    assert office_today(office.connection) == date(2020, 9, 18)


@pytest.mark.parametrize("name", ["Asia/Tanjungpandan", "", "Asia", "../passwd", "/etc/localtime"])
def test_a_time_zone_that_nobody_knows_is_named(office: "Office", name: str) -> None:
    zone(office, name)
    with pytest.raises(UnknownTimeZone, match="time zone") as error:
        office_today(office.connection)
    assert error.value.exit_code == 5


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2020-09-17", "2020-09-17T16:59:59.999Z"),  # the end of the day in the office
        ("2020-09-17T10:30", "2020-09-17T03:30:00.000Z"),
        (" 2020-09-17 10:30:15.250 ", "2020-09-17T03:30:15.250Z"),
        ("2020-09-17T10:30:00+00:00", "2020-09-17T10:30:00.000Z"),
        ("2020-09-17T10:30:00.123Z", "2020-09-17T10:30:00.123Z"),
        ("20200917T103000", "2020-09-17T03:30:00.000Z"),
        ("20200917", "2020-09-17T16:59:59.999Z"),
        # The grammar of dates, with or without a time.
        ("17 Sept 2020", "2020-09-17T16:59:59.999Z"),
        ("17/9/2020", "2020-09-17T16:59:59.999Z"),
        ("Kamis, 17 September 2020", "2020-09-17T16:59:59.999Z"),
        ("2020-09-17 10:30", "2020-09-17T03:30:00.000Z"),
        ("17 Sept 2020 10:30", "2020-09-17T03:30:00.000Z"),
        ("17/9/2020  9:30", "2020-09-17T02:30:00.000Z"),
        ("2020-09-17 9:30", "2020-09-17T02:30:00.000Z"),
        ("17.9.2020 10:30:15.250", "2020-09-17T03:30:15.250Z"),
        ("17 Sep 2020 10:30Z", "2020-09-17T10:30:00.000Z"),
        ("17 Sep 2020T10:30+09:00", "2020-09-17T01:30:00.000Z"),
        ("Kamis (17/9/2020) 10:30", "2020-09-17T03:30:00.000Z"),
    ],
)
def test_a_moment_is_the_offices_unless_it_says_otherwise(office: "Office", text: str, moment: str) -> None:
    assert moment_of(text, office.connection) == moment


@pytest.mark.usefixtures("late")
@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("today", "2020-09-18T16:59:59.999Z"),  # the office's today, not the machine's
        ("hari ini 08:00", "2020-09-18T01:00:00.000Z"),
        ("yesterday", "2020-09-17T16:59:59.999Z"),
        ("kemarin 17:00", "2020-09-17T10:00:00.000Z"),
        ("-2w", "2020-09-04T16:59:59.999Z"),
        ("-1d 00:00", "2020-09-16T17:00:00.000Z"),
        ("akhir bulan", "2020-09-30T16:59:59.999Z"),
    ],
)
def test_a_relative_moment_counts_from_the_offices_today(office: "Office", text: str, moment: str) -> None:
    assert moment_of(text, office.connection) == moment


@pytest.mark.parametrize(
    "text",
    [
        *("", "2020-02-30", "10:30", "2020-09", "9/17/2020", "17/9/20 10:30", "30 Feb 2020 10:30", "Jumat, 17/9/2020"),
        *("17 Sept 2020 25:00", "17 Sept 2020 10:30 WIB", "17 Sept 2020 10.30", "yesterday 1", "2w", "now"),
    ],
)
def test_what_is_no_moment_is_wrong_usage(office: "Office", text: str) -> None:
    with pytest.raises(NotAMoment, match="Write a day") as error:
        moment_of(text, office.connection)
    assert error.value.exit_code == 2


@pytest.mark.parametrize("spoiled", ["60x", "", "9" * 17, "9" * 5000])
def test_a_tolerance_that_another_program_spoiled_is_the_usual_one(office: "Office", spoiled: str) -> None:
    office.connection.execute("UPDATE setting SET value = ? WHERE key = 'clock_tolerance'", (spoiled,))
    assert clock.tolerance(office.connection).total_seconds() == 60
