"""What is told of the law: reliefs with the days on which they speak, rules in force on a day, and why a relief does or
does not cover a permit.
"""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from timpora_cli.actions import law
from timpora_cli.model.law import NewRule, ReliefStep
from timpora_cli.model.terms import CLASSES
from timpora_cli.queries.law import (
    NoRelief,
    NoRule,
    holidays,
    refuse_no_rule,
    relief_named,
    relief_steps,
    reliefs,
    rules,
)

if TYPE_CHECKING:
    from tests.conftest import Office
    from timpora_cli.store.change import Value

DAY = "2020-09-17"
REACHES_PAST = """
SELECT relief_code FROM relief_coverage JOIN permit ON permit.id = permit_id
WHERE resident_id = ? AND speaks_from <= ?
    AND iif(speaks_until > ?, keeps_valid_until, kept_until) > permit.expires_on
"""
CODES = ["ITKT-2020-04", "ITKT-2020-07", "ITKT-2020-08", "ITKT-2020-09"]


def steps(office: "Office", resident: int, on: str = DAY) -> list[ReliefStep]:
    return relief_steps(office.connection, office.people(on)[resident], date.fromisoformat(on))


def fails(office: "Office", resident: int, on: str = DAY) -> dict[str, tuple[str, ...]]:
    return {step.relief.code: step.fails for step in steps(office, resident, on)}


def visitor(office: "Office", expires: str | None, kind: str = "ITK", arrived: str | None = None) -> int:
    resident = office.person(f"Holder {expires}", arrived=arrived, since="2019-01-01")
    office.permit(resident, kind, "2019-06-01", expires)
    return resident


def relieve(office: "Office", code: str, **facts: "Value") -> None:
    row: dict[str, Value] = {
        "code": code, "name": f"Relief {code}", "legal_basis": "Contoh 1", "effective_from": "2020-09-01",
        "effective_until": "2020-12-31", "in_country_only": 0, "extendable": "any", "source_url": "example.invalid",
        "verified": 1, **facts,
    }  # fmt: skip
    with office.change() as change:
        law.add_relief(change, row, ["ITK", "VOA"])


# Reliefs on record ---------------------------------------------------------------------------------------------------


def test_the_shipped_reliefs_tell_the_chain_of_2020(office: "Office") -> None:
    first, *shipped, last = reliefs(office.connection)
    assert [relief.code for relief in shipped] == CODES
    assert [(relief.speaks_from, relief.speaks_until, relief.effective_until) for relief in shipped] == [
        (date(2020, 4, 2), date(2020, 7, 13), None),
        (date(2020, 7, 13), date(2020, 7, 22), date(2020, 8, 12)),
        (date(2020, 7, 22), date(2020, 8, 18), date(2020, 8, 20)),
        (date(2020, 8, 18), None, date(2020, 9, 20)),
    ]
    assert [relief.supersedes for relief in shipped] == [None, *CODES[:-1]]
    every = tuple(kind.term.code for kind in CLASSES)
    assert all(set(relief.classes) == set(every) - {"DIPLOMATIK", "DINAS", "PERALIHAN"} for relief in shipped)
    assert all(relief.source and relief.legal_basis and not relief.verified for relief in shipped)
    assert all(relief.in_country_only and relief.extendable == "any" and relief.action_required for relief in shipped)
    assert [(one.code, one.speaks_from, one.speaks_until, one.classes) for one in (first, last)] == [
        ("SE-2114-2020", date(2020, 3, 24), date(2020, 4, 2), ()),
        ("PERMENKUMHAM-26-2020", date(2020, 10, 1), None, ()),
    ]


@pytest.mark.parametrize(("expires", "on"), [("2020-03-25", "2020-03-26"), ("2020-10-05", "2020-10-06")])
def test_a_relief_without_a_class_keeps_no_permit_valid_and_is_no_reason(
    office: "Office", expires: str, on: str
) -> None:
    ann = visitor(office, expires, arrived="2020-02-10")
    assert office.state(ann, on) == "OVERSTAY"
    assert steps(office, ann, on) == []


