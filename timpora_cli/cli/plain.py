"""The command and group classes of timpora: values as typed, options that stand anywhere, help as a manual page.

With them Typer loads neither pydantic nor rich. Values stay text here: reading them is the commands' own business.
"""

import inspect
import os
from functools import cache
from types import MethodType
from typing import TYPE_CHECKING, Annotated, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from timpora_cli import language
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import excerpt

if TYPE_CHECKING:
    from typer._click.core import Command, Context, Parameter
    from typer._click.formatting import HelpFormatter
else:
    # The mixin stands before TyperCommand or TyperGroup; naming their vendored parent would tie us to one version.
    Command = object

CLOCKS = ("as_of", "known_at")
NOTED = "timpora_cli.cli.plain"
CONVERTED_BY_US = (str, bool, list[str])


def command_app() -> typer.Typer:
    """Return the Typer application of a module with one command."""
    return typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


def group_app(help: str) -> typer.Typer:
    """Return the Typer application of a module with several commands; `help` says what they have in common."""
    return typer.Typer(
        cls=Group,
        help=help,
        callback=lambda: None,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
    )


def examples(*lines: str) -> str:
    """Return command lines as the `epilog=` of a command: its help shows them one below the other."""
    return "\n".join(lines)


def examples_of(command: "Command") -> list[str]:
    """Return the example lines of a command's help, as they are typed."""
    return (command.epilog or "").splitlines()


def noted(ctx: "Context") -> dict[str, str]:
    """Return the options that stand anywhere, as typed so far on this line: of two, the one nearer the end."""
    known: dict[str, str] = ctx.meta.setdefault(NOTED, {})
    return known


def approved(command: "Command") -> "Command":
    """Return `command` when it and its subcommands keep the conventions of this module; a TypeError says what not.

    Typer itself is silent about two parameters of one name, of which the later then wins.
    """
    if not isinstance(command, (Reading, Timeless, Group)):
        message = f"{command.name}: name its class, as in @app.command(cls=Reading); see timpora_cli/cli/plain.py"
        raise TypeError(message)
    taken = [*_everywhere(language.chosen(), clocks=True), *command.params]
    names = [name for parameter in taken for name in {parameter.name, *parameter.opts, *parameter.secondary_opts}]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        message = f"{command.name}: declared twice: {', '.join(twice)}"
        raise TypeError(message)
    for subcommand in command.commands.values() if isinstance(command, Group) else ():
        approved(subcommand)
    return command


class UnknownLanguage(WrongUsage):
    """TIMPORA_LANG is "{value}", which is no language of timpora. Set it to en or id."""


class NotForThisCommand(WrongUsage):
    """{command} does not read the register; --as-of and --known-at are for reading commands."""


class NotForAChange(WrongUsage):
    """{command} records what is so; --as-of and --known-at are for reading commands."""


class _Page(Command):
    """What commands and groups share: the options that stand anywhere, values as typed, and the help page."""

    clocks: ClassVar[bool] = True

    def get_params(self, ctx: "Context") -> list["Parameter"]:
        """Return the parameters: the command's own, --help, and those that stand anywhere."""
        parameters = [*super().get_params(ctx), *_everywhere(language.chosen(), clocks=self.clocks)]
        for parameter in parameters:
            _take_as_typed(parameter)
        return parameters

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        """Read the words of this level; Typer leaves one of its errors, a missing value, without its usage lines."""
        try:
            return super().parse_args(ctx, args)
        except Exception as error:
            if getattr(error, "ctx", ctx) is None:
                error.ctx = ctx  # type: ignore[attr-defined]
            raise

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 the first line is short by our own rule
        """Return the summary: the first line of the help, whole."""
        return _translated(self.help).partition("\n")[0].rstrip(".")

    def format_help_text(self, ctx: "Context", formatter: "HelpFormatter") -> None:  # noqa: ARG002
        """Write the help in the language in force: it is a docstring, as the errors' sentences are."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_translated(self.help))

    def format_options(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write the parameters in three sections: arguments, options, and the options that stand anywhere."""
        anywhere = _everywhere(language.chosen(), clocks=self.clocks)
        arguments, options, everywhere = _("Arguments"), _("Options"), _("Everywhere")
        sections: dict[str, list[tuple[str, str]]] = {arguments: [], options: [], everywhere: []}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is None:
                continue
            if parameter.param_type_name == "argument":
                sections[arguments].append((record[0].partition(" <")[0], record[1]))
            elif parameter in anywhere:
                sections[everywhere].append(record)
            else:
                sections[options].append((record[0], _ending(parameter) or record[1]))
        for heading, rows in sections.items():
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)

    def format_epilog(self, ctx: "Context", formatter: "HelpFormatter") -> None:  # noqa: ARG002
        """Write the examples, never wrapped: a line of them can be copied."""
        if lines := examples_of(self):
            with formatter.section(_("Examples")):
                formatter.write("".join(f"  {line}\n" for line in lines))


class Reading(_Page, TyperCommand):
    """A command that reads the register, and so takes --as-of and --known-at."""

    def invoke(self, ctx: "Context") -> object:
        """Run the command. Raises WrongUsage where TIMPORA_LANG is in force and names no language of ours."""
        _check_language(ctx)
        return super().invoke(ctx)


