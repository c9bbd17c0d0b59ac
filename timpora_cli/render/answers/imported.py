"""What an import answers: sentences for people, and person by person what it would do; one object for programs."""

from collections.abc import Iterator

from timpora_cli.language import _, counted
from timpora_cli.model.imported import DuplicateTold, FactTold, FileTold, Imported, PersonTold, RejectTold, Total
from timpora_cli.render.answer import Card, Column, Kind, Part, Table
from timpora_cli.render.answers.done import KINDS
from timpora_cli.render.inner import Deep, Values

CAME = ("new", "renewed", "changed")
NUMBERED = ("passport", "permit")  # the records of which one person may have several


def _number(key: str, heading: str, says: str = "") -> Column[Imported]:
    return Column(key, heading, lambda told: told.counts[key], Kind.NUMBER, always=True, says=says)


def _text(heading: str) -> Table[str]:
    """Return the table of a list of plain texts."""
    return Table((Column("text", heading, lambda text: text, always=True),))


LINE: Column[int] = Column("line", "Line", lambda line: line, Kind.NUMBER, always=True)
ID: Column[int] = Column("id", "Resident", lambda one: one, Kind.ID, always=True)
FACTS: Table[FactTold] = Table(
    (
        Column("record", "Record", lambda fact: fact.record, always=True, says="a table of the register"),
        Column("record_id", "Id", lambda fact: fact.record_id, Kind.ID, says="none for a record that is new"),
        Column(
            "new_record",
            "New",
            lambda fact: fact.new_record,
            Kind.NUMBER,
            says="which of the person's new records of its kind, from 1; none for one on record",
        ),
        Column("what", "What", lambda fact: fact.what, always=True, says="the field, as in --map COLUMN=field"),
        Column("before", "Before", lambda fact: fact.before, Kind.VALUE),
        Column("after", "After", lambda fact: fact.after, Kind.VALUE),
    )
)
PEOPLE: Table[PersonTold] = Table(
    (
        Column("line", "Line", lambda one: one.line, Kind.NUMBER, says="the first of its lines"),
        Column("resident_id", "Resident", lambda one: one.resident_id, Kind.ID, says="none for somebody who is new"),
        Column("name", "Name", lambda one: one.name, always=True),
        Column("came", "Came", lambda one: one.came, Kind.WORD, always=True, codes=CAME),
    )
)
REJECTS: Table[RejectTold] = Table(
    (
        Column("line", "Line", lambda one: one.line, Kind.NUMBER, always=True),
        Column("reason", "Reason", lambda one: one.reason, always=True, says="in the language of the call"),
    )
)
DUPLICATES: Table[DuplicateTold] = Table(
    (
        Column("line", "Line", lambda one: one.line, Kind.NUMBER, always=True),
        Column("resident_id", "Resident", lambda one: one.resident_id, Kind.ID, says="none on a dry run"),
        Column("name", "Name", lambda one: one.name, always=True),
    )
)
NOTICED: Table[Total] = Table(
    (
        Column("kind", "What", lambda one: one.kind, Kind.WORD, always=True, codes=KINDS),
        Column("number", "Number", lambda one: one.number, Kind.NUMBER, always=True),
    )
)
TOTALS: Table[Total] = Table(
    (
        Column("kind", "What", lambda one: one.kind, always=True, says="people_new and the like, or a field"),
        Column("number", "Number", lambda one: one.number, Kind.NUMBER, always=True),
    )
)
FILES: Table[FileTold] = Table(
    (
        Column("file", "File", lambda one: one.file, always=True),
        Column("why", "Why", lambda one: one.why, Kind.WORD, always=True, codes=("edited", "foreign", "closed")),
    )
)
IMPORTED: Card[Imported] = Card(
    (
        Column("change", "Change", lambda told: told.change, Kind.ID, says="none where nothing was changed"),
        Column("imported", "Imported", lambda told: told.imported, Kind.FLAG, always=True),
        Column("rows", "Rows", lambda told: told.rows, Kind.NUMBER, always=True, says="below the header"),
        _number("new", "New", "rows that brought a new person"),
        _number("renewed", "Renewed", "rows that brought a later permit"),
        _number("changed", "Changed", "rows that corrected something or filled it in"),
        _number("unchanged", "Unchanged"),
        _number("rejected", "Rejected"),
        _number("skipped", "Skipped", "rows that are not people"),
        _number("citizens", "Citizens", "rows of Indonesians"),
        Column("rejects_file", "Rejects", lambda told: told.rejects_file),
        Column(
            "duplicated",
            "Duplicated",
            lambda told: told.duplicated,
            Kind.NUMBER,
            always=True,
            says="new people who may be on record already; the first 100 are listed",
        ),
        Column(
            "guessed",
            "Guessed",
            lambda told: told.guessed,
            Kind.NUMBER,
            always=True,
            says="people of whom something was taken that nothing printed tells for certain",
        ),
    ),
    (
        Values("ignored", "Columns not imported", _text("Column"), lambda told: told.ignored),
        Values("remarks", "Remarks", _text("Remark"), lambda told: told.remarks),
        Part("noticed", "Accepted, and noticed", NOTICED, lambda told: told.noticed),
        Deep(
            "duplicates",
            "Likely duplicates",
            DUPLICATES,
            lambda told: told.duplicates,
            (Values("like", "May be the same person as", Table((ID,)), lambda one: one.like),),
        ),
        Part("rejects", "Rejected rows", REJECTS, lambda told: told.rejects),
        Values("give_again", "Options to give again with the rejects", _text("Option"), lambda told: told.again),
        Part("left_alone", "Files of rejects left as they are", FILES, lambda told: told.left_alone),
        Values("removed", "Files of rejects taken away", _text("File"), lambda told: told.removed),
        Deep(
            "people",
            "What a dry run would do",
            PEOPLE,
            lambda told: told.people,
            (
                Values("lines", "Lines", Table((LINE,)), lambda one: one.lines),
                Part("changes", "Changes", FACTS, lambda one: one.facts),
            ),
        ),
        Part("totals", "Totals of a dry run", TOTALS, lambda told: told.totals),
    ),
)


