"""The day of a sheet, where a line above its header says it: "Keadaan per 31 Agustus 2020"."""

import re
from collections.abc import Sequence
from datetime import date

from timpora_cli.errors import TimporaError
from timpora_cli.language import _
from timpora_cli.sheets.days import day

OF_THE_DAY = r"\b(?:per|keadaan|posisi|kondisi|tanggal|tgl|date|as (?:of|at|on))\b[ .:]*"
DATE = (
    r"(?:[^\W\d_]+,? )?(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[-/. ]+(?:[0-9]{1,2}|[^\W\d_]+)[-/. ]+[0-9]{4})(?![0-9])"
)
OF_THE_PRINT = r"\b(?:di)?(?:cetak|buat|unduh)\b|\b(?:printed|created|exported)\b"


def day_of(titles: Sequence[str], today: date) -> tuple[date | None, str | None]:
    """Return the day that the lines above a header give, None where they give none or several; and what is to be said.

    A day after today is not taken, nor that on which the sheet was printed.
    """
    found = sorted({one for title in titles for one in _days_in(title)})
    if len(found) > 1:
        sentence = _(
            "The lines above the header name several days ({days}); none is taken. Give the sheet's: --on DATE"
        )
        return None, sentence.format(days=", ".join(map(str, found)))
    if found and found[0] > today:
        sentence = _("The day above the header, {day}, is after today ({today}), and is not taken.")
        return None, sentence.format(day=found[0], today=today)
    if found:
        sentence = _("The sheet is of {day}, as a line above the header says. If it is of another day: --on DATE")
        return found[0], sentence.format(day=found[0])
    return None, None


def _days_in(title: str) -> list[date]:
    if re.search(OF_THE_PRINT, title, re.IGNORECASE):
        return []
    days = []
    for said in re.finditer(rf"(?:{OF_THE_DAY})+(?P<day>{DATE})", title, re.IGNORECASE):
        try:
            days.append(date.fromisoformat(day(said["day"])))
        except TimporaError:
            continue
    return days