class Timeless(_Page, TyperCommand):
    """A command that has no use for --as-of and --known-at, and refuses them wherever they stand."""

    clocks = False

    def invoke(self, ctx: "Context") -> object:
        """Run the command. Raises WrongUsage for a clock, and as Reading does."""
        _check_language(ctx)
        if any(clock in noted(ctx) for clock in CLOCKS):
            raise self.refusal(ctx.command_path.partition(" ")[2])
        return super().invoke(ctx)

    def refusal(self, command: str) -> WrongUsage:
        """Return the error that says why `command` takes no clock."""
        return NotForThisCommand(command=command)


class Writing(Timeless):
    """A command that changes the register: what it records is so, from now on."""

    def refusal(self, command: str) -> WrongUsage:
        """Return the error that says why `command` takes no clock."""
        return NotForAChange(command=command)


class Group(_Page, TyperGroup):
    """Several commands under one name; without one of them it shows its page."""

    def format_options(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write the commands before the options: they are what one looks for."""
        self.format_commands(ctx, formatter)
        super().format_options(ctx, formatter)

    def format_commands(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write each command with its summary, in the order they were declared."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, command.get_short_help_str()) for name, command in commands if command])


def help_of(option: "Parameter") -> str:
    """Return what the help page says of an option."""
    return _ending(option) or getattr(option, "help", None) or ""


def _ending(option: "Parameter") -> str | None:
    """Return what an option does that ends the call: Typer's own words for it are not in our languages."""
    endings = {"--help": _("Show this page and end."), "--version": _("Print the version and end.")}
    return next((endings[name] for name in option.opts if name in endings), None)


def _translated(help_text: str | None) -> str:
    return _(inspect.cleandoc(help_text)) if help_text else ""


def _check_language(ctx: "Context") -> None:
    wanted = os.environ.get("TIMPORA_LANG", "")
    if wanted and "lang" not in noted(ctx) and wanted not in language.LANGUAGES:
        raise UnknownLanguage(value=excerpt(wanted))


def _take_as_typed(parameter: "Parameter") -> None:
    """Step around Typer's conversion where it would only give a text or a flag back, unchanged, after loading pydantic.

    Typer before 0.29 describes no type here and converts cheaply; whatever is not ours to convert is left to Typer.
    """
    described = getattr(parameter, "type_descriptor", None)
    if described is None or described.annotation not in CONVERTED_BY_US or described.parameter_info.parser is not None:
        return
    if described.annotation is bool and parameter.envvar is not None:
        return
    parameter.process_value = MethodType(_as_typed, parameter)  # type: ignore[method-assign]


def _as_typed(parameter: "Parameter", ctx: "Context", value: object) -> object:
    if parameter.required and parameter.value_is_missing(value):
        return type(parameter).process_value(parameter, ctx, value)  # Typer's own refusal
    if value is None and (parameter.multiple or parameter.nargs == -1):
        value = ()
    return value if parameter.callback is None else parameter.callback(ctx, parameter, value)


def _note(ctx: typer.Context, parameter: typer.CallbackParam, value: str | None) -> None:
    if value is None:
        return
    if not value.strip():
        raise typer.BadParameter(_("nothing is written there. Give a value, or leave the option out."))
    if parameter.name == "lang" and value not in language.LANGUAGES:
        raise typer.BadParameter(_('"{value}" is no language of timpora. Use en or id.').format(value=excerpt(value)))
    noted(ctx)[parameter.name] = value


@cache
def _everywhere(_language: str, *, clocks: bool) -> tuple["Parameter", ...]:
    """Return the options that every command and group takes, with their help in the language in force.

    Without `clocks` those two are hidden, not gone: a command that has no use for them says so.
    """
    said = {
        "db": ("FILE", _("The register's file (then TIMPORA_DB, then the usual place).")),
        "officer": ("NAME", _("Who is at work, for the history (then TIMPORA_OFFICER, then the login name).")),
        "lang": ("en|id", _("The language of texts (then TIMPORA_LANG, then the locale).")),
        "as_of": ("DATE", _("What was true on that day; without it, today.")),
        "known_at": ("WHEN", _("What the register knew at that moment, before later corrections.")),
    }

    def option(name: str, metavar: str, text: str) -> inspect.Parameter:
        described = typer.Option(
            f"--{name.replace('_', '-')}",
            metavar=metavar,
            help=text,
            hidden=name in CLOCKS and not clocks,
            callback=_note,
            expose_value=False,
            autocompletion=_languages if name == "lang" else None,
        )
        annotation = Annotated[str | None, described]
        return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)

    def declared() -> None:
        """Stand for a signature: Typer, whatever its version, makes its parameters from one."""

    signature = inspect.Signature([option(name, *texts) for name, texts in said.items()])
    declared.__signature__ = signature  # type: ignore[attr-defined]
    declaring = typer.Typer(add_completion=False)
    declaring.command()(declared)
    return tuple(get_command(declaring).params)


def _languages() -> list[str]:
    return list(language.LANGUAGES)
