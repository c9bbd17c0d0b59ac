"""`timpora expiring` on the example register, as of 17 September 2020: the list, its ends, its formats."""

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Golden, Timpora

KEYS = [
    "resident_id",
    "name",
    "nationality",
    "passport_number",
    "class",
    "permit_number",
    "expires_on",
    "effective_until",
    "act_by",
    "relief",
    "state",
    "days_left",
    "overstay_days",
    "fine",
    "over_limit",
    "unlimited",
    "village",
    "district",
    "sponsor",
]
FORMATS = {"table": "txt", "plain": "txt", "csv": "csv", "tsv": "tsv", "json": "json", "ndjson": "ndjson"}
BEFORE = ("expiring", "--before", "2020-09-21")


def ids(timpora: "Timpora", *words: str) -> list[int]:
    return [int(row["resident_id"]) for row in timpora.rows("expiring", *words)]


def closing(timpora: "Timpora", *words: str) -> str:
    return timpora.answer("expiring", *words).splitlines()[-1]


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_the_list_before_21_september_in_each_format(timpora: "Timpora", golden: "Golden", form: str) -> None:
    ending = FORMATS[form]
    golden(f"cli_expiring_{form}.{ending}", timpora.answer(*BEFORE, "--format", form))


def test_away_from_a_terminal_it_is_plain(timpora: "Timpora") -> None:
    assert timpora.answer(*BEFORE) == timpora.answer(*BEFORE, "--format", "plain")


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "ndjson"])
def test_the_keys_are_those_that_were_promised(timpora: "Timpora", form: str) -> None:
    printed = timpora.answer(*BEFORE, "--format", form)
    if form == "csv":
        assert printed.splitlines()[0].split(",") == KEYS
    elif form == "tsv":
        assert printed.splitlines()[0].split("\t") == KEYS
    elif form == "json":
        assert [list(row) for row in json.loads(printed)] == [KEYS] * 13
    else:
        assert [list(json.loads(line)) for line in printed.splitlines()] == [KEYS] * 13


@pytest.mark.slow
def test_every_format_lists_the_same_people_in_the_same_order(timpora: "Timpora") -> None:
    names = [row["name"] for row in timpora.rows(*BEFORE)]
    assert [row["name"] for row in json.loads(timpora.answer(*BEFORE, "--format", "json"))] == names
    for form in ("table", "plain"):
        printed = timpora.answer(*BEFORE, "--format", form)
        found = [name for line in printed.splitlines() for name in names if name in line]
        assert found == names


def test_soonest_first_then_by_name_then_by_id_and_the_unknown_last(timpora: "Timpora") -> None:
    from timpora_cli.model.names import fold_name

    rows = timpora.rows("expiring", "--within", "10y")
    keys = [(row["effective_until"] or "9999", fold_name(row["name"]), int(row["resident_id"])) for row in rows]
    assert len(rows) == 46
    assert keys == sorted(keys)
    assert (rows[-1]["state"], rows[-1]["effective_until"]) == ("UNKNOWN", "")


# Where the list ends


def test_before_is_strict(timpora: "Timpora") -> None:
    last = max(row["effective_until"] for row in timpora.rows("expiring", "--before", "2020-09-21"))
    assert last == "2020-09-20"
    assert max(row["effective_until"] for row in timpora.rows("expiring", "--before", "2020-09-20")) < "2020-09-20"


@pytest.mark.slow
def test_within_counts_the_thirtieth_day_and_not_the_one_after(empty: "Timpora") -> None:
    for number, expires in enumerate(("2020-10-16", "2020-10-17", "2020-10-18"), 1):
        empty.answer("resident", "add", "--name", f"Ann {number}", "--nationality", "AUS")
        words = ("--class", "KITAP", "--number", f"N{number}", "--issued", "2016-01-01", "--expires", expires)
        empty.answer("permit", "add", str(number), *words)
    assert ids(empty, "--within", "30d") == [1, 2]
    assert ids(empty, "--before", "2020-10-17") == [1]
    assert ids(empty) == [1, 2]
    assert ids(empty, "--from", "2020-10-17") == [2]
    assert ids(empty, "--from", "2020-10-17", "--before", "2020-10-18") == [2]


@pytest.mark.parametrize("span", ["30d", "30 days", "30 hari", "+30d"])
def test_without_an_end_it_is_the_next_thirty_days(timpora: "Timpora", span: str) -> None:
    assert timpora.answer("expiring", "--within", span) == timpora.answer("expiring")


@pytest.mark.slow
def test_the_same_day_in_three_ways_of_writing(timpora: "Timpora") -> None:
    for day in ("21/9/2020", "21 Sept 2020", "Senin 21-09-2020", "+4d"):
        assert timpora.answer("expiring", "--before", day) == timpora.answer(*BEFORE)


