"""`timpora check accept`: record that a finding is true and stays so."""

from typing import Annotated

import typer

from timpora_cli.actions import findings
from timpora_cli.cli.completion import values
from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.talk import ask
from timpora_cli.language import _
from timpora_cli.queries.check import concern_of
from timpora_cli.render import write

Keys = Annotated[
    list[str],
    typer.Argument(
        metavar="KEY...",
        help=_("The keys of findings, as check shows them."),
        autocompletion=values.findings,
        show_default=False,
    ),
]


@command(
    Writing,
    Why,
    examples=(
        'timpora check accept WITHOUT_PERMIT-34 --reason "the card is at the printer, letter 12 of 2 Sept"',
        'timpora check accept UNKNOWN_VILLAGE-42 UNKNOWN_VILLAGE-47 --reason "live on a boat"',
    ),
)
def accept(ctx: typer.Context, keys: Keys) -> None:
    """Record that findings are true and stay so: timpora check shows them no more.

    A finding is shown again when the facts that it was found by change. Taken back with timpora undo.
    """
    why = Why.of(ctx)
    ask.refuse_missing({"--reason": (why.reason or "").strip()})
    reason = str(why.reason).strip()
    with working(ctx, reason) as work:
        settled = {found.key: found for found in (concern_of(work.connection, key) for key in keys)}
        for found in settled.values():
            findings.accept(work.change, found, reason)
    for found in settled.values():
        write.line(_("Accepted {key}: {found}.").format(key=found.key, found=_said(found.name, found.what)))


def _said(name: str | None, what: str) -> str:
    return f"{name} {what}" if name else what
