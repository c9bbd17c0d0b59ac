"""What is printed on a permit, as options, and how each is read; the word unknown says that nobody knows."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

import typer

from timpora_cli.actions.permits import Grant
from timpora_cli.cli import complete, talk
from timpora_cli.language import _
from timpora_cli.model import names
from timpora_cli.model.terms import class_code
from timpora_cli.store.change import Value

UNKNOWN = ("unknown", "tidak diketahui", "-", "?")
Text = str | None

ClassOption = Annotated[
    Text,
    typer.Option("--class", metavar="CLASS", help=_("The class, as in KITAS or ITK."), autocompletion=complete.classes),
]


@dataclass(frozen=True, slots=True)
class PermitOptions:
    """What is printed on a permit."""

    number: Annotated[Text, typer.Option("--number", metavar="NUMBER", help=_("The permit's number, as printed."))] = (
        field(default=None, repr=False)
    )
    issued: Annotated[Text, typer.Option("--issued", metavar="DATE", help=_("The day of issue."))] = None
    expires: Annotated[
        Text, typer.Option("--expires", metavar="DATE", help=_("The last valid day, as printed; or unknown."))
    ] = None
    index: Annotated[Text, typer.Option("--index", metavar="CODE", help=_("The visa index, as in C317."))] = None
    valid_from: Annotated[
        Text, typer.Option("--valid-from", metavar="DATE", help=_("A printed start later than the day of issue."))
    ] = None
    office: Annotated[Text, typer.Option("--office", metavar="NAME", help=_("The office that issued it."))] = None

    def grant(self, kind: str, today: date) -> Grant:
        """Return the grant of class `kind` that was typed."""
        return Grant(
            kind,
            None if is_unknown(self.number) else names.permit_number(self.number or ""),
            known_day(self.issued, today),
            known_day(self.expires, today),
            self.index or None,
            known_day(self.valid_from, today),
            self.office or None,
        )

    def corrections(self, today: date) -> dict[str, Value]:
        """Return the columns of a permit that were typed, read into values."""
        days = {"issued_on": self.issued, "expires_on": self.expires, "valid_from": self.valid_from}
        values: dict[str, Value] = {
            column: day.isoformat() if (day := known_day(text, today)) else None
            for column, text in days.items()
            if text is not None
        }
        if self.number is not None:
            values["number"] = None if is_unknown(self.number) else names.permit_number(self.number)
        texts = {"index_code": self.index, "office": self.office}
        return {**values, **{column: text.strip() or None for column, text in texts.items() if text is not None}}


def known_day(text: Text, today: date) -> date | None:
    """Return the day that `text` names, or None where it is empty or says that nobody knows."""
    return None if is_unknown(text) else talk.day_read(text or "", today)


def is_unknown(text: Text) -> bool:
    """Return whether `text` is empty or says that nobody knows."""
    return text is None or not text.strip() or text.strip().casefold() in UNKNOWN


def class_named(text: str) -> str:
    """Return the code of a class; for asking."""
    return class_code(text)
