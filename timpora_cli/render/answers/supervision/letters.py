"""What a run of letters answers, and the list of the letters that were made."""

from collections.abc import Iterator, Sequence

from timpora_cli.language import _, counted, n_
from timpora_cli.model.people import Person
from timpora_cli.model.supervision.letters import KINDS, Letter, LetterListed, LettersDone
from timpora_cli.render.answer import Card, Column, Kind, Part, Table

WORDS = {"SPONSOR": "Sponsor", "SPOUSE": "Spouse"}

MADE: Table[LetterListed] = Table(
    (
        Column("letter_id", "Letter", lambda one: one.letter_id, Kind.ID, always=True),
        Column("day", "Day", lambda one: one.day, Kind.DATE, always=True),
        Column("addressee", "To", lambda one: one.addressee, always=True),
        Column("addressee_kind", "As", lambda one: one.kind, Kind.WORD, rank=2, always=True, codes=KINDS),
        Column("resident_id", "Id", lambda one: one.resident_id, Kind.ID, rank=2),
        Column("name", "About", lambda one: one.name, says="none where the permit is no longer on record"),
        Column("class", "Class", lambda one: one.class_code, Kind.CLASS, rank=2),
        Column(
            "until",
            "Valid until",
            lambda one: one.until,
            Kind.DATE,
            says="the end for which the letter was made; none where nobody knew it",
        ),
    ),
    words=WORDS,
)
LETTERS: Table[Letter] = Table(
    (
        Column("letter_id", "Letter", lambda one: one.number, Kind.ID, says="none in a dry run"),
        Column("addressee", "To", lambda one: one.addressee.name, always=True),
        Column("addressee_kind", "As", lambda one: one.addressee.kind, Kind.WORD, always=True, codes=KINDS),
        Column("people", "People", lambda one: len(one.people), Kind.NUMBER, always=True),
        Column("html", "Page", lambda one: _file(one, "html"), says="the name of the file; none in a dry run"),
        Column("text", "Message", lambda one: _file(one, "txt"), says="the name of the file; none in a dry run"),
    ),
    words=WORDS,
)
PEOPLE: Table[Person] = Table(
    (
        Column("resident_id", "Id", lambda one: one.resident_id, Kind.ID, always=True),
        Column("name", "Name", lambda one: one.name, always=True),
    )
)
DONE: Card[LettersDone] = Card(
    (
        Column("change", "Change", lambda one: one.change, Kind.ID, says="none where nothing was changed"),
        Column("changed", "Changed", lambda one: one.change is not None, Kind.FLAG, always=True),
        Column("folder", "Folder", lambda one: one.folder, says="none in a dry run"),
        Column("people", "People", lambda one: one.made.people, Kind.NUMBER, always=True),
        Column("reminded", "Reminded before", lambda one: one.made.reminded, Kind.NUMBER, always=True),
    ),
    (
        Part("letters", "Letters", LETTERS, lambda one: one.made.letters),
        Part("without_addressee", "Nobody to write to", PEOPLE, lambda one: one.made.without),
    ),
    words=WORDS,
)


def sentences(done: LettersDone) -> Iterator[str]:
    """Yield what people read: in a dry run a line for each letter, and how many letters there are for how many people.

    Letters, those with nobody to write to and those reminded before are all who were on the list.
    """
    made = done.made
    if done.folder is None:
        for letter in made.letters:
            ends = ", ".join(f"{person.name} ({_end(person)})" for person in letter.people)
            yield f"{letter.addressee.name}: {ends}"
    parts = [_how_many(done)]
    if made.without:
        parts.append(nobody_to_write_to(made.without))
    if made.reminded:
        parts.append(counted("{number} was reminded before", "{number} were reminded before", made.reminded))
    yield "; ".join(parts) + "."
    if done.folder is None:
        yield _("Nothing was changed: this was a dry run.")


def _how_many(done: LettersDone) -> str:
    """Return how many letters there are for how many people, and where."""
    dry_run, made = done.folder is None, done.made
    if not made.letters:
        return _("No letter would be made") if dry_run else _("No letter was made")
    letters = counted("{number} letter", "{number} letters", len(made.letters))
    people = counted("{number} person", "{number} people", made.people)
    said = _("{letters} for {people} would be made") if dry_run else _("{letters} for {people} in {folder}")
    return said.format(letters=letters, people=people, folder=done.folder)


def nobody_to_write_to(people: Sequence[Person]) -> str:
    """Return who has neither a sponsor nor an Indonesian spouse on record, by name and id."""
    said = n_(
        "{number} person has nobody to write to: {names}",
        "{number} people have nobody to write to: {names}",
        len(people),
    )
    return said.format(number=len(people), names=", ".join(f"{one.name} ({one.resident_id})" for one in people))


def _end(person: Person) -> str:
    end = person.permit.effective_until if person.permit else None
    return _("unknown") if end is None else end.isoformat()


def _file(letter: Letter, ending: str) -> str | None:
    return None if letter.number is None else f"{letter.stem}.{ending}"
