"""The records of reminders: to whom a letter is, whom it is about, and what a run of letters makes.

Names of people are kept out of `repr`, as in `model/people.py`.
"""

import re
from datetime import date
from typing import NamedTuple

from timpora_cli.model.names import fold_name
from timpora_cli.model.notices import Notice
from timpora_cli.model.people import Person

LONGEST_SLUG = 40
SPONSOR, SPOUSE = KINDS = ("SPONSOR", "SPOUSE")


class Addressee(NamedTuple):
    """To whom a letter is: a sponsor, or the Indonesian spouse in a family link.

    `kind` is SPONSOR or SPOUSE, `id` that of the sponsor or of the family link.
    """

    kind: str
    id: int
    name: str
    address: str | None = None

    def __repr__(self) -> str:
        return f"<Addressee {self.kind} {self.id}>"


class Letter(NamedTuple):
    """A letter with the people that it is about; `number` is its id in the register, None before it is recorded."""

    addressee: Addressee
    people: tuple[Person, ...]
    number: int | None = None

    @property
    def stem(self) -> str:
        """The name of its files without the ending, as in 007-pt-contoh: digits, a to z and hyphens, no more.

        A name in another script leaves nothing of itself there.
        """
        words = re.findall("[a-z0-9]+", fold_name(self.addressee.name))
        slug = "-".join(words)[:LONGEST_SLUG].strip("-") or "letter"
        return f"{self.number or 0:03}-{slug}"


class Letters(NamedTuple):
    """What becomes of the people on an expiry list: each is in one of the letters, or has nobody to write to, or is one
    of the `reminded`, for whom a letter was made before.
    """

    letters: tuple[Letter, ...]
    without: tuple[Person, ...]
    reminded: int

    @property
    def people(self) -> int:
        """How many people the letters are about."""
        return sum(len(letter.people) for letter in self.letters)


class LettersDone(NamedTuple):
    """What a run of letters made: its number in the log, None where nothing was recorded, and the folder of the files,
    None for a dry run.
    """

    change: int | None
    folder: str | None
    made: Letters
    notices: tuple[Notice, ...] = ()


class LetterPage(NamedTuple):
    """A letter with what its page says beside it: the day, the letterhead of that day, and the office."""

    letter: Letter
    on: date
    letterhead: tuple[str, ...]
    office: str
    town: str


class LetterListed(NamedTuple):
    """One person in a letter that was made. Holder and class are None where the permit is no longer on record."""

    letter_id: int
    day: date
    addressee: str
    kind: str
    resident_id: int | None
    name: str | None
    class_code: str | None
    until: date | None

    def __repr__(self) -> str:
        return f"<LetterListed {self.letter_id}>"
