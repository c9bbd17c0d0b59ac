"""Who answers for a resident, and what a sponsor is, as typed."""

from collections.abc import Callable
from typing import Annotated

import typer

from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.options import Options, Reads, refuse_alone
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model import names
from timpora_cli.model.terms import sponsor_kind
from timpora_cli.store.change import Value

Text = str | None

SponsorArgument = Annotated[
    str,
    typer.Argument(metavar="SPONSOR", help=_("An id, or a name."), autocompletion=values.sponsors, show_default=False),
]


class NoSponsorName(WrongUsage):
    """--name is empty, and a sponsor has a name. Give one, or leave the option out."""


class SponsorOptions(Options):
    """Who answers for somebody."""

    sponsor: Annotated[
        Text,
        typer.Option(
            "--sponsor", metavar="NAME", help=_("Who answers for the person."), autocompletion=values.sponsors
        ),
    ] = None
    kind: Annotated[
        Text,
        typer.Option(
            "--sponsor-kind", metavar="KIND", help=_("company or person."), autocompletion=values.sponsor_kinds
        ),
        Reads(lambda text, _desk: sponsor_kind(text)),
    ] = None

    def name(self) -> str | None:
        """Return the name without superfluous blanks; "" where it was typed empty, None where it was not typed."""
        return None if self.sponsor is None else names.name(self.sponsor)

    def kind_code(self) -> str | None:
        """Return the code of the kind that was typed, or None. Raises AlsoNeeded for a kind without a sponsor."""
        if not self.sponsor:
            refuse_alone({"--sponsor-kind": self.kind}, "--sponsor")
        return sponsor_kind(self.kind) if self.kind else None


class SponsorFacts(Options):
    """What is recorded of a sponsor."""

    name: Annotated[Text, typer.Option("--name", metavar="NAME", help=_("The name."))] = None
    kind: Annotated[
        Text,
        typer.Option("--kind", metavar="KIND", help=_("company or person."), autocompletion=values.sponsor_kinds),
    ] = None
    address: Annotated[Text, typer.Option("--address", metavar="TEXT", help=_("Street and house."))] = None
    contact: Annotated[Text, typer.Option("--contact", metavar="TEXT", help=_("Telephone or e-mail."))] = None

    def facts(self) -> dict[str, Value]:
        """Return the columns that were typed, read into values; an empty text is None. Raises NoSponsorName."""
        if self.name is not None and not self.name.strip():
            raise NoSponsorName
        readers: dict[str, Callable[[str], str]] = {
            "name": names.name,
            "kind": sponsor_kind,
            "address": str.strip,
            "contact": str.strip,
        }
        return {
            column: read(text) if (text := getattr(self, column)).strip() else None
            for column, read in readers.items()
            if getattr(self, column) is not None
        }
