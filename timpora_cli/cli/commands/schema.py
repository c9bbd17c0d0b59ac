"""`timpora schema`: print the JSON Schema of what a command answers."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, cast

import typer

from timpora_cli.cli.frame.base import Folder, Timeless, command, commands_of
from timpora_cli.cli.frame.options import options_typed
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import did_you_mean, excerpt
from timpora_cli.render import write
from timpora_cli.render.answers.columns import columns
from timpora_cli.render.formats import schema as writing

if TYPE_CHECKING:
    from timpora_cli.render.formats.schema import Shape


class NoSchema(WrongUsage):
    """There is no schema for "{command}".{hint}
    Known: {known}.
    """


class ForTheListAlone(WrongUsage):
    """{options} is for the list of commands; a schema is written as it is. Leave it out."""


def answers(root: Folder) -> "dict[str, Shape]":
    """Return what each command of `root` answers, by its command line, with the option by which its keys are others."""
    return {
        " ".join([*words, asking]).strip(): cast("Shape", answer)
        for words, one in commands_of(root)
        for asking, answer in one.answers.items()
    }


def _next_words(ctx: typer.Context, incomplete: str) -> list[str]:
    begun = [*(ctx.params.get("command") or ()), ""]
    following = [
        name.split()[len(begun) - 1 :]
        for name in answers(cast("Folder", ctx.find_root().command))
        if name.startswith(" ".join(begun))
    ]
    return [word for word in dict.fromkeys(words[0] for words in following if words) if word.startswith(incomplete)]


@command(
    Timeless,
    OutputOptions,
    answer=writing.LISTED,
    examples=(
        "timpora schema",
        "timpora schema expiring",
        "timpora schema counts --by village",
        "timpora schema resident show",
        "timpora schema counts --format plain",
    ),
    settings={"ignore_unknown_options": True},
)
def schema(
    ctx: typer.Context,
    command: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="COMMAND",
            help=_("A command, with the option by which its keys are others, as in counts --by village."),
            autocompletion=_next_words,
            show_default=False,
        ),
    ] = None,
) -> None:
    """Print the JSON Schema of what a command answers with --format json; without COMMAND, list those that have one.

    A list is an array, and each of its items is a line of --format ndjson; a card is an object, its lists are arrays.
    Every key is there in every answer, and null where there is no value; --columns picks among them. The promise: keys
    and codes may be added, but none is ever renamed, removed or used for something else, so allow for more.

    In another format than json, the columns are listed: each key, its heading, its kind and what it says.
    """
    output = OutputOptions.of(ctx)
    known = answers(cast("Folder", ctx.find_root().command))
    if not command:
        output.write(writing.listed(known.items()))
        return
    _refuse_output_options(ctx)
    name = _named(command, known)
    if output.format in {None, "json"}:
        writing.write(writing.schema(f"timpora {name}", known[name]))
    else:
        write.answer(columns(known[name]), output.chosen())


def _named(words: Sequence[str], known: "Mapping[str, Shape]") -> str:
    """Return the one of `known` that the words are, in any letter case and with --by=SIDE as well; NoSchema if none."""
    asked = " ".join(" ".join(words).replace("=", " ").casefold().split())
    if asked in known:
        return asked
    first = asked.partition(" ")[0]
    near = [name for name in known if name.partition(" ")[0] == first] or list(
        dict.fromkeys(name.partition(" ")[0] for name in known)
    )
    raise NoSchema(command=excerpt(asked), hint=did_you_mean(asked, known, limit=1), known=", ".join(near))


def _refuse_output_options(ctx: typer.Context) -> None:
    given = [option for option in options_typed(ctx) if option != "--format"]
    if given:
        raise ForTheListAlone(options=", ".join(given))
