"""A small list of an officer's: a CSV file with a column of keys and one of names, as of regions and of holidays."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.sheets.bounds import MOST_ROWS, lines, too_many_rows


class UnreadableList(Refused):
    """{path} cannot be read: {fault}. Nothing was imported."""


class ListHeaders(Refused):
    """{path} has no columns {wanted}; it has: {found}. Nothing was imported."""


class Line(NamedTuple):
    """One row: the number of the line it ends on, the key and the name, without the blanks around them."""

    number: int
    key: str
    name: str


def read_list(path: Path, keys: Sequence[str], names: Sequence[str], wanted: str) -> Iterator[Line]:
    """Yield the rows of the UTF-8 CSV file at `path`, in its order.

    `keys` and `names` are the known headers of each column, in small letters, the likelier first. `wanted` names both
    columns in the error. Other columns are ignored. Raises UnreadableList, ListHeaders or TooLarge.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(lines(file, path))
            headers = {(header or "").strip().casefold(): header for header in reader.fieldnames or []}
            key = next((headers[one] for one in keys if one in headers), None)
            name = next((headers[one] for one in names if one in headers), None)
            if key is None or name is None:
                raise ListHeaders(path=path, wanted=wanted, found=", ".join(headers) or "-")
            for number, row in enumerate(reader, start=1):
                if number > MOST_ROWS:
                    raise too_many_rows(path)
                if "\0" in f"{row[key]}{row[name]}":
                    raise UnreadableList(path=path, fault=_("it holds a character that no text holds"))
                yield Line(reader.line_num, (row[key] or "").strip(), (row[name] or "").strip())
    except OSError as error:
        raise UnreadableList(path=path, fault=error.strerror) from error
    except UnicodeDecodeError as error:
        raise UnreadableList(path=path, fault=_("it is not text in UTF-8")) from error
    except csv.Error as error:
        raise UnreadableList(path=path, fault=_("it is not a CSV file")) from error
