"""The command line's own ground, tried on throw-away commands: values, options anywhere, help, errors, streams."""

import errno
import inspect
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from gettext import NullTranslations
from io import StringIO
from pathlib import Path
from typing import Annotated, get_type_hints

import pytest
import typer
import typer.main
from timpora_cli.cli.options.lists.lists import Filters, OutputOptions
from typer.testing import CliRunner, Result

from timpora_cli import language
from timpora_cli.cli import app
from timpora_cli.cli.frame import base
from timpora_cli.cli.frame.options import takes_records
from timpora_cli.cli.options.lists import lists
from timpora_cli.cli.talk import say
from timpora_cli.errors import WrongUsage
from timpora_cli.render.answer import FORMATS, Wanted

SOURCE = Path(app.__file__).parents[2]

TOYS = '''
"""Toys."""
import os
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from timpora_cli import language
from timpora_cli.cli import talk
from timpora_cli.cli.options.lists.lists import Filters
from timpora_cli.cli.options.lists import OutputOptions, globals_of
from timpora_cli.cli.frame.options import takes_records
from timpora_cli.cli.frame.base import Reading, Timeless, Writing, examples, group_app
from timpora_cli.errors import NotFound, RegisterUnusable

app = group_app("Toys of all kinds.")


@dataclass(frozen=True, slots=True)
class Look:
    word: Annotated[str, typer.Argument(metavar="WORD", help="A word.")]
    colour: Annotated[str, typer.Option("--colour", metavar="NAME", help="The colour.")] = "red"


LONG = "timpora toys list ball --name 'a long name' --limit 20 --colour blue --class X"


@app.command("list", cls=Reading, epilog=examples("timpora toys list ball", LONG))
@takes_records
def list_(ctx: typer.Context, look: Look, where: Filters, output: OutputOptions) -> None:
    """List the toys.

    One a line, the largest first, and never more than there are in the whole of the box that stands over there.
    """
    asked, chosen = where.asked(), output.chosen()
    print(look.word, look.colour, asked.district, asked.permit_class, asked.name, chosen.format, chosen.limit)
    output.end(2)


@app.command(cls=Reading)
def said(ctx: typer.Context) -> None:
    """Say what stands anywhere."""
    given = globals_of(ctx)
    print(given.db, given.officer, given.as_of, given.known_at, language.chosen())


def louder(value: str) -> str:
    return value.upper()


@app.command(cls=Writing)
def add(
    names: Annotated[list[str], typer.Argument(metavar="NAME")],
    kind: Annotated[str, typer.Option("--kind")],
    colours: Annotated[list[str] | None, typer.Option("--colour")] = None,
    size: Annotated[str, typer.Option("--size", envvar="TOY_SIZE")] = "small",
    loud: Annotated[bool, typer.Option("--loud/--quiet")] = False,
    safe: Annotated[bool | None, typer.Option("--safe/--unsafe", envvar="TOY_SAFE")] = None,
    mark: Annotated[str | None, typer.Option("--mark", callback=louder)] = "m",
    age: Annotated[int, typer.Option("--age")] = 3,
) -> None:
    """Add a toy."""
    print(names, kind, colours, size, loud, safe, mark, age)


@app.command(cls=Writing)
def keep(name: str) -> None:
    """Keep a toy in a register."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("SELECT ?", (name,))
    print("kept", name)


@app.command(cls=Timeless)
def shelf() -> None:
    """Show the shelf."""


@app.command(cls=Reading)
def flood() -> None:
    """Write much."""
    for number in range(100_000):
        print(number)


class NoToy(NotFound):
    """There is no toy {reference}."""


class NoShelf(RegisterUnusable):
    """one
    two
    """


@app.command(cls=Reading)
def fail(how: str) -> None:
    """Fail, or ask."""
    if how == "missing":
        raise NoToy(reference="7\\x1b[31m")
    if how == "unusable":
        raise NoShelf
    if how == "sql":
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.execute("SELECT 1 FROM X0012345")
    if how == "value":
        raise ValueError("X0012345")
    if how == "interrupt":
        raise KeyboardInterrupt
    if how == "ask":
        print(talk.ask("Name"))
    if how == "confirm":
        print(talk.confirm("Really?"))
    if how == "stdin":
        print(repr(sys.stdin.read()))
    if how == "open":
        with open(os.devnull) as next_file:
            print(next_file.fileno() > 2)
    if how == "words":
        talk.echo_date("before", "Sunday 20 September 2020", date(2020, 9, 20))
    if how == "digits":
        talk.echo_date("before", "2020-09-20", date(2020, 9, 20))
'''

