"""The office's own settings at the command line, and what stands above what: option, environment, register, default."""

import json
import sqlite3
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from timpora_cli.cli.frame import register as opening
from timpora_cli.model.settings import SETTINGS
from timpora_cli.store import clock

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Real, Timpora
    from tests.conftest import RegisterMaker

LIST = """\
Setting           {value:58}  From      Default       What it is
office_name       {none:58}  default                 The office's name, as it stands in headings.
time_zone         {zone:58}  register  Asia/Jakarta  The time zone whose day is today, whatever the machine's is.
default_window    {window:58}  register  30d           How far an expiry list reaches when nobody says otherwise.
clock_tolerance   {seconds:58}  register  60            How many seconds the machine's clock may stand before the \
register's last change.
region            {region:58}  register                The regencies of the office's working area, whose districts \
have a row in every count.
rank_weights      {weights:58}  register  residents=1   By what the districts are ranked, each term with its weight.
office_town       {none:58}  default                 The town of the office, as it stands before the day of a letter.
letterhead        {ministry}  default                 The lines at the head of letters and minutes, from a day on.
public_threshold  {five:58}  register  5             The smallest number that a public page prints, but for 0.
import_backup     {rows:58}  register  1000          An import of so many rows or more makes a backup first; 0 is never.
checked_kb        {never:58}  register  0             Each answer checks the whole register first where its file has \
at most so many kB; 0 is never.

Working area: 19.02 Kabupaten Belitung, 19.06 Kabupaten Belitung Timur.
""".format(
    value="Value",
    none="",
    never="0",
    zone="Asia/Jakarta",
    window="30d",
    seconds="60",
    weights="residents=1",
    five="5",
    rows="1000",
    region="19.02 19.06",
    ministry="KEMENTERIAN HUKUM DAN HAK ASASI MANUSIA REPUBLIK INDONESIA",
)
NATION = "kode,nama\n11,Aceh\n11.01,Kabupaten Aceh Selatan\n11.01.01,Bakongan\n11.01.02,Kluet Utara\n"
# Kiritimati is always 25 hours ahead of Pago Pago: never the same day.
EARLY, LATE = "Pacific/Kiritimati", "Pacific/Pago_Pago"


def test_the_list_shows_each_setting_and_where_it_comes_from(timpora: "Timpora") -> None:
    assert timpora.answer("setting", "list") == LIST


def test_machines_get_codes_and_no_closing_line(timpora: "Timpora") -> None:
    rows = {row["key"]: row for row in json.loads(timpora.answer("setting", "list", "--format", "json"))}
    assert list(rows["region"]) == ["key", "value", "from", "default", "says"]
    assert (rows["region"]["value"], rows["region"]["from"]) == ("19.02 19.06", "register")
    assert (rows["office_name"]["value"], rows["office_name"]["default"]) == (None, None)
    assert timpora.rows("setting", "list", "--columns", "key,default")[2] == {"key": "default_window", "default": "30d"}


def test_a_setting_says_what_it_was_and_what_it_is_now(timpora: "Timpora") -> None:
    asked = ("setting", "set", "office_name")
    name = "Kantor Imigrasi Kelas II TPI Tanjungpandan"
    assert timpora.answer(*asked, *name.split()) == f"office_name is {name} now; it was empty.\n"
    assert timpora.answer(*asked, name) == f"office_name is {name} already.\n"
    assert timpora.answer(*asked, "") == f"office_name is empty again, the default; it was {name}.\n"
    assert timpora.answer("setting", "set", "region", "belitung") == (
        "region is 19.02 Kabupaten Belitung now; it was 19.02 Kabupaten Belitung, 19.06 Kabupaten Belitung Timur.\n"
    )


@pytest.mark.parametrize(
    ("code", "words", "says"),
    [
        (2, ("time_zon", "WIB"), "time_zon is not a known setting. Did you mean time_zone?\nKnown: office_name, time"),
        (2, ("language", "id"), "language is not a known setting."),
        (2, ("time_zone", "Jakarta"), '"Jakarta" is no time zone. Did you mean Asia/Jakarta?'),
        (2, ("default_window", "30"), '"30" is not a length of time: the number has no unit.'),
        (2, ("region", ""), "No regency is named"),
        (4, ("region", "Belitung", "Barat"), "There is no regency Belitung Barat. Did you mean Kabupaten Belitung"),
        (2, ("office_name", "a\x1b[2J"), r'"a\x1b[2J" holds a character that cannot be seen.'),
    ],
)
def test_what_cannot_be_set_is_refused_and_nothing_is_changed(
    timpora: "Timpora", code: int, words: tuple[str, ...], says: str
) -> None:
    before = timpora.db.read_bytes()
    assert timpora.refused(code, "setting", "set", *words).startswith(says)
    assert timpora.db.read_bytes() == before


