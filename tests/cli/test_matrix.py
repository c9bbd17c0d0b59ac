"""Every command that lists, in every format, wherever its stdout may end, with an environment and with none.

The commands are found by walking the program, and the formats by asking each command: whoever adds a command enters it
in LINES. Each cell is a process of its own.
"""

import csv
import errno
import io
import json
import os
import pty
import re
import select
import shlex
import shutil
import subprocess
import sys
import tty
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fcntl import ioctl
from functools import cache, partial
from pathlib import Path
from struct import pack
from termios import TIOCSWINSZ
from typing import IO, TYPE_CHECKING

import pytest
import typer.main

from tests.processes import ended
from timpora_cli.cli import app
from timpora_cli.cli.frame.base import commands_of
from timpora_cli.cli.options.done import DoneOptions
from timpora_cli.cli.options.page import FormattedPage

if TYPE_CHECKING:
    from tests.cli.conftest import OptionsOfCommands, Timpora

pytestmark = pytest.mark.slow  # each test starts processes of its own

SOURCE = Path(app.__file__).parents[2]
# What fills a line for each command that has --format: on the example register, with a holiday, an unlimited KITAP, a
# meeting, letters and somebody who left long ago more; {sheet} is a list from elsewhere.
LINES = (
    "expiring --before 2020-09-21 --as-of 2020-09-17",
    "expiring --passports --within 10y --as-of 2020-09-17",
    "expiring --reports --within 10y --as-of 2020-09-17",
    "counts --as-of 2020-09-17",
    "counts --by nationality --as-of 2020-09-17",
    "trend --as-of 2020-09-17",
    "trend --by district --as-of 2020-09-17",
    "report monthly --month 2020-03 --as-of 2020-09-17",
    "resident list --as-of 2020-09-17",
    "resident show 32 --as-of 2020-09-17",
    "permit list --as-of 2020-09-17",
    "permit show 2C21DEMO0046 --as-of 2020-09-17",
    "import {sheet} --show-mapping",
    "reconcile {sheet} --as-of 2020-09-17",
    "status --as-of 2020-09-17 --stale 26h",
    "relief list",
    "relief explain 41 --as-of 2020-09-17",
    "rule list",
    "holiday list",
    "district list",
    "village list --all",
    "history 32",
    "check --as-of 2020-09-17",
    "verify",
    "setting list",
    "sponsor list",
    "sponsor show 1",
    "inspection list --as-of 2020-09-17",
    "inspection show 1 --as-of 2020-09-17",
    "inspection due --as-of 2020-09-17",
    "case list --all --as-of 2020-09-17",
    "case show 1 --as-of 2020-09-17",
    "case explain marriage --for 26 --as-of 2020-09-17",
    "duties --from 2020-01-01 --within 60d --as-of 2020-09-17",
    "procedure list birth",
    "workflow list",
    "district rank --as-of 2020-09-17",
    "meeting list --as-of 2020-09-17",
    "meeting show 1 --as-of 2020-09-17",
    "letters list",
    "purge --closed-before 2010-01-01 --reason x",
    "schema",
)
CODES = {"check --as-of 2020-09-17": 1}
"""The exit code of a line whose answer is delivered, where it is not 0: check finds something in the example."""
WITHOUT_A_CALENDAR = ("expiring --passports --within 10y --as-of 2020-09-17",)
REMARKS = {
    ("expiring --before 2020-09-21 --as-of 2020-09-17", "ics"): (
        b"Without a day to act by, and so in no calendar: resident 36.\n"
    )
}
"""What a person at a terminal is told besides the answer."""
EMPTY = "holiday list --year 1999"
QUICK = ("counts --as-of 2020-09-17",)
MACHINE = ("csv", "tsv", "json", "ndjson")
WIDE = 400
SHEET = "Nama,No Paspor,Kewarganegaraan\nContoh Lain,X9000001,AUS\nHēmi Pōhewa,X0000001,NZL\n"
NORMAL = {"LANG": "en_US.UTF-8", "TERM": "xterm-256color", "USER": "officer", "PATH": os.environ.get("PATH", "")}
ENVIRONMENTS: Mapping[str, Mapping[str, str]] = {"normal": NORMAL, "env -i": {}}
NO_SPACE = f"timpora: the output could not be written: {os.strerror(errno.ENOSPC)}.\n".encode()
NO_STDOUT = f"timpora: the output could not be written: {os.strerror(errno.EBADF)}.\n".encode()
ESCAPE = re.compile(rb"\x1b\[[0-9;]*m")

