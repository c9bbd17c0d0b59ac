"""What is asked of an import, and what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO

from timpora_cli.actions.intake.listing import Listing
from timpora_cli.actions.intake.namesakes import LikelyDuplicate
from timpora_cli.actions.intake.planning.plan import Came
from timpora_cli.sheets.reader import Reading
from timpora_cli.sheets.rejects import Reject, Settled


@dataclass(frozen=True, slots=True)
class Request:
    """How a sheet is to be imported.

    `mapping` gives headers their fields, `constants` gives fields a value where a row has none, `tab` names the sheet
    of a workbook, `serials` reads bare numbers as a spreadsheet's days, `stream` is read instead of the file. `dry_run`
    writes nothing; `strict` imports nothing if any row is refused or anything is guessed. `on` is the day of the sheet,
    if it is given: places are called as on that day. With `doubtful`, days that are hardly meant are accepted.
    `remember` keeps the mapping for sheets with the same header row. `before` is called with the number of rows that
    may change something, before anything is written, and not in a dry run. Every refusal goes to `listing` too, and
    from a dry run what would happen to whom.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict, repr=False)
    tab: str | None = None
    serials: bool = False
    stream: BinaryIO | None = None
    dry_run: bool = False
    strict: bool = False
    on: date | None = None
    doubtful: bool = False
    remember: bool = False
    listing: Listing | None = None
    before: Callable[[int], None] | None = None

    @property
    def reading(self) -> Reading:
        """How the file is read."""
        return Reading(self.mapping, self.tab, self.stream)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an import, or would come of it: the six counts add up to the rows that were read.

    Of refusals and likely duplicates the first ones are kept. `files` are those of rejects, `remarks`
    sentences on how the sheet was read; `noticed` counts what was accepted and is said, by the kind of a notice.
    """

    imported: bool
    counts: Mapping[Came, int]
    rejected: int
    skipped: int
    ignored: tuple[str, ...]
    remarks: tuple[str, ...]
    rejects: tuple[Reject, ...]
    duplicated: int
    duplicates: tuple[LikelyDuplicate, ...]
    noticed: Mapping[str, int]
    files: Settled = field(default_factory=Settled)
    change: int | None = None
    """The number of the change, None where nothing was written."""
    guessed: int = 0
    """Of how many people something was taken that no printed day or number tells for certain."""
    on: date | None = None
    """The day of the sheet, if it was given or stands above the header."""
    citizens: int = 0
    """Rows of Indonesians, who are passed over."""

    @property
    def rejects_file(self) -> Path | None:
        """The file that was written with the refused rows."""
        return self.files.path

    @property
    def new(self) -> int:
        """How many rows brought a new person."""
        return self.counts.get("new", 0)

    @property
    def renewed(self) -> int:
        """How many rows brought a later permit."""
        return self.counts.get("renewed", 0)

    @property
    def changed(self) -> int:
        """How many rows corrected something or filled it in."""
        return self.counts.get("changed", 0)

    @property
    def unchanged(self) -> int:
        """How many rows brought nothing new."""
        return self.counts.get("unchanged", 0)

    @property
    def read(self) -> int:
        """How many rows were read below the header; blank ones are not."""
        return sum(self.counts.values()) + self.rejected + self.skipped + self.citizens
