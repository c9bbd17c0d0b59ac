"""Calendars, read back with the library that others read them with: what is in them, and what never is."""

import os
from datetime import UTC, date, datetime
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar as File
from icalendar import Event

from timpora_cli.model.calendar import Calendar, Entry
from timpora_cli.model.names import visible
from timpora_cli.model.people import PermitHeld, Person, Place
from timpora_cli.model.rules import Standing, State
from timpora_cli.model.terms import CLASSES
from timpora_cli.render.formats import ics
from timpora_cli.render.formats.ics import initials

GOLDEN = Path(__file__).parents[2] / "golden"
CHANGED_AT = datetime(2020, 9, 17, 3, 4, 5, 6000, tzinfo=UTC)
PLACE = Place("19.02.01.2012", "Air Merbau", "19.02.01", "Tanjungpandan")
# Two spellings of what a calendar takes for the end of a line, and what else it has a meaning for.
HOSTILE = 'Eve\nBEGIN:VEVENT\r\nX\\n\\N;,:" \u202egnp.exe \x1b[2J'
any_text = st.text(st.characters(exclude_categories=()))


def entry(
    number: int = 12,
    name: str = "Ann Invented",
    *,
    place: Place = PLACE,
    kind: str = "KITAS",
    relief: str | None = None,
    ended_on: date | None = None,
) -> Entry:
    act_by, until = date(2020, 9, 18), date(2020, 9, 20)
    printed = date(2020, 4, 10) if relief else until
    standing = Standing(State.DUE, 3, None, None, None, act_by)
    permit = PermitHeld(number, kind, "2C21JD0012-V", date(2019, 9, 20), printed, until, relief, standing)
    person = Person(
        number, name, "F", date(1980, 2, 29), "AUS", "WORK", "PT Rekaan Sponsor", date(2019, 1, 1), place, permit
    )
    return Entry(f"permit-{number}@0123456789abcdef.timpora", 3000, act_by, until, person, permit, ended_on)


def calendar(*entries: Entry) -> Calendar:
    return Calendar(entries, (), CHANGED_AT)


def written(*entries: Entry, full_names: bool = False, title: str | None = None) -> bytes:
    stream = StringIO(newline="")
    ics.write(calendar(*entries), stream, full_names=full_names, title=title)
    return stream.getvalue().encode()


def read_back(content: bytes) -> list[Event]:
    return list(File.from_ical(content).events)


def event(one: Entry, *, full_names: bool = False) -> Event:
    (found,) = read_back(written(one, full_names=full_names))
    return found


def lines(one: Entry, *, full_names: bool = False) -> list[str]:
    return str(event(one, full_names=full_names)["DESCRIPTION"]).split("\n")


def test_an_event_is_all_day_on_the_day_to_act_by_and_takes_nobodys_time() -> None:
    found = event(entry())
    assert (found.decoded("DTSTART"), found.decoded("DTEND")) == (date(2020, 9, 18), date(2020, 9, 19))
    assert found["DTSTART"].params["VALUE"] == "DATE"
    assert (found["STATUS"], found["TRANSP"], found["SEQUENCE"]) == ("CONFIRMED", "TRANSPARENT", 3000)
    assert found["UID"] == "permit-12@0123456789abcdef.timpora"
    assert found.decoded("DTSTAMP") == found.decoded("LAST-MODIFIED") == CHANGED_AT.replace(microsecond=0)
    assert found.categories == ["KITAS"]


def test_an_event_says_what_it_is_about_and_where_to_look() -> None:
    assert event(entry())["SUMMARY"] == "KITAS until 2020-09-20: A. I. (resident 12)"
    assert lines(entry()) == [
        "KITAS: Limited stay permit",
        "Valid until Sunday 20 September 2020.",
        "timpora resident show 12",
    ]


def test_a_relief_is_named_beside_what_is_printed() -> None:
    assert lines(entry(relief="The relief of April"))[2] == (
        "By the relief The relief of April; as printed, until Friday 10 April 2020."
    )


def test_what_is_taken_back_is_cancelled_and_says_so() -> None:
    found = event(entry(ended_on=date(2020, 9, 10)))
    assert (found["STATUS"], found.decoded("DTSTART")) == ("CANCELLED", date(2020, 9, 18))
    assert found["SUMMARY"] == "Cancelled: KITAS until 2020-09-20: A. I. (resident 12)"
    assert str(found["DESCRIPTION"]).startswith("This permit ended on Thursday 10 September 2020.\n")


def test_names_and_places_are_there_only_where_they_are_asked_for() -> None:
    found = event(entry(), full_names=True)
    assert found["SUMMARY"] == "KITAS until 2020-09-20: Ann Invented (resident 12)"
    assert found["LOCATION"] == "Air Merbau, Tanjungpandan"
    bare = written(entry(), entry(13, ended_on=date(2020, 9, 10))).decode()
    for secret in ("Ann", "Invented", "Merbau", "Tanjungpandan", "AUS", "Rekaan", "2C21", "1980", "19.02", "LOCATION"):
        assert secret not in bare


@pytest.mark.parametrize("full_names", [False, True])
def test_no_number_of_a_document_and_no_sponsor_is_ever_in_a_calendar(full_names: bool) -> None:
    content = written(entry(), full_names=full_names).decode()
    for secret in ("2C21JD0012-V", "12-V", "Rekaan", "AUS", "1980"):
        assert secret not in content


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (Place(None, None, "19.02.01", "Tanjungpandan"), "Tanjungpandan"),
        (Place(None, None, None, None), None),
    ],
)
def test_a_place_that_is_not_known_is_left_out(place: Place, shown: str | None) -> None:
    assert event(entry(place=place), full_names=True).get("LOCATION") == shown


