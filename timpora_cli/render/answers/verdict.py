"""What was checked and what was found: the file and its history (verify), and the data in it (check)."""

from timpora_cli.model.log import ERROR, REMARK, Concern, Finding, Verdict
from timpora_cli.render.answer import Card, Column, Kind, Part, Table

KINDS = {
    "OVERLAP": "overlap",
    "EXPIRY_BEFORE_ISSUE": "expiry before issue",
    "SAME_PERMIT_NUMBER": "number twice",
    "SAME_NIORA": "NIORA twice",
    "SAME_PASSPORT": "passport twice",
    "BEYOND_PASSPORT": "beyond passport",
    "UNKNOWN_END": "no last day",
    "WITHOUT_PERMIT": "no permit",
    "GAP": "gap",
    "MARRIED_TWICE": "married twice",
    "UNKNOWN_VILLAGE": "no village",
    "ENDED_PLACE": "place that ended",
    "WITHOUT_SPONSOR": "no sponsor",
    "SPONSOR_OF_NOBODY": "sponsor of nobody",
    "LIKELY_DUPLICATE": "likely twice",
    "OPEN_FILE": "open to all",
}
LEVELS = {ERROR: "error", REMARK: "remark"}


FINDINGS: Table[Finding] = Table(
    (
        Column("checked", "Checked", lambda one: one.what, always=True, says="in the language of the call"),
        Column("number", "Number", lambda one: one.number, Kind.NUMBER, always=True),
        Column("whole", "Whole", lambda one: one.fault is None, Kind.FLAG, always=True),
        Column("fault", "First fault", lambda one: one.fault),
        Column("remark", "Remark", lambda one: one.remark, says="no fault; in the language of the call"),
    )
)
VERDICT: Card[Verdict] = Card(
    (
        Column("whole", "Whole", lambda one: one.whole, Kind.FLAG, always=True),
        Column("fault", "First fault", lambda one: one.fault, says="a sentence, in the language of the call"),
        Column(
            "head", "Head of the history", lambda one: one.head, Kind.REFERENCE, says="the digest of the last change"
        ),
    ),
    (Part("findings", "Findings", FINDINGS, lambda one: one.findings),),
)
CONCERNS: Table[Concern] = Table(
    (
        Column("level", "Level", lambda one: one.level, Kind.WORD, always=True, codes=tuple(LEVELS)),
        Column("kind", "What", lambda one: one.kind, Kind.WORD, always=True, codes=tuple(KINDS)),
        Column("resident_id", "Id", lambda one: one.resident_id, Kind.ID),
        Column("name", "Name", lambda one: one.name),
        Column("found", "Found", lambda one: one.what, always=True, says="a sentence, in the language of the call"),
        Column("mend", "Mend with", lambda one: one.mend, always=True, says="a command line"),
        Column("key", "Key", lambda one: one.key, Kind.REFERENCE, always=True, says="for timpora check accept"),
        Column("accepted", "Accepted because", lambda one: one.accepted),
    ),
    words={**LEVELS, **KINDS},
)
