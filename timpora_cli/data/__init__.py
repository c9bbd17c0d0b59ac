"""What ships with the program: reviewed CSV tables, one header line each, and this one reader of them."""

from pathlib import Path

FOLDER = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of the table `name`, as in "countries.csv", by the headers of its columns; blank cells are ''."""
    import csv

    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
