"""What a command is: its class, the records of options that it takes, its answer; and the folders of commands.

`timpora A B` is the function `b` of cli/commands/a/b.py, under `@command(...)`. It is imported when it is called.
"""

import inspect
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from importlib import import_module
from itertools import chain
from keyword import iskeyword
from typing import TYPE_CHECKING, TypeVar, cast

import typer
from typer.core import TyperCommand, TyperGroup

from timpora_cli import language
from timpora_cli.cli.frame.options import (
    CLOCKS,
    Options,
    anywhere,
    options_typed,
    parameters,
    refuse_twice,
    take_as_typed,
    typed_anywhere,
)
from timpora_cli.cli.frame.page import Page
from timpora_cli.errors import Exit, TimporaError, WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import did_you_mean, excerpt

if TYPE_CHECKING:
    from typer._click.core import Command, Context, Parameter
    from typer._click.formatting import HelpFormatter

COMMANDS = "timpora_cli.cli.commands"
Made = TypeVar("Made", bound="Single")


class UnknownLanguage(WrongUsage):
    """TIMPORA_LANG is "{value}", which is no language of timpora. Set it to en or id."""


class NotForThisCommand(WrongUsage):
    """{command} does not read the register; --as-of and --known-at are for reading commands."""


class NotForAChange(WrongUsage):
    """{command} records what is so; --as-of and --known-at are for reading commands."""


class BeforeTheCommand(WrongUsage):
    """{options} is for {command} alone, and stands here before {further}. Leave it out."""


class _Level(Page):
    """What commands and groups share: the options that stand anywhere, and values as typed."""

    def get_params(self, ctx: "Context") -> list["Parameter"]:
        """Return the parameters: the command's own, --help, and those that stand anywhere."""
        found = [*super().get_params(ctx), *anywhere(clocks=self.clocks)]
        for parameter in found:
            take_as_typed(parameter)
        return found

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        """Read the words of this level; one of Typer's errors, a missing value, does not say of which command it is."""
        try:
            return super().parse_args(ctx, args)
        except Exception as error:
            if getattr(error, "ctx", ctx) is None:
                error.ctx = ctx  # type: ignore[attr-defined]
            raise


class Single(_Level, TyperCommand):
    """A command. Its function gets the context, and those parameters that it declares itself.

    `records` are its records of options with the names of their parameters, `own` the names of the function's own
    parameters, `answers` what it answers: see `command`.
    """

    function: Callable[..., None]
    records: Mapping[type[Options], Sequence[str]]
    own: Sequence[str]
    answers: Mapping[str, object]

    def invoke(self, ctx: "Context") -> object:
        """Run the command, once nothing is wrong with its options. Raises UnknownLanguage for TIMPORA_LANG."""
        wanted = os.environ.get("TIMPORA_LANG", "")
        if wanted and "lang" not in typed_anywhere(ctx) and wanted not in language.LANGUAGES:
            raise UnknownLanguage(value=excerpt(wanted))
        typed = ctx.params
        ctx.obj = {record: record(**{name: typed[name] for name in names}) for record, names in self.records.items()}
        answer = self.answer(typed)
        if faults := [fault for made in ctx.obj.values() for fault in made.faults(answer)]:
            raise self.told(ctx, *faults)
        return self.run(ctx)

    def run(self, ctx: "Context") -> object:
        """Call the command's function."""
        return ctx.invoke(self.function, ctx, **{name: ctx.params[name] for name in self.own})

    def told(self, ctx: "Context", *errors: TimporaError) -> TimporaError:
        """Return the errors as one, together with every other text of the line that cannot be read."""
        from timpora_cli.cli.frame.mistakes import together

        return together(self, cast("typer.Context", ctx), errors)

    def answer(self, typed: Mapping[str, object]) -> object:
        """Return what the command answers to a line with these values, or None where nothing is declared.

        The keys of `answers` are the words that ask for each: "" for the usual one, "--passports", "--by village".
        """
        found = self.answers.get("")
        for words, answer in self.answers.items():
            option, _space, value = words.partition(" ")
            given = next((typed.get(str(one.name)) for one in self.params if option in one.opts), None)
            if given is True or (value and str(given).casefold() == value):
                return answer
            if value and given:
                found = None  # a value that is not declared: the command itself refuses it
        return found


class Reading(Single):
    """A command that reads the register, and so takes --as-of and --known-at."""

    def run(self, ctx: "Context") -> object:
        """Call the command's function; where it stops, all that is wrong with the line is told at once."""
        try:
            return super().run(ctx)
        except TimporaError as error:
            raise self.told(ctx, error) from error


class Timeless(Single):
    """A command that has no use for --as-of and --known-at, and refuses them wherever they stand."""

    clocks = False
    refusal: type[WrongUsage] = NotForThisCommand

    def invoke(self, ctx: "Context") -> object:
        """Run the command. Raises `refusal` for a clock, and as every command does."""
        if any(clock in typed_anywhere(ctx) for clock in CLOCKS):
            raise self.refusal(command=ctx.command_path.partition(" ")[2])
        return super().invoke(ctx)


class Writing(Timeless):
    """A command that changes the register. What it records is true from now on."""

    refusal = NotForAChange


