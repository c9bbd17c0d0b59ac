"""What an officer tells of a sheet that is read: which column is which field, and what its rows leave blank."""

import shlex
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli.cli.frame.options import Options
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import excerpt

if TYPE_CHECKING:
    from timpora_cli.actions.intake.request import Request

STREAM = "-"


class NotAMapping(WrongUsage):
    """--map {text} does not say which column is which field. Write it as "HEADER=field", "7=field" or "G=field"."""


class NotASetting(WrongUsage):
    """--set {text} does not say which field has which value. Write it as "field=value", as in "class=ITAS"."""


class SheetOptions(Options):
    """What an officer tells of a sheet."""

    mapping: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="COLUMN=FIELD", help=_("Which field a column (header, number, letter) is.")),
    ] = None
    constants: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help=_("What a row leaves blank, for all rows; repeat it.")),
    ] = None
    tab: Annotated[
        str | None,
        typer.Option("--sheet", metavar="NAME", help=_("Which sheet of a workbook; else the first of people.")),
    ] = None
    serials: Annotated[
        bool, typer.Option("--excel-dates", help=_("Bare numbers are a spreadsheet's days: 44091 is 2020-09-17."))
    ] = False
    doubtful: Annotated[
        bool,
        typer.Option(
            "--accept-doubtful", help=_("Take days that are hardly meant, as 1970-01-01 or a term of 100 years.")
        ),
    ] = False

    @property
    def needed_again(self) -> list[str]:
        """The options that a file of rejects cannot do without: --set and --accept-doubtful, as they are typed."""
        told = [f"--set {shlex.quote(text)}" for text in self.constants or ()]
        return [*told, *(["--accept-doubtful"] if self.doubtful else [])]

    def request(self, file: str) -> "Request":
        """Return them as an import takes them; a `file` of "-" is what comes in by stdin."""
        from timpora_cli.actions.intake.request import Request

        return Request(
            mapping=dict(_mapped(text) for text in self.mapping or ()),
            constants=dict(_set(text) for text in self.constants or ()),
            tab=self.tab,
            serials=self.serials,
            stream=sys.stdin.buffer if file == STREAM else None,
            doubtful=self.doubtful,
        )


def _mapped(text: str) -> tuple[str, str]:
    header, equals, field = text.rpartition("=")
    if not (equals and header.strip() and field.strip()):
        raise NotAMapping(text=excerpt(text))
    return header.strip(), field.strip()


def _set(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (equals and name.strip() and value.strip()):
        raise NotASetting(text=excerpt(text))
    return name.strip(), value.strip()
