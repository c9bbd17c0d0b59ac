"""Names, numbers and places as people write them: folded to be compared, canonical to be stored, made safe to be shown.

A full name is one text. It is stored as it was given, and never split.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

from timpora_cli.errors import WrongUsage
from timpora_cli.language import _

# Letters that Unicode does not decompose into a base and a mark. casefold handles ß and the like.
_BASE_LETTERS = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t", "ı": "i", "ə": "e",
})  # fmt: skip
_APOSTROPHES = "'’‘ʼʻʽʾʿʹ`´′＇"
_HYPHENS = "-‐‑‒–—−﹣－"
_IN_NAMES = str.maketrans(dict.fromkeys(_APOSTROPHES, "") | dict.fromkeys(_HYPHENS + ".,", " "))
DASHES = _HYPHENS  # every kind of dash that may stand in a number and is no part of it
_FOLDED_NUMBERS = str.maketrans(
    dict.fromkeys(DASHES + " ", "") | {letter: letter.upper() for letter in "abcdefghijklmnopqrstuvwxyz"}
)
_IN_NUMBERS = str.maketrans(dict.fromkeys(_HYPHENS + "._", ""))
# What people write before a number: "No. X123", "Paspor: X123". Without a sign or a blank after it, it is the number.
_BEFORE_NUMBERS = re.compile(rf"(?i)^(?:(?:no|nr|nomor|number|paspor|passport)[ .:#{re.escape(_HYPHENS)}]+)+")
# A passport's number of digits alone: shorter or longer ones have met a spreadsheet, or are another number.
FEWEST_DIGITS, MOST_DIGITS = 6, 12
GREATEST_ID = 10**18 - 1
"""The greatest id that is looked for: 18 digits always fit into an integer of SQLite."""

_PLACE_KINDS = {"kab", "kabupaten", "kec", "kecamatan", "desa", "kel", "kelurahan", "prov", "provinsi"}
_ADMINISTRATIVE = {"adm", "administrasi"}

_JOINERS = "\u200c\u200d"  # they shape letters in Persian, Urdu and Indic names
BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # printable by category, but invisible

SHORTEST_TELLING_WORD = 4  # PT, bin and van are in too many names to show which one was meant
LONGEST_NAME, LONGEST_OFFICER = 200, 100  # characters
EXCERPT = 60  # characters of a value that an error repeats
_FORMULA_STARTS = frozenset("=+-@＝＋－＠")
_ANY_SEPARATOR = re.compile("([;\t\r\n])")


class NotAPassportNumber(WrongUsage):
    """ "{text}" is not a passport number: {reason}.
    Write the letters and digits that stand in the passport, as in X0012345.
    """  # noqa: D210 the sentence opens with what was typed


class NotAPermitNumber(WrongUsage):
    """ "{text}" is not a permit number: {reason}.
    Write the number that stands on the permit, as in 2C21JD0001-V.
    """  # noqa: D210 the sentence opens with what was typed


class NotANiora(WrongUsage):
    """ "{text}" is no NIORA: {reason}. Write the number that stands on the permit."""  # noqa: D210 the sentence opens with what was typed


class NoName(WrongUsage):
    """ "{text}" is no name: {reason}."""  # noqa: D210 the sentence opens with what was typed


def tidy(text: str) -> str:
    """Return a text with single blanks, on one line."""
    return " ".join(text.split())


def name(text: str, most: int = LONGEST_NAME) -> str:
    """Return the name of anybody or anything, with single blanks. Raises NoName for one of over `most` characters."""
    tidied = tidy(text)
    if len(tidied) > most:
        raise NoName(text=excerpt(tidied), reason=_("it has more than {most} characters").format(most=most))
    return tidied


def full_name(text: str) -> str:
    """Return the name of a person, with single blanks. Raises NoName, and UnicodeEncodeError where it is no text."""
    tidied = name(text)
    if not (tidied[:1].isalpha() or any(map(str.isalpha, tidied))):
        tidied.encode()  # what is no text at all is told as that
        raise NoName(text=excerpt(tidied), reason=_("it has no letter"))
    return tidied


@lru_cache(maxsize=4096)  # a sheet names few countries and villages, and each of them over and over
def fold_name(text: str) -> str:
    """Return the form in which two spellings of a person's name are equal: no case, accents, apostrophes or hyphens.

    For searching by substring, never for showing or storing. Letters of other scripts and their vowel signs stay.
    Folding twice changes nothing.
    """
    plain = text.translate(_IN_NAMES)
    if plain.isascii():
        return " ".join(plain.lower().split())
    caseless = unicodedata.normalize("NFKD", plain).casefold()
    plain = unicodedata.normalize("NFKD", caseless).translate(_BASE_LETTERS).translate(_IN_NAMES)
    kept = "".join(character for character in plain if not _is_left_out(character))
    return " ".join(kept.split())


def _is_left_out(character: str) -> bool:
    """Return whether a character is a mark of the European alphabets, or not seen at all."""
    return "\u0300" <= character <= "\u036f" or unicodedata.category(character) in {"Cf", "Cs"}


def fold_place(text: str) -> str:
    """Return the form in which two spellings of a place are equal, as in "KEC. TANJUNG PANDAN".

    Small letters and digits without spaces; a leading kab, kec, desa, kel, prov or "kota adm" goes, unless nothing
    would be left. A bare "kota" stays: it is a kelurahan, and Kota Baru is not Baru. Folding twice changes nothing.
    """
    words = _words(text)
    while len(words) > 1 and (words[0] in _PLACE_KINDS or words[0] in _ADMINISTRATIVE):
        del words[0]
    if len(words) > 2 and words[0] == "kota" and words[1] in _ADMINISTRATIVE:
        del words[:2]
    folded = "".join(_water(word) for word in words)
    return _water(folded).replace("tanjong", "tanjung")


def _water(word: str) -> str:
    """Return `word` with the island's own "aik" written as the "air" of the maps."""
    return "air" + word[3:] if word.startswith("aik") else word


