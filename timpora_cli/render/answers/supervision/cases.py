"""The list of cases, the card of one, and the sentences about how a case stands and why."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from timpora_cli.language import _, counted
from timpora_cli.model.dates import in_words
from timpora_cli.model.supervision.case_files import CaseFile, CaseListed, DayLeftOut, StepHeld, Task
from timpora_cli.model.supervision.cases import Case, CaseEvent
from timpora_cli.render.answer import NO_WORDS, Answer, Card, Cell, Column, Kind, Part, Table
from timpora_cli.render.answers.columns import field_of
from timpora_cli.render.answers.people import holidays_missing

FOR_PROGRAMS = 10**6  # a part of fewer records is for programs alone: people read these with --why
READ_ON = "What each step says: timpora procedure list KIND. To hand over: timpora case explain KIND --for RESIDENT"
WHAT = {"STATE": "next state", "STEP": "step", "DONE": "Done", "NOT_NEEDED": "Not needed"}


def _of_case(get: Callable[[Case], Cell]) -> Callable[[CaseListed], Cell]:
    """Return the getter that reads a value of the case as it was reported."""
    return lambda one: get(one.case)


COLUMNS: tuple[Column[CaseListed], ...] = (
    Column("case_id", "Case", _of_case(lambda case: case.case_id), Kind.ID, always=True),
    Column("kind", "Kind", _of_case(lambda case: case.kind), Kind.WORD, always=True),
    Column("state", "State", lambda one: one.course.state, Kind.WORD, always=True),
    Column(
        "deadline",
        "Act until",
        lambda one: one.deadline.day if one.deadline else None,
        Kind.DATE,
        says="the last day on which it may be in its state; none where no rule limits it",
    ),
    Column(
        "deadline_at",
        "Act until, time",
        lambda one: str(one.deadline) if one.deadline else None,
        for_programs=True,
        says="the same with the time, by the office's clock, where it is known",
    ),
    Column("late", "Late", lambda one: one.late or None, Kind.NUMBER, says="for how many days the deadline has passed"),
    Column("days", "Days", lambda one: one.days, Kind.NUMBER, rank=2, always=True, says="in its state"),
    Column("owner", "Owner", _of_case(lambda case: case.owner), rank=2, always=True),
    Column("village", "Village", _of_case(lambda case: case.village)),
    Column("district", "District", _of_case(lambda case: case.district), rank=2),
    Column("place", "Place", _of_case(lambda case: case.place), rank=3),
    Column("resident_id", "Resident", _of_case(lambda case: case.resident_id), Kind.ID, rank=3),
    Column("name", "Name", _of_case(lambda case: case.name)),
    Column("happened_on", "Happened", _of_case(lambda case: case.happened_on), Kind.DATE, rank=3),
    Column(
        "reported_at",
        "Reported",
        _of_case(lambda case: str(case.reported)),
        rank=2,
        always=True,
        says="by the office's clock; the day alone where the time is not known",
    ),
    Column("reporter", "By", _of_case(lambda case: case.reporter), rank=3, always=True),
    Column(
        "same_as", "Same as", lambda one: one.course.same_as, Kind.ID, rank=2, says="the case that stays open for both"
    ),
)
REPORT: Column[CaseListed] = Column("report", "Report", _of_case(lambda case: case.report), rank=3, always=True)
"""What was reported: people have room for it on a card, and not in a list."""
LISTED = (*COLUMNS, REPORT._replace(for_programs=True))
CASES: Table[CaseListed] = Table(LISTED)
TASKS: Table[Task] = Table(
    (
        Column("kind", "What", lambda one: one.kind, Kind.WORD, always=True, codes=("STATE", "STEP")),
        Column("code", "Code", lambda one: one.code, always=True),
        Column("due", "Until", lambda one: one.due, Kind.DATE),
        Column(
            "text", "Text", lambda one: one.text, for_programs=True, always=True, says="in the language of the call"
        ),
        Column("to", "To", lambda one: one.text if one.kind == "STATE" else None, people_only=True),
    ),
    words=WHAT,
)
STEPS: Table[StepHeld] = Table(
    (
        Column("number", "No", lambda one: one.number, Kind.ID, says="none for a step that is no longer in force"),
        Column("step", "Step", lambda one: one.step.code, always=True),
        Column("settled", "Settled", lambda one: one.event.settled if one.event else None, Kind.WORD),
        Column("settled_at", "When", lambda one: str(one.event.at) if one.event else None, rank=3),
        Column("from", "From", lambda one: one.days.since if one.days else None, Kind.DATE, rank=2),
        Column("until", "Until", lambda one: one.days.until if one.days else None, Kind.DATE),
        Column("needed", "Needed", lambda one: one.step.is_needed, Kind.FLAG, rank=2, always=True),
        Column(
            "text",
            "Text",
            lambda one: one.step.text,
            for_programs=True,
            always=True,
            says="in the language of the call",
        ),
        Column("source", "Source", lambda one: one.step.source, for_programs=True, always=True),
        Column("verified", "Verified", lambda one: one.step.verified, Kind.FLAG, for_programs=True, always=True),
    ),
    words=WHAT,
)
LEFT_OUT: Table[DayLeftOut] = Table(
    (
        Column("day", "Day", lambda one: one.day, Kind.DATE, always=True),
        Column("holiday", "Holiday", lambda one: one.holiday, says="none for a Saturday or a Sunday"),
    )
)


def _events(names: Mapping[str, str]) -> Table[CaseEvent]:
    return Table(
        (
            Column("at", "When", lambda one: str(one.at), always=True),
            Column("state", "State", lambda one: one.state, Kind.WORD),
            Column("step", "Step", lambda one: one.step),
            Column("settled", "Settled", lambda one: one.settled, Kind.WORD),
            Column("same_as", "Same as", lambda one: one.other_case, Kind.ID),
            Column("note", "Note", lambda one: one.note),
            Column("officer", "Officer", lambda one: one.officer, always=True),
            Column("change", "Change", lambda one: one.change, Kind.ID, always=True),
        ),
        words={**WHAT, **names},
    )


def case_card(names: Mapping[str, str]) -> Card[CaseFile]:
    """Return the card of a case; `names` are what people read for its kind and for the states."""
    return Card(
        (
            *(field_of(column, _listed) for column in (*COLUMNS, REPORT)),
            Column(
                "deadline_hours",
                "Hours",
                lambda one: one.listed.deadline.limit.value if one.listed.deadline else None,
                Kind.NUMBER,
                for_programs=True,
                says="of working days, which the case may be in its state",
            ),
            Column(
                "deadline_rule",
                "Rule",
                lambda one: one.listed.deadline.limit.rule_id if one.listed.deadline else None,
                Kind.ID,
                for_programs=True,
            ),
        ),
        (
            Part("tasks", "To do", TASKS, lambda one: one.tasks),
            Part("steps", "Steps", STEPS, lambda one: one.steps, closing=(READ_ON,)),
            Part("events", "What happened", _events(names), lambda one: one.events),
            Part("not_counted", "Does not count", _events(names), lambda one: one.listed.course.not_counted),
            Part(
                "days_left_out",
                "Days that do not count",
                LEFT_OUT,
                lambda one: one.listed.deadline.left_out if one.listed.deadline else (),
                least=FOR_PROGRAMS,
            ),
        ),
        words=names,
        title=lambda one: headline(one.listed),
    )


def _listed(one: CaseFile) -> CaseListed:
    return one.listed


CASE: Card[CaseFile] = case_card(NO_WORDS)


def listing(found: Sequence[CaseListed], known: int) -> Answer[CaseListed]:
    """Return the list of cases, of which `known` fit when closed ones are taken in."""
    words = {word: name for one in found for word, name in ((one.kind.code, one.kind.name), _state(one))}
    left = known - len(found)
    closing = counted(
        "{number} closed case is not shown (--all).", "{number} closed cases are not shown (--all).", left
    )
    return Table(LISTED, words).of(found, closing=(closing,) if left and found else ())


def _state(one: CaseListed) -> tuple[str, str]:
    return one.state.term.code, one.state.term.name


def headline(one: CaseListed) -> str:
    """Return what a case is about, in a few words: kind, place, by whom and when it was reported, and about whom."""
    case = one.case
    places = (case.place, case.village, case.district)
    said = _("{kind}, {place}, reported {at} by {reporter}").format(
        kind=one.kind.name, place=", ".join(filter(None, places)), at=case.reported, reporter=case.reporter
    )
    return said if case.name is None else _("{head}, about {name}").format(head=said, name=case.name)


def standing(one: CaseListed) -> str:
    """Return in a sentence in which state a case is, and until when it may be in it."""
    named = {"case": one.case.case_id, "state": one.state.term.name, "since": one.course.since}
    if one.course.same_as is not None:
        return _("Case {case}: {state} since {since}, case {other}.").format(**named, other=one.course.same_as)
    if one.deadline is None:
        return _("Case {case}: {state} since {since}.").format(**named)
    return _("Case {case}: {state} since {since}; act until {until}.").format(**named, until=one.deadline)


def settled(file: CaseFile, code: str) -> str:
    """Return in a sentence that a step of a case is settled, and which are left."""
    case = file.listed.case.case_id
    held = next(one for one in file.steps if one.step.code == code)
    left = [one.step.code for one in file.steps if one.event is None and one.step.is_needed]
    how = _("done") if held.event and held.event.settled == "DONE" else _("not needed")
    said = _("Case {case}: step {step}: {how}.").format(case=case, step=code, how=how)
    if left:
        return said + " " + _("Left: {steps}.").format(steps=", ".join(left))
    return said + " " + _("No step is left; close it with: timpora case close {case}").format(case=case)


def reasons(file: CaseFile, years: Sequence[int]) -> Iterator[str]:
    """Yield in sentences how the deadline of a case comes about; `years` are those of which no holiday is on record."""
    one = file.listed
    until = one.deadline
    if until is None:
        closed = _("The case is closed: nobody has to act.")
        open_ = _("No rule limits how long a case may be in the state {state}.").format(state=one.state.term.name)
        yield closed if one.state.is_closed else open_
        return
    sum_ = _("{state} since {since} + {hours} hours of working days = until {until}.")
    yield sum_.format(
        state=one.state.term.name,
        since=_spoken(until.since.at.date(), str(until.since)),
        hours=until.limit.value,
        until=_spoken(until.day, str(until)),
    )
    yield _("By rule {rule}: {basis}.").format(rule=until.limit.rule_id, basis=until.limit.basis)
    if until.since.is_day:
        yield _("The time of day is not known, so it counts from the beginning of that day.")
    if until.left_out:
        days = ", ".join(_left_out(day) for day in until.left_out)
        yield _("These days do not count, because nobody works: {days}.").format(days=days)
    if years:
        yield holidays_missing(years)


def _spoken(day: date, shown: str) -> str:
    """Return a moment with its day in words; `shown` is the moment as it is printed, with or without a time."""
    return f"{in_words(day)} {shown.partition(' ')[2]}".rstrip()


def _left_out(one: DayLeftOut) -> str:
    return in_words(one.day) if one.holiday is None else f"{in_words(one.day)} ({one.holiday})"