@pytest.mark.slow
def test_a_setting_without_a_value_is_wrong_usage(timpora: "Timpora") -> None:
    given = timpora("setting", "set", "office_name")
    assert (given.code, given.out) == (2, "")
    assert "Missing argument 'VALUE'" in given.err


@pytest.mark.slow
def test_a_change_of_a_setting_stands_in_the_history_and_can_be_undone(timpora: "Timpora") -> None:
    timpora.answer("setting", "set", "default_window", "60d", "--reason", "a longer look")
    assert timpora.changes()[-1] == ("a made-up officer", "setting set --reason", "a longer look")
    (row,) = timpora.rows("history", "--last", "1")
    assert (row["table"], row["key"], row["before"], row["after"]) == ("setting", "default_window", "30d", "60d")
    timpora.answer("setting", "set", "region", "19.06")
    timpora.answer("undo", "--yes")
    timpora.answer("undo", row["change"], "--yes")
    assert timpora.answer("setting", "list") == LIST


@pytest.mark.slow
def test_the_list_as_it_was_known_earlier(timpora: "Timpora") -> None:
    timpora.answer("setting", "set", "office_name", "Kantor Lama")
    at = timpora.rows("history", "--last", "1")[0]["at"]
    timpora.answer("setting", "set", "office_name", "Kantor Baru")
    timpora.answer("setting", "set", "region", "19.02")
    known = timpora.rows("setting", "list", "--known-at", at.replace(" ", "T"), "--as-of", "2020-01-01")
    assert [row["value"] for row in known][:5] == ["Kantor Lama", "Asia/Jakarta", "30d", "60", "19.02 19.06"]


def test_an_office_elsewhere_says_which_part_of_the_national_list_is_its_own(
    timpora: "Timpora", tmp_path: "Path"
) -> None:
    (tmp_path / "wilayah.csv").write_text(NATION, encoding="utf-8")
    timpora.answer("region", "import", str(tmp_path / "wilayah.csv"))
    timpora.answer("setting", "set", "region", "Aceh Selatan")
    assert [row["district_code"] for row in timpora.rows("district", "list")] == ["11.01.01", "11.01.02"]
    counted = timpora.rows("counts")
    assert {row["district_code"]: row["total"] for row in counted if row["district_code"].startswith("11")} == {
        "11.01.01": "0",
        "11.01.02": "0",
    }
    assert sum(int(row["total"]) for row in counted) == 47


# What stands above what


@pytest.mark.slow
def test_the_database_is_the_options_then_the_environments_then_the_usual_one(
    timpora: "Timpora", empty: "Timpora", register: "RegisterMaker", tmp_path: "Path"
) -> None:
    usual = register("data/timpora/register.db")
    names = {empty.db: "the option's", timpora.db: "the environment's", usual: "the usual one"}
    for path, name in names.items():
        timpora.on(path).answer("setting", "set", "office_name", name)

    def office(*words: str, **environment: str) -> str:
        return timpora.answer(
            "setting", "list", "--limit", "1", *words, XDG_DATA_HOME=str(tmp_path / "data"), **environment
        )

    assert "the option's" in office("--db", str(empty.db))
    assert "the environment's" in office()
    assert "the usual one" in office(TIMPORA_DB="")
    assert "the option's" in office("--db", str(empty.db), TIMPORA_DB="")


@pytest.mark.slow
def test_the_officer_is_the_options_then_the_environments_then_the_login_name(empty: "Timpora") -> None:
    def officer(*words: str, **environment: str) -> str:
        changed = str(len(empty.changes()))
        empty.answer("setting", "set", "office_name", changed, *words, LOGNAME="the login name", **environment)
        return empty.changes()[-1][0]

    assert officer("--officer", "the option's", TIMPORA_OFFICER="the environment's") == "the option's"
    assert officer(TIMPORA_OFFICER="the environment's") == "the environment's"
    assert officer(TIMPORA_OFFICER="") == "the login name"
    assert officer("--officer", "the option's", TIMPORA_OFFICER="") == "the option's"


