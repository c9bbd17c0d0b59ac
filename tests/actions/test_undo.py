"""Taking back a change: every kind of it, so that the register holds what it held; or a refusal that names why not."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils.db import NotFoundError

from tests.actions.merging.lives import joined
from tests.log import last_number, take_back
from timpora_cli.actions import family, law, passports, regions, residents, sponsors
from timpora_cli.actions.irrevocable import MadeTheRegister
from timpora_cli.actions.regions.changes import carry_out
from timpora_cli.actions.regions.plans import planned
from timpora_cli.actions.stays import corrections
from timpora_cli.actions.told import record
from timpora_cli.actions.undo import (
    BuiltOn,
    ChangedSince,
    InTheWay,
    NoLongerLast,
    NothingToRedo,
    NothingToUndo,
    UndoneAlready,
    last_undone,
    redo,
    refuse_impossible,
    undo,
)
from timpora_cli.errors import Refused, TimporaError
from timpora_cli.model.law import NewRule
from timpora_cli.model.places import RegionStep
from timpora_cli.queries.history import change_made, next_to_undo
from timpora_cli.queries.law import relief_named
from timpora_cli.store.facts import versioned_tables

if TYPE_CHECKING:
    from tests.actions.conftest import Desk
    from tests.conftest import Office
    from timpora_cli.store.change import Value

SIJUK, TERONG = "19.02.04.2001", "19.02.04.2003"
HEADER = "Nama,No Paspor,Negara,Tipe Izin,Nomor Izin,Tgl Terbit,Tgl Berakhir,Desa,Penjamin"
ANN = "Ann Invented,X0001,Australia,ITAS,N-9,2020-09-01,2021-12-31,Air Saga,PT Contoh"
CID = "Cid Invented,X0003,Jerman,ITAS,N-31,2020-01-02,2021-01-01,Air Saga,PT Baru"
DEE = "Dee Invented,X0004,Jerman,ITAP,N-41,2019-01-02,2024-01-01,Perawas,PT Baru"

Facts = dict[str, list[tuple["Value", ...]]]
Happens = Callable[["Office"], None]


def facts(office: "Office") -> Facts:
    """Every row of every table of facts, without the numbers of the changes that wrote it, but what is taken back."""
    found = {}
    for table in versioned_tables(office.connection):
        if table.name == "undone":
            continue
        columns = ", ".join(column for column in table.columns if column != "change_id")
        found[table.name] = office.rows(f"SELECT {columns} FROM {table.name} ORDER BY {', '.join(table.key)}")
    return found


def refused(office: "Office", kind: type[Refused], number: int | None = None) -> str:
    before = office.dump()
    with pytest.raises(kind) as error:
        take_back(office, number)
    assert office.dump() == before
    assert error.value.exit_code == 1
    return str(error.value)


# Every kind of change ------------------------------------------------------------------------------------------------


@pytest.fixture
def begun(office: "Office") -> "Office":
    """An office that knows three people.

    Ann (1) holds permit 3 after two visit permits, Bob (2) has departed, and Fay (3) has no permit.
    """

    def build() -> None:
        relative = family.Relative("SPOUSE", citizen_name="Made Up", since=date(2015, 5, 5))
        ann = office.person(
            "Ann Invented", passport="X0001", sponsor="PT Contoh", since="2019-01-01", relatives=[relative]
        )
        first = office.permit(ann, "ITK", "2019-02-01", "2019-03-30", "N-1")
        second = office.extend(first, "2019-03-20", "2019-05-20", "N-2")
        assert office.convert(second, "KITAS", "2019-05-10", "2020-12-20", "N-3") == 3
        bob = office.person("Bob Invented", "D", passport="X0002", since="2019-01-01")
        office.permit(bob, "KITAP", "2019-02-01", "2024-02-01", "N-7")
        office.depart(bob, "2020-01-01")
        office.person("Fay Invented", since="2020-01-01")

    office.prepared(build)
    return office


def person_added(office: "Office") -> None:
    relative = family.Relative("CHILD", citizen_name="Made Up", born=date(2019, 1, 1))
    office.person("Eve Invented", passport="X0009", sponsor="PT Lain", relatives=[relative], niora="N1")


def permit_extended(office: "Office") -> None:
    office.extend(3, "2020-09-01", "2021-12-20", "N-4")


def permit_converted(office: "Office") -> None:
    office.convert(3, "KITAP", "2020-09-01", "2025-08-31", "N-4")


def permit_revoked(office: "Office") -> None:
    office.revoke(3, "2020-09-01")


def permit_corrected(office: "Office") -> None:
    office.edit(3, expires_on="2020-12-24", number=None, index_code="C317")


def class_corrected(office: "Office") -> None:
    office.edit(2, class_code="VOA")


def issued_earlier(office: "Office") -> None:
    office.edit(3, issued_on="2019-04-01")


def issued_later(office: "Office") -> None:
    office.edit(3, issued_on="2019-05-20")


def issued_nobody_knows_when(office: "Office") -> None:
    office.edit(1, issued_on=None)


def filled_in_between(office: "Office") -> None:
    office.permit(1, "ITK", "2019-04-10", "2019-05-20", "N-2b")


def filled_in_before(office: "Office") -> None:
    office.permit(1, "VOA", "2019-01-10", "2019-02-08", "N-0")


def moved(office: "Office") -> None:
    office.move(1, SIJUK, "2020-02-29")


def departed(office: "Office") -> None:
    assert office.depart(1, "2020-09-01") == 3


def deported_without_a_permit(office: "Office") -> None:
    assert office.depart(3, "2020-09-01", "DEPORTED") is None


def joined_with_another(office: "Office") -> None:
    joined(office, 1, 3)


def joined_into_another(office: "Office") -> None:
    joined(office, 3, 1)


def returned(office: "Office") -> None:
    office.return_(2, TERONG, "2020-06-01")


def removed(office: "Office") -> None:
    assert office.remove(1) == 8


def corrected(office: "Office") -> None:
    with office.change() as change:
        residents.edit(change, office.resident(1), {"full_name": "Ann Imagined", "born": "1980-01-01"})
        corrections.correct_residence(change, office.resident(1), {"village_code": TERONG, "rt": "01"})


def passport_renewed(office: "Office") -> None:
    new = passports.NewPassport("X0101", "AUS", date(2020, 1, 1), date(2030, 1, 1))
    with office.change() as change:
        passports.record(change, office.resident(1), new, office.today)


def relative_added(office: "Office") -> None:
    with office.change() as change:
        family.add_relative(change, 1, family.Relative("PARENT", relative_id=2))


def marriage_ended(office: "Office") -> None:
    with office.change() as change:
        family.end_marriage(change, 1, date(2020, 8, 1))


def relief_added(office: "Office") -> None:
    row: dict[str, Value] = {
        "code": "NEW", "name": "New", "legal_basis": "Contoh 1", "effective_from": "2020-09-20", "extendable": "any",
        "in_country_only": 0, "supersedes": "ITKT-2020-09", "source_url": "example.invalid", "verified": 0,
    }  # fmt: skip
    with office.change() as change:
        law.add_relief(change, row, ["ITK", "VOA", "KITAS"])


def relief_ended(office: "Office") -> None:
    with office.change() as change:
        law.end_relief(change, relief_named(office.connection, "ITKT-2020-09"), date(2020, 9, 19))


def rule_added(office: "Office") -> None:
    with office.change() as change:
        law.add_rule(change, NewRule("OVERSTAY_LIMIT_DAYS", "", 30, None, None, "Contoh", "s", verified=False))


def rule_ended(office: "Office") -> None:
    with office.change() as change:
        law.end_rule(change, 2, date(2030, 1, 1))


def holiday_added(office: "Office") -> None:
    with office.change() as change:
        law.add_holiday(change, date(2020, 9, 18), "Libur", None)


def setting_changed(office: "Office") -> None:
    with office.change() as change:
        change.update("setting", "default_window", {"value": "60d"})


def village_added(office: "Office") -> None:
    with office.change() as change:
        regions.add(change, "19.02.01.2099", "Contoh", "village")


def regions_renamed_and_added(office: "Office") -> None:
    steps = [
        RegionStep("RENAMED", "19.02.04", "Sijuk Baru"),
        RegionStep("RENAMED", "19.02.01.2012", "Air Merbau Baru"),
    ]
    with office.change() as change:
        carry_out(change, planned(change.connection, date(2020, 9, 1), steps))
        regions.load(change, [regions.Region("19.02.04.2099", "Contoh")], ours=True)


def all_at_once(office: "Office") -> None:
    """One change that writes rows twice, takes away what it put in, and hands a number from one row to another."""
    with office.change() as change:
        for note in ("one", "two"):
            change.update("resident", 1, {"note": note})
        change.remove("sponsor", change.insert("sponsor", {"name": "PT Sebentar"}))
        change.update("permit", 2, {"number": "N-2x"})
        change.update("permit", 3, {"number": "N-2"})
        change.update("resident", 2, {"niora": "N1"})
        change.update("resident", 2, {"niora": None})
        change.update("resident", 1, {"niora": "N1"})


KINDS: tuple[Happens, ...] = (
    person_added, permit_extended, permit_converted, permit_revoked, permit_corrected, class_corrected, issued_earlier,
    issued_later, issued_nobody_knows_when, filled_in_between, filled_in_before, moved, departed, returned, removed,
    corrected, passport_renewed, relative_added, marriage_ended, relief_added, relief_ended, rule_added, rule_ended,
    holiday_added, setting_changed, village_added, regions_renamed_and_added, all_at_once, deported_without_a_permit,
    joined_with_another, joined_into_another,
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.one_in(12)
@pytest.mark.parametrize("happens", KINDS, ids=lambda happens: happens.__name__)
def test_a_change_is_taken_back_and_its_undo_is_taken_back_too(begun: "Office", happens: Happens) -> None:
    happens(begun)
    number, after = last_number(begun.connection), facts(begun)
    take_back(begun)
    before = facts(begun)
    assert before != after
    assert last_number(begun.connection) == number + 1
    take_back(begun)
    assert facts(begun) == after
    take_back(begun)
    assert facts(begun) == before
    take_back(begun)
    take_back(begun, number + 4)  # by its number
    assert facts(begun) == before


@pytest.mark.slow
@pytest.mark.one_in(6)
@pytest.mark.parametrize("happens", KINDS, ids=lambda happens: happens.__name__)
def test_what_a_change_is_taken_back_to_is_what_was_there_before_it(begun: "Office", happens: Happens) -> None:
    before = facts(begun)
    happens(begun)
    take_back(begun)
    assert facts(begun) == before


@pytest.mark.slow
@pytest.mark.parametrize("happens", KINDS, ids=lambda happens: happens.__name__)
def test_in_which_order_the_rows_come_back_makes_no_difference(begun: "Office", happens: Happens) -> None:
    happens(begun)
    made, after = change_made(begun.connection, last_number(begun.connection)), facts(begun)
    before = None
    for rows in (made.rows, made.rows[::-1], sorted(made.rows, key=lambda row: (row.key[0] == 3, row.table))):
        with begun.change() as change:
            undo(change, replace(made, rows=tuple(rows)))
        before = before or facts(begun)
        assert facts(begun) == before
        take_back(begun, change.number)
        assert facts(begun) == after


@pytest.mark.slow
def test_two_rows_that_changed_a_number_between_them_come_back(begun: "Office") -> None:
    with begun.change() as change:
        change.update("resident", 1, {"niora": "N1"})
        change.update("resident", 2, {"niora": "N2"})
    before = facts(begun)
    with begun.change() as change:
        change.update("resident", 1, {"niora": None})
        change.update("resident", 2, {"niora": "N1"})
        change.update("resident", 1, {"niora": "N2"})
    after = facts(begun)
    take_back(begun)
    assert facts(begun) == before
    take_back(begun)
    assert facts(begun) == after


@pytest.mark.slow
def test_what_was_brought_forward_by_hand_is_undone_again(begun: "Office") -> None:
    permit_corrected(begun)
    number, after = last_number(begun.connection), facts(begun)
    take_back(begun)
    before = facts(begun)
    permit_corrected(begun)
    assert facts(begun) == after
    again = take_back(begun, number)
    assert facts(begun) == before
    assert begun.rows("SELECT undone_id, change_id FROM undone") == [(number, again)]


# Back and forth ------------------------------------------------------------------------------------------------------


def undo_next(office: "Office") -> int:
    following = next_to_undo(office.connection)
    take_back(office, following.number)
    return following.number


def redo_next(office: "Office") -> int:
    number = last_undone(office.connection).number
    with office.change() as change:
        redo(change, number)
    return number


@pytest.mark.slow
def test_redo_brings_forward_what_undo_took_back_the_last_first(begun: "Office") -> None:
    states, numbers = [facts(begun)], []
    for happens in (permit_corrected, moved, passport_renewed):
        happens(begun)
        states.append(facts(begun))
        numbers.append(last_number(begun.connection))
    for place in (2, 1, 0):
        assert undo_next(begun) == numbers[place]
        assert facts(begun) == states[place]
    for place in (0, 1):
        assert redo_next(begun) == numbers[place]
        assert facts(begun) == states[place + 1]
    assert undo_next(begun) == numbers[1]
    assert [redo_next(begun), redo_next(begun)] == numbers[1:]
    assert facts(begun) == states[3]
    with pytest.raises(NothingToRedo, match="no change is taken back"):
        redo_next(begun)


@pytest.mark.slow
def test_a_new_change_ends_what_can_be_redone_and_says_how_it_comes_back(begun: "Office") -> None:
    permit_corrected(begun)
    number = undo_next(begun)
    moved(begun)
    with pytest.raises(ChangedSince) as refusal:
        redo_next(begun)
    assert str(refusal.value) == (
        f"There is nothing to redo: change {number + 2} came after change {number} was undone.\n"
        f"To bring change {number} forward all the same: timpora undo {number + 1}"
    )
    assert undo_next(begun) == number + 2
    assert redo_next(begun) == number + 2
    take_back(begun, number + 1)
    assert begun.permit_of_id(3).expires_on == date(2020, 12, 24)


@pytest.mark.slow
def test_a_marking_run_ends_no_redo(begun: "Office") -> None:
    permit_corrected(begun)
    number = undo_next(begun)
    with begun.change() as change:
        record(change, "PERMIT", "30d", begun.today, {})
    assert redo_next(begun) == number


@pytest.mark.slow
def test_a_redo_of_what_is_no_longer_last_is_refused(begun: "Office") -> None:
    permit_corrected(begun)
    moved(begun)
    undo_next(begun)
    first = undo_next(begun)
    redo_next(begun)
    before = begun.dump()
    with pytest.raises(NoLongerLast), begun.change() as change:
        redo(change, first)
    assert begun.dump() == before


@contextmanager
def walked(begun: "Office") -> Iterator["Office"]:
    """Give a register of its own, which holds what `begun` holds, for one walk."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(begun.connection.serialize())
        connection.execute("PRAGMA foreign_keys = ON")
        yield replace(begun, connection=connection)


