"""The process: its streams, the root command, and where failures become exit codes."""

import os
import sys
from itertools import dropwhile
from typing import TYPE_CHECKING, Annotated

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from timpora_cli import language
from timpora_cli.cli.frame.base import Folder
from timpora_cli.cli.talk import say, signals
from timpora_cli.cli.talk.streams import Outlet, delivered, take_streams
from timpora_cli.errors import Exit, TimporaError, WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import excerpt, tidy

if TYPE_CHECKING:
    from typer._click.core import Context

PROGRAM = "timpora"
COMPLETING = "_TIMPORA_COMPLETE"
DEBUG = "TIMPORA_DEBUG"
LONGEST_FAULT = 130  # signs of what Typer says of a line, with the words that were typed: under 500 bytes in all
LONGEST_WORD = 32_767  # characters, as many as in a cell of a sheet
PATIENCE = 2.0  # seconds that a shell waits for candidates


class WordTooLong(WrongUsage):
    """ "{word}" has more than {most} characters. Give less at a time, or in a sheet."""  # noqa: D210 the sentence opens with what was typed


class Root(Folder):
    """The folder of all commands. What a person can cause ends here as a message and an exit code."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: "Context | None" = None, **extra: object
    ) -> "Context":
        """Read the line, after choosing its language: help is translated when a command's module is imported."""
        wanted = language.wanted(args, dict(os.environ))
        if wanted != language.chosen():
            language.choose(wanted)
        try:
            if long := next((word for word in args if len(word) > LONGEST_WORD), None):
                raise WordTooLong(word=excerpt(long), most=LONGEST_WORD)
            return super().make_context(info_name, list(args), parent, **extra)
        except (TyperException, TimporaError) as error:
            if not self._calls_a_monitor(args):
                raise _told(error) from error
            # A monitor reads its state from stdout, also where a word before the command is wrong.
            from timpora_cli.cli.commands.expiring.monitor import failures_are_unknown

            with failures_are_unknown():
                raise

    def _calls_a_monitor(self, args: list[str]) -> bool:
        """Return whether the words call `expiring --monitor`, behind options of which one may be wrong."""
        tolerant = typer.Context(self, ignore_unknown_options=True, resilient_parsing=True)
        _options, words, _order = self.make_parser(tolerant).parse_args(list(args))
        called = list(dropwhile(lambda word: word.startswith("-"), words))
        return called[:1] == ["expiring"] and "--monitor" in called[: [*called, "--"].index("--")]

    def invoke(self, ctx: "Context") -> object:
        """Run the command that was called. Raises typer.Exit with the exit code of an error."""
        try:
            return super().invoke(ctx)
        except (TyperException, TimporaError) as error:
            raise _told(error) from error
        except UnicodeEncodeError as error:
            if "\udc80" <= error.object[error.start] <= "\udcff":
                say.complain(_("what was typed is not text in UTF-8. Set the terminal to UTF-8 and type it again."))
                raise typer.Exit(Exit.WRONG_USAGE) from None
            raise


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


@app.callback(epilog="timpora demo\ntimpora --help")
def timpora(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, expose_value=False)
    ] = False,
) -> None:
    """Keep the register of foreign residents and their stay permits.

    Who expires before date X, and how many are in each district: from one local file of the office's own.
    Begin with: timpora demo
    """


def _told(error: TyperException | TimporaError) -> typer.Exit:
    """Say what is wrong, and return how the process ends. Of a line that Typer cannot read, it names the page."""
    if isinstance(error, TimporaError):
        say.complain("\n".join([str(error), *getattr(error, "__notes__", ())]))
        return typer.Exit(error.exit_code)
    context: Context | None = getattr(error, "ctx", None)
    fault = excerpt(tidy(error.format_message()), LONGEST_FAULT)
    see = _("See: {command} --help").format(command=context.command_path if context else PROGRAM)
    say.complain(f"{fault}\n{see}")
    return typer.Exit(Exit.WRONG_USAGE)


def answered() -> int:
    """Answer this process's command line, and return the exit code (manual: exit-codes) once it is delivered."""
    end = take_streams()
    signals.heed()
    return delivered(_answer(end), end)


def _answer(end: Outlet) -> int:
    shell = os.environ.get(COMPLETING)
    try:
        if shell is not None:
            return _complete(shell)
        get_command(app).main(prog_name=PROGRAM)
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else int(ending.code is not None)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except Exception as error:
        if end.failure is None and (shell is None or DEBUG in os.environ):
            _report(error)
        return 1
    return 0


def _complete(shell: str) -> int:
    """Answer TAB in `shell`, whole and soon or not at all: a register can be busy, and somebody waits at the prompt."""
    import threading

    from timpora_cli.cli.completion.shells import answer

    given_up = threading.Timer(PATIENCE, os._exit, (1,))
    given_up.daemon = True
    given_up.start()
    try:
        told = answer(shell, get_command(app), sys.argv[1:])
    finally:
        given_up.cancel()
    sys.stdout.write(told)
    return 0


def _report(error: Exception) -> None:
    """Say that `error` was not foreseen, and where; never its text, which may hold personal data."""
    if os.environ.get(DEBUG) == "1":
        import traceback

        traceback.print_exception(error)
    else:
        say.complain(say.unforeseen(error))
