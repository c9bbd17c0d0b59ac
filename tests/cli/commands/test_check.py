"""`timpora check`: each concern about the data is found once, with the command that mends it."""

import csv
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora


def moment_of(timpora: "Timpora") -> str:
    """When the last change was, as `history` writes it."""
    return timpora.rows("history", "--last", "1")[0]["at"]


def kinds(timpora: "Timpora") -> list[str]:
    given = timpora("check", "--format", "csv")
    rows = list(csv.DictReader(given.out.splitlines()))
    assert (given.code, given.err) == (1 if rows else 0, "")
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


CONCERNS: dict[str, tuple[Setting, str, Callable[[str], str]]] = {
    "BEYOND_PASSPORT": (
        ((*ANN, "--passport", "X0000001", "--passport-expires", "2020-12-30"), VISIT),
        "timpora resident edit 1 --passport NUMBER --passport-expires DATE",
        lambda mend: mend.replace("NUMBER", "X0000002").replace("DATE", "2030-01-01"),
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
    "UNKNOWN_VILLAGE": (
        ((*ANN[:5], "AUS", *ANN[8:]), VISIT),
        "timpora resident edit 1 --village NAME",
        lambda mend: mend.replace("NAME", "Terong"),
    ),
    "WITHOUT_SPONSOR": (
        (ANN, WORK),
        "timpora resident edit 1 --sponsor NAME",
        lambda mend: mend.replace("NAME", "Rekaan"),
    ),
    "SPONSOR_OF_NOBODY": (
        ((*ANN, "--sponsor", "Rekaan"), VISIT, ("resident", "edit", "1", "--sponsor", "")),
        "timpora resident edit RESIDENT --sponsor NAME",
        lambda mend: mend.replace("RESIDENT", "1").replace("NAME", "Rekaan"),
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


@pytest.mark.parametrize("kind", CONCERNS)
def test_each_concern_is_found_once_and_mended_by_the_command_beside_it(empty: "Timpora", kind: str) -> None:
    setting, mend, filled = CONCERNS[kind]
    for words in setting:
        assert empty(*words).code == 0, words
    given = empty("check", "--format", "json")
    (concern,) = json.loads(given.out)
    assert (given.code, given.err) == (1, "")
    assert (concern["kind"], concern["mend"]) == (kind, mend)
    said = empty("check")
    assert (said.code, said.err) == (1, "")
    assert mend in said.out
    given = empty(*filled(mend).split()[1:])
    assert given.code == 0, given.err
    silent = empty("check")
    assert (silent.code, silent.out, silent.err) == (0, "", "")


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


def test_what_another_program_wrote_against_the_rules_is_found_and_mended(empty: "Timpora") -> None:
    empty.answer(*ANN, "--sponsor", "PT Contoh")
    empty.answer(*WORK)
    empty.answer("permit", "extend", "1", "--issued", "2020-09-01", "--expires", "2021-09-01")
    behind(empty.db, "UPDATE permit SET ended_on = '2020-09-05' WHERE id = 1")
    assert kinds(empty) == ["OVERLAP"]
    assert "timpora permit edit 2 --issued DATE" in empty("check").out
    empty.answer("permit", "edit", "2", "--issued", "2020-09-05")
    assert kinds(empty) == []
    behind(empty.db, "UPDATE permit SET expires_on = '2020-01-01' WHERE id = 2")
    assert kinds(empty)[0] == "EXPIRY_BEFORE_ISSUE"
    assert "timpora permit edit 2 --expires DATE" in empty("check").out
    empty.answer("permit", "edit", "2", "--expires", "2021-09-01")
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


def test_a_check_as_known_at_a_moment_finds_what_was_found_then(timpora: "Timpora") -> None:
    timpora.answer("resident", "edit", "1", "--note", "the last change before")
    moment, found = moment_of(timpora), timpora("check").out
    timpora.answer("permit", "edit", "55", "--expires", "2020-12-31")
    assert "no last day" not in timpora("check").out
    assert timpora("check", "--known-at", moment).out == found