def if_possible(office: "Office", happens: Happens) -> bool:
    """Let a change happen, unless nothing is there for it or it is refused; give whether it did."""
    last = last_number(office.connection)
    with suppress(TimporaError, NotFoundError, AssertionError):
        happens(office)
    return last_number(office.connection) != last


@given(
    walk=st.lists(st.sampled_from([*KINDS, *["undo"] * 20, *["redo"] * 12]), max_size=12),
    first=st.sampled_from(KINDS),
)
@settings(max_examples=100)
@pytest.mark.slow
def test_undo_and_redo_walk_over_any_changes_and_find_the_register_as_it_was(
    begun: "Office", first: Happens, walk: list[Happens | str]
) -> None:
    with walked(begun) as office:
        states, place = [facts(office)], 0
        for step in (first, *walk):
            if step == "undo" and place > 0:
                undo_next(office)
                place -= 1
            elif step == "redo" and place < len(states) - 1:
                redo_next(office)
                place += 1
            elif callable(step) and if_possible(office, step):
                place += 1
                states[place:] = [facts(office)]
            assert facts(office) == states[place]
        while place < len(states) - 1:
            redo_next(office)
            place += 1
        assert facts(office) == states[place]


@given(walk=st.lists(st.one_of(st.sampled_from(KINDS), st.integers(0, 11)), min_size=2, max_size=12))
@settings(max_examples=60)
@pytest.mark.slow
def test_what_is_taken_back_by_its_number_after_any_changes_comes_back_by_its_number(
    begun: "Office", walk: list[Happens | int]
) -> None:
    with walked(begun) as office:
        for step in walk:
            if callable(step):
                if_possible(office, step)
                continue
            before = facts(office)
            try:
                by = take_back(office, max(1, last_number(office.connection) - step))
            except Refused:
                continue
            after = facts(office)
            take_back(office, by)
            assert facts(office) == before
            take_back(office)
            assert facts(office) == after


