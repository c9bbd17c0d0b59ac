"""The history from the command line: printed again as it was known, told, taken back, proven; and the data checked."""

import csv
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import AtTerminal, Real, Timpora

PRINTED = (
    ("expiring", "--before", "2020-12-01"),
    ("counts",),
    ("resident", "list"),
    ("permit", "list"),
    ("resident", "show", "7"),
)
FORMATS = ("plain", "csv", "json")


def moment_of(timpora: "Timpora") -> str:
    """When the last change was, as `history` writes it."""
    return timpora.rows("history", "--last", "1")[0]["at"]


def kinds(timpora: "Timpora") -> list[str]:
    given = timpora("check", "--format", "csv")
    rows = list(csv.DictReader(given.out.splitlines()))
    assert (given.code, given.err) == (1 if rows else 0, "")
    return [row["kind"] for row in rows]


# Printed again, byte for byte ----------------------------------------------------------------------------------------


def fifty_corrections(timpora: "Timpora", folder: Path) -> Iterator[tuple[str, ...]]:
    """What an office does in a month: typing mistakes mended, people moved and gone, the law and the places changed."""
    held = timpora.rows("permit", "list")
    for number, row in enumerate(held[:18]):
        expires = f"2021-{number % 12 + 1:02}-15"
        yield ("permit", "edit", row["permit_id"], "--expires", expires, "--number", f"2C21CORR{number:04}")
    for row in held[18:26]:
        yield ("resident", "edit", row["resident_id"], "--name", f"{row['name']} Imagined", "--sponsor", "PT Koreksi")
    for row in (*held[7:8], *held[26:32]):
        yield ("resident", "move", row["resident_id"], "--village", "Perawas", "--on", "2020-09-16")
    for row in held[32:37]:
        yield ("resident", "depart", row["resident_id"], "--on", "2020-09-16")
    for row in held[37:41]:
        yield ("resident", "remove", row["resident_id"], "--yes")
    for number in range(3):
        name = f"Newcomer {number} Invented"
        yield (
            "resident",
            "add",
            "--name",
            name,
            "--nationality",
            "AUS",
            "--village",
            "Sijuk",
            "--arrived",
            "2020-01-01",
        )
    places = folder / "places.csv"
    places.write_text("kode,nama\n19.02.04,Sijuk Baru\n19.02.01.2003,Perawas Baru\n", encoding="utf-8")
    yield ("region", "import", str(places))
    yield ("village", "add", "19.02.04.2099", "Desa Rekaan")
    yield ("relief", "end", "ITKT-2020-09", "--on", "2020-09-18")
    yield ("rule", "add", "window", "90", "--for", "KITAS", "--basis", "Contoh", "--source", "example.invalid")
    yield ("holiday", "add", "2020-09-18", "Cuti rekaan")


def test_what_was_printed_is_printed_again_after_fifty_corrections(
    timpora: "Timpora", real: "Real", tmp_path: Path
) -> None:
    timpora.answer("resident", "edit", "1", "--note", "the last change before")
    moment = moment_of(timpora)
    asked = [(*words, "--format", chosen) for words in PRINTED for chosen in FORMATS]
    printed = {words: timpora.answer(*words) for words in asked}
    corrections = list(fifty_corrections(timpora, tmp_path))
    assert len(corrections) == 50
    for words in corrections:
        assert timpora(*words).code == 0, words
    assert timpora.rows("history", "--last", "1")[0]["change"] == "53"
    assert [words for words in asked if timpora.answer(*words) == printed[words]] == []
    for words in asked:
        assert timpora.answer(*words, "--known-at", moment) == printed[words]
    for words in PRINTED:
        again = real(*words, "--known-at", moment, "--as-of", "2020-09-17", TIMPORA_DB=str(timpora.db))
        assert (again.code, again.out, again.err) == (0, printed[*words, "--format", "plain"], "")
    assert timpora.rows("verify")[0]["whole"] == "true"


# Who changed what ----------------------------------------------------------------------------------------------------


