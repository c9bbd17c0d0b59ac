"""A new table is an SQL file, a line, and the schema written anew: in a copy of the program, all else learns of it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import timpora_cli

if TYPE_CHECKING:
    from tests.conftest import EarlierRegister

CASES = """
CREATE TABLE example_file (
    id INTEGER PRIMARY KEY,
    resident_id INTEGER NOT NULL REFERENCES resident (id),
    about TEXT NOT NULL,
    change_id INTEGER NOT NULL REFERENCES change (id)
) STRICT;
"""
CLOSED = "ALTER TABLE example_file ADD COLUMN closed_on TEXT;"
STORY = """
import json, sys


from pathlib import Path
from typer.testing import CliRunner
from timpora_cli.cli.app import app
from timpora_cli.store.change import Author, changing
from timpora_cli.store.connect import reading, writing
from timpora_cli.store.known import look_back
import timpora_cli.store.migrate

path, runner, told = Path(sys.argv[1]), CliRunner(), {}

def timpora(*words):
    result = runner.invoke(app, ["--db", str(path), "--officer", "Officer Invented", *words], prog_name="timpora")
    return result.exit_code, result.stdout + result.stderr

def change(act):
    with writing(path) as connection, changing(connection, Author("Officer Invented", "counter-1", "x")) as change:
        act(change)
    with reading(path) as connection:
        return connection.execute("SELECT at FROM change ORDER BY id DESC LIMIT 1").fetchone()[0]

def cases(moment=None):
    with reading(path) as connection:
        if moment:
            look_back(connection, moment)
        return connection.execute("SELECT * FROM example_file ORDER BY id").fetchall()

told["init"] = timpora("init")
told["added"] = change(lambda change: change.insert("example_file", {"resident_id": 1, "about": "first"}))
told["changed"] = change(lambda change: change.update("example_file", 1, {"about": "second"}))
told["removed"] = change(lambda change: change.remove("example_file", 1))
told["undo"] = timpora("undo", "--yes")
told["now"] = cases()
told["as added"], told["as changed"], told["as removed"] = (cases(told[one]) for one in ("added", "changed", "removed"))
told["history"] = timpora("history", "1", "--format", "json")
told["verify"] = timpora("verify")
print(json.dumps(told))
"""
WRITTEN_ANEW = """
import sqlite3
from timpora_cli.store import migrate
from timpora_cli.store.whole import schema

connection = sqlite3.connect(":memory:", isolation_level=None)
migrate.make(connection)
schema.KNOWN.write_text(schema.as_text(schema.schema_of(connection)), encoding="utf-8")
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of the program with one more table: its SQL file, and its line in the list of steps."""
    folder = tmp_path / "program"
    shutil.copytree(Path(timpora_cli.__file__).parent, folder / "timpora_cli", ignore=shutil.ignore_patterns("*.pyc"))
    (folder / "timpora_cli" / "store" / "sql" / "0006_cases.sql").write_text(CASES, encoding="utf-8")
    add_line(folder, '    "0006_cases": ("example_file",),\n')
    return folder


def add_line(folder: Path, line: str) -> None:
    steps = folder / "timpora_cli" / "store" / "connect.py"
    text = steps.read_text(encoding="utf-8")
    last = text.rindex("\n}\nSCHEMA_VERSION")
    steps.write_text(text[: last + 1] + line + text[last + 1 :], encoding="utf-8")
    subprocess.run([sys.executable, "-c", WRITTEN_ANEW], cwd=folder, check=True)


def run(folder: Path, program: str, register: Path) -> object:
    words = [sys.executable, "-c", program, str(register)]
    ran = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    return json.loads(ran.stdout)


@pytest.mark.slow
def test_a_new_table_has_versions_history_undo_and_known_at_and_verifies_whole(
    program: Path, earlier_register: "EarlierRegister"
) -> None:
    told = run(program, STORY, earlier_register(4))
    assert isinstance(told, dict)
    assert told["init"][0] == 0
    assert told["as added"][0][1:3] == [1, "first"]
    assert told["as changed"][0][1:3] == [1, "second"]
    assert told["as removed"] == []
    assert told["undo"][0] == 0
    assert told["now"][0][1:3] == [1, "second"]
    touched = [
        row for row in json.loads(told["history"][1]) if row["table"] == "example_file" and row["field"] == "about"
    ]
    assert [(row["did"], row["before"], row["after"]) for row in touched] == [
        ("added", None, "second"),
        ("removed", "second", None),
        ("changed", "first", "second"),
        ("added", None, "first"),
    ]
    assert told["verify"][0] == 0, told["verify"]


@pytest.mark.slow
def test_a_column_that_a_later_step_adds_is_kept_from_then_on(
    program: Path, earlier_register: "EarlierRegister"
) -> None:
    register = earlier_register(4)
    run(program, STORY, register)
    (program / "timpora_cli" / "store" / "sql" / "0007_closed.sql").write_text(CLOSED, encoding="utf-8")
    add_line(program, '    "0007_closed": (),\n')
    later = (
        STORY[: STORY.index('told["added"]')]
        + """
told["closed"] = change(lambda change: change.update("example_file", 1, {"closed_on": "2020-09-17"}))
told["opened"] = change(lambda change: change.update("example_file", 1, {"closed_on": None}))
told["then"], told["now"] = cases(told["closed"]), cases()
told["verify"] = timpora("verify")
print(json.dumps(told))
"""
    )
    told = run(program, later, register)
    assert isinstance(told, dict)
    assert told["then"][0][-1] == "2020-09-17"
    assert told["now"][0][-1] is None
    assert told["verify"][0] == 0, told["verify"]
