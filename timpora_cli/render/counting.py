"""The columns of a count by any side of people, with the places of a ranking, and under it the total and the shares."""

from collections.abc import Sequence

from timpora_cli.language import _
from timpora_cli.model.people import CountRow
from timpora_cli.model.terms import CLASSES, GROUPS, group_of
from timpora_cli.render.listing import Cell, Column, Kind, Listing
from timpora_cli.render.listings import PURPOSE_WORDS, SEX_WORDS

GROUP_COLUMNS = tuple(
    Column(
        group.code.lower(),
        {"VISIT": "Visit", "OFFICIAL": "Official", "NONE": "None"}.get(group.code, group.code),
        Kind.NUMBER,
        always=True,
    )
    for group in GROUPS
)
PLACE = Column("rank", "#", Kind.NUMBER, people_only=True)
TOTAL = Column("total", "Total", Kind.NUMBER, always=True)


def columns(by: str) -> tuple[Column, ...]:
    """Return the columns of a count by one of COUNT_HEADS; one by class has no column a group."""
    return (PLACE, *COUNT_HEADS[by], *(GROUP_COLUMNS if by != "class" else ()), TOTAL)


def counts(rows: Sequence[CountRow], by: str) -> Listing:
    """Return a count by `by`, most first with ties shown as ties, and under it for people the total and the shares."""
    heads = COUNT_HEADS[by]
    grouped = by != "class"
    places = _places([row.total for row in rows if row.code is not None])
    body: list[tuple[Cell, ...]] = [
        (
            places.get(row.total) if row.code is not None else None,
            *_labels(row, by),
            *(row.groups if grouped else ()),
            row.total,
        )
        for row in rows
    ]
    totals = [sum(row.groups[place] for row in rows) for place in range(len(GROUPS))]
    everyone = sum(totals)
    blank: tuple[Cell, ...] = (None,) * (len(heads) - 1)
    foot: list[tuple[Cell, ...]] = [
        (None, _("Total"), *blank, *(totals if grouped else ()), everyone),
        (
            None,
            _("Share"),
            *blank,
            *((_share(part, everyone) for part in totals) if grouped else ()),
            _share(everyone, everyone),
        ),
    ]
    words = {**PURPOSE_WORDS, **SEX_WORDS, **{kind.term.code: kind.term.code for kind in CLASSES}}
    return Listing(columns(by), body, foot=foot, words=words)


COUNT_HEADS = {
    "district": (
        Column("district", "District", empty="(no region)"),
        Column("district_code", "Code", rank=2),
    ),
    "village": (
        Column("village", "Village", empty="(no region)"),
        Column("village_code", "Code", rank=3),
        Column("district", "District"),
        Column("district_code", "District code", rank=3),
    ),
    "regency": (
        Column("regency", "Regency", empty="(no region)"),
        Column("regency_code", "Code", rank=2),
    ),
    "class": (
        Column("class", "Class", Kind.CLASS, empty="(none)"),
        Column("group", "Group", Kind.CLASS, always=True, codes=tuple(group.code for group in GROUPS)),
    ),
    "nationality": (
        Column("nationality", "Code", always=True),
        Column("country", "Nationality", always=True, says="the name, in the language of the call"),
    ),
    "purpose": (Column("purpose", "Purpose", Kind.WORD, empty="(not recorded)", codes=tuple(PURPOSE_WORDS)),),
    "sponsor": (
        Column("sponsor", "Sponsor", empty="(none)"),
        Column("sponsor_id", "Id", Kind.ID, rank=2),
    ),
    "sex": (Column("sex", "Sex", Kind.WORD, empty="(not recorded)", codes=tuple(SEX_WORDS)),),
}


def _labels(row: CountRow, by: str) -> tuple[Cell, ...]:
    if by == "village":
        return (row.name, row.code, row.within, row.within_code)
    if by == "class":
        return (row.code, group_of(row.code))
    if by == "nationality":
        return (row.code, row.name)
    if by in ("purpose", "sex"):
        return (row.code,)
    if by == "sponsor":
        return (row.name, None if row.code is None else int(row.code))
    return (row.name, row.code)


def _places(totals: Sequence[int]) -> dict[int, str]:
    # Standard competition ranking: 1, 2=, 2=, 4.
    first = {total: place for place, total in reversed(list(enumerate(totals, 1)))}
    return {total: f"{place}=" if totals.count(total) > 1 else str(place) for total, place in first.items()}


def _share(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)}%" if whole else ""