def test_a_change_is_told_with_who_when_with_what_and_why(timpora: "Timpora") -> None:
    timpora.answer(
        "permit", "edit", "4", "--office", "Contoh", "--reason", "typing mistake", "--officer", "Sari Rekaan"
    )
    (row,) = timpora.rows("history", "--last", "1")
    at, host = row.pop("at"), row.pop("host")
    assert at.endswith("+07:00")
    assert host
    assert row == {
        "change": "3", "officer": "Sari Rekaan", "command": "permit edit --office --reason", "reason": "typing mistake",
        "table": "permit", "key": "4", "did": "changed", "field": "office", "before": "Tanjungpandan",
        "after": "Contoh",
    }  # fmt: skip
    assert json.loads(timpora.answer("history", "--permit", "4", "--format", "json"))[0]["after"] == "Contoh"
    timpora.answer("permit", "edit", "4", "--office", "Contoh")
    (row,) = timpora.rows("history", "--last", "1")
    assert (row["did"], row["table"], row["field"], row["before"], row["after"]) == ("changed", "permit", "", "", "")


def test_a_residents_and_a_permits_changes_are_told_alone(timpora: "Timpora") -> None:
    timpora.answer("permit", "edit", "78", "--office", "Contoh")
    timpora.answer("resident", "edit", "41", "--note", "x")
    timpora.answer("resident", "edit", "7", "--note", "y")
    of_resident = timpora.rows("history", "41")
    assert {row["change"] for row in of_resident} == {"2", "3", "4"}
    assert {row["table"] for row in of_resident} == {"resident", "passport", "residence", "permit"}
    of_permit = timpora.rows("history", "--permit", "2C21DEMO0077")
    assert {(row["change"], row["table"], row["key"]) for row in of_permit} == {
        ("3", "permit", "78"),
        ("2", "permit", "78"),
    }
    assert len({row["change"] for row in timpora.rows("history")}) == 5
    assert [row["change"] for row in timpora.rows("history", "--limit", "2")] == ["5", "4"]


def test_somebody_removed_still_has_a_history(timpora: "Timpora") -> None:
    timpora.answer("resident", "remove", "41", "--yes", "--reason", "entered twice")
    assert timpora("resident", "show", "41").code == 4
    rows = timpora.rows("history", "41")
    assert {row["did"] for row in rows if row["change"] == "3"} == {"removed"}
    gone = {row["field"]: row["before"] for row in rows if row["change"] == "3" and row["table"] == "resident"}
    assert gone["full_name"] == "Képzelt Piroska"
    assert timpora.rows("history", "--permit", "78")[0]["reason"] == "entered twice"


def test_numbers_of_documents_are_masked(timpora: "Timpora") -> None:
    timpora.answer("permit", "edit", "78", "--number", "2C21DEMO9999")
    timpora.answer("resident", "edit", "41", "--passport", "X0000941", "--passport-expires", "2031-01-01")
    plain = timpora.answer("history", "41", "--columns", "table,field,before,after")
    assert "2C21DEMO9999" in plain
    for words in (("41",), ("--permit", "78"), ("--last", "2")):
        shown = timpora.answer("history", *words, "--mask")
        assert "DEMO" not in shown
        assert "X0000941" not in shown
    masked = {row["after"] for row in timpora.rows("history", "41", "--mask") if row["field"] == "number"}
    assert {"*********999", "*****941"} <= masked


def test_a_history_as_known_at_a_moment_ends_there(timpora: "Timpora") -> None:
    timpora.answer("resident", "edit", "41", "--note", "x")
    moment, told = moment_of(timpora), timpora.answer("history", "41")
    timpora.answer("resident", "edit", "41", "--note", "y")
    timpora.answer("resident", "remove", "41", "--yes")
    assert timpora.answer("history", "41") != told
    assert timpora.answer("history", "41", "--known-at", moment) == told
    assert timpora.answer("history", "--last", "1", "--known-at", moment).count("\n") == 2
    timpora.refused(4, "history", "41", "--known-at", "2001-01-01")


