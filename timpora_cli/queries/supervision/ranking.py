"""Where to look: what is counted for each district of the office's area, and in what order they come."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from timpora_cli.model.people import Person
from timpora_cli.model.supervision.ranking import DistrictTerms, Ranked, ranked, weights
from timpora_cli.queries.filters import EVERYONE
from timpora_cli.queries.people import people
from timpora_cli.queries.places import district_rows
from timpora_cli.queries.settings import rank_weights
from timpora_cli.queries.supervision.cases import Asked, cases
from timpora_cli.queries.supervision.inspections import days_to_be_seen, not_seen
from timpora_cli.queries.supervision.meetings import last_meeting

DUE_WITHIN = timedelta(days=30)


def districts_ranked(connection: sqlite3.Connection, on: date) -> list[Ranked]:
    """Return the districts of the office's area on the day `on`, in the order of their weighted sum.

    The change is counted since the last meeting before that day; it is not known where there was none.
    """
    last = last_meeting(connection, on)
    here = list(people(connection, on, EVERYONE))
    residents = _counted(here)
    before = _counted(people(connection, last.on_day, EVERYONE)) if last else None
    days = days_to_be_seen(connection, on)
    unseen = _counted(not_seen(connection, on, EVERYONE, days)) if days is not None else Counter[str | None]()
    overstays = _counted(one for one in here if one.overstays)
    due = _counted(one for one in here if _is_due(one, on))
    opened = Counter(one.case.district_code for one in cases(connection, on, Asked()))
    found = [
        DistrictTerms(
            code=one.district.code,
            name=one.district.name,
            residents=residents[one.district.code],
            change=None if before is None else residents[one.district.code] - before[one.district.code],
            overstays=overstays[one.district.code],
            due=due[one.district.code],
            not_seen=unseen[one.district.code],
            cases=opened[one.district.code],
        )
        for one in district_rows(connection, ours=True, on=on)
    ]
    return list(ranked(found, weights(rank_weights(connection)), last.on_day if last else None))


def _counted(people_: Iterable[Person]) -> Mapping[str | None, int]:
    return Counter(person.place.district_code for person in people_)


def _is_due(person: Person, on: date) -> bool:
    """Return whether the effective end of the permit lies within 30 days of the day `on`."""
    until = person.permit.effective_until if person.permit else None
    return until is not None and on <= until <= on + DUE_WITHIN
