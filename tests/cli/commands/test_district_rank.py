"""`timpora district rank`: where to look, by weighted terms that are all shown."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora


def ranks(timpora: "Timpora", *words: str) -> list[tuple[str, str]]:
    return [
        (row["rank"], row["district"]) for row in timpora.rows("district", "rank", *words) if row["residents"] != "0"
    ]


@pytest.mark.slow
def test_the_district_with_the_most_people_comes_first_as_in_the_story(timpora: "Timpora") -> None:
    assert ranks(timpora)[:4] == [("1", "Tanjungpandan"), ("2", "Sijuk"), ("3", "Manggar"), ("4", "Badau")]
    counted = {row["district"]: row["total"] for row in timpora.rows("counts")}
    for row in timpora.rows("district", "rank"):
        assert row["residents"] == row["score"] == counted[row["district"]]


def test_districts_of_one_score_share_their_rank_and_the_next_is_passed_over(timpora: "Timpora") -> None:
    rows = {row["district"]: (row["rank"], row["shared"]) for row in timpora.rows("district", "rank")}
    assert (rows["Badau"], rows["Membalong"], rows["Gantung"]) == (("4", "true"), ("4", "true"), ("6", "false"))


@pytest.mark.slow
def test_each_term_is_what_the_lists_say(timpora: "Timpora") -> None:
    first = timpora.rows("district", "rank")[0]
    here = ("--district", "Tanjungpandan")
    assert first["overstays"] == str(len(timpora.rows("permit", "list", *here, "--state", "OVERSTAY")))
    assert first["due"] == str(len(timpora.rows("expiring", "--within", "30d", "--from", "2020-09-17", *here)))
    assert first["not_seen"] == str(len(timpora.rows("inspection", "due", *here)))
    assert first["cases"] == str(len(timpora.rows("case", "list", *here)))


@pytest.mark.slow
def test_the_weights_are_a_setting_and_why_prints_the_sum(timpora: "Timpora") -> None:
    assert timpora.answer("setting", "set", "rank_weights", "overstays=50, Not-Seen=1") == (
        "rank_weights is overstays=50,not_seen=1 now; it was residents=1.\n"
    )
    why = timpora.answer("district", "rank", "--why").splitlines()
    assert "Weights (timpora setting set rank_weights): overstays x 50, not_seen x 1." in why
    assert "1. Tanjungpandan: 1 x 50 + 17 x 1 = 67." in why
    assert timpora.rows("district", "rank")[0]["score"] == "67"


@pytest.mark.one_in(6)
@pytest.mark.parametrize(
    "text", ["", "residents", "people=1", "residents=-1", "residents=1,residents=2", "residents=1001"]
)
def test_what_is_no_weight_is_refused_with_those_that_there_are(timpora: "Timpora", text: str) -> None:
    if not text:
        assert timpora.answer("setting", "set", "rank_weights", "").startswith("rank_weights is residents=1 already")
        return
    assert timpora.refused(2, "setting", "set", "rank_weights", text).startswith(f"These are no weights: {text}.")


def test_weights_that_are_all_zero_rank_nothing(timpora: "Timpora") -> None:
    assert "every district is alike" in timpora.refused(2, "setting", "set", "rank_weights", "residents=0")


@pytest.mark.slow
def test_the_change_is_counted_since_the_last_meeting(timpora: "Timpora") -> None:
    assert {row["change"] for row in timpora.rows("district", "rank")} == {""}
    timpora.answer(
        *("meeting", "add", "--level", "regency", "--on", "2020-01-15", "--place", "Kantor Contoh", "--theme", "Rapat")
    )
    changes = {row["district"]: row["change"] for row in timpora.rows("district", "rank")}
    then = {row["district"]: int(row["total"]) for row in timpora.rows("counts", "--as-of", "2020-01-15")}
    now = {row["district"]: int(row["total"]) for row in timpora.rows("counts")}
    assert changes == {name: str(now[name] - then[name]) for name in changes}
    assert "The change is counted since the meeting of Wednesday 15 January 2020." in timpora.answer(
        "district", "rank", "--why"
    )
