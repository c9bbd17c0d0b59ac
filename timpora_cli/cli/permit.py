"""`timpora permit`: grants of stay permits, each linked to the one it follows."""

from dataclasses import replace
from typing import Annotated

import typer

from timpora_cli import render
from timpora_cli.actions import permits
from timpora_cli.cli import complete, talk
from timpora_cli.cli.entry import Why, asked_for, past_day
from timpora_cli.cli.filtering import Filters
from timpora_cli.cli.options import CardOptions, OutputOptions
from timpora_cli.cli.plain import Reading, Writing, examples, group_app
from timpora_cli.cli.printed import ClassOption, PermitOptions, class_named, known_day
from timpora_cli.cli.records import takes_records
from timpora_cli.cli.register import Work, reading, working
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.terms import class_code
from timpora_cli.queries import find
from timpora_cli.queries.dossier import dossier, holder_of
from timpora_cli.queries.filters import resolved
from timpora_cli.queries.find import permit_of_id
from timpora_cli.queries.people import people
from timpora_cli.render import cards, listings

app = group_app(_("Record, show, extend, convert, revoke and correct stay permits."))

Permit = Annotated[
    str,
    typer.Argument(
        metavar="PERMIT", help=_("A permit's id, or its number."), autocompletion=complete.permits, show_default=False
    ),
]
Holder = Annotated[
    str,
    typer.Argument(
        metavar="RESIDENT",
        help=_("The holder: an id, or a NIORA or passport number."),
        autocompletion=complete.residents,
        show_default=False,
    ),
]


class NothingToCorrect(WrongUsage):
    """Nothing was given to correct. See the options with: timpora permit edit --help"""


@app.command(
    "add",
    cls=Writing,
    epilog=examples(
        "timpora permit add 1 --class KITAS --number 2C21DEMO9001 --issued 2020-06-01 --expires 2021-05-31 --index C317"
    ),
)
@takes_records
def add(ctx: typer.Context, reference: Holder, printed: PermitOptions, why: Why, kind: ClassOption = None) -> None:
    """Record a permit for a resident, as printed.

    Class, number, day of issue and last valid day are needed; what nobody knows is given as the word unknown. A permit
    issued before one on record takes its place before it. For the next permit of a holder, use extend or convert.
    """
    with working(ctx, why.reason) as work:
        holder = find.resident(work.connection, reference)
        needed = {"--class": kind, "--number": printed.number, "--issued": printed.issued, "--expires": printed.expires}
        _refuse_missing(needed)
        kind = asked_for(
            kind, "--class", _("Class (KITAP, KITAS, ITK, VOA, BVK, ITKT, DIPLOMATIK, DINAS)"), class_named
        )
        printed = _asked(printed, work)
        grant = printed.grant(class_code(kind or ""), work.today)
        identity = permits.add(work.change, holder.id, grant, work.today)
        said = _("Permit {permit} recorded for resident {id}: {kind} until {until}, {name}.").format(
            permit=identity,
            id=holder.id,
            kind=grant.class_code,
            until=grant.expires_on or _("a day not known"),
            name=holder.name,
        )
    render.write_line(said)


@app.command("show", cls=Reading, epilog=examples("timpora permit show 1", "timpora permit show 1 --format json"))
@takes_records
def show(ctx: typer.Context, reference: Permit, output: CardOptions) -> None:
    """Show one permit: as printed, how long it holds under any relief, and the chain that it stands in."""
    with reading(ctx) as view:
        found = find.permit(view.connection, reference)
        holder = dossier(view.connection, holder_of(view.connection, found.id), view.on)
    grant = next(one for one in holder.grants if one.permit_id == found.id)
    render.write_card(cards.permit(grant, holder, view.on), output.chosen())


@app.command(
    "list",
    cls=Reading,
    epilog=examples("timpora permit list --state OVERSTAY", "timpora permit list --class KITAP --sort -expires_on"),
)
@takes_records
def list_(ctx: typer.Context, where: Filters, output: OutputOptions) -> None:
    """List the permits in force, by the holder's id; the whole chain of one holder is in: timpora resident show."""
    with reading(ctx) as view:
        found = people(view.connection, view.on, resolved(view.connection, where.asked()))
        listing = listings.permits(list(found))
    output.write(listing)


