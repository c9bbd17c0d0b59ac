"""Corrupt copies of a register, one thing each, and look whether any list is wrong and says nothing of it.

    python -m tests.faults corruptions --count N [--people N] [--seed N] [--unchecked]

Each copy is asked for four lists and is verified. A list that is another one than that of the whole register, with exit
0, is wrong. With `--unchecked` the setting `checked_kb` is left at 0, as a new register has it. Prints a line for each
kind of corruption, and ends with 1 where a list of a checked register is wrong, verify missed what changed an answer,
or a traceback was seen.
"""

import argparse
import random
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from typer.testing import CliRunner

from tests.benchmarks.intake import people, written_csv
from timpora_cli import language
from timpora_cli.cli import app

PAGE, SECTOR = 4096, 512
DAY = ("--as-of", "2020-09-17")
LISTS = (
    ("expiring", "--before", "2020-09-21", *DAY, "--format", "csv"),
    ("counts", *DAY, "--format", "csv"),
    ("resident", "list", *DAY, "--format", "csv"),
    ("status", *DAY, "--format", "json"),
)
LETTERS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
VIEWS = (
    ("relief_offer", "permit.expires_on <", "permit.expires_on >"),
    ("relief_span", "relief.effective_until, '9999-12-31'", "relief.effective_until, '1999-12-31'"),
    ("current_permit", "permit.ended_on IS NULL", "0"),
)
HIDDEN = "CREATE TRIGGER {name} AFTER INSERT ON permit BEGIN UPDATE permit SET expires_on = '2099-01-01'; END"
COLUMNS = "SELECT name FROM pragma_table_info(?) WHERE type = 'TEXT' AND name NOT IN ('code', 'key')"
TABLES = ("resident", "permit", "residence", "stay", "passport", "sponsor", "village", "district", "rule", "holiday")
TRIGGERS = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?"

Answers = tuple[tuple[int, str], ...]


def altered_byte(chance: random.Random, path: Path) -> None:
    content = bytearray(path.read_bytes())
    at = chance.randrange(PAGE, len(content))
    while content[at] not in LETTERS:
        at = chance.randrange(PAGE, len(content))
    content[at] = chance.choice([letter for letter in LETTERS if letter != content[at]])
    path.write_bytes(bytes(content))


