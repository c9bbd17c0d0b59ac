"""Until when a permit holds, by which relief and why: in sentences for people, as a card for programs."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from timpora_cli.language import _, n_
from timpora_cli.model.dates import in_words
from timpora_cli.model.law import Relief, ReliefStep
from timpora_cli.model.people import PermitHeld, Person
from timpora_cli.model.rules import OPEN_ENDED, State
from timpora_cli.render.answer import Card, Cell, Column, Kind, Part, Table
from timpora_cli.render.answers.people import PRINTED_END, of_permit
from timpora_cli.render.answers.standing import STANDING
from timpora_cli.render.text import money

FAILS = {
    "CLASS": "its class is not among those covered ({classes})",
    "NO_PRINTED_END": "its printed end is not known",
    "ENDED_BEFORE": "its printed end is before {from_day}, the first that is covered",
    "ENDED_AFTER": "its printed end is after {until_day}",
    "NOT_NEEDED": "its printed end is no earlier than the policy's",
    "ENTRY_UNKNOWN": "the day of entry is not recorded, and the policy asks for it",
    "ENTRY": "the day of entry is not within the policy's",
}


class Explained(NamedTuple):
    """A resident with the reasons for the end of the permit; `person` is None where they are not present on the day."""

    resident_id: int
    name: str
    person: Person | None
    steps: Sequence[ReliefStep]

    @property
    def permit(self) -> PermitHeld | None:
        """The permit in force on the day."""
        return self.person.permit if self.person else None

    @property
    def deciding(self) -> Relief | None:
        """The relief that decides the end, if one does."""
        return next((step.relief for step in self.steps if step.decides), None)

    def __repr__(self) -> str:
        return f"<Explained of resident {self.resident_id}>"


def _of_relief(get: Callable[[Relief], Cell]) -> Callable[[Explained], Cell]:
    """Return the getter that reads a value of the relief that decides the end, None where none does."""
    return lambda one: None if one.deciding is None else get(one.deciding)


RELIEFS: Table[ReliefStep] = Table(
    (
        Column("code", "Code", lambda step: step.relief.code, always=True),
        Column("name", "Name", lambda step: step.relief.name, always=True),
        Column("legal_basis", "Legal basis", lambda step: step.relief.legal_basis, always=True),
        Column("speaks_from", "In force from", lambda step: step.relief.speaks_from, Kind.DATE, always=True),
        Column("speaks_until", "Until before", lambda step: step.relief.speaks_until, Kind.DATE),
        Column(
            "effective_until", "Keeps valid until", lambda step: step.relief.effective_until, Kind.DATE, empty="open"
        ),
        Column("covers", "Covers it", lambda step: step.covers, Kind.FLAG, always=True),
        Column(
            "fails",
            "Does not, for",
            lambda step: " ".join(step.fails) or None,
            says=f"codes, with blanks between: {', '.join(FAILS)}",
        ),
        Column("in_force", "In force", lambda step: step.speaks, Kind.FLAG, always=True),
        Column("decides", "Decides", lambda step: step.decides, Kind.FLAG, always=True),
    )
)
EXPLAINED: Card[Explained] = Card(
    (
        Column("resident_id", "Resident", lambda one: one.resident_id, Kind.ID, always=True),
        Column("name", "Name", lambda one: one.name, always=True),
        Column(
            "permit_id",
            "Permit",
            of_permit(lambda permit: permit.permit_id),
            Kind.ID,
            says="the one in force on the day",
        ),
        Column("class", "Class", of_permit(lambda permit: permit.class_code), Kind.CLASS),
        Column("permit_number", "Number", of_permit(lambda permit: permit.number), Kind.REFERENCE, secret=True),
        Column("expires_on", "Expires", of_permit(lambda permit: permit.expires_on), Kind.DATE, says=PRINTED_END),
        *STANDING,
        Column(
            "relief_code",
            "Relief code",
            _of_relief(lambda relief: relief.code),
            says="of the relief that decides the end",
        ),
        Column("legal_basis", "Legal basis", _of_relief(lambda relief: relief.legal_basis)),
        Column("action_required", "What to do", _of_relief(lambda relief: relief.action_required or None)),
        Column(
            "verified",
            "Verified",
            _of_relief(lambda relief: relief.verified),
            Kind.FLAG,
            says="whether it was checked against the text of the law",
        ),
    ),
    (Part("reliefs", "Reliefs", RELIEFS, lambda one: one.steps),),
    title=lambda one: one.name,
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
