"""The rows that ship in `data/`, as the register has them: for a new register, and for steps of the schema.

A file that a step reads never changes; what is added later is a step of its own.
"""

from collections.abc import Mapping

from timpora_cli import data
from timpora_cli.store.change import Change, Value


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
