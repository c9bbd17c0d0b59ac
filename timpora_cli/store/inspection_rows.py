"""The rule that inspections begin with: within how many days an urgent one has its letter, with the source of the row.

A new register gets it when it is founded, one from before inspections by step 0009. What is added later is a step of
its own. An officer changes it with `timpora rule`.
"""

import sqlite3

from timpora_cli.store.change import Change
from timpora_cli.store.reference import logged
from timpora_cli.store.shipped import write_rules

STEP = "0009_inspections"
SOURCE = "Inspections: the days within which an urgent one has its letter, with the source of the row"


def inspection_rows(connection: sqlite3.Connection) -> None:
    """Write the rule into a register from before inspections, as one logged change of the program's own."""
    logged(connection, STEP, SOURCE, write_inspection_rows)


def write_inspection_rows(change: Change) -> None:
    """Write the rule of inspections into a register that has none."""
    write_rules(change, "inspection_rules.csv")
