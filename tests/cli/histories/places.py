"""What becomes of villages and districts on a day, and what the model says of it."""

from dataclasses import replace
from datetime import date

from tests.cli.histories.life import Life, Step
from tests.cli.histories.model import Name, Region, State


def is_renamed(life: Life, step: Step, on: date) -> None:
    code = region_of(life, step)
    called = f"Desa {life.number()}"
    region = life.now.regions[code]
    named = life.now.region(code, names=(*region.names, region.names[-1]._replace(since=on, name=called)))
    words = (level_of(code), "rename", code, "--to", called, "--on", on.isoformat())
    life.take("rename", named, *words, must=region.changed < on, may=can_change(life, code, on))


def village_ends(life: Life, step: Step, on: date) -> None:
    """A village ends; another takes its place, or its people have a district and no village."""
    code, heir = life.village(step), life.village(replace(step, village=step.pick))
    if code is None or code == heir or step.who == 0:
        return
    heir = heir if step.known else None
    district = life.now.regions[code].names[-1].district
    ended = life.now.region(code, ended=on, heir=heir or district).rehoused(code, heir or district, on)
    words = ["village", "end", code, "--on", on.isoformat(), "--yes", *(["--to", heir] if heir else [])]
    heir_is_there = heir is None or (life.exists(heir) and (life.now.regions[heir].begun or date.min) <= on)
    must = heir_is_there and life.now.regions[code].changed < on
    life.take("end village", ended, *words, must=must, may=heir_is_there and can_change(life, code, on))


def village_is_split(life: Life, step: Step, on: date) -> None:
    """A village is split into two, or ends so; its people go to a part, or nobody knows where."""
    code = life.village(step)
    if code is None:
        return
    region, stays = life.now.regions[code], step.known
    district = region.names[-1].district
    assert district is not None
    new = [new_code(life, district) for _part in range(1 if stays else 2)]
    state = life.now
    for part in new:
        state = with_new(state, part, Name(on, f"Desa {part}", district), code)
    to = new[0] if step.pick % 2 else None
    if not stays:
        state = state.region(code, ended=on, heir=district)
    if to or not stays:
        state = state.rehoused(code, to or district, on)
    parts = [*([code] if stays else []), *(f"{part} Desa {part}" for part in new)]
    words = ["village", "split", code, "--on", on.isoformat(), "--yes", *(["--people-to", to] if to else [])]
    words += [word for part in parts for word in ("--into", part)]
    life.take("split", state, *words, must=region.changed < on, may=can_change(life, code, on))


def village_moves(life: Life, step: Step, on: date) -> None:
    """A village lies in another district from a day; every second one gets a code of that district."""
    code = life.village(step)
    districts = [one for one, region in sorted(life.now.regions.items()) if region.names[-1].district is None]
    to = districts[step.pick % len(districts)]
    if code is None or not life.exists(to):
        return
    region = life.now.regions[code]
    name = region.names[-1]
    words = ["village", "move", code, "--district", to, "--on", on.isoformat(), "--yes"]
    state = life.now.region(code, names=(*region.names, name._replace(since=on, district=to)))
    if step.known:
        new = new_code(life, to)
        words += ["--code", new]
        state = with_new(life.now, new, name._replace(since=on, district=to), code).region(code, ended=on, heir=new)
        state = state.rehoused(code, new, on)
    may = name.district != to and can_change(life, code, on)
    life.take("move village", state, *words, must=region.changed < on, may=may)


def district_ends(life: Life, step: Step, on: date) -> None:
    """A district ends, and its villages lie in another from that day."""
    districts = [code for code, region in sorted(life.now.regions.items()) if region.names[-1].district is None]
    code, heir = (districts[number % len(districts)] for number in (step.pick, step.who))
    if code == heir or not life.exists(heir):
        return
    state = life.now.region(code, ended=on, heir=heir).rehoused(code, heir, on)
    for village, region in life.now.regions.items():
        if region.names[-1].district == code and region.ended is None:
            state = state.region(village, names=(*region.names, region.names[-1]._replace(since=on, district=heir)))
    words = ("district", "end", code, "--to", heir, "--on", on.isoformat(), "--yes")
    must = all(region.changed < on for region in life.now.regions.values())
    life.take("end district", state, *words, must=must, may=can_change(life, code, on))


def region_of(life: Life, step: Step) -> str:
    """The code of any village or district."""
    codes = sorted(life.now.regions)
    return codes[step.pick % len(codes)]


def level_of(code: str) -> str:
    return "district" if len(code) == 8 else "village"


def can_change(life: Life, code: str, on: date) -> bool:
    """Whether a region may change on a day: it has not ended, nor was changed on a later day."""
    region = life.now.regions[code]
    return region.ended is None and region.changed <= on


def new_code(life: Life, district: str) -> str:
    life.printed += 1
    return f"{district}.2{900 - life.printed:03}"


def with_new(state: State, code: str, name: Name, mother: str) -> State:
    return replace(state, regions={**state.regions, code: Region((name,), name.since, mother)})
