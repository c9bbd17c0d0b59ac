"""A list from elsewhere beside the register: a row for each field that differs, and one for whoever is in one alone."""

from collections.abc import Iterator
from datetime import date

from timpora_cli.language import _, n_
from timpora_cli.model.reconciled import AGREEING, Disagreement, Group, Reconciled, Reconciliation
from timpora_cli.render.listing import Cell, Column, Kind, Listing, masked

COLUMNS = (
    Column("group", "Where", Kind.WORD, always=True, codes=tuple(Group)),
    Column("resident_id", "Id", Kind.ID),
    Column("name", "Name"),
    Column("nationality", "Nat.", rank=3),
    Column("passport_number", "Passport", Kind.REFERENCE, rank=3, secret=True),
    Column("line", "Line", Kind.NUMBER, says="of the list"),
    Column("field", "Field"),
    Column("there", "There", says="what the list says"),
    Column("here", "Here", says="what the register says"),
    Column("reason", "Reason", rank=2, says="a sentence, in the language of the call"),
)
WORDS = {
    "DIFFERENT": "different",
    "ONLY_THERE": "only there",
    "ONLY_HERE": "only here",
    "UNREADABLE": "unreadable",
    "SAME": "the same",
    "REPEATED": "repeated",
}
SECRET = frozenset({"passport_number", "permit_number", "niora"})


def reconciled(found: Reconciliation, on: date, *, agreeing: bool, mask: bool) -> Listing:
    """Return what differs, with the two sums that account for every row of the list and everyone present on `on`.

    With `agreeing` those who are the same, and further rows of somebody, are listed too. `mask` hides the numbers that
    stand under a field's name; those that have a column of their own are the output's own affair.
    """
    listed = [one for one in found.rows if agreeing or one.group not in AGREEING]
    rows = [row for one in listed for row in _rows(one, mask=mask)]
    return Listing(COLUMNS, rows, closing=(_of_the_list(found), _of_the_register(found, on)), words=WORDS)


def _rows(one: Reconciled, *, mask: bool) -> Iterator[tuple[Cell, ...]]:
    who = (one.group.value, one.resident_id, one.name, one.nationality, one.passport_number, one.line)
    if not one.disagreements:
        yield (*who, None, None, None, one.reason)
    for differing in one.disagreements:
        yield (*who, differing.name, *_both(differing, mask=mask), one.reason)


def _both(differing: Disagreement, *, mask: bool) -> tuple[Cell, Cell]:
    if mask and differing.name in SECRET:
        return masked(differing.there), masked(differing.here)
    return differing.there, differing.here


def _of_the_list(found: Reconciliation) -> str:
    terms = [
        (found.number(Group.SAME), _("the same"), True),
        (found.number(Group.DIFFERENT), _("different"), True),
        (found.number(Group.ONLY_THERE), _("only there"), True),
        (found.number(Group.UNREADABLE), _("unreadable"), True),
        (found.number(Group.REPEATED), _("repeated"), False),
        (found.passed_over, _("not people"), False),
    ]
    total = sum(number for number, _what, _always in terms)
    line = n_("{terms} = {total} row in {source}.", "{terms} = {total} rows in {source}.", total)
    return line.format(terms=_sum(terms), total=total, source=found.source)


def _of_the_register(found: Reconciliation, on: date) -> str:
    terms = [
        (found.number(Group.SAME), _("the same"), True),
        (found.number(Group.DIFFERENT), _("different"), True),
        (found.number(Group.ONLY_HERE), _("only here"), True),
        (found.outside, _("outside the filters"), False),
    ]
    total = sum(number for number, _what, _always in terms)
    line = n_("{terms} = {total} person here on {day}.", "{terms} = {total} people here on {day}.", total)
    return line.format(terms=_sum(terms), total=total, day=on.isoformat())


def _sum(terms: list[tuple[int, str, bool]]) -> str:
    """Return the terms with what each counts; one that need not always stand there is left out where it is nothing."""
    return " + ".join(f"{number} {what}" for number, what, always in terms if always or number)