def nearest(text: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """Return up to `limit` of the `known` values that `text` may have meant, the likeliest first.

    Whole values are compared first. A value with one word that is nearer still comes before them; where no whole value
    is near, all values with a near word do: often only one word of a person's name is typed.
    """
    if len(text) > LONGEST_NAME:
        return []
    wholes: dict[str, list[str]] = {}
    words: dict[str, list[str]] = {}
    for value in dict.fromkeys(known):
        wholes.setdefault(fold_place(value), []).append(value)
        for word in _words(value):
            if len(word) >= SHORTEST_TELLING_WORD:
                words.setdefault(word, []).append(value)
    wanted = fold_place(text)
    near, with_word = _close(wanted, wholes, limit), _close(wanted, words, limit)
    meant = [value for fold in near for value in wholes[fold]]
    if with_word and _close(wanted, [*near[:1], with_word[0]], 1) != near[:1]:
        by_word = [value for word in with_word for value in words[word]]
        meant = [by_word[0], *meant] if meant else by_word
    return list(dict.fromkeys(meant))[:limit]


def _close(wanted: str, known: Iterable[str], limit: int) -> list[str]:
    """Return up to `limit` of the `known` that resemble `wanted`; first those with its letters in another order."""
    from difflib import get_close_matches

    close = get_close_matches(wanted, list(known), n=limit + 1)
    return sorted(close, key=lambda one: sorted(one) != sorted(wanted))[:limit]


def _words(text: str) -> list[str]:
    words: list[str] = re.findall(r"[^\W_]+", fold_name(text))
    return words


def masked(text: str) -> str:
    """Return `text` with all but its last three characters hidden; with all of them hidden if it has no more."""
    shown = text[-3:] if len(text) > 3 else ""
    return "*" * (len(text) - len(shown)) + shown


def did_you_mean(text: str, known: Iterable[str], limit: int = 3) -> str:
    """Return the question that names the nearest of `known`, with a blank before it; nothing where none is near."""
    near = nearest(text, known, limit)
    return " " + _("Did you mean {names}?").format(names=", ".join(near)) if near else ""


def passport_number(text: str) -> str:
    """Return the canonical passport number: ASCII capitals and digits, leading zeros kept. Raises NotAPassportNumber.

    Spaces, hyphens, dots, a spreadsheet's apostrophe before it, and a word such as "No." are no part of the number.
    """
    written = _BEFORE_NUMBERS.sub("", _without_apostrophe(text))
    bare = "".join(written.translate(_IN_NUMBERS).split())
    if bare and not (bare.isascii() and bare.isalnum()):
        reason = _("only the letters A to Z and the digits 0 to 9 may stand in it")
        raise NotAPassportNumber(text=excerpt(text), reason=reason)
    if not 3 <= len(bare) <= 20:
        reason = _("it has {count} letters and digits, not 3 to 20").format(count=len(bare))
        raise NotAPassportNumber(text=excerpt(text), reason=reason)
    if not is_number(bare):
        raise NotAPassportNumber(text=excerpt(text), reason=_("a word or one sign repeated is no number"))
    if bare.isdigit() and not FEWEST_DIGITS <= len(bare) <= MOST_DIGITS:
        reason = _("of digits alone it would have {fewest} to {most}, and it has {count}")
        reason = reason.format(fewest=FEWEST_DIGITS, most=MOST_DIGITS, count=len(bare))
        raise NotAPassportNumber(text=excerpt(text), reason=reason)
    return bare.upper()


def is_number(text: str) -> bool:
    """Return whether a text can be the number of a document: a digit is in it, and it is not one sign repeated.

    "hilang", "dalam proses", "XXXXXXX" and "000000000" are none (manual: columns).
    """
    signs = fold_number(text)
    return any(sign.isdigit() for sign in signs) and (len(signs) < 3 or len(set(signs)) > 1)


def whole_number(text: str, most: int = GREATEST_ID) -> int | None:
    """Return the whole number from 0 to `most` that a text is, without any sign or blank; None where it is none.

    Without `most` it is a number that can be an id.
    """
    # Python turns no more than 4,300 digits into a number, so the length comes first.
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most))):
        return None
    number = int(text)
    return number if number <= most else None


