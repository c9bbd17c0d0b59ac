"""The page for the public: how many foreign residents there are, by district, group of permits and nationality.

A cell of a table has one number, or the mark of a hidden one. No other cell has a number in it.
"""

from collections.abc import Iterable, Iterator, Sequence

from timpora_cli.language import chosen
from timpora_cli.model.supervision.areas import DISTRICT, OTHERS_OF, Area
from timpora_cli.model.supervision.public_page import Nationality, PublicPage
from timpora_cli.render.pages.blocks import Block, Facts, Grid, Heading, Letterhead, Paragraph, Title
from timpora_cli.render.pages.words import weekday_and_day, word

HIDDEN = "\u2022"


def public(page: PublicPage) -> Iterator[Block]:
    """Yield the page: the letterhead, the day, the tables, and what a reader has to know of them."""
    yield Letterhead(page.letterhead)
    yield Title(word("public_title"))
    yield Facts(((word("as_of"), weekday_and_day(page.on)), (word("public_basis"), word("public_counted"))))
    if page.total is None:
        yield Paragraph(word("public_few", threshold=page.threshold))
        return
    if not page.total:
        yield Paragraph(word("nobody"))
        return
    yield Heading(word("public_places"))
    yield from _by_place(page)
    yield Heading(word("sec_nationalities"))
    yield from _by_nationality(page)
    yield Paragraph(word("public_rule", threshold=page.threshold))
    if page.hides:
        yield Paragraph(word("public_hidden", mark=HIDDEN))


def _by_place(page: PublicPage) -> Iterator[Block]:
    columns = [_column(code) for code in page.columns]
    if page.cells:
        rows = [
            (_area(area), *map(_number, numbers), str(total))
            for area, numbers, total in zip(page.areas, page.cells, page.area_totals, strict=True)
        ]
        rows.append((word("total"), *map(str, page.column_totals), str(page.total)))
        yield _table((word("district"), *columns, word("total")), rows)
        return
    if page.areas:
        yield _list("district", zip(map(_area, page.areas), page.area_totals, strict=True), page)
    if page.columns:
        yield _list("class", zip(columns, page.column_totals, strict=True), page)
    if not page.areas and not page.columns:
        yield Paragraph(word("public_total", total=page.total))


def _by_nationality(page: PublicPage) -> Iterator[Block]:
    if not page.nationalities:
        yield Paragraph(word("public_no_nationality"))
        return
    named = [(_called(one), one.people) for one in page.nationalities]
    yield _list("nationality", [*named, (word("other_nationalities"), page.others)], page)


def _list(key: str, rows: Iterable[tuple[str, int]], page: PublicPage) -> Grid:
    texts = [(name, str(number)) for name, number in rows]
    return _table((word(key), word("people")), [*texts, (word("total"), str(page.total))])


def _table(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Grid:
    return Grid(headings, tuple(rows), numbers=tuple(range(1, len(headings))))


def _area(area: Area) -> str:
    if area.kind == DISTRICT:
        return area.name
    return word(area.kind, regency=area.name) if area.kind == OTHERS_OF else word(area.kind)


def _column(code: str) -> str:
    return word("WITHOUT") if code == "NONE" else word(code) if code in {"VISIT", "OFFICIAL", "OTHER"} else code


def _number(number: int | None) -> str:
    return HIDDEN if number is None else str(number)


def _called(one: Nationality) -> str:
    return one.name_id if chosen() == "id" else one.name_en
