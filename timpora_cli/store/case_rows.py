"""The rows that cases begin with: kinds, states and what may follow them, steps, and rules, each with its source.

A new register gets them when it is founded, one from before cases by step 0008. The files in `data/` therefore never
change; what is added later is a step of its own. An officer changes them with `timpora workflow` and
`timpora procedure`.
"""

import sqlite3

from timpora_cli import data
from timpora_cli.store.change import Change
from timpora_cli.store.reference import logged
from timpora_cli.store.shipped import known, write_rules

STEP = "0008_cases"
SOURCE = "Cases: kinds, states, steps and limits, each row with its own source"


def case_rows(connection: sqlite3.Connection) -> None:
    """Write the rows into a register from before cases, as one logged change of the program's own."""
    logged(connection, STEP, SOURCE, write_case_rows)


def write_case_rows(change: Change) -> None:
    """Write the kinds, states, steps and rules of cases into a register that has none of them."""
    for position, kind in enumerate(data.rows("case_kinds.csv"), 1):
        change.insert("case_kind", {**kind, "position": position})
    states = data.rows("case_states.csv")
    follows = {state["code"]: state.pop("follows").split() for state in states}
    for position, state in enumerate(states, 1):
        change.insert("case_state", {**state, "position": position, "is_closed": int(state["is_closed"])})
    for state_code, earlier in follows.items():
        for before in earlier:
            change.insert("case_follow", {"state_code": before, "next_code": state_code})
    _write_steps(change)
    write_rules(change, "case_rules.csv")


def _write_steps(change: Change) -> None:
    places: dict[str, int] = {}
    for step in data.rows("case_steps.csv"):
        places[step["kind_code"]] = places.get(step["kind_code"], 0) + 1
        numbers = {"position": places[step["kind_code"]], "is_needed": int(step["is_needed"]), "verified": 0}
        change.insert("case_step", {**known(step), **numbers})
