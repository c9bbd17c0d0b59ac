"""The recipes of the page on backups do what it says of them, run as they stand there."""

import configparser
import re
import shlex
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import NeedsTool
    from tests.recipes.conftest import Machine

pytestmark = pytest.mark.slow  # each test starts processes of its own

SILENT = (0, "", "")
UNIT = re.compile(r"^# /etc/systemd/system/(\S+)\n", re.MULTILINE)
NAME = re.compile(r"timpora-\d{8}T\d{6}(-\d+)?\.db")


def backups(machine: "Machine") -> list[str]:
    return sorted(one.name for one in (machine.share / "backups").iterdir())


def test_the_crontab_makes_a_backup_each_night_and_tries_one_out_in_silence(machine: "Machine") -> None:
    assert machine.job("backups") == machine.job("backups") == SILENT
    assert machine.job("drills") == SILENT
    assert len(backups(machine)) == 2
    assert all(NAME.fullmatch(name) for name in backups(machine))
    whole = machine.shell(f"timpora verify --db {machine.share}/backups/{backups(machine)[-1]}")
    assert whole.code == 0


def test_a_drill_that_fails_is_said_so_that_cron_sends_a_mail(machine: "Machine") -> None:
    machine.job("backups")
    (machine.share / "backups" / backups(machine)[0]).write_bytes(b"cut")
    failed = machine.job("drills")
    assert (failed.code, failed.out) == (1, "")
    assert "does not hold what the register held" in failed.err


def test_the_monitor_asks_for_a_backup_and_then_for_a_drill(machine: "Machine") -> None:
    def answer() -> tuple[int, str]:
        told = machine.shell(machine.recipe("backup-monitor"))
        return told.code, told.out

    assert answer() == (
        2,
        "TIMPORA CRITICAL - no backup was made for 26 hours, or the register is out of reach\n",
    )
    machine.job("backups")
    assert answer() == (1, "TIMPORA WARNING - no backup was tried out for 8 days\n")
    machine.job("drills")
    assert answer() == (0, "TIMPORA OK - backups are made and tried out\n")


def test_systemd_takes_the_units_and_the_service_makes_a_backup(machine: "Machine", needs_tool: "NeedsTool") -> None:
    needs_tool("systemd-analyze")
    _nothing, *parts = UNIT.split(machine.recipe("systemd-backup"))
    files = [machine.root / name for name in parts[::2]]
    read = configparser.RawConfigParser(strict=False)
    for file, text in zip(files, parts[1::2], strict=True):
        file.write_text(text, encoding="utf-8")
        read.read_string(text)
    verify = ["systemd-analyze", "verify", "--man=no", *map(str, files)]
    verified = subprocess.run(verify, capture_output=True, text=True, check=False)
    ours = [line for line in (verified.stdout + verified.stderr).splitlines() if "timpora" in line]
    assert (verified.returncode, ours) == (0, [])
    service = read["Service"]
    environment = dict(word.split("=", 1) for word in shlex.split(service["environment"]))
    assert machine.process(shlex.split(service["execstart"]), environment, int(service["umask"], 8)) == SILENT
    assert len(backups(machine)) == 1
