"""What is printed on a permit, as options, and how each is read; the word unknown says that nobody knows, and for the
last day of a KITAP the word unlimited says that there is none.
"""

from datetime import date
from typing import Annotated

import typer

from timpora_cli.actions.permits import Grant, printed_end
from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.options import Options, Reads
from timpora_cli.cli.talk import say
from timpora_cli.cli.talk.ask import until_read
from timpora_cli.language import _
from timpora_cli.model import names
from timpora_cli.model.dates import is_unknown, is_unlimited
from timpora_cli.model.rules import OPEN_ENDED
from timpora_cli.model.terms import class_code
from timpora_cli.queries import find
from timpora_cli.store.change import Value

Text = str | None

PermitArgument = Annotated[
    str,
    typer.Argument(
        metavar="PERMIT", help=_("A permit's id, or its number."), autocompletion=values.permits, show_default=False
    ),
    Reads(lambda text, desk: find.permit(desk.connection, text)),
]
ClassOption = Annotated[
    Text,
    typer.Option("--class", metavar="CLASS", help=_("The class, as in KITAS or ITK."), autocompletion=values.classes),
    Reads(lambda text, _desk: class_code(text)),
]


KNOWN = Reads(lambda text, desk: known_day(text, desk.today))
LAST = Reads(lambda text, desk: last_day(text, desk.today))


class PermitOptions(Options):
    """What is printed on a permit."""

    number: Annotated[Text, typer.Option("--number", metavar="NUMBER", help=_("The permit's number, as printed."))] = (
        None
    )
    issued: Annotated[
        Text, typer.Option("--issued", metavar="DATE", help=_("The day of issue; or unknown.")), KNOWN
    ] = None
    expires: Annotated[
        Text,
        typer.Option(
            "--expires",
            metavar="DATE",
            help=_("The last valid day, as printed; or unknown; for a KITAP also unlimited."),
        ),
        LAST,
    ] = None
    index: Annotated[Text, typer.Option("--index", metavar="CODE", help=_("The visa index, as in C317."))] = None
    valid_from: Annotated[
        Text,
        typer.Option("--valid-from", metavar="DATE", help=_("The printed start; it is shown, no more.")),
        KNOWN,
    ] = None
    office: Annotated[Text, typer.Option("--office", metavar="NAME", help=_("The office that issued it."))] = None

    def grant(self, kind: str, today: date) -> Grant:
        """Return the grant of class `kind` that was typed."""
        return Grant(
            kind,
            _number(self.number or ""),
            known_day(self.issued, today),
            last_day(self.expires, today),
            self.index or None,
            known_day(self.valid_from, today),
            self.office or None,
        )

    def corrections(self, today: date) -> dict[str, Value]:
        """Return the columns of a permit that were typed, read into values."""
        days = {"issued_on": self.issued, "valid_from": self.valid_from}
        corrected: dict[str, Value] = {
            column: day.isoformat() if (day := known_day(text, today)) else None
            for column, text in days.items()
            if text is not None
        }
        if self.expires is not None:
            corrected |= printed_end(last_day(self.expires, today))
        if self.number is not None:
            corrected["number"] = _number(self.number)
        texts = {"index_code": self.index, "office": self.office}
        return {**corrected, **{column: text.strip() or None for column, text in texts.items() if text is not None}}


def known_day(text: Text, today: date) -> date | None:
    """Return the day that `text` names, or None where it is empty or says that nobody knows."""
    return None if is_unknown(text or "") else say.day_read(text or "", today)


def last_day(text: Text, today: date) -> date | None:
    """Return the last day that `text` names, as `known_day` does; OPEN_ENDED where it says that there is none."""
    return OPEN_ENDED if text and is_unlimited(text) else known_day(text, today)


def asked(printed: PermitOptions, today: date) -> PermitOptions:
    """Return what is printed on a permit, asking at a terminal for what was not typed."""
    return printed.but(
        number=until_read(printed.number, "--number", _("Permit number, as printed (or unknown)"), str),
        issued=until_read(
            printed.issued, "--issued", _("Day of issue (or unknown)"), lambda text: known_day(text, today)
        ),
        expires=until_read(
            printed.expires,
            "--expires",
            _("Last valid day (or unknown, or unlimited)"),
            lambda text: last_day(text, today),
        ),
    )


def dated(printed: PermitOptions, today: date) -> PermitOptions:
    """Return what is printed on a following grant: its end asked for at a terminal, issued today unless typed."""
    expires = until_read(printed.expires, "--expires", _("Last valid day"), lambda text: last_day(text, today))
    return printed.but(expires=expires, issued=printed.issued or today.isoformat())


def _number(text: str) -> str | None:
    return None if is_unknown(text) else names.permit_number(text)
