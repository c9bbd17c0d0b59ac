"""Registers that earlier versions made say the same after the upgrade, are whole, and take the new class of permit."""

import json
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.earlier import VERSIONS
from timpora_cli.model.terms import CLASSES
from timpora_cli.store import connect

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora
    from tests.conftest import EarlierRegister

pytestmark = pytest.mark.slow  # each upgrades a register or two

REGISTERS = Path(__file__).parents[1] / "registers"
CLASS_ROWS = "SELECT code, group_code, position, name_id, name_en FROM permit_class ORDER BY position"
SOURCE = "Permenkumham 11/2024 arts 86A, 94A: the bridging visit permit, in force since 2024-05-03"
BRIDGED = list(connect.STEPS).index("0005_bridging_permit") + 1
BRIDGING = ("timpora", "upgrade 0005_bridging_permit", SOURCE)


# An older program counted a grant of unknown issue from the day of its record: permit 9 (Fay Invented) of version 5. It
# follows permit 8 (until 2020-04-30) without a gap, so she is no longer on the list of those who hold that one.
OF_UNKNOWN_ISSUE = {5: {"expiring --before 2020-10-01 --as-of 2020-09-17": 6}}


def part_like(new: object, old: object) -> object:
    """The part of a new answer that an old one had: later versions may answer with more columns."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {key: part_like(new[key], value) for key, value in old.items()}
    if isinstance(old, list) and isinstance(new, list) and len(new) == len(old):
        return [part_like(one, other) for one, other in zip(new, old, strict=True)]
    return new


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> int:
    number: int = request.param
    return number


@pytest.fixture
def upgraded(version: int, timpora: "Timpora", earlier_register: "EarlierRegister") -> "Timpora":
    older = timpora.on(earlier_register(version))
    assert older("init").code == 0
    return older


def lived(now: list[dict[str, str | None]], before: list[dict[str, str | None]], day: str) -> None:
    """Hold the residences of a card: the same but for two things that were wrong in the earlier answer.

    Days after the arrival and before the first residence were missing, and the end of a residence was told before it
    had happened.
    """
    for home in before:
        home["until"] = home["until"] if home["until"] is None or home["until"] <= day else None
    known = [home for home in before if (home["since"] or "") <= day]
    unplaced, rest = (now[:1], now[1:]) if len(now) > len(known) else ([], now)
    assert rest == known
    assert all(home["village"] is None and home["until"] == known[0]["since"] for home in unplaced)


# What a row of the law is, whatever its source and notes say: those were renewed, and rows were added.
LAW = {
    "relief list": ("code", "speaks_from", "speaks_until", "effective_until", "classes", "supersedes"),
    "rule list": ("kind", "subject", "value", "valid_from"),
}


def law_in(row: dict[str, object], columns: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(row[column] for column in columns)


def test_an_upgraded_register_gives_the_answers_that_it_gave_before(upgraded: "Timpora", version: int) -> None:
    answers = json.loads((REGISTERS / f"v{version}.json").read_text(encoding="utf-8"))
    assert len(answers) >= 4
    for words, before in answers.items():
        now = json.loads(upgraded.answer(*shlex.split(words), "--format", "json"))
        if words.startswith("resident show"):
            day = words.partition("--as-of ")[2][:10] or "9999-12-31"
            lived(now.pop("residences"), before.pop("residences"), day)
        if words.startswith("history"):
            now = [row for row in now if not row["command"].startswith("upgrade 0006")]
        if words in LAW:
            said = {law_in(row, LAW[words]) for row in now}
            assert {law_in(row, LAW[words]) for row in before} <= said, words
            continue
        gone = OF_UNKNOWN_ISSUE.get(version, {}).get(words)
        kept = [row for row in before if row["resident_id"] != gone] if gone else before
        assert part_like(now, kept) == kept, words


def test_a_grant_of_unknown_issue_follows_without_a_gap_after_an_upgrade(
    timpora: "Timpora", earlier_register: "EarlierRegister"
) -> None:
    older = timpora.on(earlier_register(5))
    assert older("init").code == 0
    (row,) = older.rows("permit", "list", "--name", "Fay", "--as-of", "2020-05-15")
    assert (row["permit_id"], row["state"], row["expires_on"]) == ("9", "VALID", "2021-04-30")
    (row,) = older.rows("permit", "show", "9", "--as-of", "2020-05-15")
    assert (row["issued_on"], row["overstay_days"]) == ("", "")
    assert "before permit 9" not in older("check").out
    source = "Contract section 3: a grant of unknown issue follows the one before it without a gap"
    assert older.changes().count(("timpora", "upgrade 0006_stays_and_rules", source)) == 1


def test_an_upgraded_register_is_whole(upgraded: "Timpora") -> None:
    assert upgraded("verify").out.rstrip().splitlines()[-1].startswith("Whole.")
    with closing(sqlite3.connect(upgraded.db)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_an_upgraded_register_has_the_groups_classes_and_purposes_of_a_new_one(upgraded: "Timpora", made: Path) -> None:
    with closing(sqlite3.connect(upgraded.db)) as older, closing(sqlite3.connect(made)) as new:
        for table in ("permit_group", "permit_class", "purpose"):
            query = f"SELECT * FROM {table} ORDER BY 1"
            assert older.execute(query).fetchall() == new.execute(query).fetchall()
        classes = older.execute(CLASS_ROWS).fetchall()
    assert classes == [
        (kind.term.code, kind.group, place, kind.term.name_id, kind.term.name_en)
        for place, kind in enumerate(CLASSES, 1)
    ]


def test_the_number_of_a_removed_resident_is_not_given_again(upgraded: "Timpora") -> None:
    with closing(sqlite3.connect(upgraded.db)) as connection:
        (given,) = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'resident'").fetchone()
        assert connection.execute("SELECT max(id) FROM resident").fetchone() < (given,)
    added = upgraded("resident", "add", "--name", "Hal Invented", "--nationality", "AUS").out
    assert f"Resident {given + 1} recorded" in added


def test_the_upgrade_is_a_change_of_the_program_with_its_source(upgraded: "Timpora", version: int) -> None:
    if version >= BRIDGED:
        assert BRIDGING not in upgraded.changes()
        return
    number = upgraded.changes().index(BRIDGING) + 1
    (row,) = [row for row in upgraded.rows("history", "--last", "60") if row["change"] == str(number)]
    assert (row["officer"], row["did"], row["reason"]) == ("timpora", "nothing", SOURCE)


def test_an_upgrade_cannot_be_undone_and_undo_passes_over_it(
    timpora: "Timpora", earlier_register: "EarlierRegister"
) -> None:
    upgraded = timpora.on(earlier_register(4))
    assert upgraded("init").code == 0
    number = len(upgraded.changes())
    before = upgraded.db.read_bytes()
    refused = upgraded.refused(1, "undo", str(number), "--yes")
    assert refused == f"Change {number} brought the register up to date; it cannot be undone.\n"
    assert upgraded.db.read_bytes() == before
    upgraded.answer("resident", "edit", "1", "--note", "a slip")
    assert f"Change {number + 1} undone" in upgraded.answer("undo", "--yes")


def test_undo_right_after_an_upgrade_takes_the_last_change_of_an_officer(
    timpora: "Timpora", earlier_register: "EarlierRegister"
) -> None:
    older = timpora.on(earlier_register(3))
    last = len(older.changes())
    said = older("undo", "--yes").out
    assert f"Change {last} undone by change {len(older.changes())}." in said
    assert older("verify").code == 0


def test_a_holder_of_an_earlier_register_takes_the_new_class(upgraded: "Timpora") -> None:
    grant = ("--number", "PB-1", "--issued", "2020-09-01", "--expires", "2020-10-15")
    upgraded("permit", "convert", "3", "--class", "ITK peralihan", *grant)
    held = upgraded.rows("permit", "list", "--class", "bridging")
    assert ("PERALIHAN", "PB-1") in {(row["class"], row["permit_number"]) for row in held}
    counted = {row["class"]: row for row in upgraded.rows("counts", "--by", "class")}
    assert (counted["PERALIHAN"]["group"], counted["PERALIHAN"]["total"]) == ("VISIT", str(len(held)))
    assert upgraded("verify").code == 0


def test_what_was_altered_behind_the_log_before_an_upgrade_is_found_after_it(
    timpora: "Timpora", earlier_register: "EarlierRegister"
) -> None:
    path = earlier_register(4)
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE country SET name_en = 'Elsewhere' WHERE code = 'AUS'")
        other.commit()
    older = timpora.on(path)
    older("init")
    verified = older("verify")
    assert verified.code != 0
    assert "a country, class, group or purpose was altered behind the log" in verified.out
