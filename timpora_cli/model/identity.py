"""Whether two sets of facts can be of one person: the one home of that rule (manual: sheets)."""

from collections.abc import Mapping
from difflib import SequenceMatcher

from timpora_cli.model.names import fold_name

TOO_MUCH = 2
"""From this sum of what speaks against it on, two sets of facts are not of one person."""
STRONGLY_OTHER_NAME = 2
DIFFERENCES = {"born": 1, "sex": 1, "nationality": 1}
NEAR = 0.75  # a likeness from which two names are one in two spellings


def contradiction(one: Mapping[str, str | None], other: Mapping[str, str | None]) -> int:
    """Return how much speaks against two sets of facts being of one person: see TOO_MUCH.

    Both have a name; the day of birth, the sex and the nationality speak only where both have them. An equal day of
    birth takes one off: a name may be another one after a marriage.
    """
    weight = STRONGLY_OTHER_NAME if names_differ(str(one["name"]), str(other["name"])) else 0
    for fact, heavy in DIFFERENCES.items():
        if one.get(fact) and other.get(fact) and one[fact] != other[fact]:
            weight += heavy
    if weight and one.get("born") and one.get("born") == other.get("born"):
        weight -= 1
    return weight


def names_differ(one: str, other: str) -> bool:
    """Return whether two names are of two people: neither words left out, nor another order or spelling.

    Only the words that are not in both are compared: a family's name is no likeness.
    """
    if one_name(one, other):
        return False
    words, others = words_of(one), words_of(other)
    # In one order always: the ratio of two texts depends on which comes first.
    first, second = sorted(" ".join(sorted(here - (words & others))) for here in (words, others))
    return SequenceMatcher(None, first, second).ratio() < NEAR


def one_name(one: str, other: str) -> bool:
    """Return whether two names have the same words in any order, or one leaves out words of the other."""
    words, others = words_of(one), words_of(other)
    return words <= others or others <= words


def words_of(name: str) -> frozenset[str]:
    """Return the words of a name, folded."""
    return frozenset(fold_name(name).split())
