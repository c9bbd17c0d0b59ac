"""`timpora permit show`: show one permit."""

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.lists import CardOptions
from timpora_cli.cli.options.permit import PermitArgument
from timpora_cli.queries import find
from timpora_cli.queries.dossier import dossier, holder_of
from timpora_cli.render import write
from timpora_cli.render.answers.cards import PERMIT, PermitCard


@command(Reading, CardOptions, answer=PERMIT, examples=("timpora permit show 1", "timpora permit show 1 --format json"))
def show(ctx: typer.Context, reference: PermitArgument) -> None:
    """Show one permit: as printed, how long it holds under any relief, and the chain that it stands in."""
    output = CardOptions.of(ctx)
    with reading(ctx) as view:
        permit = find.permit(view.connection, reference)
        holder = dossier(view.connection, holder_of(view.connection, permit.id), view.on)
    grant = next(one for one in holder.grants if one.permit_id == permit.id)
    write.card(PERMIT, PermitCard(grant, holder, view.on), output.chosen())
