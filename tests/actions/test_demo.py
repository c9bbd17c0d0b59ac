"""The example register: what the demo promises to show, and that nobody in it is real."""

import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from timpora_cli.actions import demo, founding
from timpora_cli.model.names import fold_name
from timpora_cli.model.people import Person
from timpora_cli.model.personal.dossier import Dossier
from timpora_cli.model.rules import State
from timpora_cli.model.supervision.meetings import DecisionState, ItemKind, MeetingState
from timpora_cli.queries.counting.counts import counts
from timpora_cli.queries.expiring import Window, account, expiring
from timpora_cli.queries.filters import EVERYONE
from timpora_cli.queries.people import people
from timpora_cli.queries.personal.dossier import dossier
from timpora_cli.queries.supervision.figures import figures, know_as_when_closed
from timpora_cli.queries.supervision.meetings import meeting_named, meeting_record
from timpora_cli.store.change import Author
from timpora_cli.store.connect import reading, writing

AUTHOR = Author("demo", "demo", "demo")
BEFORE = Window(date(2020, 9, 21))
RELIEF_END = date(2020, 9, 20)
VISITS = {"ITK", "VOA", "BVK"}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _filled(tmp_path_factory.mktemp("demo") / "demo.db")


@pytest.fixture
def register(path: Path) -> Iterator[sqlite3.Connection]:
    with reading(path) as connection:
        yield connection


def _filled(path: Path) -> Path:
    founding.make(path, None, AUTHOR)
    with writing(path) as connection:
        demo.fill(connection, AUTHOR)
    return path


def _present(register: sqlite3.Connection, on: date = demo.DEMO_DAY) -> list[Person]:
    return list(people(register, on, EVERYONE))


def _in_state(register: sqlite3.Connection, state: State) -> list[Person]:
    return [person for person in _present(register) if person.permit and person.permit.standing.state == state]


def _dossiers(register: sqlite3.Connection) -> list[Dossier]:
    identities = register.execute("SELECT id FROM resident ORDER BY id").fetchall()
    return [dossier(register, identity, demo.DEMO_DAY) for (identity,) in identities]


def _of_class(person: Person) -> str | None:
    return person.permit.class_code if person.permit else None


def test_eleven_kitap_and_twenty_seven_kitas_hold_on_the_day(register: sqlite3.Connection) -> None:
    rows = counts(register, demo.DEMO_DAY, "district", EVERYONE)
    columns = [sum(column) for column in zip(*(row.groups for row in rows), strict=True)]
    kitap, kitas, visit, itkt, official, none = columns
    assert (kitap, kitas, visit, itkt, official, none) == (11, 27, 7, 0, 1, 1)
    assert sum(row.total for row in rows) == 47


@pytest.mark.parametrize("by", ["village", "regency", "class", "nationality", "purpose", "sponsor", "sex"])
def test_every_way_of_counting_comes_to_the_same_total(register: sqlite3.Connection, by: str) -> None:
    assert sum(row.total for row in counts(register, demo.DEMO_DAY, by, EVERYONE)) == 47


def test_tanjungpandan_clearly_leads_with_a_tie_and_empty_districts_below(register: sqlite3.Connection) -> None:
    rows = [row for row in counts(register, demo.DEMO_DAY, "district", EVERYONE) if row.code]
    first, second = rows[0], rows[1]
    assert first.name == "Tanjungpandan"
    assert first.total >= 2 * second.total
    repeated = [total for total, times in Counter(row.total for row in rows).items() if times > 1]
    assert 0 in repeated
    assert max(repeated) > 0
    assert {row.within for row in rows if row.total} == {"Kabupaten Belitung", "Kabupaten Belitung Timur"}


def test_most_are_here_for_work_or_family(register: sqlite3.Connection) -> None:
    residents = [person for person in _present(register) if _of_class(person) in {"KITAP", "KITAS"}]
    purposes = Counter(person.purpose for person in residents)
    assert purposes["WORK"] + purposes["FAMILY"] > 0.75 * len(residents)
    assert purposes.keys() == {"WORK", "FAMILY", "RETIREE", "INVESTOR", "STUDY"}


def test_the_expiry_list_is_worth_looking_at(register: sqlite3.Connection) -> None:
    listed = expiring(register, demo.DEMO_DAY, BEFORE, EVERYONE)
    states = Counter(person.permit.standing.state for person in listed.people if person.permit)
    assert states == {State.OVERSTAY: 1, State.RELIEF: 5, State.DUE: 6, State.UNKNOWN: 1}
    whole = account(register, demo.DEMO_DAY, listed, EVERYONE)
    assert (whole.listed, whole.not_due, whole.without, whole.departed, sum(whole)) == (13, 33, 1, 2, 49)
    names = {person.name for person in listed.people}
    assert any(person.name not in names for person in _in_state(register, State.DUE))


