"""What a call may not load: start-up is spent on what the call needs, and the heavy rooms open only when entered."""

import re
import subprocess
import sys
from functools import cache
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import timpora_cli
from timpora_cli.cli.commands import COMMANDS

if TYPE_CHECKING:
    from tests.conftest import NeedsTool, Office

SOURCE = Path(timpora_cli.__file__).parents[1]
HEAVY = ("pydantic", "rich", "sqlite_utils", "dateutil", "importlib.metadata", "jinja2")
# What a piped list or count may never need: each costs a part of the budget, or says that something else was drawn in.
NEVER = (
    *HEAVY,
    *("pydantic_core", "platformdirs", "wcwidth", "tzdata", "sqlite_fts4", "tabulate", "pip", "click", "pluggy"),
    *("email", "asyncio", "logging", "http", "socket", "getpass", "tempfile", "decimal", "xml", "hashlib", "secrets"),
    *("importlib.resources", "concurrent", "multiprocessing", "ctypes", "unittest", "pdb"),
    *("timpora_cli.actions", "timpora_cli.model.mrz", "timpora_cli.store.migrate", "timpora_cli.store.change"),
    *(
        "timpora_cli.store.known",
        "timpora_cli.store.constraints",
        "timpora_cli.render.formats.table",
        "timpora_cli.render.formats.card",
    ),
)
# What it does load beside `import typer`, by the first part of each name, and what for.
NEEDED = {
    "timpora_cli": "the program",
    "typer": "parts that typer itself loads when it runs",
    "sqlite3": "the register",
    "_sqlite3": "the register",
    "unicodedata": "folding of names",
    "zoneinfo": "today, where the office is",
    "_zoneinfo": "today",
    "struct": "today",
    "_struct": "today",
    "urllib": "pathlib makes an address of the register's path with it, from Python 3.13",
    "ipaddress": "urllib",
    "sysconfig": "zoneinfo asks it where the system keeps its zones",
}
FOR_FORMAT = {"plain": set(), "csv": {"csv", "_csv"}, "json": {"json", "_json"}, "table": {"rich", "markdown_it"}}

TOY = '''
from typing import Annotated

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.options import globals_of
from timpora_cli.cli.options.filters import Filters
from timpora_cli.cli.options.lists import OutputOptions


@command(Reading, Filters, OutputOptions)
def toy(
    ctx: typer.Context,
    word: str,
    more: Annotated[list[str] | None, typer.Argument()] = None,
    loud: Annotated[bool, typer.Option("--loud/--quiet")] = False,
) -> None:
    """Take one of each kind."""
    globals_of(ctx)
    Filters.of(ctx).asked()
'''

CALL = """
import sys
from timpora_cli.cli import app, commands
commands.__path__.append({folder!r})
commands.COMMANDS = (*commands.COMMANDS, "toy")
try:
    sys.exit(app.answered())
finally:
    sys.stderr.write(" ".join(sys.modules))
"""
FLOOR = "import sys, typer; sys.stderr.write(' '.join(sys.modules))"


