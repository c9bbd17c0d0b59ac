"""The law in rows, as lists."""

from collections.abc import Sequence

from timpora_cli.model.law import Holiday, Relief, Rule
from timpora_cli.render.answer import Column, Kind, Listing

VERIFIED = Column(
    "verified", "Verified", Kind.FLAG, rank=2, always=True, says="whether it was checked against the text of the law"
)
BASIS = Column("legal_basis", "Legal basis", rank=2, always=True)
SOURCE = Column("source", "Source", rank=3, always=True)
RULE_KINDS = ("RENEWAL_WINDOW_DAYS", "OVERSTAY_RUPIAH_A_DAY", "OVERSTAY_LIMIT_DAYS", "REPORTING_DAYS")

RELIEFS = (
    Column("code", "Code", always=True),
    Column("name", "Name", always=True),
    Column("speaks_from", "In force from", Kind.DATE, always=True),
    Column("speaks_until", "Until before", Kind.DATE),
    Column("effective_until", "Keeps valid until", Kind.DATE, empty="open"),
    Column("classes", "Classes", rank=2, says="codes, with blanks between"),
    Column("expired_from", "Printed end from", Kind.DATE, rank=3),
    Column("expired_until", "Printed end until", Kind.DATE, rank=3),
    Column("entered_from", "Entered from", Kind.DATE, rank=3),
    Column("entered_until", "Entered until", Kind.DATE, rank=3),
    Column("in_country_only", "Only in Indonesia", Kind.FLAG, rank=3, always=True),
    Column("extendable", "Extendable", Kind.WORD, rank=3, always=True, codes=("yes", "no", "any")),
    Column("action_required", "What to do", rank=3),
    Column("supersedes", "Supersedes", rank=3),
    BASIS,
    SOURCE,
    VERIFIED,
)
RULES = (
    Column("rule_id", "Rule", Kind.ID, always=True),
    Column("kind", "Kind", Kind.WORD, always=True, codes=RULE_KINDS),
    Column("subject", "For"),
    Column("value", "Value", Kind.NUMBER, always=True),
    Column("valid_from", "From", Kind.DATE),
    Column("valid_until", "Until", Kind.DATE),
    Column("in_force", "In force", Kind.FLAG, always=True),
    BASIS,
    SOURCE,
    VERIFIED,
)
HOLIDAYS = (
    Column("day", "Day", Kind.DATE, always=True),
    Column("name", "Name", always=True),
    Column("source", "Source", rank=3),
)


def reliefs(rows: Sequence[Relief]) -> Listing:
    """Return the list of reliefs."""
    return Listing(
        RELIEFS,
        [
            (
                one.code,
                one.name,
                one.speaks_from,
                one.speaks_until,
                one.effective_until,
                " ".join(one.classes) or None,
                one.expired_from,
                one.expired_until,
                one.entered_from,
                one.entered_until,
                one.in_country_only,
                one.extendable,
                one.action_required or None,
                one.supersedes,
                one.legal_basis,
                one.source,
                one.verified,
            )
            for one in rows
        ],
    )


def rules(rows: Sequence[Rule]) -> Listing:
    """Return the list of rule rows."""
    return Listing(
        RULES,
        [
            (
                one.rule_id,
                one.kind,
                one.subject or None,
                one.value,
                one.valid_from,
                one.valid_until,
                one.in_force,
                one.legal_basis,
                one.source,
                one.verified,
            )
            for one in rows
        ],
    )


def holidays(rows: Sequence[Holiday]) -> Listing:
    """Return the list of holidays."""
    return Listing(HOLIDAYS, [(one.day, one.name, one.source or None) for one in rows])