def test_only_visitors_live_on_relief_and_until_the_twentieth(register: sqlite3.Connection) -> None:
    for person in _in_state(register, State.RELIEF):
        assert person.permit is not None
        assert person.permit.class_code in VISITS
        assert person.permit.effective_until == RELIEF_END
        assert person.permit.relief == "ITKT deadline 20 September 2020"
        assert person.permit.expires_on is not None
        assert date(2020, 4, 2) <= person.permit.expires_on < date(2020, 9, 1)
    assert {_of_class(person) for person in _in_state(register, State.RELIEF)} == VISITS


def test_visitors_came_before_the_border_closed(register: sqlite3.Connection) -> None:
    visitors = [person for person in _present(register) if _of_class(person) in VISITS]
    assert all(person.arrived and date(2020, 1, 1) <= person.arrived < date(2020, 4, 2) for person in visitors)


def test_the_one_overstay_is_official_and_a_few_days_long(register: sqlite3.Connection) -> None:
    (person,) = _in_state(register, State.OVERSTAY)
    assert person.permit is not None
    assert person.permit.class_code == "DINAS"
    assert person.permit.relief is None
    assert person.permit.standing.overstay_days == 6


def test_one_end_one_permit_and_two_villages_are_not_known(register: sqlite3.Connection) -> None:
    present = _present(register)
    assert len(_in_state(register, State.UNKNOWN)) == 1
    assert sum(person.permit is None for person in present) == 1
    assert sum(person.place.village_code is None for person in present) == 2
    assert register.execute("SELECT count(*) FROM last_stay WHERE departed IS NOT NULL").fetchone() == (2,)


def test_a_kitas_holder_lives_in_air_merbau_with_an_indonesian_spouse(register: sqlite3.Connection) -> None:
    (person,) = [person for person in _present(register) if person.place.village == "Air Merbau"]
    known = dossier(register, person.resident_id, demo.DEMO_DAY)
    assert person.place.district == "Tanjungpandan"
    assert _of_class(person) == "KITAS"
    assert person.purpose == "FAMILY"
    assert known.grants[-1].index_code == "C317"
    (spouse,) = known.family
    assert (spouse.relation, spouse.resident_id, spouse.nationality) == ("SPOUSE", None, "IDN")
    assert (known.sponsor, known.sponsor_kind) == (spouse.name, "PERSON")


@pytest.mark.slow
def test_chains_of_every_kind_hang_together(register: sqlite3.Connection) -> None:
    chains = [tuple(grant.class_code for grant in known.grants) for known in _dossiers(register)]
    assert {("ITK", "KITAS"), ("KITAS", "KITAS", "KITAS"), ("KITAS", "KITAP")} <= set(chains)
    for known in _dossiers(register):
        for before, after in zip(known.grants, known.grants[1:], strict=False):
            assert after.follows_id == before.permit_id
            assert after.issued_on == before.ended_on


@pytest.mark.slow
def test_nobody_was_ever_in_overstay_along_a_chain(register: sqlite3.Connection) -> None:
    days = {grant.issued_on for known in _dossiers(register) for grant in known.grants if grant.issued_on}
    states = {
        person.permit.standing.state for day in days for person in _present(register, day) if person.permit is not None
    }
    assert State.OVERSTAY not in states


def test_a_kitap_couple_has_a_child_here(register: sqlite3.Connection) -> None:
    families = [known for known in _dossiers(register) if {kin.relation for kin in known.family} >= {"SPOUSE", "CHILD"}]
    assert len(families) == 2
    (child,) = {kin.resident_id for known in families for kin in known.family if kin.relation == "CHILD"}
    assert child is not None
    born = dossier(register, child, demo.DEMO_DAY).born
    assert born is not None
    assert born > date(2002, 9, 17)
    classes = [known.permit.class_code for known in families if known.permit]
    assert classes == ["KITAP", "KITAP"]


@pytest.mark.slow
def test_families_who_are_both_here_live_together(register: sqlite3.Connection) -> None:
    homes = {known.resident_id: known.residences[-1] for known in _dossiers(register)}
    together = [(known, kin) for known in _dossiers(register) for kin in known.family if kin.resident_id]
    assert together
    for known, kin in together:
        assert kin.resident_id is not None
        mine, theirs = homes[known.resident_id], homes[kin.resident_id]
        assert (mine.village, mine.address, mine.rt, mine.rw) == (theirs.village, theirs.address, theirs.rt, theirs.rw)


