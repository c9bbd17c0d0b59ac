"""How a column is named: in a refusal by its number, letters and header; in --map by any of these."""

import re
from collections.abc import Sequence

from timpora_cli.model.names import fold_name
from timpora_cli.sheets.grammar import IN_BRACKETS

REPEATED = r"(?P<header>.*)#(?P<time>[1-9][0-9]{0,3})"  # the second column of one name: "BERLAKU S/D#2"
NUMBER = r"(?:(?:column|kolom) ?)?(?P<number>[0-9]{1,5})"


def fold_header(text: str) -> str:
    """Return the common form of a header's spellings: small letters and digits, without what stands in brackets."""
    bare = re.sub(IN_BRACKETS, " ", text)
    return "".join(re.findall(r"[^\W_]+", fold_name(bare))) or "".join(re.findall(r"[^\W_]+", fold_name(text)))


def named(place: int, header: str) -> str:
    """Return how a refusal names a column: by its number, its letters and its header."""
    return f'{place + 1} ({letters(place)}) "{header}"'


def letters(place: int) -> str:
    """Return the letters of a column, as a spreadsheet has them above it: A is the column 0, AA the column 26."""
    before, last = divmod(place, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def places_of(header: Sequence[str], column: str) -> list[int]:
    """Return the columns that --map names: by their header, a repeated one with its time, by number, or by letters."""
    same = [place for place, text in enumerate(header) if text.strip() == column.strip()]
    alike = [place for place, text in enumerate(header) if fold_header(text) == fold_header(column) != ""]
    if same or alike:
        return same or alike
    if repeated := re.fullmatch(REPEATED, column.strip()):
        return places_of(header, repeated["header"].strip(' "'))[int(repeated["time"]) - 1 :][:1]
    if counted := re.fullmatch(NUMBER, column.strip(), re.IGNORECASE):
        return [place for place in range(len(header)) if place + 1 == int(counted["number"])]
    return [place for place in range(len(header)) if letters(place) == column.strip().upper()]