@pytest.mark.slow
def test_a_whole_import_is_taken_back_and_brought_in_again(begun: "Office", desk: "Desk") -> None:
    before = facts(begun)
    outcome = desk.bring(HEADER, ANN, CID, "Ed Invented,X0005,Atlantis,KITTAS,N-5,,,,", DEE)
    assert desk.tally(outcome) == (2, 1, 0, 0, 1)
    after = facts(begun)
    take_back(begun)
    assert facts(begun) == before
    take_back(begun)
    assert facts(begun) == after
    take_back(begun)
    assert desk.tally(desk.bring(HEADER, CID)) == (1, 0, 0, 0, 0)
    assert begun.rows("SELECT full_name FROM resident WHERE id > 3") == [("Cid Invented",)]


@pytest.mark.slow
def test_changes_are_taken_back_one_after_another_to_the_beginning(begun: "Office") -> None:
    last, whole = last_number(begun.connection), facts(begun)
    for number in range(last, 1, -1):
        take_back(begun, number)
    assert begun.rows("SELECT count(*) FROM resident") == [(0,)]
    assert begun.rows("SELECT count(*) FROM permit") == [(0,)]
    for number in range(last_number(begun.connection), last, -1):
        take_back(begun, number)
    assert facts(begun) == whole


def test_an_undo_is_a_change_of_its_own_with_who_did_it(begun: "Office") -> None:
    permit_revoked(begun)
    number = take_back(begun)
    made = change_made(begun.connection, number)
    assert (made.officer, made.command) == ("a made-up officer", "timpora test")
    assert [(row.table, row.key, row.did) for row in made.rows] == [
        ("permit", (3,), "changed"), ("undone", (number - 1,), "added"),
    ]  # fmt: skip
    assert {(one.name, one.before, one.after) for one in made.rows[0].fields} == {
        ("ended_on", "2020-09-01", None), ("end_reason", "REVOKED", None), ("note", "a made-up reason", None),
    }  # fmt: skip


