"""`resident edit` and relatives: a name given again corrects the one on record, and marriages follow one another."""

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

EDIT = ("resident", "edit", "1")
Links = list[tuple[str, str, str | None, str | None]]


def family(timpora: "Timpora", who: str = "1") -> Links:
    """The relatives of a resident: relation, name, since and until."""
    card = json.loads(timpora.answer("resident", "show", who, "--format", "json"))
    return [(one["relation"], one["name"], one["since"], one["until"]) for one in card["family"]]


@pytest.fixture
def married(ann: "Timpora") -> "Timpora":
    def build() -> None:
        ann.answer(*EDIT, "--spouse", "Budi Rekan", "--married", "2015-05-05")

    return ann.prepared(build)


@pytest.mark.slow
def test_a_spouse_given_again_corrects_the_one_on_record(married: "Timpora") -> None:
    married.answer(*EDIT, "--spouse", "Budi Rekaan")
    assert family(married) == [("SPOUSE", "Budi Rekaan", "2015-05-05", None)]
    married.answer(*EDIT, "--spouse", "BUDI REKAAN", "--married", "2015-06-06")
    assert family(married) == [("SPOUSE", "BUDI REKAAN", "2015-06-06", None)]
    married.answer("resident", "add", "--name", "Bob Invented", "--nationality", "NZL", "--village", "Sijuk")
    married.answer(*EDIT, "--spouse", "2")
    assert family(married) == family(married) == [("SPOUSE", "Bob Invented", "2015-06-06", None)]
    assert family(married, "2") == [("SPOUSE", "Ann Invented", "2015-06-06", None)]
    married.answer("resident", "edit", "2", "--spouse", "Sari Rekaan")
    assert (family(married), family(married, "2")) == ([], [("SPOUSE", "Sari Rekaan", "2015-06-06", None)])


def test_a_new_marriage_needs_the_end_of_the_one_before(married: "Timpora") -> None:
    before = married.db.read_bytes()
    said = married.refused(1, *EDIT, "--spouse", "Sari Rekaan", "--married", "2020-01-01")
    assert said.startswith("Resident 1 is married since 2015-05-05 by what is recorded, and that has not ended.")
    said = married.refused(
        1, *EDIT, "--spouse", "Sari Rekaan", "--married", "2019-01-01", "--marriage-ended", "2019-06-30"
    )
    assert (
        said
        == "A marriage on 2019-01-01 is before the end of another (2019-06-30) of resident 1. Nothing was changed.\n"
    )
    assert married.db.read_bytes() == before
    married.answer(*EDIT, "--spouse", "Sari Rekaan", "--married", "2019-06-30", "--marriage-ended", "2019-06-30")
    assert family(married) == [
        ("SPOUSE", "Budi Rekan", "2015-05-05", "2019-06-30"),
        ("SPOUSE", "Sari Rekaan", "2019-06-30", None),
    ]


@pytest.mark.slow
def test_after_an_end_the_next_marriage_begins_later(married: "Timpora") -> None:
    married.answer(*EDIT, "--marriage-ended", "2019-06-30")
    assert "before the end of another (2019-06-30)" in married.refused(
        1, *EDIT, "--spouse", "Sari Rekaan", "--married", "2019-06-29"
    )
    married.answer(*EDIT, "--spouse", "Sari Rekaan", "--married", "2019-07-01")
    assert len(family(married)) == 2
    assert "no marriage on record" not in married.answer(*EDIT, "--marriage-ended", "2020-01-01")
    married.answer(*EDIT, "--spouse", "Sari Rekaan", "--married", "2020-06-06")
    assert [until for _relation, _name, _since, until in family(married)] == ["2019-06-30", "2020-01-01", None]


@pytest.mark.slow
def test_the_end_of_a_marriage_on_record_is_corrected_by_its_spouse(married: "Timpora") -> None:
    married.answer(*EDIT, "--marriage-ended", "2019-06-30")
    married.answer(*EDIT, "--spouse", "Budi Rekan", "--marriage-ended", "2019-07-31")
    assert family(married) == [("SPOUSE", "Budi Rekan", "2015-05-05", "2019-07-31")]
    assert married.refused(1, *EDIT, "--marriage-ended", "2020-01-01").startswith(
        "Resident 1 has no marriage on record"
    )


@pytest.mark.slow
def test_children_and_parents_are_added_once_and_corrected_where_that_is_said(ann: "Timpora") -> None:
    for child in ("Citra Rekaan", "Dewi Rekan", "citra rekaan"):
        ann.answer(*EDIT, "--child", child, "--child-born", "2019-01-01")
    ann.answer(*EDIT, "--parent", "Old Invented")
    assert [name for _relation, name, _since, _until in family(ann)] == ["Old Invented", "Citra Rekaan", "Dewi Rekan"]
    ann.answer(*EDIT, "--child", "Dewi Rekaan", "--instead-of", "dewi rekan")
    assert [name for _relation, name, _since, _until in family(ann)] == ["Old Invented", "Citra Rekaan", "Dewi Rekaan"]
    said = ann.refused(4, *EDIT, "--child", "Eka Rekaan", "--instead-of", "Nobody")
    assert said == "Resident 1 has no such relative Nobody on record. See: timpora resident show 1\n"
    assert ann.refused(2, *EDIT, "--instead-of", "Nobody").startswith("--instead-of says whom one relative corrects.")
    ann.answer("undo", "--yes")
    assert [name for _relation, name, _since, _until in family(ann)][-1] == "Dewi Rekan"


@pytest.mark.slow
def test_nobody_is_married_to_somebody_whose_marriage_has_not_ended(married: "Timpora") -> None:
    bob = ("resident", "add", "--name", "Bob Invented", "--nationality", "NZL", "--village", "Sijuk")
    before = married.db.read_bytes()
    assert married.refused(1, *bob, "--spouse", "1") == (
        "Resident 1 is married to somebody else by what is recorded, and that has not ended. Nothing was changed.\n"
        "Say when it ended: timpora resident edit 1 --marriage-ended DATE\n"
    )
    assert married.db.read_bytes() == before
    married.answer(*EDIT, "--marriage-ended", "2019-06-30")
    said = married.refused(1, *bob, "--spouse", "1", "--married", "2019-06-29")
    assert said.startswith("A marriage on 2019-06-29 is before the end of another (2019-06-30) of resident 1.")
    married.answer(*bob, "--spouse", "1", "--married", "2019-07-01")
    assert family(married)[-1] == ("SPOUSE", "Bob Invented", "2019-07-01", None)
    married.answer("resident", "add", "--name", "Cid Invented", "--nationality", "NZL", "--spouse", "Sari Rekaan")
    assert married.refused(1, "resident", "edit", "3", "--spouse", "1").startswith("Resident 1 is married to somebody")
    assert married.refused(1, "resident", "edit", "3", "--spouse", "1", "--instead-of", "Sari Rekaan").startswith(
        "Resident 1 is married to somebody"
    )
    assert "MARRIED_TWICE" not in married("check").out
