"""A person's own file as a page, made of the columns of its card, so that page and JSON have the same."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from timpora_cli.model.supervision.briefing import Head
from timpora_cli.render.answer import Cell, Column, Kind, Part
from timpora_cli.render.answers.personal.file import FILE, FileCard
from timpora_cli.render.pages.blocks import Block, Facts, Grid, Heading, Letterhead, Paragraph, Title
from timpora_cli.render.pages.dossier_words import INDONESIAN, said
from timpora_cli.render.pages.words import moment, weekday_and_day, word
from timpora_cli.render.text import WITH_WORDS, text_of

WIDEST = 6
"""The most columns of a table; a list of more is printed record by record."""
OF_HISTORY = ("table", "field", "before", "after")
"""The columns of the history that a page has, under a line that says who made the change; JSON has all."""
WHOLE = (Kind.DATE, Kind.REFERENCE)


class DossierPage(NamedTuple):
    """A person's own file with the letterhead of its day, the last change that it knows, and the moment of that one."""

    card: FileCard
    letterhead: tuple[str, ...]
    head: Head | None
    moment: str

    @property
    def known(self) -> str:
        """Which change the page knows, in words."""
        if self.head is None:
            return word("no_change")
        return word("after_change", number=self.head.number, moment=moment(self.moment))


def dossier(page: DossierPage) -> Iterator[Block]:
    """Yield the page: whose it is, on what it rests, the person, and each list under its heading."""
    card = page.card
    yield Letterhead(page.letterhead)
    yield Title(word("dossier_title"), card.held.dossier.name)
    yield Facts(((word("as_of"), weekday_and_day(card.held.on)), (word("known_at"), page.known)))
    yield Paragraph(word("dossier_says"))
    yield Heading(word("dossier_person"))
    yield Facts(tuple(_facts(FILE.fields, card, FILE.words)))
    for part in FILE.parts:
        yield Heading(said(part.heading))
        yield from _list(part, card)
    yield Paragraph(word("dossier_ends"))


def _history(part: Part[FileCard], card: FileCard) -> Iterator[Block]:
    columns = [column for column in part.table.columns if column.key in OF_HISTORY]
    headings = tuple(said(column.heading) for column in columns)
    for _number, lines in groupby(card.lines, key=lambda line: line.change.number):
        several = list(lines)
        change = several[0].change
        made = (several[0].at, change.officer, change.command, change.reason)
        rows = tuple(tuple(_text(column, line, part.table.words) for column in columns) for line in several)
        yield Grid(headings, rows, caption=" · ".join(filter(None, made)))


def _list(part: Part[FileCard], card: FileCard) -> Iterator[Block]:
    if part.key == "history":
        yield from _history(part, card)
        return
    records = list(part.get(card))
    columns = [column for column in part.table.columns if not column.people_only]
    words = {**part.table.words, **card.held.names}
    rows = [[_text(column, record, words) for column in columns] for record in records]
    filled = [place for place in range(len(columns)) if any(row[place] for row in rows)]
    if not records:
        yield Paragraph(word("nothing"))
    elif len(filled) <= WIDEST:
        yield Grid(
            tuple(said(columns[place].heading) for place in filled),
            tuple(tuple(row[place] for place in filled) for row in rows),
            whole=tuple(at for at, place in enumerate(filled) if columns[place].kind in WHOLE),
        )
    else:
        for record in records:
            yield Facts(tuple(_facts(columns, record, words)))


def _facts(columns: Sequence[Column[Any]], record: object, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for column in columns:
        if text := _text(column, record, words):
            yield said(column.heading), text


def _text(column: Column[Any], record: object, words: Mapping[str, str]) -> str:
    cell: Cell = column.get(record)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return said("yes" if cell else "no")
    text = text_of(column.kind, words)(cell)
    return said(text) if column.kind in WITH_WORDS and text in INDONESIAN else text