def loaded(folder: Path, *arguments: str, **environment: str) -> set[str]:
    """Return the modules in memory after `timpora ARGUMENTS` has run to a good end in a process of its own."""
    (folder / "toy.py").write_text(TOY)
    run = subprocess.run(
        [sys.executable, "-c", CALL.format(folder=str(folder)), *arguments],
        env={"PYTHONPATH": str(SOURCE), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(run.stderr.split())


@cache
def loaded_by_typer() -> set[str]:
    run = subprocess.run([sys.executable, "-c", FLOOR], env={}, capture_output=True, text=True, check=True)
    return set(run.stderr.split())


@pytest.fixture
def register_file(office: "Office", tmp_path: Path) -> Path:
    """A register with names in Latin letters, one of them on a permit that is on the list, and one without."""
    office.permit(office.person("Łucja Invented", sponsor="PT Contoh"), "KITAS", "2020-01-01", "2020-09-30", "N1")
    office.person("Ann Invented")
    return office.written_to(tmp_path / "register.db")


@pytest.mark.slow
@pytest.mark.one_in(5)
@pytest.mark.parametrize(
    "line",
    [
        "toy ball red blue --loud --district A --district B --mask --limit 3 --db x --as-of 2020-09-17",
        "--lang en toy ball --quiet",
        "completion bash",
        "--help",
        "toy --help",
    ],
)
def test_a_call_without_register_or_table_loads_nothing_heavy(tmp_path: Path, line: str) -> None:
    assert loaded(tmp_path, *line.split()).isdisjoint(HEAVY)


BESIDE_A_COMMAND = {
    *("app", "frame", "frame.base", "frame.options", "frame.page", "talk", "talk.say"),
    *("talk.signals", "talk.streams"),
    *("options", "options.filters", "options.lists", "completion", "completion.values", "commands"),
}


@pytest.mark.slow
def test_a_command_loads_no_other_command(tmp_path: Path) -> None:
    here = {name for name in loaded(tmp_path, "toy", "ball") if name.startswith("timpora_cli.cli.")}
    assert here == {f"timpora_cli.cli.{name}" for name in (*BESIDE_A_COMMAND, "commands.toy")}


@pytest.mark.slow
def test_tab_loads_nothing_that_the_command_would_not(tmp_path: Path, register_file: Path) -> None:
    line = f"timpora --db {register_file} expiring --district Tanj"
    assert loaded(tmp_path, "9", line, "Tanj", _TIMPORA_COMPLETE="bash").isdisjoint(set(NEVER) - {"unittest"})


@pytest.mark.slow
def test_the_root_loads_no_options_before_the_language_is_chosen(tmp_path: Path) -> None:
    assert "timpora_cli.cli.options.lists" not in loaded(tmp_path, "completion", "bash")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "form"),
    [
        ("expiring --before 2020-09-21 --as-of 2020-09-17", "plain"),
        ("expiring --before 2020-09-21 --as-of 2020-09-17", "csv"),
        ("expiring --before 2020-09-21 --as-of 2020-09-17", "json"),
        ("expiring --within 30d --state overstay --class KITAS --limit 1", "plain"),
        ("expiring --passports --within 30d", "plain"),
        ("counts", "plain"),
        ("counts", "csv"),
        ("counts", "json"),
        ("counts --by class --district Sijuk", "plain"),
    ],
)
def test_a_piped_list_loads_only_what_it_uses(tmp_path: Path, register_file: Path, line: str, form: str) -> None:
    found = loaded(tmp_path, "--db", str(register_file), *line.split(), "--format", form)
    never = [name for name in NEVER if name in found]
    assert never == []
    beyond = {name.partition(".")[0] for name in found - loaded_by_typer()}
    unexplained = {name for name in beyond if not name.startswith("_sysconfigdata")}
    # A filter goes into the query as json.
    explained = (
        NEEDED.keys() | FOR_FORMAT[form] | (FOR_FORMAT["json"] if "--class" in line or "--dist" in line else set())
    )
    assert unexplained - explained == set()


@pytest.mark.slow
def test_a_day_written_in_full_needs_no_clock(tmp_path: Path, register_file: Path) -> None:
    found = loaded(tmp_path, "--db", str(register_file), "counts", "--as-of", "2020-09-17")
    assert "zoneinfo" not in found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "modules"),
    [
        ("expiring --as-of 2020-09-17 --format table", {"rich"}),
        ("expiring --known-at today", {"timpora_cli.store.known"}),
        ("expiring --before +1m", {"dateutil"}),
        ("resident show 1", {"timpora_cli.render.answers.cards"}),
        ("brief --as-of 2020-09-17 --format html", {"jinja2"}),
        ("resident edit 1 --note x", {"sqlite_utils", "timpora_cli.actions"}),
    ],
)
def test_what_a_call_does_use_is_loaded_then(tmp_path: Path, register_file: Path, line: str, modules: set[str]) -> None:
    assert loaded(tmp_path, "--db", str(register_file), *line.split()) >= modules