def fold_number(number: str) -> str:
    """Return the form in which two spellings of one number are equal: without blanks, dashes and letter case.

    Of permits and NIORA; "2c21 JD-0001" is 2C21JD0001. `folded` in queries/rows.py is the same in SQL.
    """
    return number.translate(_FOLDED_NUMBERS)


def permit_number(text: str) -> str:
    """Return a permit number with single spaces and its own letter case. Raises NotAPermitNumber."""
    number = tidy(_without_apostrophe(text))
    if reason := _why_no_number(number):
        raise NotAPermitNumber(text=excerpt(text), reason=reason)
    return number


def niora(text: str) -> str:
    """Return a NIORA with single spaces and its own letter case. Raises NotANiora."""
    number = tidy(_without_apostrophe(text))
    if reason := _why_no_number(number):
        raise NotANiora(text=excerpt(text), reason=reason)
    return number


def _why_no_number(number: str) -> str | None:
    """Return why a text cannot be the number of a document, as a clause; None where it can."""
    if not fold_number(number):
        return _("nothing is written")
    if not number.isprintable():
        return _("it holds a character that cannot be seen")
    return None if is_number(number) else _("a word or one sign repeated is no number")


def _without_apostrophe(text: str) -> str:
    return text.strip().lstrip(_APOSTROPHES)


def visible(text: str) -> str:
    r"""Return `text` as it may be shown on any terminal: what cannot be seen is spelt out, as in \x1b or \u202e.

    That is control and format characters, line separators, bidi controls, lone surrogates and whatever Unicode has not
    assigned. Spaces of every width and the joiners that letters need stay; markup is not touched.
    """
    if text.isprintable() and (text.isascii() or BLANKS.isdisjoint(text)):
        return text
    return "".join(
        character if _is_seen(character) else character.encode("unicode_escape").decode("ascii") for character in text
    )


def _is_seen(character: str) -> bool:
    if character in _JOINERS:
        return True
    if character in BLANKS:
        return False
    return character.isprintable() or unicodedata.category(character) == "Zs"


def excerpt(text: str, most: int = EXCERPT) -> str:
    """Return the beginning of `text`, visible and on one line, for an error that must name what was written."""
    shown = visible(text.strip())
    return shown if len(shown) <= most else f"{shown[:most]}…"


def inert(text: str) -> str:
    """Return `text` as a cell that no spreadsheet runs: an apostrophe goes before what would begin a formula.

    Also behind a semicolon, a tab or a line's end. A negative number and a lone hyphen stay; one with a plus does not.
    """
    return by_cell(text, lambda cell: f"'{cell}" if _would_run(cell) else cell)


def by_cell(text: str, change: Callable[[str], str]) -> str:
    """Return `text` with each part changed that a spreadsheet may take for a cell of its own."""
    return text if _FORMULA_STARTS.isdisjoint(text) else "".join(map(change, _ANY_SEPARATOR.split(text)))


def _would_run(cell: str) -> bool:
    first = next((character for character in cell if character.isprintable() and character != " "), "")
    return first in _FORMULA_STARTS and not re.fullmatch(r"-(?:[0-9]+(?:[.,][0-9]+)?)?", cell)
