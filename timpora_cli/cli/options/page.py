"""Where a page to print goes, and as what it is written: text on stdout, text or html in a file."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, ClassVar

import typer

from timpora_cli.cli.frame.options import Options, caught
from timpora_cli.cli.options.lists import FormatTwice, NothingToForce
from timpora_cli.cli.talk import say
from timpora_cli.errors import TimporaError
from timpora_cli.language import _
from timpora_cli.render import write
from timpora_cli.render.formats import refuse_unknown

ENDINGS = {".html": "html", ".txt": "plain"}
PLAIN, HTML = FORMATS = ("plain", "html")
JSON = "json"


class PageOutput(Options):
    """The file that a page goes into."""

    endings: ClassVar[Mapping[str, str]] = ENDINGS

    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help=_("Into this file: .html or .txt."))
    ] = None
    force: Annotated[bool, typer.Option("--force", help=_("Write --output over a file that is there."))] = False

    def faults(self, answer: object) -> Iterator[TimporaError]:  # noqa: ARG002
        """Yield an unknown ending of the file, and --force without a file."""
        if self.output is not None:
            yield from caught(write.format_of, Path(self.output), self.endings)
        if self.force and self.output is None:
            yield NothingToForce()

    @property
    def written(self) -> str:
        """As what the page is written: by the file's ending, else plain."""
        return PLAIN if self.output is None else write.format_of(Path(self.output), self.endings)

    def refuse_unwritable(self) -> None:
        """Raise FileThere or FileUnwritable where it is known before that the file cannot be written."""
        if self.output is not None:
            write.refuse_unwritable(Path(self.output), force=self.force)

    def deliver(self, name: str, as_text: Callable[[], Iterable[str]], as_html: Callable[[], str]) -> None:
        """Write the page `name`, which one of the two functions makes, where it was asked for."""
        lines = as_html().splitlines() if self.written == HTML else as_text()
        if self.output is None:
            write.lines(lines)
            return
        path = Path(self.output)
        with write.text_file(path, force=self.force) as stream:
            stream.writelines(f"{line}\n" for line in lines)
        say.remark(_("{page} written to {path}.").format(page=name, path=path))


class FormattedPage(PageOutput):
    """The file that a page goes into, or the format in which stdout gets it."""

    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=_("One of {formats}; without it, plain.").format(formats=", ".join(FORMATS)),
            autocompletion=lambda: list(FORMATS),
        ),
    ] = None

    def faults(self, answer: object) -> Iterator[TimporaError]:
        """Yield what is wrong with the file, an unknown format, and a format beside a file."""
        yield from super().faults(answer)
        if self.format is not None:
            yield from caught(refuse_unknown, self.format, FORMATS)
        if self.format is not None and self.output is not None:
            yield FormatTwice()

    @property
    def written(self) -> str:
        """As what the page is written: by the file's ending, else by --format."""
        return self.format or super().written


class PageOrData(PageOutput):
    """The file that a page goes into, or the same as data for a program."""

    endings: ClassVar[Mapping[str, str]] = {**ENDINGS, ".json": JSON}

    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help=_("Into this file: .html, .txt or .json."))
    ] = None
