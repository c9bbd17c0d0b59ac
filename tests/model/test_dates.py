"""The date grammar: every form an officer may write, every refusal with its reason, and the calendar's own oracle."""

import calendar
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from timpora_cli import language
from timpora_cli.errors import WrongUsage
from timpora_cli.model.dates import (
    Duration,
    NotADate,
    NotADuration,
    NotAnAge,
    in_words,
    is_exact,
    is_unknown,
    is_unlimited,
    parse_age,
    parse_date,
    parse_duration,
    standard_form,
)
from timpora_cli.model.dates.almanac import MONTHS, WEEKDAYS
from timpora_cli.model.names import visible

TODAY = date(2020, 9, 17)  # a Thursday
SUNDAY = date(2020, 9, 20)

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
speech = st.sampled_from(["en", "id"])


@pytest.fixture
def indonesian() -> Iterator[None]:
    language.choose("id")
    yield
    language.choose("en")


def reason(text: str) -> str:
    with pytest.raises(NotADate) as refused:
        parse_date(text, TODAY)
    assert refused.value.exit_code == 2
    assert isinstance(refused.value, WrongUsage)
    return str(refused.value.values["reason"])


@pytest.mark.parametrize(
    "text",
    [
        "2020-09-20",
        "20/9/2020",
        "20/09/2020",
        "20-09-2020",
        "20.9.2020",
        "20 Sept 2020",
        "20 Sep 2020",
        "20 September 2020",
        "  20   SEPTEMBER\t2020 ",
        "20 Sept. 2020",
        "20 September, 2020",
        "20-Sep-2020",
        "20Sep2020",
        "Sunday 20 September 2020",
        "sun 20 sept 2020",
        "Minggu, 20 September 2020",
        "Ahad 20/9/2020",
        "Mgg. 20-9-2020",
        "Minggu (20/9/2020)",
        "Minggu(20/9/2020)",
        "Minggu 2020-09-20",
        "s/d 20 September 2020",
        "S.D. 20-9-2020",
        "sd Minggu 20/9/2020",
        "s.d: 2020-09-20",
        "+3d",
        "+ 3 d",
        "+03D",
    ],
)
def test_the_same_sunday_is_read_in_every_form(text: str) -> None:
    assert parse_date(text, TODAY) == SUNDAY


@pytest.mark.parametrize(
    ("words", "month"),
    [
        ("Jan January Januari", 1),
        ("Feb February Februari Peb Pebruari", 2),
        ("Mar March Maret", 3),
        ("Apr April", 4),
        ("May Mei", 5),
        ("Jun June Juni", 6),
        ("Jul July Juli", 7),
        ("Aug August Agt Agu Ags Agust Agustus", 8),
        ("Sep Sept September", 9),
        ("Oct October Okt Oktober", 10),
        ("Nov November Nop Nopember", 11),
        ("Dec December Des Desember", 12),
    ],
)
def test_every_usual_short_form_of_a_month_is_known(words: str, month: int) -> None:
    for word in words.split():
        assert parse_date(f"3 {word} 2021", TODAY) == date(2021, month, 3)
        assert parse_date(f"3 {word.upper()}. 2021", TODAY) == date(2021, month, 3)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Mon Monday Senin Sen", 14),
        ("Tue Tues Tuesday Selasa Sel", 15),
        ("Wed Wednesday Rabu Rab", 16),
        ("Thu Thur Thurs Thursday Kamis Kam", 17),
        ("Fri Friday Jumat Jum'at JUM’AT Jumʼat Jum`at Jum", 18),
        ("Sat Saturday Sabtu Sab", 19),
        ("Sun Sunday Minggu Ahad Min", 20),
    ],
)
def test_a_weekday_in_either_language_may_stand_before_its_date(words: str, day: int) -> None:
    for word in words.split():
        assert parse_date(f"{word}, {day} September 2020", TODAY) == date(2020, 9, day)
        with pytest.raises(NotADate):
            parse_date(f"{word}, {day + 1} September 2020", TODAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", date(2020, 9, 17)),
        ("Hari  Ini", date(2020, 9, 17)),
        ("tomorrow", date(2020, 9, 18)),
        ("BESOK", date(2020, 9, 18)),
        ("yesterday", date(2020, 9, 16)),
        ("kemarin", date(2020, 9, 16)),
        ("+30d", date(2020, 10, 17)),
        ("-2w", date(2020, 9, 3)),
        ("+3m", date(2020, 12, 17)),
        ("+1y", date(2021, 9, 17)),
        ("eom", date(2020, 9, 30)),
        ("akhir bulan", date(2020, 9, 30)),
        ("s/d akhir bulan", date(2020, 9, 30)),
        ("EOY", date(2020, 12, 31)),
        ("Akhir Tahun", date(2020, 12, 31)),
    ],
)
def test_a_day_may_be_counted_from_today(text: str, day: date) -> None:
    assert parse_date(text, TODAY) == day


