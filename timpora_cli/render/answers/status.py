"""The state of the register on a day as a card: how many permits are in each state, and the last marked runs."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from timpora_cli.language import _, n_
from timpora_cli.model.backups import Remembered
from timpora_cli.model.log import MarkedRun
from timpora_cli.model.rules import State
from timpora_cli.model.status import Status
from timpora_cli.render.answer import Card, Column, Kind, Part, Table
from timpora_cli.render.text import office_time

SUBJECTS = {"PERMIT": "permits", "PASSPORT": "passports", "REPORT": "reports"}


class Office(NamedTuple):
    """Whose register it is, the time zone of its clock, and the day that is asked about."""

    name: str
    zone: str
    on: date

    def time(self, at: str) -> str:
        """Return a moment of the log as the office's clock shows it."""
        return office_time(at, ZoneInfo(self.zone))


class StatusCard(NamedTuple):
    """The numbers of the day, `told`, the marked run that is asked about, and the backups that are known of.

    `since` is how many changes came after the last backup. `stale` is whether what is asked about is too long ago.
    """

    status: Status
    office: Office
    told: MarkedRun | None
    stale: bool | None
    backups: Remembered = Remembered()
    since: int | None = None

    @property
    def runs(self) -> Sequence["ShownRun"]:
        """The marked runs, with their times by the office's clock."""
        return [ShownRun(run, self.office.time(run.at)) for run in self.status.runs]


class ShownRun(NamedTuple):
    """A marked run, and its time as the office's clock shows it."""

    run: MarkedRun
    at: str


def _permits(state: State, heading: str, says: str) -> Column[StatusCard]:
    return Column(state.lower(), heading, lambda one: one.status.states[state], Kind.NUMBER, always=True, says=says)


RUNS: Table[ShownRun] = Table(
    (
        Column("subject", "Of", lambda one: one.run.subject, Kind.WORD, always=True, codes=tuple(SUBJECTS)),
        Column(
            "reach", "Reach", lambda one: one.run.threshold, always=True, says="how far the list reached, as in 30d"
        ),
        Column("at", "When", lambda one: one.at, always=True, says="in the office's time zone"),
        Column("on", "As of", lambda one: date.fromisoformat(one.run.on), Kind.DATE, always=True),
        Column("listed", "Listed", lambda one: one.run.listed, Kind.NUMBER, always=True),
        Column("officer", "Officer", lambda one: one.run.officer, always=True),
    ),
    words=SUBJECTS,
)
STATUS: Card[StatusCard] = Card(
    (
        Column("office", "Office", lambda one: one.office.name or None),
        Column("on", "As of", lambda one: one.office.on, Kind.DATE, always=True),
        Column("present", "Present", lambda one: one.status.present, Kind.NUMBER, always=True, says="people"),
        _permits(State.VALID, "Valid", "permits"),
        _permits(State.DUE, "Due", "permits in their renewal window"),
        _permits(State.RELIEF, "Relief", "permits that only a relief keeps valid"),
        _permits(State.UNKNOWN, "Unknown", "permits without a known last day"),
        _permits(State.OVERSTAY, "Overstay", "permits whose holders overstay"),
        Column(
            "reports_due",
            "Reports due",
            lambda one: one.status.reports,
            Kind.NUMBER,
            always=True,
            says="of KITAP holders, within the usual window",
        ),
        Column(
            "open_cases",
            "Open cases",
            lambda one: one.status.cases,
            Kind.NUMBER,
            always=True,
            says="cases in which somebody has to act",
        ),
        Column(
            "late_cases",
            "Late cases",
            lambda one: one.status.late_cases,
            Kind.NUMBER,
            always=True,
            says="those whose deadline has passed",
        ),
        Column(
            "without_permit",
            "Without a permit",
            lambda one: one.status.without,
            Kind.NUMBER,
            always=True,
            says="people",
        ),
        Column(
            "last_marked_run",
            "Last told",
            lambda one: one.office.time(one.told.at) if one.told else None,
            says="the last marked run of the expiry list, the office's time",
        ),
        Column(
            "last_backup",
            "Last backup",
            lambda one: one.office.time(one.backups.last.at) if one.backups.last else None,
            says="the office's time; none where none is known of",
        ),
        Column(
            "changes_since_backup",
            "Changes since",
            lambda one: one.since,
            Kind.NUMBER,
            says="changes of the register after its last backup",
        ),
        Column(
            "last_drill",
            "Last drill",
            lambda one: one.office.time(one.backups.drill.at) if one.backups.drill else None,
            says="when a backup was last tried out by timpora backup --drill, the office's time",
        ),
        Column(
            "stale",
            "Too long ago",
            lambda one: one.stale,
            Kind.FLAG,
            says="whether what is asked about is longer ago than --stale; null without it",
        ),
    ),
    (Part("marked_runs", "Marked runs", RUNS, lambda one: one.runs),),
    words=SUBJECTS,
    title=lambda one: _headline(one.status),
)


def _headline(status: Status) -> str:
    overstays = status.states[State.OVERSTAY]
    present = n_("{number} person present", "{number} people present", status.present).format(number=status.present)
    late = n_("{number} overstay", "{number} overstays", overstays).format(number=overstays)
    return ", ".join((present, _("{number} due").format(number=status.states[State.DUE]), late))
