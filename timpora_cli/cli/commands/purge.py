"""`timpora purge`: remove the personal data of people who are gone, at the end of its retention."""

import sqlite3
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.options import Options, Reads
from timpora_cli.cli.frame.register import day_of, opened_to_write, reading, working
from timpora_cli.cli.options.lists import CardOptions
from timpora_cli.errors import Refused, WrongUsage
from timpora_cli.language import _, counted
from timpora_cli.model.dates import parse_date
from timpora_cli.model.personal.purge import last_day_to_ask
from timpora_cli.render import write
from timpora_cli.render.answers.personal.purge import PURGE

if TYPE_CHECKING:
    from timpora_cli.model.personal.purge import Plan


class DayMissing(WrongUsage):
    """--closed-before is missing: the day before which somebody has to be gone for good."""


class ReasonMissing(WrongUsage):
    """--reason is missing: why, and who consented, for the history. No personal data."""


class NoRetention(Refused):
    """No rule says for how many years data is kept, so nothing is purged. Add one by your archive schedule:
    timpora rule add retention YEARS --basis TEXT --source URL
    """


class StillRetained(Refused):
    """Nothing was purged: {before} is less than {years} years ago. Rule {rule} keeps data so long; the latest day is
    {last}. The rule: timpora rule list
    """


class NotSweptClean(Refused):
    """The data was purged, but the file could not be written anew ({fault}): old text may be left in its free parts.
    Run the same line again once there is room.
    """


class PurgeOptions(Options):
    """Whose data, why, and whether it is done."""

    closed_before: Annotated[
        str | None,
        typer.Option("--closed-before", metavar="DATE", help=_("Who has been gone for good since before this day.")),
        Reads(lambda text, desk: parse_date(text, desk.today)),
    ] = None
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help=_("Why, and who consented; no personal data."))
    ] = None
    yes: Annotated[bool, typer.Option("--yes", help=_("Do it. Without it, only show what would be done."))] = False


@command(
    Writing,
    PurgeOptions,
    CardOptions,
    answer=PURGE,
    examples=(
        'timpora purge --closed-before 2010-01-01 --reason "consent of ANRI, letter B-1"',
        'timpora purge --closed-before 2010-01-01 --reason "consent of ANRI, letter B-1" --yes',
    ),
)
def purge(ctx: typer.Context) -> None:
    """Remove the personal data of people who are gone for good, at the end of its retention.

    Without --yes nothing is changed: it shows whose data would be removed. Gone is who left or died, or was removed,
    before the day, and has no open stay, residence, permit or case. The day may not be later than the rule of retention
    allows. Names, numbers, birth days, contacts, addresses and free texts go, also from the history. What is counted
    stays, under "purged 17": the counts of every past day remain the same. It cannot be undone.
    See: timpora help personal-data
    """
    typed, output = PurgeOptions.of(ctx), CardOptions.of(ctx)
    if not typed.closed_before or not typed.closed_before.strip():
        raise DayMissing
    if not typed.reason or not typed.reason.strip():
        raise ReasonMissing
    if not typed.yes:
        with reading(ctx) as view:
            made = _plan(view.connection, day_of(typed.closed_before, view.connection), view.on)
        _write(made, output, _told(made))
        return
    with working(ctx, typed.reason) as work:
        change = work.change
        made = _plan(work.connection, parse_date(typed.closed_before, work.today), work.today)
        if made.people:
            from timpora_cli.actions.personal.purge import purge as carry_out

            sealed = carry_out(change, made)
    _sweep(ctx)
    _write(made, output, _done(made, change.number, sealed) if made.people else _("There is nobody to purge."))


def _plan(connection: sqlite3.Connection, before: date, today: date) -> "Plan":
    """Return whose data goes. Raises NoRetention and StillRetained."""
    from timpora_cli.queries.personal.closed import plan, retention

    rule = retention(connection, today)
    if rule is None:
        raise NoRetention
    last = last_day_to_ask(rule, today)
    if before > last:
        raise StillRetained(before=before, years=rule.value, rule=rule.rule_id, last=last)
    return plan(connection, before, today)


def _write(made: "Plan", output: CardOptions, said: str) -> None:
    """Write the list of people; who reads it also reads what was or would be done, also where the list is empty."""
    wanted = output.chosen()
    write.answer(PURGE.of(made.people, closing=(said,)), wanted)
    if not made.people and wanted.for_people and not wanted.terminal:
        write.line(said)


def _told(made: "Plan") -> str:
    said = counted(
        "The data of {number} person would be purged.", "The data of {number} people would be purged.", len(made.people)
    )
    consent = _(
        "Nothing was changed: this was a dry run. First check your own archive schedule: the years of the rule are not "
        "from it. Destroying records needs the consent of ANRI. Then give --yes."
    )
    return f"{said if made.people else _('There is nobody to purge.')} {consent}"


def _done(made: "Plan", number: int, sealed: int) -> str:
    said = counted("The data of {number} person was purged", "The data of {number} people was purged", len(made.people))
    sentence = _(
        "{said} by change {change}; {sealed}. Backups, exports, printed pages and copies "
        "beside the register still hold it."
    )
    anew = counted("{number} change was sealed anew", "{number} changes were sealed anew", sealed)
    return sentence.format(said=said, change=number, sealed=anew)


def _sweep(ctx: typer.Context) -> None:
    """Write the file anew, so that no old text is left in its free parts. Raises NotSweptClean."""
    with opened_to_write(ctx) as connection:
        try:
            connection.execute("VACUUM")
        except sqlite3.OperationalError as error:
            raise NotSweptClean(fault=error) from error
