"""The attendance list of a meeting: to be signed, and afterwards with who came in whose place."""

from collections.abc import Iterator

from timpora_cli.model.supervision.meetings import Meeting, MeetingPage, MeetingRecord, Present
from timpora_cli.render.pages.blocks import Block, Facts, Grid, Letterhead, Paragraph, Signature, Title
from timpora_cli.render.pages.words import between, long_day, weekday_and_day, word


def attendance(page: MeetingPage) -> Iterator[Block]:
    """Yield the page: with an empty column to sign where it is `to_sign` or nobody is recorded, else with who came."""
    record = page.record
    yield Letterhead(page.letterhead)
    yield Title(word("attendance_list"), record.meeting.theme)
    yield Facts(tuple(when_and_where(record.meeting)))
    if page.to_sign or not record.present:
        yield to_sign(record)
    else:
        yield Paragraph(summary(record))
        yield who_came(record)
    yield signature(page)


def when_and_where(meeting: Meeting) -> Iterator[tuple[str, str]]:
    """Yield the day, the time and the place of a meeting, each with its label."""
    yield word("day"), weekday_and_day(meeting.on_day)
    if time := between(meeting.begins_at, meeting.ends_at):
        yield word("time"), time
    yield word("place"), meeting.place


def to_sign(record: MeetingRecord) -> Grid:
    """Return the list of the invited with empty columns for the name and the signature."""
    rows = [
        (str(number), one.institution, one.office or "", "", "") for number, one in enumerate(record.invited, start=1)
    ]
    headings = ("no", "institution", "office_invited", "name_office", "sign")
    return Grid(tuple(map(word, headings)), tuple(rows), numbers=(0,), by_hand=(3, 4))


def who_came(record: MeetingRecord) -> Grid:
    """Return the list of the invited with who came for each, and behind them those who were not invited."""
    by_line: dict[int | None, list[Present]] = {}
    for one in record.present:
        by_line.setdefault(one.invited_id, []).append(one)
    rows: list[tuple[str, ...]] = []
    for number, line in enumerate(record.invited, start=1):
        invited = (str(number), line.institution, line.office or "")
        came = by_line.get(line.id, [])
        rows += [(*(invited if place == 0 else ("", "", "")), *_came(one)) for place, one in enumerate(came)]
        if not came:
            rows.append((*invited, "", word("absent")))
    rows += [("", one.institution, "", *_came(one)) for one in by_line.get(None, [])]
    headings = ("no", "institution", "office_invited", "name_office", "attendance")
    return Grid(tuple(map(word, headings)), tuple(rows), numbers=(0,))


def summary(record: MeetingRecord) -> str:
    """Return the sentence that says how many came."""
    invited, people = len(record.invited), len(record.present)
    return word("summary", present=record.institutions_present, invited=invited, people=people)


def signature(page: MeetingPage, *, dated: bool = True) -> Signature:
    """Return the place to sign; with `dated`, below the place and the day of the meeting."""
    meeting = page.record.meeting
    day = ", ".join(filter(None, (page.town, long_day(meeting.on_day)))) if dated else ""
    number = word("nip", number=meeting.signer_number) if meeting.signer_number else ""
    return Signature(tuple(filter(None, (day, meeting.signer_office))), meeting.signer or "", number)


def _came(one: Present) -> tuple[str, str]:
    who = f"{one.name}, {one.office}" if one.office else one.name
    how = word("stood_in", whom=one.stands_in_for) if one.stands_in_for else word("came")
    return who, f"{how}, {word('uninvited')}" if one.invited_id is None else how
