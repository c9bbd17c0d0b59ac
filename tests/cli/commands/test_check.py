"""`timpora check`: each concern about the data is found once, with the command that mends it."""

import csv
import json
import shlex
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from timpora_cli.model.log import LEVELS

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora


def moment_of(timpora: "Timpora") -> str:
    """When the last change was, as `history` writes it."""
    return timpora.rows("history", "--last", "1")[0]["at"]


def kinds(timpora: "Timpora") -> list[str]:
    given = timpora("check", "--format", "csv")
    rows = list(csv.DictReader(given.out.splitlines()))
    assert (given.code, given.err) == (1 if any(row["level"] == "ERROR" for row in rows) else 0, "")
    return [row["kind"] for row in rows]


Setting = tuple[tuple[str, ...], ...]
ANN = (
    "resident",
    "add",
    "--name",
    "Ann Invented",
    "--nationality",
    "AUS",
    "--village",
    "Sijuk",
    "--born",
    "1980-05-05",
)
VISIT = ("permit", "add", "1", "--class", "ITK", "--number", "N-1", "--issued", "2020-09-01", "--expires", "2020-12-31")
WORK = (
    "permit",
    "add",
    "1",
    "--class",
    "KITAS",
    "--number",
    "N-1",
    "--issued",
    "2020-01-01",
    "--expires",
    "2020-12-31",
)


def behind(path: Path, statement: str) -> None:
    """Write what no rule of the file allows, and leave the rules as they were."""
    with closing(sqlite3.connect(path)) as other:
        rules = other.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        other.execute("PRAGMA ignore_check_constraints = ON")
        for name, _sql in rules:
            other.execute(f"DROP TRIGGER {name}")
        other.execute(statement)
        for _name, sql in rules:
            other.execute(sql)
        other.commit()


OTHER = (*ANN[:3], "Bob Invented", *ANN[4:8], "--born", "1990-01-01")
OTHER_VISIT = ("permit", "add", "2", *VISIT[3:6], "N-2", "--issued", "2020-09-02", *VISIT[9:])


