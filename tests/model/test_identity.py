"""Whether two sets of facts can be of one person."""

import pytest

from timpora_cli.model.identity import TOO_MUCH, contradiction, names_differ

ANN = {"name": "Ann Invented", "born": "1980-01-01", "sex": "F", "nationality": "AUS"}


@pytest.mark.parametrize(
    ("other", "is_another"),
    [
        ({}, False),
        ({"name": "Invented, ANN"}, False),
        ({"name": "Ann Maria Invented"}, False),
        ({"name": "Ann Invanted"}, False),
        ({"name": "Ann Wedded"}, False),  # "Wedded" for "Invented": the equal birth day takes one off
        ({"born": "1980-10-01"}, False),
        ({"sex": "M", "nationality": "NZL"}, False),  # the same name and birth day
        ({"sex": "M", "born": "1981-01-01"}, True),
        ({"name": "Bob Imagined", "born": None}, True),
        ({"name": "Bob Imagined", "sex": "M"}, True),
        ({"born": None, "sex": None, "nationality": None}, False),
    ],
)
def test_two_contradictions_are_too_much(other: dict[str, str | None], is_another: bool) -> None:
    facts = {**ANN, **other}
    assert (contradiction(ANN, facts) >= TOO_MUCH) is is_another
    assert contradiction(facts, ANN) == contradiction(ANN, facts)


def test_a_familys_name_is_no_likeness() -> None:
    assert names_differ("Contoh Pria", "Contoh Wanita")
    assert not names_differ("Contoh Pria", "Pria Contoh")
