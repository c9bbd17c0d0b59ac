"""The status line of an expiry list, as the monitoring plugins write one: a state, a sentence, performance data.

The data are label=value;warning;critical;minimum. Their labels never change with the language.
"""

from typing import NamedTuple

from timpora_cli.language import _, n_

SERVICE = "TIMPORA"
STATES = ("OK", "WARNING", "CRITICAL", "UNKNOWN")


class Standing(NamedTuple):
    """How many permits or passports end, or reports fall due, within the critical span, and within the warning span.

    The second number includes the first. Both include those that are past their end, or whose end is not known.
    """

    critical: int
    warning: int
    overstays: int
    unknown: int

    @property
    def code(self) -> int:
        """The exit code: 2 where anything ends within the critical span, 1 within the warning span, otherwise 0."""
        return 2 if self.critical else int(self.warning > 0)


def line(standing: Standing, subject: str, warning: str, critical: str) -> str:
    """Return the status line of a list of PERMIT, PASSPORT or REPORT; `warning` and `critical` are as in 30d and 7d."""
    number = standing.warning
    within, past, unknown = {
        "PERMIT": (
            n_("{number} permit ends within {reach}", "{number} permits end within {reach}", number),
            _("{number} past the end"),
            _("{number} without a known end"),
        ),
        "PASSPORT": (
            n_("{number} passport ends within {reach}", "{number} passports end within {reach}", number),
            _("{number} past the end"),
            _("{number} without a known end"),
        ),
        "REPORT": (
            n_("{number} report falls due within {reach}", "{number} reports fall due within {reach}", number),
            _("{number} overdue"),
            _("{number} without a known day"),
        ),
    }[subject]
    parts = [
        within.format(number=number, reach=warning),
        _("{number} within {reach}").format(number=standing.critical, reach=critical),
        past.format(number=standing.overstays),
        unknown.format(number=standing.unknown),
    ]
    data = (
        f"warning={standing.warning};0;;0 critical={standing.critical};;0;0 "
        f"overstays={standing.overstays};;;0 unknown={standing.unknown};;;0"
    )
    return f"{SERVICE} {STATES[standing.code]} - {', '.join(parts)} | {data}"


def unknown(reason: str) -> str:
    """Return the status line of a check that failed, on one line and without the mark that begins performance data."""
    return f"{SERVICE} {STATES[3]} - {' '.join(reason.split()).replace('|', '/')}"
