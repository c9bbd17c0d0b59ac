"""The filters that every list and count takes, as options, still as typed: `queries/filters.py` reads them."""

from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli.cli import complete
from timpora_cli.cli.records import OptionRecord
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _

if TYPE_CHECKING:
    from timpora_cli.queries.filters import Asked

Texts = list[str] | None


class EmptyFilter(WrongUsage):
    """{option} is empty. Give a value, or leave the option out."""


class Filters(OptionRecord):
    """What narrows a list or a count. Repeating one means "or", different ones mean "and"."""

    district: Annotated[
        Texts,
        typer.Option(
            "--district",
            metavar="NAME",
            help=_("Only who lives in this district; a name or a code."),
            autocompletion=complete.districts,
        ),
    ] = None
    village: Annotated[
        Texts,
        typer.Option(
            "--village",
            metavar="NAME",
            help=_("Only who lives in this village; a name or a code."),
            autocompletion=complete.villages,
        ),
    ] = None
    permit_class: Annotated[
        Texts,
        typer.Option(
            "--class", metavar="CLASS", help=_("Only this permit class, as in KITAS."), autocompletion=complete.classes
        ),
    ] = None
    group: Annotated[
        Texts,
        typer.Option(
            "--group", metavar="GROUP", help=_("Only this group, as in VISIT."), autocompletion=complete.groups
        ),
    ] = None
    nationality: Annotated[
        Texts,
        typer.Option(
            "--nationality",
            metavar="COUNTRY",
            help=_("Only this nationality; a name or a code."),
            autocompletion=complete.nationalities,
        ),
    ] = None
    purpose: Annotated[
        Texts,
        typer.Option(
            "--purpose", metavar="PURPOSE", help=_("Only this purpose of stay."), autocompletion=complete.purposes
        ),
    ] = None
    sponsor: Annotated[
        Texts,
        typer.Option(
            "--sponsor",
            metavar="NAME",
            help=_("Only who has this sponsor; a part of the name will do."),
            autocompletion=complete.sponsors,
        ),
    ] = None
    name: Annotated[
        Texts,
        typer.Option(
            "--name",
            metavar="NAME",
            help=_("Only people of this name; a part of it will do."),
            autocompletion=complete.names,
        ),
    ] = None
    state: Annotated[
        Texts,
        typer.Option(
            "--state",
            metavar="STATE",
            help=_("Only permits in this state, as in OVERSTAY."),
            autocompletion=complete.states,
        ),
    ] = None

    def asked(self) -> "Asked":
        """Return the filters as the queries take them, still as typed. Raises EmptyFilter."""
        from timpora_cli.queries.filters import Asked

        typed = {name: tuple(getattr(self, name) or ()) for name in Asked._fields}
        for name, texts in typed.items():
            if not all(text.strip() for text in texts):
                raise EmptyFilter(option="--class" if name == "permit_class" else f"--{name}")
        return Asked(**typed)
