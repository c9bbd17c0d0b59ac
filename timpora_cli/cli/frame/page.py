"""A help page: a summary, what the command does, its arguments and options, and examples."""

import inspect
from typing import TYPE_CHECKING

from timpora_cli.cli.frame.options import anywhere
from timpora_cli.language import _

if TYPE_CHECKING:
    from typer._click.core import Command, Context, Parameter
    from typer._click.formatting import HelpFormatter
else:
    # Page stands before TyperCommand or TyperGroup; naming their vendored parent would tie us to one version of Typer.
    Command = object


class Page(Command):
    """The help page of a command or a group, in the language in force."""

    clocks = True

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 the first line is short by our own rule
        """Return the summary: the first line of the help, whole."""
        return translated(self.help).partition("\n")[0].rstrip(".")

    def format_help_text(self, ctx: "Context", formatter: "HelpFormatter") -> None:  # noqa: ARG002
        """Write what the command does: its docstring, in the language in force."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(translated(self.help))

    def format_options(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write the parameters in three sections: arguments, options, and the options that stand anywhere."""
        everywhere = anywhere(clocks=self.clocks)
        sections: dict[str, list[tuple[str, str]]] = {_("Arguments"): [], _("Options"): [], _("Everywhere"): []}
        arguments, options, those_anywhere = sections.values()
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is None:
                continue
            if parameter.param_type_name == "argument":
                arguments.append((record[0].partition(" <")[0], record[1]))
            elif parameter in everywhere:
                those_anywhere.append(record)
            else:
                options.append((record[0], _help_of_ending(parameter) or record[1]))
        for heading, rows in sections.items():
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)

    def format_epilog(self, ctx: "Context", formatter: "HelpFormatter") -> None:  # noqa: ARG002
        """Write the examples unwrapped, so that a line of them can be copied."""
        if lines := examples_of(self):
            with formatter.section(_("Examples")):
                formatter.write("".join(f"  {line}\n" for line in lines))


def examples_of(command: "Command") -> list[str]:
    """Return the example lines of a command's help, as they are typed."""
    return (command.epilog or "").splitlines()


def help_of(option: "Parameter") -> str:
    """Return what the help page says of an option."""
    return _help_of_ending(option) or getattr(option, "help", None) or ""


def translated(help_text: str | None) -> str:
    """Return the text of a docstring in the language in force."""
    return _(inspect.cleandoc(help_text)) if help_text else ""


def _help_of_ending(option: "Parameter") -> str | None:
    """Return what --help and --version do: Typer's own words for them are not in our languages."""
    endings = {"--help": _("Show this page and end."), "--version": _("Print the version and end.")}
    return next((endings[name] for name in option.opts if name in endings), None)