CONCERNS: dict[str, tuple[Setting, str, Callable[[str], str]]] = {
    "OVERLAP": (
        (
            (*ANN, "--sponsor", "PT Contoh"),
            WORK,
            ("permit", "extend", "1", "--issued", "2020-09-01", "--expires", "2021-09-01"),
        ),
        "timpora permit edit 2 --issued DATE",
        lambda mend: mend.replace("DATE", "2020-09-05"),
    ),
    "EXPIRY_BEFORE_ISSUE": (
        (ANN, VISIT),
        "timpora permit edit 1 --expires DATE",
        lambda mend: mend.replace("DATE", "2020-12-31"),
    ),
    "BEYOND_PASSPORT": (
        ((*ANN, "--passport", "X0000001", "--passport-expires", "2020-12-30"), VISIT),
        "timpora resident passport 1 NUMBER --expires DATE",
        lambda mend: mend.replace("NUMBER", "X0000002").replace("DATE", "2030-01-01"),
    ),
    "SAME_PERMIT_NUMBER": (
        (ANN, VISIT, OTHER, OTHER_VISIT),
        "timpora permit edit 2 --number NUMBER",
        lambda mend: mend.replace("NUMBER", "N-2"),
    ),
    "SAME_NIORA": (
        ((*ANN, "--niora", "012"), VISIT, OTHER, OTHER_VISIT),
        "timpora resident merge 1 2",
        lambda mend: mend,
    ),
    "SAME_PASSPORT": (
        (
            (*ANN, "--passport", "X0000001", "--passport-issued", "2015-01-01"),
            VISIT,
            (*OTHER, "--passport", "x-0000001", "--passport-country", "NZL", "--passport-issued", "2016-01-01"),
            OTHER_VISIT,
        ),
        "timpora resident merge 1 2",
        lambda mend: mend,
    ),
    "UNKNOWN_END": (
        (ANN, (*VISIT[:-1], "unknown")),
        "timpora permit edit 1 --expires DATE",
        lambda mend: mend.replace("DATE", "2020-12-31"),
    ),
    "WITHOUT_PERMIT": (
        (ANN,),
        "timpora permit add 1 --class CLASS --number NUMBER --issued DATE --expires DATE",
        lambda mend: mend.replace("CLASS", "VOA").replace("NUMBER", "N-1").replace("DATE", "2020-09-17"),
    ),
    "GAP": (
        (
            (*ANN, "--sponsor", "PT Contoh"),
            (*WORK[:-3], "2019-01-01", "--expires", "2019-12-31"),
            ("permit", "extend", "1", "--issued", "2020-02-01", "--expires", "2021-02-01"),
        ),
        "timpora permit edit 2 --issued DATE",
        lambda mend: mend.replace("DATE", "2019-12-20"),
    ),
    "MARRIED_TWICE": (
        (ANN, VISIT, ("resident", "edit", "1", "--spouse", "Budi Rekaan", "--married", "2010-01-01")),
        "timpora resident edit 1 --spouse 'Budi Rekaan' --marriage-ended DATE",
        lambda mend: mend.replace("DATE", "2015-05-05"),
    ),
    "UNKNOWN_VILLAGE": (
        ((*ANN[:5], "AUS", *ANN[8:]), VISIT),
        "timpora resident edit 1 --village NAME",
        lambda mend: mend.replace("NAME", "Terong"),
    ),
    "ENDED_PLACE": (
        (
            ANN,
            VISIT,
            ("resident", "move", "1", "--village", "Terong", "--on", "2020-09-01"),
            ("village", "end", "Sijuk", "--to", "Terong", "--on", "2020-09-10"),
            ("undo", "4", "--yes"),
        ),
        "timpora resident move 1 --village 19.02.04.2003 --on 2020-09-10",
        lambda mend: mend,
    ),
    "WITHOUT_SPONSOR": (
        (ANN, WORK),
        "timpora resident edit 1 --sponsor NAME",
        lambda mend: mend.replace("NAME", "Rekaan"),
    ),
    "SPONSOR_OF_NOBODY": (
        ((*ANN, "--sponsor", "Rekaan"), VISIT, ("resident", "edit", "1", "--sponsor", "")),
        "timpora sponsor remove 1",
        lambda mend: mend,
    ),
    "LIKELY_DUPLICATE": (
        (
            (*ANN, "--passport", "X0000001", "--passport-expires", "2021-01-01"),
            VISIT,
            (*ANN[:3], "INVENTED ANN", *ANN[4:], "--passport", "X0000002", "--passport-expires", "2030-01-01"),
            (
                "permit",
                "add",
                "2",
                "--class",
                "ITK",
                "--number",
                "N-2",
                "--issued",
                "2020-09-02",
                "--expires",
                "2020-12-31",
            ),
        ),
        "timpora resident merge 1 2",
        lambda mend: mend,
    ),
}


OF_ROWS = [kind for kind in LEVELS if kind != "OPEN_FILE"]  # that one is tried in tests/cli/test_strangers.py

# What only another program can write, or an earlier version: the statement, behind the setting.
BEHIND: dict[str, str] = {
    "SAME_PERMIT_NUMBER": "UPDATE permit SET number = 'n 1' WHERE id = 2",
    "MARRIED_TWICE": (
        "INSERT INTO family_link (resident_id, relation, citizen_name, from_on, change_id) "
        "VALUES (1, 'SPOUSE', 'Sari Rekaan', '2015-05-05', 1)"
    ),
    "SAME_NIORA": "UPDATE resident SET niora = '0-12' WHERE id = 2",
    "OVERLAP": "UPDATE permit SET ended_on = '2020-09-05' WHERE id = 1",
    "EXPIRY_BEFORE_ISSUE": "UPDATE permit SET expires_on = '2020-08-31' WHERE id = 1",
}


@pytest.mark.slow
@pytest.mark.one_in(5)
@pytest.mark.parametrize("kind", OF_ROWS)
def test_each_finding_is_there_once_and_is_mended_by_the_command_beside_it(empty: "Timpora", kind: str) -> None:
    setting, mend, filled = CONCERNS[kind]
    for words in setting:
        assert empty(*words).code == 0, words
    if kind in BEHIND:
        behind(empty.db, BEHIND[kind])
    given = empty("check", "--format", "json")
    (concern,) = json.loads(given.out)
    code = 1 if LEVELS[kind] == "ERROR" else 0
    assert (given.code, given.err) == (code, "")
    assert (concern["kind"], concern["level"], concern["mend"]) == (kind, LEVELS[kind], mend)
    assert concern["key"].startswith(f"{kind}-")
    said = empty("check")
    assert (said.code, said.err) == (code, "")
    assert mend in said.out
    given = empty(*shlex.split(filled(mend))[1:])
    assert given.code == 0, given.err
    silent = empty("check")
    assert (silent.code, silent.out, silent.err) == (0, "", "")


