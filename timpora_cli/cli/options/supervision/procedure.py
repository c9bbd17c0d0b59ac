"""A step of a kind of case as typed."""

from typing import Annotated

import typer

from timpora_cli.cli.completion import supervision
from timpora_cli.cli.frame.options import AlsoNeeded, Options, Reads, refuse_alone
from timpora_cli.cli.frame.register import Work
from timpora_cli.cli.options.law import KINDS
from timpora_cli.cli.options.person import DAY
from timpora_cli.cli.talk import say
from timpora_cli.language import _
from timpora_cli.model.terms import one_of
from timpora_cli.store.change import Value

Text = str | None
COUNTED_FROM = {"happened": "HAPPENED", "permit-issued": "PERMIT_ISSUED", "permit-ends": "PERMIT_ENDS"}
"""From which day the rule of a step is counted, by the word that is typed."""
RULES_OF_STEPS = ("reporting", "apply-before", "conversion-window", "after-years", "at-age")
"""The kinds of rules by which the day of a step can be counted."""

StepArgument = Annotated[
    str,
    typer.Argument(
        metavar="STEP", help=_("The code of a step."), autocompletion=supervision.procedure_steps, show_default=False
    ),
]


class StepOptions(Options):
    """What is recorded of a step."""

    text_id: Annotated[Text, typer.Option("--text-id", metavar="TEXT", help=_("The text in Indonesian."))] = None
    text_en: Annotated[Text, typer.Option("--text-en", metavar="TEXT", help=_("The text in English."))] = None
    papers_id: Annotated[
        Text, typer.Option("--papers-id", metavar="TEXT", help=_("What is to be brought, in Indonesian."))
    ] = None
    papers_en: Annotated[
        Text, typer.Option("--papers-en", metavar="TEXT", help=_("What is to be brought, in English."))
    ] = None
    counted_from: Annotated[
        Text,
        typer.Option(
            "--counted-from",
            metavar="DAY",
            help=_("The day it is counted from: {days}.").format(days=", ".join(COUNTED_FROM)),
            autocompletion=lambda: list(COUNTED_FROM),
        ),
        Reads(lambda text, _desk: one_of(text, COUNTED_FROM, _("day"))),
    ] = None
    rule: Annotated[
        Text,
        typer.Option(
            "--rule",
            metavar="KIND",
            help=_("The kind of rule that counts: {kinds}.").format(kinds=", ".join(RULES_OF_STEPS)),
            autocompletion=lambda: list(RULES_OF_STEPS),
        ),
        Reads(lambda text, _desk: one_of(text, RULES_OF_STEPS, _("kind of rule"))),
    ] = None
    rule_for: Annotated[
        Text,
        typer.Option("--rule-for", metavar="SUBJECT", help=_("What the rule is for; without it, the permit's class.")),
    ] = None
    optional: Annotated[
        bool, typer.Option("--explained-only", help=_("A case is done without it; it is explained, no more."))
    ] = False
    source: Annotated[Text, typer.Option("--source", metavar="URL", help=_("Where this was read."))] = None
    verified: Annotated[bool, typer.Option("--verified", help=_("It was checked against the text itself."))] = False
    begins: Annotated[
        Text, typer.Option("--from", metavar="DATE", help=_("The first day it holds; without it, today.")), DAY
    ] = None

    def facts(self, work: Work) -> dict[str, Value]:
        """Return the columns that were typed, read into values. Raises AlsoNeeded for half of how it is counted."""
        texts = ("text_id", "text_en", "papers_id", "papers_en", "source")
        facts: dict[str, Value] = {
            column: typed.strip() or None for column in texts if (typed := getattr(self, column)) is not None
        }
        if self.counted_from is None:
            refuse_alone({"--rule": self.rule, "--rule-for": self.rule_for}, "--counted-from")
        elif not self.rule:
            raise AlsoNeeded(option="--counted-from", whole="--rule")
        else:
            facts["counted_from"] = COUNTED_FROM[one_of(self.counted_from, COUNTED_FROM, _("day"))]
            facts["rule_kind"] = KINDS[one_of(self.rule, RULES_OF_STEPS, _("kind of rule"))].code
            facts["rule_subject"] = (self.rule_for or "").strip() or None
        if self.optional:
            facts["is_needed"] = 0
        if self.verified:
            facts["verified"] = 1
        if self.begins:
            facts["valid_from"] = say.day_read(self.begins, work.today).isoformat()
        return facts
