"""What was checked and what was found: the file and its history, and the data in it."""

from collections.abc import Sequence

from timpora_cli.model.log import Concern, Verdict
from timpora_cli.render.card import Card, Part, Plan
from timpora_cli.render.listing import Cell, Column, Kind, Listing

FINDINGS = (
    Column("checked", "Checked", always=True, says="in the language of the call"),
    Column("number", "Number", Kind.NUMBER, always=True),
    Column("whole", "Whole", Kind.FLAG, always=True),
    Column("fault", "First fault"),
)
VERDICT = Plan(
    (
        Column("whole", "Whole", Kind.FLAG, always=True),
        Column("fault", "First fault", says="a sentence, in the language of the call"),
        Column("head", "Head of the history", Kind.REFERENCE, says="the digest of the last change"),
    ),
    (Part("findings", "Findings", FINDINGS),),
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
CONCERNS = (
    Column("kind", "What", Kind.WORD, always=True, codes=tuple(KINDS)),
    Column("resident_id", "Id", Kind.ID),
    Column("name", "Name"),
    Column("found", "Found", always=True, says="a sentence, in the language of the call"),
    Column("mend", "Mend with", always=True, says="a command line"),
)


def findings(verdict: Verdict) -> Listing:
    """Return what was checked, each with how many there were of it and the first fault."""
    return Listing(FINDINGS, _rows(verdict))


def proof(verdict: Verdict) -> Card:
    """Return the verdict as a card: whether all is whole, the head of the history, and what was checked."""
    values = {"whole": verdict.whole, "fault": first_fault(verdict), "head": verdict.head}
    return VERDICT.card("", values, {"findings": _rows(verdict)}, {})


def first_fault(verdict: Verdict) -> str | None:
    """Return what is not whole, the first of it; None where all is."""
    return next((one.fault for one in verdict.findings if one.fault is not None), None)


def _rows(verdict: Verdict) -> list[tuple[Cell, ...]]:
    return [(one.what, one.number, one.fault is None, one.fault) for one in verdict.findings]


def concerns(found: Sequence[Concern]) -> Listing:
    """Return what wants an officer's eye, a row each, with the command that mends it."""
    return Listing(CONCERNS, [(one.kind, one.resident_id, one.name, one.what, one.mend) for one in found], words=KINDS)