def test_the_end_of_february_and_of_december_are_found() -> None:
    assert parse_date("eom", date(2020, 2, 1)) == date(2020, 2, 29)
    assert parse_date("eom", date(2100, 2, 28)) == date(2100, 2, 28)
    assert parse_date("eom", date(2199, 12, 31)) == date(2199, 12, 31)


def test_months_are_clamped_once_from_the_original_day() -> None:
    last_of_january = date(2020, 1, 31)
    assert parse_date("+1m", last_of_january) == date(2020, 2, 29)
    assert parse_date("+3m", last_of_january) == date(2020, 4, 30)
    assert parse_date("-2m", last_of_january) == date(2019, 11, 30)
    assert parse_date("+1y", date(2020, 2, 29)) == date(2021, 2, 28)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing is written"),
        (" \t", "nothing is written"),
        ("10", "the month and the year are missing"),
        ("2020", "the day and the month are missing"),
        ("20200920", "a number without separators could be anything"),
        ("44091", "a number without separators could be anything"),
        ("2020-09", "the day is missing"),
        ("9/2020", "the day is missing"),
        ("20/9", "the year is missing"),
        ("Kamis (17/9)", "the year is missing"),
        ("Sept", "the day and the year are missing"),
        ("Sept 2020", "the day is missing"),
        ("20 Sept", "the year is missing"),
        ("Sunday", "the day, the month and the year are missing"),
        ("Kamis Sept 2020", "the day is missing"),
        ("20/9/20", "the year needs four digits"),
        ("20 Sept 20", "the year needs four digits"),
        ("20-09-02020", "the year needs four digits"),
        ("31/2/2020", "February 2020 has no day 31"),
        ("29 Feb 2021", "February 2021 has no day 29"),
        ("2020-02-30", "February 2020 has no day 30"),
        ("0/9/2020", "September 2020 has no day 0"),
        ("2020-13-01", "there is no month 13"),
        ("2020-00-01", "there is no month 0"),
        ("31/13/2020", "there is no month 13"),
        ("1/99/2020", "there is no month 99"),
        ("13/20/2020", "there is no month 20"),
        ("09/20/2020", "there is no month 20, and the day comes before the month: 20/9/2020"),
        ("Sept 20, 2020", "the day comes before the month"),
        ("Sunday September 20, 2020", "the day comes before the month"),
        ("2020/09/20", "with the year first it is written with hyphens and two digits each, as in 2020-09-05"),
        ("2020-9-20", "with the year first it is written with hyphens and two digits each, as in 2020-09-05"),
        ("Monday 20 September 2020", "20 September 2020 is a Sunday, not a Monday"),
        ("Kamis 20/9/2020", "20 September 2020 is a Sunday, not a Thursday"),
        ("1/1/1899", "the year 1899 is not between 1900 and 2199"),
        ("1 Jan 2200", "the year 2200 is not between 1900 and 2199"),
        ("0020-09-20", "the year 20 is not between 1900 and 2199"),
        ("+180y", "the year 2200 is not between 1900 and 2199"),
        ("+9000y", "that is too far away"),
        ("-999999d", "that is too far away"),
        ("+999999w", "that is too far away"),
        ("-999999m", "that is too far away"),
        ("+99999999999999999999d", "that is too far away"),
        ("+30", "the number has no unit"),
        ("+30h", '"h" is no unit here, only d, w, m and y are'),
        ("+30 hari", '"hari" is no unit here, only d, w, m and y are'),
        ("30d", "a step from today begins with + or -"),
        ("[31m10", '"m" is no month'),
        ("+", "it is written in no form that is known"),
        ("- 20 Sept 2020", "it is written in no form that is known"),
        ("20 Smarch 2020", '"smarch" is no month'),
        ("20 Sept\x1b 2020", "it is written in no form that is known"),
        ("20 Sept 2020 10:30", "it is written in no form that is known"),
        ("20 Sept 2020 Sunday", "it is written in no form that is known"),
        ("020/9/2020", "it is written in no form that is known"),
        ("20/9-2020", "it is written in no form that is known"),
        ("soon", '"soon" is no month'),
        ("s/d", "it is written in no form that is known"),
        ("٢٠/٩/٢٠٢٠", "only the digits 0 to 9 are read"),
        ("２０ Sept 2020", "only the digits 0 to 9 are read"),
        ("20 Sept 202०", "only the digits 0 to 9 are read"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(text: str, why: str) -> None:
    assert reason(text) == why


def test_a_refusal_names_what_was_typed_and_what_to_write() -> None:
    with pytest.raises(NotADate) as refused:
        parse_date("9/2020", TODAY)
    assert str(refused.value) == (
        '"9/2020" is not a date: the day is missing.\nWrite it as 2020-09-20, 20 Sept 2020, today or +30d.'
    )


def test_a_refusal_shows_control_characters_and_no_endless_text() -> None:
    with pytest.raises(NotADate) as refused:
        parse_date("20 Sept\x1b[31m " + "x" * 5000, TODAY)
    message = str(refused.value)
    assert r"\x1b[31m" in message
    assert "\x1b" not in message
    assert len(message) < 300


@pytest.mark.parametrize("today", [date.min, date.max, date(1900, 1, 1), date(2199, 12, 31)])
@pytest.mark.parametrize("text", ["today", "yesterday", "tomorrow", "eom", "eoy", "+1m", "-1m", "+1y", "-1d", "+1w"])
def test_the_edges_of_the_calendar_never_end_in_a_traceback(text: str, today: date) -> None:
    try:
        day = parse_date(text, today)
    except NotADate:
        return
    assert 1900 <= day.year <= 2199


@pytest.mark.usefixtures("indonesian")
def test_the_calendar_is_named_in_the_language_in_force() -> None:
    assert in_words(SUNDAY) == "Minggu 20 September 2020"
    assert in_words(date(2021, 5, 1)) == "Sabtu 1 Mei 2021"
    with pytest.raises(NotADate, match=r"20 Agustus 2020.*Kamis.*Senin"):
        parse_date("Monday 20 August 2020", TODAY)


def test_a_day_is_written_in_words_with_its_weekday() -> None:
    assert in_words(SUNDAY) == "Sunday 20 September 2020"
    assert in_words(date(1900, 1, 1)) == "Monday 1 January 1900"


def test_english_names_are_the_calendar_s_own() -> None:
    assert list(MONTHS["en"]) == list(calendar.month_name)[1:]
    assert list(WEEKDAYS["en"]) == list(calendar.day_name)


@pytest.mark.parametrize("text", ["2020-09-20", " 20/9/2020", "20-09-2020", "20.9.2020", "s/d 20.9.2020"])
def test_a_date_typed_in_digits_needs_no_echo(text: str) -> None:
    assert is_exact(text)


@pytest.mark.parametrize("text", ["20 Sept 2020", "Sunday 20/9/2020", "besok", "+30d", "eom", "20/9", "10", ""])
def test_a_date_typed_in_words_is_not_exact(text: str) -> None:
    assert not is_exact(text)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("30d", Duration(30, "d")),
        ("+30d", Duration(30, "d")),
        (" 30 D ", Duration(30, "d")),
        ("30 days", Duration(30, "d")),
        ("1 day", Duration(1, "d")),
        ("30 hari", Duration(30, "d")),
        ("2w", Duration(2, "w")),
        ("2 minggu", Duration(2, "w")),
        ("3m", Duration(3, "m")),
        ("3 bulan", Duration(3, "m")),
        ("3 months", Duration(3, "m")),
        ("1y", Duration(1, "y")),
        ("1 tahun", Duration(1, "y")),
        ("0d", Duration(0, "d")),
        ("0" * 5000 + "7d", Duration(7, "d")),
    ],
)
def test_a_length_of_time_is_a_number_and_a_unit(text: str, length: Duration) -> None:
    assert parse_duration(text) == length


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("30", "the number has no unit"),
        ("", "nothing is written"),
        ("d", "it is written in no form that is known"),
        ("-2w", "it is written in no form that is known"),
        ("1.5y", "it is written in no form that is known"),
        ("30 moons", '"moons" is no unit here, only d, w, m and y are'),
        ("30d2", "it is written in no form that is known"),
        ("٣٠d", "only the digits 0 to 9 are read"),
        ("9999999d", "that is too far away"),
        ("9" * 5000 + "d", "that is too far away"),
    ],
)
def test_what_is_no_length_of_time_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(NotADuration) as refused:
        parse_duration(text)
    assert refused.value.values["reason"] == why
    assert refused.value.exit_code == 2
    assert str(refused.value).endswith(f"is not a length of time: {why}.\nWrite it as 30d, 2w, 3m or 1y.")