def test_a_relief_that_was_ended_speaks_to_the_day_before(office: "Office") -> None:
    with office.change() as change:
        law.end_relief(change, relief_named(office.connection, "ITKT-2020-09"), date(2020, 9, 10))
    ended = relief_named(office.connection, "ITKT-2020-09")
    assert (ended.ended_on, ended.speaks_until) == (date(2020, 9, 10), date(2020, 9, 10))


@pytest.mark.parametrize("text", ["ITKT-2020-09", "itkt-2020-09", " Itkt-2020-09 "])
def test_a_relief_is_named_in_any_letter_case(office: "Office", text: str) -> None:
    assert relief_named(office.connection, text).code == "ITKT-2020-09"


def test_an_unknown_relief_is_answered_with_the_nearest(office: "Office") -> None:
    with pytest.raises(NoRelief) as error:
        relief_named(office.connection, "ITKT-2020-9")
    assert str(error.value) == (
        "There is no relief ITKT-2020-9. Did you mean ITKT-2020-09? See them with: timpora relief list"
    )
    with pytest.raises(NoRelief, match=r"^There is no relief xyz\. See them"):
        relief_named(office.connection, "xyz")


# Rules ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "rate"), [("2019-05-02", 300_000), ("2019-05-03", 1_000_000), ("2030-01-01", 1_000_000)]
)
def test_the_rate_in_force_is_of_the_day_that_is_asked_about(office: "Office", on: str, rate: int) -> None:
    rates = [rule for rule in rules(office.connection, date.fromisoformat(on)) if rule.kind == "OVERSTAY_RUPIAH_A_DAY"]
    assert [rule.value for rule in rates] == [300_000, 1_000_000, 1_000_000]
    assert [rule.value for rule in rates if rule.in_force] == [rate]


def test_every_shipped_rule_has_its_source_and_is_not_said_to_be_verified(office: "Office") -> None:
    shipped = rules(office.connection, date(2020, 9, 17))
    assert all(rule.legal_basis and rule.source and not rule.verified for rule in shipped)
    assert {(rule.kind, rule.subject): rule.value for rule in shipped if rule.in_force} == {
        ("RENEWAL_WINDOW_DAYS", "ITK"): 14, ("RENEWAL_WINDOW_DAYS", "KITAS"): 30, ("RENEWAL_WINDOW_DAYS", "KITAP"): 60,
        ("OVERSTAY_RUPIAH_A_DAY", ""): 1_000_000, ("OVERSTAY_LIMIT_DAYS", ""): 60, ("REPORTING_DAYS", "SKTT"): 14,
        ("REPORTING_DAYS", "ITAS_APPLICATION"): 30, ("REPORTING_DAYS", "CIVIL_STATUS"): 60,
        ("CONVERSION_WINDOW_DAYS", "ITK"): 30, ("CONVERSION_WINDOW_DAYS", "KITAS"): 30,
        ("APPLY_BEFORE_DAYS", "KTP_EL"): 30, ("TERM_DAYS", "ITK"): 60, ("TERM_DAYS", "VOA"): 30,
        ("TERM_DAYS", "BVK"): 30, ("TERM_MONTHS", "KITAS"): 24, ("TERM_MONTHS", "KITAP"): 60,
        ("REPORT_EVERY_YEARS", "KITAP"): 5, ("CASE_LIMIT_HOURS", "REPORTED"): 48, ("CASE_LIMIT_HOURS", "VERIFIED"): 72,
        ("AFTER_YEARS", "ITAP_BY_MARRIAGE"): 2, ("REPORTING_DAYS", "NEW_SPONSOR"): 60,
        ("AT_AGE_YEARS", "ABG_CHOICE"): 18, ("AT_AGE_YEARS", "ABG_STATEMENT"): 21, ("NOT_SEEN_DAYS", ""): 180,
        ("RETENTION_YEARS", ""): 10,
        ("REPORTING_DAYS", "URGENT_INSPECTION"): 1,
    }  # fmt: skip


