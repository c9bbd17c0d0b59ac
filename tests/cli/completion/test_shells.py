"""How bash and zsh are given what may stand at the cursor. The shells themselves are in test_in_shells.py."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer.main
from hypothesis import given
from hypothesis import strategies as st

from timpora_cli.cli import app
from timpora_cli.cli.completion.shells import Half, answer, quoted, read_bash

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora
    from tests.conftest import NeedsTool, Office


@pytest.mark.parametrize(
    ("line", "text", "half"),
    [
        ("timpora exp", "exp", Half(("timpora",), "exp")),
        ("timpora expiring ", "", Half(("timpora", "expiring"))),
        ("timpora --district Kelapa\\ K", "Kelapa\\ K", Half(("timpora", "--district"), "Kelapa K")),
        ("timpora --district 'Kelapa K", "Kelapa K", Half(("timpora", "--district"), "Kelapa K", quote="'")),
        ('timpora --district "Kelapa K', "Kelapa K", Half(("timpora", "--district"), "Kelapa K", quote='"')),
        ('timpora --district "', "", Half(("timpora", "--district"), quote='"')),
        ('timpora --district Kelapa" K', " K", Half(("timpora", "--district"), "Kelapa K", "Kelapa", '"')),
        ('timpora "--district" a', "a", Half(("timpora", "--district"), "a")),
        ("timpora --district=Tan", "Tan", Half(("timpora",), "--district=Tan", "--district=")),
        ("timpora --district='Tan", "Tan", Half(("timpora",), "--district=Tan", "--district=", "'")),
        ("timpora a:b", "b", Half(("timpora",), "a:b", "a:")),
        ("timpora $'a\\'b", "$'a\\'b", Half(("timpora",), "a'b")),
        ('timpora "a\\"b\\c" x', "x", Half(("timpora", 'a"b\\c'), "x")),
        ("timpora '' x", "x", Half(("timpora", ""), "x")),
        ("timpora $HOME/x", "$HOME/x", Half(("timpora",), "$HOME/x")),
        ("timpora counts > fi", "fi", Half(("timpora", "counts"), "fi", into_a_file=True)),
        ("timpora counts 2>fi", "fi", Half(("timpora", "counts"), "fi", into_a_file=True)),
        ("timpora counts >out --by", "--by", Half(("timpora", "counts"), "--by")),
        ("timpora counts; ls", "ls", None),
        ("timpora $(touch x", "x", None),
        ("timpora `touch x", "x", None),
    ],
)
def test_a_line_of_bash_is_read_as_bash_reads_it(line: str, text: str, half: Half | None) -> None:
    assert read_bash(line, text) == half


@given(st.text(st.characters(exclude_categories=["C"])), st.sampled_from(["", "'", '"']))
def test_what_is_quoted_is_read_as_it_was(text: str, quote: str) -> None:
    half = read_bash(f"timpora {quote}{quoted(text, quote)}{quote} ", "")
    assert half is not None
    assert half.words[1:] == ((text,) if text or quote else ())


def test_bash_reads_what_is_quoted_as_it_was(needs_tool: "NeedsTool") -> None:
    texts = [
        "Kelapa Kampit",
        "$(touch x)",
        "`touch x`",
        "a'b",
        'a"b',
        "a\\b",
        "!a",
        "*",
        "~",
        "#",
        "a;b&c|d<e>f",
        "{a,b}",
    ]
    line = " ".join(f"{quote}{quoted(text, quote)}{quote}" for text in texts for quote in ("", "'", '"'))
    needs_tool("bash")
    run = subprocess.run(["bash", "-c", f"printf '%s\\n' {line}"], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == [text for text in texts for _quote in range(3)]


@pytest.fixture
def bash(timpora: "Timpora", monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """What bash is told about a line, of which it will replace the last word, or `text`."""
    monkeypatch.setenv("TIMPORA_DB", str(timpora.db))
    monkeypatch.setenv("COLUMNS", "60")

    def told(line: str, how: str = "9", text: str | None = None) -> list[str]:
        text = line.rpartition(" ")[2] if text is None else text
        return answer("bash", typer.main.get_command(app.app), [how, f"timpora {line}", text]).splitlines()

    return told


def test_bash_is_given_the_one_candidate_ready_to_stand_on_the_line(bash: Callable[..., list[str]]) -> None:
    assert bash("expiring --district kel") == ["values", "Kelapa\\ Kampit"]
    assert bash("expiring --district=kel", text="kel") == ["values", "Kelapa\\ Kampit"]
    assert bash("expiring --district=kel") == ["values", "--district=Kelapa\\ Kampit"]
    assert bash('expiring --district "kel', text="kel") == ["values", "Kelapa Kampit"]
    assert bash('expiring --district Kelapa" K', text=" K") == ["values", " Kampit"]
    assert bash('expiring --district kel"apa K', text="apa K") == ["values", "apa Kampit"]
    assert bash('expiring --district "kam"pit', text="pit") == ["values"]
    assert bash("resident show wu", "63") == ["values", "16"]


def test_bash_puts_in_what_candidates_share_unless_that_is_less_than_was_typed(bash: Callable[..., list[str]]) -> None:
    assert bash("resident list --class k") == ["values", "KITAP", "KITAS"]
    assert bash("permit show punaivu") == ["values", " ", "47", "26"]
    assert bash("permit show punaivu", "37") == ["values", "47", "26"]


def test_bash_lists_what_stands_beside_in_the_width_there_is(bash: Callable[..., list[str]]) -> None:
    assert bash("resident list --class k", "63") == [
        "values",
        "KITAP  Permanent stay permit",
        "KITAS  Limited stay permit",
    ]
    listed = bash("exp", "63")[1:]
    assert listed == [
        "expiring  List who holds a current permit that ends before…",
        "export    Write the residents who are present, with their …",
    ]
    assert bash("expiring --village selat", "33") == bash("expiring --village selat", "9")
    assert bash("expiring --district sim", "33") == [
        "values",
        "Simpang\\ Renggiang  Kabupaten Belitung Timur",
        "Simpang\\ Pesak      Kabupaten Belitung Timur",
    ]


def test_bash_completes_files_where_files_stand(bash: Callable[..., list[str]]) -> None:
    assert bash("export x") == bash("expiring > x") == bash("expiring --output=x", text="x") == ["files"]


def test_zsh_is_given_colons_and_backslashes_of_a_value_as_such(office: "Office", tmp_path: Path) -> None:
    office.person(r"A:n\n")
    db = office.written_to(tmp_path / "office.db")
    told = answer("zsh", typer.main.get_command(app.app), ["--db", str(db), "resident", "list", "--name", "a"])
    assert told == "values\nA\\:n\\\\n:1\n"