def test_what_others_did_elsewhere_is_no_hindrance(begun: "Office") -> None:
    moved(begun)
    number, before = last_number(begun.connection), begun.people("2020-03-01")[1].place.village_code
    assert before == SIJUK
    permit_extended(begun)
    returned(begun)
    person_added(begun)
    take_back(begun, number)
    assert begun.people("2020-03-01")[1].place.village_code == "19.02.01.2012"
    assert begun.people("2020-09-17").keys() == {1, 2, 3, 4}


# What later changes build on -----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_row_that_was_written_again_is_built_on(begun: "Office") -> None:
    permit_corrected(begun)
    number = last_number(begun.connection)
    begun.edit(3, office="Contoh")
    permit_extended(begun)
    assert refused(begun, BuiltOn, number) == (
        f"Change {number} cannot be undone: later changes build on it ({number + 2}). Undo those first."
    )
    take_back(begun)
    assert f"build on it ({number + 3})" in refused(begun, BuiltOn, number)
    take_back(begun, number + 1)
    take_back(begun, number)


@pytest.mark.slow
def test_changes_to_one_row_are_taken_back_one_after_another(office: "Office") -> None:
    ann = office.person("Ann Invented")
    for note in ("one", "two", "three"):
        with office.change() as change:
            residents.edit(change, office.resident(ann), {"note": note})
    expected: tuple[tuple[int, str | None], ...] = ((5, "two"), (4, "one"), (3, None))
    for number, left in expected:
        assert refused(office, BuiltOn, 3) if number > 3 else True
        take_back(office, number)
        assert office.rows("SELECT note FROM resident") == [(left,)]
    with office.change() as change:
        residents.edit(change, office.resident(ann), {"note": "two"})
    take_back(office, 4)  # as change 4 left it, whoever wrote it
    assert office.rows("SELECT note FROM resident") == [("one",)]


