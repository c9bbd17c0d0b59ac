"""Which country a word names: a code of ICAO or ISO, a name in either language, or an alias in common use."""

import sqlite3
from collections.abc import Iterable
from operator import ne

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
    words.update(connection.execute(ALIASES).fetchall())
    return words


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
