"""What is remembered of a register's backups, in a small file beside it: a read must not write the register itself.

It holds no personal data. Without it, or where it cannot be read, nothing is remembered, and nothing else is lost.
"""

import json
from pathlib import Path

from timpora_cli.files import placed
from timpora_cli.model.backups import Backup, Drill, Remembered

ENDING = ".backups.json"
MOST = 1000
"""So many backups are remembered, the last ones."""


def beside(register: Path) -> Path:
    """Return where the backups of the register at this path are remembered."""
    return register.with_name(f"{register.name}{ENDING}")


def remembered(register: Path) -> Remembered:
    """Return what is remembered of the backups of the register at this path."""
    try:
        told = json.loads(beside(register).read_text(encoding="utf-8"))
        backups = tuple(_backup(one) for one in told["backups"])
        drill = told.get("drill")
        return Remembered(backups, None if drill is None else Drill(str(drill["file"]), str(drill["at"])))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Remembered()


def remember(register: Path, what: Remembered) -> None:
    """Remember `what`, in place of what was remembered before. Raises OSError as it is."""
    told = {
        "backups": [one._asdict() for one in what.backups[-MOST:]],
        "drill": None if what.drill is None else what.drill._asdict(),
    }
    with placed(beside(register), over=True) as scratch:
        scratch.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _backup(told: dict[str, object]) -> Backup:
    change = told["change"]
    if not isinstance(change, int):
        raise TypeError
    head, origin = (None if told[digest] is None else str(told[digest]) for digest in ("head", "origin"))
    return Backup(str(told["file"]), str(told["at"]), change, head, origin, str(told["sha256"]))
