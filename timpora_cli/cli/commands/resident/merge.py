"""`timpora resident merge`: join a second record of the same person to the first."""

from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.options import Options, Reads
from timpora_cli.cli.frame.register import reading, working
from timpora_cli.cli.options.done import DoneOptions, done
from timpora_cli.cli.options.person import ResidentArgument, Text, Why
from timpora_cli.cli.talk import ask
from timpora_cli.errors import Refused, WrongUsage
from timpora_cli.language import _, counted
from timpora_cli.model.names import passport_number
from timpora_cli.queries import find
from timpora_cli.render import write
from timpora_cli.render.answers.done import DONE

if TYPE_CHECKING:
    import sqlite3

    from timpora_cli.actions import merging
    from timpora_cli.model.people import Resident


class NeitherRecord(WrongUsage):
    """{option} names a record to take, and resident {resident} is neither of the two. Give {kept} or {other}."""


class LeftApart(Refused):
    """Nothing was merged."""


class Choosing(Options):
    """Whose record is taken where the two contradict each other."""

    stay: Annotated[
        Text,
        typer.Option(
            "--stay-of",
            metavar="RESIDENT",
            help=_("Where the two contradict each other: whose arrivals and departures are taken."),
            autocompletion=values.residents,
        ),
    ] = None
    place: Annotated[
        Text,
        typer.Option(
            "--place-of",
            metavar="RESIDENT",
            help=_("Where they contradict each other: whose residences."),
            autocompletion=values.residents,
        ),
    ] = None
    permit: Annotated[
        Text,
        typer.Option(
            "--permit-of",
            metavar="RESIDENT",
            help=_("Where they contradict each other: whose permits."),
            autocompletion=values.residents,
        ),
    ] = None

    passport: Annotated[
        Text,
        typer.Option(
            "--current-passport",
            metavar="NUMBER",
            help=_("Which passport takes the place of the others."),
        ),
    ] = None

    def read(self, connection: "sqlite3.Connection", kept: "Resident", other: "Resident") -> "merging.Chosen":
        """Return what was chosen between the records `kept` and `other`."""
        from timpora_cli.actions.merging import Chosen

        records: dict[str, int] = {}
        for kind, text in (("stay", self.stay), ("place", self.place), ("permit", self.permit)):
            if text is None:
                continue
            taken = find.resident(connection, text).id
            if taken not in {kept.id, other.id}:
                raise NeitherRecord(option=f"--{kind}-of", resident=taken, kept=kept.id, other=other.id)
            records[kind] = int(taken == other.id)
        return Chosen(records, passport_number(self.passport) if self.passport else None)


@command(
    Writing,
    Choosing,
    Why,
    DoneOptions,
    answer=DONE,
    examples=(
        "timpora resident merge 1 2 --stay-of 1 --dry-run",
        'timpora resident merge 1 2 --stay-of 1 --reason "the same passport, renewed"',
    ),
)
def merge(
    ctx: typer.Context,
    reference: ResidentArgument,
    other: Annotated[
        str,
        typer.Argument(
            metavar="OTHER",
            help=_("The record that is the same person, and goes."),
            autocompletion=values.residents,
            show_default=False,
        ),
        Reads(lambda text, desk: find.resident(desk.connection, text)),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Show what would happen, and change nothing."))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=_("Without asking on a terminal."))] = False,
) -> None:
    """Join a second record of the same person to the first, and take the second out.

    Everything of the second record comes to the first: stays, residences, permits, passports, family, and facts that
    the first lacks. What each day says is one of the two records' own. Where both say something and differ, the days
    are shown with what is taken; where they contradict each other, the merge is refused with all such days, unless an
    option chooses. Take it back with: undo
    """
    from timpora_cli.actions import merging

    chosen, why, answer = Choosing.of(ctx), Why.of(ctx), DoneOptions.of(ctx)
    if dry_run:
        with reading(ctx) as view:
            kept, gone = find.resident(view.connection, reference), find.resident(view.connection, other)
            choices = chosen.read(view.connection, kept, gone)
            shown = _sentences(merging.planned(view.connection, kept, gone, view.on, choices))
        for sentence in (*shown, _("Nothing was changed: this was a dry run.")):
            write.line(sentence)
        return
    with working(ctx, why.reason) as work:
        kept, gone = find.resident(work.connection, reference), find.resident(work.connection, other)
        choices = chosen.read(work.connection, kept, gone)
        plan = merging.planned(work.connection, kept, gone, work.today, choices)
        shown = _sentences(plan)
        if ask.can_ask() and not yes:
            while shown:
                write.line(shown.pop(0))
            if not ask.confirmed(_("Merge the two?")):
                raise LeftApart
        merging.carry_out(work.change, plan)
        did = done(work, kept.id, look=True)
    sentence = _("Resident {other} is now part of resident {id}: {name}.")
    answer.write(did, *shown, sentence.format(id=kept.id, name=did.name, other=gone.id))


def _sentences(plan: "merging.Merged") -> list[str]:
    """Return what a merge does: how much comes along, on which days the two records differ, and what is not taken."""
    from timpora_cli.actions.merging import said

    brought = (
        counted("{number} passport", "{number} passports", plan.brought["passport"]),
        counted("{number} permit", "{number} permits", plan.brought["permit"]),
        counted("{number} residence", "{number} residences", plan.brought["residence"]),
        counted("{number} family link", "{number} family links", plan.brought["family_link"]),
    )
    sentence = _("Resident {other} comes to resident {id}: {name}. Brought along: {brought}.")
    lines = [sentence.format(id=plan.kept.id, name=plan.kept.name, other=plan.other.id, brought=", ".join(brought))]
    for one in plan.life.differences:
        taken = _("nothing") if one.days.taken is None else one.days.taken
        lines.append(said(one, plan.kept.id, plan.other.id) + " " + _("Taken: {taken}.").format(taken=taken))
    for left in plan.left:
        of = (plan.kept, plan.other)[left.record].id
        line = _("Not taken from resident {other}: {column} {left}.")
        if left.stays is not None:
            line = _("Not taken from resident {other}: {column} {left}; it stays {stays}.")
        lines.append(line.format(other=of, column=left.column, left=left.left, stays=left.stays))
    return lines