@pytest.mark.parametrize("kind", [kind.term.code for kind in CLASSES])
def test_every_class_has_its_word(kind: str) -> None:
    assert lines(entry(kind=kind))[0].startswith(f"{kind}: ")


def test_a_calendar_says_what_it_is() -> None:
    found = File.from_ical(written(entry()))
    assert (found["VERSION"], found["METHOD"], found["PRODID"]) == ("2.0", "PUBLISH", "-//timpora//timpora//EN")
    assert found["X-WR-CALNAME"].to_ical() == b"Stay permits: act by"
    titled = written(title="Air Merbau, 2020; \\N all\nof it")
    assert b"\r\nX-WR-CALNAME:Air Merbau\\, 2020\\; \\\\x5cN all\\\\nof it\r\n" in titled
    assert read_back(written()) == []


@pytest.mark.parametrize(("undated", "said"), [((7,), "resident 7."), ((7, 9), "residents 7\\, 9."), ((), None)])
def test_a_calendar_says_who_has_no_day_in_it(undated: tuple[int, ...], said: str | None) -> None:
    stream = StringIO(newline="")
    ics.write(Calendar((), undated, CHANGED_AT), stream, full_names=False)
    unfolded = stream.getvalue().replace("\r\n ", "")
    if said is None:
        assert "X-WR-CALDESC" not in unfolded
    else:
        assert f"X-WR-CALDESC:Without a day to act by\\, and so in no calendar: {said}\r\n" in unfolded


def test_hostile_names_come_out_visible_on_one_line() -> None:
    one = entry(name=HOSTILE, place=Place("1", HOSTILE, "2", "Sijuk"), relief=HOSTILE)
    found = event(one, full_names=True)
    shown = visible(HOSTILE).replace("\\N", "\\x5cN")
    assert found["SUMMARY"] == f"KITAS until 2020-09-20: {shown} (resident 12)"
    assert found["LOCATION"] == f"{shown}, Sijuk"
    assert f"By the relief {shown};" in str(found["DESCRIPTION"])
    assert "\n" not in shown
    assert "\u202e" not in written(one, full_names=True).decode()


@given(name=any_text, village=any_text, relief=any_text, full_names=st.booleans())
def test_any_text_comes_back_as_it_was_shown(name: str, village: str, relief: str, full_names: bool) -> None:
    one = entry(name=name, place=Place("1", village, "2", "Sijuk"), relief=relief)
    content = written(one, full_names=full_names, title=name)
    (found,) = read_back(content)
    whole = name if full_names else initials(name)
    shown = visible(whole).replace("\\N", "\\x5cN")
    assert found["SUMMARY"] == f"KITAS until 2020-09-20: {shown} (resident 12)"
    assert len(str(found["DESCRIPTION"]).split("\n")) == 4
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line
        assert b"\r" not in line
        line.decode()  # no character is broken in two
    assert content.endswith(b"END:VCALENDAR\r\n")
    unfolded = content.replace(b"\r\n ", b"").decode()
    assert all(character.isprintable() or character in "\r\n\u200c\u200d" or character.isspace()
               for character in unfolded)  # fmt: skip


@pytest.mark.parametrize("newline", ["", None, "\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-16"])
def test_the_bytes_are_the_same_whatever_a_stream_makes_of_text(newline: str | None, encoding: str) -> None:
    one = entry(name="Żofia Wymyślona")
    end = BytesIO()
    stream = TextIOWrapper(end, encoding=encoding, newline=newline)
    ics.write(calendar(one), stream, full_names=True)
    stream.flush()
    assert end.getvalue() == written(one, full_names=True)


def test_what_was_written_before_stays_before() -> None:
    end = BytesIO()
    stream = TextIOWrapper(end, encoding="utf-8", newline="")
    stream.write("first ")
    ics.write(calendar(), stream, full_names=False)
    stream.flush()
    assert end.getvalue().startswith(b"first BEGIN:VCALENDAR\r\n")


ENTRIES = (
    entry(12),
    entry(13, "Wolfeschlegelsteinhausenbergerdorff " * 3 + "Jr", relief="Izin tinggal keadaan terpaksa (April 2020)"),
    entry(14, "李小龍 " * 20, kind="KITAP"),
    entry(15, HOSTILE, kind="ITK", relief=HOSTILE),
    entry(16, "محمد المختلق", place=Place(None, None, None, None)),
    entry(17, "Nguye\u0302\u0303n Thi\u0323 H", kind="VOA", ended_on=date(2020, 9, 10)),
)


@pytest.mark.parametrize(
    ("name", "full_names"), [("render_calendar.ics", False), ("render_calendar_full_names.ics", True)]
)
def test_a_calendar_is_written_as_it_was_agreed(name: str, full_names: bool) -> None:
    content = written(*ENTRIES, full_names=full_names, title="Stay permits, Tanjungpandan")
    path = GOLDEN / name
    if os.environ.get("TIMPORA_GOLDEN") == "write":
        path.write_bytes(content)
    assert content == path.read_bytes()
    assert len(read_back(content)) == len(ENTRIES)
