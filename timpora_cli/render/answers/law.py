"""The lists of the law in rows: reliefs, rules and holidays."""

from timpora_cli.model.law import RULE_KINDS, Holiday, Relief, Rule
from timpora_cli.render.answer import Column, Kind, Table

# The three columns that reliefs and rules have alike.
BASIS: Column[Relief | Rule] = Column("legal_basis", "Legal basis", lambda one: one.legal_basis, rank=3, always=True)
SOURCE: Column[Relief | Rule] = Column("source", "Source", lambda one: one.source, rank=2, always=True)
VERIFIED: Column[Relief | Rule] = Column(
    "verified",
    "Verified",
    lambda one: one.verified,
    Kind.FLAG,
    always=True,
    says="whether it was checked against the text of the law",
)

RELIEFS: Table[Relief] = Table(
    (
        Column("code", "Code", lambda one: one.code, always=True),
        Column("name", "Name", lambda one: one.name, always=True),
        Column(
            "speaks_from",
            "In force from",
            lambda one: one.speaks_from,
            Kind.DATE,
            empty="never",
            says="none where it ended on its first day, or was superseded by then",
        ),
        Column("speaks_until", "Until before", lambda one: one.speaks_until, Kind.DATE),
        Column(
            "effective_until",
            "Keeps valid until",
            lambda one: one.effective_until if one.speaks_from else None,
            Kind.DATE,
            empty=lambda one: "open" if one.speaks_from and one.classes else "",
        ),
        Column(
            "classes",
            "Classes",
            lambda one: " ".join(one.classes) or None,
            rank=2,
            says="codes, with blanks between; none where it moves no end",
        ),
        Column("expired_from", "Printed end from", lambda one: one.expired_from, Kind.DATE, rank=3),
        Column("expired_until", "Printed end until", lambda one: one.expired_until, Kind.DATE, rank=3),
        Column("entered_from", "Entered from", lambda one: one.entered_from, Kind.DATE, rank=3),
        Column("entered_until", "Entered until", lambda one: one.entered_until, Kind.DATE, rank=3),
        Column("in_country_only", "Only in Indonesia", lambda one: one.in_country_only, Kind.FLAG, rank=3, always=True),
        Column(
            "extendable",
            "Extendable",
            lambda one: one.extendable,
            Kind.WORD,
            rank=3,
            always=True,
            codes=("yes", "no", "any"),
        ),
        Column("action_required", "What to do", lambda one: one.action_required or None, rank=3),
        Column("supersedes", "Supersedes", lambda one: one.supersedes, rank=3),
        BASIS,
        SOURCE,
        VERIFIED,
    )
)
RULES: Table[Rule] = Table(
    (
        Column("rule_id", "Rule", lambda one: one.rule_id, Kind.ID, always=True),
        Column(
            "kind", "Kind", lambda one: one.kind, Kind.WORD, always=True, codes=tuple(kind.code for kind in RULE_KINDS)
        ),
        Column("subject", "For", lambda one: one.subject or None),
        Column("value", "Value", lambda one: one.value, Kind.NUMBER, always=True),
        Column("valid_from", "From", lambda one: one.valid_from, Kind.DATE),
        Column("valid_until", "Until", lambda one: one.valid_until, Kind.DATE),
        Column("in_force", "In force", lambda one: one.in_force, Kind.FLAG, rank=2, always=True),
        BASIS,
        SOURCE,
        VERIFIED,
    )
)
HOLIDAYS: Table[Holiday] = Table(
    (
        Column("day", "Day", lambda one: one.day, Kind.DATE, always=True),
        Column("name", "Name", lambda one: one.name, always=True),
        Column("source", "Source", lambda one: one.source or None, rank=3),
    )
)
