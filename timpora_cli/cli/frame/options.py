"""Options: records of options that belong together, and the options that stand anywhere on the line.

Values stay text here. Reading them is the work of the command.
"""

import inspect
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from types import MethodType
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NamedTuple, Self, dataclass_transform, get_origin

import typer
from typer.main import get_command
from typer.models import OptionInfo

from timpora_cli import language
from timpora_cli.errors import TimporaError, WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import excerpt

if TYPE_CHECKING:
    from typer._click.core import Context, Parameter

SECONDS = r"[0-9]{1,5}(?:\.[0-9]{1,3})?"
CLOCKS = ("as_of", "known_at")
ANYWHERE = "timpora_cli.cli.frame.options.anywhere"
CONVERTED_BY_US = (str, bool, list[str])


class BadVariable(WrongUsage):
    """{variable}: {fault}"""


class AlsoNeeded(WrongUsage):
    """{option} says nothing without {whole}. Give both, or neither."""


class Reads(NamedTuple):
    """How an option's text is read, in its annotation: `read` gives its value of the text and of what it is read with.

    Where several texts of a line cannot be read, all are told at once (frame/mistakes.py).
    """

    read: Callable[[Any, Any], object]


@dataclass_transform(kw_only_default=True, eq_default=False)
class Options:
    """Options that belong together: each annotated attribute is one, described for Typer, with its default beside it.

    A class of options states its own signature (PEP 362), which Typer reads as that of any callable. A dataclass would
    do the same, but making one costs a start of the program twice as much. An instance is made, and asked for its
    faults, before the function of its command begins.
    """

    __signature__: ClassVar[inspect.Signature]

    def __init_subclass__(cls) -> None:
        described: dict[str, object] = {}
        for one in reversed(cls.__mro__):
            described |= inspect.get_annotations(one)
        cls.__signature__ = inspect.Signature(
            [
                inspect.Parameter(
                    name,
                    inspect.Parameter.KEYWORD_ONLY,
                    annotation=annotation,
                    default=getattr(cls, name, inspect.Parameter.empty),
                )
                for name, annotation in described.items()
                if get_origin(annotation) is not ClassVar
            ]
        )

    def __init__(self, **typed: Any) -> None:
        given = self.__signature__.bind(**typed)
        given.apply_defaults()
        vars(self).update(given.arguments)

    @classmethod
    def of(cls, ctx: typer.Context) -> Self:
        """Return these options as they stand on the line. The command of the line has to name this class."""
        made: Self = ctx.obj[cls]
        return made

    def but(self, **changed: object) -> Self:
        """Return these options with other values for some of them."""
        return type(self)(**{**vars(self), **changed})

    def faults(self, answer: object) -> Iterator[TimporaError]:  # noqa: ARG002
        """Yield what is wrong with these options and needs no register to be seen.

        `answer` is what the line asks for, None where nothing is declared.
        """
        yield from ()

    def given(self, *names: str) -> list[str]:
        """Return those of the options `names` that hold something, as they are typed (for_spreadsheet as
        --for-spreadsheet).
        """
        return [f"--{name.replace('_', '-')}" for name in names if getattr(self, name)]


def parameters(declared: Callable[..., object]) -> tuple["Parameter", ...]:
    """Return what Typer makes of the parameters of a function, or of a class of Options."""
    reader = typer.Typer(add_completion=False)
    reader.command()(declared)
    return tuple(get_command(reader).params)


def refuse_twice(command: str, declared: Sequence["Parameter"]) -> None:
    """Raise TypeError for two parameters of one name: Typer itself is silent about them, and the later wins."""
    taken = [*anywhere(clocks=True), *declared]
    names = [name for parameter in taken for name in {parameter.name, *parameter.opts, *parameter.secondary_opts}]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        message = f"{command}: declared twice: {', '.join(twice)}"
        raise TypeError(message)


def caught(check: Callable[..., object], *given: object) -> Iterator[TimporaError]:
    """Yield the error that `check` raises of what is given, where it raises one."""
    try:
        check(*given)
    except TimporaError as error:
        yield error


def refuse_alone(parts: Mapping[str, object], whole: str) -> None:
    """Raise AlsoNeeded for the first of `parts` that was typed: the option `whole` that it needs was not."""
    for option, value in parts.items():
        if value:
            raise AlsoNeeded(option=option, whole=whole)


