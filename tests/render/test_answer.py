from collections.abc import Sequence
from datetime import date, datetime
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.toys import Record, column, listed
from timpora_cli.errors import WrongUsage
from timpora_cli.render import write
from timpora_cli.render.answer import Answer, Cell, Column, Kind, Table, Wanted, arrange

PEOPLE = listed(
    columns=(
        column("resident_id", "Id", Kind.ID),
        column("name", "Name"),
        column("until", "Until", Kind.DATE),
        column("district_code", "District"),
    ),
    rows=[
        (10, "Éva", date(2020, 9, 20), "19.10"),
        (9, "anna", None, "19.2"),
        (100, "Zoë", date(2019, 12, 31), None),
        (11, "Bo", date(2020, 9, 20), ""),
    ],
)


def ids(wanted: Wanted, listing: Answer[Record] = PEOPLE) -> list[Cell]:
    return [row[0] for row in arrange(listing, wanted).rows]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ((), [10, 9, 100, 11]),
        (("resident_id",), [9, 10, 11, 100]),
        (("-resident_id",), [100, 11, 10, 9]),
        (("name",), [9, 11, 100, 10]),
        (("until",), [100, 10, 11, 9]),
        (("-until",), [10, 11, 100, 9]),
        (("until", "-resident_id"), [100, 11, 10, 9]),
        (("until,-resident_id",), [100, 11, 10, 9]),
        (("district_code",), [10, 9, 100, 11]),
        (("-district_code",), [9, 10, 100, 11]),
    ],
)
def test_rows_are_sorted_by_what_they_mean_and_empty_ones_come_last(sort: tuple[str, ...], expected: list[int]) -> None:
    assert ids(Wanted("csv", sort=sort)) == expected


def test_a_moment_sorts_among_the_days() -> None:
    moments = listed((column("at", "At", Kind.DATE),), [(datetime(2020, 9, 17, 8, 0),), (date(2020, 9, 17),)])  # noqa: DTZ001

    assert ids(Wanted("csv", sort=("at",)), moments) == [date(2020, 9, 17), datetime(2020, 9, 17, 8, 0)]  # noqa: DTZ001


@given(st.lists(st.tuples(st.none() | st.integers()), max_size=20), st.booleans())
def test_sorting_keeps_every_row_and_the_empty_ones_last(rows: list[tuple[int | None]], backwards: bool) -> None:
    listing = listed((column("n", "N", Kind.NUMBER),), rows)

    found = ids(Wanted("csv", sort=("-n" if backwards else "n",)), listing)

    numbers = sorted((number for (number,) in rows if number is not None), reverse=backwards)
    assert found == [*numbers, *[None] * (len(rows) - len(numbers))]


def test_columns_come_in_the_order_that_was_asked_for() -> None:
    arranged = arrange(PEOPLE, Wanted("csv", columns=("name", "resident_id", "name")))

    assert [column.key for column in arranged.columns] == ["name", "resident_id"]
    assert next(iter(arranged.rows)) == ("Éva", 10)


def test_columns_may_stand_in_one_word() -> None:
    assert [column.key for column in arrange(PEOPLE, Wanted("csv", columns=("name, until",))).columns] == [
        "name",
        "until",
    ]


def test_a_list_may_be_sorted_by_a_column_that_is_not_shown() -> None:
    arranged = arrange(PEOPLE, Wanted("csv", columns=("name",), sort=("resident_id",)))

    assert list(arranged.rows) == [("anna",), ("Éva",), ("Bo",), ("Zoë",)]


def test_the_limit_is_drawn_after_the_sort() -> None:
    assert ids(Wanted("csv", sort=("resident_id",), limit=2)) == [9, 10]


@pytest.mark.parametrize("wanted", [Wanted("csv", columns=("nmae",)), Wanted("plain", sort=("-nmae",))])
def test_an_unknown_column_is_an_error_that_names_the_nearest_and_all(wanted: Wanted) -> None:
    stream = StringIO()

    with pytest.raises(WrongUsage) as caught:
        write.answer(PEOPLE, wanted, stream)

    assert str(caught.value) == (
        'There is no column "nmae"; the nearest is "name".\nKnown: resident_id, name, until, district_code.'
    )
    assert caught.value.exit_code == 2
    assert stream.getvalue() == ""


def test_an_unknown_column_that_is_near_nothing_still_names_all() -> None:
    with pytest.raises(WrongUsage) as caught:
        arrange(PEOPLE, Wanted("csv", columns=("\x1b{q}",)))

    assert str(caught.value) == ('There is no column "\\x1b{q}".\nKnown: resident_id, name, until, district_code.')


RANKED = listed(
    columns=(
        column("place", "", people_only=True),
        column("district", "District"),
        column("total", "Total", Kind.NUMBER),
    ),
    rows=[("1", "Sijuk", 3)],
    foot=[(None, "Total", 3)],
    closing=("3 people.",),
)


@pytest.mark.parametrize("format_", ["csv", "tsv", "json", "ndjson"])
def test_machines_get_no_places_no_foot_and_no_closing_line(format_: str) -> None:
    arranged = arrange(RANKED, Wanted(format_))

    assert [column.key for column in arranged.columns] == ["district", "total"]
    assert list(arranged.rows) == [("Sijuk", 3)]
    assert arranged.foot == []
    with pytest.raises(WrongUsage, match="place"):
        arrange(RANKED, Wanted(format_, columns=("place",)))


def test_people_may_ask_for_the_place_and_the_foot_follows_the_columns() -> None:
    arranged = arrange(RANKED, Wanted("plain", columns=("total", "place")))

    assert list(arranged.rows) == [(3, "1")]
    assert arranged.foot == [(3, None)]


