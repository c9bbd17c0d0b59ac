"""How the answer of an import is written: sentences for people, with notes on stderr; or one object for programs."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli.cli.frame.options import Options, caught
from timpora_cli.cli.talk import say
from timpora_cli.cli.talk.pager import paged
from timpora_cli.errors import TimporaError
from timpora_cli.language import _
from timpora_cli.model.imported import DuplicateTold, FileTold, Imported, RejectTold, Total
from timpora_cli.render import write
from timpora_cli.render.answer import Wanted
from timpora_cli.render.answers.imported import IMPORTED, sentences
from timpora_cli.render.formats import FOR_PEOPLE, FORMATS, refuse_unknown

if TYPE_CHECKING:
    from timpora_cli.actions.intake.listing import Listing
    from timpora_cli.actions.intake.request import Outcome

SHOWN = 5


class ImportedOptions(Options):
    """How the answer of an import is written."""

    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=_("json, csv, tsv or ndjson: one record; without it, sentences. Any, with --show-mapping."),
            autocompletion=lambda: list(FORMATS),
        ),
    ] = None

    def faults(self, answer: object) -> Iterator[TimporaError]:  # noqa: ARG002
        """Yield that there is no such format."""
        if self.format is not None:
            yield from caught(refuse_unknown, self.format)

    @property
    def for_people(self) -> bool:
        """Whether people read the answer."""
        return self.format in {None, *FOR_PEOPLE}

    def write(self, told: Imported, *, dry_run: bool) -> None:
        """Write what an import did, or would do."""
        if not self.for_people:
            write.card(IMPORTED, told, Wanted(self.format or ""))
            return
        if dry_run:
            with paged() as stream:
                write.lines(sentences(told, dry_run=True), stream)
        else:
            write.lines(sentences(told, dry_run=False), sys.stdout)
        for sentence in _notes(told, dry_run=dry_run):
            say.note(sentence)


def told(outcome: "Outcome", listing: "Listing", again: Sequence[str], *, dry_run: bool) -> Imported:
    """Return what came of an import as it is answered; `again` are the options that the rejects need once more."""
    counts = {kind: getattr(outcome, kind) for kind in ("new", "renewed", "changed", "unchanged")}
    counts |= {"rejected": outcome.rejected, "skipped": outcome.skipped, "citizens": outcome.citizens}
    files = outcome.files
    return Imported(
        change=outcome.change,
        imported=outcome.imported,
        rows=outcome.read,
        counts=counts,
        rejects_file=None if files.path is None else str(files.path),
        ignored=outcome.ignored,
        remarks=outcome.remarks,
        duplicates=tuple(
            DuplicateTold(one.line, None if dry_run else one.resident_id, one.name, tuple(one.like))
            for one in outcome.duplicates
        ),
        duplicated=outcome.duplicated,
        guessed=outcome.guessed,
        noticed=tuple(Total(kind, number) for kind, number in outcome.noticed.items()),
        left_alone=tuple(FileTold(str(one.path), one.why) for one in files.left_alone),
        removed=tuple(map(str, files.discarded)),
        again=tuple(again) if outcome.imported and files.path is not None else (),
        rejects=listing.rejects(),
        people=listing.people() if dry_run else (),
        totals=listing.totals() if dry_run else (),
    )


def _notes(told: Imported, *, dry_run: bool) -> Iterator[str]:
    """Yield what is said on stderr: how the sheet was read, what is doubtful, the first rejects, and their file."""
    yield from told.remarks
    if told.ignored:
        yield _("Columns not imported: {columns}.").format(columns=", ".join(told.ignored))
    yield from _duplicates(told, dry_run=dry_run)
    if not dry_run:
        yield from _first(told.rejects, told.counts["rejected"])
    yield from _files(told)


def _duplicates(told: Imported, *, dry_run: bool) -> Iterator[str]:
    for twin in told.duplicates[:SHOWN]:
        others = ", ".join(str(one) for one in twin.like)
        if dry_run:
            sentence = _("Line {line}: {name} may be the same person as resident {others}.")
        else:
            sentence = _(
                "Line {line}: resident {id}, {name}, may be the same person as resident {others}. "
                "If so: timpora resident merge {first} {id}"
            )
        yield sentence.format(line=twin.line, id=twin.resident_id, name=twin.name, others=others, first=twin.like[0])
    if told.duplicated > SHOWN:
        more = _("... and {number} more that may be the same person: timpora check")
        yield more.format(number=told.duplicated - SHOWN)


def _first(rejects: Iterable[RejectTold], number: int) -> Iterator[str]:
    for reject, _place in zip(rejects, range(SHOWN), strict=False):
        yield _("Line {line}: {reason}").format(line=reject.line, reason=reject.reason)
    if number > SHOWN:
        yield _("... and {number} more rejected rows.").format(number=number - SHOWN)


def _files(told: Imported) -> Iterator[str]:
    """Say which files of rejects were left alone, deleted or written, and which options they need again."""
    words = {
        "edited": _("Left as it is, because it was edited since timpora wrote it: {path}"),
        "foreign": _("Left as it is, because timpora did not make it: {path}"),
        "closed": _("Left as it is, because it cannot be read: {path}"),
    }
    for alone in told.left_alone:
        yield words[alone.why].format(path=alone.file)
    for path in told.removed:
        yield _("Taken away, since nothing was rejected: {path}").format(path=path)
    if told.rejects_file is None:
        return
    mend = _("Rejected rows with their reasons: {path}. Mend them there, and import that file.")
    whole = _("Rejected rows with their reasons: {path}. Mend them in the sheet, and import it again.")
    yield (mend if told.imported else whole).format(path=told.rejects_file)
    if told.again:
        yield _("Give again with that file: {options}").format(options=" ".join(told.again))
