"""What may stand at the cursor when TAB is pressed: commands, options, their values, or a file.

The words before the cursor are walked as the command line is read, but nothing is run and nothing refused. Of Typer
this needs its public names alone, and `shell_complete` of a parameter, which calls its `autocompletion=`.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from timpora_cli import language
from timpora_cli.cli.completion.values import CHOSEN, TYPED
from timpora_cli.cli.frame.base import Folder
from timpora_cli.cli.frame.options import typed_anywhere
from timpora_cli.cli.frame.page import help_of
from timpora_cli.model.names import visible

if TYPE_CHECKING:
    from typer._click.core import Command, Parameter

A_PATH = ("FILE", "DIR")
"""The metavars of what names a file or a folder: there the shell completes by itself."""


class Candidate(NamedTuple):
    """One thing that may stand at the cursor, and what is said beside it; each is one line that can be seen."""

    value: str
    says: str = ""


class Offered(NamedTuple):
    """What may stand at the cursor, behind `head`, the part of the word that is an option and its equals sign."""

    candidates: Sequence[Candidate] = ()
    files: bool = False
    head: str = ""


NOTHING = Offered()


@dataclass(slots=True)
class Place:
    """Where on the command line the cursor stands, as the words before it are walked."""

    context: typer.Context
    given: set[str] = field(default_factory=set)
    arguments: int = 0
    waiting: "Parameter | None" = None
    only_arguments: bool = False
    lost: bool = False

    @property
    def command(self) -> "Command":
        """The command that the words so far call."""
        return self.context.command

    @property
    def group(self) -> Folder | None:
        """The command, where it is a group and one of its own is still to be named."""
        return self.command if isinstance(self.command, Folder) else None

    @property
    def parameters(self) -> "list[Parameter]":
        """What the command takes."""
        return self.command.get_params(self.context)

    @property
    def argument(self) -> "Parameter | None":
        """The argument that comes next, if there is one."""
        arguments = [each for each in self.parameters if each.param_type_name == "argument"]
        endless = arguments[-1:] if arguments and arguments[-1].nargs == -1 else []
        return next(iter([*arguments[self.arguments :], *endless]), None)

    def option(self, name: str) -> "Parameter | None":
        """Return the option of a name that is typed, or None where there is none."""
        return next((each for each in self.parameters if name in (*each.opts, *each.secondary_opts)), None)

    def take(self, word: str) -> None:
        """Go one whole word to the right."""
        if self.lost:
            return
        if self.waiting is not None:
            self._give(self.waiting, word)
            self.waiting = None
        elif word.startswith("-") and len(word) > 1 and not self.only_arguments:
            self._take_option(word)
        elif self.group is None:
            self._take_argument(word)
        else:
            self._call(self.group, word)

    def _take_argument(self, word: str) -> None:
        argument = self.argument
        if argument is not None and argument.nargs == -1:
            self.context.params.setdefault(str(argument.name), []).append(word)
        self.arguments += 1

    def _take_option(self, word: str) -> None:
        name, equals, value = word.partition("=")
        option = self.option(name)
        if word == "--":
            self.only_arguments = True
        elif option is not None:
            self.given.add(str(option.name))
            if equals:
                self._give(option, value)
            elif _takes_value(option):
                self.waiting = option
            else:
                self.context.params[str(option.name)] = True
        elif self.command.context_settings.get("ignore_unknown_options"):
            self._take_argument(word)

    def _give(self, option: "Parameter", value: str) -> None:
        name = str(option.name)
        if option.multiple:
            self.context.params.setdefault(name, []).append(value)
        elif name == "db":
            # The shell hands over words as they stand, and this one it would have expanded.
            typed_anywhere(self.context)[name] = str(Path(os.path.expandvars(value)).expanduser())
        elif name == "as_of":
            typed_anywhere(self.context)[name] = value
        else:
            self.context.params[name] = value

    def _call(self, group: Folder, word: str) -> None:
        command = group.get_command(self.context, word)
        if command is None:
            self.lost = True
        else:
            self.context = typer.Context(command, info_name=word, parent=self.context)


def offered(root: "Command", words: Sequence[str], word: str, *, silent: bool = False) -> Offered:
    """Return what may stand in place of `word`, after the whole `words` of a call of `root`.

    `silent` leaves out what is said beside commands, which would have to be imported for it. Whatever fails is raised.
    """
    language.choose(language.wanted(words, dict(os.environ)))
    place = Place(typer.Context(root))
    for whole in words:
        place.take(whole)
    if place.lost:
        return NOTHING
    if place.waiting is not None:
        return _values(place, place.waiting, word)
    if word.startswith("-") and not place.only_arguments:
        return _options_or_value(place, word)
    if place.group is not None:
        return Offered(_commands(place, place.group, word, silent=silent))
    found = NOTHING if place.argument is None else _values(place, place.argument, word)
    nothing = not (word or found.candidates or found.files or place.only_arguments)
    return Offered(list(_options(place))) if nothing else found


def _options_or_value(place: Place, word: str) -> Offered:
    name, equals, begun = word.partition("=")
    option = place.option(name) if equals else None
    if option is None or not _takes_value(option):
        return Offered(_fitting(_options(place), word))
    return _values(place, option, begun)._replace(head=name + equals)


def _takes_value(option: "Parameter") -> bool:
    return not getattr(option, "is_flag", False) and not getattr(option, "count", False)


def _values(place: Place, parameter: "Parameter", word: str) -> Offered:
    if getattr(parameter, "metavar", None) in A_PATH:
        return Offered(files=True)
    meta = place.context.meta
    meta[TYPED] = word
    # Typer would only let pass what begins exactly as the word does.
    items = parameter.shell_complete(place.context, "")
    found = [Candidate(_one_line(item.value), _one_line(item.help or "")) for item in items]
    return Offered(found if meta.get(CHOSEN) else _fitting(found, word))


def _commands(place: Place, group: Folder, word: str, *, silent: bool) -> list[Candidate]:
    fitting = _fitting((Candidate(name) for name in group.list_commands(place.context)), word)
    if silent:
        return fitting
    commands = ((each.value, group.get_command(place.context, each.value)) for each in fitting)
    return [Candidate(name, command.get_short_help_str()) for name, command in commands if command is not None]


def _options(place: Place) -> Iterator[Candidate]:
    for option in place.parameters:
        if option.param_type_name != "option" or getattr(option, "hidden", False):
            continue
        if option.name in place.given and not option.multiple:
            continue
        for name in (*option.opts, *option.secondary_opts):
            if name.startswith("--"):
                yield Candidate(name, _one_line(help_of(option)))


def _fitting(candidates: Iterable[Candidate], word: str) -> list[Candidate]:
    everyone = list(candidates)
    wanted = word.casefold()
    beginning = [each for each in everyone if each.value.casefold().startswith(wanted)]
    return beginning or [each for each in everyone if wanted in each.value.casefold()]


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if visible(line) == line else "".join(letter for letter in line if visible(letter) == letter)
