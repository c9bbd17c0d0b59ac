"""`timpora restore`: put a backup in place of the register, after showing both."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli.cli.frame.base import Timeless, command
from timpora_cli.cli.frame.register import opened_to_read, path_of, waiting_for, warn_of_clock
from timpora_cli.cli.options.backup import Risks, Unsealing
from timpora_cli.cli.options.done import DoneOptions
from timpora_cli.cli.options.undoing import Sure
from timpora_cli.cli.talk import say
from timpora_cli.errors import Refused
from timpora_cli.language import _
from timpora_cli.render import write
from timpora_cli.render.answers import backups as answers

if TYPE_CHECKING:
    from timpora_cli.actions.backups.restore import Fresh, Present
    from timpora_cli.model.backups import Relation


class LaterChangesLost(Refused):
    """The register holds changes that the backup lacks: {lost}. They would be lost, so nothing was restored.
    Restore it all the same with --yes-older; the register as it is now is kept beside.
    """


class AnotherRegister(Refused):
    """{file} is a backup of another register than {register}, so nothing was restored.
    Name the right register with --db FILE, or put it in that place with --yes-other.
    """


class InPlaceOfNone(Refused):
    """{register} is no register of timpora that can be read, so nothing was put in its place.
    Name the right file with --db FILE, or put the backup there with --yes-other; the file is kept beside.
    """


class NothingRestored(Refused):
    """Nothing was restored."""


@command(
    Timeless,
    Sure,
    Risks,
    Unsealing,
    DoneOptions,
    answer=answers.RESTORED,
    examples=(
        "timpora restore backups/timpora-20200917T100000.db --yes",
        "timpora restore backups/timpora-20200917T100000.db.age --identity key.txt --yes",
    ),
)
def restore(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("A backup, or any copy of a register."))],
) -> None:
    """Put a backup in place of the register, after showing both.

    The backup is verified before anything is done. Where it lacks changes of the register, or is of another register,
    it is refused unless an option says otherwise. The register as it was is kept beside, and the backup takes its place
    in one step. One of an older timpora is brought up to date on the way; the backup itself stays as it is. It asks
    first on a terminal, and needs --yes elsewhere.
    """
    from timpora_cli.actions.backups.restore import present, relation, swap, unpacked
    from timpora_cli.model.backups import Restored

    answer, register, wait = DoneOptions.of(ctx), path_of(ctx).resolve(), waiting_for(ctx)
    before = present(register, wait)
    with unpacked(Path(file), register.parent, Unsealing.of(ctx).key) as fresh:
        stands: Relation | None = None
        lost = 0
        if before is not None and before.held is not None:
            stands, lost = relation(fresh, register, before.held, wait)
        if answer.for_people:
            write.lines(_shown(Path(file), register, fresh, before, stands, lost))
        _refuse(Risks.of(ctx), file, register, before, stands, lost)
        if before is not None and not Sure.of(ctx).says(_("Put the backup in place of the register?")):
            raise NothingRestored
        kept = swap(register, fresh, before, wait)
        held = None if before is None else before.held
        done = Restored(file, fresh.held, held, stands, None if kept is None else str(kept))
    _say(fresh)
    with opened_to_read(ctx) as connection:
        warn_of_clock(connection)
    answer.write(done, *_sentences(register, kept), card=answers.RESTORED)


def _shown(
    file: Path,
    register: Path,
    fresh: "Fresh",
    before: "Present | None",
    stands: "Relation | None",
    lost: int,
) -> "list[str]":
    """Return what the backup and the register hold, and how the one stands to the other."""
    said = [_("The backup {file} is whole: {held}.").format(file=file, held=answers.holding(fresh.held, fresh.zone))]
    if before is None:
        said.append(_("There is no register at {register} yet.").format(register=register))
    elif before.held is None:
        said.append(_("The register {register} cannot be read.").format(register=register))
    else:
        held = answers.holding(before.held, fresh.zone)
        said.append(_("The register {register}: {held}.").format(register=register, held=held))
    if stands is not None:
        said.append(answers.related(stands, lost))
    return said


def _refuse(
    risks: Risks, file: str, register: Path, before: "Present | None", stands: "Relation | None", lost: int
) -> None:
    """Raise what speaks against putting the backup in place of the register, unless it was said beforehand."""
    from timpora_cli.store.connect import NotARegister

    if stands in {"OLDER", "APART"} and not risks.yes_older:
        raise LaterChangesLost(lost=lost)
    if stands == "OTHER" and not risks.yes_other:
        raise AnotherRegister(file=file, register=register)
    if before is not None and isinstance(before.fault, NotARegister) and not risks.yes_other:
        raise InPlaceOfNone(register=register)


def _say(fresh: "Fresh") -> None:
    if fresh.older is not None:
        sentence = _("The backup is from an older timpora (version {version}); what was restored is up to date.")
        say.note(sentence.format(version=fresh.older))


def _sentences(register: Path, kept: Path | None) -> "list[str]":
    said = [_("Restored: {register}.").format(register=register)]
    if kept is not None:
        said.append(_("The register as it was is kept as {kept}.").format(kept=kept))
    return said
