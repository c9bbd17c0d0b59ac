"""`timpora history`: who changed what, when and why, and that the log holds no personal data."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora


def moment_of(timpora: "Timpora") -> str:
    """When the last change was, as `history` writes it."""
    return timpora.rows("history", "--last", "1")[0]["at"]


# Who changed what ----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_change_is_told_with_who_when_with_what_and_why(timpora: "Timpora") -> None:
    timpora.answer(
        "permit", "edit", "4", "--office", "Contoh", "--reason", "typing mistake", "--officer", "Sari Rekaan"
    )
    (row,) = timpora.rows("history", "--last", "1")
    at, host = row.pop("at"), row.pop("host")
    assert at.endswith("+07:00")
    assert host
    assert row == {
        "change": "3", "recorded_at": "", "officer": "Sari Rekaan",
        "command": "permit edit --office --reason", "reason": "typing mistake",
        "table": "permit", "key": "4", "did": "changed", "field": "office", "before": "Tanjungpandan",
        "after": "Contoh",
    }  # fmt: skip
    assert json.loads(timpora.answer("history", "--permit", "4", "--format", "json"))[0]["after"] == "Contoh"
    timpora.answer("permit", "edit", "4", "--office", "Contoh")
    (row,) = timpora.rows("history", "--last", "1")
    assert (row["did"], row["table"], row["field"], row["before"], row["after"]) == ("changed", "permit", "", "", "")


@pytest.mark.slow
def test_a_residents_and_a_permits_changes_are_told_alone(timpora: "Timpora") -> None:
    timpora.answer("permit", "edit", "78", "--office", "Contoh")
    timpora.answer("resident", "edit", "41", "--note", "x")
    timpora.answer("resident", "edit", "7", "--note", "y")
    of_resident = timpora.rows("history", "41")
    assert {row["change"] for row in of_resident} == {"2", "3", "4"}
    assert {row["table"] for row in of_resident} == {"resident", "passport", "residence", "stay", "permit"}
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_history_as_known_at_a_moment_ends_there(timpora: "Timpora") -> None:
    timpora.answer("resident", "edit", "41", "--note", "x")
    moment, told = moment_of(timpora), timpora.answer("history", "41")
    timpora.answer("resident", "edit", "41", "--note", "y")
    timpora.answer("resident", "remove", "41", "--yes")
    assert timpora.answer("history", "41") != told
    assert timpora.answer("history", "41", "--known-at", moment) == told
    assert timpora.answer("history", "--last", "1", "--known-at", moment).count("\n") == 2
    timpora.refused(2, "history", "41", "--known-at", "2001-01-01")


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
        "--contact", TYPED, "--niora", f"{TYPED}1", "--spouse", TYPED, "--child", TYPED, "--occupation", TYPED,
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
    yield ("rule", "end", "7")
    yield ("holiday", "add", "2020-12-24", TYPED, "--source", TYPED)
    yield ("holiday", "import", str(days))
    yield ("district", "add", "19.02.98", TYPED)
    yield ("village", "add", "19.02.04.2099", TYPED)
    yield ("region", "import", str(places), "--yes")
    yield ("import", str(sheet))
    yield ("undo", "--yes")


@pytest.mark.slow
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
