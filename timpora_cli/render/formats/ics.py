"""An iCalendar file of the days to act by.

Calendars are copied to telephones and shared with others. So no number of a document is ever in one, and of the person
only initials and the resident's id, unless more is asked for.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import timedelta
from io import TextIOWrapper
from typing import TYPE_CHECKING, TextIO

from timpora_cli.language import _, n_
from timpora_cli.model.calendar import Calendar, Entry
from timpora_cli.model.dates import in_words
from timpora_cli.model.names import BLANKS, visible
from timpora_cli.model.people import Reporting
from timpora_cli.model.terms import CLASSES

if TYPE_CHECKING:
    from icalendar import Event

CLASS_NAMES = {kind.term.code: kind.term for kind in CLASSES}
PRODUCT = "-//timpora//timpora//EN"  # without a version: a later version writes the same bytes for the same list


def write(calendar: Calendar, stream: TextIO, *, full_names: bool, title: str | None = None) -> None:
    """Write a calendar (RFC 5545) to `stream`: UTF-8, with lines that end in CRLF, whatever the stream makes of a line.

    `full_names` has names and where people live; without it there are initials. `title` is the calendar's name.
    """
    from icalendar import Calendar as File
    from icalendar import vText

    file = File()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    # The library escapes a property that is not in the standard only if its value is a vText.
    file.add("x-wr-calname", vText(_shown(_usual_name(calendar) if title is None else title)))
    if calendar.undated:
        file.add("x-wr-caldesc", vText(left_out(calendar.undated)))
    for entry in calendar.entries:
        event = _event(entry, full_names=full_names)
        event.add("dtstamp", calendar.changed_at)
        event.add("last-modified", calendar.changed_at)
        file.add_component(event)
    _put(file.to_ical(), stream)


def _usual_name(calendar: Calendar) -> str:
    return _("KITAP reports: act by") if calendar.subject == "REPORT" else _("Stay permits: act by")


def left_out(residents: Sequence[int]) -> str:
    """Return the sentence that names the residents on the list who have no day in the calendar."""
    sentence = n_(
        "Without a day to act by, and so in no calendar: resident {ids}.",
        "Without a day to act by, and so in no calendar: residents {ids}.",
        len(residents),
    )
    return sentence.format(ids=", ".join(str(one) for one in residents))


def _event(entry: Entry, *, full_names: bool) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("status", "CONFIRMED" if entry.ended_on is None else "CANCELLED")
    event.add("dtstart", entry.act_by)
    event.add("dtend", entry.act_by + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", _shown(_summary(entry, full_names=full_names)))
    event.add("description", "\n".join(_shown(line) for line in _description(entry)))
    event.add("categories", [entry.permit.class_code])
    place = entry.person.place
    known = [name for name in (place.village, place.district) if name]
    if full_names and known:
        event.add("location", _shown(", ".join(known)))
    return event


def _summary(entry: Entry, *, full_names: bool) -> str:
    name = entry.person.name if full_names else initials(entry.person.name)
    said = _("{kind} until {day}: {name} (resident {resident})")
    if entry.person.reporting is not None:
        said = _("{kind}, report by {day}: {name} (resident {resident})")
    summary = said.format(
        kind=entry.permit.class_code, day=entry.until.isoformat(), name=name, resident=entry.person.resident_id
    )
    # Not every calendar program hides or strikes out a cancelled event.
    return summary if entry.ended_on is None else _("Cancelled: {summary}").format(summary=summary)


def _description(entry: Entry) -> Iterator[str]:
    permit, report = entry.permit, entry.person.reporting
    if report is not None:
        yield from _report(entry, report)
        return
    if entry.ended_on is not None:
        yield _("This permit ended on {day}.").format(day=in_words(entry.ended_on))
    yield f"{permit.class_code}: {CLASS_NAMES[permit.class_code].name}"
    yield _("Valid until {day}.").format(day=in_words(entry.until))
    if permit.relief is not None and permit.expires_on is not None:
        sentence = _("By the relief {relief}; as printed, until {day}.")
        yield sentence.format(relief=permit.relief, day=in_words(permit.expires_on))
    yield f"timpora resident show {entry.person.resident_id}"


def _report(entry: Entry, report: Reporting) -> Iterator[str]:
    if entry.ended_on is not None:
        yield _("The report was made, or the permit ended, on {day}.").format(day=in_words(entry.ended_on))
    yield f"{entry.permit.class_code}: {CLASS_NAMES[entry.permit.class_code].name}"
    yield _("The holder reports to the office by {day}.").format(day=in_words(entry.until))
    if report.last is not None:
        yield _("Last reported on {day}.").format(day=in_words(report.last))
    yield f"timpora resident show {entry.person.resident_id}"


def _shown(text: str) -> str:
    # The library takes a backslash before an N for the end of a line.
    return visible(text).replace(r"\N", r"\x5cN")


def _put(content: bytes, stream: TextIO) -> None:
    if isinstance(stream, TextIOWrapper):
        # The stream may have another encoding and other line ends than a calendar must have.
        stream.flush()
        stream.buffer.write(content)
    else:
        stream.write(content.decode())


def initials(name: str) -> str:
    """Return the first letter of each word of a name, with its marks and a full stop, as in "A. I." for Ann Invented.

    Letters stay as they are written, small ones too. A word without a letter is left out; where there is no letter at
    all, the answer is "?".
    """
    letters = (_initial(word) for word in name.split())
    return " ".join(f"{letter}." for letter in letters if letter) or "?"


def _initial(word: str) -> str:
    """Return the first letter of `word` with the marks that follow it. An apostrophe counts only without a letter."""
    kinds = [unicodedata.category(character) for character in word]
    letters = [
        (kind == "Lm", place) for place, kind in enumerate(kinds) if kind.startswith("L") and word[place] not in BLANKS
    ]
    if not letters:
        return ""
    _is_modifier, first = min(letters)
    after = first + 1
    while after < len(word) and kinds[after].startswith("M"):
        after += 1
    return word[first:after]