Words = tuple[str, ...]
Rows = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Given:
    """What one process gave: the exit code, and what it wrote where."""

    code: int
    out: bytes
    err: bytes


End = Callable[[Words, Mapping[str, str]], Given]


# The ends that a stdout can have


def piped(words: Words, environment: Mapping[str, str]) -> Given:
    return run(words, environment, subprocess.PIPE)


def unread(words: Words, environment: Mapping[str, str]) -> Given:
    """The reader is gone before the first byte."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        return run(words, environment, writer)
    finally:
        os.close(writer)


def on_a_full_device(words: Words, environment: Mapping[str, str]) -> Given:
    with Path("/dev/full").open("wb") as device:
        return run(words, environment, device)


def without(closed: str, words: Words, environment: Mapping[str, str]) -> Given:
    """A stream is closed, as in the shell's `>&-`."""
    return run(words, environment, subprocess.PIPE, ("/bin/sh", "-c", f'exec "$@" {closed}', "sh"))


def run(words: Words, environment: Mapping[str, str], stdout: int | IO[bytes], around: Words = ()) -> Given:
    command = [*around, sys.executable, "-m", "timpora_cli", *words]
    # The package is found in the folder, so that the environment can be empty indeed.
    done = subprocess.run(
        command,
        cwd=SOURCE,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
    )
    return Given(done.returncode, done.stdout or b"", done.stderr)


def at_a_terminal(words: Words, environment: Mapping[str, str]) -> Given:
    """Stdout is one terminal, WIDE columns wide; stdin and stderr are another, so that each is seen alone."""
    (shown, out), (said, err) = pty.openpty(), pty.openpty()
    for terminal in (out, err):
        tty.setraw(terminal)
        ioctl(terminal, TIOCSWINSZ, pack("HHHH", 40, WIDE, 0, 0))
    command = [sys.executable, "-m", "timpora_cli", *words]
    process = subprocess.Popen(command, cwd=SOURCE, env=environment, stdin=err, stdout=out, stderr=err, text=True)
    with ended(process) as running:
        os.close(out)
        os.close(err)
        read = all_of(shown, said)
    return Given(running.returncode, *read)


def all_of(*terminals: int) -> tuple[bytes, bytes]:
    """What is shown on two terminals until nobody has them open any more."""
    read = dict.fromkeys(terminals, b"")
    still = set(terminals)
    while still:
        for terminal in select.select(still, [], [])[0]:
            try:
                more = os.read(terminal, 65536)
            except OSError:  # so Linux says that the other end is closed
                more = b""
            read[terminal] += more
            if not more:
                still.discard(terminal)
                os.close(terminal)
    out, err = read.values()
    return out, err


def together(jobs: Iterable[tuple[End, Words, str]]) -> list[Given]:
    """Run each, two at a time, and give what each gave, in their order."""
    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(lambda job: job[0](job[1], ENVIRONMENTS[job[2]]), jobs))


# What is run


@pytest.fixture(scope="module")
def given_words(demo_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Words]:
    """The words of a line, on a register of this module: the example, with what LINES need. Nothing writes to it."""
    folder = tmp_path_factory.mktemp("matrix")
    db, sheet = folder / "register.db", folder / "list.csv"
    shutil.copy(demo_made, db)
    sheet.write_text(SHEET, encoding="utf-8")
    assert piped(("--db", str(db), "holiday", "add", "2020-12-25", "Contoh"), NORMAL).code == 0
    old = ("--name", "Contoh Lama", "--nationality", "AUS", "--arrived", "2005-01-01")
    assert piped(("--db", str(db), "resident", "add", *old), NORMAL).code == 0
    assert piped(("--db", str(db), "resident", "depart", "50", "--on", "2009-01-01"), NORMAL).code == 0
    meeting = ("--level", "district", "--on", "2020-09-17", "--place", "Contoh", "--theme", "Rapat")
    assert piped(("--db", str(db), "meeting", "add", *meeting), NORMAL).code == 0
    letters = ("letters", "--before", "2020-09-21", "--sponsor", "Timah", "--output", str(db.parent / "letters"))
    assert piped(("--db", str(db), *letters), NORMAL).code == 0
    endless = ("permit", "edit", "2C21DEMO0001", "--expires", "unlimited")
    assert piped(("--db", str(db), *endless), NORMAL).code == 0
    return lambda line: ("--db", str(db), *shlex.split(line.format(sheet=sheet)))


