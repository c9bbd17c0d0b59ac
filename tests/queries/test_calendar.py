"""Which days a list puts into a calendar, under which name, and which events it takes back."""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.log import take_back
from timpora_cli.actions import law, merging, residents, stays
from timpora_cli.actions.stays import corrections
from timpora_cli.model.calendar import Calendar, Entry
from timpora_cli.queries.calendar import calendar
from timpora_cli.queries.expiring import Window, permits_due
from timpora_cli.queries.filters import EVERYONE, Asked, Where, resolved
from timpora_cli.queries.law import relief_named
from timpora_cli.store import connect, migrate
from timpora_cli.store.known import look_back

if TYPE_CHECKING:
    from tests.conftest import Office
    from timpora_cli.store.change import Value

ON = "2019-03-01"  # a Friday, before the reliefs of 2020
SIJUK = "19.02.04.2005"


def asked(
    office: "Office", on: str = ON, before: str = "2019-04-01", since: str | None = None, where: Where = EVERYONE
) -> Calendar:
    window = Window(date.fromisoformat(before), None if since is None else date.fromisoformat(since))
    due = permits_due(office.connection, date.fromisoformat(on), window, where, accounted=False)
    return calendar(office.connection, date.fromisoformat(on), window, where, due)


def entries(
    office: "Office", on: str = ON, before: str = "2019-04-01", since: str | None = None, *, cancelled: bool = False
) -> dict[int, Entry]:
    """The entries that stand, or those that are taken back, by permit."""
    all_entries = asked(office, on, before, since).entries
    return {entry.permit.permit_id: entry for entry in all_entries if (entry.ended_on is not None) == cancelled}


def held(office: "Office", expires: str | None = "2019-03-17") -> int:
    """The permit of somebody new; it ends on a Sunday."""
    return office.permit(office.person(), "KITAS", "2018-03-17", expires)


def holder(office: "Office", permit: int) -> int:
    return office.permit_of_id(permit).resident_id


def made_up_relief(office: "Office", entered_from: str | None = None) -> None:
    row: dict[str, Value] = {
        "code": "MADE-UP", "name": "A made-up relief", "legal_basis": "made up", "effective_from": "2019-02-01",
        "effective_until": "2019-05-01", "entered_from": entered_from, "in_country_only": 0, "extendable": "any",
        "source_url": "made up", "verified": 0,
    }  # fmt: skip
    with office.change() as change:
        law.add_relief(change, row, ["ITK"])


# What stands --------------------------------------------------------------------------------------------------------


def test_an_event_is_on_the_last_working_day_up_to_the_end(office: "Office") -> None:
    permit = held(office)
    entry = entries(office)[permit]
    assert (entry.act_by, entry.until) == (date(2019, 3, 15), date(2019, 3, 17))
    assert (entry.person.name, entry.permit.permit_id, entry.ended_on) == ("Ann Invented", permit, None)
    assert repr(entry).count("Ann") == 0


def test_a_relief_says_until_when(office: "Office") -> None:
    resident = office.person()
    office.permit(resident, "ITK", "2020-03-01", "2020-04-10")
    (entry,) = asked(office, "2020-09-17", "2020-09-21").entries
    assert (entry.act_by, entry.until, entry.permit.expires_on) == (
        date(2020, 9, 18),
        date(2020, 9, 20),
        date(2020, 4, 10),
    )


def test_overstays_are_in_the_calendar_and_what_the_list_leaves_out_is_not(office: "Office") -> None:
    late, soon, far = (held(office, expires) for expires in ("2019-01-02", "2019-03-20", "2019-05-01"))
    assert list(entries(office)) == [late, soon]
    assert list(entries(office, since="2019-03-01")) == [soon]
    assert list(entries(office, before="2019-06-01")) == [late, soon, far]


def test_permits_without_a_day_to_act_by_are_named_and_have_no_event(office: "Office") -> None:
    unknown, known = held(office, None), held(office)
    made = asked(office)
    assert [entry.permit.permit_id for entry in made.entries] == [known]
    assert made.undated == (holder(office, unknown),)


def test_only_what_the_list_still_names_has_an_event(office: "Office") -> None:
    first, second = held(office), held(office)
    on, window = date.fromisoformat(ON), Window(date(2019, 4, 1))
    due = permits_due(office.connection, on, window, EVERYONE, accounted=False)
    untold = calendar(office.connection, on, window, EVERYONE, due.only({second}))
    assert [entry.permit.permit_id for entry in untold.entries] == [second]
    assert first in entries(office)


