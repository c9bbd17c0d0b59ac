"""What was checked and what was found: the file and its history, and the data in it."""

from collections.abc import Sequence

from timpora_cli.model.log import Concern, Verdict
from timpora_cli.render.listing import Column, Kind, Listing

FINDINGS = (
    Column("checked", "Checked"),
    Column("number", "Number", Kind.NUMBER),
    Column("whole", "Whole", Kind.WORD),
    Column("fault", "First fault"),
)
CONCERNS = (
    Column("kind", "What", Kind.WORD),
    Column("resident_id", "Id", Kind.ID),
    Column("name", "Name"),
    Column("found", "Found"),
    Column("mend", "Mend with"),
)
KINDS = {
    "OVERLAP": "overlap",
    "EXPIRY_BEFORE_ISSUE": "expiry before issue",
    "BEYOND_PASSPORT": "beyond passport",
    "UNKNOWN_END": "no last day",
    "WITHOUT_PERMIT": "no permit",
    "GAP": "gap",
    "UNKNOWN_VILLAGE": "no village",
    "WITHOUT_SPONSOR": "no sponsor",
    "SPONSOR_OF_NOBODY": "sponsor of nobody",
    "LIKELY_DUPLICATE": "likely twice",
}


def findings(verdict: Verdict) -> Listing:
    """Return what was checked, each with how many there were of it and the first fault."""
    return Listing(FINDINGS, [(one.what, one.number, one.fault is None, one.fault) for one in verdict.findings])


def concerns(found: Sequence[Concern]) -> Listing:
    """Return what wants an officer's eye, a row each, with the command that mends it."""
    return Listing(CONCERNS, [(one.kind, one.resident_id, one.name, one.found, one.mend) for one in found], words=KINDS)
