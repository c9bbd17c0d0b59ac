"""The filters that narrow a list or a count. Values stay as they were typed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.models import OptionInfo

from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.options import Options, Reads, caught
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _

if TYPE_CHECKING:
    from timpora_cli.cli.frame.mistakes import Desk
    from timpora_cli.cli.frame.register import View
    from timpora_cli.queries.filters import Asked, Where

Texts = list[str] | None


class EmptyFilter(WrongUsage):
    """{option} is empty. Give a value, or leave the option out."""


def _only(option: str, metavar: str, text: str, offered: Callable[..., object]) -> OptionInfo:
    described: OptionInfo = typer.Option(option, metavar=metavar, help=text, autocompletion=offered)
    return described


def _filter(name: str) -> Reads:
    """Return how one text of the filter `name` is read."""
    return Reads(lambda text, desk: _resolved(desk, name, text))


def _resolved(desk: "Desk", name: str, text: str) -> "Where":
    from timpora_cli.queries.filters import Asked, resolved

    refuse_empty(name, text)
    asked = Asked(**{name: (text,)})
    # A village is one of the districts that are given; a district that is wrong is told of its own.
    districts: Any = desk.typed.get("district") if name == "village" else None
    within = Asked(district=tuple(districts or ()))
    if not list(caught(resolved, desk.connection, within, desk.today)):
        asked = asked._replace(district=asked.district or within.district)
    return resolved(desk.connection, asked, desk.today)


def refuse_empty(name: str, text: str) -> None:
    """Raise EmptyFilter where nothing is written for the filter `name`."""
    if not text.strip():
        raise EmptyFilter(option="--class" if name == "permit_class" else f"--{name}")


class Places(Options):
    """The filters by where people live. Repeating one, or a comma, means "or"; different ones mean "and"."""

    district: Annotated[
        Texts,
        _only("--district", "NAME", _("Only who lives in this district; a name or a code."), values.districts),
        _filter("district"),
    ] = None
    village: Annotated[
        Texts,
        _only("--village", "NAME", _("Only who lives in this village; a name or a code."), values.villages),
        _filter("village"),
    ] = None

    def where(self, view: "View") -> "Where":
        """Return the filters as codes, with places named as on the day of `view`.

        Raises EmptyFilter, or the error of an unknown value, which names its nearest known ones.
        """
        from timpora_cli.queries.filters import EVERYONE, resolved

        asked = self.asked()
        return resolved(view.connection, asked, view.on) if any(asked) else EVERYONE

    def asked(self) -> "Asked":
        """Return the filters still as typed. Raises EmptyFilter."""
        from timpora_cli.queries.filters import Asked

        typed = {name: tuple(getattr(self, name, None) or ()) for name in Asked._fields}
        for name, texts in typed.items():
            for text in texts:
                refuse_empty(name, text)
        return Asked(**typed)


class Facts(Places):
    """The filters by what is recorded."""

    permit_class: Annotated[
        Texts,
        _only("--class", "CLASS", _("Only this permit class, as in KITAS."), values.classes),
        _filter("permit_class"),
    ] = None
    group: Annotated[
        Texts,
        _only("--group", "GROUP", _("Only this group, as in VISIT."), values.groups),
        _filter("group"),
    ] = None
    nationality: Annotated[
        Texts,
        _only("--nationality", "COUNTRY", _("Only this nationality; a name or a code."), values.nationalities),
        _filter("nationality"),
    ] = None
    purpose: Annotated[
        Texts,
        _only("--purpose", "PURPOSE", _("Only this purpose of stay."), values.purposes),
        _filter("purpose"),
    ] = None
    sponsor: Annotated[
        Texts,
        _only("--sponsor", "NAME", _("Only who has this sponsor; a part of the name will do."), values.sponsors),
        _filter("sponsor"),
    ] = None
    name: Annotated[
        Texts,
        _only("--name", "NAME", _("Only people of this name; a part of it will do."), values.names),
        _filter("name"),
    ] = None


class Filters(Facts):
    """What narrows a list or a count: the facts, and the state, which is computed for the day that is asked about."""

    state: Annotated[
        Texts,
        _only("--state", "STATE", _("Only permits in this state, as in OVERSTAY."), values.states),
        _filter("state"),
    ] = None
