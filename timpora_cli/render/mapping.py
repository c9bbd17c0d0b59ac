"""How the columns of a sheet would be read, as a list."""

from collections.abc import Sequence

from timpora_cli.render.answer import Cell, Column, Kind, Listing

USES = {"READ": "read", "NOT_NEEDED": "not needed", "NOT_KNOWN": "not known"}
MAPPING = (
    Column("column", "Column", Kind.NUMBER, always=True, says="its place in the sheet, from 1"),
    Column("header", "Header", always=True),
    Column("use", "Use", Kind.WORD, always=True, codes=tuple(USES)),
    Column("field", "Field", says="as in --map HEADER=field"),
    Column("says", "Says", says="what the header says of each value, or how its days are written"),
    Column("perhaps", "Perhaps", says="the field that a header which is not known is likest"),
)


def mapping(rows: Sequence[tuple[Cell, ...]]) -> Listing:
    """Return the list of a sheet's columns, in their order in the sheet; a row has a cell for each of MAPPING."""
    return Listing(MAPPING, rows, words=USES)
