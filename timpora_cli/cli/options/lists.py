"""The options that say how a list or a card is written.

Values stay as they were typed, but for what needs no register to be checked.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import typer
from typer.models import OptionInfo

from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.options import Options, caught
from timpora_cli.cli.talk import say
from timpora_cli.errors import Exit, TimporaError, WrongUsage
from timpora_cli.language import _, n_
from timpora_cli.model.names import excerpt, whole_number
from timpora_cli.render.formats import FORMATS, refuse_unknown

if TYPE_CHECKING:
    from timpora_cli.render.answer import Answer, Wanted

Text = str | None
Texts = list[str] | None


class NotALimit(WrongUsage):
    """--limit "{limit}" is not a number of rows. Write a whole number from 0, as in --limit 20."""


class FormatTwice(WrongUsage):
    """--output says the format by the file's ending, and --format says it too. Leave --format out."""


class NothingToForce(WrongUsage):
    """--force is for --output FILE, and no file was named."""


class TitleForMachines(WrongUsage):
    """--title stands above a list for people: --format plain or table, or a file .txt. A machine format has none."""


class EmptyTitle(WrongUsage):
    """--title is empty. Give a heading, or leave the option out."""


class NoColumn(WrongUsage):
    """A name is missing in {option} "{names}". Write them with commas between, as in name,expires_on."""


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


def output_option(*more: str) -> OptionInfo:
    """Return the option --output for a list, with `more` endings of files than every list has."""
    endings = " ".join((".csv", ".tsv", ".json", ".ndjson", ".txt", ".xlsx", *more))
    option: OptionInfo = typer.Option(
        "--output", metavar="FILE", help=_("Into this file, also an empty list: {endings}.").format(endings=endings)
    )
    return option


def columns_option() -> OptionInfo:
    """Return the option --columns, which TAB completes with the columns of the answer that the line asks for."""
    option: OptionInfo = typer.Option(
        "--columns", metavar="A,B", help=_("These columns, in this order."), autocompletion=values.columns
    )
    return option


class CardOptions(Options):
    """How one record is written."""

    formats: ClassVar[tuple[str, ...]] = FORMATS

    format: Annotated[str | None, format_option(FORMATS)] = None
    mask: Annotated[
        bool, typer.Option("--mask", help=_("Hide passport and permit numbers but their last three characters."))
    ] = False

    def faults(self, answer: object) -> Iterator[TimporaError]:  # noqa: ARG002
        """Yield that there is no such format."""
        if self.format is not None:
            yield from caught(refuse_unknown, self.format, self.formats)

    def chosen(self) -> "Wanted":
        """Return the options as the renderer takes them."""
        from timpora_cli.render.answer import Wanted

        terminal = sys.stdout.isatty()
        return Wanted(format=self.format or ("table" if terminal else "plain"), mask=self.mask, terminal=terminal)


class OutputOptions(CardOptions):
    """How a list is written."""

    columns: Annotated[Text, columns_option()] = None
    sort: Annotated[
        Text,
        typer.Option(
            "--sort",
            metavar="KEY",
            help=_("By this column; with - before it, the last first."),
            autocompletion=values.sort_keys,
        ),
    ] = None
    limit: Annotated[str | None, typer.Option("--limit", metavar="N", help=_("No more rows than this."))] = None
    for_spreadsheet: Annotated[
        bool, typer.Option("--for-spreadsheet", help=_("Make cells inert that a spreadsheet would run as a formula."))
    ] = False
    exit_code: Annotated[bool, typer.Option("--exit-code", help=_("Exit with 3 when the list is not empty."))] = False
    output: Annotated[str | None, output_option()] = None
    force: Annotated[bool, typer.Option("--force", help=_("Write --output over a file that is there."))] = False
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help=_("A heading above a list that is not empty."))
    ] = None
    titled: ClassVar[tuple[str, ...]] = ("plain", "table")
    more_endings: ClassVar[dict[str, str]] = {}

    def faults(self, answer: object) -> Iterator[TimporaError]:
        """Yield what is wrong with each option, and with two that do not go together."""
        yield from super().faults(answer)
        if self.limit is not None and whole_number(self.limit) is None:
            yield NotALimit(limit=excerpt(self.limit))
        if self.output is not None and self.format is not None:
            yield FormatTwice()
        if self.force and self.output is None:
            yield NothingToForce()
        yield from caught(lambda: self.written)
        if self.title is not None and not self.title.strip():
            yield EmptyTitle()
        if self.title is not None and self.known_format not in {None, *self.titled}:
            yield TitleForMachines()
        for option, typed in (("--columns", self.columns), ("--sort", self.sort)):
            yield from caught(read_columns, option, typed, self.known_format or FORMATS[0], answer)

    def chosen(self) -> "Wanted":
        """Return the options as the renderer takes them."""
        chosen = super().chosen()
        return chosen._replace(
            format=self.written or chosen.format,
            columns=named_columns("--columns", self.columns),
            sort=named_columns("--sort", self.sort),
            limit=None if self.limit is None else whole_number(self.limit),
            for_spreadsheet=self.for_spreadsheet,
            title=self.title,
        )

    @property
    def written(self) -> str | None:
        """The format that was asked for, by --format or by the ending of --output; None where neither was."""
        if self.output is None:
            return self.format
        from timpora_cli.render.write import ENDINGS, format_of

        return format_of(Path(self.output), {**ENDINGS, **self.more_endings})

    @property
    def known_format(self) -> str | None:
        """The format that was asked for; None where none was, or where the file's ending says none."""
        return None if list(caught(lambda: self.written)) else self.written

    def write(self, listing: "Answer[Any]", *, counted: int | None = None) -> None:
        """Write a list where it was asked for, and end the command: with exit 3 where --exit-code asks for it.

        `counted` is how many there are of what --exit-code is about, where that is not every row.
        """
        rows = self.deliver(listing)
        self.end(rows if counted is None else counted)

    def deliver(self, listing: "Answer[Any]") -> int:
        """Write a list where it was asked for, and return how many rows it has."""
        from timpora_cli.render import write

        if self.output is None:
            return write.answer(listing, self.chosen())
        from timpora_cli.cli.talk.progress import watched

        path = Path(self.output)
        with watched() as watch:
            rows = write.file(listing, self.chosen(), path, force=self.force, watch=watch)
        say.remark(written_to(path, rows))
        return rows

    def end(self, rows: int) -> None:
        """End the command after its list of `rows` rows: with exit 3 where --exit-code asks for it."""
        if self.exit_code and rows:
            raise typer.Exit(Exit.NOT_EMPTY)


def read_columns(option: str, typed: str | None, written: str, answer: object) -> None:
    """Raise WrongUsage for a name that is empty, or that the `answer` does not have as a column."""
    from timpora_cli.render.answer import Table, Wanted

    names = named_columns(option, typed)
    if isinstance(answer, Table):
        wanted = Wanted(written, sort=names) if option == "--sort" else Wanted(written, columns=names)
        wanted.check(answer.columns)


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
