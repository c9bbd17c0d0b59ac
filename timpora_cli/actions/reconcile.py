"""A list from another body, compared with the register as of a day. It is read as for an import; nothing is written.

Where several rows are about one person (a row for each grant), the row that agrees best is compared; the others are
counted as repeated.
"""

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from timpora_cli.actions.intake.planning.who import resident_of
from timpora_cli.actions.intake.recorded import same
from timpora_cli.actions.intake.remembered import mapping_of
from timpora_cli.actions.intake.request import Request
from timpora_cli.actions.intake.run import Watch
from timpora_cli.actions.intake.stage import CellReader, Given
from timpora_cli.errors import NotFound, Refused, WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import fold_name
from timpora_cli.model.reconciled import Disagreement, Group, Reconciled, Reconciliation
from timpora_cli.model.terms import one_of
from timpora_cli.queries.export import Facts, present
from timpora_cli.queries.filters import EVERYONE, Where
from timpora_cli.queries.people import ONE
from timpora_cli.queries.places import district_of, place_name
from timpora_cli.sheets import headers, reader
from timpora_cli.sheets.facts import Entry
from timpora_cli.sheets.headers import COMPOUND, FIELDS, NAMING, Columns, Field
from timpora_cli.sheets.sheet import PassedOver, SheetRow, people_only

ORDER = list(Group)
COMPARABLE = tuple(name for name in FIELDS.values() if name not in {*COMPOUND, "regency", "ignored"})


@dataclass(frozen=True, slots=True)
class View:
    """What a list is compared with: the register as of the day `on`, and of its people those who meet `where`.

    `today` is the office's; a day in the list after it is an error.
    """

    connection: sqlite3.Connection
    on: date
    today: date
    where: Where = EVERYONE


def reconcile(
    view: View, path: Path, request: Request, fields: Collection[str] = (), watch: Watch | None = None
) -> Reconciliation:
    """Compare the list at `path` with the register, in `fields` alone if any are named; a blank cell is not compared.

    The people in the list are looked for among all who are present. The filters are for those who are missing from it.
    Raises what makes the list as a whole unusable, as an import does, or UnknownTerm for a field that does not exist.
    `watch` is called after every row with the number of rows read, and the part of the list that this is.
    """
    compared = frozenset(FIELDS[one_of(name, COMPARABLE, _("field"))] for name in fields) or frozenset(COMPARABLE)
    with reader.opened(path, request.reading) as sheet:
        mapping, mapped = mapping_of(view.connection, sheet.header, request.mapping)
        columns = headers.matched(sheet, mapping)
        cells = CellReader(
            view.connection, columns, view.today, Given(request.constants, request.serials, view.on, request.doubtful)
        )
        comparison = _Comparison(view, cells, compared, _place_of_name(columns))
        passed = PassedOver()
        for read, row in enumerate(people_only(sheet.rows, columns.key_columns(sheet.header), passed), start=1):
            comparison.take(row)
            if watch is not None:
                watch(read, sheet.done)
        blank = set(columns.without_header.values())
        ignored = tuple(header for header in columns.ignored if header not in blank)
        return comparison.ended(
            str(sheet.path), passed, ignored, (*sheet.remarks, *filter(None, (mapped,)), *columns.remarks)
        )


def _place_of_name(columns: Columns) -> int:
    return next(column.place for column in columns.read if column.meaning.field in NAMING)


