"""One file a format: each writes what has been arranged, and only the one that is asked for is loaded.

Here is the one list of the formats that every command has.
"""

from collections.abc import Sequence

from timpora_cli.errors import WrongUsage
from timpora_cli.model.names import did_you_mean, excerpt

FOR_PEOPLE = ("table", "plain")
FORMATS = (*FOR_PEOPLE, "csv", "tsv", "json", "ndjson")


class UnknownFormat(WrongUsage):
    """There is no format "{format}".{hint}
    Known: {known}.
    """


def refuse_unknown(typed: str, known: Sequence[str] = FORMATS) -> None:
    """Raise UnknownFormat, with the nearest, where `typed` is not one of the `known` formats."""
    if typed not in known:
        hint = did_you_mean(typed, known, limit=1)
        raise UnknownFormat(format=excerpt(typed), hint=hint, known=", ".join(known))
