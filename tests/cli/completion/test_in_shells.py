"""TAB in a real bash, zsh and fish, each on a screen of tmux: what then stands on the line, and what is listed.

Keys go to the shell as a person's do, and a test waits until the screen shows what is expected.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from timpora_cli.cli import app

if TYPE_CHECKING:
    from tests.conftest import NeedsTool, Office

pytestmark = pytest.mark.slow  # each test starts processes of its own

SOURCE = Path(app.__file__).parents[2]
PATIENCE = 20.0
PROMPT = "ready>"
STARTED = {
    "bash": (("bash", "--norc", "--noprofile"), 'PS1="ready> "; eval "$(timpora completion bash)"'),
    "zsh": (("zsh", "-f"), 'PS1="ready> "; eval "$(timpora completion zsh)"'),
    "zsh in folders": (
        ("zsh", "-f"),
        'PS1="ready> "; fpath=(~/functions $fpath); autoload -Uz compinit; compinit -i -D',
    ),
    "fish": (
        ("fish", "--no-config"),
        'function fish_prompt; echo "ready> "; end; timpora completion fish | source',
    ),
}
SHELLS = pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
WOULD_RUN = "$(touch was-here) `touch was-here`;touch was-here&' \" * ~ !x %d \\ : {a,b} $HOME #"


@dataclass(frozen=True, slots=True)
class Screen:
    """A shell on a screen of its own."""

    tmux: tuple[str, ...]

    def ask(self, *words: str) -> str:
        return subprocess.run([*self.tmux, *words], capture_output=True, text=True, check=True).stdout

    def lines(self) -> list[str]:
        return self.ask("capture-pane", "-p").rstrip().splitlines()

    def wait(self, shown: Callable[[list[str]], bool], wanted: object) -> list[str]:
        until = time.monotonic() + PATIENCE
        while not shown(lines := self.lines()):
            assert time.monotonic() < until, f"waited for {wanted!r}, and there stands: {lines}"
        return lines

    def clear(self) -> None:
        """Begin a new line on an empty screen."""
        self.ask("send-keys", "C-u", "C-l")
        self.wait(lambda lines: lines == [PROMPT], PROMPT)

    def type(self, text: str, *keys: str) -> None:
        """Type a text behind the prompt, and press keys once it stands there."""
        self.clear()
        self.ask("send-keys", "-l", "--", text)
        self.wait(lambda lines: bool(lines) and lines[0].rstrip() == f"{PROMPT} {text}".rstrip(), text)
        for key in keys:
            self.ask("send-keys", key)

    def becomes(self, typed: str, line: str) -> None:
        """Press TAB behind what was typed; then `line` has to stand there."""
        self.type(typed, "Tab")
        self.wait(lambda lines: bool(lines) and lines[0] == f"{PROMPT} {line}", line)

    def leaves(self, typed: str) -> None:
        """Press TAB, and one more key; then that stands behind what was typed, and nothing else on the screen."""
        self.type(typed, "Tab", "x")
        self.wait(lambda lines: lines == [f"{PROMPT} {typed}x"], f"{typed}x")

    def lists(self, typed: str, *listed: str, tabs: int = 1) -> list[str]:
        """Press TAB; then each of the texts has to stand below."""
        self.type(typed, *["Tab"] * tabs)
        return self.wait(lambda lines: all(text in "\n".join(lines[1:]) for text in listed), listed)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tab")


@pytest.fixture(scope="module")
def started(needs_tool: "NeedsTool", folder: Path, demo_made: Path) -> Iterator[Callable[[str], Screen]]:
    """Give the shell of a name, started once without any settings of a person's, with the example register."""
    program = folder / "bin" / "timpora"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{SOURCE}" exec "{sys.executable}" -m timpora_cli "$@"\n')
    program.chmod(0o755)
    (folder / "work" / "somewhere").mkdir(parents=True)
    environment = {
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "HOME": str(folder),
        "TMUX_TMPDIR": str(folder),
        "TIMPORA_DB": str(demo_made),
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm-256color",
    }
    screens: dict[str, Screen] = {}

    def start(shell: str) -> Screen:
        command, ready = STARTED[shell]
        needs_tool(command[0])
        if shell not in screens:
            needs_tool("tmux")
            tmux = ("tmux", "-L", shell.replace(" ", "-"), "-f", os.devnull)
            size = ("-x", "240", "-y", "50", "-c", str(folder / "work"))
            subprocess.run([*tmux, "new-session", "-d", *size, *command], env=environment, check=True)
            screen = Screen(("env", f"TMUX_TMPDIR={folder}", *tmux))
            screens[shell] = screen
            screen.wait(bool, "a prompt")
            screen.ask("send-keys", "-l", "--", ready)
            screen.ask("send-keys", "Enter")
            screen.wait(lambda lines: lines[-1:] == [PROMPT], PROMPT)
        return screens[shell]

    yield start
    for screen in screens.values():
        screen.ask("kill-server")


@pytest.fixture
def screen(started: Callable[[str], Screen], shell: str) -> Screen:
    return started(shell)


@SHELLS
def test_tab_completes_a_district(screen: Screen) -> None:
    screen.becomes("timpora expiring --district Tanj", "timpora expiring --district Tanjungpandan")
    screen.becomes("timpora expiring --district tanj", "timpora expiring --district Tanjungpandan")


