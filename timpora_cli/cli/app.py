"""The root of the command line: which module holds which command, and where failures become exit codes."""

import os
import sys
from difflib import get_close_matches
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
import typer.main

from timpora_cli import language
from timpora_cli.cli import talk
from timpora_cli.cli.plain import Group, approved, examples
from timpora_cli.errors import TimporaError
from timpora_cli.language import _

if TYPE_CHECKING:
    from typer._click.core import Command, Context

PROGRAM = "timpora"
COMPLETING = "_TIMPORA_COMPLETE"
DEBUG = "TIMPORA_DEBUG"
PATIENCE = 2.0  # seconds that a shell waits for candidates
UNKNOWN_TO_A_MONITOR = 3
PACKAGE = Path(__file__).parents[1]
COMMANDS = {
    "expiring": "timpora_cli.cli.expiring",
    "counts": "timpora_cli.cli.counts",
    "status": "timpora_cli.cli.status",
    "resident": "timpora_cli.cli.resident",
    "permit": "timpora_cli.cli.permit",
    "import": "timpora_cli.cli.importing",
    "export": "timpora_cli.cli.exporting",
    "reconcile": "timpora_cli.cli.reconciling",
    "relief": "timpora_cli.cli.relief",
    "rule": "timpora_cli.cli.rule",
    "holiday": "timpora_cli.cli.holiday",
    "district": "timpora_cli.cli.district",
    "village": "timpora_cli.cli.village",
    "region": "timpora_cli.cli.region",
    "setting": "timpora_cli.cli.setting",
    "history": "timpora_cli.cli.history",
    "undo": "timpora_cli.cli.undo",
    "check": "timpora_cli.cli.check",
    "verify": "timpora_cli.cli.verify",
    "schema": "timpora_cli.cli.schema",
    "init": "timpora_cli.cli.init",
    "demo": "timpora_cli.cli.demo",
    "completion": "timpora_cli.cli.completion",
}
"""Each command's module, in the order an officer needs them; a module is imported when its command is called."""


class Root(Group):
    """The group of all commands: one is imported when it is called; our errors become messages and exit codes."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: "Context | None" = None, **extra: object
    ) -> "Context":
        """Read the line, after choosing its language: help is translated when a command's module is imported."""
        wanted = language.wanted(args, dict(os.environ))
        if wanted != language.chosen():
            language.choose(wanted)
        return super().make_context(info_name, args, parent, **extra)

    def list_commands(self, ctx: "Context") -> list[str]:  # noqa: ARG002
        """Return the names of the commands there are, in the table's order."""
        return [name for name in COMMANDS if _exists(name)]

    def get_command(self, ctx: "Context", cmd_name: str) -> "Command | None":  # noqa: ARG002
        """Import and return one command, or None where there is none of that name."""
        if not _exists(cmd_name):
            return None
        command = typer.main.get_command(import_module(COMMANDS[cmd_name]).app)
        command.name = cmd_name
        return approved(command)

    def resolve_command(self, ctx: "Context", args: list[str]) -> tuple[str | None, "Command | None", list[str]]:
        """Return the command that `args` call; a name we do not have is refused with the ones it may have meant."""
        if not _exists(args[0]) and not args[0].startswith("-") and not ctx.resilient_parsing:
            near = ", ".join(repr(name) for name in get_close_matches(args[0], self.list_commands(ctx)))
            ctx.fail(f"No such command {args[0]!r}." + (f" Did you mean {near}?" if near else ""))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: "Context") -> object:
        """Run the command that was called; what a person can cause ends as a message and an exit code."""
        if _for_a_monitor():
            return super().invoke(ctx)
        try:
            return super().invoke(ctx)
        except TimporaError as error:
            talk.complain(str(error))
            raise typer.Exit(error.exit_code) from error
        except UnicodeEncodeError as error:
            if "\udc80" <= error.object[error.start] <= "\udcff":
                talk.complain(_("what was typed is not text in UTF-8. Set the terminal to UTF-8 and type it again."))
                raise typer.Exit(2) from None
            raise