def test_the_bridging_permit_has_its_term_and_is_not_extended(office: "Office") -> None:
    def bridging(on: date) -> dict[str, tuple[int, str]]:
        found = [rule for rule in rules(office.connection, on) if rule.subject == "PERALIHAN" and rule.in_force]
        return {rule.kind: (rule.value, rule.legal_basis.split(":")[0]) for rule in found}

    articles = "Permenkumham 11/2024 arts 86A and 94A"
    assert bridging(date(2024, 5, 2)) == {}
    assert bridging(date(2024, 5, 3)) == {
        "TERM_DAYS": (60, "Permenkumham 11/2024 art 86A"), "EXTENSIONS": (0, articles),
        "APPLY_BEFORE_DAYS": (3, articles),
    }  # fmt: skip


def test_both_sources_on_the_window_of_a_kitap_are_rows_and_the_newer_one_counts_from_2026(office: "Office") -> None:
    def windows(on: date) -> dict[int, bool]:
        found = rules(office.connection, on)
        return {
            rule.value: rule.in_force for rule in found if (rule.kind, rule.subject) == ("RENEWAL_WINDOW_DAYS", "KITAP")
        }

    assert windows(date(2025, 12, 31)) == {60: True, 90: False}
    assert windows(date(2026, 1, 1)) == {60: False, 90: True}


def test_a_rule_holds_on_its_first_and_on_its_last_day(office: "Office") -> None:
    new = NewRule(
        "REPORTING_DAYS", "X", 9, date(2027, 2, 1), date(2027, 2, 28), "Contoh", "example.invalid", verified=True
    )
    with office.change() as change:
        identity = law.add_rule(change, new)

    def in_force(on: date) -> bool:
        return next(rule.in_force for rule in rules(office.connection, on) if rule.rule_id == identity)

    days = (date(2027, 1, 31), date(2027, 2, 1), date(2027, 2, 28), date(2027, 3, 1))
    assert [in_force(day) for day in days] == [False, True, True, False]
    refuse_no_rule(office.connection, identity)
    with pytest.raises(NoRule):
        refuse_no_rule(office.connection, identity + 1)


def test_holidays_are_told_by_year(office: "Office") -> None:
    with office.change() as change:
        for day in (date(2021, 1, 1), date(2020, 12, 25)):
            law.add_holiday(change, day, "Libur", "SKB")
    assert [one.day for one in holidays(office.connection)][:2] == [date(2020, 12, 25), date(2021, 1, 1)]
    assert [one.day for one in holidays(office.connection, "2021")] == [date(2021, 1, 1)]
    assert holidays(office.connection, "2022") == []


# Why a relief covers a permit, or not --------------------------------------------------------------------------------


def test_a_covered_permit_fails_nothing_and_one_row_decides(office: "Office") -> None:
    all_steps = steps(office, visitor(office, "2020-04-30"))
    assert [(step.covers, step.fails, step.speaks, step.decides) for step in all_steps] == [
        (True, (), False, False), (True, (), False, False), (True, (), False, False), (True, (), True, True),
    ]  # fmt: skip