def test_a_length_of_time_ends_on_the_last_day_there_is() -> None:
    assert parse_duration("30d").after(TODAY) == date(2020, 10, 17)
    assert parse_duration("1m").after(date(2021, 1, 31)) == date(2021, 2, 28)
    assert parse_duration("0d").after(TODAY) == TODAY
    with pytest.raises(NotADate, match=r'"\+180y" is not a date: the year 2200 is not between 1900 and 2199'):
        Duration(180, "y").after(TODAY)


@given(days, speech)
def test_a_date_written_in_any_form_is_read_back(day: date, tongue: str) -> None:
    month, weekday = MONTHS[tongue][day.month - 1], WEEKDAYS[tongue][day.weekday()]
    numbers = [
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d/%m}/{day.year}",
        f"{day.day}-{day.month}-{day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day} {month} {day.year}",
        f"{day:%d} {month.upper()} {day.year}",
        f"{day.day} {month[:3].lower()} {day.year}",
    ]
    for text in numbers:
        assert parse_date(text, TODAY) == day
        assert parse_date(f"{weekday}, {text}", TODAY) == day
        assert parse_date(f"{weekday[:3]} {text}", TODAY) == day


@given(days, speech, st.integers(0, 6))
def test_a_wrong_weekday_is_always_refused(day: date, tongue: str, weekday: int) -> None:
    assume(weekday != day.weekday())
    with pytest.raises(NotADate):
        parse_date(f"{WEEKDAYS[tongue][weekday]} {day.isoformat()}", TODAY)


