"""Who belongs to somebody, as typed."""

import sqlite3
from datetime import date
from typing import Annotated

import typer

from timpora_cli.actions.family import Relative
from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.options import Options, Reads, refuse_alone
from timpora_cli.cli.frame.register import Work
from timpora_cli.cli.options.person import PAST_DAY, past_day
from timpora_cli.language import _
from timpora_cli.model import names
from timpora_cli.model.people import Resident
from timpora_cli.queries import find

Text = str | None
RELATIVE = Reads(lambda text, desk: _relative_of(desk.connection, text))


class FamilyOptions(Options):
    """Who belongs to somebody: a resident by id, or an Indonesian citizen by name."""

    spouse: Annotated[
        Text,
        typer.Option(
            "--spouse",
            metavar="NAME|ID",
            help=_("Husband or wife: a resident's id, or a citizen's name."),
            autocompletion=values.residents,
        ),
        RELATIVE,
    ] = None
    married: Annotated[
        Text, typer.Option("--married", metavar="DATE", help=_("The day of the marriage.")), PAST_DAY
    ] = None
    child: Annotated[
        Text,
        typer.Option(
            "--child",
            metavar="NAME|ID",
            help=_("A child: a resident's id, or a citizen's name."),
            autocompletion=values.residents,
        ),
        RELATIVE,
    ] = None
    child_born: Annotated[
        Text, typer.Option("--child-born", metavar="DATE", help=_("The child's day of birth.")), PAST_DAY
    ] = None
    parent: Annotated[
        Text,
        typer.Option(
            "--parent",
            metavar="NAME|ID",
            help=_("A parent: a resident's id, or a citizen's name."),
            autocompletion=values.residents,
        ),
        RELATIVE,
    ] = None

    def relatives(self, work: Work) -> tuple[Relative, ...]:
        """Return the family links that were typed."""
        if not self.spouse:
            refuse_alone({"--married": self.married}, "--spouse")
        if not self.child:
            refuse_alone({"--child-born": self.child_born}, "--child")
        married = past_day(self.married, work.today) if self.married else None
        born = past_day(self.child_born, work.today) if self.child_born else None
        typed = (
            ("SPOUSE", self.spouse, None, married),
            ("CHILD", self.child, born, None),
            ("PARENT", self.parent, None, None),
        )
        return tuple(_relative(work, kind, text, of, since) for kind, text, of, since in typed if text)


def _relative_of(connection: sqlite3.Connection, text: str) -> Resident | None:
    """Return the resident that a relative is, or None for a citizen."""
    return find.resident(connection, text) if text.strip().isdigit() else None


def _relative(work: Work, relation: str, text: str, born: date | None, since: date | None) -> Relative:
    resident = _relative_of(work.connection, text)
    if resident is not None:
        return Relative(relation, relative_id=resident.id, born=born, since=since)
    return Relative(relation, citizen_name=names.name(text), born=born, since=since)