def test_the_events_are_in_order_of_day_then_permit_and_those_taken_back_come_last(office: "Office") -> None:
    friday, sunday, monday = (held(office, expires) for expires in ("2019-03-15", "2019-03-17", "2019-03-11"))
    gone = [held(office, expires) for expires in ("2019-03-20", "2019-03-12", "2019-03-20")]
    for permit in gone:
        office.depart(holder(office, permit), "2019-02-20")
    order = [entry.permit.permit_id for entry in asked(office).entries]
    assert order == [monday, friday, sunday, gone[1], gone[0], gone[2]]


# Under which name ---------------------------------------------------------------------------------------------------


def test_the_name_of_an_event_is_the_permits_own_whatever_happens_to_it(office: "Office") -> None:
    permit, other = held(office), held(office)
    before = entries(office)
    office.edit(permit, expires_on="2019-03-25", number="NEW-1")
    after = entries(office)
    assert after[permit].uid == before[permit].uid
    assert after[permit].uid != after[other].uid
    assert re.fullmatch(rf"permit-{permit}@[0-9a-f]{{16}}\.timpora", after[permit].uid)
    office.depart(holder(office, permit), "2019-02-20")
    assert entries(office, cancelled=True)[permit].uid == before[permit].uid


@pytest.mark.slow
def test_two_registers_never_give_one_name(office: "Office", tmp_path_factory: pytest.TempPathFactory) -> None:
    from timpora_cli.actions import founding

    path = tmp_path_factory.mktemp("another") / "register.db"
    founding.make(path, None, office.author)
    with connect.writing(path) as connection:
        another = replace(office, connection=connection)
        permit = held(another)
        assert held(office) == permit
        assert entries(another)[permit].uid != entries(office)[permit].uid


@pytest.mark.slow
@pytest.mark.one_in(2)
@pytest.mark.parametrize("step", ["0002_versions", "0003_log_and_law"])
def test_a_register_from_before_the_digests_has_a_name_too(office: "Office", step: str) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate.migrate(connection, stop_before=step)
        connection.execute(
            "INSERT INTO change (at, officer, host, command) VALUES ('2018-01-02T03:04:05.006Z', 'a', 'b', 'init')"
        )
        connection.execute("INSERT INTO country VALUES ('AUS', 'AUS', 'AU', 'Australia', 'Australia', 'made up')")
        connection.execute("INSERT INTO permit_group VALUES ('KITAS', 1, 'Terbatas', 'Limited')")
        connection.execute("INSERT INTO permit_class VALUES ('KITAS', 'KITAS', 1, 'Terbatas', 'Limited')")
        migrate.migrate(connection)
        older = replace(office, connection=connection)
        with older.change() as change:
            resident = residents.add(
                change,
                residents.NewResident({"full_name": "Ann Invented", "nationality": "AUS"}, stays.NewResidence(None)),
            )
        permit = older.permit(resident, "KITAS", "2018-03-17", "2019-03-17")
        assert re.fullmatch(rf"permit-{permit}@[0-9a-f]{{16}}\.timpora", entries(older)[permit].uid)


# What is taken back -------------------------------------------------------------------------------------------------


def test_a_departure_takes_the_event_back_on_the_day_it_had(office: "Office") -> None:
    permit = held(office)
    stood = entries(office)[permit]
    office.depart(holder(office, permit), "2019-02-20")
    assert entries(office) == {}
    (entry,) = asked(office).entries
    assert (entry.uid, entry.act_by, entry.until) == (stood.uid, stood.act_by, stood.until)
    assert entry.ended_on == date(2019, 2, 20)
    assert entry.sequence > stood.sequence
    assert entry.person.name == "Ann Invented"


def test_an_extension_a_conversion_and_a_revocation_take_the_event_back(office: "Office") -> None:
    extended, converted, revoked = held(office), held(office), held(office)
    office.extend(extended, "2019-02-20", "2020-03-17")
    office.convert(converted, "KITAP", "2019-02-21", "2024-02-21")
    office.revoke(revoked, "2019-02-22")
    assert entries(office) == {}
    assert set(entries(office, cancelled=True)) == {extended, converted, revoked}
    assert len(entries(office, before="2020-04-01")) == 1


def test_until_the_day_on_which_it_ends_an_event_stands(office: "Office") -> None:
    permit = held(office)
    office.depart(holder(office, permit), "2019-02-20")
    on_the_day_before = entries(office, "2019-02-19")[permit]
    assert entries(office, "2019-02-20") == {}
    taken_back = entries(office, "2019-02-20", cancelled=True)[permit]
    assert taken_back.sequence > on_the_day_before.sequence
    assert taken_back.act_by == on_the_day_before.act_by


