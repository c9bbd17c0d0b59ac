"""Record the letters that were made: for whom, and for which end of which permit, so that nobody is reminded twice."""

from collections.abc import Iterable, Iterator
from datetime import date

from timpora_cli.model.supervision.letters import SPONSOR, SPOUSE, Letter
from timpora_cli.queries.rows import iso
from timpora_cli.store.change import Change


def record(change: Change, on: date, letters: Iterable[Letter]) -> Iterator[Letter]:
    """Record letters of the day `on`, and yield each with the number that it has now."""
    for letter in letters:
        to = letter.addressee
        number = change.insert(
            "letter",
            {
                "on_day": on.isoformat(),
                "addressee": to.name,
                "sponsor_id": to.id if to.kind == SPONSOR else None,
                "family_link_id": to.id if to.kind == SPOUSE else None,
            },
        )
        for permit in (person.permit for person in letter.people if person.permit):
            until = iso(permit.effective_until)
            change.insert("letter_person", {"letter_id": number, "permit_id": permit.permit_id, "until_on": until})
        yield letter._replace(number=number)
