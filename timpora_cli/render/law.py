"""The law in rows as lists, and the reasons for an effective end in sentences."""

from collections.abc import Sequence
from datetime import date

from timpora_cli.language import _, n_
from timpora_cli.model.dates import in_words
from timpora_cli.model.law import Holiday, Relief, ReliefStep, Rule
from timpora_cli.model.records import Person
from timpora_cli.model.rules import OPEN_ENDED, State
from timpora_cli.render.listing import Column, Kind, Listing
from timpora_cli.render.words import money

VERIFIED = Column("verified", "Verified", Kind.WORD, rank=2)
BASIS = Column("legal_basis", "Legal basis", rank=2)
SOURCE = Column("source", "Source", rank=3)

RELIEFS = (
    Column("code", "Code"),
    Column("name", "Name"),
    Column("speaks_from", "In force from", Kind.DATE),
    Column("speaks_until", "Until before", Kind.DATE),
    Column("effective_until", "Keeps valid until", Kind.DATE, empty="open"),
    Column("classes", "Classes", rank=2),
    Column("expired_from", "Printed end from", Kind.DATE, rank=3),
    Column("expired_until", "Printed end until", Kind.DATE, rank=3),
    Column("entered_from", "Entered from", Kind.DATE, rank=3),
    Column("entered_until", "Entered until", Kind.DATE, rank=3),
    Column("in_country_only", "Only in Indonesia", Kind.WORD, rank=3),
    Column("extendable", "Extendable", Kind.WORD, rank=3),
    Column("action_required", "What to do", rank=3),
    Column("supersedes", "Supersedes", rank=3),
    BASIS,
    SOURCE,
    VERIFIED,
)
RULES = (
    Column("rule_id", "Rule", Kind.ID),
    Column("kind", "Kind", Kind.WORD),
    Column("subject", "For"),
    Column("value", "Value", Kind.NUMBER),
    Column("valid_from", "From", Kind.DATE),
    Column("valid_until", "Until", Kind.DATE),
    Column("in_force", "In force", Kind.WORD),
    BASIS,
    SOURCE,
    VERIFIED,
)
HOLIDAYS = (Column("day", "Day", Kind.DATE), Column("name", "Name"), SOURCE)

FAILS = {
    "CLASS": "its class is not among those covered ({classes})",
    "NO_PRINTED_END": "its printed end is not known",
    "ENDED_BEFORE": "its printed end is before {from_day}, the first that is covered",
    "ENDED_AFTER": "its printed end is after {until_day}",
    "NOT_NEEDED": "its printed end is no earlier than the policy's",
    "ENTRY_UNKNOWN": "the day of entry is not recorded, and the policy asks for it",
    "ENTRY": "the day of entry is not within the policy's",
}


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
                " ".join(one.classes),
                one.expired_from,
                one.expired_until,
                one.entered_from,
                one.entered_until,
                one.in_country_only,
                one.extendable,
                one.action_required,
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
    return Listing(HOLIDAYS, [(one.day, one.name, one.source) for one in rows])


def explanation(person: Person, steps: Sequence[ReliefStep], on: date) -> list[str]:
    """Return the chain of reasons for the effective end of a person's permit on the day `on`, in sentences."""
    permit = person.permit
    if permit is None:
        return [_("{name} holds no permit on {day}.").format(name=person.name, day=in_words(on))]
    printed = (
        _("until {day}").format(day=in_words(permit.expires_on)) if permit.expires_on else _("with no end on record")
    )
    first = _("{name} holds permit {permit} ({kind}), printed {printed}.")
    lines = [first.format(name=person.name, permit=permit.permit_id, kind=permit.class_code, printed=printed)]
    lines += [_step(step, on) for step in steps if step.covers or "CLASS" not in step.fails or len(step.fails) == 1]
    return [*lines, *_decision(person, steps, on)]


def _step(step: ReliefStep, on: date) -> str:
    relief = step.relief
    until = (
        _("permits to {day}").format(day=in_words(relief.effective_until))
        if relief.effective_until
        else _("permits without an end")
    )
    begin = _("{code}, {name} ({basis}), kept {until}, from {begin}.").format(
        code=relief.code, name=relief.name, basis=relief.legal_basis, until=until, begin=in_words(relief.speaks_from)
    )
    if not step.covers:
        reasons = "; ".join(_(FAILS[code]).format(**_values(step)) for code in step.fails)
        return begin + " " + _("It does not cover this permit: {reasons}.").format(reasons=reasons)
    if step.speaks:
        return begin + " " + _("It covers this permit, and is in force on {day}.").format(day=in_words(on))
    if relief.speaks_until is not None and relief.speaks_until <= on:
        return (
            begin + " " + _("It covers this permit, and gave way on {day}.").format(day=in_words(relief.speaks_until))
        )
    return begin + " " + _("It covers this permit, and is not yet in force on {day}.").format(day=in_words(on))


def _values(step: ReliefStep) -> dict[str, str]:
    relief = step.relief
    return {
        "classes": ", ".join(relief.classes),
        "from_day": in_words(step.covers_from) if step.covers_from else "",
        "until_day": in_words(relief.expired_until) if relief.expired_until else "",
    }


def _decision(person: Person, steps: Sequence[ReliefStep], on: date) -> list[str]:
    permit = person.permit
    if permit is None or permit.effective_until is None:
        return [_("Its state is UNKNOWN until somebody records its last day.")]
    standing, until = permit.standing, permit.effective_until
    if until == OPEN_ENDED:
        return [_("So on {day} it holds without an end.").format(day=in_words(on))]
    if standing.state is State.OVERSTAY and standing.overstay_days is not None:
        late = n_(
            "So on {day} it is {days} day past {until}.",
            "So on {day} it is {days} days past {until}.",
            standing.overstay_days,
        )
        lines = [late.format(day=in_words(on), days=standing.overstay_days, until=in_words(until))]
        if standing.fine is not None:
            lines.append(_("Fine by the rate in force: {fine}.").format(fine=money(standing.fine)))
        if standing.over_limit is not None:
            lines.append(_("That is over {days} days: the decision is the officer's.").format(days=standing.over_limit))
        return lines
    left = n_(
        "So on {day} it holds until {until}, {days} day left: {state}.",
        "So on {day} it holds until {until}, {days} days left: {state}.",
        standing.days_left or 0,
    )
    lines = [left.format(day=in_words(on), until=in_words(until), days=standing.days_left, state=standing.state)]
    if standing.act_by is not None:
        lines.append(_("Act by {day}, the last working day.").format(day=in_words(standing.act_by)))
    lines += [
        _("What to do: {action}.").format(action=step.relief.action_required)
        for step in steps
        if step.decides and step.relief.action_required
    ]
    if any(step.decides and not step.relief.verified for step in steps):
        lines.append(_("The relief's row is not verified against the text of the law; see its source."))
    return lines