@dataclass(slots=True)
class _Comparison:
    """A list that is being read: which people of the register were in it so far, and the other rows."""

    view: View
    cells: CellReader
    compared: frozenset[Field]
    place_of_name: int
    met: dict[int, Reconciled] = field(default_factory=dict)
    others: list[Reconciled] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)

    def take(self, row: SheetRow) -> None:
        """Compare one row."""
        try:
            entry = self.cells.entry(row)
            resident = resident_of(self.view.connection, entry)
        except (Refused, WrongUsage, NotFound) as error:
            reason = " ".join(str(error).split())
            name = "".join(row.cells[self.place_of_name : self.place_of_name + 1]).strip() or None
            self.others.append(Reconciled(Group.UNREADABLE, None, row.line, name, reason=reason))
            return
        facts = None if resident is None else self._facts(resident)
        if resident is None or facts is None:
            self.others.append(self._only_there(entry, resident))
            return
        disagreements = tuple(self._disagreements(entry, facts))
        group = Group.DIFFERENT if disagreements else Group.SAME
        self._meet(_of_person(group, resident, facts, entry.line, disagreements))

    def ended(
        self, source: str, passed: PassedOver, ignored: tuple[str, ...], remarks: tuple[str, ...]
    ) -> Reconciliation:
        """Return the result, with those who are present and were in no row."""
        unmet = [
            _of_person(Group.ONLY_HERE, resident, facts, None)
            for resident, facts in present(self.view.connection, self.view.on, EVERYONE)
            if resident not in self.met
        ]
        missing = unmet
        if not self.view.where.everyone:
            wanted = {resident for resident, _facts in present(self.view.connection, self.view.on, self.view.where)}
            missing = [one for one in unmet if one.resident_id in wanted]
        rows = [*self.met.values(), *_with_namesakes(self.others, unmet), *missing]
        rows.sort(key=lambda one: (ORDER.index(one.group), one.line or 0, one.resident_id or 0))
        outside = len(unmet) - len(missing)
        citizens = passed.counts["citizen"]
        passed_over = passed.counts.total() - citizens
        return Reconciliation(source, tuple(rows), outside, passed_over, citizens, ignored, remarks)

    def _facts(self, resident: int) -> Facts | None:
        one = Where(ONE, {"resident": str(resident)})
        return next((facts for _id, facts in present(self.view.connection, self.view.on, one)), None)

    def _only_there(self, entry: Entry, resident: int | None) -> Reconciled:
        absent = _("Resident {resident} is on record, but not present on {day}.")
        return Reconciled(
            Group.ONLY_THERE,
            resident,
            entry.line,
            entry.values["name"],
            entry.values.get("nationality"),
            entry.values.get("passport_number"),
            reason=None if resident is None else absent.format(resident=resident, day=self.view.on.isoformat()),
        )

    def _meet(self, one: Reconciled) -> None:
        """Of two rows of one person, keep the one that agrees better; the other one is repeated."""
        resident = one.resident_id or 0
        before = self.met.get(resident)
        if before is None:
            self.met[resident] = one
            return
        better, other = (one, before) if len(one.disagreements) < len(before.disagreements) else (before, one)
        reason = _("Line {line} is of the same person.").format(line=better.line)
        self.met[resident] = better
        self.others.append(
            Reconciled(
                Group.REPEATED, resident, other.line, other.name, other.nationality, other.passport_number, (), reason
            )
        )

    def _disagreements(self, entry: Entry, facts: Facts) -> Iterator[Disagreement]:
        for name, there in entry.values.items():
            if name not in self.compared:
                continue
            if name in {"village", "district"}:
                here = facts["village"] or facts["district"]
                if here is None or (here if name == "village" else self._district(here)) != there:
                    yield Disagreement(name, self._place(there), here and self._place(here))
            elif (here := facts[name]) is None or not same(name, there, here):
                yield Disagreement(name, there, facts[name])

    def _place(self, code: str) -> str:
        if code not in self.places:
            self.places[code] = place_name(self.view.connection, code, self.view.on)
        return self.places[code]

    def _district(self, code: str) -> str | None:
        """Return the code of the district that a village lies in, or that of the district itself."""
        found = district_of(self.view.connection, code, code, self.view.on)
        return None if found is None else found.code


def _of_person(
    group: Group, resident: int, facts: Facts, line: int | None, disagreements: tuple[Disagreement, ...] = ()
) -> Reconciled:
    return Reconciled(
        group, resident, line, facts["name"], facts["nationality"], facts["passport_number"], disagreements
    )


def _with_namesakes(rows: list[Reconciled], missing: list[Reconciled]) -> Iterator[Reconciled]:
    """Yield the rows. One whose person is only in the list names its namesakes who are only in the register."""
    by_name: dict[str, list[int]] = {}
    for one in missing:
        by_name.setdefault(fold_name(one.name or ""), []).append(one.resident_id or 0)
    for row in rows:
        like = by_name.get(fold_name(row.name or "")) if row.group is Group.ONLY_THERE and row.reason is None else None
        if like is None:
            yield row
            continue
        sentence = _("Perhaps resident {residents}, of the same name.")
        reason = sentence.format(residents=", ".join(map(str, like)))
        yield Reconciled(
            row.group, row.resident_id, row.line, row.name, row.nationality, row.passport_number, (), reason
        )