@pytest.mark.slow
@pytest.mark.parametrize("kind", OF_ROWS)
def test_each_finding_can_be_accepted_and_that_can_be_undone(empty: "Timpora", kind: str) -> None:
    setting, _mend, _filled = CONCERNS[kind]
    for words in setting:
        empty(*words)
    if kind in BEHIND:
        behind(empty.db, BEHIND[kind])
    before = empty("check").out
    (key,) = (concern["key"] for concern in json.loads(empty("check", "--format", "json").out))
    empty.answer("check", "accept", key.lower(), "--reason", "seen on paper")
    assert kinds(empty) == []
    (shown,) = empty.rows("check", "--accepted")
    assert (shown["key"], shown["accepted"]) == (key, "seen on paper")
    empty.answer("undo", "--yes")
    assert empty("check").out == before
    assert empty.answer("check", "--accepted") == ""


@pytest.mark.slow
def test_namesakes_are_told_apart_by_the_day_of_birth(empty: "Timpora") -> None:
    for number in ("1", "2"):
        empty.answer(*ANN[:6], "--village", "Sijuk")
        empty.answer(*VISIT[:2], number, *VISIT[3:6], f"N-{number}", *VISIT[7:])
    (row,) = json.loads(empty("check", "--format", "json").out)
    assert row["mend"] == "timpora resident edit 2 --born DATE"
    empty.answer("resident", "edit", "2", "--born", "1980-05-05")
    (row,) = json.loads(empty("check", "--format", "json").out)
    assert row["mend"] == "timpora resident edit 1 --born DATE"
    empty.answer("resident", "edit", "1", "--born", "1981-05-05")
    assert kinds(empty) == []


def test_what_the_demo_wants_looked_at_is_told_a_line_each(timpora: "Timpora") -> None:
    given = timpora("check", "--columns", "kind,resident_id,found")
    assert (given.code, given.err) == (1, "")
    assert given.out == (
        "What         Id  Found\n"
        "no last day  36  nobody recorded the last day of permit 55\n"
        "no permit    34  is present without a current permit\n"
        "no village   42  lives in a village that nobody recorded\n"
        "no village   47  lives in a village that nobody recorded\n"
    )


@pytest.mark.slow
def test_a_check_as_known_at_a_moment_finds_what_was_found_then(timpora: "Timpora") -> None:
    timpora.answer("resident", "edit", "1", "--note", "the last change before")
    moment, found = moment_of(timpora), timpora("check").out
    timpora.answer("permit", "edit", "55", "--expires", "2020-12-31")
    assert "no last day" not in timpora("check").out
    assert timpora("check", "--known-at", moment).out == found


# Accepted findings ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_late_extension_is_a_remark_so_a_register_with_one_is_clean(empty: "Timpora") -> None:
    for words in CONCERNS["GAP"][0]:
        empty.answer(*words)
    given = empty("check", "--columns", "level,kind,found,key")
    assert (given.code, given.err) == (0, "")
    assert given.out == (
        "Level   What  Found                                                                    Key\n"
        "remark  gap   31 days without a valid permit before permit 2 was issued on 2020-02-01  GAP-2\n"
    )
    assert empty("check", "--exit-code").code == 3


@pytest.mark.slow
def test_an_accepted_finding_is_counted_and_shown_where_that_is_asked_for(timpora: "Timpora") -> None:
    said = timpora.answer(
        "check",
        "accept",
        "UNKNOWN_END-55",
        "unknown_village-42",
        "UNKNOWN_END-55",
        "--reason",
        " card is being printed ",
    )
    assert said == (
        "Accepted UNKNOWN_END-55: Sommut Maimeejing nobody recorded the last day of permit 55.\n"
        "Accepted UNKNOWN_VILLAGE-42: Bluey McNowhere lives in a village that nobody recorded.\n"
    )
    given = timpora("check", "--columns", "level,key,found")
    assert (given.code, given.err) == (1, "")
    assert given.out == (
        "Level   Key                 Found\n"
        "error   WITHOUT_PERMIT-34   is present without a current permit\n"
        "remark  UNKNOWN_VILLAGE-47  lives in a village that nobody recorded\n"
        "\n"
        "2 accepted findings are not shown; see them with: timpora check --accepted\n"
    )
    assert timpora.answer("check", "--accepted", "--columns", "key,accepted") == (
        "Key                 Accepted because\n"
        "UNKNOWN_END-55      card is being printed\n"
        "UNKNOWN_VILLAGE-42  card is being printed\n"
    )
    timpora.answer("check", "accept", "WITHOUT_PERMIT-34", "--reason", "waits for the court")
    assert timpora("check").code == 0
    assert timpora.changes()[-1] == ("a made-up officer", "check accept --reason", "waits for the court")


