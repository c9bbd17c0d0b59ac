"""`timpora meeting decide`: record a decision of a meeting, or that one is done or dropped."""

from collections.abc import Sequence
from typing import Annotated

import typer

from timpora_cli.cli.completion import supervision
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.options import Options, Reads
from timpora_cli.cli.frame.register import Work, working
from timpora_cli.cli.options.person import DAY, On, Why, past_day
from timpora_cli.cli.options.supervision.meeting import Text
from timpora_cli.cli.talk import ask, say
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import name, tidy
from timpora_cli.queries.supervision.meetings import decision_named, meeting_named
from timpora_cli.render import write

DECISION = Reads(lambda text, desk: decision_named(desk.connection, text))


class NotOnOneLine(WrongUsage):
    """{options} do not go together: a decision is recorded, or one is done, or one is dropped. Give one of them."""


class DroppedForNothing(WrongUsage):
    """--drop needs the reason why the decision is dropped. Give it with --reason TEXT."""


class Decided(Options):
    """A new decision, or how one ended."""

    owner: Annotated[Text, typer.Option("--owner", metavar="TEXT", help=_("Who sees to it."))] = None
    due: Annotated[Text, typer.Option("--due", metavar="DATE", help=_("By which day it is to be done.")), DAY] = None
    done: Annotated[
        Text,
        typer.Option(
            "--done", metavar="DECISION", help=_("This decision is done."), autocompletion=supervision.decisions
        ),
        DECISION,
    ] = None
    drop: Annotated[
        Text,
        typer.Option(
            "--drop",
            metavar="DECISION",
            help=_("This decision is dropped; --reason says why."),
            autocompletion=supervision.decisions,
        ),
        DECISION,
    ] = None
    on: On = None

    def refuse_together(self, new: Sequence[str], reason: str | None) -> None:
        """Raise NotOnOneLine where a `new` decision and how one ended stand on one line, or DroppedForNothing."""
        ending = self.given("done", "drop")
        of_new = [*new, *self.given("owner", "due")]
        if len(ending) > 1 or (ending and of_new):
            raise NotOnOneLine(options=", ".join([*ending, *of_new]))
        if self.on and not ending:
            raise NotOnOneLine(options=", ".join([*of_new, "--on"]))
        if self.drop and not tidy(reason or ""):
            raise DroppedForNothing


@command(
    Writing,
    Decided,
    Why,
    examples=(
        'timpora meeting decide 1 "Desa melaporkan orang asing tiap bulan" --owner Camat --due 2020-10-31',
        "timpora meeting decide --done 1 --on 2020-09-17",
        'timpora meeting decide --drop 2 --reason "taken over by the regency"',
    ),
)
def decide(
    ctx: typer.Context,
    reference: Annotated[
        Text,
        typer.Argument(
            metavar="MEETING",
            help=_("Of a new decision: the meeting, by its id or its day."),
            autocompletion=supervision.meetings,
            show_default=False,
        ),
        Reads(lambda text, desk: meeting_named(desk.connection, text)),
    ] = None,
    text: Annotated[Text, typer.Argument(metavar="TEXT", help=_("What is to be done."), show_default=False)] = None,
) -> None:
    """Record a decision of a meeting, with its owner and the day by which it is due; or that one is done or dropped.

    A decision is carried over to the minutes of every later meeting until it is done, or dropped with a reason. These
    two are recorded by the number of the decision, also after its meeting was closed.
    """
    typed, why = Decided.of(ctx), Why.of(ctx)
    new = [name for name, value in {"MEETING": reference, "TEXT": text}.items() if value]
    with working(ctx, why.reason) as work:
        typed.refuse_together(new, why.reason)
        if typed.given("done", "drop"):
            said = _end(work, typed, why.reason)
        else:
            needed = {"MEETING": reference, "TEXT": tidy(text or ""), "--owner": typed.owner, "--due": typed.due}
            ask.refuse_missing(needed)
            said = _decide(work, typed, reference or "", tidy(text or ""))
    write.line(said)


def _decide(work: Work, typed: Decided, reference: str, text: str) -> str:
    from timpora_cli.actions.supervision.meetings import decisions

    meeting = meeting_named(work.change.connection, reference)
    due = say.day_read(typed.due or "", work.today)
    new = decisions.NewDecision(text, name(typed.owner or ""), due)
    identity = decisions.decide(work.change, meeting, new, work.today)
    said = _("Decision {id} of meeting {meeting} recorded: {owner}, by {due}.")
    return said.format(id=identity, meeting=meeting.id, owner=new.owner, due=due.isoformat())


def _end(work: Work, typed: Decided, reason: str | None) -> str:
    from timpora_cli.actions.supervision.meetings import decisions

    decision = decision_named(work.change.connection, typed.done or typed.drop or "")
    day = past_day(typed.on, work.today) if typed.on else work.today
    how = "DONE" if typed.done else "DROPPED"
    decisions.end(work.change, decision, decisions.Ending(how, day, tidy(reason or "") or None), work.today)
    said = _("Decision {id} is done, on {day}: {text}.") if typed.done else _("Decision {id} is dropped: {text}.")
    return said.format(id=decision.id, day=day.isoformat(), text=decision.text.removesuffix("."))
