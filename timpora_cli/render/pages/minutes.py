"""The minutes of a meeting (notula), in the order in which the reports of such meetings tell them."""

from collections.abc import Iterator, Sequence
from datetime import date
from string import ascii_uppercase

from timpora_cli import data
from timpora_cli.language import chosen
from timpora_cli.model.counting.counts import CountRow
from timpora_cli.model.supervision.meetings import DecisionOnDay, Figures, ItemKind, Meeting, MeetingPage, MeetingRecord
from timpora_cli.model.terms import CLASSES, PURPOSES
from timpora_cli.render.pages.attendance import signature, summary, when_and_where, who_came
from timpora_cli.render.pages.blocks import Block, Facts, Grid, Heading, Items, Letterhead, NewSheet, Paragraph, Title
from timpora_cli.render.pages.words import clock, long_day, moment, weekday_and_day, word

MOST_NATIONALITIES = 5


def minutes(page: MeetingPage) -> Iterator[Block]:
    """Yield the head, the sections in their order, the foot, and the attendance list on a sheet of its own."""
    record, meeting = page.record, page.record.meeting
    yield Letterhead(page.letterhead)
    yield Title(word("minutes"))
    yield Facts(tuple(_head(record)))
    for letter, (heading, blocks) in zip(ascii_uppercase, _sections(page), strict=False):
        yield Heading(f"{letter}. {word(heading)}")
        yield from blocks
    yield signature(page)
    yield NewSheet()
    yield Title(word("attendance_list"), meeting.theme)
    yield Paragraph(summary(record))
    yield who_came(record)


def _sections(page: MeetingPage) -> Iterator[tuple[str, Sequence[Block]]]:
    record = page.record
    if page.figures is not None:
        yield "head_report", [Paragraph(_head_says(page.figures))]
    yield "opening", list(_opening(record))
    yield "law", [Items(tuple(_law(record.meeting.on_day)))]
    if page.figures is not None:
        yield "counts", list(_counts(page.figures))
    if record.of_kind(ItemKind.RISK):
        yield "risks", [_items(record, ItemKind.RISK)]
    yield "findings", [_items(record, ItemKind.FINDING)]
    yield "obstacles", [_items(record, ItemKind.OBSTACLE)]
    yield "steps", list(_steps(record))
    if record.carried:
        yield "carried", [decided(record.carried)]
    yield "closing", [Paragraph(" ".join(_closing(record.meeting)))]


def _head(record: MeetingRecord) -> Iterator[tuple[str, str]]:
    meeting = record.meeting
    yield word("theme"), meeting.theme
    yield word("level"), word(meeting.level)
    yield from when_and_where(meeting)
    for key in ("chair", "secretary", "note_taker"):
        if who := getattr(meeting, key):
            yield word(key), who
    yield word("participants"), summary(record)


def _head_says(figures: Figures) -> str:
    classes = ", ".join(f"{row.total} {row.code or word('no_permit').lower()}" for row in figures.by_class)
    return word("head_says", day=long_day(figures.on), people=figures.total, classes=classes or word("none"))


def _opening(record: MeetingRecord) -> Iterator[Block]:
    if record.meeting.opened_by:
        yield Paragraph(word("opened", whom=record.meeting.opened_by))
    yield _items(record, ItemKind.AGENDA)


def _law(on: date) -> Iterator[str]:
    """Yield the legal basis of the team on a day."""
    for row in data.rows("meeting_bases.csv"):
        if (row["valid_from"] or "0") <= on.isoformat() <= (row["valid_until"] or "9"):
            yield row[f"text_{chosen()}"]


def _counts(figures: Figures) -> Iterator[Block]:
    purposes = {purpose.code: purpose.name for purpose in PURPOSES}
    places = {row.code: row.name or "" for row in figures.by_district}
    nations = {row.code: row.name or "" for row in figures.by_nationality}
    total = figures.total
    yield people_by("class", by_class(figures.by_class), total)
    top = figures.by_nationality[:MOST_NATIONALITIES]
    yield people_by("nationality", [(nations[row.code], row) for row in top], total, caption=word("top"))
    yield people_by("district", [(places[row.code] or word("no_region"), row) for row in figures.by_district], total)
    named = [(purposes.get(row.code or "", word("no_purpose")), row) for row in figures.by_purpose]
    yield people_by("purpose", named, total)
    yield Paragraph(word("deported", year=figures.on.year - 1, number=figures.deported))
    day = long_day(figures.on)
    known = word("as_known", day=day, moment=moment(figures.known)) if figures.known else ""
    yield Paragraph(known or word("as_known_now", day=day))


def by_class(rows: Sequence[CountRow]) -> list[tuple[str, CountRow]]:
    """Return the rows of a count by class, each with the code and the name of its class."""
    names = {kind.term.code: f"{kind.term.code} ({kind.term.name})" for kind in CLASSES}
    return [(names.get(row.code or "", word("no_permit")), row) for row in rows]


def people_by(heading: str, rows: Sequence[tuple[str, CountRow]], total: int, caption: str = "") -> Grid:
    """Return how many people each row has, with its share; with all people below, unless there is a `caption`."""
    counted = [(name, str(row.total), share(row.total, total)) for name, row in rows if row.total]
    if not caption:
        counted.append((word("total"), str(total), share(total, total)))
    return Grid((word(heading), word("people"), word("share")), tuple(counted), numbers=(1, 2), caption=caption)


def share(part: int, whole: int) -> str:
    """Return a part of a whole in percent, as the language in force writes it; empty where the whole is nothing."""
    if not whole:
        return ""
    percent = f"{100 * part / whole:.1f}%"
    return percent.replace(".", ",") if chosen() == "id" else percent


def _items(record: MeetingRecord, kind: ItemKind) -> Block:
    texts = tuple(item.text for item in record.of_kind(kind))
    return Items(texts) if texts else Paragraph(word("nothing"))


def _steps(record: MeetingRecord) -> Iterator[Block]:
    if record.decisions:
        rows = [
            (str(number), one.decision.text, one.decision.owner, long_day(one.decision.due_on))
            for number, one in enumerate(record.decisions, start=1)
        ]
        yield Grid(tuple(map(word, ("no", "step", "owner", "due"))), tuple(rows), numbers=(0,))
    elif record.meeting.no_decisions:
        yield Paragraph(word("no_steps", reason=record.meeting.no_decisions.removesuffix(".")))
    else:
        yield Paragraph(word("nothing"))


def decided(decisions: Sequence[DecisionOnDay]) -> Grid:
    """Return decisions with the day of their meeting, who sees to each, by when, and how far it is."""
    rows = [
        (
            long_day(one.decision.meeting_day),
            one.decision.text,
            one.decision.owner,
            long_day(one.decision.due_on),
            _state(one),
        )
        for one in decisions
    ]
    return Grid(tuple(map(word, ("of_meeting", "step", "owner", "due", "state"))), tuple(rows))


def _state(one: DecisionOnDay) -> str:
    state = word(one.state.value)
    reason = one.decision.ended_reason if one.has_ended else None
    return word("state_why", state=state, reason=reason) if reason else state


def _closing(meeting: Meeting) -> Iterator[str]:
    if meeting.ends_at:
        yield word("closed", time=clock(meeting.ends_at))
    yield word("closed_day", day=weekday_and_day(meeting.closed_on)) if meeting.closed_on else word("not_closed")
    yield word("attached")
