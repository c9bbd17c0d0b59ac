"""Reliefs and rules as typed, and how each is read."""

from typing import Annotated

import typer

from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.options import Options, Reads
from timpora_cli.cli.frame.register import Work
from timpora_cli.cli.options.person import DAY
from timpora_cli.cli.talk import ask, say
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.law import NOT_EXTENDED, RULE_KINDS, For, NewRule, RuleKind
from timpora_cli.model.names import excerpt, whole_number
from timpora_cli.model.terms import PERMANENT, class_code, one_of
from timpora_cli.queries.law import relief_named
from timpora_cli.store.change import Value

Text = str | None
KINDS = {kind.word: kind for kind in RULE_KINDS}
"""The kinds of rule, by the word that is typed."""
EXTENDABLE = ("yes", "no", "any")
MOST_YEARS = 100
GREATEST_VALUE = 10**12 - 1


class Policy(Options):
    """A relief as typed."""

    name: Annotated[Text, typer.Option("--name", metavar="TEXT", help=_("What lists call it."))] = None
    basis: Annotated[Text, typer.Option("--basis", metavar="TEXT", help=_("The letter or regulation."))] = None
    classes: Annotated[
        list[str] | None,
        typer.Option(
            "--class", metavar="CLASS", help=_("A class it covers; repeat it."), autocompletion=values.classes
        ),
        Reads(lambda text, _desk: class_code(text)),
    ] = None
    begins: Annotated[Text, typer.Option("--from", metavar="DATE", help=_("From which day it is in force.")), DAY] = (
        None
    )
    until: Annotated[
        Text, typer.Option("--until", metavar="DATE", help=_("The last day it keeps permits valid; none: open.")), DAY
    ] = None
    issued: Annotated[Text, typer.Option("--issued", metavar="DATE", help=_("When the letter was issued.")), DAY] = None
    expired_from: Annotated[
        Text, typer.Option("--expired-from", metavar="DATE", help=_("Only permits printed to this day or later.")), DAY
    ] = None
    expired_until: Annotated[
        Text,
        typer.Option("--expired-until", metavar="DATE", help=_("Only permits printed to this day or earlier.")),
        DAY,
    ] = None
    entered_from: Annotated[
        Text, typer.Option("--entered-from", metavar="DATE", help=_("Only who entered on this day or later.")), DAY
    ] = None
    entered_until: Annotated[
        Text, typer.Option("--entered-until", metavar="DATE", help=_("Only who entered on this day or earlier.")), DAY
    ] = None
    in_country: Annotated[bool, typer.Option("--in-country-only", help=_("Only while in Indonesia."))] = False
    extendable: Annotated[
        str,
        typer.Option(
            "--extendable",
            metavar="yes|no|any",
            help=_("Whether the permit can be extended."),
            autocompletion=lambda: list(EXTENDABLE),
        ),
        Reads(lambda text, _desk: one_of(text, EXTENDABLE, _("answer"))),
    ] = "any"
    action: Annotated[Text, typer.Option("--action", metavar="TEXT", help=_("What the holder must do."))] = None
    supersedes: Annotated[
        Text,
        typer.Option(
            "--supersedes", metavar="CODE", help=_("The relief whose place it takes."), autocompletion=values.reliefs
        ),
        Reads(lambda text, desk: relief_named(desk.connection, text)),
    ] = None
    source: Annotated[Text, typer.Option("--source", metavar="URL", help=_("Where this was read."))] = None
    verified: Annotated[bool, typer.Option("--verified", help=_("It was checked against the text itself."))] = False

    def refuse_missing(self, code: str) -> None:
        """Raise the error that names what a relief cannot be without."""
        needed = {
            "CODE": code.strip(),
            "--name": self.name,
            "--basis": self.basis,
            "--class": self.classes,
            "--from": self.begins,
            "--source": self.source,
        }
        ask.refuse_missing(needed)

    def row(self, code: str, work: Work) -> dict[str, Value]:
        """Return the columns of the relief, read into values."""
        days = {
            "issued_on": self.issued,
            "effective_from": self.begins,
            "effective_until": self.until,
            "expired_from": self.expired_from,
            "expired_until": self.expired_until,
            "entered_from": self.entered_from,
            "entered_until": self.entered_until,
        }
        return {
            "code": code.strip(),
            "name": self.name,
            "legal_basis": self.basis,
            **{column: say.day_read(text, work.today).isoformat() if text else None for column, text in days.items()},
            "in_country_only": int(self.in_country),
            "extendable": one_of(self.extendable, EXTENDABLE, _("answer")),
            "action_required": self.action,
            "supersedes": relief_named(work.connection, self.supersedes).code if self.supersedes else None,
            "source_url": self.source,
            "verified": int(self.verified),
        }


class NotAWholeNumber(WrongUsage):
    """{value} is not a whole number above 0. Only a number of extensions may be 0."""


class ReportOfAnother(WrongUsage):
    """A report every so many years is made by the holders of a KITAP, not of {subject}. Write --for KITAP."""


class TooManyYears(WrongUsage):
    """{value} years is longer than anybody reports. Write at most {most}."""


class ForNothing(WrongUsage):
    """--for {subject} says nothing here: an overstay rate or limit is one for all. Leave it out."""


class RuleOptions(Options):
    """A rule as typed."""

    subject: Annotated[
        Text,
        typer.Option(
            "--for",
            metavar="CLASS",
            help=_("The class that the rule is for, or the matter, such as SKTT."),
            autocompletion=values.classes,
        ),
    ] = None
    begins: Annotated[Text, typer.Option("--from", metavar="DATE", help=_("The first day it holds.")), DAY] = None
    until: Annotated[Text, typer.Option("--until", metavar="DATE", help=_("The last day it holds.")), DAY] = None
    basis: Annotated[Text, typer.Option("--basis", metavar="TEXT", help=_("The regulation."))] = None
    source: Annotated[Text, typer.Option("--source", metavar="URL", help=_("Where this was read."))] = None
    verified: Annotated[bool, typer.Option("--verified", help=_("It was checked against the text itself."))] = False

    def refuse_missing(self, kind: RuleKind) -> None:
        """Raise the error that names what a rule of this kind cannot be without."""
        needed = {"--basis": self.basis, "--source": self.source}
        if kind.subject is not For.ALL:
            needed["--for"] = self.subject
        elif self.subject:
            raise ForNothing(subject=self.subject)
        ask.refuse_missing(needed)


def new_rule(kind: RuleKind, value: str, typed: RuleOptions, work: Work) -> NewRule:
    """Return the rule that was typed. Raises NotAWholeNumber for its value, and for a report the refusals above."""
    subject = typed.subject or ""
    subject = class_code(subject) if kind.subject is For.CLASS else subject
    number = _whole(value, least=NOT_EXTENDED if kind.code == "EXTENSIONS" else 1)
    if kind.code == "REPORT_EVERY_YEARS":
        if subject != PERMANENT:
            raise ReportOfAnother(subject=subject)
        if number > MOST_YEARS:
            raise TooManyYears(value=value, most=MOST_YEARS)
    return NewRule(
        kind.code,
        subject,
        number,
        say.day_read(typed.begins, work.today) if typed.begins else None,
        say.day_read(typed.until, work.today) if typed.until else None,
        typed.basis or "",
        typed.source or "",
        verified=typed.verified,
    )


def _whole(text: str, least: int) -> int:
    number = whole_number(text, GREATEST_VALUE)
    if number is None or number < least:
        raise NotAWholeNumber(value=excerpt(text))
    return number
