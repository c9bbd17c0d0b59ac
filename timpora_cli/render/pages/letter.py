"""A reminder to a sponsor or a spouse: as a page to print, and as a short text to paste into a message.

Both have Indonesian above and English below. The day by which to come is the last working day on or before the end;
where that has passed, or no end is known, it is "as soon as you can".
"""

from collections.abc import Iterator
from datetime import date

from timpora_cli.model.names import visible
from timpora_cli.model.people import PermitHeld
from timpora_cli.model.rules import State
from timpora_cli.model.supervision.letters import Letter, LetterPage
from timpora_cli.render.pages.blocks import Block, Facts, Grid, Heading, InLanguage, Letterhead, Paragraph, Signature
from timpora_cli.render.pages.letter_words import ORDER, letter_day, said

COLUMNS = ("no", "name", "permit", "ends", "come_by")
REMARKED = (State.OVERSTAY, State.RELIEF, State.UNKNOWN)
FIRST = ORDER[0]


def as_html(page: LetterPage) -> str:
    """Return a letter as one self-contained file of html."""
    from timpora_cli.render.pages.html import html

    title = f"{said(FIRST, 'reminder')}: {page.letter.addressee.name}"
    return html(title, letter(page), language=FIRST)


def as_message(page: LetterPage) -> str:
    """Return the short text of a letter, without the numbers of permits: a message may be read by others."""
    office = {language: page.office or said(language, "office") for language in ORDER}
    parts = []
    for language in ORDER:
        lines = [
            said(language, "to", name=page.letter.addressee.name),
            said(language, "short_intro", office=office[language]),
            *(f"- {_short(language, permit, name, page.on)}" for name, permit in _held(page.letter)),
            said(language, "short_end"),
        ]
        parts.append("".join(f"{visible(line)}\n" for line in lines))
    return "\n".join(parts)


def letter(page: LetterPage) -> Iterator[Block]:
    """Yield the letter: letterhead, subject with place and day, body and place to sign; the same in English below."""
    to = page.letter.addressee
    yield Letterhead(page.letterhead)
    place_and_day = ", ".join(filter(None, (page.town, letter_day(FIRST, page.on))))
    yield Facts(((said(FIRST, "subject"), said(FIRST, "reminder")),), beside=place_and_day)
    yield Paragraph(", ".join(filter(None, (said(FIRST, "to", name=to.name), to.address))))
    yield Paragraph(said(FIRST, "greeting"))
    yield from _body(FIRST, page)
    yield Signature((page.office or said(FIRST, "office"),), "")
    for language in ORDER[1:]:
        yield InLanguage(language)
        yield Heading(said(language, "reminder"))
        yield from _body(language, page)


def _body(language: str, page: LetterPage) -> Iterator[Block]:
    yield Paragraph(said(language, f"intro_{page.letter.addressee.kind}"))
    yield _grid(language, page)
    states = {permit.standing.state for _name, permit in _held(page.letter)}
    asked = ["come"]
    if State.OVERSTAY in states:
        asked.append("overdue")
    if State.UNKNOWN in states:
        asked.append("undated")
    yield Paragraph(" ".join(said(language, key) for key in (*asked, "settled", "thanks")))


def _grid(language: str, page: LetterPage) -> Grid:
    """Return the people with their permits, ends and days; a column of remarks stands there where one has a remark."""
    held = list(_held(page.letter))
    remarks = [_remark(language, permit) for _name, permit in held]
    rows = [
        (str(number), name, _permit(permit), _end(language, permit), _by(language, permit, page.on))
        for number, (name, permit) in enumerate(held, start=1)
    ]
    headings = tuple(said(language, key) for key in COLUMNS)
    if not any(remarks):
        return Grid(headings, tuple(rows), numbers=(0,))
    remarked = tuple((*row, remark) for row, remark in zip(rows, remarks, strict=True))
    return Grid((*headings, said(language, "remark")), remarked, numbers=(0,))


def _held(letter: Letter) -> Iterator[tuple[str, PermitHeld]]:
    """Yield the name and the permit of each person; all on an expiry list hold one."""
    for person in letter.people:
        if person.permit is not None:
            yield person.name, person.permit


def _permit(permit: PermitHeld) -> str:
    return f"{permit.class_code} {permit.number}" if permit.number else permit.class_code


def _end(language: str, permit: PermitHeld) -> str:
    end = permit.effective_until
    return said(language, "no_day") if end is None else letter_day(language, end)


def _day_to_come(permit: PermitHeld, on: date) -> date | None:
    """Return the day by which to come; None where it has passed, or there is none."""
    by = permit.standing.act_by
    return by if by is not None and by >= on else None


def _by(language: str, permit: PermitHeld, on: date) -> str:
    by = _day_to_come(permit, on)
    return said(language, "soon") if by is None else letter_day(language, by)


def _remark(language: str, permit: PermitHeld) -> str:
    state = permit.standing.state
    if state not in REMARKED:
        return ""
    printed = "" if permit.expires_on is None else letter_day(language, permit.expires_on)
    return said(language, state.value, day=printed)


def _short(language: str, permit: PermitHeld, name: str, on: date) -> str:
    """Return the line of a person in the short text."""
    by, state = _day_to_come(permit, on), permit.standing.state
    usual = "soon" if by is None else "ends"
    key = state.value if state in {State.OVERSTAY, State.UNKNOWN} else usual
    day = "" if by is None else letter_day(language, by)
    return said(language, f"short_{key}", name=name, permit=permit.class_code, day=_end(language, permit), by=day)
