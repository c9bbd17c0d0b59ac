"""The one function that every sentence for a person passes through.

English is the source text, so English loads nothing. Another language loads its catalogue from `data/locale/` the
first time a sentence is asked for. Keys, codes and dates of machine formats are never translated.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

LANGUAGES = ("en", "id")
CATALOGUES = Path(__file__).parent / "data" / "locale"

_chosen = "en"
_catalogue: "NullTranslations | None" = None


def choose(language: str) -> None:
    """Make `language` ("en" or "id") the one that `_` answers in, from now on."""
    global _chosen, _catalogue  # noqa: PLW0603 a process has one language, as with gettext
    _chosen = language
    _catalogue = None
    if language != "en":
        from gettext import translation

        _catalogue = translation("timpora", CATALOGUES, [language], fallback=True)


def chosen() -> str:
    """Return the language in force, "en" or "id"."""
    return _chosen


def wanted(arguments: Sequence[str], environment: dict[str, str]) -> str:
    """Return the language a call asks for: `--lang`, then TIMPORA_LANG, then the locale, then English.

    Read from the bare argument list, because the help texts need it before the options are parsed. A value that
    is not one of our languages is refused later, where the option is checked.
    """
    asked = [environment.get("TIMPORA_LANG", "")]
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and position + 1 < len(arguments):
            asked.insert(0, arguments[position + 1])
        elif argument.startswith("--lang="):
            asked.insert(0, argument.removeprefix("--lang="))
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    asked.append(locale.partition("_")[0])
    return next((language for language in asked if language in LANGUAGES), "en")


def _(sentence: str) -> str:
    """Return `sentence` in the language in force."""
    return sentence if _catalogue is None else _catalogue.gettext(sentence)


def n_(one: str, many: str, count: int) -> str:
    """Return the singular or the plural of a sentence, by `count`, in the language in force."""
    if _catalogue is None:
        return one if count == 1 else many
    return _catalogue.ngettext(one, many, count)


def counted(one: str, many: str, number: int) -> str:
    """Return a number with its noun, as in "1 row" and "2 rows", in the language in force; both texts hold {number}."""
    return n_(one, many, number).format(number=number)
