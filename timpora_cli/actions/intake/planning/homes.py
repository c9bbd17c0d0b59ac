"""Where the rows of one person say that it lives.

Another village is a move only where the day of the sheet is known (--on): a sheet does not say when somebody moved.
Without that day, and on the day on which the residence began, it is a correction; the address of the other village goes
with it. Rows of an earlier permit speak of that permit's days: they fill in what is not known, and correct nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from timpora_cli.actions.intake.planning.attempt import Attempt, put
from timpora_cli.actions.intake.recorded import Home, Person, SaidOtherwise
from timpora_cli.actions.stays import AlreadyDeparted
from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.queries.places import place_name
from timpora_cli.sheets.facts import Entry, Values
from timpora_cli.sheets.headers import Field

NAMING: tuple[Field, ...] = ("village", "district")
LOTS: tuple[Field, ...] = ("address", "rt", "rw")


class ElsewhereOnRecord(Refused):
    """Resident {resident} is recorded in village {village}, which does not lie in the district of this row. Name the
    village too.
    """


class LivedElsewhere(Refused):
    """On {day}, the day of this sheet, resident {resident} lived elsewhere by the register: {place}. The place of a day
    before the present residence is corrected by hand.
    """


def homes_of(attempt: Attempt, person: Person) -> list[Home]:
    """Return the residences of `person`, whose permits and facts are put together already."""
    homes = [home.copy() for home in attempt.person.homes]
    if homes and attempt.person.home_follows:
        homes[0].since = person.since
    place, now = _place(attempt)
    agreeing = [row for row in attempt.rows if _agree(attempt, row.values, place)]
    lots = {name: attempt.latest(name, agreeing) for name in LOTS}
    if attempt.refused:
        return homes
    if not homes:
        told = {name: value for name, (value, _now) in lots.items() if value is not None}
        return [Home({**place, **told}, person.since)]
    if attempt.given.on is not None and attempt.given.on < (attempt.person.homes[-1].since or ""):
        _refuse_elsewhere_then(attempt, attempt.given.on)
    elif _settle_in(attempt, homes, place, now=now):
        for name, (value, is_now) in lots.items():
            if is_now or name not in homes[-1].where:
                put(homes[-1].where, name, value)
        _refuse_departed(attempt, homes)
    return homes


def _refuse_departed(attempt: Attempt, homes: Sequence[Home]) -> None:
    """Refuse another place, or more of it, of somebody who has departed."""
    if attempt.person.departed and homes[-1].where != attempt.person.homes[-1].where:
        telling = [row for row in attempt.rows if not row.values.keys().isdisjoint((*NAMING, *LOTS))]
        attempt.refuse(telling, AlreadyDeparted(resident=attempt.person.id, departed=attempt.person.departed))


def _place(attempt: Attempt) -> tuple[Values, bool]:
    """Return the village, or the district alone, that the latest rows name, and whether they speak of now."""
    naming = _naming(attempt.rows)
    if not naming:
        homes, told = attempt.person.homes, Values()
        if not homes or homes[-1].where.keys().isdisjoint(NAMING):
            attempt.fill(told, NAMING)
        return told, True
    village, now = attempt.latest("village", naming)
    district, now_too = attempt.latest("district", [row for row in naming if "village" not in row.values])
    if village is None:
        return {} if district is None else {"district": district}, now_too
    if district is None or attempt.given.district(village) == district:
        return {"village": village}, now or now_too
    latest = attempt.of_latest(naming)
    villages = [row for row in latest if "village" in row.values]
    districts = [row for row in latest if "village" not in row.values]
    for mine, others in ((villages, districts), (districts, villages)) if villages and districts else ():
        attempt.refuse(mine, SaidOtherwise(line=min(row.line for row in others), field="district"))
    return ({"village": village}, now) if villages else ({"district": district}, now_too)


def _settle_in(attempt: Attempt, homes: list[Home], place: Values, *, now: bool) -> bool:
    """Put a place into the residences, as a move or as a correction; return whether the rows speak of the last one."""
    held, on = homes[-1], attempt.given.on
    latest = attempt.of_latest(_naming(attempt.rows))
    if "village" in held.where and "district" in place and not _agree(attempt, place, held.where):
        if now:
            fault = ElsewhereOnRecord(resident=attempt.person.id, village=held.where["village"])
            attempt.refuse(latest, fault)
        return False
    if _agree(attempt, place, held.where):
        if "village" in place and "village" not in held.where:
            held.where.pop("district", None)
            held.where["village"] = place["village"]
        elif "district" in place and held.where.keys().isdisjoint(NAMING):
            held.where["district"] = place["district"]
        return True
    if not now:
        return False
    if on is not None and on > (held.since or ""):
        held.until = on
        homes.append(Home(dict(place), on))
    else:
        held.where = dict(place)  # the address was one in the other village
        attempt.rehoused = True
    return True


def _refuse_elsewhere_then(attempt: Attempt, on: str) -> None:
    """Refuse what a sheet from before the present residence says of another place of its day.

    What it says of the same place may have been corrected since, so nothing else of it is taken.
    """
    homes = attempt.person.homes
    lived = next((one.where for one in homes if (one.since or "") <= on < (one.until or "9999")), {})
    village, code = lived.get("village"), lived.get("village") or lived.get("district")
    district = None if code is None else attempt.given.district(code)
    for row in attempt.rows:
        if row.values.get("village") in {None, village} and row.values.get("district") in {None, district}:
            continue
        day = date.fromisoformat(on)
        place = _("in no place that is known") if code is None else place_name(attempt.given.connection, code, day)
        attempt.refuse([row], LivedElsewhere(resident=attempt.person.id, day=on, place=place))


def _agree(attempt: Attempt, one: Mapping[Field, str], other: Mapping[Field, str]) -> bool:
    """Return whether two are of one place: the same, one within the other, or one that names none."""
    mine, theirs = (named.get("village") or named.get("district") for named in (one, other))
    if mine is None or theirs is None or mine == theirs:
        return True
    both_villages = "village" in one and "village" in other
    return not both_villages and attempt.given.district(mine) == attempt.given.district(theirs)


def _naming(rows: Sequence[Entry]) -> list[Entry]:
    """Return the rows that name a village or a district."""
    return [row for row in rows if not row.values.keys().isdisjoint(NAMING)]
