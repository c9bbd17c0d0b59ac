"""The briefing for a meeting: its head, and the sections that are asked for, in one order.

What an audience sees of a fact stands in model/supervision/briefing.py. Everything that names a person goes through it.
"""

from collections.abc import Callable, Iterator, Mapping

from timpora_cli.model.supervision.briefing import Brief
from timpora_cli.model.supervision.meetings import Meeting
from timpora_cli.render.pages import brief_counts, brief_people, brief_work
from timpora_cli.render.pages.blocks import Block, Facts, Heading, Letterhead, Paragraph, Title
from timpora_cli.render.pages.words import long_day, moment, weekday_and_day, word

Section = Callable[[Brief], Iterator[Block]]


def brief(made: Brief) -> Iterator[Block]:
    """Yield the page: the letterhead, what it is of, and each section under its heading."""
    yield Letterhead(made.letterhead)
    yield Title(word("brief_title"), made.asked.meeting.theme if made.asked.meeting else "")
    yield Facts(tuple(_head(made)))
    for section in made.asked.sections:
        heading, blocks = SECTIONS[section]
        yield Heading(heading(made))
        yield from blocks(made)


def _head(made: Brief) -> Iterator[tuple[str, str]]:
    yield word("as_of"), weekday_and_day(made.asked.on)
    yield word("known_at"), _known(made)
    if made.asked.meeting:
        yield word("for_meeting"), _day_and_place(made.asked.meeting)
    yield word("area"), "; ".join(made.area) or word("whole_area")
    yield word("audience"), word(made.asked.audience)
    yield word("last_meeting"), _day_and_place(made.last) if made.last else word("no_last")
    following = _day_and_place(made.next) if made.next else word("no_next", until=long_day(made.until))
    yield word("next_meeting"), following


def _day_and_place(meeting: Meeting) -> str:
    return f"{weekday_and_day(meeting.on_day)}, {meeting.place}"


def _known(made: Brief) -> str:
    if made.head is None:
        return word("no_change")
    return word("after_change", number=made.head.number, moment=moment(made.known))


def _log(made: Brief) -> Iterator[Block]:
    if made.head is None:
        yield Paragraph(word("no_change"))
        return
    yield Facts(((word("change_number"), str(made.head.number)), (word("change_moment"), moment(made.known))))
    yield Paragraph(word("digest"))
    yield Paragraph(made.head.digest)


def _places_heading(made: Brief) -> str:
    return word("sec_village_counts") if made.figures.by_village else word("sec_counts")


SECTIONS: Mapping[str, tuple[Callable[[Brief], str], Section]] = {
    "counts": (_places_heading, brief_counts.counts),
    "nationalities": (lambda _made: word("sec_nationalities"), brief_counts.nationalities),
    "change": (lambda _made: word("sec_change"), brief_counts.change),
    "trend": (lambda _made: word("sec_trend"), brief_counts.trend),
    "expiries": (lambda made: word("sec_expiries", until=long_day(made.until)), brief_people.expiries),
    "reliefs": (lambda _made: word("sec_reliefs"), brief_work.reliefs),
    "overstays": (lambda _made: word("sec_overstays"), brief_people.overstays),
    "duties": (lambda made: word("sec_duties", until=long_day(made.until)), brief_people.duties),
    "cases": (lambda _made: word("sec_cases"), brief_work.cases),
    "decisions": (lambda _made: word("sec_decisions"), brief_work.decisions),
    "log": (lambda _made: word("sec_log"), _log),
}
"""The heading and the blocks of each section."""
