"""What a briefing is made of: the answers of other questions, for one day, one area and one audience.

No rule is worked out here. Counts, expiries, duties and cases are those of their own lists.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from timpora_cli.model.dates.months import months_up_to
from timpora_cli.model.names import fold_name
from timpora_cli.model.supervision.briefing import (
    VILLAGE,
    Asked,
    Brief,
    Fact,
    Figures,
    Head,
    Shown,
    how_shown,
    without_numbers,
)
from timpora_cli.model.supervision.case_files import CaseFile
from timpora_cli.model.supervision.meetings import DecisionOnDay, Meeting
from timpora_cli.queries.counting.counts import counts
from timpora_cli.queries.counting.trend import trend
from timpora_cli.queries.expiring import Window, expiring
from timpora_cli.queries.filters import Where
from timpora_cli.queries.law import reliefs_on
from timpora_cli.queries.people import people, with_passports
from timpora_cli.queries.places import place_name
from timpora_cli.queries.rows import first, rows
from timpora_cli.queries.supervision import cases
from timpora_cli.queries.supervision.duties import BACK, duties
from timpora_cli.queries.supervision.meetings import last_meeting, next_meeting, open_decisions
from timpora_cli.store import clock

# The last change of a fact: that somebody has looked changes none, and the same page is the same at the next look.
HEAD = """
SELECT change.id AS number, moment.at, change.digest
FROM change
JOIN change_moment AS moment ON moment.change_id = change.id
WHERE change.id NOT IN (SELECT change_id FROM disclosure)
ORDER BY change.id DESC
LIMIT 1
"""
NUMBERS_IN = """
SELECT number FROM passport WHERE instr(upper(:text), upper(number))
UNION
SELECT number FROM permit WHERE number IS NOT NULL AND instr(upper(:text), upper(number))
"""
A_DAY = timedelta(days=1)
MONTHS = 12


def briefing(connection: sqlite3.Connection, asked: Asked, where: Where, head: tuple[str, ...]) -> Brief:
    """Return all that the page has for what is `asked`, about the people who meet `where` (a district, a village).

    `head` is the letterhead.
    """
    last, following = last_meeting(connection, asked.on), next_meeting(connection, asked.on)
    until = following.on_day if following else asked.until
    window = Window(until + A_DAY)
    ending = with_passports(connection, asked.on, expiring(connection, asked.on, window, where).people)
    known = head_of_facts(connection)
    return Brief(
        asked=asked,
        letterhead=head,
        area=tuple(place_name(connection, code, asked.on) for code in _area(where)),
        head=known,
        known=clock.shown(connection, known.at) if known else "",
        last=last,
        next=following,
        until=until,
        figures=_figures(connection, asked, where, last),
        expiries=tuple(one for one in ending if not one.overstays),
        overstays=tuple(one for one in ending if one.overstays),
        reliefs=tuple(reliefs_on(connection, asked.on)),
        duties=tuple(duties(connection, asked.on, window._replace(since=asked.on - BACK), where)),
        cases=tuple(_cases(connection, asked, where)),
        decisions=tuple(_decisions(connection, asked, where)),
    )


def is_one_village(where: Where) -> bool:
    """Return whether `where` names one village alone."""
    return len(_codes(where, "village")) == 1


def _figures(connection: sqlite3.Connection, asked: Asked, where: Where, last: Meeting | None) -> Figures:
    by_village = "village" in where.parameters
    side = "village" if by_village else "district"
    return Figures(
        by_village,
        by_place=tuple(counts(connection, asked.on, side, where)),
        by_class=tuple(counts(connection, asked.on, "class", where)),
        by_nationality=tuple(counts(connection, asked.on, "nationality", where)),
        before=tuple(counts(connection, last.on_day, side, where)) if last else None,
        trend=tuple(trend(connection, months_up_to(asked.on, MONTHS), where)),
    )


def _cases(connection: sqlite3.Connection, asked: Asked, where: Where) -> Iterator[CaseFile]:
    """Yield the open cases of the places in `where`, the nearest deadline first.

    The page of a village names nobody who does not live in it, also where a case of the village is about them.
    """
    villages, districts = _codes(where, "village"), _codes(where, "district")
    of_village = asked.audience == VILLAGE
    own = {one.resident_id for one in people(connection, asked.on, where)} if of_village else set()
    here = (
        one
        for one in cases.cases(connection, asked.on, cases.Asked())
        if (not villages or one.case.village_code in villages)
        and (not districts or one.case.district_code in districts)
    )
    for file in cases.case_files(connection, here):
        if of_village and file.listed.case.resident_id not in own:
            case = replace(file.listed.case, name=None, resident_id=None)
            yield replace(file, listed=replace(file.listed, case=case))
        else:
            yield file


def _decisions(connection: sqlite3.Connection, asked: Asked, where: Where) -> Iterator[DecisionOnDay]:
    """Yield the decisions that are open on the day, with the numbers in their texts as the audience sees numbers.

    A decision is of no district. The page of a village has those whose owner has the name of the village in it.
    """
    found = open_decisions(connection, asked.on)
    if how_shown(asked.audience, Fact.DECISION) is Shown.NOT:
        names = [
            fold_name(place_name(connection, code, asked.on).partition(",")[0]) for code in _codes(where, "village")
        ]
        found = [one for one in found if any(f" {name} " in f" {fold_name(one.decision.owner)} " for name in names)]
    numbers = list(_numbers_in(connection, (one.decision.text for one in found)))
    for one in found:
        text = without_numbers(asked.audience, one.decision.text, numbers)
        yield one._replace(decision=one.decision._replace(text=text))


def _numbers_in(connection: sqlite3.Connection, texts: Iterable[str]) -> Iterator[str]:
    """Yield the numbers of passports and permits on record that stand in one of the texts."""
    for row in rows(connection, NUMBERS_IN, {"text": "\n".join(texts)}):
        yield str(row["number"])


def head_of_facts(connection: sqlite3.Connection) -> Head | None:
    """Return the last change of a fact, that the connection knows; None where there is none."""
    row = first(connection, HEAD)
    return None if row is None else Head(row["number"], clock.read(row["at"]), row["digest"] or "")


def _codes(where: Where, name: str) -> list[str]:
    """Return the codes of a filter, each once; none where it was not given."""
    return list(dict.fromkeys(json.loads(where.parameters.get(name, "[]"))))


def _area(where: Where) -> list[str]:
    return [*_codes(where, "village"), *_codes(where, "district")]
