"""The root command and the end of a process: errors as a sentence and an exit code, --version, interruptions."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import timpora_cli

if TYPE_CHECKING:
    from tests.cli.toys import Toys

PACKAGE = Path(timpora_cli.__file__).parent


# Errors


@pytest.mark.slow
@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("how", "code", "said"),
    [
        ("missing", 4, "timpora: There is no toy 7\\x1b[31m.\n"),
        ("unusable", 5, "timpora: one\ntwo\n"),
        ("ask", 2, "timpora: Name is only asked for on a terminal.\n"),
        ("confirm", 2, "timpora: Really? This is only asked on a terminal; elsewhere, say yes with --yes.\n"),
    ],
)
def test_an_error_is_a_sentence_and_an_exit_code(toys: "Toys", how: str, code: int, said: str) -> None:
    for given in (toys("toys", "fail", how), toys.process("toys", "fail", how)):
        assert (given.code, given.out, given.err) == (code, "", said)


@pytest.mark.slow
@pytest.mark.one_in(2)
@pytest.mark.parametrize(("how", "kind"), [("sql", "OperationalError"), ("value", "ValueError")])
def test_an_unforeseen_failure_says_where_it_happened_and_no_personal_data(toys: "Toys", how: str, kind: str) -> None:
    failed = toys.process("toys", "fail", how)
    assert (failed.code, failed.out) == (1, "")
    assert re.fullmatch(
        rf"timpora: unexpected failure: {kind} at timpora_cli/cli/frame/base\.py:\d+"
        r" \(set TIMPORA_DEBUG=1 for the full report\)\.\n",
        failed.err,
    )
    debugged = toys.process("toys", "fail", how, TIMPORA_DEBUG="1")
    assert debugged.code == 1
    assert debugged.err.startswith("Traceback ")
    assert "X0012345" in debugged.err


@pytest.mark.slow
def test_an_interruption_is_silent_and_exits_with_130(toys: "Toys") -> None:
    ended = toys.process("toys", "fail", "interrupt")
    assert (ended.code, ended.out, ended.err) == (130, "", "")


@pytest.mark.slow
def test_bytes_that_are_not_text_are_refused_in_words(toys: "Toys") -> None:
    ended = toys.process("toys", "keep", b"\xff")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("timpora: what was typed is not text in UTF-8.")


# The root command


def test_the_version_is_printed_whatever_else_is_typed(toys: "Toys") -> None:
    for words in (["--version"], ["--version", "nonsense"], ["--db", "x", "--version"]):
        given = toys(*words)
        assert (given.code, given.err) == (0, "")
        assert given.out.startswith("timpora ")


def test_without_a_command_the_page_is_shown_and_it_is_wrong_usage(toys: "Toys") -> None:
    for words in ([], ["toys"]):
        given = toys(*words)
        assert (given.code, given.out) == (2, "")
        assert "\nCommands:\n" in given.err


# Completion, as the process answers it


@pytest.mark.slow
def test_a_failure_while_completing_is_not_shown_in_the_shell(toys: "Toys", tmp_path: Path) -> None:
    (tmp_path / "lone.py").write_text("raise ValueError")
    broken = type(toys)(tmp_path)
    ended = broken.tab("lone", "")
    assert (ended.code, ended.out, ended.err) == (1, "", "")
    assert "ValueError" in broken.tab("lone", "", TIMPORA_DEBUG="1").err


@pytest.mark.slow
def test_a_shell_does_not_wait_long_for_candidates(toys: "Toys", tmp_path: Path) -> None:
    (tmp_path / "lone.py").write_text("from threading import Event\nEvent().wait()")
    ended = type(toys)(tmp_path).tab("lone", "")
    assert (ended.code, ended.out, ended.err) == (1, "", "")


# How it is built


def files_with(text: str) -> list[str]:
    """The files of the package in whose source `text` stands."""
    sources = sorted(PACKAGE.rglob("*.py"))
    return [path.relative_to(PACKAGE).as_posix() for path in sources if text in path.read_text(encoding="utf-8")]


def test_only_the_root_reads_the_words_of_the_process() -> None:
    assert files_with("sys.argv") == ["cli/app.py"]


def test_only_a_class_of_options_states_its_own_signature() -> None:
    assert files_with("__signature__") == ["cli/frame/options.py"]


@pytest.mark.slow
def test_only_the_conversion_of_typer_is_patched() -> None:
    assert files_with("MethodType") == ["cli/frame/options.py"]
    assert files_with("type: ignore[method-assign]") == ["cli/frame/options.py"]
    assert [name for name in files_with("setattr(") if name.startswith("cli/")] == []