@pytest.fixture(scope="module")
def to_a_pipe(given_words: Callable[[str], Words]) -> Callable[[str, str], Given]:
    """What a line in a format gives to a pipe, in a normal environment: what every other cell is held against."""
    return cache(lambda line, form: piped((*given_words(line), "--format", form), NORMAL))


@pytest.fixture
def formats(timpora: "Timpora", given_words: Callable[[str], Words]) -> Callable[[str], list[str]]:
    """The formats of a line's command, as the command itself names them."""

    def known(line: str) -> list[str]:
        said = timpora.refused(2, *given_words(line)[2:], "--format", "none such")
        named = said.rpartition("Known: ")[2].rstrip(".\n").split(", ")
        return [form for form in named if form != "ics" or line not in WITHOUT_A_CALENDAR]

    return known


@pytest.fixture
def cells(given_words: Callable[[str], Words], formats: Callable[[str], list[str]]) -> Callable[..., list["Cell"]]:
    """A line at one end: in every format and every environment, or in those that are named."""

    def filled(
        line: str, end: End, environments: Sequence[str] = tuple(ENVIRONMENTS), forms: Sequence[str] = ()
    ) -> list[Cell]:
        kinds = [(form, environment) for form in forms or formats(line) for environment in environments]
        words = given_words(line)
        given = together((end, (*words, "--format", form), environment) for form, environment in kinds)
        return [Cell(*kind, one) for kind, one in zip(kinds, given, strict=True)]

    return filled


@dataclass(frozen=True, slots=True)
class Cell:
    form: str
    environment: str
    given: Given


Cells = Callable[..., list[Cell]]
ToAPipe = Callable[[str, str], Given]
every_line = pytest.mark.parametrize(
    "line", [pytest.param(line, marks=() if line in QUICK else pytest.mark.slow, id=line) for line in LINES]
)
# That nobody reads, or that there is no room, is held for one line in test_surroundings.py too, with fewer processes.
every_line_slowly = pytest.mark.parametrize("line", [pytest.param(line, id=line) for line in LINES])
has_full_device = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")


def rows_of(form: str, answer: bytes) -> Rows:
    """The rows of a machine format as texts: null is an empty one, as in csv."""
    text = answer.decode()
    if form in {"csv", "tsv"}:
        return list(
            csv.DictReader(io.StringIO(text, newline=""), delimiter={"csv": ",", "tsv": "\t"}[form], strict=True)
        )
    read = json.loads(text) if form == "json" else [json.loads(each) for each in text.removesuffix("\n").split("\n")]
    return [{key: as_text(value) for key, value in row.items()} for row in (read if isinstance(read, list) else [read])]


def as_text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


# The matrix


def test_every_command_that_has_formats_has_a_line_here(options_of_commands: "OptionsOfCommands") -> None:
    root = typer.main.get_command(app.app)
    assert isinstance(root, app.Root)
    # What a change answers is one object, and a page to print is for people alone: neither is a list.
    others = {tuple(words) for words, one in commands_of(root) if {DoneOptions, FormattedPage} & {*one.records}}
    listing = {words for words, options in options_of_commands.items() if "--format" in options} - others
    filled = {words for words in listing for line in LINES if tuple(line.split())[: len(words)] == words}
    assert listing == filled, "enter these in LINES"


@every_line
def test_a_pipe_gets_the_answer_alone_and_the_same_without_an_environment(
    line: str, cells: Cells, to_a_pipe: ToAPipe, given_words: Callable[[str], Words]
) -> None:
    for cell in cells(line, piped, ("env -i",)):
        assert cell.given == to_a_pipe(line, cell.form), cell
        assert (cell.given.code, cell.given.err) == (CODES.get(line, 0), b""), cell
        assert cell.given.out.endswith(b"\n"), cell
    assert piped(given_words(line), {}) == to_a_pipe(line, "plain")


