"""Options that many commands share, as records: a command takes the record, Typer sees the options.

Values stay as they were typed, but for what needs no register to be checked.
"""

import inspect
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import MISSING, is_dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, NamedTuple, get_origin, get_type_hints

import typer
from typer.models import OptionInfo

from timpora_cli.cli import talk
from timpora_cli.cli.plain import noted
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _, n_
from timpora_cli.model.names import did_you_mean, excerpt

if TYPE_CHECKING:
    from timpora_cli import render
    from timpora_cli.queries.filters import Asked

FORMATS = ("table", "plain", "csv", "tsv", "json", "ndjson")


class UnknownFormat(WrongUsage):
    """There is no format "{format}".{hint}
    Known: {known}.
    """


class NotALimit(WrongUsage):
    """--limit "{limit}" is not a number of rows. Write a whole number from 0, as in --limit 20."""


class EmptyFilter(WrongUsage):
    """{option} is empty. Give a value, or leave the option out."""


class FormatTwice(WrongUsage):
    """--output says the format by the file's ending, and --format says it too. Leave --format out."""


class NothingToForce(WrongUsage):
    """--force is for --output FILE, and no file was named."""


class NoColumn(WrongUsage):
    """A name is missing in {option} "{names}". Write them with commas between, as in name,expires_on."""


class Globals(NamedTuple):
    """The options that stand anywhere, as typed; the database and the officer may come from the environment."""

    db: str | None
    officer: str | None
    as_of: str | None
    known_at: str | None


def globals_of(ctx: typer.Context) -> Globals:
    """Return the options that stand anywhere, as this line and the environment give them."""
    typed = noted(ctx)
    return Globals(
        db=typed.get("db") or os.environ.get("TIMPORA_DB") or None,
        officer=typed.get("officer") or os.environ.get("TIMPORA_OFFICER") or None,
        as_of=typed.get("as_of"),
        known_at=typed.get("known_at"),
    )


class OptionRecord:
    """A record of options: each annotated attribute of the class is an option, with its default beside it.

    A dataclass does as well; making one costs a command on the way to every list a hundredth of its start.
    """

    def __init__(self, **typed: object) -> None:
        for name, value in typed.items():
            setattr(self, name, value)
        self.check()

    def check(self) -> None:
        """Refuse what needs no register to be checked, before the command begins."""


def takes_records(function: Callable[..., None]) -> Callable[..., None]:
    """Let a command take dataclasses whose fields are options: Typer sees the fields, the command gets the records.

    It stands below `@app.command`. Two options of one name are a TypeError, when the module is imported.
    """
    hints = get_type_hints(function, include_extras=True)
    records: dict[str, tuple[type, list[str]]] = {}
    options: list[inspect.Parameter] = []
    for parameter in inspect.signature(function).parameters.values():
        hint = hints[parameter.name]
        found = [parameter.replace(annotation=hint, kind=inspect.Parameter.KEYWORD_ONLY)]
        if isinstance(hint, type) and (issubclass(hint, OptionRecord) or is_dataclass(hint)):
            found = _options_of(hint)
            records[parameter.name] = hint, [option.name for option in found]
        options += found
    names = [option.name for option in options]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        message = f"{function.__qualname__}: declared twice: {', '.join(twice)}"
        raise TypeError(message)

    @wraps(function)
    def command(**values: object) -> None:
        made = {name: record(**{key: values.pop(key) for key in keys}) for name, (record, keys) in records.items()}
        function(**values, **made)

    command.__signature__ = inspect.Signature(options)  # type: ignore[attr-defined]
    command.__annotations__ = {option.name: option.annotation for option in options}
    return command


def _options_of(record: type) -> list[inspect.Parameter]:
    empty = inspect.Parameter.empty
    return [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=_default(record, name, empty), annotation=annotation
        )
        for name, annotation in get_type_hints(record, include_extras=True).items()
        if get_origin(annotation) is not ClassVar
    ]


def _default(record: type, name: str, none: object) -> object:
    declared = getattr(record, "__dataclass_fields__", {}).get(name)
    if declared is None:
        return getattr(record, name, none)
    return none if declared.default is MISSING else declared.default


Texts = list[str] | None


class Filters(OptionRecord):
    """What narrows a list or a count. Repeating one means "or", different ones mean "and"."""

    district: Annotated[
        Texts, typer.Option("--district", metavar="NAME", help=_("Only who lives in this district; a name or a code."))
    ] = None
    village: Annotated[
        Texts, typer.Option("--village", metavar="NAME", help=_("Only who lives in this village; a name or a code."))
    ] = None
    permit_class: Annotated[
        Texts, typer.Option("--class", metavar="CLASS", help=_("Only this permit class, as in KITAS."))
    ] = None
    group: Annotated[Texts, typer.Option("--group", metavar="GROUP", help=_("Only this group, as in VISIT."))] = None
    nationality: Annotated[
        Texts, typer.Option("--nationality", metavar="COUNTRY", help=_("Only this nationality; a name or a code."))
    ] = None
    purpose: Annotated[Texts, typer.Option("--purpose", metavar="PURPOSE", help=_("Only this purpose of stay."))] = None
    sponsor: Annotated[
        Texts,
        typer.Option("--sponsor", metavar="NAME", help=_("Only who has this sponsor; a part of the name will do.")),
    ] = None
    name: Annotated[
        Texts, typer.Option("--name", metavar="NAME", help=_("Only people of this name; a part of it will do."))
    ] = None
    state: Annotated[
        Texts, typer.Option("--state", metavar="STATE", help=_("Only permits in this state, as in OVERSTAY."))
    ] = None

    def asked(self) -> "Asked":
        """Return the filters as the queries take them, still as typed. Raises EmptyFilter."""
        from timpora_cli.queries.filters import Asked

        typed = {name: tuple(getattr(self, name) or ()) for name in Asked._fields}
        for name, texts in typed.items():
            if not all(text.strip() for text in texts):
                raise EmptyFilter(option="--class" if name == "permit_class" else f"--{name}")
        return Asked(**typed)


