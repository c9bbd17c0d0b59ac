"""Any history: what an officer does, in any order, and a day or two on which somebody looks."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from hypothesis import strategies as st

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
ABOUT_ONE_PERSON = (
    "grant", "grant", "extend", "convert", "revoke", "move", "depart", "return", "passport", "name passport",
)  # fmt: skip
OFTEN = ("arrive", "arrive", "grant", "grant", "depart", "return", "undo", "redo", "mark", "merge", "passport")


def steps(*what: str, later: int = 40) -> st.SearchStrategy[Step]:
    """Steps of these kinds, each up to so many days after the last."""
    return st.builds(
        Step,
        what=st.sampled_from(what),
        who=st.integers(0, MOST_PEOPLE - 1),
        later=st.integers(0, later),
        back=st.sampled_from([0, 0, 0, 1, 10, 30, 90]),
        kind=st.sampled_from(KINDS),
        length=st.sampled_from([None, 0, 1, 14, 30, 60, 180, 365]),
        village=st.sampled_from([None, *range(8)]),
        pick=st.integers(0, 11),
        known=st.sampled_from([True, True, True, False]),
    )


any_step = steps(*ACTS, *OFTEN)


def go(life: Life, step: Step) -> None:
    """Let an officer do one thing."""
    life.passes(step.later)
    life.look_for_moved_ends()
    on = life.today - timedelta(days=step.back)
    life.days |= {on, on + timedelta(days=step.length or 0)}
    what = step.what if life.now.people or step.what not in ABOUT_ONE_PERSON else "arrive"
    ACTS[what](life, step, on)
    life.look_for_moved_ends()
