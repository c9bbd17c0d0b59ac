"""Whether a change stands in the register is said, and true, whatever fails: the answer, the disk, the file itself."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.processes import run_to_end
from timpora_cli.cli import app

if TYPE_CHECKING:
    from tests.cli.conftest import Real, Timpora
    from tests.conftest import NeedsTool

SOURCE = Path(app.__file__).parents[2]
EDIT = ("resident", "edit", "1", "--note", "seen")
FULL = "No space left on device."


@pytest.fixture
def here(real: "Real", timpora: "Timpora") -> "Real":
    return partial(real, "--db", timpora.db)


@pytest.mark.slow
def test_a_change_whose_answer_is_lost_is_said_to_be_recorded(here: "Real", timpora: "Timpora") -> None:
    number = len(timpora.changes()) + 1
    given = here(*EDIT, around="> /dev/full")
    said = f"timpora: recorded as change {number}; its answer could not be printed: {FULL}\n"
    assert (given.code, given.err) == (1, said)
    given = here(*EDIT[:-1], "seen again", around=">&-")
    assert given.err.startswith(f"timpora: recorded as change {number + 1}; its answer could not be printed: ")
    given = here(*EDIT[:-1], "and again", around="| true")
    assert (given.code, given.err) == (0, "")
    assert len(timpora.changes()) == number + 2


@pytest.mark.slow
def test_an_import_whose_answer_is_lost_is_said_to_be_recorded(
    here: "Real", timpora: "Timpora", tmp_path: Path
) -> None:
    (tmp_path / "sheet.csv").write_text("name,nationality,passport_number\nAnn New,AUS,X0009001\n", encoding="utf-8")
    for expected in (f"recorded as change {len(timpora.changes()) + 1}; its answer could not be printed", "the output"):
        given = here("import", tmp_path / "sheet.csv", around="> /dev/full")  # the second time it changes nothing
        assert given.code == 1
        assert given.err.startswith(f"timpora: {expected}")


@pytest.mark.slow
@pytest.mark.parametrize("words", [("undo", "--yes"), ("demo",), ("counts",), (*EDIT, "--help")], ids=" ".join)
def test_where_nothing_is_recorded_nothing_is_said_of_it(
    here: "Real", timpora: "Timpora", words: tuple[str, ...]
) -> None:
    timpora.answer(*EDIT)
    before = timpora.changes()
    given = here(*words, around="> /dev/full")
    assert (given.code, given.err) == (1, f"timpora: the output could not be written: {FULL}\n")
    assert timpora.changes() == before


@pytest.mark.slow
def test_an_interrupt_between_the_commit_and_the_answer_is_said(timpora: "Timpora") -> None:
    program = "import os, signal, sys\nfrom timpora_cli.cli import app\nfrom timpora_cli.render import write\n"
    program += "write.line = lambda *_given: os.kill(os.getpid(), signal.SIGTERM)\nos._exit(app.answered())\n"
    number = len(timpora.changes()) + 1
    done = subprocess.run(
        [sys.executable, "-c", program, "--db", str(timpora.db), *EDIT],
        env={"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (143, "")
    assert done.stderr == f"timpora: recorded as change {number}; interrupted before its answer.\n"
    assert len(timpora.changes()) == number


@pytest.mark.slow
def test_nothing_was_changed_is_said_only_where_it_is_so(timpora: "Timpora", needs_tool: "NeedsTool") -> None:
    """Each time that a change syncs something, the disk fails once."""
    needs_tool("strace")
    said = []
    for number in range(1, 8):
        before = timpora.changes()
        inject = f"inject=fsync,fdatasync:error=EIO:when={number}"
        command = ["strace", "-f", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", inject, sys.executable]
        command += ["-m", "timpora_cli", "--db", str(timpora.db), *EDIT[:-1], f"seen {number}"]
        done = run_to_end(command, {"PYTHONPATH": str(SOURCE), "PATH": "/usr/bin:/bin"})
        recorded = len(timpora.changes()) - len(before)
        said.append((done.code, recorded))
        assert recorded == ("Nothing was changed." not in done.err)
        in_doubt = f"Recorded as change {len(before) + 1}, but the disk did not confirm" in done.err
        assert in_doubt == (done.code == 1 and recorded == 1)
    assert set(said) == {(1, 0), (1, 1), (0, 1)}


UNREADABLE = {
    "no text": "UPDATE resident SET full_name = CAST(x'41ff42' AS TEXT) WHERE id = 1",
    "no date": "UPDATE permit SET expires_on = 'never' WHERE resident_id = 1",
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_is_no_text_or_no_date_in_the_file_is_damage(timpora: "Timpora", what: str) -> None:
    with closing(sqlite3.connect(timpora.db)) as other, other:
        other.execute("PRAGMA ignore_check_constraints = ON")
        other.execute(UNREADABLE[what])
    for words in (("resident", "show", "1"), ("permit", "list")):
        assert "damaged" in timpora.refused(5, *words)


@pytest.mark.parametrize(
    "words",
    [
        ("--db", "{long}", "init"),
        ("--db", "{loop}", "init"),
        ("--db", "{loop}/x.db", "init"),
        ("--db", "{long}", "counts"),
        ("export", "{long}.csv"),
        ("restore", "{long}"),
        ("import", "{long}"),
        ("backup", "{long}"),
        ("letters", "--before", "2099-01-01", "--output", "{long}"),
    ],
    ids=" ".join,
)
def test_a_name_that_the_system_does_not_take_is_said(
    timpora: "Timpora", tmp_path: Path, words: tuple[str, ...]
) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    before = timpora.db.read_bytes()
    given = timpora(*(word.format(long=tmp_path / ("x" * 300), loop=loop) for word in words))
    assert given.code in {1, 2, 4, 5}
    assert "unexpected" not in given.err
    assert len(given.err.encode()) < 500
    assert timpora.db.read_bytes() == before


@pytest.mark.slow
def test_a_disk_that_fills_up_in_the_middle_of_an_import_is_said(timpora: "Timpora", tmp_path: Path) -> None:
    """SQLite takes the whole change back by itself then, and the savepoint of the person with it."""
    people = [f"Ann Number {number},AUS,X{number:07},{'a note ' * 40}" for number in range(300)]
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("\n".join(["name,nationality,passport_number,note", *people]), encoding="utf-8")
    before = timpora.dump()
    with closing(sqlite3.connect(timpora.db)) as other:
        (pages,) = other.execute("PRAGMA page_count").fetchone()
    with pytest.MonkeyPatch.context() as patch:
        usual = sqlite3.connect

        def small(*given: object, **named: object) -> sqlite3.Connection:
            connection = usual(*given, **named)  # type: ignore[call-overload]
            connection.execute(f"PRAGMA max_page_count = {pages + 8}")
            return connection  # type: ignore[no-any-return]

        patch.setattr("timpora_cli.store.connect.sqlite3.connect", small)
        said = timpora.refused(1, "import", str(sheet))
    assert said == f"The register {timpora.db} could not be written: SQLITE_FULL. Nothing was changed.\n"
    assert timpora.dump() == before