SECRET = (column("name", "Name"), column("number", "Number", Kind.ID, secret=True), column("extra", "Extra"))
ALL_FORMATS = ["table", "plain", "csv", "tsv", "json", "ndjson"]


@pytest.mark.parametrize("format_", ALL_FORMATS)
@given(number=st.text("ABC0123456789", min_size=4, max_size=12))
def test_a_masked_number_never_comes_out_whole(format_: str, number: str) -> None:
    stream = StringIO()

    write.answer(listed(SECRET, [("x", number, None)]), Wanted(format_, mask=True), stream)

    assert number not in stream.getvalue()
    assert "*" * (len(number) - 3) + number[-3:] in stream.getvalue()


@pytest.mark.parametrize("columns", [(), ("number",), ("extra", "number", "name")])
def test_the_mask_finds_its_column_wherever_it_stands(columns: tuple[str, ...]) -> None:
    rows: Sequence[tuple[Cell, ...]] = [("x", "X123", "y"), ("x", "12", "y"), ("x", None, "y"), ("x", 4567, "y")]
    wanted = Wanted("csv", columns=columns, sort=("-number",), mask=True)

    arranged = arrange(listed(SECRET, rows), wanted)

    place = [column.key for column in arranged.columns].index("number")
    assert {row[place] for row in arranged.rows} == {"*123", "**", None, "*567"}


def test_without_the_mask_every_number_is_whole() -> None:
    assert ids(Wanted("csv", columns=("number",)), listed(SECRET, [("x", "X123", "y")])) == ["X123"]


@pytest.mark.parametrize("format_", ["table", "plain", "ndjson"])
def test_an_empty_list_is_silent_away_from_a_terminal(format_: str) -> None:
    stream = StringIO()

    assert write.answer(RANKED.table.of([], closing=RANKED.closing), Wanted(format_), stream) == 0
    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    ("format_", "expected"), [("json", "[]\n"), ("csv", "district,total\n"), ("tsv", "district\ttotal\n")]
)
@pytest.mark.parametrize("terminal", [True, False])
def test_an_empty_list_is_still_json_and_still_a_sheet(format_: str, expected: str, terminal: bool) -> None:
    stream = StringIO()

    assert write.answer(RANKED.table.of([], closing=RANKED.closing), Wanted(format_, terminal=terminal), stream) == 0
    assert stream.getvalue() == expected


@pytest.mark.parametrize("format_", ["table", "plain"])
@pytest.mark.parametrize(("closing", "expected"), [(("3 people.",), "3 people.\n"), ((), "Nothing to list.\n")])
def test_an_empty_list_answers_a_person_at_a_terminal(format_: str, closing: tuple[str, ...], expected: str) -> None:
    stream = StringIO()

    write.answer(RANKED.table.of([], closing=closing), Wanted(format_, terminal=True), stream)

    assert stream.getvalue() == expected


@pytest.mark.parametrize("format_", ["table", "plain"])
def test_rows_beyond_the_limit_are_told_to_people(format_: str) -> None:
    stream = StringIO()

    assert write.answer(PEOPLE.table.of(PEOPLE.rows, closing=("4 people.",)), Wanted(format_, limit=1), stream) == 1
    assert stream.getvalue().endswith("\n\n… and 3 more (--limit 1)\n4 people.\n")


@pytest.mark.parametrize("limit", [4, 5, None])
def test_a_limit_that_cuts_nothing_says_nothing(limit: int | None) -> None:
    stream = StringIO()

    assert write.answer(PEOPLE, Wanted("plain", limit=limit), stream) == 4
    assert "more" not in stream.getvalue()


def test_an_unknown_format_is_an_error() -> None:
    with pytest.raises(WrongUsage, match=r'There is no format "xml"\.\nKnown: table, plain, csv, tsv, json, ndjson\.'):
        write.answer(PEOPLE, Wanted("xml"), StringIO())


def test_a_listing_shows_no_names_in_a_traceback() -> None:
    assert "Éva" not in repr(PEOPLE)
    assert "Éva" not in repr(arrange(PEOPLE, Wanted("plain")))


def test_a_value_may_be_secret_by_its_record() -> None:
    number = column("value", "Value", secret=lambda record: record["field"] == "number")
    changes = listed((column("field", "Field"), number), [("number", "X0001234"), ("name", "Ann Invented")])

    assert list(arrange(changes, Wanted("csv", mask=True)).rows) == [("number", "*****234"), ("name", "Ann Invented")]
    assert list(arrange(changes, Wanted("csv")).rows) == [("number", "X0001234"), ("name", "Ann Invented")]


def test_only_the_rows_and_columns_that_are_shown_are_read() -> None:
    read: list[tuple[str, Cell]] = []

    def watched(key: str) -> Column[Record]:
        def get(record: Record) -> Cell:
            read.append((key, record["id"]))
            return record["id"]

        return Column(key, key, get)

    table = Table((watched("id"), watched("costly")))

    assert list(arrange(table.of([{"id": 1}, {"id": 2}]), Wanted("csv", columns=("id",), limit=1)).rows) == [(1,)]
    assert read == [("id", 1)]


@pytest.mark.parametrize(("format_", "refused"), [("csv", True), ("plain", False)])
def test_what_is_asked_for_can_be_checked_before_there_is_a_list(format_: str, refused: bool) -> None:
    wanted = Wanted(format_, columns=("district",), sort=("-place",))

    if refused:
        with pytest.raises(WrongUsage, match='There is no column "place"'):
            wanted.check(RANKED.table.columns)
    else:
        wanted.check(RANKED.table.columns)
