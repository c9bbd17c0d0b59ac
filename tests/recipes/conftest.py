"""The machine that the recipes of the manual are written for: /srv is a scratch folder, the shell gets what cron gives.

The path of that folder, for `/srv/`, is the one thing that is changed in a recipe.
"""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.documents import DOCUMENTS, SOURCE, marked
from timpora_cli.actions import settings

if TYPE_CHECKING:
    from tests.conftest import Office

VARIABLE = re.compile(r"([A-Z_]+)=(.*)")
# A job of a crontab: minute, hour, day of the month, month and day of the week, then the command.
JOB = re.compile(r"((?:[\d*][\d,/*-]* ){5})(\S.*)")
LISTED = "SELECT threshold, listed, officer FROM expiry_run JOIN change ON change.id = change_id ORDER BY expiry_run.id"
# Who is in the register, where, and how many days are left.
PEOPLE = (
    ("Ann Invented", "19.02.01", 10),
    ("Þórunn Hvergisdóttir", "19.02.03", 5),
    ("Late Invented", "19.02.04", -2),
    ("Later Invented", "19.02.04", -40),
    ("Nowhere Invented", None, -3),
    ("Far Invented", "19.02.01", 2000),
)


class Ran(NamedTuple):
    """What a recipe gave."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Machine:
    """The scratch folder, and the day that the office has."""

    root: Path
    today: date

    @property
    def register(self) -> Path:
        return self.root / "srv" / "timpora" / "register.db"

    @property
    def share(self) -> Path:
        return self.root / "srv" / "share"

    def recipes(self) -> dict[str, str]:
        """The text of every recipe in the documents, by its name."""
        recipes = [recipe for document in DOCUMENTS for recipe in marked(document, "recipe").items()]
        assert len(dict(recipes)) == len(recipes)
        return {name: text.replace("/srv/", f"{self.root}/srv/") for name, text in recipes}

    def recipe(self, name: str) -> str:
        return self.recipes()[name]

    def crontab(self, *names: str) -> list[str]:
        """The lines of some recipes as one crontab; each is a variable or a job, or there would be no crontab."""
        lines = [line for name in names for line in self.recipe(name).splitlines() if line]
        assert [line for line in lines if not (VARIABLE.fullmatch(line) or JOB.fullmatch(line))] == []
        return lines

    def variables(self) -> dict[str, str]:
        """What the manual's crontab sets for its jobs; a quoted value loses its quotes, as in cron."""
        found = [VARIABLE.fullmatch(line) for line in self.crontab("crontab")]
        return {variable[1]: variable[2].strip('"') for variable in found if variable is not None}

    def job(self, name: str) -> Ran:
        """Run the one job of a recipe as cron does: up to its first bare %, with \\% for a %."""
        (job,) = [found for found in map(JOB.fullmatch, self.crontab(name)) if found is not None]
        command, *stdin = re.split(r"(?<!\\)%", job[2])
        assert stdin == []
        return self.shell(command.replace(r"\%", "%"))

    def shell(self, command: str) -> Ran:
        """Run a command with the environment that cron gives to a job of the manual's crontab, and nothing else."""
        of_cron = {"HOME": str(self.root / "home"), "LOGNAME": "timpora", "SHELL": "/bin/sh"}
        return self.process(["/bin/sh", "-c", command], of_cron | self.variables())

    def process(self, words: list[str], environment: dict[str, str], umask: int = 0o022) -> Ran:
        done = subprocess.run(
            words,
            cwd=self.root,
            env=environment,
            umask=umask,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    def runs(self) -> list[tuple[str, int, str]]:
        """The marked runs of the expiry list: how far it reached, how many it listed, who ran it."""
        with closing(sqlite3.connect(self.register)) as connection:
            return connection.execute(LISTED).fetchall()

    def shared(self) -> dict[str, int]:
        """The files in the shared folder, with their modes."""
        return {file.name: file.stat().st_mode & 0o777 for file in self.share.iterdir()}

    def who(self, text: str) -> set[str]:
        """The first names of everyone who is named in `text`."""
        return {name.split()[0] for name, _district, _days_left in PEOPLE if name in text}


@pytest.fixture
def machine(office: "Office", tmp_path: Path) -> Machine:
    """A machine set up as the manual has it, with people whose permits end around today."""
    now = datetime.now(UTC)
    east = 12 - now.hour  # a zone where it is noon, so that the day does not change while a recipe runs
    machine = Machine(tmp_path, (now + timedelta(hours=east)).date())
    with office.change() as change:
        settings.put(change, "time_zone", f"Etc/GMT{-east:+d}")
    today_office = replace(office, today=machine.today)
    for name, district, days_left in PEOPLE:
        ends = machine.today + timedelta(days=days_left)
        resident = today_office.person(name, village=None, district=district)
        today_office.permit(resident, issued=str(min(ends, machine.today) - timedelta(days=90)), expires=str(ends))
    scripts = machine.register.parent / ".venv" / "bin"
    scripts.mkdir(parents=True)
    machine.share.mkdir()
    today_office.written_to(machine.register).chmod(0o600)
    program = scripts / "timpora"
    program.write_text(f'#!/bin/sh\nPYTHONPATH={SOURCE} exec {sys.executable} -W error -m timpora_cli "$@"\n')
    program.chmod(0o755)
    return machine
