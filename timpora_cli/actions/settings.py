"""The office's own settings, given another value. The working area has no row: it is a mark on each district."""

import json
from typing import NamedTuple

from timpora_cli.model.settings import READS, REGION, InForce, setting_named
from timpora_cli.queries.settings import area_named, in_register
from timpora_cli.store.change import Change

MARK_AREA = """
UPDATE district
SET ours = 1 - ours, change_id = :change
WHERE ours <> (
    code IN (SELECT value FROM json_each(:area)) OR regency_code IN (SELECT value FROM json_each(:area))
)
"""


class Put(NamedTuple):
    """A setting as it was and as it is now, in the register."""

    before: InForce
    after: InForce


def put(change: Change, key: str, text: str) -> Put:
    """Give the setting that `key` names the value that `text` means; an empty text puts its default back.

    Raises UnknownTerm for a key, and the error that says what may be written for a value. A value that is so already is
    not written again.
    """
    setting = setting_named(key)
    before = in_register(change.connection, setting)
    if setting == REGION:
        _mark_area(change, area_named(change.connection, text))
    elif text.strip():
        _write(change, before, READS[setting.key](text))
    elif before.source == "register":
        change.remove("setting", setting.key)
    return Put(before, in_register(change.connection, setting))


def _write(change: Change, before: InForce, value: str) -> None:
    if value == before.value:
        return
    if before.source == "register":
        change.update("setting", before.setting.key, {"value": value})
    else:
        change.insert("setting", {"key": before.setting.key, "value": value})


def _mark_area(change: Change, codes: list[str]) -> None:
    marked = change.connection.execute(MARK_AREA, {"area": json.dumps(codes), "change": change.number})
    change.wrote_anywhere("district", marked.rowcount)
