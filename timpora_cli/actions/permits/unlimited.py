"""KITAP without an end: who may be granted one, and how it is written.

While a permit is being written, OPEN_ENDED stands for its last day, so that it is later than every day. In the register
it has no last day, and is marked as unlimited.
"""

from collections.abc import Mapping
from datetime import date

from timpora_cli.errors import Refused
from timpora_cli.model.people import Permit
from timpora_cli.model.rules import OPEN_ENDED
from timpora_cli.model.terms import PERMANENT
from timpora_cli.queries.rows import iso
from timpora_cli.store.change import Value


class OnlyKitapUnlimited(Refused):
    """A permit of class {kind} has a last day: only a KITAP is granted without one. Nothing was changed.
    Give the last day as printed, or the word unknown.
    """


class AlreadyUnlimited(Refused):
    """Permit {permit} is unlimited, and needs no extension. Its holder reports: timpora permit report {permit}"""


def refuse_unlimited(kind: str, end: date | None) -> None:
    """Raise OnlyKitapUnlimited for a permit of another class that is to have no end."""
    if end == OPEN_ENDED and kind != PERMANENT:
        raise OnlyKitapUnlimited(kind=kind)


def refuse_needless(permit: Permit) -> None:
    """Raise AlreadyUnlimited where `permit`, which is to be extended, has no end."""
    if permit.expires_on == OPEN_ENDED:
        raise AlreadyUnlimited(permit=permit.id)


def printed_end(end: date | None) -> dict[str, Value]:
    """Return the columns of a last day: a day, OPEN_ENDED, or None where nobody knows it."""
    unlimited = end == OPEN_ENDED
    return {"expires_on": None if unlimited else iso(end), "unlimited": 1 if unlimited else None}


def with_one_end(columns: Mapping[str, Value]) -> Mapping[str, Value]:
    """Return the columns of a correction; one of the last day says too whether there is none."""
    return {"unlimited": None, **columns} if "expires_on" in columns else columns