def test_from_drops_the_overstays_and_accounts_for_them(timpora: "Timpora") -> None:
    dropped = set(ids(timpora, *BEFORE[1:])) - set(ids(timpora, *BEFORE[1:], "--from", "today"))
    assert dropped == {32}
    assert closing(timpora, *BEFORE[1:], "--from", "today") == (
        "12 listed + 1 earlier than --from + 33 not due + 1 without a permit + 2 departed"
        " = 49 people known on 2020-09-17."
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--before", "2020-09-21", "--within", "30d"), "--before and --within both say where the list ends."),
        (("--before", "2020-09-21", "--from", "2020-09-21"), "The list would be empty whatever the register holds"),
        (("--before", "10"), '"10" is not a date: the month and the year are missing.'),
        (("--before", "2020-09"), '"2020-09" is not a date'),
        (("--before", "09/20/2020"), '"09/20/2020" is not a date'),
        (("--before", "31/2/2020"), '"31/2/2020" is not a date: February 2020 has no day 31.'),
        (("--before", "jumat 18/9/2021"), '"jumat 18/9/2021" is not a date'),
        (("--within", "30"), '"30" is not a length of time: the number has no unit.'),
        (("--within", "a while"), '"a while" is not a length of time'),
        (("--from", "Sept"), '"Sept" is not a date'),
    ],
)
def test_an_end_that_makes_no_sense_is_wrong_usage(timpora: "Timpora", words: tuple[str, ...], said: str) -> None:
    assert timpora.refused(2, "expiring", *words).startswith(said)


# Who is not listed


@pytest.mark.slow
@pytest.mark.one_in(6)
@pytest.mark.parametrize(
    ("words", "line"),
    [
        ((), "18 listed + 28 not due + 1 without a permit + 2 departed = 49 people known on 2020-09-17."),
        (
            ("--class", "ITK"),
            (
                "5 listed + 0 not due + 0 without a permit + 2 departed + 42 outside the filters"
                " = 49 people known on 2020-09-17."
            ),
        ),
        (
            ("--district", "Gantung"),
            (
                "0 listed + 2 not due + 1 without a permit + 2 departed + 44 outside the filters"
                " = 49 people known on 2020-09-17."
            ),
        ),
        (
            ("--state", "due", "--from", "2020-09-21"),
            (
                "4 listed + 6 earlier than --from + 1 not due + 0 without a permit + 2 departed"
                " + 36 outside the filters = 49 people known on 2020-09-17."
            ),
        ),
    ],
)
def test_the_closing_line_accounts_for_everyone(timpora: "Timpora", words: tuple[str, ...], line: str) -> None:
    if line.startswith("0 listed"):
        assert timpora.answer("expiring", *words) == ""
        return
    for form in ("plain", "table"):
        assert closing(timpora, *words, "--format", form) == line
    before, known = line.removesuffix(" people known on 2020-09-17.").split(" = ")
    assert sum(int(part.split()[0]) for part in before.split(" + ")) == int(known)


@pytest.mark.slow
def test_an_empty_list_is_silent_but_for_an_empty_array_and_a_header(timpora: "Timpora") -> None:
    nobody = ("expiring", "--before", "2019-01-01", "--class", "KITAP")
    for form in ("plain", "table", "ndjson"):
        assert timpora.answer(*nobody, "--format", form) == ""
    assert timpora.answer(*nobody, "--format", "json") == "[]\n"
    assert timpora.answer(*nobody, "--format", "csv") == ",".join(KEYS) + "\n"
    assert timpora.answer(*nobody, "--format", "tsv") == "\t".join(KEYS) + "\n"


@pytest.mark.slow
@pytest.mark.one_in(3)
@pytest.mark.parametrize("form", FORMATS)
def test_exit_3_only_where_it_is_asked_for_and_somebody_is_listed(timpora: "Timpora", form: str) -> None:
    words = (*BEFORE, "--format", form)
    assert timpora(*words).code == 0
    asked = timpora(*words, "--exit-code")
    assert (asked.code, asked.out, asked.err) == (3, timpora.answer(*words), "")
    assert timpora("expiring", "--before", "2019-01-01", "--class", "KITAP", "--exit-code").code == 0


# Options of every list


def test_columns_pick_and_order(timpora: "Timpora") -> None:
    printed = timpora.answer(*BEFORE, "--columns", "district, name,days_left", "--format", "csv", "--limit", "1")
    assert printed == "district,name,days_left\nTanjungpandan,Ștefan Născocit,-6\n"
    assert timpora.answer(*BEFORE, "--columns", "name", "--limit", "1").splitlines()[:2] == ["Name", "Ștefan Născocit"]