@given(days, speech)
def test_a_day_in_words_is_a_date_again(day: date, tongue: str) -> None:
    language.choose(tongue)
    try:
        assert parse_date(in_words(day), TODAY) == day
    finally:
        language.choose("en")


words = "20 9 2020 09 31 13 0 999999 / - . , + ( ) ' s/d sept feb mei sunday kamis d w m y today akhir bulan eom ٣ \x1b"
pieces = st.sampled_from([*words.split(" "), " "])
any_character = st.characters(exclude_categories=())


@given(st.one_of(st.text(any_character), st.lists(pieces, max_size=9).map("".join)), st.dates())
def test_any_text_is_a_plausible_date_or_refused(text: str, today: date) -> None:
    is_exact(text)
    try:
        day = parse_date(text, today)
    except NotADate as refused:
        message = str(refused)
    else:
        assert type(day) is date
        assert 1900 <= day.year <= 2199
        message = ""
    for line in message.split("\n"):
        assert visible(line) == line


@given(st.one_of(st.text(any_character), st.lists(pieces, max_size=6).map("".join)))
def test_any_text_is_a_length_of_time_or_refused(text: str) -> None:
    try:
        length = parse_duration(text)
    except NotADuration:
        return
    assert 0 <= length.amount <= 999999


def months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@given(
    st.dates(date(1950, 1, 1), date(2149, 12, 31)),
    st.integers(0, 45),
    st.sampled_from("+-"),
    st.sampled_from("dwmy"),
)
def test_a_step_from_today_agrees_with_the_plain_calendar(today: date, amount: int, sign: str, unit: str) -> None:
    count = -amount if sign == "-" else amount
    expected = {
        "d": today + timedelta(days=count),
        "w": today + timedelta(weeks=count),
        "m": months_later(today, count),
        "y": months_later(today, 12 * count),
    }[unit]
    assert parse_date(f"{sign}{amount}{unit}", today) == expected
    if sign == "+":
        assert parse_duration(f"{amount}{unit}").after(today) == expected