@pytest.mark.parametrize(
    ("words", "environment", "indonesian"),
    [
        (("--lang", "id"), {"TIMPORA_LANG": "en", "LANG": "en_GB.UTF-8"}, True),
        (("--lang", "en"), {"TIMPORA_LANG": "id", "LANG": "id_ID.UTF-8"}, False),
        ((), {"TIMPORA_LANG": "id", "LC_ALL": "en_GB.UTF-8"}, True),
        ((), {"TIMPORA_LANG": "en", "LC_ALL": "id_ID.UTF-8"}, False),
        ((), {"TIMPORA_LANG": "", "LC_ALL": "id_ID.UTF-8", "LC_MESSAGES": "en_GB", "LANG": "en_GB"}, True),
        ((), {"LC_MESSAGES": "id_ID.UTF-8", "LANG": "en_GB"}, True),
        ((), {"LC_ALL": "C", "LC_MESSAGES": "id_ID", "LANG": "id_ID.UTF-8"}, False),
        ((), {"LANG": "id_ID.UTF-8"}, True),
        ((), {}, False),
    ],
)
def test_the_language_is_the_options_then_the_environments_then_the_locales(
    timpora: "Timpora", words: tuple[str, ...], environment: dict[str, str], indonesian: bool
) -> None:
    said = timpora.answer("relief", "explain", "41", *words, **environment)
    assert ("Kamis 17 September 2020" in said) == indonesian
    assert ("Thursday 17 September 2020" in said) != indonesian


@pytest.mark.slow
def test_the_window_is_the_options_then_the_environments_then_the_registers_then_thirty_days(
    timpora: "Timpora",
) -> None:
    def listed(*words: str, **environment: str) -> str:
        return timpora.answer("expiring", "--format", "csv", *words, **environment)

    reach = {span: listed("--within", span) for span in ("1d", "7d", "30d", "3m")}
    assert len(set(reach.values())) == 4
    timpora.answer("setting", "set", "default_window", "3m")
    assert listed("--within", "1d", TIMPORA_WITHIN="1w") == reach["1d"]
    assert listed("--before", "2020-09-19", TIMPORA_WITHIN="3m") == reach["1d"]
    assert listed(TIMPORA_WITHIN="1w") == reach["7d"]
    assert listed(TIMPORA_WITHIN="") == reach["3m"]
    timpora.answer("setting", "set", "default_window", "")
    assert listed() == reach["30d"]
    assert listed(TIMPORA_WITHIN="1w") == reach["7d"]


@pytest.mark.slow
def test_the_list_shows_the_window_that_the_environment_gives(timpora: "Timpora") -> None:
    timpora.answer("setting", "set", "default_window", "60d")

    def window(within: str) -> tuple[str, str]:
        listed = timpora.answer("setting", "list", "--format", "json", TIMPORA_WITHIN=within)
        row = json.loads(listed)[2]
        return row["value"], row["from"]

    assert window("2w") == ("14d", "environment")
    assert window("") == ("60d", "register")
    timpora.answer("setting", "set", "default_window", "")
    assert window("") == ("30d", "default")


def test_a_window_that_the_environment_misspells_is_named(timpora: "Timpora") -> None:
    given = timpora("setting", "list", TIMPORA_WITHIN="soon")
    assert (given.code, given.out) == (2, "")
    assert given.err.startswith('timpora: TIMPORA_WITHIN: "soon" is not a length of time')


def test_a_setting_that_the_environment_stands_above_is_set_with_a_note(timpora: "Timpora") -> None:
    given = timpora("setting", "set", "default_window", "60d", TIMPORA_WITHIN="2w")
    assert (given.code, given.out) == (0, "default_window is 60d now; it was 30d.\n")
    assert given.err == "TIMPORA_WITHIN is set here, and stands above it.\n"


# Today


@pytest.mark.slow
@pytest.mark.parametrize("machine", [EARLY, LATE])
@pytest.mark.parametrize("zone", [EARLY, LATE])
def test_today_is_the_offices_and_moves_with_its_time_zone_and_not_with_the_machines(
    timpora: "Timpora", real: "Real", machine: str, zone: str
) -> None:
    asked = {"TIMPORA_DB": str(timpora.db), "TIMPORA_OFFICER": "x", "TZ": machine}
    assert real("setting", "set", "time_zone", zone, **asked).code == 0
    days = {datetime.now(ZoneInfo(zone)).date()}
    said = real("expiring", **asked).lines[-1]
    days.add(datetime.now(ZoneInfo(zone)).date())
    assert any(said.endswith(f" people known on {day}.") for day in days)


@pytest.mark.slow
def test_a_time_zone_that_cannot_be_used_can_be_corrected(timpora: "Timpora", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "office_today", clock.office_today)
    with closing(sqlite3.connect(timpora.db)) as connection:
        connection.execute("UPDATE setting SET value = 'Asia/Nowhere' WHERE key = 'time_zone'")
        connection.commit()
    assert timpora.refused(5, "setting", "list") == (
        "The register's time zone Asia/Nowhere is not known to this machine.\n"
        "Set another with: timpora setting set time_zone WIB\n"
    )
    said = timpora.answer("setting", "set", "time_zone", "WIB")
    assert said == "time_zone is Asia/Jakarta now; it was Asia/Nowhere.\n"
    assert len(timpora.rows("setting", "list")) == len(SETTINGS)
