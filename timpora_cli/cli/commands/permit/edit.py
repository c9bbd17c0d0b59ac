"""`timpora permit edit`: correct what was recorded of a permit."""

from datetime import date

import typer

from timpora_cli.actions.permits import corrections
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.done import DoneOptions, done
from timpora_cli.cli.options.permit import ClassOption, PermitArgument, PermitOptions
from timpora_cli.cli.options.person import Why
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.rules import OPEN_ENDED
from timpora_cli.model.terms import class_code
from timpora_cli.queries import find
from timpora_cli.queries.find import permit_of_id
from timpora_cli.render.answers.done import DONE


class NothingToCorrect(WrongUsage):
    """Nothing was given to correct. See the options with: timpora permit edit --help"""


@command(
    Writing,
    PermitOptions,
    Why,
    DoneOptions,
    answer=DONE,
    examples=(
        'timpora permit edit 1 --expires 2021-06-30 --reason "typing mistake"',
        "timpora permit edit 1 --class KITAP --expires unlimited",
    ),
)
def edit(ctx: typer.Context, reference: PermitArgument, kind: ClassOption = None) -> None:
    """Correct what was recorded of a permit; the version that it replaces is kept. Renewals are extend or convert.

    An empty value ("") or the word unknown empties what is on record. --expires unlimited is for a KITAP alone.
    """
    printed, why, answer = PermitOptions.of(ctx), Why.of(ctx), DoneOptions.of(ctx)
    with working(ctx, why.reason) as work:
        permit = find.permit(work.connection, reference)
        values = printed.corrections(work.today)
        if kind is not None:
            values["class_code"] = class_code(kind)
        if not values:
            raise NothingToCorrect
        corrections.edit(work.change, permit, values, work.today)
        now = permit_of_id(work.connection, permit.id)
        did = done(work, permit.resident_id, permit.id, look=True)
        said = _("Permit {permit} corrected: {kind}, issued {issued}, expires {expires} (was {was}), {name}.")
        if now.expires_on == OPEN_ENDED:
            said = _("Permit {permit} corrected: {kind} unlimited, issued {issued} (its end was {was}), {name}.")
        said = said.format(
            permit=permit.id,
            kind=now.class_code,
            issued=now.issued_on or _("unknown"),
            expires=_end(now.expires_on),
            was=_end(permit.expires_on),
            name=did.name,
        )
    answer.write(did, said)


def _end(day: date | None) -> str:
    return _("unlimited") if day == OPEN_ENDED else _("unknown") if day is None else day.isoformat()
