"""What a command is: its class, its folder, its records of options, and how a line that is wrong is refused."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import pytest
import typer
import typer.main

from timpora_cli.cli import app
from timpora_cli.cli.frame.base import Folder, Reading, Timeless, Writing, command, commands_of
from timpora_cli.cli.frame.options import Options
from timpora_cli.cli.options.filters import Filters
from timpora_cli.errors import TimporaError

if TYPE_CHECKING:
    from tests.cli.toys import Toys


def root() -> Folder:
    found = typer.main.get_command(app.app)
    assert isinstance(found, app.Root)
    return found


# Folders


def folders(group: Folder) -> Iterator[Folder]:
    context = typer.Context(group)
    yield group
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        if isinstance(found, Folder):
            yield from folders(found)


def test_each_file_of_a_folder_is_named_in_its_commands_and_each_name_has_a_file() -> None:
    for group in folders(root()):
        files = Path(str(import_module(group.package).__file__)).parent.iterdir()
        beside = [path.stem.removesuffix("_") for path in files if not path.stem.startswith("__")]
        assert sorted(group.list_commands(typer.Context(group))) == sorted(beside)


def test_a_file_is_a_command_and_a_folder_is_a_group(toys: "Toys") -> None:
    assert toys.answer("lone") == "alone\n"
    assert toys.answer("lone", "-h").startswith("Usage: timpora lone [OPTIONS]\n")
    assert toys.answer("toys", "said") == "None None None None en\n"


def test_a_command_may_have_commands_of_its_own_behind_it(toys: "Toys") -> None:
    assert toys.answer("toys", "box") == "looked  timpora toys box\n"
    assert toys.answer("toys", "box", "--deep", "--as-of", "today") == "looked deep timpora toys box\n"
    assert toys.answer("toys", "box", "open", "lid") == "opened lid\n"
    page = toys.answer("toys", "box", "--help")
    assert page.startswith("Usage: timpora toys box [OPTIONS] COMMAND [ARGS]...\n\n  Look at the box.\n")
    assert "\nCommands:\n  open  Open the box\n" in page
    assert "  --deep" in page
    assert page.endswith("\nExamples:\n  timpora toys box\n  timpora toys box open lid\n")
    given = toys("toys", "box", "opem")
    assert (given.code, given.out) == (2, "")
    assert 'No such command "opem". Did you mean open?' in given.err


def test_the_options_of_a_command_do_not_stand_before_those_behind_it(toys: "Toys") -> None:
    given = toys("toys", "box", "--deep", "open", "lid")
    assert (given.code, given.out) == (2, "")
    assert given.err == "timpora: --deep is for box alone, and stands here before open. Leave it out.\n"
    said = toys("toys", "box", "--as-of", "2020-01-01", "open", "lid").err
    assert said == "timpora: toys box open records what is so; --as-of and --known-at are for reading commands.\n"


def test_every_command_reads_or_writes_or_is_timeless() -> None:
    kinds = {
        kind for _words, made in commands_of(root()) for kind in (Reading, Writing, Timeless) if isinstance(made, kind)
    }
    assert kinds == {Reading, Writing, Timeless}
    assert all(isinstance(made, (Reading, Timeless)) for _words, made in commands_of(root()))


@pytest.mark.parametrize(
    ("arguments", "sentence", "page"),
    [
        (["toys", "add", "--kind", "x"], "Missing argument 'NAME'.", "toys add"),
        (["toys", "add", "ball"], "Missing option '--kind'.", "toys add"),
        (["toys", "add", "ball", "--kind"], "Option '--kind' requires an argument.", "toys add"),
        (["toys", "add", "a", "--kid", "x"], "No such option: --kid (Possible options: --db, --kind)", "toys add"),
        (["toys", "said", "ball"], "Got unexpected extra argument(s) (ball)", "toys said"),
        (["toys", "sad"], 'No such command "sad". Did you mean said, add?', "toys"),
        (["lonely"], 'No such command "lonely". Did you mean lone?', ""),
        (["zzz"], 'No such command "zzz".', ""),
        (["--bd", "x"], "No such option: --bd (Possible options: --db)", ""),
        (["--db", "x"], "Missing command.", ""),
    ],
)
def test_a_line_that_is_not_understood_names_the_page_to_see(
    toys: "Toys", arguments: list[str], sentence: str, page: str
) -> None:
    given = toys(*arguments)
    see = " ".join(["See: timpora", *page.split(), "--help"])
    assert (given.code, given.out) == (2, "")
    assert given.err.splitlines() == [f"timpora: {sentence}", see]


@pytest.mark.parametrize("word", ["\u202eabc\u200b", "x" * 30_000, "\u0939" * 5_000])
@pytest.mark.parametrize("words", [["toys", "said"], ["toys"], [], ["toys", "add", "--kid"], ["--bd"]])
def test_a_word_of_any_length_and_kind_is_told_visibly_and_in_short(toys: "Toys", words: list[str], word: str) -> None:
    given = toys(*words[:-1], words[-1] + word) if words and words[-1][:1] == "-" else toys(*words, word)
    assert (given.code, given.out) == (2, "")
    assert len(given.err.splitlines()) == 2
    assert len(given.err.encode()) < 500
    assert not {"\u202e", "\u200b"} & set(given.err)


# The clocks


@pytest.mark.parametrize("clock", ["--as-of", "--known-at"])
@pytest.mark.parametrize("place", range(3))
def test_a_writing_command_refuses_the_clocks_wherever_they_stand(toys: "Toys", clock: str, place: int) -> None:
    words = ["toys", "keep"]
    given = toys(*words[:place], clock, "2020-01-01", *words[place:], "ball")
    assert (given.code, given.out) == (2, "")
    assert given.err == "timpora: toys keep records what is so; --as-of and --known-at are for reading commands.\n"


def test_a_timeless_command_refuses_the_clocks_in_its_own_words(toys: "Toys") -> None:
    assert toys("toys", "shelf", "--as-of", "today").err == (
        "timpora: toys shelf does not read the register; --as-of and --known-at are for reading commands.\n"
    )


# What an author of a command can do wrong


def test_an_option_of_a_name_that_stands_anywhere_is_a_mistake_of_its_author() -> None:
    def reads(_ctx: typer.Context, file: Annotated[str, typer.Option("--db")] = "x") -> None: ...

    with pytest.raises(TypeError, match="reads: declared twice: --db"):
        command(Reading)(reads)


def test_two_records_with_an_option_of_one_name_are_a_mistake_of_their_author() -> None:
    class Other(Options):
        district: str = "x"

    def reads(_ctx: typer.Context) -> None: ...

    with pytest.raises(TypeError, match="reads: declared twice: --district, district"):
        command(Reading, Filters, Other)(reads)


def test_a_record_and_its_function_with_an_option_of_one_name_are_a_mistake_of_their_author() -> None:
    def reads(_ctx: typer.Context, place: Annotated[str, typer.Option("--village")] = "x") -> None: ...

    with pytest.raises(TypeError, match="reads: declared twice: --village"):
        command(Reading, Filters)(reads)


# What a command answers


def answering(words: "dict[str, object] | object", *typed: str) -> object:
    """What a command with these answers has for a line."""

    @command(Reading, answer=words)
    def reads(
        _ctx: typer.Context,
        by: Annotated[str, typer.Option("--by")] = "",
        all_: Annotated[bool, typer.Option("--all")] = False,
    ) -> None: ...

    return reads.answer(reads.make_context("reads", list(typed)).params)


def test_a_command_says_which_answer_a_line_asks_for() -> None:
    words = {"": "districts", "--by class": "classes", "--all": "everything"}
    assert answering(words) == "districts"
    assert answering(words, "--by", "class") == "classes"
    assert answering(words, "--by", "CLASS") == "classes"
    assert answering(words, "--all") == "everything"
    assert answering("one") == answering("one", "--all") == "one"
    assert answering(None) is None


def test_a_value_for_which_no_answer_is_declared_has_none() -> None:
    assert answering({"": "districts", "--by class": "classes"}, "--by", "clas") is None


def test_the_faults_of_a_record_are_looked_for_by_the_answer_before_the_command_begins() -> None:
    met: list[object] = []

    class Meeting(Options):
        mark: str = "m"

        def faults(self, answer: object) -> Iterator[TimporaError]:
            met.append(answer)
            yield from ()

    @command(Reading, Meeting, answer="a table")
    def reads(ctx: typer.Context) -> None:
        met.append(Meeting.of(ctx).mark)

    with reads.make_context("reads", ["--mark", "x"]) as context:
        reads.invoke(context)
    assert met == ["a table", "x"]


def test_a_command_gets_its_records_and_the_parameters_of_its_function(toys: "Toys") -> None:
    said = toys.answer("toys", "list", "ball", "--district", "A", "--class", "KITAS", "--district", "B", "--limit", "5")
    assert said == "ball red ('A', 'B') ('KITAS',) () plain 5\n"
    assert toys.answer("toys", "keep", "ball") == "kept ball\n"