@pytest.mark.slow
def test_a_row_that_one_change_wrote_twice_is_as_it_was_left_once_later_changes_are_taken_back(begun: "Office") -> None:
    before = facts(begun)
    filled_in_between(begun)
    number = last_number(begun.connection)
    permit_corrected(begun)
    assert f"build on it ({number + 1})" in refused(begun, BuiltOn, number)
    take_back(begun)
    take_back(begun, number)
    assert facts(begun) == before


@pytest.mark.slow
def test_a_change_that_was_undone_is_not_undone_again(begun: "Office") -> None:
    person_added(begun)
    number = last_number(begun.connection)
    take_back(begun)
    assert refused(begun, UndoneAlready, number) == (
        f"Change {number} is taken back already, by change {number + 1}. "
        f"Bring it forward again with: timpora undo {number + 1}"
    )


def test_a_person_who_holds_a_permit_since_is_built_on(office: "Office") -> None:
    ann = office.person("Ann Invented")
    number = last_number(office.connection)
    office.permit(ann, "ITK", "2020-09-01", "2020-10-01")
    bob = office.person("Bob Invented")
    with office.change() as change:
        family.add_relative(change, bob, family.Relative("SPOUSE", relative_id=ann))
    assert f"build on it ({number + 1}, {number + 3})" in refused(office, BuiltOn, number)