@SHELLS
def test_a_name_with_blanks_stays_one_word(screen: Screen, shell: str) -> None:
    screen.becomes("timpora expiring --district kelapa", "timpora expiring --district Kelapa\\ Kampit")
    screen.becomes("timpora expiring --district=kel", "timpora expiring --district=Kelapa\\ Kampit")
    within = "timpora expiring --district Kelapa\\ Kampit" if shell == "fish" else "timpora expiring --district {0}"
    for quote in ("'", '"'):
        screen.becomes(f"timpora expiring --district {quote}kel", within.format(f"{quote}Kelapa Kampit{quote}"))


@SHELLS
def test_a_resident_is_found_by_name_and_the_id_is_put_in(screen: Screen) -> None:
    screen.becomes("timpora resident show Wu", "timpora resident show 16")
    screen.becomes("timpora resident show Bluey\\ Mc", "timpora resident show 42")


@pytest.mark.slow
@SHELLS
def test_several_are_listed_with_their_names_and_the_line_stays(screen: Screen, shell: str) -> None:
    tabs = 2 if shell == "bash" else 1
    lines = screen.lists("timpora resident show a", "Åke Påhittad", "Aksinya Nebylitsyna", tabs=tabs)
    assert lines[0] == f"{PROMPT} timpora resident show a"


@pytest.mark.slow
@SHELLS
def test_commands_and_options_are_listed_with_what_they_do(screen: Screen, shell: str) -> None:
    tabs = 2 if shell == "bash" else 1
    screen.lists("timpora exp", "List who holds a current permit", "Write the residents who are", tabs=tabs)
    screen.becomes("timpora expi", "timpora expiring")
    screen.becomes("timpora expiring --distr", "timpora expiring --district")


@pytest.mark.slow
@SHELLS
def test_files_are_completed_where_files_stand_and_nowhere_else(screen: Screen, shell: str) -> None:
    screen.becomes("timpora expiring --output some", "timpora expiring --output somewhere/")
    screen.becomes("timpora expiring --output=some", "timpora expiring --output=somewhere/")
    screen.leaves("timpora expiring --district some")


@pytest.mark.slow
@SHELLS
def test_the_register_on_the_line_is_the_one_that_is_read(screen: Screen, office: "Office", folder: Path) -> None:
    office.person("Ann Invented")
    office.written_to(folder / "office.db")
    for path in ("~/office.db", "$HOME/office.db", "../office.db"):
        screen.becomes(f"timpora --db {path} resident show inv", f"timpora --db {path} resident show 1")
        (folder / "office.db").touch()


@pytest.mark.slow
@SHELLS
def test_a_register_that_cannot_be_read_is_passed_over_in_silence(screen: Screen, folder: Path) -> None:
    (folder / "damaged.db").write_text("a text" * 1000)
    for name in ("missing.db", "damaged.db"):
        screen.leaves(f"timpora --db ../{name} resident show a")


@SHELLS
@pytest.mark.parametrize("quote", ["", *(pytest.param(quote, marks=pytest.mark.slow) for quote in ("'", '"'))])
def test_a_name_is_never_run(screen: Screen, office: "Office", folder: Path, shell: str, quote: str) -> None:
    name = f"Ann {WOULD_RUN}"
    office.person(name)
    office.written_to(folder / "hostile.db")
    screen.type(f"timpora --db ../hostile.db resident list --name {quote}ann", "Tab")
    screen.wait(lambda lines: "was-here" in "".join(lines), "the name on the line")
    screen.ask("send-keys", "-l", "--", "--columns name --format json > ../said.json; echo over")
    screen.ask("send-keys", "Enter")
    screen.wait(lambda lines: "over" in lines, "the end")
    assert json.loads((folder / "said.json").read_text()) == [{"name": name}]
    assert not list(folder.rglob("was-here"))


@pytest.mark.slow
@SHELLS
def test_a_name_is_not_run_when_it_is_only_listed(screen: Screen, office: "Office", folder: Path, shell: str) -> None:
    office.person(f"Ann {WOULD_RUN}")
    office.person(f"Ann % {WOULD_RUN}")
    office.written_to(folder / "hostile.db")
    tabs = 2 if shell == "bash" else 1
    screen.lists("timpora --db ../hostile.db resident show ann", "1", "2", "Ann $(touch", "Ann % $(touch", tabs=tabs)
    screen.type("timpora --db ../hostile.db resident list --name ann", "Tab", "Tab", "Tab")
    screen.wait(lambda lines: "was-here" in "".join(lines), "the names")
    assert not list(folder.rglob("was-here"))


@pytest.mark.slow
def test_zsh_completes_out_of_its_folders_of_functions_too(started: Callable[[str], Screen], folder: Path) -> None:
    script = subprocess.run(
        [folder / "bin" / "timpora", "completion", "zsh"], capture_output=True, text=True, check=True
    )
    functions = folder / "functions"
    functions.mkdir()
    (functions / "_timpora").write_text(script.stdout)
    screen = started("zsh in folders")
    screen.becomes("timpora expiring --district kel", "timpora expiring --district Kelapa\\ Kampit")
    screen.becomes("timpora resident show Wu", "timpora resident show 16")


def test_a_tool_that_is_missing_is_a_reason_to_skip_unless_all_have_to_be_there(
    needs_tool: "NeedsTool", needs_package: "NeedsTool", monkeypatch: pytest.MonkeyPatch
) -> None:
    for needs in (needs_tool, needs_package):
        monkeypatch.delenv("TIMPORA_ALL_TOOLS", raising=False)
        with pytest.raises(pytest.skip.Exception, match="no-such-tool is not installed"):
            needs("no-such-tool")
        monkeypatch.setenv("TIMPORA_ALL_TOOLS", "1")
        with pytest.raises(pytest.fail.Exception, match="no-such-tool is not installed"):
            needs("no-such-tool")
