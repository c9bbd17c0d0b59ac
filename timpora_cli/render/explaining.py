"""Until when a permit holds, by which relief and why: in sentences for people, as a card for programs."""

from collections.abc import Sequence
from datetime import date

from timpora_cli.language import _, n_
from timpora_cli.model.dates import in_words
from timpora_cli.model.law import ReliefStep
from timpora_cli.model.people import Person
from timpora_cli.model.rules import OPEN_ENDED, State
from timpora_cli.render.card import Card, Part, Plan
from timpora_cli.render.cards import STANDING, stands
from timpora_cli.render.listing import Cell, Column, Kind
from timpora_cli.render.listings import PRINTED_END
from timpora_cli.render.words import money

FAILS = {
    "CLASS": "its class is not among those covered ({classes})",
    "NO_PRINTED_END": "its printed end is not known",
    "ENDED_BEFORE": "its printed end is before {from_day}, the first that is covered",
    "ENDED_AFTER": "its printed end is after {until_day}",
    "NOT_NEEDED": "its printed end is no earlier than the policy's",
    "ENTRY_UNKNOWN": "the day of entry is not recorded, and the policy asks for it",
    "ENTRY": "the day of entry is not within the policy's",
}
RELIEFS = (
    Column("code", "Code", always=True),
    Column("name", "Name", always=True),
    Column("legal_basis", "Legal basis", always=True),
    Column("speaks_from", "In force from", Kind.DATE, always=True),
    Column("speaks_until", "Until before", Kind.DATE),
    Column("effective_until", "Keeps valid until", Kind.DATE, empty="open"),
    Column("covers", "Covers it", Kind.FLAG, always=True),
    Column("fails", "Does not, for", says=f"codes, with blanks between: {', '.join(FAILS)}"),
    Column("in_force", "In force", Kind.FLAG, always=True),
    Column("decides", "Decides", Kind.FLAG, always=True),
)
EXPLAINED = Plan(
    (
        Column("resident_id", "Resident", Kind.ID, always=True),
        Column("name", "Name", always=True),
        Column("permit_id", "Permit", Kind.ID, says="the one in force on the day"),
        Column("class", "Class", Kind.CLASS),
        Column("permit_number", "Number", Kind.REFERENCE, secret=True),
        Column("expires_on", "Expires", Kind.DATE, says=PRINTED_END),
        *STANDING,
        Column("relief_code", "Relief code", says="of the relief that decides the end"),
        Column("legal_basis", "Legal basis"),
        Column("action_required", "What to do"),
        Column("verified", "Verified", Kind.FLAG, says="whether it was checked against the text of the law"),
    ),
    (Part("reliefs", "Reliefs", RELIEFS),),
)


def explained(resident_id: int, name: str, person: Person | None, steps: Sequence[ReliefStep]) -> Card:
    """Return the reasons as a card; `person` is None where the resident is not present on the day."""
    permit = person.permit if person else None
    deciding = next((step.relief for step in steps if step.decides), None)
    values = {
        "resident_id": resident_id,
        "name": name,
        "permit_id": permit.permit_id if permit else None,
        "class": permit.class_code if permit else None,
        "permit_number": permit.number if permit else None,
        "expires_on": permit.expires_on if permit else None,
        **stands(permit),
        "relief_code": deciding.code if deciding else None,
        "legal_basis": deciding.legal_basis if deciding else None,
        "action_required": (deciding.action_required or None) if deciding else None,
        "verified": deciding.verified if deciding else None,
    }
    return EXPLAINED.card(name, values, {"reliefs": [_row(step) for step in steps]}, {})


def _row(step: ReliefStep) -> tuple[Cell, ...]:
    relief = step.relief
    return (
        relief.code,
        relief.name,
        relief.legal_basis,
        relief.speaks_from,
        relief.speaks_until,
        relief.effective_until,
        step.covers,
        " ".join(step.fails) or None,
        step.speaks,
        step.decides,
    )


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