@pytest.mark.parametrize(
    ("code", "words", "said"),
    [
        (4, ("history", "999"), "There is no resident 999."),
        (4, ("history", "--permit", "999"), "There is no permit 999."),
        (2, ("history", "7", "--last", "3"), "RESIDENT, --permit and --last each ask for a history of their own."),
        (2, ("history", "7", "--permit", "3"), "RESIDENT, --permit and --last each ask for a history of their own."),
        (2, ("history", "--last", "0"), "--last 0 is not a number of changes."),
        (2, ("history", "--last", "x"), "--last x is not a number of changes."),
        (2, ("verify", "--as-of", "today"), "verify does not read the register; --as-of"),
        (2, ("undo", "--known-at", "2020-01-01"), "undo records what is so; --as-of"),
        (2, ("undo", "x"), "x is not the number of a change."),
        (4, ("undo", "99", "--yes"), "There is no change 99."),
        (1, ("undo", "1", "--yes"), "Change 1 made the register itself; it cannot be undone."),
    ],
)
def test_what_is_asked_amiss_is_answered_with_why(
    timpora: "Timpora", code: int, words: tuple[str, ...], said: str
) -> None:
    assert timpora.refused(code, *words).startswith(said)


# No personal data in the log -----------------------------------------------------------------------------------------

TYPED = "Zqxjkv"


def every_change(folder: Path) -> Iterator[tuple[str, ...]]:
    """Each command that changes the register, with a value that can be told in every place where one is typed."""
    sheet, places, days = (folder / f"{TYPED}-{name}.csv" for name in ("sheet", "places", "days"))
    sheet.write_text(f"Nama,No Paspor,Negara\n{TYPED} Import,ZQXJKV009,Jerman\n", encoding="utf-8")
    places.write_text(f"kode,nama\n19.02.04.2098,{TYPED}\n", encoding="utf-8")
    days.write_text(f"tanggal,nama\n2020-12-25,{TYPED}\n", encoding="utf-8")
    person = ("--name", f"{TYPED} One", "--nationality", "AUS", "--village", "Sijuk")
    yield (
        "resident", "add", *person, "--passport", "ZQXJKV001", "--sponsor", TYPED, "--address", TYPED, "--note", TYPED,
        "--contact", TYPED, "--niora", TYPED, "--spouse", TYPED, "--child", TYPED, "--occupation", TYPED,
        "--birthplace", TYPED, "--rt", TYPED, "--reason", "why",
    )  # fmt: skip
    yield ("resident", "add", *person, "--passport", "ZQXJKV002")
    yield ("resident", "edit", "ZQXJKV001", "--name", f"{TYPED} Two", "--parent", TYPED)
    printed = ("--issued", "2020-01-01", "--expires", "2020-12-31")
    yield ("permit", "add", "ZQXJKV001", "--class", "ITK", "--number", f"{TYPED}1", "--office", TYPED, *printed)
    yield ("permit", "edit", f"{TYPED}1", "--index", TYPED)
    yield (
        "permit",
        "extend",
        f"{TYPED}1",
        "--number",
        f"{TYPED}2",
        "--issued",
        "2020-02-01",
        "--expires",
        "2021-02-01",
    )
    yield ("permit", "convert", f"{TYPED}2", "--class", "KITAS", "--number", f"{TYPED}3", "--expires", "2021-03-01")
    yield ("permit", "revoke", f"{TYPED}3", "--reason", "why")
    yield ("resident", "move", "ZQXJKV001", "--village", "Terong", "--address", TYPED)
    yield ("resident", "depart", "ZQXJKV001")
    yield ("resident", "remove", "ZQXJKV002", "--yes")
    policy = ("--name", TYPED, "--basis", TYPED, "--source", TYPED, "--from", "2030-01-01", "--class", "ITK")
    yield ("relief", "add", TYPED, *policy, "--action", TYPED)
    yield ("relief", "end", TYPED, "--on", "2030-02-01")
    yield ("rule", "add", "reporting", "9", "--for", TYPED, "--basis", TYPED, "--source", TYPED)
    yield ("rule", "end", "10")
    yield ("holiday", "add", "2020-12-24", TYPED, "--source", TYPED)
    yield ("holiday", "import", str(days))
    yield ("district", "add", "19.02.98", TYPED)
    yield ("village", "add", "19.02.04.2099", TYPED)
    yield ("region", "import", str(places))
    yield ("import", str(sheet))
    yield ("undo", "--yes")


