"""Debian's own cron runs the manual's crontab once, on a made-up machine: the mail is written, the run recorded.

Two things are changed in the crontab: `/srv/` is a scratch folder, and the time of every job is each minute.
"""

import email
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email import policy
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.processes import ended

if TYPE_CHECKING:
    from tests.conftest import NeedsTool
    from tests.recipes.conftest import Machine

OWN_NAMESPACES = ("unshare", "--mount", "--pid", "--fork", "--mount-proc")
# In namespaces of its own, cron finds the crontabs, the folder for its pid file and the sendmail laid out for it.
# It ends when stdin does, so also with a test that was killed; and with its shell ends whatever it had started.
CRON = """
set -e
for place in /var/spool/cron /etc/cron.d /etc/crontab /run /usr/sbin; do
    [ ! -e $place ] || mount --bind ".$place" $place
done
/usr/sbin/cron -f -L 0 &
cat > /dev/null
kill $!
"""
SENDMAIL = """#!/bin/sh
cat > "{mails}/.$$"
mv "{mails}/.$$" "{mails}/$$"
"""
TIME = re.compile(r"(?:[\d*][\d,/*-]* ){5}")
EACH_MINUTE = "* * * * * "
ENOUGH_SECONDS = 150


def lay_out(root: Path, crontab: list[str]) -> Path:
    """Write what cron will find; return the folder into which it mails."""
    mails = root / "mails"
    for folder in (mails, root / "etc/cron.d", root / "run", root / "usr/sbin", root / "var/spool/cron/crontabs"):
        folder.mkdir(parents=True)
    (root / "etc/crontab").touch()
    cron = shutil.which("cron", path="/usr/sbin:/usr/bin")
    assert cron is not None
    shutil.copy(cron, root / "usr/sbin/cron")
    sendmail = root / "usr/sbin/sendmail"
    sendmail.write_text(SENDMAIL.format(mails=mails))
    sendmail.chmod(0o755)
    tab = root / "var/spool/cron/crontabs/root"
    tab.write_text("".join(f"{line}\n" for line in crontab))
    tab.chmod(0o600)
    return mails


@contextmanager
def running_cron(root: Path) -> Iterator[Callable[[], None]]:
    """Run cron until the block is done; lend what waits a moment, and fails when it is too late or cron did not start.

    Nothing outside of its namespaces and of `root` is touched.
    """
    give_up = time.monotonic() + ENOUGH_SECONDS
    cron = subprocess.Popen(
        [*OWN_NAMESPACES, "/bin/sh", "-c", CRON],
        cwd=root,
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )

    def wait() -> None:
        assert time.monotonic() < give_up, "cron has run nothing, or the job is not done"
        with suppress(subprocess.TimeoutExpired):
            cron.wait(timeout=0.5)
            pytest.fail(f"cron did not start: {cron.communicate()[1]}")

    with ended(cron):
        yield wait
        cron.communicate()


@pytest.mark.slow
def test_a_real_cron_mails_the_list_and_writes_the_files(machine: "Machine", needs_tool: "NeedsTool") -> None:
    for tool in ("cron", "unshare", "mount"):
        needs_tool(tool)
    if os.geteuid() != 0 or subprocess.run([*OWN_NAMESPACES, "true"], capture_output=True, check=False).returncode:
        pytest.skip("cron is run in namespaces of its own, which takes root and a kernel that allows it")
    crontab = [TIME.sub(EACH_MINUTE, line) for line in machine.crontab("crontab", "weekly", "calendar")]
    assert sum(line.startswith(EACH_MINUTE) for line in crontab) == 3
    mails = lay_out(machine.root / "machine", crontab)
    with running_cron(machine.root / "machine") as wait:
        while not (list(mails.glob("[!.]*")) and machine.runs() and len(list(machine.share.glob("[!.]*"))) == 2):
            wait()
    (file,) = mails.glob("[!.]*")
    mail = email.message_from_bytes(file.read_bytes(), policy=policy.default)
    assert mail["To"] == "timpora@example.org"
    assert "timpora expiring --within 30d --new --mark" in mail["Subject"]
    body = mail.get_content()
    assert body.startswith("Stay permits that end within 30 days\n")
    assert machine.who(body) == {"Ann", "Þórunn", "Late", "Later", "Nowhere"}
    assert machine.runs()[0] == ("30d", 5, "cron")
    assert sorted(Path(name).suffix for name in machine.shared()) == [".csv", ".ics"]
