"""The letterhead, given other lines from a day on. Pages of earlier days keep the lines that they have."""

from collections.abc import Sequence
from datetime import date

from timpora_cli.model.settings import office_name
from timpora_cli.queries.supervision.letterhead import letterhead, lines_from
from timpora_cli.store.change import Change


def put(change: Change, lines: Sequence[str], from_day: date) -> tuple[str, ...]:
    """Give the letterhead these lines from a day on, and return what it is on that day now.

    Blank lines are left out. No line at all takes back the lines that began on that day. Raises NotAName.
    """
    known = lines_from(change.connection, from_day)
    wanted = [tidy for line in lines if (tidy := office_name(line))]
    if wanted != list(known.values()):
        for line in known:
            change.remove("letterhead", line)
        for position, text in enumerate(wanted, 1):
            change.insert("letterhead", {"valid_from": from_day.isoformat(), "position": position, "text": text})
    return letterhead(change.connection, from_day)