def options_typed(ctx: typer.Context) -> list[str]:
    """Return the options of the command that were given, by the names under which they are typed."""
    options = [parameter for parameter in ctx.command.params if parameter.param_type_name == "option"]
    return [option.opts[0] for option in options if _was_typed(ctx, str(option.name))]


def _was_typed(ctx: typer.Context, name: str) -> bool:
    source = ctx.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


class Globals(NamedTuple):
    """The options that stand anywhere, as typed; the database and the officer may come from the environment."""

    db: str | None
    officer: str | None
    as_of: str | None
    known_at: str | None
    wait: float | None = None
    """Seconds; None where nothing is said."""


def globals_of(ctx: typer.Context) -> Globals:
    """Return the options that stand anywhere, as this line and the environment give them."""
    typed = typed_anywhere(ctx)
    return Globals(
        db=typed.get("db") or os.environ.get("TIMPORA_DB") or None,
        officer=typed.get("officer") or os.environ.get("TIMPORA_OFFICER") or None,
        as_of=typed.get("as_of"),
        known_at=typed.get("known_at"),
        wait=float(typed["wait"]) if "wait" in typed else None,
    )


def typed_anywhere(ctx: "Context") -> dict[str, str]:
    """Return the options that stand anywhere, as typed so far on this line; of two, the one nearer the end."""
    known: dict[str, str] = ctx.meta.setdefault(ANYWHERE, {})
    return known


def anywhere(*, clocks: bool) -> tuple["Parameter", ...]:
    """Return the options that every command and group takes, with their help in the language in force.

    Without `clocks` --as-of and --known-at are hidden. They are still read, so that the command can refuse them.
    """
    return _anywhere(language.chosen(), clocks=clocks)


@cache
def _anywhere(_language: str, *, clocks: bool) -> tuple["Parameter", ...]:
    def option(metavar: str, text: str, *, hidden: bool = False) -> OptionInfo:
        described: OptionInfo = typer.Option(
            metavar=metavar, help=text, hidden=hidden, callback=_keep, expose_value=False
        )
        return described

    file = option("FILE", _("The register's file (then TIMPORA_DB, then the usual place)."))
    name = option("NAME", _("Who is at work, for the history (then TIMPORA_OFFICER, then the login name)."))
    which = option("en|id", _("The language of texts (then TIMPORA_LANG, then the locale)."))
    which.autocompletion = _languages
    seconds = option("SECONDS", _("How long to wait for another program that is writing; 60 without it."))
    day = option("DATE", _("What was true on that day; without it, today."), hidden=not clocks)
    moment = option("WHEN", _("What the register knew at that moment, before later corrections."), hidden=not clocks)

    def declared(
        db: Annotated[str | None, file] = None,
        officer: Annotated[str | None, name] = None,
        lang: Annotated[str | None, which] = None,
        wait: Annotated[str | None, seconds] = None,
        as_of: Annotated[str | None, day] = None,
        known_at: Annotated[str | None, moment] = None,
    ) -> None:
        """Declare the options; this is never called."""

    return parameters(declared)


def _keep(ctx: typer.Context, parameter: typer.CallbackParam, value: str | None) -> None:
    if value is None:
        return
    if not value.strip():
        raise typer.BadParameter(_("nothing is written there. Give a value, or leave the option out."))
    if parameter.name == "lang" and value not in language.LANGUAGES:
        raise typer.BadParameter(_('"{value}" is no language of timpora. Use en or id.').format(value=excerpt(value)))
    if parameter.name == "wait" and re.fullmatch(SECONDS, value) is None:
        sentence = _('"{value}" is no number of seconds, at most 99999. Write it as 60, or 0 to wait for nobody.')
        raise typer.BadParameter(sentence.format(value=excerpt(value)))
    typed_anywhere(ctx)[parameter.name] = value


def _languages() -> list[str]:
    return list(language.LANGUAGES)


def take_as_typed(parameter: "Parameter") -> None:
    """Replace Typer's conversion of a text or a flag, which gives the value back unchanged, after loading pydantic.

    Loading pydantic takes 165 of the 390 ms of a start. A Typer before 0.29 describes no type here and converts
    without pydantic; a type that is not text or flag is left to Typer. This function can go when Typer converts a text
    without pydantic: a test of the frame fails then.
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
    if parameter.multiple or parameter.nargs == -1:
        value = list(value) if isinstance(value, (list, tuple)) and value else None
    return value if parameter.callback is None else parameter.callback(ctx, parameter, value)
