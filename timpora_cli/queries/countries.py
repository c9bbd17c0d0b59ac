"""Which country a word names: a code of ICAO or ISO, a name in either language, an adjective, or a common alias.

What an officer types has to be one of these words. A sheet of others may also hold a near spelling of one.
"""

import re
import sqlite3
from collections.abc import Iterable, Mapping
from operator import ne

from timpora_cli import data
from timpora_cli.language import _, chosen
from timpora_cli.model.names import excerpt, fold_name, nearest
from timpora_cli.model.terms import UnknownTerm

COUNTRIES = "SELECT code, iso3, iso2, name_id, name_en FROM country"
ALIASES = "SELECT alias, code FROM country_alias"
# Most texts are an alias or a code. To find them needs no folding of 500 names.
SHORT = """
SELECT code FROM country_alias WHERE alias = :word
UNION ALL
SELECT code FROM country WHERE :word IN (lower(code), lower(iso3), lower(iso2))
LIMIT 1
"""
CODE_LENGTH = 3
NATIONALITIES = "nationalities.csv"
BEFORE_COUNTRIES = r"(?:wna|wn|warga ?negara(?: asing)?|negara|kebangsaan|bangsa|orang) (?:asal )?"
SEVERAL = r"[/(),;]| [-–] "  # between two words for one country: "Belanda / Netherlands"
SHORTEST_NEAR = 5  # letters of a word that may be misspelt


def countries_by_word(connection: sqlite3.Connection) -> dict[str, str]:
    """Return every folded word for a country with the country's code; aliases win over codes, codes over names.

    The aliases were chosen by hand, by what an office means: AS is Amerika Serikat, not American Samoa.
    """
    words: dict[str, str] = {}
    rows = connection.execute(COUNTRIES).fetchall()
    for code, _iso3, _iso2, name_id, name_en in rows:
        words.update({fold_name(name_id): code, fold_name(name_en): code})
    for code, iso3, iso2, _name_id, _name_en in rows:
        words.update({fold_name(word): code for word in (iso2, iso3) if word})
        words[fold_name(code)] = code
    for row in data.rows(NATIONALITIES):
        words.setdefault(fold_name(row["word"]), row["code"])
    words.update(connection.execute(ALIASES).fetchall())
    return words


def country_in_sheet(text: str, words: Mapping[str, str]) -> str | None:
    """Return the code of the country that a cell names, also with WNA before it, twice, or in a near spelling.

    None where that is none of `words`, or could be two countries.
    """
    parts = [part for part in re.split(SEVERAL, text) if part.strip()]
    named = {_one_country(_glued(fold_name(part)), words) for part in parts}
    return named.pop() if len(named) == 1 else None


def _one_country(word: str, words: Mapping[str, str]) -> str | None:
    bare = re.sub(rf"^{BEFORE_COUNTRIES}", "", word)
    exact = words.get(word) or words.get(bare)
    if exact or len(bare) < SHORTEST_NEAR:
        return exact
    near = {code for known, code in words.items() if len(known) >= SHORTEST_NEAR and _is_near(bare, known)}
    return near.pop() if len(near) == 1 else None


def _glued(word: str) -> str:
    """Return a folded text with its single letters as one word: "r r t" is rrt."""
    return re.sub(r"\b(\w) (?=\w\b)", r"\1", word)


def _is_near(word: str, known: str) -> bool:
    """Return whether two words differ in one letter alone, or as f and ph or double letters do."""
    one, other = (re.sub(r"(.)\1", r"\1", text.replace("ph", "f")) for text in (word, known))
    if abs(len(one) - len(other)) > 1:
        return False
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[same:], other[same:]
    return one[1:] == other[1:] or one[1:] == other or one == other[1:]


def country_code(connection: sqlite3.Connection, text: str, words: dict[str, str] | None = None) -> str:
    """Return the code of the country that `text` names; UnknownTerm, with the nearest names, otherwise."""
    word = fold_name(text)
    short = connection.execute(SHORT, {"word": word}).fetchone() if words is None else None
    if short is not None:
        return str(short[0])
    known = countries_by_word(connection) if words is None else words
    code = known.get(word)
    if code is None:
        names_known = [word for word in known if len(word) > CODE_LENGTH]
        codes_near = _codes_near(text, known)
        near = [*nearest(text, names_known, limit=1 if codes_near else 3), *codes_near][:3]
        names = country_names(connection) if near else {}
        meant = dict.fromkeys(names[known[word]] for word in near)
        hint = " " + _("Did you mean {names}?").format(names=", ".join(meant)) if near else ""
        raise UnknownTerm(
            value=excerpt(text),
            what=_("country"),
            hint=hint,
            known=_("codes such as AUS, or names in Indonesian or English"),
        )
    return code


def _codes_near(text: str, known: Iterable[str]) -> list[str]:
    """Return up to three codes that differ from `text` in one letter or in the order of letters; likeliest first."""
    typed = fold_name(text)
    near = [
        (sorted(code) != sorted(typed), code[0] != typed[0], code)
        for code in known
        if len(code) == len(typed) == CODE_LENGTH and (sorted(code) == sorted(typed) or sum(map(ne, code, typed)) == 1)
    ]
    return [code for _reordered, _begins, code in sorted(near)[:3]]


def country_names(connection: sqlite3.Connection) -> dict[str, str]:
    """Return each country's name in the language in force, by code."""
    return {
        code: (name_id if chosen() == "id" else name_en)
        for code, _iso3, _iso2, name_id, name_en in connection.execute(COUNTRIES)
    }
