"""`timpora rule`: the dated rules, each with its legal source."""

from dataclasses import dataclass
from typing import Annotated

import typer

from timpora_cli import render
from timpora_cli.cli import complete, talk
from timpora_cli.cli.entry import Why
from timpora_cli.cli.options import OutputOptions
from timpora_cli.cli.plain import Reading, Writing, examples, group_app
from timpora_cli.cli.records import takes_records
from timpora_cli.cli.register import Work, reading, working
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.law import NewRule
from timpora_cli.model.terms import class_code, one_of
from timpora_cli.queries.law import rules
from timpora_cli.render import law

app = group_app(_("List, add and end the dated rules: renewal windows, overstay rate and limit, reporting limits."))

KINDS = {
    "window": "RENEWAL_WINDOW_DAYS",
    "overstay-rate": "OVERSTAY_RUPIAH_A_DAY",
    "overstay-limit": "OVERSTAY_LIMIT_DAYS",
    "reporting": "REPORTING_DAYS",
}
Text = str | None


class NotAWholeNumber(WrongUsage):
    """{value} is not a whole number of days or rupiah above 0."""


class NotARule(WrongUsage):
    """{rule} is not the id of a rule. See them with: timpora rule list"""


class ForNothing(WrongUsage):
    """--for {subject} says nothing here: an overstay rate or limit is one for all. Leave it out."""


@dataclass(frozen=True, slots=True)
class RuleOptions:
    """A rule as typed."""

    subject: Annotated[
        Text,
        typer.Option(
            "--for",
            metavar="CLASS",
            help=_("The class of a window, or what is to be reported."),
            autocompletion=complete.classes,
        ),
    ] = None
    begins: Annotated[Text, typer.Option("--from", metavar="DATE", help=_("The first day it holds."))] = None
    until: Annotated[Text, typer.Option("--until", metavar="DATE", help=_("The last day it holds."))] = None
    basis: Annotated[Text, typer.Option("--basis", metavar="TEXT", help=_("The regulation."))] = None
    source: Annotated[Text, typer.Option("--source", metavar="URL", help=_("Where this was read."))] = None
    verified: Annotated[bool, typer.Option("--verified", help=_("It was checked against the text itself."))] = False

    def refuse_missing(self, kind: str) -> None:
        """Raise the error that names what a rule of this kind cannot be without."""
        needed = {"--basis": self.basis, "--source": self.source}
        if kind in ("RENEWAL_WINDOW_DAYS", "REPORTING_DAYS"):
            needed["--for"] = self.subject
        elif self.subject:
            raise ForNothing(subject=self.subject)
        if missing := [option for option, value in needed.items() if not value]:
            raise talk.missing(missing)


@app.command("list", cls=Reading, epilog=examples("timpora rule list", "timpora rule list --as-of 2018-01-01"))
@takes_records
def list_(ctx: typer.Context, output: OutputOptions) -> None:
    """List the rules, and which of them are in force on the day, each with its legal basis and source."""
    with reading(ctx) as view:
        listing = law.rules(rules(view.connection, view.on))
    output.write(listing)


@app.command(
    "add",
    cls=Writing,
    epilog=examples(
        'timpora rule add window 60 --for KITAS --from 2027-01-01 --basis "Contoh 2/2026" --source example.invalid'
    ),
)
@takes_records
def add(
    ctx: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help=_("window, overstay-rate, overstay-limit or reporting."),
            autocompletion=lambda: list(KINDS),
        ),
    ],
    value: Annotated[str, typer.Argument(metavar="VALUE", help=_("Days, or rupiah a day."))],
    typed: RuleOptions,
    why: Why,
) -> None:
    """Record a rule. Of two that are in force for the same thing, the one that began later counts."""
    from timpora_cli.actions import law as acting

    named = KINDS[one_of(kind, KINDS, _("kind of rule"))]
    typed.refuse_missing(named)
    with working(ctx, why.reason) as work:
        rule = acting.add_rule(work.change, _rule(named, value, typed, work))
    render.write_line(_("Rule {rule} recorded.").format(rule=rule))


@app.command("end", cls=Writing, epilog=examples("timpora rule end 2 --until 2026-12-31"))
@takes_records
def end(
    ctx: typer.Context,
    rule: Annotated[str, typer.Argument(metavar="RULE", help=_("The rule's id."), autocompletion=complete.rules)],
    why: Why,
    until: Annotated[Text, typer.Option("--until", metavar="DATE", help=_("Its last day; without it, today."))] = None,
) -> None:
    """Let a rule hold up to and on a day."""
    from timpora_cli.actions import law as acting

    if not (rule.isascii() and rule.isdigit() and len(rule) < 19):
        raise NotARule(rule=rule)
    with working(ctx, why.reason) as work:
        day = talk.day_read(until, work.today) if until else work.today
        acting.end_rule(work.change, int(rule), day)
    render.write_line(_("Rule {rule} holds until {day}.").format(rule=rule, day=day.isoformat()))


def _rule(kind: str, value: str, typed: RuleOptions, work: Work) -> NewRule:
    subject = typed.subject or ""
    return NewRule(
        kind,
        class_code(subject) if kind == "RENEWAL_WINDOW_DAYS" else subject,
        _whole(value),
        talk.day_read(typed.begins, work.today) if typed.begins else None,
        talk.day_read(typed.until, work.today) if typed.until else None,
        typed.basis or "",
        typed.source or "",
        verified=typed.verified,
    )


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 10**12):
        raise NotAWholeNumber(value=text)
    return int(text)