LONE = '''
"""One command."""
from timpora_cli.cli.frame.base import Reading, command_app

app = command_app()


@app.command(cls=Reading)
def whatever() -> None:
    """Stand alone."""
    print("alone")
'''

START = (
    "from timpora_cli.cli import app; app.COMMANDS.update(toys='toys_for_tests', lone='lone_for_tests');"
    " app.COMMANDS.update(unwritten='timpora_cli.cli.unwritten'); sys.exit(app.answered())"
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shelf")
    (folder / "toys_for_tests.py").write_text(TOYS)
    (folder / "lone_for_tests.py").write_text(LONE)
    return folder


@pytest.fixture(autouse=True)
def toys(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(shelf))
    monkeypatch.setitem(app.COMMANDS, "toys", "toys_for_tests")
    monkeypatch.setitem(app.COMMANDS, "lone", "lone_for_tests")
    for name in ("TIMPORA_DB", "TIMPORA_OFFICER", "TIMPORA_LANG", "TIMPORA_DEBUG", "LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    yield
    language.choose("en")


def timpora(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(app.app, list(arguments), env=environment, prog_name="timpora")


def answer(*arguments: str, **environment: str) -> str:
    result = timpora(*arguments, **environment)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def process(
    shelf: Path, *arguments: str | bytes, around: str = "", **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run the toys in a process of their own; `around` stands behind the line, as in "> /dev/full"."""
    environment = {"PYTHONPATH": f"{SOURCE}:{shelf}", "PATH": os.environ["PATH"], **environment}
    command: list[str | bytes] = [sys.executable, "-c", START, *arguments]
    if around:
        command = ["bash", "-c", f'set -o pipefail; "$@" {around}', "bash", *command]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


# Values


def test_values_arrive_as_they_were_typed() -> None:
    said = answer(
        "toys", "add", "ball", " Bär ", "--kind", "", "--colour", "red", "--colour", "a b", "--loud", "--safe"
    )
    assert said == "['ball', ' Bär '] {kind} ['red', 'a b'] small True True M 3\n".format(kind="")


def test_what_is_left_out_takes_its_default_or_its_environment() -> None:
    assert answer("toys", "add", "ball", "--kind", "x") == "['ball'] x None small False None M 3\n"
    said = answer("toys", "add", "ball", "--kind", "x", TOY_SIZE="big", TOY_SAFE="no")
    assert said == "['ball'] x None big False False M 3\n"


def test_a_type_that_is_not_ours_is_still_converted_by_typer() -> None:
    assert answer("toys", "add", "ball", "--kind", "x", "--age", "07").endswith(" 7\n")
    assert timpora("toys", "add", "ball", "--kind", "x", "--age", "old").exit_code == 2


def test_a_typer_that_describes_no_type_keeps_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = base.command_app()

    @bare.command(cls=base.Reading)
    def command(name: str = "x") -> None: ...

    parameter = typer.main.get_command(bare).params[0]
    monkeypatch.delattr(parameter, "type_descriptor", raising=False)
    base._take_as_typed(parameter)
    assert "process_value" not in vars(parameter)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["toys", "add", "--kind", "x"], "Error: Missing argument 'NAME'."),
        (["toys", "add", "ball"], "Error: Missing option '--kind'."),
        (["toys", "add", "ball", "--kind"], "Error: Option '--kind' requires an argument."),
        (["toys", "add", "ball", "--kid", "x"], "Error: No such option: --kid (Possible options: --db, --kind)"),
        (["toys", "said", "ball"], "Error: Got unexpected extra argument(s) (ball)"),
        (["toys", "sad"], "Error: No such command 'sad'. Did you mean 'said', 'add'?"),
        (["lonely"], "Error: No such command 'lonely'. Did you mean 'lone'?"),
        (["zzz"], "Error: No such command 'zzz'."),
        (["--bd", "x"], "Error: No such option: --bd (Possible options: --db)"),
        (["--db", "x"], "Error: Missing command."),
    ],
)
def test_wrong_usage_keeps_typers_own_form(arguments: list[str], sentence: str) -> None:
    result = timpora(*arguments)
    usage, try_this, empty, error = result.stderr.splitlines()
    assert (result.exit_code, result.stdout, error, empty) == (2, "", sentence, "")
    assert usage.startswith("Usage: timpora ")
    assert try_this.endswith(" --help' for help.")


# Options that stand anywhere


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--db", "a.db", "a.db None None None en"),
        ("--officer", "Sari", "None Sari None None en"),
        ("--as-of", "31/2/2020", "None None 31/2/2020 None en"),
        ("--known-at", "besok", "None None None besok en"),
        ("--lang", "id", "None None None None id"),
    ],
)
def test_they_stand_before_between_and_after(place: int, option: str, value: str, said: str) -> None:
    words = ["toys", "said"]
    assert answer(*words[:place], option, value, *words[place:]) == f"{said}\n"
    assert answer(*words[:place], f"{option}={value}", *words[place:]) == f"{said}\n"


def test_the_one_nearest_the_end_wins() -> None:
    assert answer("--db", "a", "toys", "--db", "b", "said").startswith("b ")
    assert answer("--db", "a", "toys", "--db", "b", "said", "--db", "c", "--db", "d").startswith("d ")


def test_the_environment_stands_in_but_never_overrides() -> None:
    environment = {"TIMPORA_DB": "env.db", "TIMPORA_OFFICER": "Budi", "TIMPORA_LANG": "id"}
    assert answer("toys", "said", **environment) == "env.db Budi None None id\n"
    assert answer("--db", "a", "--officer", "b", "--lang", "en", "toys", "said", **environment) == "a b None None en\n"


def test_nothing_of_one_call_is_left_in_the_next() -> None:
    answer("--db", "a", "--as-of", "2020-01-01", "--lang", "id", "toys", "said")
    assert answer("toys", "said") == "None None None None en\n"


def test_after_two_dashes_they_are_arguments() -> None:
    assert answer("toys", "keep", "--db", "a", "--", "--db") == "kept --db\n"
    assert answer("toys", "keep", "--", "--lang=id") == "kept --lang=id\n"


@pytest.mark.parametrize("option", ["--db", "--officer", "--lang", "--as-of", "--known-at"])
def test_an_empty_value_is_refused_and_never_taken_for_the_default(option: str) -> None:
    result = timpora("toys", "said", option, " ")
    assert result.exit_code == 2
    assert f"Invalid value for '{option}': nothing is written there." in result.stderr


def test_an_unknown_language_is_refused_with_the_known_ones() -> None:
    result = timpora("toys", "--lang", "nl", "said")
    assert result.exit_code == 2
    assert '"nl" is no language of timpora. Use en or id.' in result.stderr
    result = timpora("toys", "said", TIMPORA_LANG="nl")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == 'timpora: TIMPORA_LANG is "nl", which is no language of timpora. Set it to en or id.\n'
    assert answer("toys", "said", "--lang", "id", TIMPORA_LANG="nl").endswith(" id\n")


@pytest.mark.parametrize("clock", ["--as-of", "--known-at"])
@pytest.mark.parametrize("place", range(3))
def test_a_writing_command_refuses_the_clocks_wherever_they_stand(clock: str, place: int) -> None:
    words = ["toys", "keep"]
    result = timpora(*words[:place], clock, "2020-01-01", *words[place:], "ball")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "timpora: toys keep records what is so; --as-of and --known-at are for reading commands.\n"
    )


def test_a_timeless_command_refuses_the_clocks_in_its_own_words() -> None:
    assert timpora("toys", "shelf", "--as-of", "today").stderr == (
        "timpora: toys shelf does not read the register; --as-of and --known-at are for reading commands.\n"
    )


def test_only_reading_commands_show_the_clocks() -> None:
    assert "--as-of DATE" in answer("toys", "said", "--help")
    for silent in ("keep", "shelf"):
        page = answer("toys", silent, "--help")
        assert "--as-of" not in page
        assert "--known-at" not in page
        assert "--db FILE" in page


# Conventions of a command's author


def test_a_command_without_one_of_our_classes_is_a_mistake_of_its_author() -> None:
    stock = base.command_app()
    stock.command()(lambda: None)
    with pytest.raises(TypeError, match="name its class"):
        base.approved(typer.main.get_command(stock))


def test_an_option_of_a_name_that_is_taken_is_a_mistake_of_its_author() -> None:
    group = base.group_app("x")

    @group.command(cls=base.Reading)
    def reads(file: Annotated[str, typer.Option("--db")] = "x") -> None: ...

    with pytest.raises(TypeError, match="reads: declared twice: --db"):
        base.approved(typer.main.get_command(group))


def test_records_with_an_option_of_the_same_name_are_a_mistake_of_their_author() -> None:
    @dataclass(frozen=True, slots=True)
    class Other:
        district: str = "x"

    def command(where: Filters, other: Other) -> None: ...

    with pytest.raises(TypeError, match="declared twice: district"):
        takes_records(command)


def test_typer_sees_the_fields_of_a_record_as_options() -> None:
    @takes_records
    def command(ctx: typer.Context, where: Filters, number: str = "1") -> None:
        """Say."""

    names = list(inspect.signature(command, eval_str=True).parameters)
    assert names == ["ctx", *Filters.__annotations__, "number"]
    assert list(get_type_hints(command)) == names
    assert get_type_hints(command)["permit_class"] == list[str] | None
    assert (command.__name__, command.__doc__) == ("command", "Say.")


def test_a_command_gets_its_records_back() -> None:
    said = answer("toys", "list", "ball", "--district", "A", "--class", "KITAS", "--district", "B", "--limit", "5")
    assert said == "ball red ('A', 'B') ('KITAS',) () plain 5\n"


# Output options


def test_an_unknown_format_names_the_known_ones() -> None:
    result = timpora("toys", "list", "ball", "--format", "jsn")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        'timpora: There is no format "jsn". Did you mean json?\nKnown: table, plain, csv, tsv, json, ndjson.\n'
    )
    assert "Did you mean" not in timpora("toys", "list", "ball", "--format", "zzz").stderr


@pytest.mark.parametrize("limit", ["-1", "1.5", "ten", "", "²"])
def test_a_limit_is_a_whole_number(limit: str) -> None:
    result = timpora("toys", "list", "ball", "--limit", limit)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f'--limit "{limit}" is not a number of rows.' in result.stderr


@pytest.mark.parametrize("option", ["--columns", "--sort"])
@pytest.mark.parametrize("names", ["", "a,,b", "a,"])
def test_a_name_between_commas_is_never_empty(option: str, names: str) -> None:
    result = timpora("toys", "list", "ball", option, names)
    assert result.exit_code == 2
    assert f'A name is missing in {option} "{names}".' in result.stderr


def test_the_renderer_gets_what_was_chosen() -> None:
    chosen = OutputOptions(
        format="csv", mask=True, columns="a, b", sort="-c", limit="0", for_spreadsheet=True, exit_code=True
    ).chosen()
    assert chosen == Wanted(format="csv", columns=("a", "b"), sort=("-c",), limit=0, mask=True, for_spreadsheet=True)


def test_a_terminal_gets_a_table_and_a_pipe_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdout", StringIO())
    assert OutputOptions().chosen() == Wanted(format="plain")
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert OutputOptions().chosen() == Wanted(format="table", terminal=True)
    assert lists.CardOptions(format="json").chosen() == Wanted(format="json", terminal=True)


def test_the_formats_are_the_renderers() -> None:
    assert lists.FORMATS == FORMATS


def test_exit_code_is_three_when_the_list_is_not_empty() -> None:
    assert timpora("toys", "list", "ball", "--exit-code").exit_code == 3
    OutputOptions(exit_code=True).end(0)
    OutputOptions().end(2)


# Help


def test_a_help_page_is_a_page_of_a_manual() -> None:
    assert answer("toys", "keep", "--help") == (
        "Usage: timpora toys keep [OPTIONS] {name}\n\n"
        "  Keep a toy in a register.\n\n"
        "Arguments:\n"
        "  name  [required]\n\n"
        "Options:\n"
        "  -h, --help  Show this page and end.\n\n"
        "Everywhere:\n"
        "  --db FILE       The register's file (then TIMPORA_DB, then the usual place).\n"
        "  --officer NAME  Who is at work, for the history (then TIMPORA_OFFICER, then\n"
        "                  the login name).\n"
        "  --lang en|id    The language of texts (then TIMPORA_LANG, then the locale).\n"
    )


def test_examples_are_never_wrapped_and_can_be_collected() -> None:
    lines = [
        "timpora toys list ball",
        "timpora toys list ball --name 'a long name' --limit 20 --colour blue --class X",
    ]
    assert answer("toys", "list", "--help").endswith("\nExamples:\n  " + "\n  ".join(lines) + "\n")
    root = typer.main.get_command(app.app)
    assert isinstance(root, app.Root)
    group = root.get_command(typer.Context(root), "toys")
    assert isinstance(group, base.Group)
    assert base.examples_of(group.commands["list"]) == lines
    assert base.examples_of(group.commands["keep"]) == []


def test_the_root_lists_the_commands_there_are_in_the_tables_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        app, "COMMANDS", {"lone": "lone_for_tests", "none": "timpora_cli.cli.none", "toys": "toys_for_tests"}
    )
    page = answer("--help")
    assert "\nCommands:\n  lone  Stand alone\n  toys  Toys of all kinds\n\nOptions:\n" in page
    assert "No such command 'none'." in timpora("none").stderr


def test_a_module_with_one_command_is_that_command() -> None:
    assert answer("lone") == "alone\n"
    assert answer("lone", "-h").startswith("Usage: timpora lone [OPTIONS]\n")


def test_nothing_at_all_shows_the_page_and_is_wrong_usage() -> None:
    for words in ([], ["toys"]):
        result = timpora(*words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "\nCommands:\n" in result.stderr


def test_the_page_speaks_the_language_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    class Shouted(NullTranslations):
        def gettext(self, message: str) -> str:
            return message.upper()

    base._everywhere.cache_clear()
    monkeypatch.setattr(language, "_catalogue", Shouted())
    page = answer("toys", "keep", "--help")
    summaries = answer("toys", "--help")
    base._everywhere.cache_clear()
    assert "KEEP A TOY IN A REGISTER." in page
    assert "\nEVERYWHERE:\n  --db FILE       THE REGISTER'S FILE" in page
    assert "-h, --help  SHOW THIS PAGE AND END." in page
    assert "keep   KEEP A TOY IN A REGISTER\n" in summaries


def test_every_command_has_a_summary_and_examples() -> None:
    root = typer.main.get_command(app.app)
    assert isinstance(root, app.Root)
    context = typer.Context(root)
    for name in root.list_commands(context):
        if name in {"toys", "lone"}:
            continue
        command = root.get_command(context, name)
        assert command is not None
        assert command.get_short_help_str(), name
        for each in command.commands.values() if isinstance(command, base.Group) else (command,):
            assert each.get_short_help_str(), (name, each.name)
            lines = base.examples_of(each)
            assert lines, (name, each.name)
            assert all(line.startswith("timpora ") for line in lines), (name, each.name)


# Errors


@pytest.mark.parametrize(
    ("how", "code", "said"),
    [
        ("missing", 4, "timpora: There is no toy 7\\x1b[31m.\n"),
        ("unusable", 5, "timpora: one\ntwo\n"),
        ("ask", 2, "timpora: Name is only asked for on a terminal.\n"),
        ("confirm", 2, "timpora: Really? This is only asked on a terminal; elsewhere, say yes with --yes.\n"),
    ],
)
def test_an_error_is_a_sentence_and_a_number(shelf: Path, how: str, code: int, said: str) -> None:
    result = timpora("toys", "fail", how)
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", said)
    real = process(shelf, "toys", "fail", how)
    assert (real.returncode, real.stdout, real.stderr) == (code, "", said)


def test_what_is_missing_is_named_all_at_once() -> None:
    error = say.missing(["--class", "--expires"])
    assert isinstance(error, WrongUsage)
    assert str(error) == (
        "Missing: --class, --expires.\nGive them on the command line; they are only asked for on a terminal."
    )


@pytest.mark.parametrize(("how", "kind"), [("sql", "OperationalError"), ("value", "ValueError")])
def test_an_unexpected_failure_says_where_and_nothing_it_knows(shelf: Path, how: str, kind: str) -> None:
    failed = process(shelf, "toys", "fail", how)
    assert (failed.returncode, failed.stdout) == (1, "")
    place, _, rest = failed.stderr.removeprefix(f"timpora: unexpected failure: {kind} at timpora_cli/cli/").partition(
        ":"
    )
    assert (place, rest.partition(" ")[2]) == ("plain.py", "(set TIMPORA_DEBUG=1 for the full report).\n")
    assert "X0012345" not in failed.stderr
    debugged = process(shelf, "toys", "fail", how, TIMPORA_DEBUG="1")
    assert debugged.returncode == 1
    assert debugged.stderr.startswith("Traceback ")
    assert "X0012345" in debugged.stderr


def test_a_command_that_is_not_written_yet_harms_nobody(shelf: Path) -> None:
    assert process(shelf, "lone").stdout == "alone\n"
    assert "No such command 'unwritten'." in process(shelf, "unwritten").stderr


def test_an_interruption_is_silent_and_130(shelf: Path) -> None:
    ended = process(shelf, "toys", "fail", "interrupt")
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")


def test_the_version_stands_before_everything(shelf: Path) -> None:
    for words in (["--version"], ["--version", "nonsense"], ["--db", "x", "--version"]):
        result = process(shelf, *words)
        assert (result.returncode, result.stderr) == (0, "")
        assert result.stdout.startswith("timpora ")


# Streams


@pytest.mark.parametrize("words", [["toys", "flood"], ["--help"], ["toys", "keep", "x"], ["--version"]])
def test_a_closed_pipe_ends_quietly(shelf: Path, words: list[str]) -> None:
    ended = process(shelf, *words, around="| true")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_a_reader_of_the_first_line_gets_it(shelf: Path) -> None:
    ended = process(shelf, "toys", "flood", around="| head -1")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "0\n", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", [["toys", "flood"], ["--help"], ["toys", "keep", "x"], ["--version"]])
def test_a_full_disk_is_an_error(shelf: Path, words: list[str]) -> None:
    ended = process(shelf, *words, around="> /dev/full")
    said = f"timpora: the output could not be written: {os.strerror(errno.ENOSPC)}.\n"
    assert (ended.returncode, ended.stderr) == (1, said)


@pytest.mark.parametrize("words", [["toys", "flood"], ["--help"], ["toys", "keep", "x"], ["--version"]])
def test_an_answer_to_a_closed_stdout_is_an_error(shelf: Path, words: list[str]) -> None:
    ended = process(shelf, *words, around=">&-")
    said = f"timpora: the output could not be written: {os.strerror(errno.EBADF)}.\n"
    assert (ended.returncode, ended.stderr) == (1, said)


def test_a_command_without_an_answer_needs_no_stdout(shelf: Path) -> None:
    ended = process(shelf, "toys", "shelf", around=">&-")
    assert (ended.returncode, ended.stderr) == (0, "")


def test_no_file_is_opened_under_the_number_of_a_closed_stream(shelf: Path) -> None:
    ended = process(shelf, "toys", "fail", "open", around="<&- 2>&-")
    assert (ended.returncode, ended.stdout) == (0, "True\n")


def test_a_closed_stdin_reads_as_empty_and_is_no_terminal(shelf: Path) -> None:
    assert process(shelf, "toys", "fail", "stdin", around="<&-").stdout == "''\n"
    assert process(shelf, "toys", "fail", "ask", around="<&-").returncode == 2


@pytest.mark.parametrize("where", ["2>&-", "2>/dev/full"])
def test_the_exit_code_stands_though_nobody_hears_the_error(shelf: Path, where: str) -> None:
    for words, code in ((["toys", "fail", "missing"], 4), (["toys", "fail", "value"], 1), (["--nonsense"], 2)):
        assert process(shelf, *words, around=where).returncode == code


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"LANG": "C", "LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONIOENCODING": "latin-1"},
        {"PYTHONUTF8": "1", "PYTHONDEVMODE": "1"},
        {"PYTHONUNBUFFERED": "1"},
    ],
)
def test_text_is_utf_8_whatever_the_locale(shelf: Path, environment: dict[str, str]) -> None:
    ended = process(shelf, "toys", "keep", "Bär Ølåf 山", **environment)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "kept Bär Ølåf 山\n", "")


def test_bytes_that_are_no_text_are_refused_in_words(shelf: Path) -> None:
    ended = process(shelf, "toys", "keep", b"\xff")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("timpora: what was typed is not text in UTF-8.")


def test_a_locale_without_utf_8_gets_no_traceback(shelf: Path) -> None:
    ended = process(shelf, "toys", "keep", "Bär", LANG="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert ended.returncode in {0, 2}
    assert "Traceback" not in ended.stderr


# Questions


def at_terminal(shelf: Path, how: str, typed: bytes) -> tuple[int, bytes, str]:
    """Run `toys fail HOW` with stdin and stderr at a terminal; return the exit code, what it says there, and stdout."""
    ours, theirs = pty.openpty()
    os.write(ours, typed)
    environment = {"PYTHONPATH": f"{SOURCE}:{shelf}", "PATH": os.environ["PATH"]}
    with subprocess.Popen(
        [sys.executable, "-c", START, "toys", "fail", how],
        env=environment,
        stdin=theirs,
        stderr=theirs,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        answered = running.stdout.read() if running.stdout else ""
    os.set_blocking(ours, False)
    heard = b""
    try:
        while piece := os.read(ours, 4096):
            heard += piece
    except BlockingIOError:
        pass
    os.close(theirs)
    os.close(ours)
    return running.returncode, heard, answered


def test_a_question_is_asked_on_stderr_at_a_terminal(shelf: Path) -> None:
    code, heard, answered = at_terminal(shelf, "ask", b" Sari \n")
    assert (code, answered) == (0, "Sari\n")
    assert heard.endswith(b"Name: ")


@pytest.mark.parametrize(
    ("typed", "meant"), [("y", True), ("Ya", True), ("YES", True), ("", False), ("n", False), ("x", False)]
)
def test_only_yes_is_yes(shelf: Path, typed: str, meant: bool) -> None:
    code, heard, answered = at_terminal(shelf, "confirm", f"{typed}\n".encode())
    assert (code, answered) == (0, f"{meant}\n")
    assert heard.endswith(b"Really? [y/N]: ")


def test_the_end_of_the_input_changes_nothing(shelf: Path) -> None:
    code, heard, answered = at_terminal(shelf, "ask", b"\x04")
    assert (code, answered) == (1, "")
    assert heard.endswith(b"Name: \r\ntimpora: Nothing was changed.\r\n")


def test_a_date_in_words_is_read_back_at_a_terminal_only(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert at_terminal(shelf, "words", b"")[1] == b"before Sunday 20 September 2020\r\n"
    assert at_terminal(shelf, "digits", b"")[1] == b""
    say.echo_date("before", "besok", date(2020, 9, 20))
    assert capsys.readouterr() == ("", "")


# Completion (the rest of it is in test_completion.py)


def completed(shelf: Path, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """What a shell is told, of which the last of `words` is the one at the cursor."""
    return process(shelf, *words, _TIMPORA_COMPLETE="fish", **environment)


@pytest.mark.parametrize(
    ("words", "candidates"),
    [
        (["to"], ["toys"]),
        (["toys", "sh"], ["shelf"]),
        (["--db", "x y", "toys", "keep", "--of"], ["--officer"]),
        (["toys", "list", "--for"], ["--format", "--for-spreadsheet", "--force"]),
        (["toys", "list", "x", "--format", "nd"], ["ndjson"]),
        (["toys", "said", "--lang", ""], ["en", "id"]),
        (["completion", ""], ["bash", "zsh", "fish"]),
        (["toys", "keep", "--as"], []),
        (["toys", "add", "ball", "--lo"], ["--loud"]),
        (["toys", "add", "ball", "--quiet", "--lo"], []),
        (["toys", "add", "ball", "--colour", "red", "--col"], ["--colour"]),
        (["toys", "add", "ball", "--kind", "x", "--kin"], []),
        (["toys", "add", "--", "--ki"], []),
        (["toys", "add", "--unheard-of", "--ki"], ["--kind"]),
        (["nothing", "to"], []),
        (["toys", "nothing", "--ki"], []),
    ],
)
def test_commands_and_options_are_completed(shelf: Path, words: list[str], candidates: list[str]) -> None:
    ended = completed(shelf, *words)
    assert (ended.returncode, ended.stderr) == (0, "")
    kind, *lines = ended.stdout.splitlines()
    assert kind == "values"
    assert [line.partition("\t")[0] for line in lines] == candidates


def test_a_failure_while_completing_is_not_heard_in_the_shell(shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "lone_for_tests.py").write_text("raise ValueError")
    broken = {"PYTHONPATH": f"{tmp_path}:{SOURCE}:{shelf}"}
    ended = completed(shelf, "lone", "", **broken)
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", "")
    assert "ValueError" in completed(shelf, "lone", "", TIMPORA_DEBUG="1", **broken).stderr


def test_a_shell_does_not_wait_long_for_candidates(shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "lone_for_tests.py").write_text("from threading import Event\nEvent().wait()")
    ended = completed(shelf, "lone", "", PYTHONPATH=f"{tmp_path}:{SOURCE}:{shelf}")
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_there_is_a_script_for_each_shell(shell: str) -> None:
    assert f"_TIMPORA_COMPLETE={shell} " in answer("completion", shell)


def test_an_unknown_shell_is_refused_with_the_known_ones() -> None:
    result = timpora("completion", "tcsh")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == 'timpora: There is no completion for "tcsh". Known: bash, zsh, fish.\n'
