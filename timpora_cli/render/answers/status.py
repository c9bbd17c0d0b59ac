"""The morning's view as a card: how many stand how, and when the expiry list was last told."""

from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from timpora_cli.language import _, n_
from timpora_cli.model.log import MarkedRun
from timpora_cli.model.rules import State
from timpora_cli.model.status import Status
from timpora_cli.render.answer import Cell, Column, Kind
from timpora_cli.render.formats.card import Card, Part, Plan
from timpora_cli.render.text import office_time

SUBJECTS = {"PERMIT": "permits", "PASSPORT": "passports"}
RUNS = (
    Column("subject", "Of", Kind.WORD, always=True, codes=tuple(SUBJECTS)),
    Column("reach", "Reach", always=True, says="how far the list reached, as in 30d"),
    Column("at", "When", always=True, says="in the office's time zone"),
    Column("on", "As of", Kind.DATE, always=True),
    Column("listed", "Listed", Kind.NUMBER, always=True),
    Column("officer", "Officer", always=True),
)
STATUS = Plan(
    (
        Column("office", "Office"),
        Column("on", "As of", Kind.DATE, always=True),
        Column("present", "Present", Kind.NUMBER, always=True, says="people"),
        Column("valid", "Valid", Kind.NUMBER, always=True, says="permits"),
        Column("due", "Due", Kind.NUMBER, always=True, says="permits in their renewal window"),
        Column("relief", "Relief", Kind.NUMBER, always=True, says="permits that only a relief keeps valid"),
        Column("unknown", "Unknown", Kind.NUMBER, always=True, says="permits without a known last day"),
        Column("overstay", "Overstay", Kind.NUMBER, always=True, says="permits whose holders overstay"),
        Column("without_permit", "Without a permit", Kind.NUMBER, always=True, says="people"),
        Column("last_marked_run", "Last told", says="the last marked run of the expiry list, the office's time"),
        Column(
            "stale", "Told too long ago", Kind.FLAG, says="whether that is longer ago than --stale; null without it"
        ),
    ),
    (Part("marked_runs", "Marked runs", RUNS),),
)


class Office(NamedTuple):
    """Whose register it is, where it keeps its clock, and the day that is asked about."""

    name: str
    zone: str
    on: date

    def time(self, at: str) -> str:
        """Return a moment of the log as the office's clock shows it."""
        return office_time(at, ZoneInfo(self.zone))


def card(status: Status, office: Office, told: MarkedRun | None, *, stale: bool | None) -> Card:
    """Return the card; `told` is the marked run that is asked about, and `stale` whether it is too long ago."""
    values: dict[str, Cell] = {
        "office": office.name or None,
        "on": office.on,
        "present": status.present,
        **{state.lower(): number for state, number in status.states.items()},
        "without_permit": status.without,
        "last_marked_run": office.time(told.at) if told else None,
        "stale": stale,
    }
    rows = [
        (run.subject, run.threshold, office.time(run.at), date.fromisoformat(run.on), run.listed, run.officer)
        for run in status.runs
    ]
    return STATUS.card(_headline(status), values, {"marked_runs": rows}, SUBJECTS)


def _headline(status: Status) -> str:
    overstays = status.states[State.OVERSTAY]
    present = n_("{number} person present", "{number} people present", status.present).format(number=status.present)
    late = n_("{number} overstay", "{number} overstays", overstays).format(number=overstays)
    return ", ".join((present, _("{number} due").format(number=status.states[State.DUE]), late))
