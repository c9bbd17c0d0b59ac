"""`timpora import`: bring people and permits in from a sheet, as one change."""

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.options import Options
from timpora_cli.cli.frame.register import author_of, working
from timpora_cli.cli.options.lists import CardOptions, format_option
from timpora_cli.cli.options.person import Why, past_day
from timpora_cli.cli.options.sheet import SheetOptions
from timpora_cli.cli.talk import say
from timpora_cli.cli.talk.progress import watched
from timpora_cli.errors import Exit, WrongUsage
from timpora_cli.language import _, counted
from timpora_cli.render import write
from timpora_cli.render.answers.sheets import MAPPING, SheetColumn
from timpora_cli.render.formats import FORMATS, refuse_unknown

if TYPE_CHECKING:
    from timpora_cli.actions.intake.request import Outcome
    from timpora_cli.sheets.headers import Columns

SHOWN = 5


class TakingOptions(Options):
    """How far a sheet is taken, and of which day it is."""

    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help=_("The day of the sheet: another village is a move.")),
    ] = None
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Show what would happen, and change nothing."))] = False
    strict: Annotated[bool, typer.Option("--strict", help=_("If any row is rejected, import nothing."))] = False

    @property
    def needed_again(self) -> list[str]:
        """The option that a file of rejects cannot do without: --on, as it is typed."""
        return [] if self.on is None else [f"--on {shlex.quote(self.on)}"]


class OnlyOfTheMapping(WrongUsage):
    """--format says how --show-mapping is written. Give both, or neither."""


@command(
    Writing,
    SheetOptions,
    TakingOptions,
    Why,
    answer={"--show-mapping": MAPPING},
    examples=(
        "timpora import residents.xlsx --dry-run",
        'timpora import residents.csv --map "Tempo=expires" --set class=ITAS --set district=Sijuk',
        "timpora import residents.csv --show-mapping",
    ),
)
def import_(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("A csv, tsv, xlsx, json or ndjson file; - for stdin."))],
    show_mapping: Annotated[
        bool, typer.Option("--show-mapping", help=_("Show which column is which field, in --format, and end."))
    ] = False,
    format: Annotated[str | None, format_option(FORMATS)] = None,
) -> None:
    """Bring people and permits in from a sheet, as one change; the same file twice changes nothing the second time.

    Commas, semicolons or tabs, UTF-8, UTF-16 or Windows-1252, and what stands around the people (titles, totals,
    signatures) are told by the file itself. The same passport of the same country is the same person; an equal name
    alone never is. A later permit is a renewal. Rows that cannot be taken go, whole and with the reason, to
    FILE.rejects.csv, which imports after mending. The history keeps the file's SHA-256 and the counts.
    """
    from timpora_cli.actions.intake.run import columns_of, run

    sheet, taking, why = SheetOptions.of(ctx), TakingOptions.of(ctx), Why.of(ctx)
    if format is not None and not show_mapping:
        raise OnlyOfTheMapping
    if format is not None:
        refuse_unknown(format)
    if show_mapping:
        asked = sheet.request(file, dry_run=True, strict=False)
        _show(*columns_of(Path(file), asked), CardOptions(format=format))
        return
    with working(ctx) as work, watched() as watch:
        day = past_day(taking.on, work.today) if taking.on else None
        request = sheet.request(file, dry_run=taking.dry_run, strict=taking.strict, on=day)
        outcome = run(work.connection, Path(file), author_of(ctx, why.reason), work.today, request, watch)
    for line in _said(outcome, dry_run=taking.dry_run):
        write.line(line)
    _note(outcome, [*sheet.needed_again, *taking.needed_again])
    if outcome.rejected:
        raise typer.Exit(Exit.REFUSED if taking.strict else Exit.REJECTS)


def _show(columns: "Columns", remarks: tuple[str, ...], output: CardOptions) -> None:
    """Write which column of a sheet is which field, and for those that are none, which they may be."""
    from timpora_cli.sheets.headers import guess

    rows = [
        SheetColumn(
            column.place + 1,
            column.header,
            "READ",
            column.meaning.field,
            column.meaning.implies or column.dates,
            words=column.meaning.words,
        )
        for column in columns.read
    ]
    for column in columns.unread:
        near = None if column.known or column.blank else guess(column)
        use = "NOT_NEEDED" if column.known else "NOT_KNOWN"
        rows.append(SheetColumn(column.place + 1, column.header, use, perhaps=near))
    write.answer(MAPPING.of(sorted(rows, key=lambda row: row.place)), output.chosen())
    for remark in (*remarks, *columns.remarks):
        say.note(remark)
    if any(row.perhaps for row in rows):
        say.note(_('A guess is no mapping. Take it by header, number or letter: --map "7=field"'))


