"""A count: the places of its rows, ties shown as ties, and the total and the shares below it."""

from timpora_cli.model.counting.counts import CountRow
from timpora_cli.model.terms import GROUPS
from timpora_cli.render.answer import Wanted, arrange
from timpora_cli.render.answers.counting.counts import counts


def row(name: str | None, number: int) -> CountRow:
    groups = (number, *[0] * (len(GROUPS) - 1))
    return CountRow(None if name is None else f"code of {name}", name, None, None, groups)


def shown(*rows: CountRow) -> list[tuple[object, ...]]:
    arranged = arrange(counts(rows, "district"), Wanted("plain", columns=("rank", "district", "total")))
    return [*arranged.rows, *arranged.foot]


def test_rows_with_as_many_people_have_the_same_place() -> None:
    assert shown(row("Sijuk", 4), row("Badau", 2), row("Membalong", 2), row("Damar", 1))[:4] == [
        ("1", "Sijuk", 4),
        ("2=", "Badau", 2),
        ("2=", "Membalong", 2),
        ("4", "Damar", 1),
    ]


def test_those_of_whom_the_side_is_not_known_have_no_place() -> None:
    assert shown(row("Sijuk", 4), row(None, 4))[:2] == [("1", "Sijuk", 4), (None, None, 4)]


def test_the_total_and_the_shares_stand_below() -> None:
    assert shown(row("Sijuk", 3), row("Badau", 1))[2:] == [(None, "Total", 4), (None, "Share", "100%")]


def test_of_nobody_there_is_no_share() -> None:
    assert shown(row("Sijuk", 0))[1:] == [(None, "Total", 0), (None, "Share", "")]