def test_the_log_holds_the_names_of_options_and_never_what_was_typed(timpora: "Timpora", tmp_path: Path) -> None:
    logged = []
    for words in every_change(tmp_path):
        given = timpora(*words, "--officer", "An Officer")
        assert given.code == 0, (words, given.err)
        row = timpora.rows("history", "--last", "1")[0]
        options = {word for word in words if word.startswith("--")}
        assert options <= set(row["command"].split())
        if words[0] != "import":  # which also counts the rows that it brought, and names its sheet by a digest
            assert all(word in words[:2] or word.startswith("--") for word in row["command"].split())
        logged.append((row["officer"], row["command"], row["reason"], row["host"]))
    assert len(logged) == 22
    assert TYPED.casefold() not in repr(logged).casefold()
    assert {officer for officer, *_rest in logged} == {"An Officer"}


# Taken back ----------------------------------------------------------------------------------------------------------


def test_the_last_change_is_shown_in_two_columns_and_taken_back(timpora: "Timpora") -> None:
    before = timpora.answer("resident", "show", "41")
    timpora.answer("permit", "edit", "78", "--office", "Contoh", "--index", "C317")
    assert timpora.answer("undo", "--yes", "--reason", "a mistake") == (
        "Record  Id  Field       Now     After undo\n"
        "permit  78  index_code  C317    B211\n"
        "permit  78  office      Contoh  Tanjungpandan\n"
        "Change 3 undone by change 4.\n"
    )
    assert timpora.answer("resident", "show", "41") == before
    (row, *_rest) = timpora.rows("history", "--last", "1")
    assert (row["command"], row["reason"]) == ("undo --reason --yes", "a mistake")


def test_what_was_added_has_nothing_after_the_undo_and_both_columns_stand(timpora: "Timpora") -> None:
    timpora.answer("holiday", "add", "2020-09-18", "Cuti rekaan")
    assert timpora.answer("undo", "--yes").splitlines()[:3] == [
        "Record   Id          Field  Now          After undo",
        "holiday  2020-09-18  day    2020-09-18",
        "holiday  2020-09-18  name   Cuti rekaan",
    ]
    assert timpora.answer("undo", "--yes").splitlines()[1] == "holiday  2020-09-18  day         2020-09-18"
    assert timpora.rows("holiday", "list")[0]["name"] == "Cuti rekaan"


