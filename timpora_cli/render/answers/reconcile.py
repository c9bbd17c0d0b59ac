"""A list from another body compared with the register: a row for each field that differs, or for each person."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from timpora_cli.language import _, n_
from timpora_cli.model.reconciled import AGREEING, Disagreement, Group, Reconciled, Reconciliation
from timpora_cli.render.answer import Answer, Column, Kind, Table

WORDS = {
    "DIFFERENT": "different",
    "ONLY_THERE": "only there",
    "ONLY_HERE": "only here",
    "UNREADABLE": "unreadable",
    "SAME": "the same",
    "REPEATED": "repeated",
}
SECRET = frozenset({"passport_number", "permit_number", "niora"})


class Line(NamedTuple):
    """One person of the list or of the register, with one field that differs, if any does."""

    one: Reconciled
    differing: Disagreement | None = None

    def __repr__(self) -> str:
        return f"<Line of row {self.one.line}>"


def _is_secret(line: Line) -> bool:
    return line.differing is not None and line.differing.name in SECRET


RECONCILED: Table[Line] = Table(
    (
        Column("group", "Where", lambda line: line.one.group.value, Kind.WORD, always=True, codes=tuple(Group)),
        Column("resident_id", "Id", lambda line: line.one.resident_id, Kind.ID),
        Column("name", "Name", lambda line: line.one.name),
        Column("nationality", "Nat.", lambda line: line.one.nationality, rank=3),
        Column(
            "passport_number", "Passport", lambda line: line.one.passport_number, Kind.REFERENCE, rank=3, secret=True
        ),
        Column("line", "Line", lambda line: line.one.line, Kind.NUMBER, says="of the list"),
        Column("field", "Field", lambda line: line.differing.name if line.differing else None),
        Column(
            "there",
            "There",
            lambda line: line.differing.there if line.differing else None,
            secret=_is_secret,
            says="what the list says",
        ),
        Column(
            "here",
            "Here",
            lambda line: line.differing.here if line.differing else None,
            secret=_is_secret,
            says="what the register says",
        ),
        Column(
            "reason", "Reason", lambda line: line.one.reason, rank=2, says="a sentence, in the language of the call"
        ),
    ),
    words=WORDS,
)


def reconciled(result: Reconciliation, on: date, *, agreeing: bool) -> Answer[Line]:
    """Return what differs, with the two sums that account for every row of the list and everyone present on `on`.

    With `agreeing`, those who are the same, and further rows of the same person, are listed too.
    """
    listed = [one for one in result.rows if agreeing or one.group not in AGREEING]
    lines = [line for one in listed for line in _lines(one)]
    return RECONCILED.of(lines, closing=(_of_the_list(result), _of_the_register(result, on)))


def _lines(one: Reconciled) -> Iterator[Line]:
    if not one.disagreements:
        yield Line(one)
    for differing in one.disagreements:
        yield Line(one, differing)


def _of_the_list(result: Reconciliation) -> str:
    terms = [
        (result.number(Group.SAME), _("the same"), True),
        (result.number(Group.DIFFERENT), _("different"), True),
        (result.number(Group.ONLY_THERE), _("only there"), True),
        (result.number(Group.UNREADABLE), _("unreadable"), True),
        (result.number(Group.REPEATED), _("repeated"), False),
        (result.passed_over, _("not people"), False),
        (result.citizens, _("Indonesian"), False),
    ]
    total = sum(number for number, _what, _always in terms)
    line = n_("{terms} = {total} row in {source}.", "{terms} = {total} rows in {source}.", total)
    return line.format(terms=_sum(terms), total=total, source=result.source)


def _of_the_register(result: Reconciliation, on: date) -> str:
    terms = [
        (result.number(Group.SAME), _("the same"), True),
        (result.number(Group.DIFFERENT), _("different"), True),
        (result.number(Group.ONLY_HERE), _("only here"), True),
        (result.outside, _("outside the filters"), False),
    ]
    total = sum(number for number, _what, _always in terms)
    line = n_("{terms} = {total} person here on {day}.", "{terms} = {total} people here on {day}.", total)
    return line.format(terms=_sum(terms), total=total, day=on.isoformat())


def _sum(terms: list[tuple[int, str, bool]]) -> str:
    """Return the terms with what each counts; one that need not always stand there is left out where it is nothing."""
    return " + ".join(f"{number} {what}" for number, what, always in terms if always or number)
