"""What a change of an inspection answers: the people, what differs from the register, and what is said besides."""

from collections.abc import Iterator
from datetime import date

from timpora_cli.cli.frame.register import Work
from timpora_cli.language import _
from timpora_cli.model.notices import Notice
from timpora_cli.model.supervision.inspections import Inspection, Letter, LookedFor, Recorded
from timpora_cli.queries.supervision.differences import differences, registered
from timpora_cli.queries.supervision.inspections import inspection_of, looked_for


def recorded(work: Work, inspection_id: int) -> Recorded:
    """Return what the change of `work` recorded of an inspection."""
    connection, today = work.connection, work.today
    inspection = inspection_of(connection, str(inspection_id), today)
    people = looked_for(connection, inspection_id)
    return Recorded(
        work.change.number if work.change.touched else None,
        inspection,
        people,
        differences(connection, inspection, people, today),
        (*_of_presence(work, inspection.on, people), *_of_letter(inspection)),
    )


def _of_presence(work: Work, on: date, people: tuple[LookedFor, ...]) -> Iterator[Notice]:
    """Yield a notice for each person who was seen on a day on which the register has the person as not present."""
    for one in people:
        if one.seen and not registered(work.connection, one.resident_id, on).present:
            text = _(
                "Resident {id}, {name}, is not present on {day} by the register."
                " A return is recorded with: timpora resident return {id} --on {day}"
            )
            yield Notice("NOT_PRESENT", text.format(id=one.resident_id, name=one.name, day=on.isoformat()))


def _of_letter(inspection: Inspection) -> Iterator[Notice]:
    """Yield a notice where the letter of assignment is not there yet, or came too late."""
    due = "" if inspection.letter_due is None else inspection.letter_due.isoformat()
    if inspection.letter is Letter.LATE:
        yield Notice("LETTER_LATE", _("The letter of assignment was due by {due}, and is late.").format(due=due))
    elif inspection.letter is not Letter.IN_TIME:
        texts = {
            Letter.MISSING: _("The letter of assignment was due by {due}, and is missing."),
            Letter.AWAITED: _("The letter of assignment is due by {due}.") if due else _("There is no letter yet."),
        }
        how = _("Record it with: timpora inspection edit {id} --letter NUMBER --letter-on DATE")
        text = texts[inspection.letter].format(due=due) + " " + how.format(id=inspection.id)
        yield Notice(f"LETTER_{inspection.letter}", text)
