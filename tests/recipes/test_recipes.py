"""The recipes of the manual do what its pages say of them, run as they stand there."""

import configparser
import csv
import json
import re
import shlex
import subprocess
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import NeedsTool
    from tests.recipes.conftest import Machine

pytestmark = pytest.mark.slow  # each test starts processes of its own

SILENT = (0, "", "")
WITHIN_A_MONTH = {"Ann", "Þórunn", "Late", "Later", "Nowhere"}
OF_BACKUPS = {"backups", "drills", "systemd-backup", "backup-monitor"}  # run by test_backups.py
RUN_HERE = {"crontab", "weekly", "calendar", "monitor", "districts", "jq", "systemd"}
UNIT = re.compile(r"^# /etc/systemd/system/(\S+)\n", re.MULTILINE)


def test_every_recipe_of_the_manual_is_run_here(machine: "Machine") -> None:
    assert set(machine.recipes()) == RUN_HERE | OF_BACKUPS


# Cron


def test_the_mail_of_the_crontab_tells_each_permit_once(machine: "Machine") -> None:
    told = machine.job("crontab")
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("Stay permits that end within 30 days\n")
    assert machine.who(told.out) == WITHIN_A_MONTH
    assert machine.job("crontab") == SILENT
    assert machine.runs() == [("30d", 5, "cron"), ("30d", 0, "cron")]


def test_the_crontab_tells_a_corrected_permit_again(machine: "Machine") -> None:
    machine.job("crontab")
    corrected = machine.shell(f"timpora permit edit 1 --expires {machine.today + timedelta(days=11)}")
    assert (corrected.code, corrected.err) == (0, "")
    assert machine.who(machine.job("crontab").out) == {"Ann"}
    assert machine.job("crontab") == SILENT


def test_the_weekly_csv_is_one_file_a_week_that_the_group_can_read(machine: "Machine") -> None:
    assert machine.job("weekly") == machine.job("weekly") == SILENT
    (file,) = machine.share.iterdir()
    assert re.fullmatch(r"\d{4}-W\d{2}\.csv", file.name)
    assert machine.shared() == {file.name: 0o640}
    assert len(list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))) == 5
    assert machine.who(file.read_text(encoding="utf-8")) == WITHIN_A_MONTH


def test_the_calendar_has_an_event_on_each_day_to_act_by_and_names_nobody(machine: "Machine") -> None:
    import icalendar

    assert machine.job("calendar") == machine.job("calendar") == SILENT
    assert machine.shared() == {"expiries.ics": 0o640}
    written = (machine.share / "expiries.ics").read_bytes()
    events = icalendar.Calendar.from_ical(written).walk("VEVENT")
    listed = json.loads(machine.shell("timpora expiring --within 3m --format json").out)
    assert len(listed) == 5
    assert sorted(str(event.decoded("DTSTART")) for event in events) == sorted(row["act_by"] for row in listed)
    assert machine.who(written.decode()) == set()


# A monitor


def test_the_monitor_is_told_that_cron_has_stopped_and_that_the_register_is_gone(machine: "Machine") -> None:
    stopped = machine.shell(machine.recipe("monitor"))
    assert (stopped.code, stopped.err) == (2, "")
    assert stopped.out.startswith("TIMPORA CRITICAL - no expiry list was told for 26 hours")
    machine.register.rename(machine.root / "gone.db")
    gone = machine.shell(machine.recipe("monitor"))
    assert (gone.code, gone.out) == (2, stopped.out)
    assert "There is no register" in gone.err


def test_the_monitor_is_told_what_is_due_once_the_list_was_marked(machine: "Machine") -> None:
    machine.job("crontab")
    due = machine.shell(machine.recipe("monitor"))
    assert (due.code, due.err) == (2, "")
    assert due.out.startswith("TIMPORA CRITICAL - 5 permits end within 30d, 4 within 7d")


# Shell scripts


def test_the_loop_writes_a_file_for_each_district_also_where_a_name_has_a_blank(machine: "Machine") -> None:
    assert machine.shell(machine.recipe("districts")) == SILENT
    written = {file.stem: file.read_text(encoding="utf-8") for file in machine.share.iterdir()}
    assert len(written) == 12
    assert {code: machine.who(text) for code, text in written.items() if text} == {
        "19.02.01": {"Ann"},
        "19.02.03": {"Þórunn"},
        "19.02.04": {"Late", "Later"},
    }
    assert written["19.02.03"].startswith("Selat Nasik\n")
    assert set(machine.shared().values()) == {0o640}


@pytest.mark.parametrize(("lost", "code"), [("timpora/register.db", 5), ("share", 1)])
def test_the_loop_over_districts_ends_with_the_code_of_what_failed(machine: "Machine", lost: str, code: int) -> None:
    (machine.root / "srv" / lost).rename(machine.root / "lost")
    failed = machine.shell(machine.recipe("districts"))
    assert (failed.code, failed.out) == (code, "")
    assert failed.err.count("timpora: ") == 1


def test_the_pipeline_counts_the_overstays_of_each_district(machine: "Machine", needs_tool: "NeedsTool") -> None:
    needs_tool("jq")
    counted = machine.shell(machine.recipe("jq"))
    assert counted == (0, "no district\t1\t3\nSijuk\t2\t40\n", "")


# systemd


@dataclass(frozen=True, slots=True)
class Units:
    """The two unit files where systemd-analyze can read them, and what they say."""

    files: list[Path]
    service: dict[str, str]
    timer: dict[str, str]


@pytest.fixture
def units(machine: "Machine") -> Units:
    _nothing, *parts = UNIT.split(machine.recipe("systemd"))
    files = [machine.root / name for name in parts[::2]]
    read = configparser.RawConfigParser(strict=False)
    for file, text in zip(files, parts[1::2], strict=True):
        file.write_text(text, encoding="utf-8")
        read.read_string(text)
    return Units(files, dict(read["Service"]), dict(read["Timer"]))


def test_systemd_takes_the_units_and_catches_up_a_missed_run(units: Units, needs_tool: "NeedsTool") -> None:
    needs_tool("systemd-analyze")
    assert [file.name for file in units.files] == ["timpora-expiring.service", "timpora-expiring.timer"]
    verify = ["systemd-analyze", "verify", "--man=no", *map(str, units.files)]
    verified = subprocess.run(verify, capture_output=True, text=True, check=False)
    # It says what it makes of the machine's own units too.
    ours = [line for line in (verified.stdout + verified.stderr).splitlines() if "timpora" in line]
    assert (verified.returncode, ours) == (0, [])
    assert units.timer["persistent"] == "true"


def test_the_service_adds_what_is_new_to_a_file_that_its_owner_alone_reads(machine: "Machine", units: Units) -> None:
    words = shlex.split(units.service["execstart"])
    environment = dict(word.split("=", 1) for word in shlex.split(units.service["environment"]))
    umask = int(units.service["umask"], 8)
    told = machine.register.with_name("told.txt")
    assert machine.process(words, environment, umask) == SILENT
    once = told.read_text(encoding="utf-8")
    assert machine.process(words, environment, umask) == SILENT
    assert told.read_text(encoding="utf-8") == once
    assert machine.who(once) == WITHIN_A_MONTH
    assert told.stat().st_mode & 0o777 == 0o600
    assert machine.runs() == [("30d", 5, "systemd"), ("30d", 0, "systemd")]
