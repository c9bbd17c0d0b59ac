"""What may be written for a setting, and the one form in which it is kept."""

from datetime import date
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora_cli.model import settings
from timpora_cli.model.dates import NotADuration, parse_duration
from timpora_cli.model.settings import NotAName, NotATimeZone, office_name, setting_named, time_zone, window
from timpora_cli.model.terms import UnknownTerm

lengths = st.tuples(st.integers(0, 90), st.sampled_from(["d", "w", "m", "y", " hari", " weeks", " bulan", " tahun"]))


@given(lengths, st.dates(date(2000, 1, 1), date(2090, 12, 31)))
def test_the_written_form_of_a_window_is_as_long_as_what_was_typed(length: tuple[int, str], day: date) -> None:
    typed = f"{length[0]}{length[1]}"
    kept = window(typed)
    assert window(kept) == kept
    assert kept[-1] in "dm"
    assert parse_duration(kept).after(day) == parse_duration(typed).after(day)


@pytest.mark.parametrize(
    ("typed", "kept"), [("30d", "30d"), ("2w", "14d"), ("1y", "12m"), ("030 hari", "30d"), (" 3 Bulan ", "3m")]
)
def test_a_window_is_kept_in_days_or_months(typed: str, kept: str) -> None:
    assert window(typed) == kept


@pytest.mark.parametrize("typed", ["30", "d", "-3d", "2020-09-20", "100y", "999999d", "3 moons"])
def test_what_is_no_window_of_a_list_is_refused(typed: str) -> None:
    with pytest.raises(NotADuration) as refused:
        window(typed)
    assert refused.value.exit_code == 2
    assert f'"{typed}" is not a length of time' in str(refused.value)


@pytest.mark.one_in(5)
@pytest.mark.parametrize("zone", sorted(zone for zone in available_timezones() if "/" in zone)[::25])
def test_a_zone_is_known_in_any_letter_case(zone: str) -> None:
    assert time_zone(f" {zone.lower()} ") == zone
    assert time_zone(zone.replace("_", " ").upper()) == zone


@pytest.mark.parametrize(("typed", "zone"), [("WIB", "Jakarta"), ("wita", "Makassar"), (" Wit ", "Jayapura")])
def test_the_three_zones_of_indonesia_are_known_by_their_short_names(typed: str, zone: str) -> None:
    assert time_zone(typed) == f"Asia/{zone}"


@pytest.mark.parametrize(
    ("typed", "near"),
    [("Jakarta", "Asia/Jakarta"), ("Asia/Jakata", "Asia/Jakarta"), ("makasar", "Asia/Makassar")],
)
def test_a_zone_nobody_knows_is_answered_with_the_nearest(typed: str, near: str) -> None:
    with pytest.raises(NotATimeZone) as refused:
        time_zone(typed)
    assert refused.value.exit_code == 2
    first, second = str(refused.value).splitlines()
    assert first.startswith(f'"{typed}" is no time zone. Did you mean ')
    assert near in first
    assert second == "Write WIB, WITA or WIT, or a name as in Asia/Jakarta."


@pytest.mark.parametrize("typed", ["localtime", "factory", "../../etc/passwd", "/usr/share/zoneinfo/UTC", "xyzzy"])
def test_neither_the_machines_own_clock_nor_a_path_is_a_zone(typed: str) -> None:
    with pytest.raises(NotATimeZone):
        time_zone(typed)


def test_an_offset_is_not_taken_for_the_zone_without_one() -> None:
    for typed in ("UTC+7", "GMT+7", "+07:00"):
        with pytest.raises(NotATimeZone) as refused:
            time_zone(typed)
        assert "Did you mean" not in str(refused.value)


def test_an_offices_name_has_single_blanks_and_nothing_unseen() -> None:
    assert office_name("  Kantor   Imigrasi\tContoh ") == "Kantor Imigrasi Contoh"
    assert office_name("Kantor [red] Ṭā’ № 1") == "Kantor [red] Ṭā’ № 1"
    for hidden in ("\x1b[31m", "\u202e", "\x00"):
        with pytest.raises(NotAName, match="cannot be seen"):
            office_name(f"Kantor{hidden}")


def test_a_setting_is_named_in_any_letter_case() -> None:
    assert setting_named("Office-Name") == settings.OFFICE_NAME
    with pytest.raises(UnknownTerm) as refused:
        setting_named("timezone")
    assert refused.value.exit_code == 2
    assert str(refused.value).splitlines() == [
        "timezone is not a known setting. Did you mean time_zone?",
        (
            "Known: office_name, time_zone, default_window, clock_tolerance, region, "
            "rank_weights, office_town, letterhead, public_threshold, import_backup, checked_kb."
        ),
    ]


def test_every_default_is_a_value_that_could_be_typed() -> None:
    for setting in settings.SETTINGS:
        if setting.default:
            assert settings.READS[setting.key](setting.default) == setting.default
