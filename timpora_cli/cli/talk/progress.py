"""How far a long reading or writing of a sheet has come: a bar on a terminal, and nothing elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from timpora_cli.language import _, counted

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from timpora_cli.actions.intake.run import Watch

QUIET_SECONDS = 1.0
"""How long a sheet is read before it shows how far it has come."""
BETWEEN = 0.2
PARTS = 1000


@contextmanager
def watched() -> "Iterator[Watch | None]":
    """Give what shows, on a terminal, how far a long reading has come; away from one, nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    watching = _Watching(monotonic())
    try:
        yield watching.hear
    finally:
        watching.end()


@dataclass(slots=True)
class _Watching:
    """The bar of a reading: it comes after a second, with the rows, their rate and the time left."""

    begun: float
    heard: float = 0.0
    bar: "Progress | None" = None
    task: "TaskID | None" = None

    def hear(self, read: int, done: Callable[[], float | None]) -> None:
        """Show that `read` rows were read, a few times a second."""
        now = monotonic()
        if now < max(self.heard + BETWEEN, self.begun + QUIET_SECONDS):
            return
        self.heard = now
        bar, task = self._bar()
        part = done()
        rows = counted("{number} row", "{number} rows", read)
        speed = _("{rows}, {rate} a second").format(rows=rows, rate=round(read / (now - self.begun)))
        bar.update(task, total=None if part is None else PARTS, completed=PARTS * (part or 0.0), speed=speed)

    def end(self) -> None:
        """Take the bar away."""
        if self.bar is not None:
            self.bar.stop()

    def _bar(self) -> "tuple[Progress, TaskID]":
        if self.bar is None or self.task is None:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

            said = TextColumn("{task.fields[speed]}", markup=False)
            columns = (BarColumn(), TaskProgressColumn(), said, TimeRemainingColumn())
            self.bar = Progress(*columns, console=Console(file=sys.stderr), transient=True)
            self.bar.start()
            self.task = self.bar.add_task("", total=None, speed="")
        return self.bar, self.task