def format_option(formats: Sequence[str]) -> OptionInfo:
    """Return the option --format for a command that writes these formats."""
    option: OptionInfo = typer.Option(
        "--format",
        metavar="FORMAT",
        help=_("One of {formats}; without it, table on a terminal and plain elsewhere.").format(
            formats=", ".join(formats)
        ),
        autocompletion=lambda: list(formats),
    )
    return option


class CardOptions(OptionRecord):
    """How one record is written. Raises UnknownFormat when it is made."""

    formats: ClassVar[tuple[str, ...]] = FORMATS

    format: Annotated[str | None, format_option(FORMATS)] = None
    mask: Annotated[
        bool, typer.Option("--mask", help=_("Hide passport and permit numbers but their last three characters."))
    ] = False

    def check(self) -> None:
        """Check what needs no register, before the command begins."""
        if self.format is not None and self.format not in self.formats:
            hint = did_you_mean(self.format, self.formats, limit=1)
            raise UnknownFormat(format=excerpt(self.format), hint=hint, known=", ".join(self.formats))

    def chosen(self) -> "render.Output":
        """Return the options as the renderer takes them."""
        from timpora_cli import render

        terminal = sys.stdout.isatty()
        return render.Output(
            format=self.format or ("table" if terminal else "plain"), mask=self.mask, terminal=terminal
        )


class OutputOptions(CardOptions):
    """How a list is written. Raises UnknownFormat, NotALimit or NoColumn when it is made."""

    columns: Annotated[
        str | None, typer.Option("--columns", metavar="A,B", help=_("These columns, in this order."))
    ] = None
    sort: Annotated[
        str | None, typer.Option("--sort", metavar="KEY", help=_("By this column; with - before it, the last first."))
    ] = None
    limit: Annotated[str | None, typer.Option("--limit", metavar="N", help=_("No more rows than this."))] = None
    for_spreadsheet: Annotated[
        bool, typer.Option("--for-spreadsheet", help=_("Make cells inert that a spreadsheet would run as a formula."))
    ] = False
    exit_code: Annotated[bool, typer.Option("--exit-code", help=_("Exit with 3 when the list is not empty."))] = False
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            metavar="FILE",
            help=_("Into this file, also an empty list: .csv .tsv .json .ndjson .txt .xlsx."),
        ),
    ] = None
    force: Annotated[bool, typer.Option("--force", help=_("Write --output over a file that is there."))] = False

    def check(self) -> None:
        """Check what needs no register, before the command begins."""
        super().check()
        if self.limit is not None and not (self.limit.isascii() and self.limit.isdigit()):
            raise NotALimit(limit=excerpt(self.limit))
        named_columns("--columns", self.columns)
        named_columns("--sort", self.sort)
        if self.output is not None and self.format is not None:
            raise FormatTwice
        if self.force and self.output is None:
            raise NothingToForce

    def chosen(self) -> "render.Output":
        """Return the options as the renderer takes them."""
        return (
            super()
            .chosen()
            ._replace(
                columns=named_columns("--columns", self.columns),
                sort=named_columns("--sort", self.sort),
                limit=None if self.limit is None else int(self.limit),
                for_spreadsheet=self.for_spreadsheet,
                exit_code=self.exit_code,
            )
        )

    def write(self, listing: "render.Listing", *, counted: int | None = None) -> None:
        """Write a list where it was asked for, and end the command: with exit 3 where --exit-code asks for it.

        `counted` is how many there are of what --exit-code is about, where that is not every row.
        """
        from timpora_cli import render

        if self.output is None:
            rows = render.write(listing, self.chosen())
        else:
            from timpora_cli.cli.progress import watched
            from timpora_cli.render.file import write_file

            path = Path(self.output)
            with watched() as watch:
                rows = write_file(listing, self.chosen(), path, force=self.force, watch=watch)
            talk.remark(written_to(path, rows))
        self.end(rows if counted is None else counted)

    def end(self, rows: int) -> None:
        """End the command after its list of `rows` rows: with exit 3 where --exit-code asks for it."""
        if self.exit_code and rows:
            raise typer.Exit(3)


def written_to(path: Path, rows: int) -> str:
    """Return the sentence that says how many rows went into a file."""
    return n_("{rows} row written to {path}.", "{rows} rows written to {path}.", rows).format(rows=rows, path=path)


def named_columns(option: str, typed: str | None) -> tuple[str, ...]:
    """Return the names that were typed with commas between, none where the option was left out. Raises NoColumn."""
    if typed is None:
        return ()
    names = tuple(name.strip() for name in typed.split(","))
    if not all(names):
        raise NoColumn(option=option, names=excerpt(typed))
    return names
