"""The law and the work of a briefing: reliefs in force, open cases with their steps, and open decisions."""

from collections.abc import Iterator

from timpora_cli.model.law import Relief
from timpora_cli.model.supervision.briefing import Brief, Fact
from timpora_cli.model.supervision.case_files import CaseFile, Task
from timpora_cli.render.pages.blocks import Block, Grid, Items, Paragraph
from timpora_cli.render.pages.minutes import decided
from timpora_cli.render.pages.words import long_day, word

ABOUT_A_BIRTH = ("BIRTH", "ABG")
"""The kinds of case whose steps have days that are counted from a day of birth."""


def reliefs(made: Brief) -> Iterator[Block]:
    """Yield the list of the reliefs that are in force on the day, with what each rests on."""
    if not made.reliefs:
        yield Paragraph(word("no_reliefs"))
        return
    headings = tuple(map(word, ("relief", "since", "keeps", "classes", "basis")))
    yield Grid(headings, tuple(_relief(one) for one in made.reliefs), whole=(1, 2))


def cases(made: Brief) -> Iterator[Block]:
    """Yield each open case: what it is about and who sees to it, and below that what is still to be done."""
    if not made.cases:
        yield Paragraph(word("no_cases"))
    for file in made.cases:
        heading = ". ".join(_case(made, file))
        tasks = tuple(_task(made, file, task) for task in file.tasks)
        yield Items(tasks, heading=f"{heading}.") if tasks else Paragraph(f"{heading}. {word('no_step')}")


def decisions(made: Brief) -> Iterator[Block]:
    """Yield the list of the decisions that are open on the day."""
    if not made.sees(Fact.DECISION):
        yield Paragraph(word("own_decisions"))
    yield decided(made.decisions) if made.decisions else Paragraph(word("no_decisions"))


def _relief(one: Relief) -> tuple[str, ...]:
    basis = one.legal_basis if one.verified else word("unverified", basis=one.legal_basis)
    # One that is for no class moves no end.
    until = word("open_end") if one.classes else word("none")
    if one.effective_until is not None:
        until = one.effective_until.isoformat()
    return one.name, one.effective_from.isoformat(), until, " ".join(one.classes) or word("none"), basis


def _case(made: Brief, file: CaseFile) -> Iterator[str]:
    """Yield what a case is, how far and where it is, whom it is about, and who sees to it."""
    listed, case = file.listed, file.listed.case
    yield word("case", number=case.case_id, kind=listed.kind.name)
    yield listed.state.term.name
    if place := ", ".join(filter(None, (case.village, case.district))):
        yield place
    if name := made.shown(Fact.NAME, case.name):
        yield name
    yield word("case_owner", owner=case.owner)


def _task(made: Brief, file: CaseFile, task: Task) -> str:
    is_state = task.kind == "STATE"
    text = word("next_state", states=task.text) if is_state else task.text.removesuffix(".")
    hidden = not is_state and file.listed.case.kind in ABOUT_A_BIRTH and not made.sees(Fact.BIRTH_DAY)
    return text if task.due is None or hidden else word("step_by", step=text, day=long_day(task.due))
