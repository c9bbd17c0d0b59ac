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
    with office.change() as change:
        change.update("setting", "time_zone", {"value": name})


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
    with office.change() as change:
        change.remove("setting", "time_zone")
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
    ],
)
def test_a_moment_is_the_offices_unless_it_says_otherwise(office: "Office", text: str, moment: str) -> None:
    assert moment_of(text, office.connection) == moment


@pytest.mark.parametrize("text", ["", "yesterday", "2020-02-30", "10:30", "2020-09"])
def test_what_is_no_moment_is_wrong_usage(office: "Office", text: str) -> None:
    with pytest.raises(NotAMoment, match="Write a day") as error:
        moment_of(text, office.connection)
    assert error.value.exit_code == 2
