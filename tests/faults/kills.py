"""Kills before chosen system calls of commands that write: what was acknowledged is there, nothing is half there."""

import argparse
import re
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.processes import Done, run_to_end
from timpora_cli.cli import app
from timpora_cli.files import SCRATCH
from timpora_cli.queries.verify import verified
from timpora_cli.store import connect

SOURCE = Path(app.__file__).parents[2]
ENVIRONMENT = {
    "PYTHONPATH": str(SOURCE),
    "PATH": "/usr/bin:/bin",
    "PYTHONDONTWRITEBYTECODE": "1",
    "HOME": "/nonexistent",
}
CALLS = "fsync,fdatasync,link,linkat,rename,renameat2,unlink,unlinkat,rmdir,mkdir,ftruncate,pwrite64"
CALL = re.compile(r"^\d+ +(\w+)\(", re.MULTILINE)
KILLED, DONE = {-9, 137}, {0, 6}  # one row of the sheet is refused
PERSON = ("resident", "add", "--nationality", "AUS", "--name")
COMMANDS: dict[str, Sequence[str]] = {
    "add": (*PERSON, "Ann Newly Invented"),
    "import": ("import", "sheet.csv"),
    "undo": ("undo", "--yes"),
    "merge": ("resident", "merge", "50", "51", "--yes"),
    "backup": ("backup", "--keep", "1"),
    "restore": ("restore", "first.db", "--yes", "--yes-older"),
}
ACKNOWLEDGED = ("recorded:", " rows:", "undone by", "is now part of", "Restored:")
SHEET = "name,nationality,passport_number\n" + "".join(f"Ben Number {n},AUS,X{n:07}\n" for n in range(1, 40))


@dataclass(slots=True)
class Figures:
    """How many kills there were, by command, and after how many of them the command's change was there."""

    kills: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        return ", ".join(f"{one}: {number} kills, {self.done[one]} after the end" for one, number in self.kills.items())


@dataclass(frozen=True, slots=True)
class Office:
    """A folder with a register, a backup of an earlier moment and a sheet, and copies of it to try things in."""

    folder: Path

    def make(self) -> None:
        """Make the example register, with two people who are one."""
        self.folder.mkdir()
        ran(self.folder, "demo", "--keep", "register.db")
        shutil.copy(self.folder / "register.db", self.folder / "first.db")
        (self.folder / "sheet.csv").write_text(SHEET, encoding="utf-8")
        for _time in range(2):
            ran(self.folder, *PERSON, "Cleo Invented", "--passport", f"X900000{_time}")
        ran(self.folder, "backup")

    def moments(self, command: str) -> list[tuple[str, int]]:
        """Return each call that a command makes, with its number among those of its name, in order."""
        with self.copied() as folder:
            record = folder / "calls"
            done = ran(folder, *COMMANDS[command], through=("strace", "-f", "-e", f"trace={CALLS}", "-o", str(record)))
            assert done.code in DONE, done
            seen: Counter[str] = Counter()
            found = []
            for call in CALL.findall(record.read_text(encoding="utf-8", errors="replace")):
                seen[call] += 1
                found.append((call, seen[call]))
            return found

    def copied(self) -> "Copied":
        """Give a copy of the folder, which is removed at the end of the block."""
        return Copied(self.folder)

    def kill(self, command: str, call: str, number: int, figures: Figures) -> None:
        """Kill a command before one call, and hold that nothing is lost, nothing half there, and nothing left."""
        with self.copied() as folder:
            before = changes(folder / "register.db")
            inject = f"inject={call}:signal=KILL:when={number}"
            through = ("strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", inject)
            done = ran(folder, *COMMANDS[command], through=through)
            assert done.code in KILLED | DONE, done
            figures.kills[command] += done.code in KILLED
            after = {"restore": changes(folder / "first.db"), "backup": before}.get(command, before + 1)
            now = changes(folder / "register.db")
            assert now in {before, after}, (command, call, number, now)
            if done.code in DONE or any(word in done.out for word in ACKNOWLEDGED):
                assert now == after, (command, call, number, done)
            figures.done[command] += now == after != before
            for one in [folder / "register.db", *folder.glob("backups/*.db")]:
                assert fault(one) is None, (command, call, number, one)
            assert list(folder.glob("backups/*.db"))
            self.is_tidied(folder)

    def is_tidied(self, folder: Path) -> None:
        """Hold that the next change and the next backup remove what the kill has left."""
        assert ran(folder, "resident", "edit", "1", "--note", "seen").code == 0
        assert ran(folder, "backup").code == 0
        names = [one.name for one in folder.rglob("*")]
        left = [name for name in names if name.startswith((SCRATCH, ".sheet")) or "journal" in name]
        assert left == [], left


@dataclass(slots=True)
class Copied:
    """A copy of a folder, for a block."""

    folder: Path

    def __enter__(self) -> Path:
        copy = self.folder.with_name("copy")
        return Path(shutil.copytree(self.folder, copy))

    def __exit__(self, *_ended: object) -> None:
        shutil.rmtree(self.folder.with_name("copy"))


def ran(folder: Path, *words: str, through: Sequence[str] = ()) -> Done:
    register = () if words[0] == "demo" else ("--db", "register.db")
    return run_to_end([*through, sys.executable, "-m", "timpora_cli", *register, *words], ENVIRONMENT, folder)


def changes(path: Path) -> int:
    """Return how many changes the register has; a journal that a kill has left is rolled back first."""
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM change").fetchone()[0])


def fault(path: Path) -> str | None:
    with connect.reading(path) as connection:
        return verified(connection).fault


def spread(moments: Sequence[tuple[str, int]], most: int) -> Iterator[tuple[str, int]]:
    """Yield at most so many moments, evenly over the run of a command, the first and the last among them."""
    step = max(len(moments) - 1, 1) / max(most - 1, 1)
    places = range(len(moments)) if len(moments) <= most else sorted({round(place * step) for place in range(most)})
    return (moments[place] for place in places)


def killed(folder: Path, number: int) -> Figures:
    """Kill the commands about so many times in all; return the figures. Raises AssertionError where it does harm."""
    office, figures = Office(folder), Figures()
    office.make()
    for command in COMMANDS:
        for call, place in spread(office.moments(command), number // len(COMMANDS)):
            office.kill(command, call, place, figures)
    return figures


def main(words: Sequence[str]) -> int:
    """Run, print the figures, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults kills")
    parser.add_argument("--count", type=int, default=100, metavar="N", help="about how many kills in all")
    with tempfile.TemporaryDirectory() as scratch:
        print(killed(Path(scratch) / "office", parser.parse_args(words).count))
    return 0
