"""What the header of a column says: words that name a document or a person, and words that name a fact about it.

The words are rows of data/header_words.csv, and which of their meanings together are which field are rows of
data/headers.csv. A header with a word that is in no row is not understood. It knows no sheet and no other column.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from timpora_cli import data
from timpora_cli.model.names import fold_name

WORDS, FIELD_ROWS = "header_words.csv", "headers.csv"
IN_BRACKETS = r"\([^)]*\)|\[[^\]]*\]"
NUMBERED = r"\s*[0-9]{1,2}[.)] +"  # "3. Nama": the header's place on a form
WITHIN_A_WORD = r"(?<=[a-z])(?=[A-Z])"  # fullName
ONE_WORD = r"[^\W_]+|[&/+]"
SHORTEST = 3  # letters of a word that may be written together with another one, as in "tempatlahir"
LONGEST_PHRASE = 9  # words, with the strokes between them
KEPT = 20_000  # headers that are remembered; the first rows of a sheet are looked at as if each were one
NEAR = 0.8  # how much alike an unknown word and a known one are, for a guess

OWNERS = ("passport", "permit", "sponsor")  # the documents and the person whose facts have fields
CLASSES = ("KITAS", "KITAP", "ITK")
BOTH, DAY, DATED = "both", "day", "dated fact"
# What only narrows the meaning of a header. Where no row of the table speaks of it, it is left out.
NARROWING = frozenset({*CLASSES, BOTH, "stay", "visa", "resident"})
# The fields of which a class in the header says the class of the row's permit.
OF_A_CLASS = frozenset({"permit_number", "permit", "issued", "valid_from", "expires", "last_report"})

Word = tuple[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Saying:
    """What a header says: its words with their meanings, all of their meanings, and the field that these are.

    `field` is '' where it is none, and None where no row speaks of it. `either` are the fields between which the header
    leaves a choice. `implies` is the class of permit that it names, as "No. KITAS" does.
    """

    words: tuple[Word, ...] = ()
    meanings: frozenset[str] = frozenset()
    field: str | None = None
    either: tuple[str, ...] = ()
    implies: str | None = None

    @property
    def owner(self) -> frozenset[str]:
        """What the header names as the document or person whose fact it is, with the class of a permit."""
        return self.meanings & {*OWNERS, *CLASSES}


NOTHING = Saying()


@lru_cache(KEPT)
def understood(header: str) -> Saying:
    """Return what a header says; NOTHING where one of its words is not known.

    What stands in brackets counts where it names the document or person, or where the rest alone is no field.
    """
    bare = re.sub(NUMBERED, "", header, count=1) if re.match(NUMBERED, header) else header
    outside = _words(re.sub(IN_BRACKETS, " ", bare))
    inside = _words(" ".join(re.findall(IN_BRACKETS, bare)))
    if outside is None:
        return NOTHING
    alone = combined(outside)
    if not inside:
        return alone
    together = combined([*outside, *inside])
    return together if together.field and (not alone.field or (together.owner and not alone.owner)) else alone


def combined(words: Sequence[Word]) -> Saying:
    """Return what words with these meanings say together."""
    meanings = frozenset(chain.from_iterable(meant for _word, meant in words))
    found = _field(meanings)
    classes = meanings.intersection(CLASSES)
    implies = next(iter(classes)) if len(classes) == 1 and found in OF_A_CLASS else None
    return Saying(tuple(words), meanings, found, () if found else _either(meanings), implies)


def guess(header: str) -> Saying:
    """Return what a header would say if each unknown word of it were the known word that it is most like."""
    from difflib import get_close_matches

    tokens = re.findall(ONE_WORD, fold_name(re.sub(IN_BRACKETS, " ", header)))
    near = [
        get_close_matches(token, _vocabulary(), n=1, cutoff=NEAR) if len(token) > SHORTEST else [] for token in tokens
    ]
    words = _words(" ".join(close[0] if close else token for token, close in zip(tokens, near, strict=True)))
    return combined(words) if words else NOTHING


def examples(*fields: str) -> str:
    """Return headers that mean one of the fields, for a sentence."""
    return ", ".join(row["example"] for row in data.rows(FIELD_ROWS) if row["field"] in fields)


def _field(meanings: frozenset[str]) -> str | None:
    """Return the field of these meanings: that of the row with all of them, else of one without what only narrows.

    "Tgl." goes last, and only from what is a day anyway: "Tgl. Terbit KITAS", but not "Tgl. KITAS".
    """
    narrowed = meanings - NARROWING
    undated = narrowed - {DAY} if narrowed & _dated() else narrowed
    return next((_table()[wanted] for wanted in (meanings, narrowed, undated) if wanted in _table()), None)


def _either(meanings: frozenset[str]) -> tuple[str, ...]:
    """Return the fields of a header that names two documents or persons, or joins two facts."""
    owners = meanings.intersection(OWNERS)
    facts = meanings - NARROWING - {DAY, *OWNERS} if BOTH in meanings else frozenset()
    choices = owners if len(owners) > 1 else facts
    fields = [_field(meanings - choices - {BOTH} | {one}) for one in sorted(choices)]
    return tuple(one for one in fields if one) if len(fields) > 1 and all(fields) else ()


@cache
def _vocabulary() -> Mapping[str, frozenset[str]]:
    """Return the meanings of every known word and phrase, by its letters alone."""
    return {
        _glued(re.findall(ONE_WORD, fold_name(word))): frozenset(row["meanings"].split())
        for row in data.rows(WORDS)
        for word in row["words"].split(" | ")
    }


@cache
def _dated() -> frozenset[str]:
    return frozenset(row["meanings"] for row in data.rows(WORDS) if row["kind"] == DATED)


@cache
def _table() -> Mapping[frozenset[str], str]:
    return {frozenset(row["meanings"].split()): row["field"] for row in data.rows(FIELD_ROWS)}


def _words(text: str) -> list[Word] | None:
    """Return the known words of a text, the longest phrases first; None where a word is not known."""
    tokens = re.findall(ONE_WORD, fold_name(re.sub(WITHIN_A_WORD, " ", text)))
    words: list[Word] = []
    at = 0
    while at < len(tokens):
        for end in range(min(len(tokens), at + LONGEST_PHRASE), at, -1):
            if (phrase := _glued(tokens[at:end])) in _vocabulary():
                words.append((" ".join(tokens[at:end]), _vocabulary()[phrase]))
                at = end
                break
        else:
            parts = next(_split(tokens[at]), None)
            if parts is None:
                return None
            words += [(part, _vocabulary()[part]) for part in parts]
            at += 1
    return words


def _split(token: str) -> Iterator[list[str]]:
    """Yield the ways in which a word is known words written together, those with a long first one first."""
    for end in range(len(token), 0, -1):
        first, rest = token[:end], token[end:]
        if first in _vocabulary() and (len(first) >= SHORTEST or first == "no"):
            if not rest:
                yield [first]
            yield from ([first, *others] for others in _split(rest) if rest)


def _glued(tokens: Sequence[str]) -> str:
    """Return tokens written together, without the strokes between them; a stroke alone as it is."""
    if len(tokens) == 1:
        return tokens[0]
    return "".join(filter(str.isalnum, tokens)) if tokens[0].isalnum() and tokens[-1].isalnum() else ""
