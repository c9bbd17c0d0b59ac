"""`timpora status`: show how the register stands."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.options import Options, Reads, globals_of
from timpora_cli.cli.frame.register import path_of, reading
from timpora_cli.cli.options.expiry import SPAN, What, day_after, usual_window
from timpora_cli.cli.options.lists import CardOptions
from timpora_cli.cli.talk import say
from timpora_cli.errors import Exit, TimporaError, WrongUsage
from timpora_cli.language import _
from timpora_cli.model.backups import Remembered
from timpora_cli.model.dates import parse_age, parse_duration
from timpora_cli.model.status import is_stale, last_run
from timpora_cli.queries.check import file
from timpora_cli.queries.check.found import Accepted
from timpora_cli.queries.expiring import Window
from timpora_cli.queries.settings import office_name, time_zone
from timpora_cli.queries.status import changes_after
from timpora_cli.queries.status import status as standing
from timpora_cli.render import write
from timpora_cli.render.answers.status import STATUS, Office, StatusCard
from timpora_cli.store import clock
from timpora_cli.store.remembered_backups import remembered


class OnlyWithStale(WrongUsage):
    """{option} asks about --stale AGE, as in --stale 26h. Give both, or neither."""


class OneQuestion(WrongUsage):
    """--stale asks about one thing: {options}. Give one of them, or none for the list of permits."""


class Staleness(Options):
    """Whether the last marked run is too long ago, and of which list."""

    stale: Annotated[
        str | None,
        typer.Option("--stale", metavar="AGE", help=_("Say whether the last marked run is longer ago: 26h, 2d.")),
        Reads(lambda text, _desk: parse_age(text)),
    ] = None
    within: Annotated[
        str | None,
        typer.Option("--within", metavar="SPAN", help=_("Ask about the run of this reach, as in 30d; any without it.")),
        SPAN,
    ] = None
    passports: Annotated[bool, typer.Option("--passports", help=_("Ask about the list of passports."))] = False
    reports: Annotated[bool, typer.Option("--reports", help=_("Ask about the list of KITAP reports."))] = False
    backup: Annotated[bool, typer.Option("--backup", help=_("Ask about the last backup."))] = False
    drill: Annotated[bool, typer.Option("--drill", help=_("Ask about the last drill of a backup."))] = False
    exit_code: Annotated[bool, typer.Option("--exit-code", help=_("Exit with 3 when it is longer ago."))] = False

    def faults(self, answer: object) -> Iterator[TimporaError]:
        """Yield what says nothing without --stale, and two lists at once."""
        asked = ("within", "passports", "reports", "backup", "drill", "exit_code")
        for option in self.given(*asked) if self.stale is None else ():
            yield OnlyWithStale(option=option)
        if (self.backup or self.drill) and len(several := list(self.given(*asked[:-1]))) > 1:
            yield OneQuestion(options=", ".join(several))
        yield from What(passports=self.passports, reports=self.reports).faults(answer)

    @property
    def subject(self) -> str:
        """What the list is of, as a code."""
        return What(passports=self.passports, reports=self.reports).subject


@command(
    Reading,
    Staleness,
    CardOptions,
    answer=STATUS,
    examples=("timpora status", "timpora status --stale 26h --exit-code --format json"),
)
def status(ctx: typer.Context) -> None:
    """Show how the register stands: people, permits due and past their end, reports due, and the last told expiry list.

    Reports are those of KITAP holders that timpora expiring --reports lists: due within the usual window, or overdue.

    Every run of timpora expiring --mark is recorded, also one that listed nothing. With --stale AGE --exit-code a
    monitor hears that cron has stopped: exit 3 when the last run is longer ago than that, there was none, or the
    machine's clock stands before the last change, so that nobody can tell. With --backup or --drill it asks about the
    last timpora backup, or the last timpora backup --drill, that was made of this file on this machine.
    """
    staleness, output = Staleness.of(ctx), CardOptions.of(ctx)
    age = None if staleness.stale is None else parse_age(staleness.stale)
    reach = None if staleness.within is None else str(parse_duration(staleness.within))
    with reading(ctx) as view:
        stands = standing(view.connection, view.on, Window(day_after(usual_window(view), view)))
        office = Office(office_name(view.connection), time_zone(view.connection), view.on)
        known_at = globals_of(ctx).known_at
        moment = datetime.fromisoformat(clock.moment_of(known_at, view.connection)) if known_at else clock.now()
        slack, behind = clock.tolerance(view.connection), clock.later_than_now(view.connection) is not None
        # What was known of backups at a moment is not kept: they are no facts of the register.
        for finding in file.open_to_all(view.connection, Accepted(view.connection)):
            if finding.accepted is None:
                say.note(_("Everybody may read the register. Close it with: {mend}").format(mend=finding.mend))
        backups = Remembered() if known_at else remembered(path_of(ctx))
        since = None if backups.last is None else changes_after(view.connection, backups.last)
    told = last_run(stands.runs, staleness.subject, reach)
    asked = backups.last if staleness.backup else backups.drill if staleness.drill else told
    # By a clock that is behind nobody can tell.
    stale = None if age is None or behind else is_stale(asked, moment, age, slack)
    write.card(STATUS, StatusCard(stands, office, told, stale, backups, since), output.chosen())
    if staleness.exit_code and (stale or behind):
        raise typer.Exit(Exit.NOT_EMPTY)
