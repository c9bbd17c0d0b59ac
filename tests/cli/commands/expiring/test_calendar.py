"""`expiring --format ics`: the days to act by as a calendar, read back with the library that reads calendars."""

from typing import TYPE_CHECKING, NamedTuple

import icalendar
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import AtTerminal, Real, Timpora

ICS = ("expiring", "--within", "30d", "--format", "ics")
UNDATED = "Without a day to act by, and so in no calendar: resident 36."


class Event(NamedTuple):
    """What a calendar shows of one event."""

    status: str
    day: str
    sequence: int
    summary: str
    description: str
    location: str


def read(text: str | bytes) -> icalendar.Component:
    return icalendar.Calendar.from_ical(text)


def events(text: str | bytes) -> dict[str, Event]:
    """The events of a calendar by their UIDs."""
    return {
        str(event["uid"]): Event(
            status=str(event["status"]),
            day=event.decoded("dtstart").isoformat(),
            sequence=int(event.decoded("sequence")),
            summary=str(event["summary"]),
            description=str(event["description"]),
            location=str(event.get("location", "")),
        )
        for event in read(text).walk("VEVENT")
    }


@pytest.mark.slow
def test_every_permit_with_a_day_to_act_by_is_an_event_on_it(timpora: "Timpora") -> None:
    answer = timpora(*ICS)
    assert (answer.code, answer.err) == (0, "")
    listed = {row["resident_id"]: row["act_by"] for row in timpora.rows("expiring", "--within", "30d") if row["act_by"]}
    standing = [event for event in events(answer.out).values() if event.status == "CONFIRMED"]
    assert listed == {event.description.split()[-1]: event.day for event in standing}


@pytest.mark.slow
def test_the_bytes_are_those_of_the_standard(timpora: "Timpora", real: "Real", tmp_path: "Path") -> None:
    answer = real("--db", timpora.db, *ICS, "--as-of", "2020-09-17", around="> calendar.ics", LANG="C")
    assert (answer.code, answer.err) == (0, "")
    content = (tmp_path / "calendar.ics").read_bytes()
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    timpora("expiring", "--within", "30d", "--output", str(tmp_path / "other.ics"))
    assert (tmp_path / "other.ics").read_bytes() == content


@pytest.mark.slow
def test_who_has_no_day_is_named_in_the_calendar_itself(timpora: "Timpora", typing: "AtTerminal") -> None:
    described = read(timpora.answer(*ICS))["x-wr-caldesc"]
    assert str(described).replace("\\,", ",") == UNDATED
    assert typing("--as-of", "2020-09-17", *ICS).err == f"{UNDATED}\n"


@pytest.mark.slow
def test_a_calendar_holds_initials_unless_whole_names_are_asked_for(ann: "Timpora") -> None:
    assert "Ann" not in ann.answer(*ICS)
    assert "Air Merbau" not in ann.answer(*ICS)
    assert "2C21DEMO9001" not in ann.answer(*ICS, "--full-names")
    (event,) = events(ann.answer(*ICS)).values()
    assert event.summary == "KITAS until 2020-09-30: A. I. (resident 1)"
    (whole,) = events(ann.answer(*ICS, "--full-names")).values()
    assert whole.summary == "KITAS until 2020-09-30: Ann Invented (resident 1)"
    assert whole.location == "Air Merbau, Tanjungpandan"


@pytest.mark.slow
def test_a_departure_takes_the_event_back_and_an_undo_puts_it_up_again(ann: "Timpora") -> None:
    ((uid, first),) = events(ann.answer(*ICS)).items()
    assert first.status == "CONFIRMED"
    ann.answer("resident", "depart", "1", "--on", "2020-09-16")
    gone = events(ann.answer(*ICS))[uid]
    assert (gone.status, gone.day) == ("CANCELLED", first.day)
    assert gone.sequence > first.sequence
    ann.answer("undo", "--yes")
    back = events(ann.answer(*ICS))[uid]
    assert back.status == "CONFIRMED"
    assert back.sequence > gone.sequence