def sentences(told: Imported, *, dry_run: bool) -> Iterator[str]:
    """Yield what people read of an import; of a dry run all that would happen to whom, and every row refused."""
    yield _counts(told)
    if dry_run:
        yield _("Nothing was imported: this was a dry run.")
        yield from _would_happen(told)
    elif not told.imported and told.counts["rejected"]:
        yield _("Nothing was imported, because rows were rejected and --strict was given.")
    elif not told.imported:
        yield _("Nothing was imported, because something was guessed and --strict was given.")
    yield from _noticed(told)


def _counts(told: Imported) -> str:
    counts = _("{read}: {new} new, {renewed} renewed, {changed} changed, {unchanged} unchanged, {rejected} rejected")
    if told.counts["skipped"]:
        counts += _(", {skipped} not people")
    if told.counts["citizens"]:
        counts += _(", {citizens} Indonesian")
    return f"{counts}.".format(read=counted("{number} row", "{number} rows", told.rows), **told.counts)


def _would_happen(told: Imported) -> Iterator[str]:
    for person in told.people:
        yield ""
        yield _who(person)
        for fact in person.facts:
            yield f"  {_what(person, fact)}"
    refused = iter(told.rejects)
    for place, reject in enumerate(refused):
        if not place:
            yield ""
        yield _("Line {line}: rejected: {reason}").format(line=reject.line, reason=reject.reason)
    yield ""
    totals = dict(told.totals)
    numbers = {came: totals.pop(f"people_{came}", 0) for came in CAME}
    people = counted("{number} person", "{number} people", sum(numbers.values()))
    sentence = _("{people} in all: {new} new, {renewed} renewed, {changed} changed.")
    yield sentence.format(people=people, **numbers)
    if totals:
        yield _("Facts: {facts}.").format(facts=", ".join(f"{what} {number}" for what, number in totals.items()))


def _who(person: PersonTold) -> str:
    words = {"new": _("new"), "renewed": _("renewed"), "changed": _("changed")}
    named = person.name
    if person.resident_id is not None:
        named = _("resident {id}, {name}").format(id=person.resident_id, name=person.name)
    said = _("{came}: {named}").format(came=words[person.came], named=named)
    if not person.lines:
        return said
    lines = ", ".join(map(str, person.lines))
    where = _("Line {lines}") if len(person.lines) == 1 else _("Lines {lines}")
    return f"{where.format(lines=lines)}: {said}"


def _what(person: PersonTold, fact: FactTold) -> str:
    """Return one fact, with its record where there may be several of its kind; of somebody new, without a before."""
    several = any(one.record == fact.record and one.new_record == 2 for one in person.facts)
    after = _value(fact.after, fact.after_words)
    told = after if person.came == "new" else f"{_value(fact.before, fact.before_words)} -> {after}"
    if fact.record not in NUMBERED or (person.came == "new" and not several):
        return f"{fact.what}: {told}"
    new = {"passport": _("new passport"), "permit": _("new permit")}
    old = {"passport": _("passport"), "permit": _("permit")}
    words = new if fact.record_id is None else old
    number = fact.record_id or (fact.new_record if several else None)
    record = words[fact.record] if number is None else f"{words[fact.record]} {number}"
    return f"{record}, {fact.what}: {told}"


def _value(value: str | int | None, words: str | int | None) -> str:
    if value is None:
        return "-"
    return str(value) if words is None else f"{words} ({value})"


def _noticed(told: Imported) -> Iterator[str]:
    """Yield a line for each kind of fact that was accepted and is said, with how many there are."""
    words = {
        "PERMIT_ENDED": ("{number} permit that has already ended", "{number} permits that have already ended"),
        "PASSPORT_ENDED": ("{number} passport that has already ended", "{number} passports that have already ended"),
        "GAP": ("{number} permit after days without a valid one", "{number} permits after days without a valid one"),
        "BEYOND_PASSPORT": ("{number} permit beyond its passport", "{number} permits beyond their passports"),
        "LONGER_THAN_TERM": (
            "{number} permit longer than its class allows",
            "{number} permits longer than their classes allow",
        ),
    }
    noticed = dict(told.noticed)
    for kind, (one, many) in words.items():
        if number := noticed.get(kind):
            yield _("Note: {text}.").format(text=counted(one, many, number))
