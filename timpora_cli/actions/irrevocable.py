"""The changes that are never taken back, whatever came after them."""

from timpora_cli.errors import Refused
from timpora_cli.model.log import ChangeMade

FIRST_CHANGE = 1
CLOCK_CORRECTION = "clock_correction"
DISCLOSURE = "disclosure"


class MadeTheRegister(Refused):
    """Change {number} made the register itself; it cannot be undone."""


class MadeByUpgrade(Refused):
    """Change {number} brought the register up to date; it cannot be undone."""


class CorrectsClock(Refused):
    """Change {number} says when changes {changes} were made; it is not undone.
    Say it again: timpora clock correct {changes} --to MOMENT
    """


class RecordsALook(Refused):
    """Change {number} records who was shown people; that stays on record, and is not undone."""


def refuse_irrevocable(made: ChangeMade) -> None:
    """Raise the refusal where the change `made` is one that is never taken back."""
    number = made.number
    if number == FIRST_CHANGE:
        raise MadeTheRegister(number=number)
    if made.by_upgrade:
        raise MadeByUpgrade(number=number)
    for row in made.rows:
        if row.table == DISCLOSURE:
            raise RecordsALook(number=number)
        if row.table == CLOCK_CORRECTION:
            said = {field.name: field.after for field in row.fields}
            raise CorrectsClock(number=number, changes=f"{said['first_change']}..{said['last_change']}")
