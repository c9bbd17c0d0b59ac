"""The law as rows: reliefs, rules and holidays, added and ended by an officer, without a change of the program."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from timpora_cli.errors import Refused, TimporaError
from timpora_cli.language import _
from timpora_cli.model.dates import parse_date
from timpora_cli.model.law import NewRule, Relief
from timpora_cli.queries.law import refuse_no_rule
from timpora_cli.queries.rows import first, iso
from timpora_cli.sheets.small_list import read_list
from timpora_cli.store.change import Change, Value

DAY_HEADERS = ("tanggal", "date", "day", "hari")
NAME_HEADERS = ("nama", "name", "keterangan", "description", "libur", "holiday")
HAS_RELIEF = "SELECT 1 FROM relief WHERE code = :code COLLATE NOCASE"
NAME_OF_HOLIDAY = "SELECT name FROM holiday WHERE day = :day"


class ReliefExists(Refused):
    """Relief {code} is already on record. Nothing was changed."""


class ReliefEnded(Refused):
    """Relief {code} ended already on {ended}."""


class EndsTooEarly(Refused):
    """{what} began on {since}; it cannot end on {on}."""


class EndsTooLate(Refused):
    """Relief {code} keeps no permit valid after {until}, its last day, so it cannot be ended from {on} on."""


class GaveWay(Refused):
    """Relief {code} gave way to another on {day}, so it cannot be ended from {on} on."""


class NeverInForce(Refused):
    """Relief {code} never was in force: another took its place by its first day, {since}."""


class BadHoliday(Refused):
    """{path}, line {line}: {fault} Nothing was imported."""


def add_relief(change: Change, row: Mapping[str, Value], classes: Iterable[str]) -> None:
    """Record a relief: `row` are its columns, `classes` the permit classes it covers."""
    if first(change.connection, HAS_RELIEF, {"code": row["code"]}):
        raise ReliefExists(code=row["code"])
    change.insert("relief", row)
    for class_code in classes:
        change.insert("relief_class", {"relief_code": row["code"], "class_code": class_code})


def end_relief(change: Change, relief: Relief, on: date) -> None:
    """End a relief: from the day `on` it is in force no more, and what it kept valid is judged by the day before.

    Only the relief's own days decide whether it can be, never what day it is. One that ends on its first day never was
    in force: the relief that it was to supersede goes on.
    """
    if relief.ended_on is not None:
        raise ReliefEnded(code=relief.code, ended=relief.ended_on)
    if relief.speaks_from is None:
        raise NeverInForce(code=relief.code, since=relief.effective_from)
    if on < relief.speaks_from:
        raise EndsTooEarly(what=relief.code, since=relief.speaks_from, on=on)
    if relief.speaks_until is not None and on >= relief.speaks_until:
        raise GaveWay(code=relief.code, day=relief.speaks_until, on=on)
    if relief.effective_until is not None and on > relief.effective_until:
        raise EndsTooLate(code=relief.code, until=relief.effective_until, on=on)
    change.update("relief", relief.code, {"ended_on": on.isoformat()})


def add_rule(change: Change, rule: NewRule) -> int:
    """Record a rule row and return its id; of two in force for the same thing, the one that began later counts."""
    return change.insert(
        "rule",
        {
            "kind": rule.kind,
            "subject": rule.subject,
            "value": rule.value,
            "valid_from": iso(rule.valid_from),
            "valid_until": iso(rule.valid_until),
            "legal_basis": rule.legal_basis,
            "source": rule.source,
            "verified": int(rule.verified),
        },
    )


def end_rule(change: Change, rule: int, last_day: date) -> None:
    """Make `last_day` the last day on which a rule is in force."""
    refuse_no_rule(change.connection, rule)
    change.update("rule", rule, {"valid_until": last_day.isoformat()})


def add_holiday(change: Change, day: date, name: str, source: str | None) -> bool:
    """Record a day on which nobody works; return whether it, or its name, is new."""
    holiday = first(change.connection, NAME_OF_HOLIDAY, {"day": day.isoformat()})
    if holiday is None:
        change.insert("holiday", {"day": day.isoformat(), "name": name, "source": source})
    elif holiday["name"] != name:
        change.update("holiday", day.isoformat(), {"name": name, "source": source})
    return holiday is None or holiday["name"] != name


def import_holidays(change: Change, path: Path, today: date) -> int:
    """Record the holidays of a CSV file with a column for the day and one for the name; return how many are new."""
    new = 0
    wanted = _("for the day and the name (tanggal,nama)")
    for line, text, name in read_list(path, DAY_HEADERS, NAME_HEADERS, wanted):
        try:
            day = parse_date(text, today)
        except TimporaError as error:
            raise BadHoliday(path=path, line=line, fault=error) from error
        new += add_holiday(change, day, name or "-", path.name)
    return new
