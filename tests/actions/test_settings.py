"""The office's settings, put to another value: one change each, and an area that agrees with its districts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.search.plugin import examples
from timpora_cli.actions import regions
from timpora_cli.actions.settings import Put, put
from timpora_cli.errors import TimporaError
from timpora_cli.queries import settings as asked
from timpora_cli.queries.settings import NoArea, NoRegency, NothingInRegency, area
from timpora_cli.store.known import look_back

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Office

OURS = [("19.02", "Kabupaten Belitung"), ("19.06", "Kabupaten Belitung Timur")]
ELSEWHERE = [
    ("11", "Aceh"),
    ("11.01", "Kabupaten Aceh Selatan"),
    ("11.01.01", "Bakongan"),
    ("11.01.02", "Kluet Utara"),
    ("11.02", "Kabupaten Aceh Tenggara"),
    ("11.02.01", "Lawe Alas"),
    ("11.71", "Kota Contoh"),
    ("19.01", "Kabupaten Bangka"),
]
EXAMPLES = examples(8, 25)


def set_to(office: "Office", key: str, text: str) -> Put:
    with office.change() as change:
        return put(change, key, text)


def load(office: "Office", rows: list[tuple[str, str]], *, ours: bool = False) -> None:
    with office.change() as change:
        regions.load(change, [regions.Region(*row) for row in rows], ours=ours)


def own(office: "Office") -> list[str]:
    return [code for (code,) in office.rows("SELECT code FROM district WHERE ours = 1 ORDER BY code")]


def changes(office: "Office") -> int:
    return int(office.rows("SELECT count(*) FROM change")[0][0])


@pytest.fixture
def nation(office: "Office") -> "Office":
    """The office with places elsewhere on record: two regencies with districts, and two without any."""
    load(office, ELSEWHERE)
    return office


# Rows ---------------------------------------------------------------------------------------------------------------


def test_a_new_register_has_its_defaults(office: "Office") -> None:
    values = {one.setting.key: (one.value, one.source) for one in asked.settings(office.connection, office.today)}
    assert values == {
        "office_name": ("", "default"),
        "office_town": ("", "default"),
        "letterhead": ("KEMENTERIAN HUKUM DAN HAK ASASI MANUSIA REPUBLIK INDONESIA", "default"),
        "time_zone": ("Asia/Jakarta", "register"),
        "default_window": ("30d", "register"),
        "clock_tolerance": ("60", "register"),
        "region": ("19.02 19.06", "register"),
        "rank_weights": ("residents=1", "register"),
        "public_threshold": ("5", "register"),
        "import_backup": ("1000", "register"),
        "checked_kb": ("0", "register"),
    }


@pytest.mark.parametrize(
    ("key", "text", "before", "after"),
    [
        ("office_name", " Kantor  Contoh ", "", "Kantor Contoh"),
        ("time_zone", "wit", "Asia/Jakarta", "Asia/Jayapura"),
        ("default_window", "2w", "30d", "14d"),
        ("DEFAULT-WINDOW", "3 bulan", "30d", "3m"),
    ],
)
def test_a_setting_says_what_it_was_and_what_it_is(
    office: "Office", key: str, text: str, before: str, after: str
) -> None:
    done = set_to(office, key, text)
    assert (done.before.value, done.after.value, done.after.source) == (before, after, "register")
    assert done.after == asked.in_register(office.connection, done.after.setting)


def test_each_question_has_its_answer(office: "Office") -> None:
    assert asked.office_name(office.connection) == ""
    for key, text in (("office_name", "Kantor Contoh"), ("time_zone", "WITA"), ("default_window", "60d")):
        set_to(office, key, text)
    assert asked.office_name(office.connection) == "Kantor Contoh"
    assert asked.time_zone(office.connection) == "Asia/Makassar"
    assert asked.default_window(office.connection) == "60d"


@pytest.mark.parametrize(("key", "text"), [("office_name", "Kantor"), ("time_zone", "WIT"), ("default_window", "60d")])
@pytest.mark.parametrize("nothing", ["", "  "])
def test_an_empty_value_puts_the_default_back(office: "Office", key: str, text: str, nothing: str) -> None:
    set_to(office, key, text)
    done = set_to(office, key, nothing)
    assert (done.after.value, done.after.source) == (done.after.setting.default, "default")
    assert office.rows("SELECT * FROM setting WHERE key = ?", key) == []
    assert asked.time_zone(office.connection) == done.after.value or key != "time_zone"
    assert set_to(office, key, text).after.source == "register"


@pytest.mark.parametrize(
    ("key", "text"),
    [("office_name", ""), ("time_zone", "WIB"), ("default_window", "30 hari"), ("region", "19.06 19.02")],
)
def test_what_is_so_already_is_not_written_again(office: "Office", key: str, text: str) -> None:
    before = office.dump()
    done = set_to(office, key, text)
    assert done.before == done.after
    assert office.dump() == before


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("colour", "red"),
        ("time_zone", "Atlantis"),
        ("default_window", "soon"),
        ("office_name", "a\x1bb"),
        ("region", "x"),
    ],
)
def test_what_is_refused_changes_nothing(office: "Office", key: str, text: str) -> None:
    before = office.dump()
    with pytest.raises(TimporaError):
        set_to(office, key, text)
    assert office.dump() == before


def test_a_setting_is_known_as_it_was_before(office: "Office") -> None:
    set_to(office, "office_name", "Kantor Lama")
    (moment,) = office.rows("SELECT at FROM change ORDER BY id DESC LIMIT 1")[0]
    set_to(office, "office_name", "Kantor Baru")
    set_to(office, "region", "19.02")
    look_back(office.connection, moment)
    assert asked.office_name(office.connection) == "Kantor Lama"
    assert area(office.connection) == OURS


# The working area ---------------------------------------------------------------------------------------------------


def test_an_area_is_all_districts_of_its_regencies_and_no_others(nation: "Office") -> None:
    before = changes(nation)
    done = set_to(nation, "region", "11.01 19.06")
    assert (done.before.value, done.after.value) == ("19.02 19.06", "11.01 19.06")
    assert done.after.words == "11.01 Kabupaten Aceh Selatan, 19.06 Kabupaten Belitung Timur"
    assert own(nation) == [
        *("11.01.01", "11.01.02"),
        *(f"19.06.0{number}" for number in range(1, 8)),
    ]
    assert changes(nation) == before + 1
    counted = {row.code for row in nation.counts("2020-09-17", "regency")}
    assert counted == {"11.01", "19.06", None}


@pytest.mark.one_in(2)
@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("Belitun", NoRegency, "Did you mean Kabupaten Belitung"),
        ("19.03", NoRegency, "There is no regency 19.03. Did you mean"),
        ("19.1", NoRegency, "There is no regency 19.1."),
        ("19", NoRegency, "There is no regency 19."),
        ("19.02 Aceh", NoRegency, "There is no regency Aceh."),
        ("19.02 19.06.99", NoRegency, "There is no regency 19.06.99."),
        ("19.02, 19.01", NothingInRegency, "19.01 Kabupaten Bangka has no district on record."),
        ("Kota Contoh", NothingInRegency, "timpora region import FILE"),
        ("", NoArea, "No regency is named"),
        (" , ", NoArea, "Give its regencies"),
    ],
)
def test_an_area_that_cannot_be_worked_in_is_refused(
    nation: "Office", text: str, error: type[TimporaError], says: str
) -> None:
    before = nation.dump()
    with pytest.raises(error) as refused:
        set_to(nation, "region", text)
    assert says in str(refused.value)
    assert nation.dump() == before


def test_a_district_that_comes_later_in_a_regency_that_is_all_ours_is_ours_too(office: "Office") -> None:
    load(office, [("19.02.06", "Contoh Baru")])
    assert area(office.connection) == OURS
    assert "19.02.06" in own(office)


def test_a_district_added_by_hand_is_in_the_area(nation: "Office") -> None:
    with nation.change() as change:
        regions.add(change, "19.06.08", "Contoh Baru", "district")
        regions.add(change, "11.02.02", "Contoh Lain", "district")
    assert area(nation.connection) == [("11.02.02", "Contoh Lain"), *OURS]


@pytest.fixture
def fresh(open_office: "Callable[[], Office]") -> Iterator["Callable[[], Office]"]:
    made: list[Office] = []

    def make() -> "Office":
        office = open_office()
        load(office, ELSEWHERE)
        made.append(office)
        return office

    yield make
    for office in made:
        office.connection.close()


DISTRICT_CODES = ["11.01.01", "11.01.02", "11.02.01", *[f"19.02.0{n}" for n in range(1, 6)]]


@pytest.mark.slow
@EXAMPLES
@given(st.sets(st.sampled_from([*DISTRICT_CODES, "11.01", "11.02", "19.02", "19.06"]), min_size=1))
def test_an_area_that_is_listed_and_set_again_is_the_same_area(fresh: "Callable[[], Office]", codes: set[str]) -> None:
    office = fresh()
    set_to(office, "region", " ".join(sorted(codes)))
    ours = own(office)
    wanted = {one for (one,) in office.rows("SELECT code FROM district") if codes & {one, one[:5]}}
    assert set(ours) == wanted
    listed = " ".join(code for code, _name in area(office.connection))
    set_to(office, "region", "11.02")
    set_to(office, "region", listed)
    assert own(office) == ours
