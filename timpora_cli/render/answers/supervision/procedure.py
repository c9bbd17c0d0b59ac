"""The steps of a kind of case and the states of a case: as lists, and as a page that the office hands over."""

from collections.abc import Iterator
from datetime import date
from textwrap import wrap

from timpora_cli.model.dates import day_month_year
from timpora_cli.model.supervision.case_files import Explained, StepDays, StepHeld
from timpora_cli.model.supervision.cases import StateListed
from timpora_cli.render.answer import Card, Column, Kind, Part, Table

WIDTH = 76  # a page of plain text that fits a letter and a terminal
PROCEDURE: Table[StepHeld] = Table(
    (
        Column("kind", "Kind", lambda one: one.step.kind, always=True),
        Column("number", "No", lambda one: one.number, Kind.ID, says="none for a step that is not in force on the day"),
        Column("step", "Step", lambda one: one.step.code, always=True),
        Column("text", "Text", lambda one: one.step.text, always=True, says="in the language of the call"),
        Column("papers", "Bring", lambda one: one.step.papers, rank=2, says="in the language of the call"),
        Column("needed", "Needed", lambda one: one.step.is_needed, Kind.FLAG, rank=2, always=True),
        Column("counted_from", "Counted from", lambda one: one.step.counted_from, rank=3),
        Column("rule_kind", "Rule", lambda one: one.step.rule_kind, rank=3),
        Column("rule_for", "For", lambda one: one.step.rule_subject, rank=3),
        Column("valid_from", "From", lambda one: one.step.valid_from, Kind.DATE, rank=3),
        Column("valid_until", "Until", lambda one: one.step.valid_until, Kind.DATE, rank=3),
        Column("text_id", "Indonesian", lambda one: one.step.text_id, for_programs=True, always=True),
        Column("text_en", "English", lambda one: one.step.text_en, for_programs=True, always=True),
        Column("source", "Source", lambda one: one.step.source, rank=3, always=True),
        Column("verified", "Verified", lambda one: one.step.verified, Kind.FLAG, rank=3, always=True),
    )
)
WORKFLOW: Table[StateListed] = Table(
    (
        Column("state", "State", lambda one: one.state.term.code, always=True),
        Column("name", "Name", lambda one: one.state.term.name, always=True, says="in the language of the call"),
        Column("closed", "Closed", lambda one: one.state.is_closed, Kind.FLAG, always=True),
        Column("needs", "Needs", lambda one: one.state.needs, always=True, codes=("NOTHING", "TEXT", "STEPS", "CASE")),
        Column(
            "may_follow",
            "May follow",
            lambda one: " ".join(one.following) or None,
            says="the states that may follow this one, with blanks between",
        ),
        Column(
            "hours", "Hours", lambda one: one.limit.value if one.limit else None, Kind.NUMBER, says="of working days"
        ),
        Column("rule_id", "Rule", lambda one: one.limit.rule_id if one.limit else None, Kind.ID, rank=2),
        Column("source", "Source", lambda one: one.state.source, rank=3, always=True),
    )
)
EXPLAINED: Card[Explained] = Card(
    (
        Column("kind", "Kind", lambda one: one.kind.code, always=True),
        Column("resident_id", "Resident", lambda one: one.resident.id if one.resident else None, Kind.ID),
        Column("name", "Name", lambda one: one.resident.name if one.resident else None),
        Column("happened_on", "Happened", lambda one: one.happened_on, Kind.DATE),
        Column("class", "Class", lambda one: one.permit.class_code if one.permit else None, Kind.CLASS),
        Column(
            "effective_until", "Valid until", lambda one: one.permit.effective_until if one.permit else None, Kind.DATE
        ),
        Column("on", "As of", lambda one: one.on, Kind.DATE, always=True),
    ),
    (
        Part(
            "steps",
            "Steps",
            Table(
                (
                    Column("number", "No", lambda one: one.number, Kind.ID, always=True),
                    Column("step", "Step", lambda one: one.step.code, always=True),
                    Column("text_id", "Indonesian", lambda one: one.step.text_id, always=True),
                    Column("text_en", "English", lambda one: one.step.text_en, always=True),
                    Column("papers_id", "Bring (Indonesian)", lambda one: one.step.papers_id),
                    Column("papers_en", "Bring (English)", lambda one: one.step.papers_en),
                    Column("needed", "Needed", lambda one: one.step.is_needed, Kind.FLAG, always=True),
                    Column("from", "From", lambda one: one.days.since if one.days else None, Kind.DATE),
                    Column("until", "Until", lambda one: one.days.until if one.days else None, Kind.DATE),
                    Column(
                        "counted_from",
                        "Counted from",
                        lambda one: one.days.counted_from if one.days else None,
                        Kind.DATE,
                    ),
                    Column("basis", "Basis", lambda one: one.days.basis if one.days else None),
                    Column("source", "Source", lambda one: one.step.source, always=True),
                    Column("verified", "Verified", lambda one: one.step.verified, Kind.FLAG, always=True),
                )
            ),
            lambda one: one.steps,
        ),
    ),
)


def page(one: Explained, office: str) -> Iterator[str]:
    """Yield the lines of the page that the office hands over: each step in Indonesian, with the English below."""
    if office:
        yield office
        yield ""
    yield f"{one.kind.name_id.upper()}: LANGKAH-LANGKAH / {one.kind.name_en.upper()}: THE STEPS"
    yield ""
    if one.resident is not None:
        yield from _lines(f"Untuk / For: {one.resident.name}{_permit(one)}")
    if one.happened_on is not None:
        yield from _lines(f"Tanggal kejadian / It happened on: {_both(one.happened_on)}")
    yield from _lines(f"Menurut catatan per / As of: {_both(one.on)}")
    for held in one.steps:
        yield ""
        yield from _step(held)
    yield ""
    yield from _lines("Keputusan ada pada kantor imigrasi. / The immigration office decides.")


def _permit(one: Explained) -> str:
    permit = one.permit
    if permit is None or permit.effective_until is None:
        return "" if permit is None else f" ({permit.class_code})"
    return f" ({permit.class_code} s.d. / until {_both(permit.effective_until)})"


def _step(held: StepHeld) -> Iterator[str]:
    yield from _lines(f"{held.number}. {held.step.text_id}", "   ")
    yield from _lines(f"   {held.step.text_en}", "   ")
    if held.step.papers_id or held.step.papers_en:
        yield from _lines(f"   Bawa / Bring: {held.step.papers_id or '-'} / {held.step.papers_en or '-'}", "     ")
    if held.days is not None:
        yield from _lines(f"   {_days(held.days)}", "     ")


def _days(days: StepDays) -> str:
    when = []
    if days.since is not None:
        when.append(f"Mulai / From: {_both(days.since)}")
    if days.until is not None:
        when.append(f"Paling lambat / By: {_both(days.until)}")
    return f"{'; '.join(when)} [{days.basis}]"


def _both(day: date) -> str:
    """Return a day in both languages, once where they write it alike."""
    return " / ".join(dict.fromkeys((day_month_year(day, "id"), day_month_year(day, "en"))))


def _lines(text: str, indent: str = "") -> list[str]:
    return wrap(text, WIDTH, subsequent_indent=indent, break_on_hyphens=False)