@every_line
def test_the_machine_formats_parse_and_say_the_same(
    line: str, formats: Callable[[str], list[str]], to_a_pipe: ToAPipe
) -> None:
    assert set(MACHINE) <= set(formats(line))
    rows = {form: rows_of(form, to_a_pipe(line, form).out) for form in MACHINE}
    first = rows["csv"]
    assert first
    assert all(None not in row and None not in row.values() for row in first)
    for form in MACHINE:
        # A card has its lists in json alone.
        assert [{key: row[key] for key in first[0]} for row in rows[form]] == first, form
    if "ics" in formats(line):
        calendar = to_a_pipe(line, "ics").out.decode()
        assert calendar.startswith("BEGIN:VCALENDAR\r\n")
        assert calendar.endswith("END:VCALENDAR\r\n")


@every_line
def test_a_terminal_gets_a_table_unless_another_format_is_asked_for(
    line: str, cells: Cells, to_a_pipe: ToAPipe, given_words: Callable[[str], Words]
) -> None:
    tables = set()
    for cell in cells(line, at_a_terminal):
        assert (cell.given.code, cell.given.err) == (CODES.get(line, 0), REMARKS.get((line, cell.form), b"")), cell
        shown = ESCAPE.sub(b"", cell.given.out)
        if cell.form == "table":
            assert max(map(len, shown.decode().split("\n"))) <= WIDE
            tables.add(shown)
        else:
            assert cell.given.out == to_a_pipe(line, cell.form).out, cell
    (table,) = tables
    unasked = at_a_terminal(given_words(line), NORMAL)
    assert ESCAPE.sub(b"", unasked.out) == table


@pytest.mark.slow
@every_line_slowly
def test_a_reader_who_is_gone_is_no_failure_and_nothing_to_speak_of(line: str, cells: Cells) -> None:
    for cell in cells(line, unread):
        assert cell.given == Given(0, b"", b""), cell


@has_full_device
@pytest.mark.slow
@every_line_slowly
def test_a_full_device_is_said_in_one_line_and_is_a_failure(line: str, cells: Cells) -> None:
    for cell in cells(line, on_a_full_device):
        assert cell.given == Given(1, b"", NO_SPACE), cell


@every_line
def test_a_closed_stdin_is_nothing_to_speak_of(line: str, cells: Cells, to_a_pipe: ToAPipe) -> None:
    for cell in cells(line, partial(without, "<&-"), ("env -i",), ("plain", "json")):
        assert cell.given == to_a_pipe(line, cell.form), cell


@every_line
def test_a_closed_stderr_takes_nothing_from_the_answer(line: str, cells: Cells, to_a_pipe: ToAPipe) -> None:
    for cell in cells(line, partial(without, "2>&-"), ("env -i",), ("plain", "json")):
        assert cell.given == to_a_pipe(line, cell.form), cell


@every_line
def test_a_closed_stdout_is_said_in_one_line_and_is_a_failure(line: str, cells: Cells) -> None:
    for cell in cells(line, partial(without, ">&-"), ("env -i",)):
        assert cell.given == Given(1, b"", NO_STDOUT), cell


def test_an_empty_list_is_silence_to_people_and_an_empty_list_to_programs(cells: Cells) -> None:
    header = b"day,name,source\n"
    empty = {"csv": header, "tsv": header.replace(b",", b"\t"), "json": b"[]\n"}
    for cell in cells(EMPTY, piped, ("env -i",)):
        assert cell.given == Given(0, empty.get(cell.form, b""), b""), cell
    for cell in cells(EMPTY, unread, ("env -i",)):
        assert cell.given == Given(0, b"", b""), cell


@has_full_device
def test_what_is_not_there_cannot_be_lost(cells: Cells) -> None:
    for cell in cells(EMPTY, on_a_full_device, ("env -i",)):
        lost = Given(1, b"", NO_SPACE)
        assert cell.given == (lost if cell.form in {"csv", "tsv", "json"} else Given(0, b"", b"")), cell