def test_a_named_change_and_a_whole_import_are_taken_back(timpora: "Timpora", tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    rows = "".join(f"Import {number} Rekaan,X00080{number},Jerman,Sijuk\n" for number in range(5))
    sheet.write_text(f"Nama,No Paspor,Negara,Desa\n{rows}", encoding="utf-8")
    before = timpora.answer("counts")
    assert timpora("import", str(sheet)).code == 0
    assert timpora.answer("counts") != before
    timpora.answer("resident", "edit", "41", "--note", "somebody else")
    assert timpora.answer("undo", "3", "--yes").endswith("Change 3 undone by change 5.\n")
    assert timpora.answer("counts") == before


def test_what_others_build_on_is_refused_by_number_and_nothing_is_shown(timpora: "Timpora") -> None:
    timpora.answer("permit", "edit", "78", "--office", "Contoh")
    timpora.answer("permit", "edit", "78", "--office", "Lain")
    before = timpora.db.read_bytes()
    assert timpora.refused(1, "undo", "3", "--yes") == (
        "Change 3 cannot be undone: later changes build on it (4). Undo those first.\n"
    )
    assert timpora.db.read_bytes() == before
    timpora.answer("undo", "--yes")
    timpora.answer("undo", "3", "--yes")
    assert timpora.rows("permit", "show", "78")[0]["permit_number"] == "2C21DEMO0077"


def test_away_from_a_terminal_it_wants_yes(timpora: "Timpora") -> None:
    timpora.answer("permit", "edit", "78", "--office", "Contoh")
    before = timpora.db.read_bytes()
    given = timpora("undo")
    assert given.code == 2
    assert given.out.splitlines()[1] == "permit  78  office  Contoh  Tanjungpandan"
    assert given.err == (
        "timpora: Undo change 3 (permit edit --office)? "
        "This is only asked on a terminal; elsewhere, say yes with --yes.\n"
    )
    assert timpora.db.read_bytes() == before


@pytest.mark.parametrize(("key", "undone"), [("y", True), ("ya", True), ("", False), ("n", False)])
def test_at_a_terminal_it_asks_and_takes_only_yes_for_yes(
    typing: "AtTerminal", timpora: "Timpora", key: str, undone: bool
) -> None:
    timpora.answer("permit", "edit", "78", "--office", "Contoh")
    given = typing("undo", keys=f"{key}\n")
    assert given.err.startswith("Undo change 3 (permit edit --office)? [y/N]: ")
    assert given.out.splitlines()[1] == "permit  78  office  Contoh  Tanjungpandan"
    if undone:
        assert given.code == 0
        assert given.out.endswith("Change 3 undone by change 4.\n")
    else:
        assert given.code == 1
        assert given.err.endswith("timpora: Nothing was undone.\n")
    assert len(timpora.rows("history", "--permit", "78", "--limit", "1")) == 1
    assert timpora.rows("history", "--permit", "78")[0]["change"] == ("4" if undone else "3")


# Proven --------------------------------------------------------------------------------------------------------------


def alter(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute(statement)
        other.commit()


def test_a_whole_register_is_said_to_be_with_counts_and_the_head_of_its_history(timpora: "Timpora") -> None:
    timpora.answer("permit", "edit", "78", "--office", "Contoh")
    timpora.answer("undo", "--yes")
    given = timpora("verify")
    assert (given.code, given.err) == (0, "")
    *lines, blank, last = given.lines
    with closing(sqlite3.connect(timpora.db)) as connection:
        ((head,),) = connection.execute("SELECT digest FROM change ORDER BY id DESC LIMIT 1")
    assert (blank, last) == ("", f"Whole. Head of the history: {head}")
    assert len(lines) == 10
    assert any(line.split() == ["changes", "in", "the", "log", "4", "yes"] for line in lines)
    found = json.loads(timpora.answer("verify", "--format", "json"))
    assert (found["whole"], found["fault"], found["head"]) == (True, None, head)
    assert {row["whole"] for row in found["findings"]} == {True}
    assert {row["fault"] for row in found["findings"]} == {None}
    assert len(found["findings"]) == 9
    timpora.answer("resident", "edit", "7", "--note", "x")
    assert timpora.answer("verify").splitlines()[-1] != last


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE permit SET expires_on = '2020-12-24' WHERE id = 78", "change 3 of "),
        ("UPDATE permit SET expires_on = '2020-12-24' WHERE id = 77", "change 2 of "),
        ("DELETE FROM change WHERE id = 3", "change 3 is missing from the log, and rows of it are there"),
        ("DELETE FROM permit_version WHERE id = 78", "change 2 of "),
        ("DROP TRIGGER permit_keeps_what_was_changed", "trigger permit_keeps_what_was_changed is missing"),
        ("UPDATE country SET name_en = 'Oz' WHERE code = 'AUS'", "a country, class, group or purpose was"),
    ],
)
def test_what_was_altered_behind_the_log_is_named_and_is_exit_1(timpora: "Timpora", statement: str, said: str) -> None:
    timpora.answer("permit", "edit", "78", "--office", "Contoh")
    alter(timpora.db, statement)
    given = timpora("verify")
    assert given.code == 1
    assert given.err.startswith(f"timpora: The register is not whole: {said}")
    assert given.err.endswith("Put back the last good copy, or find out who altered the file.\n")
    assert len(given.err.splitlines()) <= 3
    assert " no " in given.out
    found = json.loads(timpora("verify", "--format", "json").out)
    assert not found["whole"]
    assert found["fault"].startswith(said)
    assert sum(not row["whole"] for row in found["findings"]) in {1, 2}


def test_a_file_whose_pages_are_damaged_is_never_said_to_be_whole(timpora: "Timpora") -> None:
    whole = timpora.db.read_bytes()
    for page in range(1, len(whole) // 4096, 9):
        damaged = bytearray(whole)
        damaged[page * 4096 : page * 4096 + 64] = b"\xff" * 64
        timpora.db.write_bytes(bytes(damaged))
        given = timpora("verify")
        assert given.code in {1, 5}, page
        assert "whole: " in given.err or "is damaged" in given.err, page


def test_a_register_that_cannot_be_read_is_not_verified(timpora: "Timpora", tmp_path: Path) -> None:
    assert timpora.on(tmp_path / "none.db").refused(5, "verify").startswith("There is no register at")


# The quality of the data ---------------------------------------------------------------------------------------------

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