def _exists(name: str) -> bool:
    return name in COMMANDS and find_spec(COMMANDS[name]) is not None


app = typer.Typer(
    cls=Root,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"{PROGRAM} {version(PROGRAM)}")
        except PackageNotFoundError:
            typer.echo(f"{PROGRAM} (run from its source, not installed)")
        raise typer.Exit


@app.callback(epilog=examples("timpora demo", "timpora --help"))
def timpora(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, expose_value=False)
    ] = False,
) -> None:
    """Keep the register of foreign residents and their stay permits.

    Who expires before date X, and how many are in each district: from one local file of the office's own.
    Begin with: timpora demo
    """


def answered() -> int:
    """Answer this process's command line, and return the exit code of the contract once the answer is delivered."""
    end = talk.take_streams()
    code = talk.delivered(_answer(end), end)
    return UNKNOWN_TO_A_MONITOR if end.failure is not None and _for_a_monitor() else code


def main() -> None:
    """Answer this process's command line and end it with an exit code of the contract."""
    sys.exit(answered())


def _answer(end: talk.Outlet) -> int:
    shell = os.environ.get(COMPLETING)
    try:
        if shell is not None:
            return _complete(shell)
        if _for_a_monitor():
            return _answer_a_monitor(end)
        typer.main.get_command(app).main(prog_name=PROGRAM)
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else int(ending.code is not None)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if end.failure is None and (shell is None or DEBUG in os.environ):
            _report(error)
        return 1
    return 0


def _complete(shell: str) -> int:
    """Answer TAB in `shell`, whole and soon or not at all: a register can be busy, and somebody waits at the prompt."""
    import threading

    from timpora_cli.cli.shells import answer

    given_up = threading.Timer(PATIENCE, os._exit, (1,))
    given_up.daemon = True
    given_up.start()
    try:
        told = answer(shell, typer.main.get_command(app), sys.argv[1:])
    finally:
        given_up.cancel()
    sys.stdout.write(told)
    return 0


def _for_a_monitor() -> bool:
    """Return whether this process's line is a monitor's (`expiring --monitor`), whatever else is wrong with it."""
    words = sys.argv[1:]
    given = words[: words.index("--")] if "--" in words else words
    return "expiring" in given and "--monitor" in given


def _answer_a_monitor(end: talk.Outlet) -> int:
    """Answer a monitor: any error, that of a wrong usage too, is its state UNKNOWN, said where it reads."""
    try:
        return int(typer.main.get_command(app).main(prog_name=PROGRAM, standalone_mode=False) or 0)
    except Exception as error:
        if end.failure is not None:
            return UNKNOWN_TO_A_MONITOR
        from timpora_cli import render
        from timpora_cli.render import monitor

        usage = getattr(error, "format_message", None)
        reason = usage() if usage else str(error) if isinstance(error, TimporaError) else _unforeseen(error)
        render.write_line(monitor.unknown(reason))
        return UNKNOWN_TO_A_MONITOR


def _report(error: Exception) -> None:
    """Say that `error` was not foreseen, and where; never its text, which may hold personal data."""
    if os.environ.get(DEBUG) == "1":
        import traceback

        traceback.print_exception(error)
    else:
        talk.complain(_unforeseen(error))


def _unforeseen(error: Exception) -> str:
    """Return the sentence that says that `error` was not foreseen, and where."""
    import traceback

    places = [(Path(frame.f_code.co_filename), line) for frame, line in traceback.walk_tb(error.__traceback__)]
    ours = [(path.relative_to(PACKAGE.parent), line) for path, line in places if path.is_relative_to(PACKAGE)]
    path, line = (ours or places)[-1]
    sentence = _("unexpected failure: {kind} at {path}:{line} (set TIMPORA_DEBUG=1 for the full report).")
    return sentence.format(kind=type(error).__name__, path=path.as_posix(), line=line)
