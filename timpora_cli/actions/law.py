"""The law in rows: reliefs, rules and holidays, added and ended by an officer, without code."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from timpora_cli.errors import Refused, TimporaError
from timpora_cli.language import _
from timpora_cli.model.dates import parse_date
from timpora_cli.model.law import NewRule, Relief
from timpora_cli.queries.law import refuse_no_rule
from timpora_cli.store.change import Change, Value

DAY_HEADERS = ("tanggal", "date", "day", "hari")
NAME_HEADERS = ("nama", "name", "keterangan", "description", "libur", "holiday")
HAS_RELIEF = "SELECT 1 FROM relief WHERE code = ? COLLATE NOCASE"
HAS_HOLIDAY = "SELECT name FROM holiday WHERE day = ?"


class ReliefExists(Refused):
    """Relief {code} is already on record. Nothing was changed."""


class ReliefEnded(Refused):
    """Relief {code} ended already on {ended}."""


class EndsTooEarly(Refused):
    """{what} began on {since}; it cannot end on {on}."""


class HolidayHeaders(Refused):
    """{path} has no columns for the day and the name (tanggal,nama); it has: {found}. Nothing was imported."""


class UnreadableHolidays(Refused):
    """{path} cannot be read: {fault}. Nothing was imported."""


class BadHoliday(Refused):
    """{path}, line {line}: {fault} Nothing was imported."""


def add_relief(change: Change, row: Mapping[str, Value], classes: Iterable[str]) -> None:
    """Record a relief: `row` are its columns, `classes` the permit classes it covers."""
    if change.connection.execute(HAS_RELIEF, (row["code"],)).fetchone():
        raise ReliefExists(code=row["code"])
    change.insert("relief", row)
    for class_code in classes:
        change.insert("relief_class", {"relief_code": row["code"], "class_code": class_code})


def end_relief(change: Change, relief: Relief, on: date) -> None:
    """Let a relief speak no more from the day `on`; what it kept valid is then judged by the printed day again."""
    if relief.ended_on is not None:
        raise ReliefEnded(code=relief.code, ended=relief.ended_on)
    if on < relief.speaks_from:
        raise EndsTooEarly(what=relief.code, since=relief.speaks_from, on=on)
    change.update("relief", relief.code, {"ended_on": on.isoformat()})


def add_rule(change: Change, rule: NewRule) -> int:
    """Record a rule row and return its id; of two in force for the same thing, the one that began later counts."""
    return change.insert(
        "rule",
        {
            "kind": rule.kind,
            "subject": rule.subject,
            "value": rule.value,
            "valid_from": rule.valid_from.isoformat() if rule.valid_from else None,
            "valid_until": rule.valid_until.isoformat() if rule.valid_until else None,
            "legal_basis": rule.legal_basis,
            "source": rule.source,
            "verified": int(rule.verified),
        },
    )


def end_rule(change: Change, rule: int, last_day: date) -> None:
    """Let a rule hold up to and on `last_day`."""
    refuse_no_rule(change.connection, rule)
    change.update("rule", rule, {"valid_until": last_day.isoformat()})


def add_holiday(change: Change, day: date, name: str, source: str | None) -> bool:
    """Record a day on which nobody works; return whether it, or its name, is new."""
    row = change.connection.execute(HAS_HOLIDAY, (day.isoformat(),)).fetchone()
    if row is None:
        change.insert("holiday", {"day": day.isoformat(), "name": name, "source": source})
    elif row[0] != name:
        change.update("holiday", day.isoformat(), {"name": name, "source": source})
    return row is None or row[0] != name


def import_holidays(change: Change, path: Path, today: date) -> int:
    """Record the holidays of a CSV file with a column for the day and one for the name; return how many are new."""
    try:
        return _import_holidays(change, path, today)
    except OSError as error:
        raise UnreadableHolidays(path=path, fault=error.strerror) from error
    except UnicodeDecodeError as error:
        raise UnreadableHolidays(path=path, fault=_("it is not text in UTF-8")) from error
    except csv.Error as error:
        raise UnreadableHolidays(path=path, fault=_("it is not a CSV file")) from error


def _import_holidays(change: Change, path: Path, today: date) -> int:
    new = 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        headers = {(header or "").strip().casefold(): header for header in reader.fieldnames or []}
        day_header = next((headers[name] for name in DAY_HEADERS if name in headers), None)
        name_header = next((headers[name] for name in NAME_HEADERS if name in headers), None)
        if day_header is None or name_header is None:
            raise HolidayHeaders(path=path, found=", ".join(headers) or "-")
        for row in reader:
            try:
                day = parse_date(row[day_header] or "", today)
            except TimporaError as error:
                raise BadHoliday(path=path, line=reader.line_num, fault=error) from error
            new += add_holiday(change, day, (row[name_header] or "").strip() or "-", path.name)
    return new
