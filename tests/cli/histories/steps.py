"""Any history: what an officer does, in any order, and a day or two on which somebody looks."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random

from tests.cli.histories import log, merging, people, places
from tests.cli.histories.life import Life, Step
from tests.cli.histories.people import MOST_PEOPLE

KINDS = ("KITAS", "KITAP", "ITK", "VOA", "PERALIHAN")

ACTS: Mapping[str, Callable[[Life, Step, date], None]] = {
    "arrive": people.arrives, "grant": people.is_granted, "extend": people.is_followed, "convert": people.is_followed,
    "revoke": people.is_revoked, "move": people.moves, "depart": people.departs, "return": people.returns,
    "edit end": people.end_is_corrected, "passport": people.passport_is_issued,
    "name passport": people.passport_is_named, "merge": merging.are_merged,
    "undo": log.is_undone, "redo": log.is_redone, "mark": log.is_marked,
    "wrong clock": log.clock_goes_wrong, "right clock": log.clock_is_set_right, "clock behind": log.clock_is_behind,
    "relief": log.relief_begins, "supersede": log.relief_begins, "end relief": log.relief_ends,
    "rename": places.is_renamed, "end village": places.village_ends, "split": places.village_is_split,
    "move village": places.village_moves, "end district": places.district_ends,
}  # fmt: skip
# How often each is tried. The world is as busy as the people in it: without people nothing can go wrong.
ANYTHING = {
    "arrive": 4, "grant": 8, "extend": 8, "convert": 4, "revoke": 2, "move": 4, "depart": 6, "return": 6, "edit end": 3,
    "passport": 4, "name passport": 3, "merge": 4, "undo": 4, "redo": 4, "mark": 4, "wrong clock": 2, "right clock": 4,
    "clock behind": 1, "relief": 2, "supersede": 2, "end relief": 2, "rename": 1, "end village": 2, "split": 2,
    "move village": 2, "end district": 1,
}  # fmt: skip
ABOUT_ONE_PERSON = {
    what: ANYTHING[what]
    for what in ("grant", "extend", "convert", "revoke", "move", "depart", "return", "passport", "name passport")
}
ARRIVAL = {"arrive": 1}
TRIES = 6


def drawn(chance: Random, what: Mapping[str, int] = ANYTHING, later: int = 40) -> Step:
    """A step of one of these kinds, each with its weight, up to so many days after the last."""
    return Step(
        what=chance.choices(list(what), list(what.values()))[0],
        who=chance.randrange(MOST_PEOPLE),
        later=chance.randint(0, later),
        back=chance.choice([0, 0, 0, 1, 10, 30, 90]),
        kind=chance.choice(KINDS),
        length=chance.choice([None, 0, 1, 14, 30, 60, 180, 365]),
        village=chance.choice([None, *range(8)]),
        pick=chance.randrange(12),
        known=chance.random() < 0.75,
    )


def go_anywhere(life: Life, chance: Random) -> None:
    """Let an officer do anything; what cannot be, such as a permit for somebody who has one, is drawn anew."""
    before = life.played["commands"], life.ahead
    for _try in range(TRIES):
        go(life, drawn(chance))
        if (life.played["commands"], life.ahead) != before:
            return


def go(life: Life, step: Step) -> None:
    """Let an officer do one thing."""
    life.passes(step.later)
    life.look_for_moved_ends()
    on = life.today - timedelta(days=step.back)
    life.days |= {on, on + timedelta(days=step.length or 0)}
    ACTS[step.what](life, step, on)
    life.look_for_moved_ends()
