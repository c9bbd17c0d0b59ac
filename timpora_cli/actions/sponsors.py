"""Sponsors: recorded with the people whom they answer for, corrected for all of them, merged, and removed."""

from collections.abc import Mapping

from timpora_cli.errors import Refused, WrongUsage
from timpora_cli.model.people import Sponsor
from timpora_cli.queries.rows import first, rows
from timpora_cli.queries.sponsors import on_record
from timpora_cli.store.change import Change, Value

BY_NAME = "SELECT id, kind FROM sponsor WHERE name = :name COLLATE NOCASE"
ANSWERS_FOR = "SELECT id FROM resident WHERE sponsor_id = :sponsor ORDER BY id"


class OneSponsor(WrongUsage):
    """Sponsor {sponsor} is one record already. Name the one to keep, then the one that is the same sponsor."""


class SponsorNameTaken(Refused):
    """Sponsor {other} has this name already. Nothing was changed.
    Where both are one sponsor: timpora sponsor merge {other} {sponsor}
    """


class OfAnotherKind(Refused):
    """Sponsor {sponsor} is recorded as {known}, not {kind}, and answers for {people} on record. Nothing was changed.
    Its kind is corrected for all of them with: timpora sponsor edit {sponsor} --kind {typed}
    """


class StillAnswers(Refused):
    """Sponsor {sponsor} answers for {people} on record. Nothing was removed.
    Give them to another sponsor with: timpora sponsor merge OTHER {sponsor}
    """


def sponsor_id(change: Change, name: str, kind: str | None = None) -> int:
    """Return the id of the sponsor of that name in any letter case, recording it, or its kind, where that is new.

    Raises OfAnotherKind where it is on record with another kind: that would change for all its people.
    """
    sponsor = first(change.connection, BY_NAME, {"name": name})
    if sponsor is None:
        return change.insert("sponsor", {"name": name, "kind": kind})
    if kind is not None:
        know_kind(change, sponsor["id"], sponsor["kind"], kind)
    return int(sponsor["id"])


def know_kind(change: Change, sponsor: int, known: str | None, kind: str) -> None:
    """Record the kind of a sponsor where nobody knew it. Raises OfAnotherKind where another one is on record."""
    if known is None:
        change.update("sponsor", sponsor, {"kind": kind})
    elif known != kind:
        people = on_record(change.connection, sponsor)
        raise OfAnotherKind(sponsor=sponsor, known=known, people=people, kind=kind, typed=kind.lower())


def edit(change: Change, sponsor: Sponsor, facts: Mapping[str, Value]) -> None:
    """Correct columns of a sponsor, for all the people whom it answers for. Raises SponsorNameTaken."""
    holder = first(change.connection, BY_NAME, {"name": facts.get("name")})
    if holder is not None and holder["id"] != sponsor.id:
        raise SponsorNameTaken(other=holder["id"], sponsor=sponsor.id)
    change.update("sponsor", sponsor.id, facts)


def merge(change: Change, kept: Sponsor, other: Sponsor) -> tuple[int, Mapping[str, Value]]:
    """Give the people of `other` to `kept`, with the facts that `kept` lacks, and remove `other`.

    Returns how many people came, and the facts of `other` that were not taken, since `kept` has others.
    """
    if kept.id == other.id:
        raise OneSponsor(sponsor=kept.id)
    mine, theirs = ({"kind": one.kind, "address": one.address, "contact": one.contact} for one in (kept, other))
    taken = {column: value for column, value in theirs.items() if value is not None and mine[column] is None}
    if taken:
        change.update("sponsor", kept.id, taken)
    people = list(rows(change.connection, ANSWERS_FOR, {"sponsor": other.id}))
    for row in people:
        change.update("resident", row["id"], {"sponsor_id": kept.id})
    change.remove("sponsor", other.id)
    left = {column: value for column, value in theirs.items() if value not in (None, mine[column], taken.get(column))}
    return len(people), left


def remove(change: Change, sponsor: Sponsor) -> None:
    """Remove a sponsor that answers for nobody. Raises StillAnswers."""
    if number := on_record(change.connection, sponsor.id):
        raise StillAnswers(sponsor=sponsor.id, people=number)
    change.remove("sponsor", sponsor.id)
