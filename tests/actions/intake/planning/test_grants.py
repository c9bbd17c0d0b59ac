"""The table in planning/grants.py, line by line: which permit on record a row speaks of."""

from itertools import product

import pytest

from timpora_cli.actions.intake.planning.grants import DESCRIBES, Told, described
from timpora_cli.actions.intake.recorded import Grant
from timpora_cli.sheets.facts import Values


def printed(number: str | None, issued: str | None, expires: str | None, kind: str | None = "KITAS") -> Values:
    values = {"permit_number": number, "issued": issued, "expires": expires, "class": kind}
    return {name: value for name, value in values.items() if value is not None}  # type: ignore[misc]


def told(values: Values, place: int = 0, *, starts: str | None = None, ended: str | None = None) -> Told:
    return Told(values, [], Grant(values, starts, ended, "CONVERTED" if ended else None), place)


FULL = printed("N1", "2020-01-01", "2020-12-31")
# The row's own cells, beside a permit on record that says all of N1, 2020-01-01, 2020-12-31, KITAS.
NUMBERS = {"same": "N1", "other": "N2", "unknown": None}
ISSUED = {"same": "2020-01-01", "other": "2020-12-01", "unknown": None}
EXPIRES = {"same": "2020-12-31", "other": "2021-12-31", "unknown": None}
CLASSES = {"same": "KITAS", "other": "KITAP"}
LINES = list(product(NUMBERS, ISSUED, EXPIRES, CLASSES))


def expected(line: tuple[str, ...]) -> bool:
    """Whether a row that agrees like this speaks of the permit on record, as the issue's rules have it."""
    number, issued, expires, kind = line
    if number == "same":
        return "same" in {issued, expires} or (issued, expires) == ("unknown", "unknown")
    if number == "other":
        return kind == "same" and (
            (issued == "same" and expires != "other") or (issued == "unknown" and expires == "same")
        )
    if kind == "other":
        return (issued, expires) == ("same", "same")
    return "same" in {issued, expires}


@pytest.mark.parametrize("number", NUMBERS)
def test_each_way_to_agree_with_the_permit_on_record_is_decided(number: str) -> None:
    for issued, expires, kind in product(ISSUED, EXPIRES, CLASSES):
        line = (number, issued, expires, kind)
        row = printed(NUMBERS[number], ISSUED[issued], EXPIRES[expires], CLASSES[kind])
        assert (line, described(row, [told(FULL)]) is not None) == (line, expected(line))


@pytest.mark.parametrize("number", NUMBERS)
def test_it_is_the_same_which_of_both_does_not_say(number: str) -> None:
    """A blank on record leaves a row as undecided as a blank in the row."""
    for issued, expires, kind in product(ISSUED, EXPIRES, CLASSES):
        line = (number, issued, expires, kind)
        row = printed(NUMBERS[number] or "N1", ISSUED[issued] or "2020-01-01", EXPIRES[expires] or "2020-12-31",
                      CLASSES[kind])  # fmt: skip
        record = printed(
            None if number == "unknown" else "N1",
            None if issued == "unknown" else "2020-01-01",
            None if expires == "unknown" else "2020-12-31",
        )
        assert (line, described(row, [told(record)]) is not None) == (line, expected(line))


def test_the_table_has_a_line_for_all_that_describes_and_no_other() -> None:
    fitting = {
        line
        for line in LINES
        if any(all(wanted in {"any", found} for found, wanted in zip(line, row, strict=True)) for row in DESCRIBES)
    }
    assert fitting == {line for line in LINES if expected(line)}


def test_a_number_is_the_same_in_another_spelling() -> None:
    assert described(printed("2c21jd0001", None, None), [told(printed("2C21 JD-0001", "2020-01-01", None))])


def test_without_a_class_a_row_speaks_of_the_permit_of_its_number() -> None:
    assert described(printed("N1", None, None, None), [told(FULL)])
    assert described(printed(None, None, "2020-12-31", None), [told(FULL)])


def test_of_several_that_fit_the_one_that_agrees_most_is_described() -> None:
    first = told(printed("N1", "2019-01-01", "2019-12-31"), 0, starts="2019-01-01", ended="2020-01-01")
    second = told(FULL, 1, starts="2020-01-01")
    chain = [first, second]
    assert described(printed("N1", None, "2019-12-31"), chain) is first
    assert described(printed("N1", "2019-01-01", None), chain) is first
    assert described(printed("N1", None, None), chain) is second


def test_a_class_alone_is_enough_only_where_that_is_asked_for() -> None:
    vague = printed(None, None, None)
    assert described(vague, [told(FULL)]) is None
    assert described(vague, [told(FULL)], alone=True) is not None
    ended = told(vague, ended="2020-02-01")
    assert described(printed("N9", None, "2020-03-03"), [ended], alone=True) is None
