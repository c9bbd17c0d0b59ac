"""The tables that ship with the program are whole: every row has a cell for every header."""

import pytest

from timpora_cli import data

TABLES = sorted(path.name for path in data.FOLDER.glob("*.csv"))


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_a_cell_for_every_header(name: str) -> None:
    rows = data.rows(name)
    header = (data.FOLDER / name).read_text(encoding="utf-8").split("\n", 1)[0].split(",")
    assert rows
    assert all(list(row) == header and None not in row.values() for row in rows)
