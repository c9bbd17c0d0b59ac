"""What the commands take that change regions on a day: the day, and how it is shown and confirmed before it is done."""

from collections.abc import Callable
from datetime import date
from sqlite3 import Connection
from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.options import Options
from timpora_cli.cli.frame.register import reading, working
from timpora_cli.cli.options.person import past_day
from timpora_cli.cli.talk import ask
from timpora_cli.errors import Refused
from timpora_cli.language import _, counted
from timpora_cli.queries.places import district_named, village_named
from timpora_cli.render import write

if TYPE_CHECKING:
    from timpora_cli.actions.regions.plans import Changing
    from timpora_cli.model.places import RegionPlan

VillageArgument = Annotated[
    str,
    typer.Argument(metavar="VILLAGE", help=_("A code or a name."), autocompletion=values.villages, show_default=False),
]
DistrictArgument = Annotated[
    str,
    typer.Argument(
        metavar="DISTRICT", help=_("A code or a name."), autocompletion=values.districts, show_default=False
    ),
]
NewCode = Annotated[
    str | None,
    typer.Option("--code", metavar="CODE", help=_("Its new code; without it, it keeps the one that it has.")),
]
NewName = Annotated[str | None, typer.Option("--to", metavar="NAME", help=_("The new name, as the decree writes it."))]
Parts = Annotated[
    list[str] | None,
    typer.Option("--into", metavar="PART", help=_('A part: "CODE NAME" for a new one, else a code; repeat it.')),
]


class RegionsLeft(Refused):
    """Nothing was changed."""


class ChangeOptions(Options):
    """On which day, and whether it is asked before it is done."""

    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help=_("From which day; without it, today."))] = None
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Show what would happen, and change nothing."))] = False
    yes: Annotated[bool, typer.Option("--yes", help=_("Do it without asking."))] = False

    def day(self, today: date) -> date:
        """Return the day that was typed, or today. Raises InFuture."""
        return past_day(self.on, today) if self.on else today

    def carry_out(
        self, ctx: typer.Context, plan_of: Callable[[Connection, date], "RegionPlan"], reason: str | None
    ) -> None:
        """Show what becomes of the regions and of the people in them, and do it as one change.

        Where people get another place, it is asked first on a terminal, and elsewhere needs --yes.
        """
        from timpora_cli.actions.regions.changes import carry_out
        from timpora_cli.actions.regions.plans import PlanChanged

        if self.dry_run:
            with reading(ctx) as view:
                show(plan_of(view.connection, self.day(view.on)))
            write.line(_("Nothing was changed: this was a dry run."))
            return
        with working(ctx, reason) as work:
            plan = plan_of(work.connection, self.day(work.today))
            show(plan)
            if plan.rehoused and not self.yes and not ask.confirmed(question(plan)):
                raise RegionsLeft
            if plan_of(work.change.connection, plan.on) != plan:
                raise PlanChanged
            carry_out(work.change, plan)
        write.line(done(plan))


def code_named(connection: Connection, level: "Changing", text: str, on: date) -> str:
    """Return the code of the district or the village that a text names on the day."""
    if level == "district":
        return district_named(connection, text, on).code
    return village_named(connection, text, on=on).code


def show(plan: "RegionPlan") -> None:
    """Write what becomes of each region, and who lives there."""
    import sys

    from timpora_cli.render.answer import Wanted
    from timpora_cli.render.answers.places import region_changes

    terminal = sys.stdout.isatty()
    listed = region_changes(plan)
    keys = tuple(column.key for column in listed.table.columns)
    write.answer(listed, Wanted(format="table" if terminal else "plain", columns=keys, terminal=terminal))


def question(plan: "RegionPlan") -> str:
    """Return the question whether a plan is to be done."""
    people = counted("{number} person gets", "{number} people get", _people(plan))
    return _("{people} another place from {day}. Do it?").format(people=people, day=plan.on.isoformat())


def done(plan: "RegionPlan") -> str:
    """Return the sentence that says what was done."""
    numbers = (
        counted("{number} new", "{number} new", len(plan.of("NEW"))),
        counted("{number} renamed", "{number} renamed", len(plan.of("RENAMED", "SWAPPED"))),
        counted("{number} moved", "{number} moved", len(plan.of("MOVED"))),
        counted("{number} ended", "{number} ended", len(plan.of("ENDED"))),
    )
    people = counted("{number} person has", "{number} people have", _people(plan))
    sentence = _("From {day}: {regions}; {people} another place. Take it back with: timpora undo")
    return sentence.format(day=plan.on.isoformat(), regions=", ".join(numbers), people=people)


def _people(plan: "RegionPlan") -> int:
    return len({one.resident_id for one in plan.rehoused})
