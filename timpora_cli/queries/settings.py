"""The office's own settings, as the register has them. A setting without a row has its default value."""

import sqlite3
from typing import TYPE_CHECKING

from timpora_cli.queries.rows import first

if TYPE_CHECKING:
    from timpora_cli.model.settings import InForce, Setting

VALUE = "SELECT value FROM setting WHERE key = :key"


def office_name(connection: sqlite3.Connection) -> str:
    """Return the office's name for headings; empty where nobody has given one."""
    return _value(connection, "office_name")


def time_zone(connection: sqlite3.Connection) -> str:
    """Return the office's time zone, as in Asia/Jakarta."""
    return _value(connection, "time_zone")


def default_window(connection: sqlite3.Connection) -> str:
    """Return how far an expiry list reaches, as in 30d, where neither the command line nor the environment says it."""
    return _value(connection, "default_window")


def settings(connection: sqlite3.Connection) -> "list[InForce]":
    """Return every setting as the register has it, in the order in which they are declared."""
    from timpora_cli.model.settings import SETTINGS

    return [in_register(connection, setting) for setting in SETTINGS]


def in_register(connection: sqlite3.Connection, setting: "Setting") -> "InForce":
    """Return one setting as the register has it, or with its default.

    The working area has no row. It is worked out from the districts that are the office's own, so the two always agree.
    """
    from timpora_cli.model.settings import REGION, InForce

    if setting == REGION:
        from timpora_cli.queries.places import area

        places = area(connection)
        codes = " ".join(code for code, _name in places)
        names = ", ".join(" ".join(place) for place in places)
        return InForce(setting, codes, "register" if places else "default", names)
    value = _kept(connection, setting.key)
    return InForce(setting, setting.default, "default") if value is None else InForce(setting, value, "register")


def _value(connection: sqlite3.Connection, key: str) -> str:
    value = _kept(connection, key)
    if value is None:
        from timpora_cli.model.settings import setting_named

        return setting_named(key).default
    return value


def _kept(connection: sqlite3.Connection, key: str) -> str | None:
    row = first(connection, VALUE, {"key": key})
    return None if row is None else str(row["value"])
