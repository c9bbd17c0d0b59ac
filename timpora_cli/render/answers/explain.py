"""Until when a permit holds, by which relief and why: in sentences for people, as a card for programs."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from timpora_cli.language import _, n_
from timpora_cli.model.dates import in_words
from timpora_cli.model.law import Relief, ReliefStep
from timpora_cli.model.people import PermitHeld, Person
from timpora_cli.model.rules import OPEN_ENDED, State
from timpora_cli.render.answer import Card, Cell, Column, Kind, Part, Table
from timpora_cli.render.answers import fine
from timpora_cli.render.answers.people import EXPIRES, of_permit
from timpora_cli.render.answers.standing import STANDING

FAILS = {
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
        EXPIRES,
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
    """Return until when a person's permit holds on the day `on` and what to do, then the reasons, in sentences."""
    permit = person.permit
    if permit is None:
        return [_("{name} holds no permit on {day}.").format(name=person.name, day=in_words(on))]
    day = _("On {day}, {name}").format(day=in_words(on), name=person.name)
    lines = [_answer(day, permit), *_what_follows(permit)]
    lines += [
        _("What to do: {action}.").format(action=step.relief.action_required)
        for step in steps
        if step.decides and step.relief.action_required and permit.standing.state is not State.OVERSTAY
    ]
    if permit.expires_on is not None:
        lines.append(_("The permit is printed until {day}.").format(day=in_words(permit.expires_on)))
        lines += [_step(step) for step in steps] or [_("No relief bears on it.")]
    if any(step.decides and not step.relief.verified for step in steps):
        lines.append(_("The relief's row is not verified against the text of the law; see its source."))
    return lines


def _answer(day: str, permit: PermitHeld) -> str:
    """Return the first sentence: until when the permit holds, and its state."""
    named = {"day": day, "permit": permit.permit_id, "kind": permit.class_code, "state": permit.standing.state}
    until, left = permit.effective_until, permit.standing.days_left
    if permit.unlimited:
        return _("{day} holds permit {permit} ({kind}), which is unlimited: {state}.").format(**named)
    if until is None:
        sentence = _("{day} holds permit {permit} ({kind}), whose last day nobody has recorded: {state}.")
        return sentence.format(**named)
    if until == OPEN_ENDED or left is None:
        return _("{day} holds permit {permit} ({kind}) without an end: {state}.").format(**named)
    if left < 0:
        late = n_(
            "{day} is {days} day past the end of permit {permit} ({kind}), {until}: {state}.",
            "{day} is {days} days past the end of permit {permit} ({kind}), {until}: {state}.",
            -left,
        )
        return late.format(**named, days=-left, until=in_words(until))
    holds = n_(
        "{day} holds permit {permit} ({kind}) until {until}, {days} day left: {state}.",
        "{day} holds permit {permit} ({kind}) until {until}, {days} days left: {state}.",
        left,
    )
    return holds.format(**named, days=left, until=in_words(until))


def _what_follows(permit: PermitHeld) -> Iterator[str]:
    """Yield what follows from the state: the day to act by, or the fine."""
    standing = permit.standing
    yield from fine.sentences(standing)
    if standing.act_by is not None and standing.state is not State.OVERSTAY:
        yield _("Act by {day}, the last working day.").format(day=in_words(standing.act_by))


def _step(step: ReliefStep) -> str:
    relief = step.relief
    until = (
        _("permits to {day}").format(day=in_words(relief.effective_until))
        if relief.effective_until
        else _("permits without an end")
    )
    named = _("{code}, {name} ({basis})").format(code=relief.code, name=relief.name, basis=relief.legal_basis)
    since = in_words(relief.speaks_from or relief.effective_from)
    if not step.covers:
        reasons = "; ".join(_(FAILS[code]) for code in step.fails)
        sentence = _("{relief}, kept {until}, from {since}. It does not cover this one: {reasons}.")
        return sentence.format(relief=named, until=until, since=since, reasons=reasons)
    if step.speaks or relief.speaks_until is None:
        sentence = _("{relief}, keeps {until}, this one too: it is in force since {since}.")
        return sentence.format(relief=named, until=until, since=since)
    sentence = _("{relief}, kept {until}, this one too: it was in force from {since} until before {day}.")
    return sentence.format(relief=named, until=until, since=since, day=in_words(relief.speaks_until))
