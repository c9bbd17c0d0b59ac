"""`timpora import`: a sheet into the register."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli import render
from timpora_cli.cli import talk
from timpora_cli.cli.entry import Why
from timpora_cli.cli.options import takes_records
from timpora_cli.cli.plain import Writing, command_app, examples
from timpora_cli.cli.register import author_of, working
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _

if TYPE_CHECKING:
    from timpora_cli.actions.intake import Outcome

app = command_app()

REJECTED = 6
REFUSED = 1
SHOWN = 5


class NotAMapping(WrongUsage):
    """--map {text} does not say which column is which field. Write it as "HEADER=field", as in "Nama WNA=name"."""


@app.command(
    cls=Writing,
    epilog=examples(
        "timpora import residents.csv --dry-run",
        'timpora import residents.csv --map "Masa Berlaku=expires"',
    ),
)
@takes_records
def import_(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("A CSV file with Indonesian or English headers."))],
    why: Why,
    mapping: Annotated[
        list[str] | None, typer.Option("--map", metavar="HEADER=FIELD", help=_("Which field a column is; repeat it."))
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Show what would happen, and change nothing."))] = False,
    strict: Annotated[bool, typer.Option("--strict", help=_("If any row is rejected, import nothing."))] = False,
) -> None:
    """Bring people and permits in from a sheet, as one change; the same file twice changes nothing the second time.

    The same passport of the same country is the same person; an equal name alone never is. A later permit is a
    renewal. Rows that cannot be taken go, whole and with the reason, to FILE.rejects.csv, which imports after mending.
    """
    from timpora_cli.actions import intake

    request = intake.Request(dict(_pair(text) for text in mapping or ()), dry_run=dry_run, strict=strict)
    with working(ctx) as work:
        outcome = intake.run(work.connection, Path(file), author_of(ctx, why.reason), work.today, request)
    for line in _said(outcome, dry_run=dry_run):
        render.write_line(line)
    _note(outcome)
    if outcome.rejected:
        raise typer.Exit(REFUSED if strict else REJECTED)


def _pair(text: str) -> tuple[str, str]:
    header, equals, field = text.rpartition("=")
    if not (equals and header.strip() and field.strip()):
        raise NotAMapping(text=text)
    return header.strip(), field.strip()


def _said(outcome: "Outcome", *, dry_run: bool) -> list[str]:
    counts = _(
        "{read} rows: {new} new, {renewed} renewed, {changed} changed, {unchanged} unchanged, {rejected} rejected."
    )
    lines = [
        counts.format(
            read=outcome.read,
            new=outcome.new,
            renewed=outcome.renewed,
            changed=outcome.changed,
            unchanged=outcome.unchanged,
            rejected=outcome.rejected,
        )
    ]
    if dry_run:
        lines.append(_("Nothing was imported: this was a dry run."))
        sentence = _("Line {line}: {owner}, {field}: {before} -> {after}")
        lines += [
            sentence.format(line=one.line, owner=one.owner, field=one.what, before=one.before or "-", after=one.after)
            for one in outcome.differences
        ]
    elif not outcome.imported:
        lines.append(_("Nothing was imported, because rows were rejected and --strict was given."))
    return lines


def _note(outcome: "Outcome") -> None:
    if outcome.ignored:
        talk.note(_("Columns not imported: {columns}.").format(columns=", ".join(outcome.ignored)))
    for twin in outcome.duplicates[:SHOWN]:
        sentence = _("Line {line}: resident {id}, {name}, may be the same person as resident {others}.")
        others = ", ".join(str(one) for one in twin.like)
        talk.note(sentence.format(line=twin.line, id=twin.resident_id, name=twin.name, others=others))
    if len(outcome.duplicates) > SHOWN:
        more = _("... and {number} more that may be the same person: timpora check")
        talk.note(more.format(number=len(outcome.duplicates) - SHOWN))
    for reject in outcome.rejects[:SHOWN]:
        talk.note(_("Line {line}: {reason}").format(line=reject.line, reason=reject.reason))
    if outcome.rejected > SHOWN:
        talk.note(_("... and {number} more rejected rows.").format(number=outcome.rejected - SHOWN))
    if outcome.rejects_file is not None:
        again = _("Rejected rows with their reasons: {path}. Mend them there, and import that file.")
        whole = _("Rejected rows with their reasons: {path}. Mend them in the sheet, and import it again.")
        talk.note((again if outcome.imported else whole).format(path=outcome.rejects_file))
    if outcome.discarded_file is not None:
        talk.note(_("Taken away, since nothing was rejected: {path}").format(path=outcome.discarded_file))