def test_the_row_that_decides_is_the_one_that_spoke_on_the_day(office: "Office") -> None:
    resident = visitor(office, "2020-04-30")
    decided = {}
    for on in ("2020-04-01", "2020-04-02", "2020-07-13", "2020-07-22", "2020-08-18", "2020-12-01"):
        decided[on] = [step.relief.code for step in steps(office, resident, on) if step.decides]
    assert decided == {
        "2020-04-01": [], "2020-04-02": [CODES[0]], "2020-07-13": [CODES[1]], "2020-07-22": [CODES[2]],
        "2020-08-18": [CODES[3]], "2020-12-01": [CODES[3]],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "expires", "on", "expected"),
    [
        ("ITK", "2020-04-30", DAY, CODES),
        ("ITK", "2020-04-30", "2020-07-13", CODES[:2]),  # the others were not yet in force
        ("ITK", "2020-04-30", "2020-04-01", []),
        ("ITK", "2020-08-15", "2020-06-01", CODES[:1]),
        ("ITK", "2020-08-15", DAY, CODES[2:]),  # the first gave way before this permit ran out
        ("ITK", "2020-09-20", DAY, []),  # kept valid no longer than it is printed
        ("ITK", "2020-04-01", DAY, []),  # it ended before the chain began
        ("DINAS", "2020-04-30", DAY, []),
        ("ITK", None, DAY, []),
    ],
)
def test_only_reliefs_that_bear_on_the_permit_are_reasons(
    office: "Office", kind: str, expires: str | None, on: str, expected: list[str]
) -> None:
    assert [step.relief.code for step in steps(office, visitor(office, expires, kind), on)] == expected


@pytest.mark.parametrize("kind", ["ITK", pytest.param("KITAS", marks=pytest.mark.slow)])
def test_what_fails_is_exactly_what_keeps_the_view_from_covering(office: "Office", kind: str) -> None:
    """The view alone decides; the reasons are told from the same columns, and are never missing or too many."""
    conditions: list[dict[str, Value]] = [
        {},
        {"expired_from": "2020-05-01"},
        {"expired_until": "2020-06-30"},
        {"expired_from": "2020-05-01", "expired_until": "2020-06-30"},
        {"entered_from": "2020-02-05"},
        {"entered_until": "2020-03-31"},
        {"entered_from": "2020-02-05", "entered_until": "2020-03-31"},
        {"effective_until": None},
        {"ended_on": "2020-09-01"},
    ]
    for number, facts in enumerate(conditions):
        relieve(office, f"R{number}", **facts)
    relieve(office, "BEFORE", supersedes="R0", effective_from="2020-08-31", expired_from="2020-01-01")
    for expires in (
        "2020-04-30",
        "2020-05-01",
        "2020-06-30",
        "2020-07-01",
        "2020-08-31",
        "2020-09-01",
        "2021-01-31",
    ):
        for arrived in (None, "2020-02-04", "2020-02-05", "2020-03-31", "2020-04-01"):
            who = visitor(office, expires, kind, arrived)
            all_steps = steps(office, who)
            assert all(step.covers == (step.fails == ()) for step in all_steps), (kind, expires, arrived)
            named = {step.relief.code for step in all_steps if step.covers}
            assert named == {code for (code,) in office.rows(REACHES_PAST, who, DAY, DAY)}
            assert not named & {"R0", "R8"}


@pytest.mark.parametrize(
    ("arrived", "expected"),
    [(None, ("ENTRY_UNKNOWN",)), ("2020-02-04", ("ENTRY",)), ("2020-02-05", ()), ("2020-04-01", ("ENTRY",))],
)
def test_a_condition_on_the_entry_is_named_by_what_is_known_of_it(
    office: "Office", arrived: str | None, expected: tuple[str, ...]
) -> None:
    relieve(office, "R", entered_from="2020-02-05", entered_until="2020-03-31", expired_from="2020-01-01")
    assert fails(office, visitor(office, "2020-04-30", arrived=arrived))["R"] == expected


def test_the_first_printed_end_that_is_covered_is_the_chains_or_the_reliefs_own(office: "Office") -> None:
    relieve(office, "OWN", expired_from="2020-01-01")
    relieve(office, "ALONE")
    assert list(fails(office, visitor(office, "2020-03-01"))) == ["OWN"]
    assert list(fails(office, visitor(office, "2020-04-02"))) == [*CODES, "OWN"]
    assert list(fails(office, visitor(office, "2020-09-01"))) == [CODES[3], "ALONE", "OWN"]


def test_somebody_without_a_permit_has_no_reasons(office: "Office") -> None:
    ann = office.person("Ann Invented")
    assert steps(office, ann) == []
    assert fails(office, ann) == {}