@pytest.mark.slow
def test_a_finding_comes_back_when_its_facts_change(empty: "Timpora") -> None:
    for words in CONCERNS["BEYOND_PASSPORT"][0]:
        empty.answer(*words)
    accept = ("check", "accept", "BEYOND_PASSPORT-1", "--reason", "the new passport is applied for")
    empty.answer(*accept)
    assert kinds(empty) == []
    empty.answer("resident", "edit", "1", "--occupation", "Guru")
    assert kinds(empty) == []
    empty.answer("permit", "edit", "1", "--expires", "2021-06-30")
    assert kinds(empty) == ["BEYOND_PASSPORT"]
    empty.answer(*accept)
    assert kinds(empty) == []
    empty.answer("permit", "edit", "1", "--expires", "2020-12-31")
    assert kinds(empty) == ["BEYOND_PASSPORT"]


@pytest.mark.slow
def test_people_who_are_not_one_person_are_compared_with_the_others_too(empty: "Timpora") -> None:
    for number in ("1", "2", "3"):
        empty.answer(*ANN)
        empty.answer(*VISIT[:2], number, *VISIT[3:6], f"N-{number}", *VISIT[7:])
    keys = [row["key"] for row in json.loads(empty("check", "--format", "json").out)]
    assert keys == ["LIKELY_DUPLICATE-1-2", "LIKELY_DUPLICATE-1-3"]
    empty.answer("check", "accept", *keys, "--reason", "brothers")
    assert [row["key"] for row in json.loads(empty("check", "--format", "json").out)] == ["LIKELY_DUPLICATE-2-3"]
    empty.answer("check", "accept", "LIKELY_DUPLICATE-2-3", "--reason", "brothers")
    assert kinds(empty) == []


def test_what_cannot_be_accepted_is_refused_whole(timpora: "Timpora") -> None:
    before = timpora.db.read_bytes()
    said = timpora.refused(4, "check", "accept", "UNKNOWN_END-55", "UNKNOWN_END-54", "--reason", "x")
    assert said == "There is no finding UNKNOWN_END-54 now. See them, each with its key: timpora check\n"
    assert "--reason" in timpora.refused(2, "check", "accept", "UNKNOWN_END-55")
    assert "--reason" in timpora.refused(2, "check", "accept", "UNKNOWN_END-55", "--reason", " ")
    said = timpora.refused(2, "check", "--accepted", "accept", "UNKNOWN_END-55", "--reason", "x")
    assert said == "--accepted is for check alone, and stands here before accept. Leave it out.\n"
    assert timpora("check", "acept").code == 2
    assert timpora.db.read_bytes() == before


@pytest.mark.slow
def test_an_accepted_finding_is_known_from_its_moment_on(timpora: "Timpora") -> None:
    timpora.answer("resident", "edit", "1", "--note", "the last change before")
    moment, found = moment_of(timpora), timpora("check").out
    timpora.answer("check", "accept", "UNKNOWN_END-55", "--reason", "card is being printed")
    assert timpora("check").out != found
    assert timpora("check", "--known-at", moment).out == found
    assert timpora.answer("verify").count("yes") > 1


@pytest.mark.slow
def test_an_accepted_finding_that_is_mended_is_forgotten_by_the_list(timpora: "Timpora") -> None:
    timpora.answer("check", "accept", "UNKNOWN_END-55", "--reason", "card is being printed")
    timpora.answer("permit", "edit", "55", "--expires", "2020-12-31")
    assert "accepted" not in timpora("check").out
    assert timpora.answer("check", "--accepted") == ""
