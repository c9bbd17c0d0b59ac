"""A count of people by one side of them, with each row's place, and for people the total and the shares below."""

from collections.abc import Sequence

from timpora_cli.language import _
from timpora_cli.model.counting.counts import CountRow
from timpora_cli.model.terms import CLASSES, GROUPS, Term, group_of
from timpora_cli.render.answer import Answer, Cell, Column, Kind, Table
from timpora_cli.render.answers.people import PURPOSE_WORDS, SEX_WORDS

HEADINGS = {"VISIT": "Visit", "OFFICIAL": "Official", "NONE": "None"}


def _group(place: int, group: Term) -> Column[CountRow]:
    heading = HEADINGS.get(group.code, group.code)
    return Column(group.code.lower(), heading, lambda row: row.groups[place], Kind.NUMBER, always=True)


PLACE: Column[CountRow] = Column("rank", "#", lambda row: row.rank, Kind.NUMBER, people_only=True)
GROUP_COLUMNS = tuple(_group(place, group) for place, group in enumerate(GROUPS))
TOTAL: Column[CountRow] = Column("total", "Total", lambda row: row.total, Kind.NUMBER, always=True)
SEEN: tuple[Column[CountRow], ...] = (
    Column(
        "seen", "Seen", lambda row: row.seen, Kind.NUMBER, says="in the field, within the days of the rule not-seen"
    ),
    Column("not_seen", "Not seen", lambda row: row.not_seen, Kind.NUMBER, says="the others of the row"),
)
SIDES: dict[str, tuple[Column[CountRow], ...]] = {
    "district": (
        Column("district", "District", lambda row: row.name, empty="(no region)"),
        Column("district_code", "Code", lambda row: row.code, rank=2),
    ),
    "village": (
        Column("village", "Village", lambda row: row.name, empty="(no region)"),
        Column("village_code", "Code", lambda row: row.code, rank=3),
        Column("district", "District", lambda row: row.within),
        Column("district_code", "District code", lambda row: row.within_code, rank=3),
    ),
    "regency": (
        Column("regency", "Regency", lambda row: row.name, empty="(no region)"),
        Column("regency_code", "Code", lambda row: row.code, rank=2),
    ),
    "class": (
        Column("class", "Class", lambda row: row.code, Kind.CLASS, empty="(none)"),
        Column(
            "group",
            "Group",
            lambda row: group_of(row.code),
            Kind.CLASS,
            always=True,
            codes=tuple(group.code for group in GROUPS),
        ),
    ),
    "nationality": (
        Column("nationality", "Code", lambda row: row.code, always=True),
        Column(
            "country", "Nationality", lambda row: row.name, always=True, says="the name, in the language of the call"
        ),
    ),
    "purpose": (
        Column(
            "purpose", "Purpose", lambda row: row.code, Kind.WORD, empty="(not recorded)", codes=tuple(PURPOSE_WORDS)
        ),
    ),
    "sponsor": (
        Column("sponsor", "Sponsor", lambda row: row.name, empty="(none)"),
        Column("sponsor_id", "Id", lambda row: None if row.code is None else int(row.code), Kind.ID, rank=2),
    ),
    "sex": (Column("sex", "Sex", lambda row: row.code, Kind.WORD, empty="(not recorded)", codes=tuple(SEX_WORDS)),),
}
WORDS = {**PURPOSE_WORDS, **SEX_WORDS, **{kind.term.code: kind.term.code for kind in CLASSES}}
COUNTS: dict[str, Table[CountRow]] = {
    by: Table((PLACE, *side, *((*GROUP_COLUMNS, TOTAL) if by != "class" else (TOTAL, *SEEN))), words=WORDS)
    for by, side in SIDES.items()
}
"""The table of a count by each side. A count by class has no column for each group, and says who was seen."""


def counts(rows: Sequence[CountRow], by: str) -> Answer[CountRow]:
    """Return a count by `by`, most first with ties shown as ties, and below it for people the total and the shares."""
    everyone = sum(row.total for row in rows)
    total: dict[str, Cell] = {SIDES[by][0].key: _("Total"), TOTAL.key: everyone}
    share: dict[str, Cell] = {SIDES[by][0].key: _("Share"), TOTAL.key: _share(everyone, everyone)}
    for place, column in enumerate(GROUP_COLUMNS):
        number = sum(row.groups[place] for row in rows)
        total[column.key], share[column.key] = number, _share(number, everyone)
    if by == "class" and all(row.seen is not None for row in rows):
        seen = sum(row.seen or 0 for row in rows)
        for column, number in zip(SEEN, (seen, everyone - seen), strict=True):
            total[column.key], share[column.key] = number, _share(number, everyone)
    return COUNTS[by].of(_ranked(rows), foot=(total, share))


def _ranked(rows: Sequence[CountRow]) -> list[CountRow]:
    """Return the rows with their places (1, 2=, 2=, 4). A row of those of whom the side is not known has no place."""
    totals = [row.total for row in rows if row.code is not None]
    first = {total: place for place, total in reversed(list(enumerate(totals, 1)))}
    ranks = {total: f"{place}=" if totals.count(total) > 1 else str(place) for total, place in first.items()}
    return [row if row.code is None else row._replace(rank=ranks[row.total]) for row in rows]


def _share(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)}%" if whole else ""
