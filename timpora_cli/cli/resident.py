"""`timpora resident`: the people."""

from typing import Annotated

import typer

from timpora_cli import render
from timpora_cli.actions import residents
from timpora_cli.cli import complete, entering, talk
from timpora_cli.cli.entering import ResidentArgument, tally
from timpora_cli.cli.entry import (
    HomeOptions,
    Why,
    past_day,
)
from timpora_cli.cli.filtering import Filters
from timpora_cli.cli.options import CardOptions, OutputOptions
from timpora_cli.cli.plain import Reading, Writing, examples, group_app
from timpora_cli.cli.records import takes_records
from timpora_cli.cli.register import reading, working
from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.model.terms import departure_code
from timpora_cli.queries import find
from timpora_cli.queries.countries import country_names
from timpora_cli.queries.dossier import dossier
from timpora_cli.queries.filters import resolved
from timpora_cli.queries.people import people
from timpora_cli.render import cards, listings

app = group_app(_("Record, show, correct, move and depart the residents."))

On = Annotated[str | None, typer.Option("--on", metavar="DATE", help=_("On which day; without it, today."))]


class NotConfirmed(Refused):
    """Nothing was removed."""


app.command(
    "add",
    cls=Writing,
    epilog=examples(
        'timpora resident add --name "Contoh Orang" --nationality AUS --passport X0000001 --village "Air Merbau"',
        "timpora resident add --village Dukong --district 'Simpang Pesak' --mrz LINE1 --mrz LINE2",
    ),
)(entering.add)
app.command(
    "edit",
    cls=Writing,
    epilog=examples(
        'timpora resident edit 1 --occupation "Guru" --reason "typing mistake"',
        "timpora resident edit 1 --passport X0000099 --passport-expires 2030-01-31",
    ),
)(entering.edit)


@app.command("show", cls=Reading, epilog=examples("timpora resident show 1", "timpora resident show 1 --format json"))
@takes_records
def show(ctx: typer.Context, reference: ResidentArgument, output: CardOptions) -> None:
    """Show all that is on record about a resident.

    Who, where, the chain of permits with the days left, the sponsor, passports, residences and family.
    """
    with reading(ctx) as view:
        found = find.resident(view.connection, reference)
        held = dossier(view.connection, found.id, view.on)
        country = country_names(view.connection)[held.nationality]
    render.write_card(cards.resident(held, country, view.on), output.chosen())


@app.command(
    "list",
    cls=Reading,
    epilog=examples("timpora resident list --district Tanjungpandan", "timpora resident list --name wu --format json"),
)
@takes_records
def list_(ctx: typer.Context, where: Filters, output: OutputOptions) -> None:
    """List the residents who are present, by id.

    Those who have departed are found with --as-of a day on which they were here, or shown by id or passport number.
    """
    with reading(ctx) as view:
        found = people(view.connection, view.on, resolved(view.connection, where.asked()))
        listing = listings.people(list(found))
    output.write(listing)


@app.command(
    "move",
    cls=Writing,
    epilog=examples('timpora resident move 1 --village "Tanjung Binga" --on 2020-09-10'),
)
@takes_records
def move(ctx: typer.Context, reference: ResidentArgument, home: HomeOptions, why: Why, on: On = None) -> None:
    """Record that a resident has moved; from that day on, the person counts in the new place.

    For somebody who had departed for good, it records the return. A village that nobody knows is given as "".
    """
    with working(ctx, why.reason) as work:
        found = find.resident(work.connection, reference)
        if home.village is None and home.district is None:
            raise talk.missing(["--village"])
        day = past_day(on, work.today) if on else work.today
        to = home.new(work, day)
        residents.move(work.change, found, to, day)
        sentence = (
            _("Resident {id} moved on {day}: {name}.")
            if found.departed is None
            else _("Resident {id} returned on {day}: {name}.")
        )
        said = sentence.format(id=found.id, day=day.isoformat(), name=found.name) + tally(work, to)
    render.write_line(said)


@app.command(
    "depart",
    cls=Writing,
    epilog=examples("timpora resident depart 1 --on 2020-09-15", "timpora resident depart 1 --how deported"),
)
@takes_records
def depart(
    ctx: typer.Context,
    reference: ResidentArgument,
    why: Why,
    on: On = None,
    how: Annotated[
        str,
        typer.Option(
            "--how", metavar="HOW", help=_("left, deported, died or naturalised."), autocompletion=complete.departures
        ),
    ] = "left",
) -> None:
    """Record that a resident has left for good: the current permit and the residence end that day.

    A leave with return is not a departure.
    """
    way = departure_code(how)
    with working(ctx, why.reason) as work:
        found = find.resident(work.connection, reference)
        day = talk.day_read(on, work.today) if on else work.today
        ended = residents.depart(work.change, found, day, way, work.today)
    said = _("Resident {id} departed on {day}: {name}.").format(id=found.id, day=day.isoformat(), name=found.name)
    if ended is not None:
        said += " " + _("Permit {permit} ended that day.").format(permit=ended)
    render.write_line(said)


@app.command("remove", cls=Writing, epilog=examples('timpora resident remove 1 --yes --reason "entered twice"'))
@takes_records
def remove(
    ctx: typer.Context,
    reference: ResidentArgument,
    why: Why,
    yes: Annotated[bool, typer.Option("--yes", help=_("Remove without asking."))] = False,
) -> None:
    """Take out a resident who was entered by mistake, with permits, passports, residences and family links.

    It asks first on a terminal and needs --yes elsewhere. Somebody who has left is departed, not removed.
    """
    with working(ctx, why.reason) as work:
        found = find.resident(work.connection, reference)
        question = _("Remove resident {id}, {name}, with everything recorded?").format(id=found.id, name=found.name)
        if not yes and not talk.confirm(question):
            raise NotConfirmed
        rows = residents.remove(work.change, found)
    render.write_line(_("Resident {id} removed, {rows} rows in all.").format(id=found.id, rows=rows))


@app.command("merge", cls=Writing, epilog=examples('timpora resident merge 1 2 --reason "the same passport, renewed"'))
@takes_records
def merge(
    ctx: typer.Context,
    reference: ResidentArgument,
    other: Annotated[
        str,
        typer.Argument(
            metavar="OTHER",
            help=_("The record that is the same person, and goes."),
            autocompletion=complete.residents,
            show_default=False,
        ),
    ],
    why: Why,
) -> None:
    """Join a second record of the same person to the first, and take the second out.

    Passports, permits, residences, family and what the first record lacks come from the second; where both say
    something and differ, the first stays, and it is told. Chains that overlap are refused. Take it back with: undo
    """
    from timpora_cli.actions.merging import merge as join

    with working(ctx, why.reason) as work:
        kept, gone = find.resident(work.connection, reference), find.resident(work.connection, other)
        merged = join(work.change, kept, gone, work.today)
    sentence = _(
        "Resident {other} is now part of resident {id}: {name}. Brought along: {passports} passports, "
        "{permits} permits, {residences} residences, {relatives} family links."
    )
    render.write_line(
        sentence.format(
            id=kept.id,
            name=kept.name,
            other=gone.id,
            passports=merged.passports,
            permits=merged.permits,
            residences=merged.residences,
            relatives=merged.relatives,
        )
    )
    for left in merged.left:
        said = _("Not taken from resident {other}: {column} {left}; it stays {stays}.")
        talk.note(said.format(other=gone.id, column=left.column, left=left.left, stays=left.stays))
