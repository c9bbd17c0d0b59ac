"""The figures of a briefing: people by place, class and nationality, since the last meeting, and by month."""

from collections.abc import Iterator, Sequence

from timpora_cli.model.counting.counts import CountRow
from timpora_cli.model.supervision.briefing import Brief
from timpora_cli.model.terms import GROUPS, NO_PERMIT
from timpora_cli.render.pages.blocks import Block, Chart, Grid, Paragraph
from timpora_cli.render.pages.minutes import MOST_NATIONALITIES, by_class, people_by, share
from timpora_cli.render.pages.words import long_day, word


def counts(made: Brief) -> Iterator[Block]:
    """Yield a chart and a table by place and group of permits, and a chart and a table by class."""
    figures = made.figures
    if not figures.total:
        yield Paragraph(word("nobody"))
        return
    by_place = [(_place(row), row) for row in figures.by_place]
    yield _chart("chart_villages" if figures.by_village else "chart_places", by_place)
    yield _by_group(made, by_place)
    named = by_class(figures.by_class)
    yield _chart("chart_classes", named)
    yield people_by("class", named, figures.total)


def nationalities(made: Brief) -> Iterator[Block]:
    """Yield the most frequent nationalities, and how many others have as many people as the last of them."""
    figures = made.figures
    if not figures.total:
        yield Paragraph(word("nobody"))
        return
    top, others = figures.by_nationality[:MOST_NATIONALITIES], figures.by_nationality[MOST_NATIONALITIES:]
    named = [(row.name or "", row) for row in top]
    yield people_by("nationality", named, figures.total, caption=word("most_frequent"))
    if tied := sum(row.total == top[-1].total for row in others):
        yield Paragraph(word("tied", number=tied))


def change(made: Brief) -> Iterator[Block]:
    """Yield how many people there are by place, on the day of the last meeting and on the day of the page."""
    figures = made.figures
    if made.last is None or figures.before is None:
        yield Paragraph(word("no_meeting_before"))
        return
    names = {row.code: _place(row) for row in (*figures.before, *figures.by_place)}
    before = {row.code: row.total for row in figures.before}
    now = {row.code: row.total for row in figures.by_place}
    rows = [
        (name, *_compared(before.get(code, 0), now.get(code, 0)))
        for code, name in names.items()
        if before.get(code) or now.get(code)
    ]
    if not rows:
        yield Paragraph(word("nobody"))
        return
    rows.append((word("total"), *_compared(sum(before.values()), sum(now.values()))))
    days = (word("then", day=long_day(made.last.on_day)), word("now", day=long_day(made.asked.on)))
    yield Grid((_place_word(made), *days, word("difference")), tuple(rows), numbers=(1, 2, 3))
    yield Paragraph(word("both_days"))


def trend(made: Brief) -> Iterator[Block]:
    """Yield a chart of the arrivals of each month, and a table of who was present, arrived and departed."""
    rows = made.figures.trend
    if not any(row.at_start or row.arrived for row in rows):
        yield Paragraph(word("nobody"))
        return
    numbers = tuple((row.month, row.arrived) for row in rows)
    bars = "; ".join(f"{month} {number}" for month, number in numbers)
    yield Chart(word("chart_arrivals"), word("chart_says", bars=bars), numbers, row=True)
    headings = tuple(word(key) for key in ("month", "at_start", "arrived", "departed", "at_end"))
    cells = ((row.month, *map(str, (row.at_start, row.arrived, row.departed, row.at_end))) for row in rows)
    yield Grid(headings, tuple(cells), numbers=(1, 2, 3, 4), whole=(0,))


def _by_group(made: Brief, by_place: Sequence[tuple[str, CountRow]]) -> Grid:
    groups = [word("WITHOUT") if group.code == NO_PERMIT else _group(group.code) for group in GROUPS]
    total = made.figures.total
    rows = [(name, *map(str, row.groups), str(row.total), share(row.total, total)) for name, row in by_place]
    sums = [sum(row.groups[place] for _name, row in by_place) for place in range(len(GROUPS))]
    rows.append((word("total"), *map(str, sums), str(total), share(total, total)))
    headings = (_place_word(made), *groups, word("total"), word("share"))
    return Grid(headings, tuple(rows), numbers=tuple(range(1, len(headings))))


def _group(code: str) -> str:
    return word(code) if code in {"VISIT", "OFFICIAL"} else code


def _chart(title: str, rows: Sequence[tuple[str, CountRow]]) -> Chart:
    numbers = tuple((name, row.total) for name, row in rows)
    bars = "; ".join(f"{name} {number}" for name, number in numbers if number)
    return Chart(word(title), word("chart_says", bars=bars), numbers, rest=word("others"))


def _place(row: CountRow) -> str:
    return row.name or word("no_region")


def _place_word(made: Brief) -> str:
    return word("village_name") if made.figures.by_village else word("district")


def _compared(before: int, now: int) -> tuple[str, str, str]:
    return str(before), str(now), f"{now - before:+d}" if now != before else "0"