def zeroed_sector(chance: random.Random, path: Path) -> None:
    content = bytearray(path.read_bytes())
    at = chance.randrange(len(content) // SECTOR) * SECTOR
    content[at : at + SECTOR] = bytes(SECTOR)
    path.write_bytes(bytes(content))


def swapped_pages(chance: random.Random, path: Path) -> None:
    content = bytearray(path.read_bytes())
    one, other = (PAGE * page for page in chance.sample(range(1, len(content) // PAGE), 2))
    content[one : one + PAGE], content[other : other + PAGE] = (
        content[other : other + PAGE],
        content[one : one + PAGE],
    )
    path.write_bytes(bytes(content))


def truncated(chance: random.Random, path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: chance.randrange(len(content))])


def altered_view(chance: random.Random, path: Path) -> None:
    name, before, after = chance.choice(VIEWS)
    _by_sql(path, "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = ?", (before, after, name))


def added_trigger(chance: random.Random, path: Path) -> None:
    name = chance.choice(("helpful", "sqlite_x"))
    _by_sql(path, "INSERT INTO sqlite_schema VALUES ('trigger', ?, 'permit', 0, ?)", (name, HIDDEN.format(name=name)))


def altered_cell(chance: random.Random, path: Path) -> None:
    """Write another row's value into a row, with the register's triggers or without."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        table = chance.choice(TABLES)
        column = chance.choice(connection.execute(COLUMNS, (table,)).fetchall())[0]
        rows = [row for (row,) in connection.execute(f"SELECT rowid FROM {table}")]
        triggers = connection.execute(TRIGGERS, (table,)).fetchall() if chance.random() < 0.5 else []
        for name, _sql in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        value = f"(SELECT {column} FROM {table} WHERE rowid = ?)"
        with suppress(sqlite3.IntegrityError):
            connection.execute(
                f"UPDATE {table} SET {column} = {value} WHERE rowid = ?", (chance.choice(rows), chance.choice(rows))
            )
        for _name, sql in triggers:
            connection.execute(sql)


def removed_row(chance: random.Random, path: Path) -> None:
    table = chance.choice(TABLES)
    _by_sql(path, f"DELETE FROM {table} WHERE rowid = (SELECT rowid FROM {table} ORDER BY rowid LIMIT 1 OFFSET ?)", (
        chance.randrange(8),
    ))  # fmt: skip


KINDS: tuple[Callable[[random.Random, Path], None], ...] = (
    altered_byte, zeroed_sector, swapped_pages, truncated, altered_view, added_trigger, altered_cell, removed_row,
)  # fmt: skip


def _by_sql(path: Path, statement: str, values: Sequence[object]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(statement, values)


@dataclass(slots=True)
class Seen:
    """What was seen of the copies of one kind, and what should not have been."""

    counted: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def ask(path: Path, *words: str) -> tuple[int, str]:
    """Return the exit code and the answer of one call; code -1 is a traceback."""
    language.choose("en")
    given = CliRunner().invoke(app.app, ["--db", str(path), *words], prog_name="timpora")
    foreseen = given.exception is None or isinstance(given.exception, SystemExit)
    return (given.exit_code, given.stdout) if foreseen and "unexpected failure" not in given.stderr else (-1, "")


def answers(path: Path) -> Answers:
    return tuple(ask(path, *words) for words in LISTS)


def made(folder: Path, number: int, *, checked: bool) -> Path:
    """Return a register of so many people, taken in from a sheet."""
    path, sheet = folder / "whole.db", written_csv(folder / "people.csv", people(number))
    calls = [("init",), ("setting", "set", "import_backup", "0"), ("import", str(sheet))]
    for words in (*calls, ("setting", "set", "checked_kb", "1000000" if checked else "0")):
        code, _out = ask(path, *words)
        assert code == 0, words
    return path


def look(whole: Path, expected: Answers, copy: Path, kind: Callable[[random.Random, Path], None], seed: int) -> Seen:
    """Corrupt a copy by the chance of `seed`, and return what is seen of it."""
    shutil.copy(whole, copy)
    kind(random.Random(f"{kind.__name__} {seed}"), copy)  # noqa: S311 no secret
    got, (verified, _said) = answers(copy), ask(copy, "verify")
    wrong = [LISTS[at][0] for at, one in enumerate(got) if one[0] == 0 and one != expected[at]]
    seen = Seen(Counter(copies=1, refused=any(code > 0 for code, _out in got), wrong=bool(wrong), found=verified > 0))
    where = f"{kind.__name__}, seed {seed}"
    seen.faults += [f"{where}: wrong {name}" for name in wrong]
    if -1 in {verified, *(code for code, _out in got)}:
        seen.faults.append(f"{where}: traceback")
    if verified == 0 and got != expected:
        seen.faults.append(f"{where}: verify missed it")
    return seen


def run(count: int, number: int, first: int, *, checked: bool) -> dict[str, Seen]:
    """Look at `count` copies, the kinds by turns; return what was seen by kind."""
    seen = {kind.__name__: Seen() for kind in KINDS}
    with tempfile.TemporaryDirectory() as folder:
        whole = made(Path(folder), number, checked=checked)
        expected = answers(whole)
        assert {code for code, _out in expected} == {0}
        for at in range(count):
            kind = KINDS[at % len(KINDS)]
            one = look(whole, expected, Path(folder) / "copy.db", kind, first + at)
            seen[kind.__name__].counted += one.counted
            seen[kind.__name__].faults += one.faults
    return seen


def main(words: Sequence[str]) -> int:
    """Run, print the figures, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults corruptions")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--unchecked", action="store_true")
    asked = parser.parse_args(words)
    seen = run(asked.count, asked.people, asked.seed, checked=not asked.unchecked)
    for name, one in seen.items():
        figures = ", ".join(f"{one.counted[what]} {what}" for what in ("copies", "refused", "wrong", "found"))
        print(f"{name}: {figures}")
    faults = [fault for one in seen.values() for fault in one.faults]
    bad = [fault for fault in faults if not (asked.unchecked and "wrong" in fault)]
    print(*bad, sep="\n", end="\n" if bad else "")
    return int(bool(bad))
