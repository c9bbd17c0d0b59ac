"""The records of a purge: who has been gone for longer than the retention rule says, and what is removed of them."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from timpora_cli.model.law import DatedRule
from timpora_cli.model.rules import years_after


class Closed(NamedTuple):
    """A person who is gone for good since a day: left, died, or removed from the register.

    `ids` are the number of the record and of those that were merged into it; `name` may be empty no more.
    """

    ids: tuple[int, ...]
    name: str
    closed_on: date
    was_removed: bool
    rows: int = 0

    def __repr__(self) -> str:
        return f"<Closed {self.ids[0]}>"


class Plan(NamedTuple):
    """Whose data a purge removes, the keys of the rows that it writes over, and what it looks for in other texts."""

    people: tuple[Closed, ...]
    keys: Mapping[str, Collection[int | str]]
    named: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<Plan of {len(self.people)}>"


def last_day_to_ask(rule: DatedRule, today: date) -> date:
    """Return the latest day that a purge may name: so many years before today as the rule of retention says."""
    return date.min if rule.value >= today.year else years_after(today, -rule.value)
