"""What a backup, a drill and a restore answer: sentences for people, one object for programs."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from timpora_cli.language import _, counted, n_
from timpora_cli.model.backups import Compared, Drilled, Held, Made, Relation, Restored
from timpora_cli.render.answer import Card, Column, Kind, Part, Table
from timpora_cli.render.text import office_time

RELATIONS = {
    "SAME": "the same changes",
    "NEWER": "later changes too",
    "OLDER": "fewer changes",
    "APART": "other changes",
    "OTHER": "another register",
}

COMPARED: Table[Compared] = Table(
    (
        Column("what", "What", lambda one: one.what, always=True, says="in the language of the call"),
        Column("number", "Number", lambda one: one.number, Kind.NUMBER, always=True),
    )
)
MADE: Card[Made] = Card(
    (
        Column("file", "File", lambda one: one.file, always=True),
        Column("change", "Change", lambda one: one.held.change, Kind.ID, always=True, says="the last one in it"),
        Column("head", "Head of the history", lambda one: one.held.head, Kind.REFERENCE, always=True),
        Column("people", "People", lambda one: one.held.people, Kind.NUMBER, always=True, says="on record"),
        Column("bytes", "Bytes", lambda one: one.size, Kind.NUMBER, always=True),
        Column("pruned", "Pruned", lambda one: len(one.pruned), Kind.NUMBER, always=True, says="older backups"),
    )
)
DRILLED: Card[Drilled] = Card(
    (
        Column("file", "File", lambda one: one.file, always=True),
        Column("change", "Change", lambda one: one.held.change, Kind.ID, always=True, says="the last one in it"),
        Column("head", "Head of the history", lambda one: one.held.head, Kind.REFERENCE, always=True),
        Column("people", "People", lambda one: one.held.people, Kind.NUMBER, always=True, says="on record"),
    ),
    (Part("compared", "The same as in the register", COMPARED, lambda one: one.compared),),
)
RESTORED: Card[Restored] = Card(
    (
        Column("file", "File", lambda one: one.file, always=True),
        Column("change", "Change", lambda one: one.held.change, Kind.ID, always=True, says="the last one now"),
        Column("head", "Head of the history", lambda one: one.held.head, Kind.REFERENCE, always=True),
        Column("people", "People", lambda one: one.held.people, Kind.NUMBER, always=True, says="on record"),
        Column(
            "change_before",
            "Change before",
            lambda one: one.before.change if one.before else None,
            Kind.ID,
            says="the last one of the register that was replaced; none where that was not known",
        ),
        Column(
            "relation",
            "The backup held",
            lambda one: one.relation,
            Kind.WORD,
            codes=tuple(RELATIONS),
            says="none where the register before could not be read, or was not there",
        ),
        Column("kept", "Kept as", lambda one: one.kept, says="the register as it was before"),
    ),
    words=RELATIONS,
)


def holding(held: Held, zone: str) -> str:
    """Return what a register holds, in words: its last change, its people, and the beginning of its head."""
    people = counted("{number} person", "{number} people", held.people)
    at = "-" if held.at is None else office_time(held.at, ZoneInfo(zone))
    said = _("change {change} of {at}, {people} on record, head {head}")
    return said.format(change=held.change, at=at, people=people, head=(held.head or "-")[:16])


def made(answer: Made, zone: str) -> Iterator[str]:
    """Yield what people read of a backup."""
    size = counted("{number} byte", "{number} bytes", answer.size)
    yield _("Backup made: {file} ({size}).").format(file=answer.file, size=size)
    yield _("It is whole, and holds {held}.").format(held=holding(answer.held, zone))
    if answer.pruned:
        number = len(answer.pruned)
        yield n_("{number} older backup removed.", "{number} older backups removed.", number).format(number=number)


def drilled(answer: Drilled, zone: str) -> Iterator[str]:
    """Yield what people read of a drill that was passed."""
    yield _("Drill passed: {file}").format(file=answer.file)
    yield _("Restored into a scratch file it is whole, and holds {held}.").format(held=holding(answer.held, zone))
    same = ", ".join(f"{one.what} ({one.number})" for one in answer.compared)
    yield _("The same as in the register at that change: {same}.").format(same=same)


def related(relation: Relation, lost: int) -> str:
    """Return how a backup stands to the register; `lost` changes of officers are in the register alone."""
    return {
        "SAME": _("Both hold the same changes."),
        "NEWER": _("The backup holds all changes of the register, and later ones."),
        "OLDER": n_(
            "The register holds {lost} later change, which the backup lacks.",
            "The register holds {lost} later changes, which the backup lacks.",
            lost,
        ),
        "APART": n_(
            "The two begin alike and then differ; {lost} change is in the register alone.",
            "The two begin alike and then differ; {lost} changes are in the register alone.",
            lost,
        ),
        "OTHER": _("The backup is of another register."),
    }[relation].format(lost=lost)
