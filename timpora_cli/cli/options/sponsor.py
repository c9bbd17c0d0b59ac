"""Who answers for a resident, as typed."""

from typing import Annotated

import typer

from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.options import Options, refuse_alone
from timpora_cli.language import _
from timpora_cli.model.terms import sponsor_kind

Text = str | None


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
    ] = None

    def name(self) -> str | None:
        """Return the name without superfluous blanks; "" where it was typed empty, None where it was not typed."""
        return None if self.sponsor is None else " ".join(self.sponsor.split())

    def kind_code(self) -> str | None:
        """Return the code of the kind that was typed, or None. Raises AlsoNeeded for a kind without a sponsor."""
        if not self.sponsor:
            refuse_alone({"--sponsor-kind": self.kind}, "--sponsor")
        return sponsor_kind(self.kind) if self.kind else None