@app.command(
    "extend",
    cls=Writing,
    epilog=examples("timpora permit extend 1 --expires 2022-05-31 --issued 2020-09-15 --number 2C21DEMO9002"),
)
@takes_records
def extend(ctx: typer.Context, reference: Permit, printed: PermitOptions, why: Why) -> None:
    """Record the extension of a permit: a new grant of the same class, which takes its place on the day of issue.

    Without --issued it was issued today; without --number the number stays the same. An extension issued late leaves
    the days between as overstay in the past.
    """
    with working(ctx, why.reason) as work:
        found = find.permit(work.connection, reference)
        permits.refuse_ended(work.change, found)
        _refuse_missing({"--expires": printed.expires})
        printed = _dated(printed, work)
        grant = printed.grant(found.class_code, work.today)
        identity = permits.extend(work.change, found, grant, work.today)
        said = _("Permit {old} extended by permit {new}: {kind} until {until}.").format(
            old=found.id, new=identity, kind=grant.class_code, until=grant.expires_on or _("a day not known")
        )
    render.write_line(said)


@app.command(
    "convert",
    cls=Writing,
    epilog=examples(
        "timpora permit convert 1 --class KITAP --number 2D21DEMO9003 --issued 2020-09-16 --expires 2025-09-15"
    ),
)
@takes_records
def convert(ctx: typer.Context, reference: Permit, printed: PermitOptions, why: Why, kind: ClassOption = None) -> None:
    """Record the conversion of a permit (alih status): a new grant of another class, from the day of issue.

    Without --issued it was issued today.
    """
    with working(ctx, why.reason) as work:
        found = find.permit(work.connection, reference)
        permits.refuse_ended(work.change, found)
        _refuse_missing({"--class": kind, "--expires": printed.expires})
        kind = asked_for(kind, "--class", _("New class"), class_named)
        printed = _dated(printed, work)
        grant = printed.grant(class_code(kind or ""), work.today)
        identity = permits.convert(work.change, found, grant, work.today)
        said = _("Permit {old} ({was}) converted to permit {new}: {kind} until {until}.").format(
            old=found.id,
            was=found.class_code,
            new=identity,
            kind=grant.class_code,
            until=grant.expires_on or _("a day not known"),
        )
    render.write_line(said)


@app.command("revoke", cls=Writing, epilog=examples('timpora permit revoke 1 --reason "sponsor withdrew"'))
@takes_records
def revoke(
    ctx: typer.Context,
    reference: Permit,
    why: Why,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=_("From which day; without it, today."))
    ] = None,
) -> None:
    """Record that a permit was cancelled, with the reason; its holder is then without a current permit."""
    with working(ctx, why.reason) as work:
        found = find.permit(work.connection, reference)
        permits.refuse_ended(work.change, found)
        if not why.reason and not talk.can_ask():
            raise talk.missing(["--reason"])
        reason = why.reason or talk.ask(_("Reason"))
        day = past_day(on, work.today) if on else work.today
        permits.revoke(work.change, found, day, reason)
    render.write_line(_("Permit {permit} revoked from {day}.").format(permit=found.id, day=day.isoformat()))


@app.command(
    "edit",
    cls=Writing,
    epilog=examples('timpora permit edit 1 --expires 2021-06-30 --reason "typing mistake"'),
)
@takes_records
def edit(ctx: typer.Context, reference: Permit, printed: PermitOptions, why: Why, kind: ClassOption = None) -> None:
    """Correct what was recorded of a permit; the version that it replaces is kept. Renewals are extend or convert.

    An empty value ("") or the word unknown empties what is on record.
    """
    with working(ctx, why.reason) as work:
        found = find.permit(work.connection, reference)
        values = printed.corrections(work.today)
        if kind is not None:
            values["class_code"] = class_code(kind)
        if not values:
            raise NothingToCorrect
        permits.edit(work.change, found, values, work.today)
        now = permit_of_id(work.connection, found.id)
        said = _("Permit {permit} corrected: {kind}, issued {issued}, expires {expires} (was {was}).").format(
            permit=found.id,
            kind=now.class_code,
            issued=now.issued_on or _("unknown"),
            expires=now.expires_on or _("unknown"),
            was=found.expires_on or _("unknown"),
        )
    render.write_line(said)


def _refuse_missing(needed: dict[str, str | None]) -> None:
    missing = [option for option, text in needed.items() if not text]
    if missing and not talk.can_ask():
        raise talk.missing(missing)


def _asked(printed: PermitOptions, work: Work) -> PermitOptions:
    return replace(
        printed,
        number=asked_for(printed.number, "--number", _("Permit number, as printed (or unknown)"), str),
        issued=asked_for(
            printed.issued, "--issued", _("Day of issue (or unknown)"), lambda text: known_day(text, work.today)
        ),
        expires=asked_for(
            printed.expires, "--expires", _("Last valid day (or unknown)"), lambda text: known_day(text, work.today)
        ),
    )


def _dated(printed: PermitOptions, work: Work) -> PermitOptions:
    expires = asked_for(printed.expires, "--expires", _("Last valid day"), lambda text: known_day(text, work.today))
    return replace(printed, expires=expires, issued=printed.issued or work.today.isoformat())
