"""The three streams of a process: UTF-8 whatever the locale, and a stream that is closed or full."""

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.toys import Toys

pytestmark = pytest.mark.slow  # each test starts processes, or has every format written

ANSWERS = [["toys", "flood"], ["--help"], ["toys", "keep", "x"], ["--version"]]


@pytest.mark.parametrize("words", ANSWERS)
def test_a_closed_pipe_ends_quietly(toys: "Toys", words: list[str]) -> None:
    ended = toys.process(*words, around="| true")
    assert (ended.code, ended.out, ended.err) == (0, "", "")


def test_a_reader_of_the_first_line_gets_it(toys: "Toys") -> None:
    ended = toys.process("toys", "flood", around="| head -1")
    assert (ended.code, ended.out, ended.err) == (0, "0\n", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", ANSWERS)
def test_a_full_disk_is_an_error(toys: "Toys", words: list[str]) -> None:
    ended = toys.process(*words, around="> /dev/full")
    said = f"timpora: the output could not be written: {os.strerror(errno.ENOSPC)}.\n"
    assert (ended.code, ended.err) == (1, said)


@pytest.mark.parametrize("words", ANSWERS)
def test_an_answer_to_a_closed_stdout_is_an_error(toys: "Toys", words: list[str]) -> None:
    ended = toys.process(*words, around=">&-")
    said = f"timpora: the output could not be written: {os.strerror(errno.EBADF)}.\n"
    assert (ended.code, ended.err) == (1, said)


def test_a_command_without_an_answer_needs_no_stdout(toys: "Toys") -> None:
    ended = toys.process("toys", "shelf", around=">&-")
    assert (ended.code, ended.err) == (0, "")


def test_no_file_is_opened_under_the_number_of_a_closed_stream(toys: "Toys") -> None:
    ended = toys.process("toys", "fail", "open", around="<&- 2>&-")
    assert (ended.code, ended.out) == (0, "True\n")


def test_a_closed_stdin_reads_as_empty_and_is_no_terminal(toys: "Toys") -> None:
    assert toys.process("toys", "fail", "stdin", around="<&-").out == "''\n"
    assert toys.process("toys", "fail", "ask", around="<&-").code == 2


@pytest.mark.parametrize("where", ["2>&-", "2>/dev/full"])
def test_the_exit_code_stands_where_the_error_cannot_be_written(toys: "Toys", where: str) -> None:
    for words, code in ((["toys", "fail", "missing"], 4), (["toys", "fail", "value"], 1), (["--nonsense"], 2)):
        assert toys.process(*words, around=where).code == code


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
def test_text_is_utf_8_whatever_the_locale(toys: "Toys", environment: dict[str, str]) -> None:
    ended = toys.process("toys", "keep", "Bär Ølåf 山", **environment)
    assert (ended.code, ended.out, ended.err) == (0, "kept Bär Ølåf 山\n", "")


def test_a_locale_without_utf_8_gets_no_traceback(toys: "Toys") -> None:
    ended = toys.process("toys", "keep", "Bär", LANG="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert ended.code in {0, 2}
    assert "Traceback" not in ended.err
