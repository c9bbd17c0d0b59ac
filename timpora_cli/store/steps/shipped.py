"""The rows that ship in `data/`: for a new register, and for one from before the step that a table of them came with.

A file that a step reads never changes; what is added later is a step of its own. An officer changes these rows with
commands: `timpora workflow`, `timpora procedure`, `timpora rule`.
"""

import sqlite3
from collections.abc import Callable, Mapping

from timpora_cli import data
from timpora_cli.store.change import Change, Value
from timpora_cli.store.steps.reference import logged


def known(row: Mapping[str, str]) -> dict[str, Value]:
    """Return a row in which what is blank is not known; the subject of a rule that is for all stays blank."""
    return {column: text if text or column == "subject" else None for column, text in row.items()}


def write_rules(change: Change, table: str) -> None:
    """Write the rules of a table, as in "rules.csv", into a register that has none of them."""
    for row in data.rows(table):
        change.insert("rule", {**known(row), "value": int(row["value"]), "verified": int(row["verified"])})


def holiday_row(row: Mapping[str, str]) -> dict[str, Value]:
    """Return a row of holidays_2026_2027.csv as the register has it."""
    name = f"Cuti bersama: {row['name']}" if row["kind"] == "cuti bersama" else row["name"]
    return {"day": row["date"], "name": name, "source": row["source"]}


def _write_cases(change: Change) -> None:
    for position, kind in enumerate(data.rows("case_kinds.csv"), 1):
        change.insert("case_kind", {**kind, "position": position})
    states = data.rows("case_states.csv")
    follows = {state["code"]: state.pop("follows").split() for state in states}
    for position, state in enumerate(states, 1):
        change.insert("case_state", {**state, "position": position, "is_closed": int(state["is_closed"])})
    for state_code, earlier in follows.items():
        for before in earlier:
            change.insert("case_follow", {"state_code": before, "next_code": state_code})
    _write_case_steps(change)
    write_rules(change, "case_rules.csv")


def _write_case_steps(change: Change) -> None:
    places: dict[str, int] = {}
    for step in data.rows("case_steps.csv"):
        places[step["kind_code"]] = places.get(step["kind_code"], 0) + 1
        numbers = {"position": places[step["kind_code"]], "is_needed": int(step["is_needed"]), "verified": 0}
        change.insert("case_step", {**known(step), **numbers})


def _write_inspections(change: Change) -> None:
    write_rules(change, "inspection_rules.csv")


def _write_retention(change: Change) -> None:
    write_rules(change, "retention_rules.csv")


# By the step that such rows came with: what the log says of them in an older register, and what writes them.
SHIPPED_WITH: Mapping[str, tuple[str, Callable[[Change], None]]] = {
    "0008_cases": ("Cases: kinds, states, steps and limits, each row with its own source", _write_cases),
    "0009_inspections": (
        "Inspections: the days within which an urgent one has its letter, with the source of the row",
        _write_inspections,
    ),
    "0012_disclosures": (
        "Purges: for how many years the data of people who are gone is kept, with the source of the row",
        _write_retention,
    ),
}


def write_shipped(connection: sqlite3.Connection, step: str) -> None:
    """Write the rows that came with a step into a register from before it, as one logged change of the program."""
    source, write = SHIPPED_WITH[step]
    logged(connection, step, source, write)
