"""`timpora help`: show a page of the manual, or the help of a command."""

import sys
from collections.abc import Sequence
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli import manual
from timpora_cli.cli.frame.base import Folder, Timeless, command
from timpora_cli.language import _

if TYPE_CHECKING:
    from typer._click.core import Context


def _next_words(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the topics and the commands that the word may become; behind a group, its commands."""
    typed = ctx.params.get("topic") or ()
    known = {} if typed else manual.summaries()
    context = _called(ctx, typed)
    if context is not None and isinstance(context.command, Folder):
        known |= dict.fromkeys(context.command.list_commands(context), "")
    return [(name, summary) for name, summary in known.items() if name.startswith(incomplete)]


@command(Timeless, examples=("timpora help", "timpora help dates", "timpora help permit extend"))
def help_(
    ctx: typer.Context,
    topic: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TOPIC",
            help=_("A page of the manual, as in dates; or a command, whose help is shown."),
            autocompletion=_next_words,
            show_default=False,
        ),
    ] = None,
) -> None:
    """Show a page of the manual; without TOPIC, list the pages.

    On a terminal a page is wrapped to the width. Elsewhere it comes as it is written, in Markdown. With the name of a
    command, its help is shown, as with --help.
    """
    from timpora_cli.render.formats.manual import write

    width = get_terminal_size().columns if sys.stdout.isatty() else None
    called = _called(ctx, topic or ())
    if not topic:
        write(_contents(), width)
    elif called is not None:
        write(called.command.get_help(called), None)
    else:
        write(manual.page("-".join(topic).lower()), width)


def _contents() -> str:
    """Return the list of the topics, each with its summary."""
    topics = "".join(f"- {topic}: {summary}\n" for topic, summary in manual.summaries().items())
    return f"{topics}\n" + _("A page: timpora help dates. The help of a command: timpora help expiring.") + "\n"


def _called(ctx: typer.Context, words: Sequence[str]) -> "Context | None":
    """Return the command that the words call, in the context in which it would run; None where they call none."""
    context: Context = ctx.find_root()
    for word in words:
        named = context.command.get_command(context, word) if isinstance(context.command, Folder) else None
        if named is None:
            return None
        context = typer.Context(named, info_name=word, parent=context)
    return context
