"""What is said on stderr: notes, remarks, complaints, and dates read back."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from timpora_cli.errors import TimporaError
from timpora_cli.language import _
from timpora_cli.model.names import visible

PACKAGE = Path(__file__).parents[2]

_read_back: set[tuple[str, date]] = set()


def note(text: str) -> None:
    """Say one line on stderr."""
    write(text + "\n")


def remark(text: str) -> None:
    """Say one line on stderr, if a person is there to read it: a cron job has asked for nothing."""
    if sys.stderr.isatty():
        note(text)


def complain(text: str) -> None:
    """Say why it did not work, under the program's name."""
    note(f"timpora: {text}")


def echo_date(label: str, typed: str, day: date) -> None:
    """Read a date back that was typed in words, with its weekday, as in "before Sunday 20 September 2020".

    Once, and on a terminal only; a date typed in digits needs no reading back.
    """
    from timpora_cli.model.dates import in_words, is_exact

    if sys.stderr.isatty() and not is_exact(typed) and (label, day) not in _read_back:
        _read_back.add((label, day))
        note(f"{label} {in_words(day)}")


def day_read(typed: str, today: date) -> date:
    """Return the day that was typed, reading it back as `echo_date` does: "+1y = Thursday 25 November 2027"."""
    from timpora_cli.model.dates import parse_date

    day = parse_date(typed, today)
    echo_date(f"{typed} =", typed, day)
    return day


@contextmanager
def told_if_lost(change: int) -> Iterator[None]:
    """Add to the error of a block that writes an answer which change has recorded it."""
    try:
        yield
    except TimporaError as error:
        error.add_note(_("It is recorded as change {change}; its answer was not written.").format(change=change))
        raise


def unforeseen(error: Exception) -> str:
    """Return the sentence that says that `error` was not foreseen, and where; never its text (personal data)."""
    import traceback

    places = [(Path(frame.f_code.co_filename), line) for frame, line in traceback.walk_tb(error.__traceback__)]
    ours = [(path.relative_to(PACKAGE.parent), line) for path, line in places if path.is_relative_to(PACKAGE)]
    path, line = (ours or places)[-1]
    sentence = _("unexpected failure: {kind} at {path}:{line} (set TIMPORA_DEBUG=1 for the full report).")
    return sentence.format(kind=type(error).__name__, path=path.as_posix(), line=line)


def write(text: str) -> None:
    """Write text to stderr at once; control characters in it are made visible."""
    sys.stderr.write("\n".join(visible(line) for line in text.split("\n")))
    sys.stderr.flush()