@pytest.mark.slow
@pytest.mark.parametrize("line", ["resident show 1", "permit show 1", "district list", "village list", "resident list"])
def test_no_reading_command_loads_what_only_writing_needs(tmp_path: Path, register_file: Path, line: str) -> None:
    found = loaded(tmp_path, "--db", str(register_file), *line.split())
    assert found.isdisjoint({*HEAVY, "timpora_cli.store.migrate", "platformdirs"})


@pytest.mark.slow
def test_what_makes_html_is_loaded_where_a_page_of_html_is_written_alone(tmp_path: Path, register_file: Path) -> None:
    db, report = ("--db", str(register_file)), ("meeting", "report", "1", "--output")
    facts = ("--level", "district", "--on", "2020-09-17", "--place", "Contoh", "--theme", "Rapat")
    loaded(tmp_path, *db, "meeting", "add", *facts)
    for words in (("meeting", "list"), ("meeting", "show", "1"), ("meeting", "report", "1")):
        assert loaded(tmp_path, *db, *words).isdisjoint(HEAVY)
    assert "jinja2" not in loaded(tmp_path, *db, *report, str(tmp_path / "page.txt"))
    assert "jinja2" in loaded(tmp_path, *db, *report, str(tmp_path / "page.html"))
    for line in ("letters list", "letters --within 30d --dry-run"):
        assert loaded(tmp_path, *db, *line.split()).isdisjoint(HEAVY)


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_group_is_loaded_when_it_is_called_and_no_other_is(tmp_path: Path, name: str) -> None:
    others = {f"timpora_cli.cli.commands.{other}{'_' * iskeyword(other)}" for other in COMMANDS if other != name}
    assert loaded(tmp_path, name, "--help").isdisjoint(others)


@pytest.mark.slow
def test_the_benchmark_of_the_start_runs_and_prints_its_ratio() -> None:
    command = [sys.executable, "-m", "tests.benchmarks", "--only", "startup", "--rounds", "25"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1])
    assert run.stderr == ""
    assert re.search(r"25 rounds; expiring takes \d+\.\d\d x import typer, of 1\.25 allowed\.\n$", run.stdout)


@pytest.mark.slow
def test_the_benchmark_of_an_import_runs_and_prints_its_ratios(needs_tool: "NeedsTool") -> None:
    needs_tool("sqlite3")
    command = [sys.executable, "-m", "tests.benchmarks", "--only", "import", "--rows", "300", "--xlsx"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1])
    assert run.stderr == ""
    _head, *rows = run.stdout.splitlines()
    assert [row.split()[0] for row in rows] == ["300"] * 4
    assert all(re.search(r"\d+\.\d\d +\d\.\d\d$", row) for row in rows)


def test_an_interrupt_before_the_program_is_loaded_ends_it_at_once_and_in_silence() -> None:
    # A job in the background ignores interrupts, and so does what it starts.
    early = "import os, signal, sys\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
    early += "import timpora_cli.__main__\nassert 'typer' not in sys.modules\n"
    early += "os.kill(os.getpid(), signal.SIGINT)"
    ended = subprocess.run([sys.executable, "-c", early], capture_output=True, cwd=SOURCE, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, b"", b"")


def test_who_ignores_interrupts_goes_on_ignoring_them() -> None:
    ignoring = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nimport timpora_cli.__main__\n"
    ignoring += "print(signal.getsignal(signal.SIGINT) is signal.SIG_IGN)"
    ended = subprocess.run([sys.executable, "-c", ignoring], capture_output=True, cwd=SOURCE, check=True)
    assert ended.stdout == b"True\n"