@pytest.mark.slow
def test_another_date_raises_the_sequence_and_what_does_not_concern_it_leaves_it(ann: "Timpora") -> None:
    ((uid, first),) = events(ann.answer(*ICS)).items()
    ann.answer("resident", "add", "--name", "Bob Invented", "--nationality", "NZL", "--village", "Air Saga")
    assert events(ann.answer(*ICS))[uid].sequence == first.sequence
    ann.answer("permit", "edit", "1", "--expires", "2020-10-05")
    moved = events(ann.answer(*ICS))[uid]
    assert moved.day == "2020-10-05"
    assert moved.sequence > first.sequence
    ann.answer("holiday", "add", "2020-10-05", "Contoh")
    earlier = events(ann.answer(*ICS))[uid]
    assert earlier.day == "2020-10-02"
    assert earlier.sequence > moved.sequence


def test_a_title_names_the_calendar(ann: "Timpora") -> None:
    for title, name in (((), "Stay permits: act by"), (("--title", "Contoh satu"), "Contoh satu")):
        assert str(read(ann.answer(*ICS, *title))["x-wr-calname"]) == name


def test_an_empty_calendar_is_silent_and_in_a_file_it_is_one(ann: "Timpora", tmp_path: "Path") -> None:
    ann.at("2019-11-01")
    assert ann.answer(*ICS) == ""
    ann.answer("expiring", "--within", "30d", "--output", str(tmp_path / "empty.ics"))
    assert events((tmp_path / "empty.ics").read_bytes()) == {}


def test_a_file_that_is_there_is_left_unless_forced(ann: "Timpora", tmp_path: "Path") -> None:
    into = ("expiring", "--within", "30d", "--output", str(tmp_path / "expiries.ics"))
    ann.answer(*into)
    assert "is there already" in ann.refused(1, *into)
    ann.answer(*into, "--force")


@pytest.mark.slow
def test_a_calendar_tells_once_as_a_list_does(timpora: "Timpora") -> None:
    once = (*ICS, "--new", "--mark")
    assert (len(events(timpora(*once).out)), timpora(*once).out, timpora(*once).err) == (17, "", "")
    assert timpora.answer("expiring", "--within", "30d", "--new") == ""


@pytest.mark.parametrize(
    "option", [("--columns", "name"), ("--sort", "name"), ("--limit", "3"), ("--for-spreadsheet",)]
)
def test_a_calendar_holds_whole_events(ann: "Timpora", option: tuple[str, ...]) -> None:
    assert f"so {option[0]} has no place in it" in ann.refused(2, *ICS, *option)


def test_what_is_for_calendars_or_for_permits_alone_is_said(ann: "Timpora", tmp_path: "Path") -> None:
    assert "A calendar is of permits" in ann.refused(2, *ICS, "--passports")
    assert "--full-names is for calendars" in ann.refused(2, "expiring", "--full-names")
    assert ".ics" not in ann.refused(2, "counts", "--output", str(tmp_path / "counts.ics")).partition("Known")[2]


@pytest.mark.slow
def test_the_exit_code_says_that_there_are_events(ann: "Timpora") -> None:
    assert ann(*ICS, "--exit-code").code == 3
    ann.answer("resident", "depart", "1", "--on", "2020-09-16")
    assert ann(*ICS, "--exit-code").code == 0  # what is taken back is no expiry
    assert ann.at("2019-11-01")(*ICS, "--exit-code").code == 0


@pytest.mark.slow
def test_a_calendar_printed_then_is_printed_again(ann: "Timpora") -> None:
    before = ann.answer(*ICS, "--as-of", "2020-09-17")
    moment = ann.rows("history", "--last", "1")[0]["at"]
    ann.answer("permit", "edit", "1", "--expires", "2020-10-05")
    assert ann.answer(*ICS, "--as-of", "2020-09-17", "--known-at", moment) == before