def test_reading_the_module_loads_no_dateutil() -> None:
    program = "import sys, timpora_cli.model.dates; sys.exit('dateutil' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)


# What stays the same, whatever day it is


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2020-09-20", "2020-09-20"),
        ("20 Sept 2020", "2020-09-20"),
        ("s/d 20/9/2020", "2020-09-20"),
        ("today", "+0d"),
        ("hari ini", "+0d"),
        ("besok", "+1d"),
        ("kemarin", "-1d"),
        ("+2w", "+14d"),
        ("- 1 y", "-12m"),
        ("Akhir Bulan", "eom"),
        ("eoy", "eoy"),
    ],
)
def test_a_date_has_one_written_form_on_every_day(text: str, form: str) -> None:
    assert standard_form(text) == form


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(["besok", "+3m", "-2w", "eom", "20/9/2020"]))
def test_the_one_written_form_names_the_same_day(today: date, text: str) -> None:
    assert parse_date(standard_form(text), today) == parse_date(text, today)


@pytest.mark.parametrize("text", ["", "20/9", "+3", "31/2/2020"])
def test_what_is_no_date_has_no_form(text: str) -> None:
    with pytest.raises(NotADate):
        standard_form(text)


@given(st.integers(0, 999), st.sampled_from("dwmy"), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_length_and_its_one_written_form_reach_the_same_day(amount: int, unit: str, day: date) -> None:
    length = parse_duration(f"{amount}{unit}")
    if unit == "y":
        assume(amount < 90)
    assert parse_duration(str(length)).after(day) == length.after(day)
    assert str(parse_duration(str(length))) == str(length)


@pytest.mark.parametrize(
    ("text", "hours"), [("26h", 26), ("1 hour", 1), ("26 jam", 26), ("2d", 48), ("1 minggu", 168), ("0h", 0)]
)
def test_an_age_is_hours_days_or_weeks(text: str, hours: int) -> None:
    assert parse_age(text) == timedelta(hours=hours)


@pytest.mark.parametrize("text", ["26", "3m", "1y", "soon", "-2h", "", "9999999h", "\u0662h"])
def test_what_is_no_age_is_refused(text: str) -> None:
    with pytest.raises(NotAnAge, match="26h"):
        parse_age(text)


@pytest.mark.parametrize("text", ["unlimited", "Seumur Hidup", " TIDAK  terbatas ", "seumur_hidup"])
def test_the_words_for_no_end_are_never_the_words_for_an_unknown_one(text: str) -> None:
    assert is_unlimited(text)
    assert not is_unknown(text)


@pytest.mark.parametrize("text", ["unknown", "Tidak Diketahui", "-", "?", "", "  "])
def test_the_words_for_an_unknown_end_are_never_the_words_for_none(text: str) -> None:
    assert is_unknown(text)
    assert not is_unlimited(text)
