"""Who changed what: each change with its rows before and after, by resident and by permit, and as known at a moment."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.log import last_number
from timpora_cli.actions import law, regions, residents
from timpora_cli.model.log import ChangeMade, RowChange
from timpora_cli.queries.find import NoPermit, NoResident
from timpora_cli.queries.history import (
    NoChange,
    change_made,
    changes_made,
    changes_of_permit,
    changes_of_resident,
    last_changes,
    permit_ever,
    resident_ever,
)
from timpora_cli.store.known import look_back

if TYPE_CHECKING:
    from tests.conftest import Office
    from timpora_cli.store.change import Value

Told = tuple[str, tuple[str | int, ...], str, dict[str, tuple["Value", "Value"]]]


def told(row: RowChange) -> Told:
    return row.table, row.key, row.did, {one.name: (one.before, one.after) for one in row.fields}


def rows(made: ChangeMade) -> list[Told]:
    return [told(row) for row in made.rows]


def numbers(made: list[ChangeMade]) -> list[int]:
    return [one.number for one in made]


# One change ----------------------------------------------------------------------------------------------------------


def test_what_was_added_has_no_before_and_only_what_was_said(office: "Office") -> None:
    office.person("Ann Invented", passport="X1", since="2019-01-01")
    made = change_made(office.connection, 2)
    assert (made.officer, made.host, made.command, made.reason) == (
        "a made-up officer", "a made-up host", "timpora test", None,
    )  # fmt: skip
    assert rows(made) == [
        (
            "resident", (1,), "added",
            {"id": (None, 1), "full_name": (None, "Ann Invented"), "nationality": (None, "AUS")},
        ),
        (
            "passport",
            (1,),
            "added",
            {"id": (None, 1), "resident_id": (None, 1), "number": (None, "X1"), "country": (None, "AUS")},
        ),
        (
            "residence",
            (1,),
            "added",
            {
                "id": (None, 1), "resident_id": (None, 1), "village_code": (None, "19.02.01.2012"),
                "from_on": (None, "2019-01-01"),
            },
        ),
        ("stay", (1,), "added", {"id": (None, 1), "resident_id": (None, 1), "from_on": (None, "2019-01-01")}),
    ]  # fmt: skip


def test_what_was_changed_tells_the_fields_that_changed_alone(office: "Office") -> None:
    ann = office.person("Ann Invented")
    held = office.permit(ann, "KITAS", "2020-01-01", "2020-12-31", "N-1")
    office.edit(held, expires_on="2020-12-30", number="N-1")
    assert rows(change_made(office.connection, 4)) == [
        ("permit", (held,), "changed", {"expires_on": ("2020-12-31", "2020-12-30")}),
    ]


def test_what_was_removed_has_no_after(office: "Office") -> None:
    ann = office.person("Ann Invented", village=None)
    office.remove(ann)
    assert [row[:3] for row in rows(change_made(office.connection, 3))] == [
        ("resident", (1,), "removed"),
        ("residence", (1,), "removed"),
        ("stay", (1,), "removed"),
    ]
    assert rows(change_made(office.connection, 3))[0][3]["full_name"] == ("Ann Invented", None)


def test_a_correction_that_corrected_nothing_is_told_without_a_field(office: "Office") -> None:
    ann = office.person("Ann Invented")
    with office.change() as change:
        residents.edit(change, office.resident(ann), {"full_name": "Ann Invented"})
    assert rows(change_made(office.connection, 3)) == [("resident", (1,), "changed", {})]


def test_what_one_change_wrote_twice_is_told_once(office: "Office") -> None:
    """A grant put between two others writes the later one twice."""
    ann = office.person("Ann Invented")
    first = office.permit(ann, "ITK", "2019-01-01", "2019-03-01")
    second = office.convert(first, "KITAS", "2019-02-20", "2020-02-20")
    between = office.permit(ann, "ITK", "2019-02-01", "2019-03-10")
    made = change_made(office.connection, 5)
    assert [row[:3] for row in rows(made)] == [
        ("permit", (first,), "changed"), ("permit", (second,), "changed"), ("permit", (between,), "added"),
    ]  # fmt: skip
    assert rows(made)[0][3] == {"ended_on": ("2019-02-20", "2019-02-01"), "end_reason": ("CONVERTED", "EXTENDED")}
    assert rows(made)[1][3] == {"follows_id": (first, between)}


def test_what_one_change_put_in_and_took_away_again_is_not_told(office: "Office") -> None:
    with office.change() as change:
        kept = change.insert("sponsor", {"name": "PT Tetap"})
        change.remove("sponsor", change.insert("sponsor", {"name": "PT Sebentar"}))
        change.update("sponsor", kept, {"contact": "made up"})
    assert [row[:3] for row in rows(change_made(office.connection, 2))] == [("sponsor", (kept,), "added")]


def test_rows_are_named_by_their_whole_key(office: "Office") -> None:
    row: dict[str, Value] = {
        "code": "NEW", "name": "New", "legal_basis": "Contoh 1", "effective_from": "2020-09-20", "extendable": "any",
        "in_country_only": 0, "source_url": "example.invalid", "verified": 0,
    }  # fmt: skip
    with office.change() as change:
        law.add_relief(change, row, ["VOA", "ITK"])
        law.add_holiday(change, date(2020, 9, 18), "Libur", None)
    assert [one[:2] for one in rows(change_made(office.connection, 2))] == [
        ("relief", ("NEW",)), ("relief_class", ("NEW", "ITK")), ("relief_class", ("NEW", "VOA")),
        ("holiday", ("2020-09-18",)),
    ]  # fmt: skip


def test_rows_of_a_table_come_in_the_order_of_their_numbers(office: "Office") -> None:
    with office.change() as change:
        for number in range(12):
            change.insert("sponsor", {"name": f"PT {number}"})
    assert [key for _table, key, _did, _fields in rows(change_made(office.connection, 2))] == [
        (number,) for number in range(1, 13)
    ]


def test_a_province_that_was_added_is_a_row_of_facts(office: "Office") -> None:
    with office.change() as change:
        regions.load(change, [regions.Region("17", "Rekaan")], ours=False)
    assert [(table, key, did) for table, key, did, _fields in rows(change_made(office.connection, 2))] == [
        ("province", ("17",), "added")
    ]


def test_a_change_that_is_not_there_is_said_by_its_number(office: "Office") -> None:
    with pytest.raises(NoChange, match=r"^There is no change 2\. See the changes with: timpora history$"):
        change_made(office.connection, 2)


# Several changes -----------------------------------------------------------------------------------------------------


@pytest.fixture
def years(office: "Office") -> "Office":
    """Ann (changes 2, 3, 5, 7) and Bob (4, 6); Ann is removed in 8."""
    office.person("Ann Invented", passport="X1")
    office.permit(1, "ITK", "2020-01-01", "2020-03-01", "N-1")
    office.person("Bob Invented", passport="X2")
    office.extend(1, "2020-02-20", "2020-04-20", "N-2")
    office.permit(2, "KITAS", "2020-01-01", "2021-01-01", "N-3")
    office.edit(2, office="Contoh")
    office.remove(1)
    return office


def test_the_last_changes_come_latest_first(years: "Office") -> None:
    assert numbers(last_changes(years.connection, 3)) == [8, 7, 6]
    assert numbers(last_changes(years.connection, 100)) == [8, 7, 6, 5, 4, 3, 2, 1]
    assert last_number(years.connection) == 8
    assert numbers(changes_made(years.connection, [3, 5])) == [5, 3]


@pytest.mark.slow
def test_every_row_that_a_change_touched_is_told_whatever_became_of_it(years: "Office") -> None:
    for made in last_changes(years.connection, 7):
        assert changes_made(years.connection, [made.number]) == [made]
        assert made.rows
    assert sum(len(made.rows) for made in last_changes(years.connection, 7)) == 4 + 1 + 4 + 2 + 1 + 1 + 6


def test_a_residents_history_holds_that_residents_rows_alone(years: "Office") -> None:
    assert numbers(changes_of_resident(years.connection, 2)) == [6, 4]
    made = changes_of_resident(years.connection, 1)
    assert numbers(made) == [8, 7, 5, 3, 2]
    assert {row.table for one in made for row in one.rows} == {"resident", "passport", "residence", "stay", "permit"}


def test_a_permits_history_holds_that_permit_alone(years: "Office") -> None:
    assert numbers(changes_of_permit(years.connection, 2)) == [8, 7, 5]
    assert numbers(changes_of_permit(years.connection, 1)) == [8, 5, 3]
    assert {row.key for one in changes_of_permit(years.connection, 1) for row in one.rows} == {(1,)}


def test_somebody_removed_is_still_named_by_id(years: "Office") -> None:
    assert resident_ever(years.connection, "1") == 1
    assert resident_ever(years.connection, " 2 ") == resident_ever(years.connection, "x2") == 2
    assert permit_ever(years.connection, "1") == 1
    assert permit_ever(years.connection, "N-3") == 3
    for nobody in ("3", "X1", "", "٣", "9" * 30):
        with pytest.raises(NoResident):
            resident_ever(years.connection, nobody)
    for none in ("4", "N-1", "-1", "9" * 30):
        with pytest.raises(NoPermit):
            permit_ever(years.connection, none)


@pytest.mark.slow
def test_an_undo_has_its_own_line_and_leaves_the_others(years: "Office") -> None:
    from timpora_cli.actions.undo import undo

    made = change_made(years.connection, 8)
    with years.change() as change:
        undo(change, made)
    assert numbers(changes_of_resident(years.connection, 1)) == [9, 8, 7, 5, 3, 2]
    assert {row.did for row in change_made(years.connection, 9).rows} == {"added"}
    assert change_made(years.connection, 8) == made


# As known at a moment ------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_history_as_known_ends_with_that_moment(years: "Office") -> None:
    whole = last_changes(years.connection, 100)
    of_ann = changes_of_resident(years.connection, 1)
    of_first = changes_of_permit(years.connection, 1)
    ((moment,),) = years.rows("SELECT at FROM change WHERE id = 5")
    look_back(years.connection, str(moment))
    assert last_changes(years.connection, 100) == [made for made in whole if made.number <= 5]
    assert changes_of_resident(years.connection, 1) == [made for made in of_ann if made.number <= 5]
    assert changes_of_permit(years.connection, 1) == [made for made in of_first if made.number <= 5]
    assert last_number(years.connection) == 5
    with pytest.raises(NoChange):
        change_made(years.connection, 6)


def test_who_was_not_known_yet_is_not_named(years: "Office") -> None:
    ((moment,),) = years.rows("SELECT at FROM change WHERE id = 1")
    look_back(years.connection, str(moment))
    with pytest.raises(NoResident):
        resident_ever(years.connection, "1")
    with pytest.raises(NoPermit):
        permit_ever(years.connection, "1")


def test_names_and_numbers_stand_in_no_repr(years: "Office") -> None:
    """What is logged of a record by mistake holds no personal data."""
    shown = repr(last_changes(years.connection, 100))
    assert "Invented" not in shown
    assert "N-1" not in shown