class Folder(_Level, TyperGroup):
    """The commands of a folder: a file each, or a folder again. Without a command it shows its page.

    `package` is the folder's module. Its docstring is the help, its COMMANDS are the names in the order of the page.
    """

    package: str = COMMANDS

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        """Read the words of this level; where there are none, show the page and exit with 2."""
        if not args and self.no_args_is_help and not ctx.resilient_parsing:
            typer.echo(ctx.get_help(), err=True)
            ctx.exit(Exit.WRONG_USAGE)
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: "Context") -> list[str]:  # noqa: ARG002
        """Return the names of the commands, in the order in which an officer needs them."""
        return list(import_module(self.package).COMMANDS)

    def get_command(self, ctx: "Context", cmd_name: str) -> "Command | None":
        """Import and return one command, or None where there is none of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = import_module(f"{self.package}.{cmd_name}{'_' if iskeyword(cmd_name) else ''}")
        for made in vars(module).values():
            if isinstance(made, Single):
                # Typer keeps in a command what one line said of it: each line gets its own.
                found = copy(made)
                found.name = cmd_name
                return leading(found, module.__name__) if hasattr(module, "COMMANDS") else found
        return folder(cmd_name, module.__name__)

    def resolve_command(self, ctx: "Context", args: list[str]) -> tuple[str | None, "Command | None", list[str]]:
        """Return the command that `args` call; a name that is not there is refused with those it may have meant."""
        if args[0] not in (known := self.list_commands(ctx)) and args[0][:1] != "-" and not ctx.resilient_parsing:
            ctx.fail(f'No such command "{excerpt(args[0])}".{did_you_mean(args[0], known)}')
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write the commands before the options: they are what one looks for."""
        self.format_commands(ctx, formatter)
        super().format_options(ctx, formatter)

    def format_commands(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write each command with its summary, in the order of COMMANDS."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, command.get_short_help_str()) for name, command in commands if command])


class Leading(Folder):
    """A command with further commands behind it, as `check` with `check accept`; `own` is the command itself."""

    own: Single

    def invoke(self, ctx: "Context") -> object:
        """Run the further command that is called, else the command itself."""
        found: object = super().invoke(ctx)
        if ctx.invoked_subcommand:
            return found
        ctx.command = self.own  # what is asked of the line from here on, a command answers and no folder
        return self.own.invoke(ctx)

    def resolve_command(self, ctx: "Context", args: list[str]) -> tuple[str | None, "Command | None", list[str]]:
        """Return the further command that `args` call. Raises BeforeTheCommand for options of the command itself."""
        if given := options_typed(cast("typer.Context", ctx)):
            raise BeforeTheCommand(options=", ".join(given), command=self.name, further=args[0])
        return super().resolve_command(ctx, args)

    def answer(self, typed: Mapping[str, object]) -> object:
        """Return what the command itself answers: see `Single.answer`."""
        return self.own.answer(typed)


def commands_of(group: Folder, *before: str) -> Iterator[tuple[tuple[str, ...], Single]]:
    """Yield every command of a folder and of the folders in it, with the words that call it. All are imported."""
    context = typer.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        if isinstance(found, Leading):
            yield (*before, name), found.own
        if isinstance(found, Folder):
            yield from commands_of(found, *before, name)
        elif isinstance(found, Single):
            yield (*before, name), found


def folder(name: str, package: str) -> Folder:
    """Return the group of the commands in a folder of modules."""
    made = Folder(name=name, help=import_module(package).__doc__, no_args_is_help=True, rich_markup_mode=None)
    made.package = package
    return made


def leading(own: Single, package: str) -> Leading:
    """Return the command `own` with the commands in its folder of modules behind it."""
    made = Leading(
        name=own.name,
        params=own.params,
        help=own.help,
        epilog=own.epilog,
        invoke_without_command=True,
        rich_markup_mode=None,
    )
    made.own, made.package, made.clocks = own, package, own.clocks
    return made


def command(
    kind: type[Made],
    *records: type[Options],
    answer: object = None,
    examples: Sequence[str] = (),
    settings: Mapping[str, object] | None = None,
) -> Callable[[Callable[..., None]], Made]:
    """Make a function the command of its file.

    `kind` is Reading, Writing or Timeless. `records` are the records of options that it takes; the help page has their
    options in this order, and behind them those of the function itself. `answer` is the table or card that it writes,
    or a mapping of such by the words that ask for each (see `Single.answer`). `examples` are lines for the help page.
    `settings` are Typer's context settings. Raises TypeError for two parameters of one name.
    """

    def make(function: Callable[..., None]) -> Made:
        of_records = {record: parameters(record) for record in records}
        own = parameters(function)
        made = kind(
            function.__name__,
            callback=function,
            params=[*chain(*of_records.values()), *own],
            help=inspect.getdoc(function),
            epilog="\n".join(examples),
            context_settings=dict(settings or {}),
            rich_markup_mode=None,
        )
        made.function = function
        made.records = {record: [str(one.name) for one in found] for record, found in of_records.items()}
        made.own = [str(one.name) for one in own]
        made.answers = answer if isinstance(answer, Mapping) else {} if answer is None else {"": answer}
        refuse_twice(function.__name__, made.params)
        return made

    return make
