"""The rule that purges begin with: for how many years the data of people who are gone is kept, with its source.

A new register gets it when it is founded, one from before purges by step 0012. An officer changes it with
`timpora rule`.
"""

import sqlite3

from timpora_cli.store.change import Change
from timpora_cli.store.reference import logged
from timpora_cli.store.shipped import write_rules

STEP = "0012_disclosures"
SOURCE = "Purges: for how many years the data of people who are gone is kept, with the source of the row"


def retention_rows(connection: sqlite3.Connection) -> None:
    """Write the rule into a register from before purges, as one logged change of the program's own."""
    logged(connection, STEP, SOURCE, write_retention_rows)


def write_retention_rows(change: Change) -> None:
    """Write the rule of retention into a register that has none."""
    write_rules(change, "retention_rules.csv")