def test_a_departure_that_is_undone_lets_the_event_stand_again(office: "Office") -> None:
    permit = held(office)
    office.depart(holder(office, permit), "2019-02-20")
    taken_back = entries(office, cancelled=True)[permit]
    take_back(office)
    again = entries(office)[permit]
    assert entries(office, cancelled=True) == {}
    assert again.sequence > taken_back.sequence
    assert (again.uid, again.act_by) == (taken_back.uid, taken_back.act_by)


def test_an_event_is_taken_back_for_a_year(office: "Office") -> None:
    permit = held(office)
    ended = date(2019, 2, 20)
    office.depart(holder(office, permit), ended.isoformat())
    a_year, more = (ended + timedelta(days=days) for days in (365, 366))
    assert permit in entries(office, a_year.isoformat(), before="2020-12-31", cancelled=True)
    assert entries(office, more.isoformat(), before="2020-12-31", cancelled=True) == {}


def test_what_would_not_have_been_on_the_list_is_not_taken_back(office: "Office") -> None:
    in_window, later, unknown = held(office), held(office, "2019-04-01"), held(office, None)
    earlier = held(office, "2018-12-01")
    for permit in (in_window, later, unknown, earlier):
        office.depart(holder(office, permit), "2019-02-20")
    assert set(entries(office, cancelled=True)) == {in_window, earlier}
    assert set(entries(office, since="2019-01-01", cancelled=True)) == {in_window}
    assert asked(office).undated == ()


def test_a_permit_that_ran_out_long_before_it_was_closed_is_taken_back(office: "Office") -> None:
    permit = held(office, "2018-04-01")
    office.depart(holder(office, permit), "2020-02-20")
    assert permit in entries(office, "2020-03-01", before="2020-04-01", cancelled=True)


def test_the_relief_of_its_last_day_says_what_is_taken_back(office: "Office") -> None:
    resident = office.person()
    permit = office.permit(resident, "ITK", "2020-03-01", "2020-04-10")
    office.depart(resident, "2020-08-18")  # when the next relief begins to speak
    stood = entries(office, "2020-08-17", before="2020-12-31")[permit]
    taken_back = entries(office, "2020-09-17", before="2020-12-31", cancelled=True)[permit]
    assert stood.until == taken_back.until == date(2020, 8, 20)
    assert taken_back.sequence == stood.sequence + 1


def test_filters_are_asked_of_where_somebody_lived_then(office: "Office") -> None:
    permit = held(office)
    office.move(holder(office, permit), SIJUK, "2019-02-01")
    office.depart(holder(office, permit), "2019-02-20")
    for district, expected in (("Sijuk", {permit}), ("Tanjungpandan", set())):
        where = resolved(office.connection, Asked(district=(district,)))
        taken_back = asked(office, where=where).entries
        assert {entry.permit.permit_id for entry in taken_back} == expected
        assert all(entry.person.place.district == district for entry in taken_back)


def test_states_are_those_of_the_last_day(office: "Office") -> None:
    permit = held(office, "2019-02-19")
    office.depart(holder(office, permit), "2019-02-20")
    for state, expected in (("DUE", [permit]), ("OVERSTAY", [])):
        where = resolved(office.connection, Asked(state=(state,)))
        assert [entry.permit.permit_id for entry in asked(office, "2019-03-20", where=where).entries] == expected


def test_what_came_and_went_on_one_day_is_taken_back(office: "Office") -> None:
    resident = office.person(since="2019-02-20")
    permit = office.permit(resident, "ITK", "2019-02-20", "2019-03-17")
    stood = entries(office, "2019-02-20")[permit]
    office.depart(resident, "2019-02-20")
    assert entries(office, "2019-02-20", cancelled=True)[permit].sequence > stood.sequence


def test_each_permit_is_taken_back_once_wherever_its_holder_lived(office: "Office") -> None:
    resident = office.person(since="2018-01-01")
    permit = office.permit(resident, "KITAS", "2018-03-17", "2019-03-17")
    office.move(resident, SIJUK, "2018-06-01")
    office.extend(permit, "2019-02-20", "2020-03-17")
    office.move(resident, None, "2019-02-20")
    (entry,) = asked(office).entries
    assert entry.person.place.village_code == SIJUK


# When it is another one ---------------------------------------------------------------------------------------------


def test_a_date_that_is_corrected_raises_the_sequence_and_another_persons_does_not(office: "Office") -> None:
    permit, other = held(office), held(office)
    before = entries(office)
    office.edit(permit, expires_on="2019-03-25")
    held(office)
    after = entries(office)
    assert after[permit].sequence > before[permit].sequence
    assert after[other].sequence == before[other].sequence


