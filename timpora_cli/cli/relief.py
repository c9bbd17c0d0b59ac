"""`timpora relief`: the dated policies that keep permits valid past their printed day."""

from dataclasses import dataclass
from typing import Annotated

import typer

from timpora_cli import render
from timpora_cli.cli import complete, talk
from timpora_cli.cli.entry import Why
from timpora_cli.cli.options import CardOptions, OutputOptions
from timpora_cli.cli.plain import Reading, Writing, examples, group_app
from timpora_cli.cli.records import takes_records
from timpora_cli.cli.register import Work, reading, working
from timpora_cli.language import _
from timpora_cli.model.terms import class_code, one_of
from timpora_cli.queries import find
from timpora_cli.queries.law import relief_named, relief_steps, reliefs
from timpora_cli.queries.people import person_of
from timpora_cli.render import law
from timpora_cli.store.change import Value

app = group_app(_("Record, list, explain and end the policies that keep permits valid past their printed day."))

Code = Annotated[str, typer.Argument(metavar="CODE", help=_("The relief's code, as in ITKT-2020-09."))]
Known = Annotated[
    str,
    typer.Argument(metavar="CODE", help=_("The relief's code, as in ITKT-2020-09."), autocompletion=complete.reliefs),
]
Text = str | None
EXTENDABLE = ("yes", "no", "any")


@dataclass(frozen=True, slots=True)
class Policy:
    """A relief as typed."""

    name: Annotated[Text, typer.Option("--name", metavar="TEXT", help=_("What lists call it."))] = None
    basis: Annotated[Text, typer.Option("--basis", metavar="TEXT", help=_("The letter or regulation."))] = None
    classes: Annotated[
        list[str] | None,
        typer.Option(
            "--class", metavar="CLASS", help=_("A class it covers; repeat it."), autocompletion=complete.classes
        ),
    ] = None
    begins: Annotated[Text, typer.Option("--from", metavar="DATE", help=_("From which day it is in force."))] = None
    until: Annotated[
        Text, typer.Option("--until", metavar="DATE", help=_("The last day it keeps permits valid; none: open."))
    ] = None
    issued: Annotated[Text, typer.Option("--issued", metavar="DATE", help=_("When the letter was issued."))] = None
    expired_from: Annotated[
        Text, typer.Option("--expired-from", metavar="DATE", help=_("Only permits printed to this day or later."))
    ] = None
    expired_until: Annotated[
        Text, typer.Option("--expired-until", metavar="DATE", help=_("Only permits printed to this day or earlier."))
    ] = None
    entered_from: Annotated[
        Text, typer.Option("--entered-from", metavar="DATE", help=_("Only who entered on this day or later."))
    ] = None
    entered_until: Annotated[
        Text, typer.Option("--entered-until", metavar="DATE", help=_("Only who entered on this day or earlier."))
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
    ] = "any"
    action: Annotated[Text, typer.Option("--action", metavar="TEXT", help=_("What the holder must do."))] = None
    supersedes: Annotated[
        Text,
        typer.Option(
            "--supersedes",
            metavar="CODE",
            help=_("The relief whose place it takes."),
            autocompletion=complete.reliefs,
        ),
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
        if missing := [option for option, value in needed.items() if not value]:
            raise talk.missing(missing)

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
            **{column: talk.day_read(text, work.today).isoformat() if text else None for column, text in days.items()},
            "in_country_only": int(self.in_country),
            "extendable": one_of(self.extendable, EXTENDABLE, _("answer")),
            "action_required": self.action,
            "supersedes": relief_named(work.connection, self.supersedes).code if self.supersedes else None,
            "source_url": self.source,
            "verified": int(self.verified),
        }


@app.command("list", cls=Reading, epilog=examples("timpora relief list", "timpora relief list --format json"))
@takes_records
def list_(ctx: typer.Context, output: OutputOptions) -> None:
    """List the reliefs, in the order in which they came into force, each with its legal basis and source."""
    with reading(ctx) as view:
        listing = law.reliefs(reliefs(view.connection))
    output.write(listing)


@app.command(
    "add",
    cls=Writing,
    epilog=examples(
        'timpora relief add ITKT-2020-10 --name "ITKT, October" --basis "Contoh 1/2020" --class ITK --class KITAS'
        " --from 2020-09-20 --until 2020-10-20 --supersedes ITKT-2020-09 --source example.invalid"
    ),
)
@takes_records
def add(ctx: typer.Context, code: Code, policy: Policy, why: Why) -> None:
    """Record a relief. A condition that is left out does not bind.

    It covers a permit of its classes whose printed end is no earlier than the day on which the chain of reliefs that
    it belongs to began, or the day given with --expired-from. One that supersedes another takes its place on the day
    from which it is in force.
    """
    from timpora_cli.actions import law as acting

    policy.refuse_missing(code)
    with working(ctx, why.reason) as work:
        classes = dict.fromkeys(class_code(text) for text in policy.classes or ())
        acting.add_relief(work.change, policy.row(code, work), classes)
    render.write_line(_("Relief {code} recorded.").format(code=code.strip()))


@app.command("end", cls=Writing, epilog=examples("timpora relief end ITKT-2020-09 --on 2020-10-01"))
@takes_records
def end(
    ctx: typer.Context,
    code: Known,
    why: Why,
    on: Annotated[Text, typer.Option("--on", metavar="DATE", help=_("From which day; without it, today."))] = None,
) -> None:
    """Let a relief be in force no more from a day on; permits it covered are judged by their printed day again."""
    from timpora_cli.actions import law as acting

    with working(ctx, why.reason) as work:
        relief = relief_named(work.connection, code)
        day = talk.day_read(on, work.today) if on else work.today
        acting.end_relief(work.change, relief, day)
    render.write_line(_("Relief {code} ended on {day}.").format(code=relief.code, day=day.isoformat()))


@app.command(
    "explain",
    cls=Reading,
    epilog=examples(
        "timpora relief explain 41 --as-of 2020-09-17", "timpora relief explain 41 --as-of 2020-09-17 --format json"
    ),
)
@takes_records
def explain(
    ctx: typer.Context,
    reference: Annotated[
        str,
        typer.Argument(metavar="RESIDENT", help=_("An id, or a document's number."), autocompletion=complete.residents),
    ],
    output: CardOptions,
) -> None:
    """Say in sentences until when a resident's permit holds on a day, and by which relief and why.

    The formats for programs have the permit, how it stands, and each relief with what keeps it from covering.
    """
    from timpora_cli.render import explaining

    with reading(ctx) as view:
        found = find.resident(view.connection, reference)
        person = person_of(view.connection, view.on, found.id)
        steps = [] if person is None else relief_steps(view.connection, person, view.on)
    chosen = output.chosen()
    if not chosen.for_people:
        render.write_card(explaining.explained(found.id, found.name, person, steps), chosen)
    elif person is None:
        render.write_line(_("{name} is not present on {day}.").format(name=found.name, day=view.on.isoformat()))
    else:
        for line in explaining.explanation(person, steps, view.on):
            render.write_line(line)