def test_a_column_that_was_asked_for_is_shown_though_it_is_empty(timpora: "Timpora") -> None:
    printed = timpora.answer(*BEFORE, "--class", "KITAP", "--columns", "name,fine")
    assert printed.splitlines()[0] == "Name         Fine"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--columns", "nam"), 'There is no column "nam"; the nearest is "name".\nKnown: resident_id, name,'),
        (("--columns", ""), 'A name is missing in --columns "".'),
        (("--columns", "name,,class"), 'A name is missing in --columns "name,,class".'),
        (("--sort", "expired"), 'There is no column "expired"; the nearest is "expires_on".'),
        (("--limit", "-1"), '--limit "-1" is not a number of rows.'),
        (("--limit", "1.0"), '--limit "1.0" is not a number of rows.'),
        (("--format", "jason"), 'There is no format "jason". Did you mean json?\nKnown: table, plain, csv,'),
        (("--format", "xml"), 'There is no format "xml".\nKnown: table, plain, csv, tsv, json, ndjson, ics.'),
    ],
)
def test_a_wrong_word_for_the_output_names_the_right_ones(
    timpora: "Timpora", words: tuple[str, ...], said: str
) -> None:
    assert timpora.refused(2, "expiring", *words).startswith(said)


def test_sort_goes_by_a_column_and_back_with_the_empty_ones_last(timpora: "Timpora") -> None:
    days = [row["days_left"] for row in timpora.rows("expiring", "--sort", "-days_left")]
    assert days[-1] == ""
    assert [int(day) for day in days[:-1]] == sorted(map(int, days[:-1]), reverse=True)
    names = [
        row["name"] for row in timpora.rows("expiring", "--sort", "class,-name", "--class", "ITK", "--class", "VOA")
    ]
    assert names[0] > names[1]


@pytest.mark.slow
def test_limit_leaves_out_the_rest_and_says_so_to_people(timpora: "Timpora") -> None:
    printed = timpora.answer(*BEFORE, "--limit", "2").splitlines()
    assert len(printed) == 7
    assert printed[4] == "… and 11 more (--limit 2)"
    assert printed[5] == "No holidays of 2020 are on record: Act by passes over weekends only."
    assert printed[6].startswith("13 listed + ")
    assert len(timpora.rows(*BEFORE, "--limit", "2")) == 2
    assert timpora.answer(*BEFORE, "--limit", "13") == timpora.answer(*BEFORE)


@pytest.mark.slow
@pytest.mark.one_in(3)
@pytest.mark.parametrize("form", FORMATS)
def test_mask_hides_numbers_but_their_last_three(timpora: "Timpora", form: str) -> None:
    open_, masked = timpora.answer(*BEFORE, "--format", form), timpora.answer(*BEFORE, "--format", form, "--mask")
    assert "2C21DEMO0046" in open_
    assert "2C21DEMO" not in masked
    assert "*********046" in masked
    assert open_.replace("2C21DEMO0", "*" * 9).replace("X0000", "*" * 5) == masked


@pytest.mark.slow
def test_the_passport_is_the_one_in_use_on_the_day(timpora: "Timpora") -> None:
    def passport_on(day: str) -> str:
        (row,) = timpora.rows("expiring", "--within", "30d", "--name", "Invented Ann", "--as-of", day)
        return row["passport_number"]

    timpora.answer("resident", "add", "--name", "Invented Ann", "--nationality", "AUS")
    timpora.answer(
        "permit", "add", "50", "--class", "KITAS", "--number", "N1", "--issued", "2019-09-21", "--expires", "2020-09-20"
    )
    assert passport_on("2020-09-17") == ""
    timpora.answer("resident", "passport", "50", "Y0000001", "--issued", "2015-01-01", "--expires", "2021-06-30")
    timpora.answer("resident", "passport", "50", "Y0000002", "--issued", "2020-09-10")
    assert [passport_on(day) for day in ("2020-09-09", "2020-09-10")] == ["Y0000001", "Y0000002"]


@pytest.mark.slow
def test_passports_that_run_out(timpora: "Timpora", golden: "Golden") -> None:
    golden("cli_passports.txt", timpora.answer("expiring", "--passports", "--within", "6m"))
    golden("cli_passports.csv", timpora.answer("expiring", "--passports", "--within", "6m", "--format", "csv"))
    assert ids(timpora, "--passports", "--before", "2020-10-30") == []
    assert ids(timpora, "--passports", "--before", "2020-10-31") == [41]
    assert ids(timpora, "--passports", "--within", "43d") == [41]


@pytest.mark.slow
def test_passports_heed_the_filters(timpora: "Timpora") -> None:
    words = ("--passports", "--within", "6m")
    assert ids(timpora, *words, "--district", "Sijuk") == [2]
    assert ids(timpora, *words, "--nationality", "Jerman") == [10]
    assert ids(timpora, *words, "--state", "relief") == [41]
    assert closing(timpora, *words, "--state", "relief").endswith(
        "outside the filters = 49 people known on 2020-09-17."
    )
    masked = timpora.answer("expiring", *words, "--mask")
    assert "*****041" in masked
    assert "X0000041" not in masked
