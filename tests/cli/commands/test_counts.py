"""`timpora counts` on the example register, as of 17 September 2020: 11 KITAP and 27 KITAS, by every side."""

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Golden, Timpora

GROUPS = ["kitap", "kitas", "visit", "itkt", "official", "none"]
HEADS = {
    "district": ["district", "district_code"],
    "village": ["village", "village_code", "district", "district_code"],
    "regency": ["regency", "regency_code"],
    "class": ["class", "group"],
    "nationality": ["nationality", "country"],
    "purpose": ["purpose"],
    "sponsor": ["sponsor", "sponsor_id"],
    "sex": ["sex"],
}
INDONESIAN = {
    "Kecamatan": "district",
    "desa": "village",
    "kelurahan": "village",
    "kabupaten": "regency",
    "kelas": "class",
    "kewarganegaraan": "nationality",
    "tujuan": "purpose",
    "penjamin": "sponsor",
    "jenis kelamin": "sex",
}
FORMATS = {"table": "txt", "plain": "txt", "csv": "csv", "json": "json"}
TOTALS = {"kitap": 11, "kitas": 27, "visit": 7, "itkt": 0, "official": 1, "none": 1}


@pytest.mark.one_in(5)
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("side", HEADS)
def test_each_side_in_each_format(timpora: "Timpora", golden: "Golden", side: str, form: str) -> None:
    golden(f"cli_counts_{side}_{form}.{FORMATS[form]}", timpora.answer("counts", "--by", side, "--format", form))


def test_without_a_side_it_is_by_district_and_plain(timpora: "Timpora") -> None:
    assert timpora.answer("counts") == timpora.answer("counts", "--by", "district", "--format", "plain")


@pytest.mark.one_in(3)
@pytest.mark.parametrize("side", HEADS)
def test_the_keys_are_those_that_were_promised(timpora: "Timpora", side: str) -> None:
    keys = HEADS[side] + ([*GROUPS, "total"] if side != "class" else ["total", "seen", "not_seen"])
    rows = json.loads(timpora.answer("counts", "--by", side, "--format", "json"))
    assert [list(row) for row in rows] == [keys] * len(rows)
    lines = timpora.answer("counts", "--by", side, "--format", "ndjson").splitlines()
    assert [json.loads(line) for line in lines] == rows
    assert timpora.answer("counts", "--by", side, "--format", "tsv").splitlines()[0].split("\t") == keys


@pytest.mark.parametrize("side", HEADS)
def test_every_side_counts_the_same_people(timpora: "Timpora", side: str) -> None:
    rows = json.loads(timpora.answer("counts", "--by", side, "--format", "json"))
    assert sum(row["total"] for row in rows) == 47
    if side == "class":
        assert {row["class"]: row["total"] for row in rows}.items() >= {"KITAP": 11, "KITAS": 27}.items()
    else:
        assert {group: sum(row[group] for row in rows) for group in GROUPS} == TOTALS
        assert all(row["total"] == sum(row[group] for group in GROUPS) for row in rows)


@pytest.mark.parametrize("side", HEADS)
def test_most_first_with_ties_shown_as_ties(timpora: "Timpora", side: str) -> None:
    rows = [row for row in json.loads(timpora.answer("counts", "--by", side, "--format", "json")) if row[side]]
    totals = [row["total"] for row in rows]
    assert totals == sorted(totals, reverse=True)
    printed = timpora.answer("counts", "--by", side).splitlines()[1 : len(rows) + 1]
    places = [line.split()[0] for line in printed]
    assert places == [f"{totals.index(total) + 1}{'=' if totals.count(total) > 1 else ''}" for total in totals]


@pytest.mark.slow
def test_total_and_share_stand_for_people_only(timpora: "Timpora") -> None:
    for form in ("plain", "table"):
        *_rows, total, share = timpora.answer("counts", "--format", form).splitlines()
        assert total.split() == ["Total", "11", "27", "7", "0", "1", "1", "47"]
        assert share.split() == ["Share", "23%", "57%", "15%", "0%", "2%", "2%", "100%"]
    for form in ("csv", "tsv", "json", "ndjson"):
        assert "Total" not in timpora.answer("counts", "--format", form)


def test_the_filters_narrow_a_count(timpora: "Timpora") -> None:
    rows = timpora.rows("counts", "--by", "nationality", "--class", "KITAS", "--district", "Sijuk")
    assert sum(int(row["total"]) for row in rows) == sum(int(row["kitas"]) for row in rows) == 5
    rows = timpora.rows("counts", "--state", "overstay", "--state", "RELIEF")
    assert sum(int(row["total"]) for row in rows) == 6
    rows = timpora.rows("counts", "--village", "Air Merbau")
    assert [(row["district"], row["total"]) for row in rows] == [("Tanjungpandan", "1")]


def test_a_count_of_nobody_still_shows_the_offices_districts(timpora: "Timpora") -> None:
    rows = timpora.rows("counts", "--class", "DIPLOMATIK")
    assert [row["total"] for row in rows] == ["0"] * 13


def test_columns_sort_and_limit_of_a_count(timpora: "Timpora") -> None:
    words = ("counts", "--columns", "district,kitas", "--sort", "-kitas", "--limit", "2")
    assert timpora.answer(*words, "--format", "csv") == "district,kitas\nTanjungpandan,10\nSijuk,5\n"
    assert timpora.answer(*words).splitlines() == [
        "District       KITAS",
        "Tanjungpandan     10",
        "Sijuk              5",
        "Total             27",
        "Share            57%",
        "",
        "… and 11 more (--limit 2)",
    ]


def test_the_place_in_the_ranking_is_no_key(timpora: "Timpora") -> None:
    assert timpora.answer("counts", "--columns", "rank,district", "--limit", "1").splitlines()[1].split()[0] == "1"
    said = timpora.refused(2, "counts", "--columns", "rank,district", "--format", "csv")
    assert said.startswith('There is no column "rank"')


def test_a_side_that_is_none_names_the_sides(timpora: "Timpora") -> None:
    said = timpora.refused(2, "counts", "--by", "klass")
    assert said == (
        "klass is not a known side to count by. Did you mean class?\n"
        "Known: district, village, regency, class, nationality, purpose, sponsor, sex.\n"
    )
    assert timpora.answer("counts", "--by", "CLASS") == timpora.answer("counts", "--by", "class")


@pytest.mark.slow
def test_a_side_is_read_in_its_indonesian_words(timpora: "Timpora") -> None:
    for word, side in INDONESIAN.items():
        assert timpora.answer("counts", "--by", word) == timpora.answer("counts", "--by", side)
    assert timpora.refused(2, "counts", "--by", "kelasi").startswith("kelasi is not a known side to count by. Did you")
    said = timpora.refused(2, "counts", "--by", "kelas", "--columns", "clas")
    assert said.startswith('There is no column "clas"; the nearest is "class".')


def test_exit_code_3_says_that_there_are_rows(timpora: "Timpora") -> None:
    assert timpora("counts", "--exit-code").code == 3
    assert timpora("counts", "--exit-code", "--by", "class", "--class", "DIPLOMATIK").code == 0
