"""The sponsors of a sheet, taken together: one spelling and one kind each, whichever row comes first."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from timpora_cli.actions.intake.recorded import SaidOtherwise
from timpora_cli.actions.sponsors import OfAnotherKind
from timpora_cli.errors import Refused
from timpora_cli.model.names import fold_name
from timpora_cli.queries.sponsors import on_record
from timpora_cli.sheets.facts import Entry

ON_RECORD = "SELECT id, name, kind FROM sponsor ORDER BY id"


class KindAlone(Refused):
    """The row gives the kind of a sponsor without its name, and nothing else tells of which kind the sponsor is.
    Name the sponsor too: its kind is the same for all its people.
    """


class Known(NamedTuple):
    """A sponsor on record."""

    id: int
    name: str
    kind: str | None


@dataclass(slots=True)
class Sponsors:
    """What the register and the rows of a sheet say of sponsors, by their folded names."""

    connection: sqlite3.Connection
    known: Mapping[str, Known] = field(default_factory=dict, repr=False)
    spelt: dict[str, str] = field(default_factory=dict, repr=False)
    kinds: defaultdict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict), repr=False)

    @classmethod
    def of(cls, connection: sqlite3.Connection) -> "Sponsors":
        """Return the sponsors on record; of two that are one by their folded names, the one recorded first."""
        rows = (Known(*row) for row in connection.execute(ON_RECORD).fetchall()[::-1])
        return cls(connection, {fold_name(known.name): known for known in rows})

    def hear(self, entry: Entry) -> None:
        """Take in what one row says."""
        name = entry.values.get("sponsor")
        if name is None:
            return
        fold = fold_name(name)
        self.spelt[fold] = max(self.spelt.get(fold, name), name, key=_fullness)
        kind = entry.values.get("sponsor_kind")
        if kind is not None:
            lines = self.kinds[fold]
            lines[kind] = min(entry.line, lines.get(kind, entry.line))

    def name(self, text: str) -> str:
        """Return how a sponsor is called: as on record, else by the fullest spelling of the sheet."""
        fold = fold_name(text)
        return self.known[fold].name if fold in self.known else self.spelt.get(fold, text)

    def kind(self, text: str) -> str | None:
        """Return of what kind a sponsor is, by the register, else by the sheet; None if nobody says or rows differ."""
        fold = fold_name(text)
        known = self.known[fold].kind if fold in self.known else None
        told = list(self.kinds.get(fold, ()))
        return known or (told[0] if len(told) == 1 else None)

    def fault(self, entry: Entry, sponsor: str | None) -> Refused | None:
        """Return why the kind that a row gives is refused, where it is; `sponsor` is whom it is of."""
        kind = entry.values.get("sponsor_kind")
        if kind is None or sponsor is None:
            return None
        fold = fold_name(sponsor)
        known = self.known.get(fold)
        if known is not None and known.kind is not None:
            if known.kind == kind:
                return None
            people = on_record(self.connection, known.id)
            return OfAnotherKind(sponsor=known.id, known=known.kind, people=people, kind=kind, typed=kind.lower())
        told = self.kinds.get(fold, {})
        if not told:  # whose kind it is depends on which other rows are taken
            return KindAlone()
        others = [line for other, line in told.items() if other != kind]
        return SaidOtherwise(line=min(others), field="sponsor_kind") if others else None


def _fullness(spelling: str) -> tuple[bool, int, str]:
    """Return what tells the fullest of several spellings: one that is not all in capitals, then the longest."""
    return not spelling.isupper(), len(spelling), spelling
