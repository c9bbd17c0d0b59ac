"""The records of counts of people: one row, by whatever they are counted; and one row of a trend."""

from typing import NamedTuple


class CountRow(NamedTuple):
    """One row of a count: what it is of (code, name and what that lies in), and how many people by group.

    `seen` is how many of them were seen in the field within the days of the rule; None where that was not asked, and
    where no rule says within how many days. `rank` is its place among the rows as people read it ("1", "2=" where
    another row has as many), once it is known.
    """

    code: str | None
    name: str | None
    within_code: str | None
    within: str | None
    groups: tuple[int, ...]
    rank: str | None = None
    seen: int | None = None

    @property
    def total(self) -> int:
        """All people of the row."""
        return sum(self.groups)

    @property
    def not_seen(self) -> int | None:
        """All people of the row but those who were seen."""
        return None if self.seen is None else self.total - self.seen


class TrendRow(NamedTuple):
    """How many people were present at the start and the end of a month, and how many came and went between.

    `code` and `name` are of the value that they are counted by; both None in a trend of all people, and where the value
    is not known. `bar` is the arrivals as text for people, once it is drawn.
    """

    month: str
    code: str | None
    name: str | None
    at_start: int
    arrived: int
    departed: int
    bar: str | None = None

    @property
    def at_end(self) -> int:
        """How many were present on the last day of the month."""
        return self.at_start + self.arrived - self.departed
