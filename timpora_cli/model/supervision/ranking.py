"""Where to look: the districts by a sum of weighted terms, whose weights are a setting (manual: regions)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import excerpt, whole_number

TERMS = ("residents", "change", "overstays", "due", "not_seen", "cases")
"""The terms of the sum: people present, the change since the last meeting, overstays, permits that end within 30 days,
people who were not seen within the days of the rule, and open cases.
"""
USUAL = "residents=1"
"""The most people first, as the office chose the district to watch in September 2020."""
MOST = 1000


class NotWeights(WrongUsage):
    """These are no weights: {text}.{why} Write them as in residents=1,overstays=5. Known: {known}."""


def weights(text: str) -> dict[str, int]:
    """Return the weight of each term that `text` names: whole numbers from 0, at most 1000. Raises NotWeights."""
    found: dict[str, int] = {}
    known = ", ".join(TERMS)
    for part in text.split(","):
        term, _equals, number = (piece.strip() for piece in part.partition("="))
        term = term.casefold().replace("-", "_")
        weight = whole_number(number, MOST)
        if term not in TERMS or term in found or weight is None:
            raise NotWeights(text=excerpt(text), why="", known=known)
        found[term] = weight
    if not any(found.values()):
        raise NotWeights(
            text=excerpt(text), why=_(" All of them are 0, and then every district is alike."), known=known
        )
    return found


def written(weighted: Mapping[str, int]) -> str:
    """Return weights in their one written form, in the order of the terms."""
    return ",".join(f"{term}={weighted[term]}" for term in TERMS if term in weighted)


@dataclass(frozen=True, slots=True)
class DistrictTerms:
    """The terms of one district on a day. `change` is None where there was no meeting before."""

    code: str
    name: str
    residents: int
    change: int | None
    overstays: int
    due: int
    not_seen: int
    cases: int

    def value(self, term: str) -> int:
        """Return the number of a term; a change that is not known counts as none."""
        number: int | None = getattr(self, term)
        return number or 0

    def score(self, weighted: Mapping[str, int]) -> int:
        """Return the sum of the terms, each multiplied by its weight."""
        return sum(self.value(term) * weight for term, weight in weighted.items())


@dataclass(frozen=True, slots=True)
class Ranked:
    """A district with its place: those of one score share it, and the next place is passed over."""

    place: int
    shared: bool
    terms: DistrictTerms
    score: int
    weights: Mapping[str, int]
    meeting_on: date | None


def ranked(found: Sequence[DistrictTerms], weighted: Mapping[str, int], meeting_on: date | None) -> Iterator[Ranked]:
    """Yield the districts by their score, the highest first; those alike by name."""
    scores = {one.code: one.score(weighted) for one in found}
    for one in sorted(found, key=lambda one: (-scores[one.code], one.name)):
        score = scores[one.code]
        place = 1 + sum(other > score for other in scores.values())
        shared = sum(other == score for other in scores.values()) > 1
        yield Ranked(place, shared, one, score, weighted, meeting_on)