def test_one_person_moved_to_another_district_in_2020(register: sqlite3.Connection) -> None:
    placed = [[home for home in known.residences if home.district] for known in _dossiers(register)]
    ((before, after),) = [homes for homes in placed if len(homes) > 1]
    assert before.until == after.since
    assert before.until is not None
    assert before.until.year == 2020
    assert (before.district, after.district) == ("Sijuk", "Membalong")


def test_nothing_in_it_is_later_than_its_day(register: sqlite3.Connection) -> None:
    latest = """
    SELECT max(day) FROM (
        SELECT max(arrived, coalesce(departed, ''), born) AS day FROM resident
        UNION ALL SELECT max(starts_on, coalesce(ended_on, '')) FROM permit
        UNION ALL SELECT max(from_on, coalesce(until_on, '')) FROM residence
        UNION ALL SELECT from_on FROM family_link
    )
    """
    (day,) = register.execute(latest).fetchone()
    assert date.fromisoformat(day) <= demo.DEMO_DAY


def test_no_office_grants_on_a_weekend_and_no_permit_outlasts_its_passport(register: sqlite3.Connection) -> None:
    for known in _dossiers(register):
        for grant in known.grants:
            assert grant.issued_on is not None
            assert grant.office != "Tanjungpandan" or grant.issued_on.weekday() < 5
        runs_out = known.passports[-1].expires_on
        assert runs_out is not None
        assert known.permit is None or known.permit.expires_on is None or known.permit.expires_on <= runs_out


def test_every_name_is_another_however_it_is_spelt(register: sqlite3.Connection) -> None:
    names = [known.name for known in _dossiers(register)]
    assert len({fold_name(name) for name in names}) == len(names) == 49
    assert all(unicodedata.is_normalized("NFC", name) for name in names)
    assert any(" " not in name for name in names)
    assert any("'" in name for name in names)
    assert any(unicodedata.combining(letter) for name in names for letter in name)


def test_nobody_in_it_is_real(register: sqlite3.Connection) -> None:
    invented = re.compile(r"\b(Rekaan|Contoh)\b")
    for known in _dossiers(register):
        assert known.note == "Invented for the demo"
        assert (known.contact, known.niora) == (None, None)
        assert all(re.fullmatch(r"X\d{7}", passport.number) for passport in known.passports)
        assert all(re.fullmatch(r"2C21DEMO\d{4}", grant.number) for grant in known.grants if grant.number)
        assert all(invented.search(home.address) for home in known.residences if home.address)
        assert known.sponsor is None or invented.search(known.sponsor)
        assert all(invented.search(kin.name) for kin in known.family if kin.resident_id is None)


def test_only_a_visa_free_visit_has_no_number(register: sqlite3.Connection) -> None:
    rows = register.execute("SELECT DISTINCT class_code FROM permit WHERE number IS NULL").fetchall()
    assert rows == [("BVK",)]


def test_the_whole_example_is_one_change(register: sqlite3.Connection) -> None:
    made, filled = register.execute("SELECT id, command FROM change ORDER BY id").fetchall()
    assert (made[1], filled[1]) == ("demo", "demo")
    assert register.execute("SELECT DISTINCT change_id FROM resident").fetchall() == [(filled[0],)]


def test_the_meeting_of_the_day_is_held_and_closed_with_the_figures_of_the_day(register: sqlite3.Connection) -> None:
    held = meeting_record(register, meeting_named(register, "2020-09-17"), demo.DEMO_DAY)
    assert (held.state, len(held.invited), held.institutions_present) == (MeetingState.CLOSED, 30, 6)
    stood_in = {(one.office_invited, one.office) for one in held.present if one.stands_in_for}
    assert ("Kapolsek", "Kanit Intelkam") in stood_in
    assert [one.state for one in held.decisions] == [DecisionState.OPEN] * 3
    assert any("KITAS menikah dengan WNI" in one.text for one in held.of_kind(ItemKind.FINDING))
    know_as_when_closed(register, held.meeting)
    assert figures(register, held.meeting).total == 47


@pytest.mark.slow
def test_it_comes_out_the_same_each_time(path: Path, tmp_path: Path) -> None:
    with reading(path) as register, reading(_filled(tmp_path / "again.db")) as again:
        assert _dossiers(register) == _dossiers(again)