def test_a_holiday_raises_the_sequence_and_so_does_taking_it_away(office: "Office") -> None:
    permit = held(office)
    before = entries(office)[permit]
    with office.change() as change:
        law.add_holiday(change, date(2019, 3, 15), "a made-up holiday", None)
    moved = entries(office)[permit]
    assert (moved.act_by, moved.sequence > before.sequence) == (date(2019, 3, 14), True)
    with office.change() as change:
        change.remove("holiday", "2019-03-15")
    back = entries(office)[permit]
    assert (back.act_by, back.sequence > moved.sequence) == (before.act_by, True)


def test_a_day_on_which_a_relief_gives_way_raises_the_sequence(office: "Office") -> None:
    resident = office.person()
    permit = office.permit(resident, "ITK", "2020-03-01", "2020-04-10")
    days = ["2020-03-31", "2020-07-13", "2020-07-22", "2020-08-17", "2020-08-18", "2020-09-17"]
    each_day = [entries(office, on, before="2021-01-01")[permit] for on in days]
    assert [entry.until.isoformat() for entry in each_day] == [
        "2020-04-10", "2020-08-12", "2020-08-20", "2020-08-20", "2020-09-20", "2020-09-20",
    ]  # fmt: skip
    sequences = [entry.sequence for entry in each_day]
    assert sequences == sorted(sequences)
    assert sequences[2] == sequences[3] < sequences[4] == sequences[5]


def test_a_merge_into_another_record_does_not_let_the_sequence_fall(office: "Office") -> None:
    permit = held(office)
    for number in range(3):
        with office.change() as change:
            residents.edit(change, office.resident(holder(office, permit)), {"note": f"note {number}"})
    before = entries(office)[permit]
    kept = office.person("Ann Invented-Again")
    with office.change() as change:
        merging.merge(change, office.resident(kept), office.resident(holder(office, permit)), date(2019, 3, 1))
    assert holder(office, permit) == kept
    assert entries(office)[permit].sequence > before.sequence


def test_a_relief_that_comes_and_its_end_raise_the_sequence(office: "Office") -> None:
    resident = office.person()
    permit = office.permit(resident, "ITK", "2019-01-01", "2019-03-17")
    before = entries(office)[permit]
    made_up_relief(office)
    covered = entries(office, before="2020-01-01")[permit]
    assert (covered.until, covered.sequence > before.sequence) == (date(2019, 5, 1), True)
    with office.change() as change:
        law.end_relief(change, relief_named(office.connection, "MADE-UP"), date(2019, 3, 25))
    ended, later = (entries(office, on, before="2020-01-01")[permit] for on in ("2019-03-24", "2019-03-25"))
    assert (ended.until, later.until) == (date(2019, 5, 1), date(2019, 3, 24))
    assert covered.sequence < ended.sequence < later.sequence


def test_a_day_of_entry_that_a_relief_asks_for_raises_the_sequence(office: "Office") -> None:
    resident = office.person(arrived="2019-01-01")
    permit = office.permit(resident, "ITK", "2019-01-01", "2019-03-17")
    made_up_relief(office, entered_from="2019-01-05")
    each_time = [entries(office)[permit]]
    for arrived in ("2019-01-05", "2019-01-04"):
        with office.change() as change:
            corrections.correct_arrival(change, office.resident(resident), date.fromisoformat(arrived))
        each_time.append(entries(office, before="2020-01-01")[permit])
    assert [entry.until for entry in each_time] == [date(2019, 3, 17), date(2019, 5, 1), date(2019, 3, 17)]
    assert each_time[0].sequence < each_time[1].sequence < each_time[2].sequence


# As it was known ----------------------------------------------------------------------------------------------------


def test_a_calendar_of_the_past_can_be_asked_for_again(office: "Office") -> None:
    permit, other = held(office), held(office)
    printed, moment = asked(office), office.rows("SELECT max(at) FROM change")[0][0]
    assert printed.changed_at == datetime.fromisoformat(moment)
    assert printed.changed_at.tzinfo == UTC
    office.edit(permit, expires_on="2019-03-25")
    office.depart(holder(office, other), "2019-02-20")
    assert asked(office) != printed
    look_back(office.connection, moment)
    assert asked(office) == printed


def test_before_the_register_was_made_there_is_an_empty_calendar(office: "Office") -> None:
    held(office)
    (first,) = office.rows("SELECT at FROM change WHERE id = 1")[0]
    look_back(office.connection, "2000-01-01T00:00:00.000Z")
    assert asked(office) == Calendar((), (), datetime.fromisoformat(first))
