"""What an expiry list is of, permits or passports: both are asked for, told once, marked and written alike."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from timpora_cli.cli.frame.register import View
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.people import Account, PassportDue
from timpora_cli.queries.expiring import Ending, Window, account, expiring
from timpora_cli.queries.filters import Where
from timpora_cli.render.answer import Answer, Wanted, chosen_rows
from timpora_cli.render.answers import people

if TYPE_CHECKING:
    from timpora_cli.model.calendar import Calendar
    from timpora_cli.store.change import Change


class NoPassports(WrongUsage):
    """A calendar is of permits. Leave --passports out, or list them in another format."""


class Due(NamedTuple):
    """The permits (`subject` PERMIT) that end in a window, with their holders; or the passports (PASSPORT).

    `ends` gives the end of each permit or passport by its id, `held` that id by its holder's; `known` is where everyone
    else is, None where nobody asked.
    """

    subject: str
    found: Ending | tuple[PassportDue, ...]
    ends: Mapping[int, date | None]
    held: Mapping[int, int]
    known: Account | None

    def untold(self, view: View, threshold: str) -> "Due":
        """Return what no run with this threshold has marked yet."""
        from timpora_cli.queries.told import untold

        return self._only({notice.subject_id for notice in untold(view.connection, self.subject, threshold, self.ends)})

    def listing(self, on: date) -> Answer[Any]:
        """Return the list as the renderers take it."""
        if isinstance(self.found, Ending):
            return people.expiring(self.found.people, self.known, on)
        return people.passports(self.found, self.known, on)

    def calendar(self, view: View, window: Window, where: Where, *, whole: bool) -> "Calendar":
        """Return the list as a calendar; a `whole` one takes back the events of permits that have ended, too."""
        from timpora_cli.queries.calendar import calendar

        if not isinstance(self.found, Ending):
            raise NoPassports
        made = calendar(view.connection, view.on, window, where, self.found)
        return made if whole else made._replace(entries=tuple(one for one in made.entries if one.ended_on is None))

    def printed(self, answer: "Answer[Any] | Calendar", wanted: Wanted) -> Mapping[int, date | None]:
        """Return the ends of those that `answer` tells of once it is written as `wanted` asks.

        A calendar tells of all: those who have no day in it are named beside it.
        """
        if not isinstance(answer, Answer):
            return self.ends
        shown = [self.held[one.resident_id] for one in chosen_rows(answer, wanted)]
        return {subject_id: self.ends[subject_id] for subject_id in shown}

    def mark(self, change: "Change", threshold: str, on: date, printed: Mapping[int, date | None]) -> str:
        """Record the run and mark what was printed; return the sentence that says so, for a person at a terminal."""
        from timpora_cli.actions.told import record

        marked = record(change, self.subject, threshold, on, printed)
        sentence = _("{marked} newly marked as told ({reach}). Take that back with: timpora undo {change}")
        return sentence.format(marked=marked, reach=threshold, change=change.number)

    def _only(self, kept: Collection[int]) -> "Due":
        held = {holder: subject_id for holder, subject_id in self.held.items() if subject_id in kept}
        known = self.known
        return self._replace(
            found=_narrowed(self.found, held),
            ends={subject_id: end for subject_id, end in self.ends.items() if subject_id in kept},
            held=held,
            known=known and known._replace(listed=len(held), told=known.listed - len(held)),
        )


def found(view: View, window: Window, where: Where, *, passports: bool, accounted: bool) -> Due:
    """Return the permits that end in `window`, or the passports; `accounted` asks where everyone else is."""
    return _passports(view, window, where) if passports else _permits(view, window, where, accounted=accounted)


def _permits(view: View, window: Window, where: Where, *, accounted: bool) -> Due:
    found = expiring(view.connection, view.on, window, where)
    known = account(view.connection, view.on, found, where) if accounted else None
    held = [(person.resident_id, person.permit) for person in found.people]
    ends = {permit.permit_id: permit.effective_until for _holder, permit in held if permit is not None}
    ids = {holder: permit.permit_id for holder, permit in held if permit is not None}
    return Due("PERMIT", found, ends, ids, known)


def _passports(view: View, window: Window, where: Where) -> Due:
    from timpora_cli.queries.expiring import passports_due

    found, known = passports_due(view.connection, view.on, window, where)
    ends = {passport.passport_id: passport.expires_on for passport in found}
    return Due("PASSPORT", tuple(found), ends, {one.resident_id: one.passport_id for one in found}, known)


def _narrowed(found: Ending | tuple[PassportDue, ...], holders: Collection[int]) -> Ending | tuple[PassportDue, ...]:
    if isinstance(found, Ending):
        return found._replace(people=tuple(person for person in found.people if person.resident_id in holders))
    return tuple(passport for passport in found if passport.resident_id in holders)