@pytest.mark.slow
def test_a_village_where_somebody_lives_since_is_built_on(begun: "Office") -> None:
    village_added(begun)
    number = last_number(begun.connection)
    begun.move(1, "19.02.01.2099", "2020-09-01")
    assert f"build on it ({number + 1})" in refused(begun, BuiltOn, number)
    take_back(begun)
    take_back(begun, number)


def test_a_relief_that_another_supersedes_is_built_on(begun: "Office") -> None:
    relief_added(begun)
    number = last_number(begun.connection)
    row: dict[str, Value] = {
        "code": "LATER", "name": "Later", "legal_basis": "Contoh 2", "effective_from": "2020-10-20", "extendable": "no",
        "in_country_only": 0, "supersedes": "NEW", "source_url": "example.invalid", "verified": 0,
    }  # fmt: skip
    with begun.change() as change:
        law.add_relief(change, row, ["ITK"])
    assert f"build on it ({number + 1})" in refused(begun, BuiltOn, number)


@pytest.mark.slow
def test_a_grant_that_was_put_into_the_past_of_a_chain_is_built_on(begun: "Office") -> None:
    permit_extended(begun)
    number = last_number(begun.connection)
    begun.permit(1, "KITAS", "2019-10-01", "2020-10-01", "N-3b")  # between 3 and its extension
    assert f"build on it ({number + 1})" in refused(begun, BuiltOn, number)
    take_back(begun)
    take_back(begun, number)


def test_a_row_that_one_change_wrote_twice_is_built_on_by_the_change_that_took_it_away(begun: "Office") -> None:
    filled_in_between(begun)
    number = last_number(begun.connection)
    removed_rows = begun.remove(1)
    assert removed_rows > 7
    assert f"build on it ({number + 1})" in refused(begun, BuiltOn, number)


