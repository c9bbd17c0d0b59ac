"""The invitation to a meeting, as an official letter (surat dinas), with the list of the invited on a second sheet."""

from collections.abc import Iterator

from timpora_cli.model.supervision.meetings import ItemKind, MeetingPage
from timpora_cli.render.pages.attendance import signature, when_and_where
from timpora_cli.render.pages.blocks import Block, Facts, Grid, Items, Letterhead, NewSheet, Paragraph, Title
from timpora_cli.render.pages.words import long_day, word

NAMED_ON_THE_LETTER = 3
"""With more institutions than this, they stand on a list of their own."""


def invitation(page: MeetingPage) -> Iterator[Block]:
    """Yield the letter: letterhead, Nomor, Sifat, Lampiran and Hal with place and date, body, signature, copies."""
    record, meeting = page.record, page.record.meeting
    a_list = len(record.invited) > NAMED_ON_THE_LETTER
    attachments = meeting.attachments or (word("attachments_list") if a_list else word("none"))
    yield Letterhead(page.letterhead)
    yield Facts(
        (
            (word("number"), meeting.letter_number or ""),
            (word("nature"), meeting.nature or word("nature_default")),
            (word("attachments"), attachments),
            (word("subject"), word("invitation", theme=meeting.theme)),
        ),
        beside=", ".join(filter(None, (page.town, long_day(page.letter_on)))),
    )
    if a_list:
        yield Paragraph(word("to_list"))
    elif record.invited:
        yield Items(tuple(_addressee(one.institution, one.office) for one in record.invited), word("to"))
    yield Paragraph(word("greeting"))
    yield Paragraph(word("invite", theme=meeting.theme))
    yield Facts(tuple(when_and_where(meeting)))
    if agenda := record.of_kind(ItemKind.AGENDA):
        yield Items(tuple(item.text for item in agenda), f"{word('agenda')}:")
    yield Paragraph(word("thanks"))
    yield signature(page, dated=False)
    if copies := record.of_kind(ItemKind.COPY):
        yield Items(tuple(item.text for item in copies), word("copies"))
    if a_list:
        yield from _list_of_invited(page)


def _list_of_invited(page: MeetingPage) -> Iterator[Block]:
    day, number = long_day(page.letter_on), page.record.meeting.letter_number
    yield NewSheet()
    under = word("letter_of", number=number, day=day) if number else word("letter_of_day", day=day)
    yield Title(word("list_of_invited"), under)
    rows = [(str(number), one.institution, one.office or "") for number, one in enumerate(page.record.invited, start=1)]
    yield Grid(tuple(map(word, ("no", "institution", "office_invited"))), tuple(rows), numbers=(0,))


def _addressee(institution: str, office: str | None) -> str:
    return f"{office}, {institution}" if office else institution
