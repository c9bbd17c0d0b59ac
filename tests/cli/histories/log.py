"""What an officer does with the log and the law: take back, bring forward, mark, set the clock right, enact reliefs."""

import json
from dataclasses import replace
from datetime import date, timedelta

from tests.cli.histories.life import Life, Step, Told
from tests.cli.histories.model import Relief

TELL = ("expiring", "--new", "--mark", "--format", "json")
AHEAD = (1, 45, 400)


def is_undone(life: Life, _step: Step, _on: date) -> None:
    if len(life.states) > 1:
        assert life.give("undo", "--yes") == 0, life.refusal
        life.played["of undo"] += 1
        life.undone.append(life.states.pop())
        life.logged()


def is_redone(life: Life, _step: Step, _on: date) -> None:
    done = life.give("redo", "--yes") == 0
    assert done == bool(life.undone), life.refusal
    if done:
        life.played["of redo"] += 1
        life.states.append(life.undone.pop())
        life.logged()


def is_marked(life: Life, step: Step, _on: date) -> None:
    """A run of cron: what it prints is told; whoever is silent has been told, and the end has not moved since."""
    before = life.today + timedelta(days=90)
    given = life.asked(*TELL, "--before", before.isoformat())
    assert given.code == 0, given.err
    life.played["of mark"] += 1
    if life.last_change() > life.log[-1].change:
        life.logged()
    printed = {row["permit_number"] for row in json.loads(given.out)}
    for permit, end in life.ends().items():
        if end is not None and end >= before:
            continue
        told = life.told.get(permit)
        if told is None or told.moved:
            assert permit in printed, f"{permit} is silent"
        life.told[permit] = Told(end)


# The clock -----------------------------------------------------------------------------------------------------------


def clock_goes_wrong(life: Life, step: Step, _on: date) -> None:
    """Somebody sets the machine's clock ahead, or further ahead, and nobody sees it."""
    life.ahead = max(life.ahead, timedelta(days=AHEAD[step.pick % len(AHEAD)]))
    life.set_clock()


def clock_is_set_right(life: Life, _step: Step, _on: date) -> None:
    """The machine's clock is right again. Changes that were made while it was ahead have to be read as they were made;
    until that is said, nothing is recorded.
    """
    life.ahead = timedelta()
    life.set_clock()
    ahead = [logged.change for logged in life.log if logged.at > life.true]
    if not ahead:
        return
    nothing_is_recorded(life)
    numbers = f"{ahead[0]}..{ahead[-1]}"
    assert life.give("clock", "correct", numbers, "--to", life.moment(life.true)) == 0, life.refusal
    life.played["of correct clock"] += 1
    life.log = [one._replace(at=life.true) if one.change in ahead else one for one in life.log]
    life.logged()


def clock_is_behind(life: Life, step: Step, _on: date) -> None:
    """The machine's clock stands before the last change for a while."""
    machine, life.timpora.clock.machine = life.machine, life.log[-1].at - timedelta(days=1 + step.pick)
    nothing_is_recorded(life)
    life.timpora.clock.machine = machine
    life.played["of clock behind"] += 1


def nothing_is_recorded(life: Life) -> None:
    """By a clock before the last change no command writes, and a monitor cannot say anything."""
    assert life.give("setting", "set", "office_name", "Contoh") == 1
    assert life.give(*TELL, "--before", life.today.isoformat()) == 1
    assert life.timpora("expiring", "--monitor").code == 3


# Reliefs -------------------------------------------------------------------------------------------------------------


def relief_begins(life: Life, step: Step, on: date) -> None:
    """A relief for two classes; every second one asks for the day of entry, or takes the place of another."""
    open_ones = [one for one in life.now.reliefs if not any(other.supersedes == one.code for other in life.now.reliefs)]
    before = open_ones[step.who % len(open_ones)].code if step.what == "supersede" and open_ones else None
    code = f"CONTOH-{life.number()}"
    keeps = on + timedelta(days=step.length) if step.length is not None else None
    entered = on - timedelta(days=60) if step.pick % 3 == 0 else None
    kinds = frozenset({step.kind, "KITAS"})
    words = ["--name", "Invented", "--basis", "Contoh", "--source", "example.invalid", "--from", on.isoformat()]
    words += [word for kind in sorted(kinds) for word in ("--class", kind)]
    words += ["--until", keeps.isoformat()] if keeps else []
    words += ["--entered-from", entered.isoformat()] if entered else []
    words += ["--supersedes", before] if before else []
    relief = Relief(code, kinds, on, keeps, entered, before)
    life.take(
        step.what, replace(life.now, reliefs=(*life.now.reliefs, relief)), "relief", "add", code, *words, must=True
    )


def relief_ends(life: Life, step: Step, on: date) -> None:
    if not life.now.reliefs:
        return
    relief = life.now.reliefs[step.pick % len(life.now.reliefs)]
    reliefs = tuple(one._replace(ended=on) if one is relief else one for one in life.now.reliefs)
    life.take("end relief", replace(life.now, reliefs=reliefs), "relief", "end", relief.code, "--on", on.isoformat())
