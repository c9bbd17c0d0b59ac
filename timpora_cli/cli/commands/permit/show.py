"""`timpora permit show`: show one permit."""

from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import View, reading
from timpora_cli.cli.options.lists import CardOptions
from timpora_cli.cli.options.permit import PermitArgument
from timpora_cli.language import _
from timpora_cli.queries import find
from timpora_cli.queries.personal.dossier import dossier, holder_of
from timpora_cli.render import write
from timpora_cli.render.answers.cards import PERMIT, PermitCard

if TYPE_CHECKING:
    from collections.abc import Iterator

Why = Annotated[
    bool, typer.Option("--why", help=_("Say below the card why it holds until then, and how the fine comes about."))
]


@command(
    Reading,
    CardOptions,
    answer=PERMIT,
    examples=(
        "timpora permit show 1",
        "timpora permit show 78 --why --as-of 2020-10-01",
        "timpora permit show 1 --format json",
    ),
)
def show(ctx: typer.Context, reference: PermitArgument, why: Why = False) -> None:
    """Show one permit: as printed, how long it holds under any relief, and the chain that it stands in.

    With --why people read in sentences which relief decides, how the fine is computed, and by which rules. The formats
    for programs always have the terms of the fine (fine_terms); relief explain has the reliefs for them.
    """
    output = CardOptions.of(ctx)
    chosen = output.chosen()
    with reading(ctx) as view:
        permit = find.permit(view.connection, reference)
        holder = dossier(view.connection, holder_of(view.connection, permit.id), view.on)
        grant = next(one for one in holder.grants if one.permit_id == permit.id)
        card = PermitCard(grant, holder, view.on)
        reasons = list(_reasons(view, card)) if why and chosen.for_people else []
    write.card(PERMIT, card, chosen)
    for line in reasons:
        write.line(line)


def _reasons(view: View, card: PermitCard) -> "Iterator[str]":
    from timpora_cli.model.dates import in_words
    from timpora_cli.queries.expiring import years_without_holidays
    from timpora_cli.queries.law import relief_steps
    from timpora_cli.queries.people import person_of
    from timpora_cli.render.answers.explain import explanation
    from timpora_cli.render.answers.people import holidays_missing

    yield ""
    person = person_of(view.connection, view.on, card.holder.resident_id)
    if person is None or card.permit is None:
        yield _("Permit {permit} is not in force on {day}.").format(permit=card.grant.permit_id, day=in_words(view.on))
        return
    yield from explanation(person, relief_steps(view.connection, person, view.on), view.on)
    if years := years_without_holidays(view.connection, [person]):
        yield holidays_missing(years)