@pytest.mark.slow
def test_an_import_of_which_one_person_was_corrected_is_built_on(begun: "Office", desk: "Desk") -> None:
    desk.bring(HEADER, ANN, CID, DEE)
    number = last_number(begun.connection)
    with begun.change() as change:
        residents.edit(change, begun.resident(4), {"note": "corrected"})
    assert f"build on it ({number + 1})" in refused(begun, BuiltOn, number)


# What is in the way --------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_revoked_permit_of_somebody_who_left_since_stays_revoked(begun: "Office") -> None:
    permit_revoked(begun)
    number = last_number(begun.connection)
    departed_on = begun.depart(1, "2020-09-10")
    assert departed_on is None
    assert refused(begun, InTheWay, number) == (
        f"Change {number} cannot be undone, something is in the way: permit 3 is current, and resident 1 departed "
        f"on 2020-09-10; record the return first, with timpora resident return. "
        f"Later changes to the same people: {number + 1}."
    )
    take_back(begun)
    take_back(begun, number)


def test_a_revoked_permit_in_whose_place_another_was_granted_stays_revoked(begun: "Office") -> None:
    permit_revoked(begun)
    number = last_number(begun.connection)
    begun.permit(1, "KITAS", "2020-09-10", "2021-09-10", "N-4")
    said = refused(begun, InTheWay, number)
    assert "a resident holds one permit at a time, and these periods overlap." in said
    assert said.endswith(f"Later changes to the same people: {number + 1}.")


def test_a_return_stands_once_a_permit_was_granted_on_it(begun: "Office") -> None:
    returned(begun)
    number = last_number(begun.connection)
    begun.permit(2, "ITK", "2020-08-01", "2020-10-01", "N-8")
    said = refused(begun, InTheWay, number)
    assert "permit 5 is current, and resident 2 departed on 2020-01-01" in said
    assert said.endswith(f"Later changes to the same people: {number + 1}.")


@pytest.mark.slow
def test_somebody_removed_does_not_come_back_beside_a_second_record_of_the_same_passport(begun: "Office") -> None:
    removed(begun)
    number = last_number(begun.connection)
    begun.person("Ann Invented", passport="X0001")
    assert refused(begun, InTheWay, number) == (
        f"Change {number} cannot be undone, something is in the way: this passport is already recorded."
    )


def test_what_comes_back_may_not_name_what_is_gone(begun: "Office") -> None:
    with begun.change() as change:
        other = sponsors.sponsor_id(change, "PT Lain")
    with begun.change() as change:
        residents.edit(change, begun.resident(1), {"sponsor_id": other})
    with begun.change() as change:
        residents.edit(change, begun.resident(1), {"sponsor_id": None})
    number = last_number(begun.connection)
    take_back(begun, number - 2)
    assert refused(begun, InTheWay, number) == (
        f"Change {number} cannot be undone, something is in the way: another record still depends on this one, or the "
        "one it names does not exist."
    )


# What cannot be undone at all ----------------------------------------------------------------------------------------


def test_the_first_change_made_the_register(office: "Office") -> None:
    assert refused(office, MadeTheRegister) == "Change 1 made the register itself; it cannot be undone."


def test_a_change_that_touched_no_row_of_facts_has_nothing_to_take_back(office: "Office") -> None:
    with office.change() as change:
        change.remove("sponsor", change.insert("sponsor", {"name": "PT Rekaan"}))
    assert refused(office, NothingToUndo) == "Change 2 touched no row that could be taken back."


@pytest.mark.slow
def test_what_is_plain_is_refused_before_anything_is_tried(begun: "Office") -> None:
    permit_corrected(begun)
    permit_extended(begun)
    number = last_number(begun.connection)
    refuse_impossible(begun.connection, change_made(begun.connection, number))
    for impossible, kind in ((1, MadeTheRegister), (number - 1, BuiltOn)):
        with pytest.raises(kind):
            refuse_impossible(begun.connection, change_made(begun.connection, impossible))
    assert not begun.connection.in_transaction