def _said(outcome: "Outcome", *, dry_run: bool) -> list[str]:
    counts = _("{read}: {new} new, {renewed} renewed, {changed} changed, {unchanged} unchanged, {rejected} rejected")
    if outcome.skipped:
        counts += _(", {skipped} not people")
    if outcome.citizens:
        counts += _(", {citizens} Indonesian")
    lines = [
        f"{counts}.".format(
            read=counted("{number} row", "{number} rows", outcome.read),
            new=outcome.new,
            renewed=outcome.renewed,
            changed=outcome.changed,
            unchanged=outcome.unchanged,
            rejected=outcome.rejected,
            skipped=outcome.skipped,
            citizens=outcome.citizens,
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
    return [*lines, *_noticed(outcome)]


def _noticed(outcome: "Outcome") -> Iterator[str]:
    """Yield a line for each kind of fact that was accepted and is said, with how many there are."""
    words = {
        "PERMIT_ENDED": ("{number} permit that has already ended", "{number} permits that have already ended"),
        "PASSPORT_ENDED": ("{number} passport that has already ended", "{number} passports that have already ended"),
        "GAP": ("{number} permit after days without a valid one", "{number} permits after days without a valid one"),
        "BEYOND_PASSPORT": ("{number} permit beyond its passport", "{number} permits beyond their passports"),
        "LONGER_THAN_TERM": (
            "{number} permit longer than its class allows",
            "{number} permits longer than their classes allow",
        ),
    }
    for kind, (one, many) in words.items():
        if number := outcome.noticed.get(kind):
            yield _("Note: {text}.").format(text=counted(one, many, number))


def _note(outcome: "Outcome", again: Sequence[str]) -> None:
    for remark in outcome.remarks:
        say.note(remark)
    if outcome.ignored:
        say.note(_("Columns not imported: {columns}.").format(columns=", ".join(outcome.ignored)))
    for twin in outcome.duplicates[:SHOWN]:
        sentence = _(
            "Line {line}: resident {id}, {name}, may be the same person as resident {others}. "
            "If so: timpora resident merge {first} {id}"
        )
        others = ", ".join(str(one) for one in twin.like)
        say.note(
            sentence.format(line=twin.line, id=twin.resident_id, name=twin.name, others=others, first=twin.like[0])
        )
    if outcome.duplicated > SHOWN:
        more = _("... and {number} more that may be the same person: timpora check")
        say.note(more.format(number=outcome.duplicated - SHOWN))
    for reject in outcome.rejects[:SHOWN]:
        say.note(_("Line {line}: {reason}").format(line=reject.line, reason=reject.reason))
    if outcome.rejected > SHOWN:
        say.note(_("... and {number} more rejected rows.").format(number=outcome.rejected - SHOWN))
    for sentence in _files(outcome, again):
        say.note(sentence)


def _files(outcome: "Outcome", again: Sequence[str]) -> Iterator[str]:
    """Say which files of rejects were written, deleted or left alone; `again` are the options to give once more."""
    files = outcome.files
    for alone in files.left_alone:
        yield {
            "edited": _("Left as it is, because it was edited since timpora wrote it: {path}"),
            "closed": _("Left as it is, because it cannot be read: {path}"),
        }.get(alone.why, _("Left as it is, because timpora did not make it: {path}")).format(path=alone.path)
    for path in files.discarded:
        yield _("Taken away, since nothing was rejected: {path}").format(path=path)
    if files.path is None:
        return
    mend = _("Rejected rows with their reasons: {path}. Mend them there, and import that file.")
    whole = _("Rejected rows with their reasons: {path}. Mend them in the sheet, and import it again.")
    yield (mend if outcome.imported else whole).format(path=files.path)
    if again and outcome.imported:
        yield _("Give again with that file: {options}").format(options=" ".join(again))
