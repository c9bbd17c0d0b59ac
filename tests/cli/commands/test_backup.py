"""`timpora backup`: a verified copy that gets its name last, what is kept, and the drill that tries the newest out."""

import json
import os
import sqlite3
import stat
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from timpora_cli.store import connect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Answer, Timpora
    from tests.conftest import EarlierRegister

MORNING = datetime(2099, 9, 17, 3, 5, tzinfo=UTC)
"""Ten past ten in Tanjungpandan; the example register was made before."""
SHEET = "name,nationality,passport_number\n" + "".join(f"Nobody Number{n},AUS,X7{n:06}\n" for n in range(12))


@pytest.fixture
def folder(timpora: "Timpora") -> Path:
    timpora.clock.machine = MORNING
    return timpora.db.parent / "backups"


def later(timpora: "Timpora", **span: float) -> None:
    assert timpora.clock.machine is not None
    timpora.clock.machine += timedelta(**span)


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def made(timpora: "Timpora", *words: str) -> Path:
    return Path(json.loads(timpora.answer("backup", *words, "--format", "json"))["file"])


def edited(timpora: "Timpora", note: str = "seen") -> None:
    timpora.answer("resident", "edit", "1", "--note", note)


@pytest.mark.slow
def test_a_backup_is_named_by_the_offices_clock_and_said_with_what_it_holds(timpora: "Timpora", folder: Path) -> None:
    first, second, *rest = timpora.answer("backup").splitlines()
    path = folder / "timpora-20990917T100500.db"
    assert first == f"Backup made: {path} ({path.stat().st_size} bytes)."
    assert second.startswith("It is whole, and holds change ")
    assert ", 49 people on record, head " in second
    assert rest == []
    assert names(folder) == [path.name]
    assert [stat.S_IMODE(one.stat().st_mode) for one in (folder, path)] == [0o700, 0o600]


@pytest.mark.slow
def test_a_backup_is_a_register_that_answers_as_the_one_it_is_of(timpora: "Timpora", folder: Path) -> None:
    copy = timpora.on(made(timpora))
    for words in (("verify",), ("resident", "list"), ("counts",), ("history", "--format", "csv")):
        of_copy, of_register = copy.answer(*words), timpora.answer(*words)
        assert [line for line in of_copy.splitlines() if "pages" not in line] == [
            line for line in of_register.splitlines() if "pages" not in line
        ]
    assert copy.answer("resident", "edit", "1", "--note", "x").startswith("Resident 1 corrected")


@pytest.mark.slow
def test_a_backup_changes_no_byte_of_the_register(timpora: "Timpora", folder: Path) -> None:
    before = timpora.db.read_bytes()
    made(timpora)
    timpora.answer("backup", "--drill")
    assert timpora.db.read_bytes() == before


@pytest.mark.slow
def test_it_goes_into_the_folder_that_is_named_and_two_of_one_second_are_two(timpora: "Timpora", folder: Path) -> None:
    elsewhere = folder.parent / "a stick"
    assert [made(timpora, str(elsewhere)), made(timpora, str(elsewhere))] == [
        elsewhere / "timpora-20990917T100500.db",
        elsewhere / "timpora-20990917T100500-1.db",
    ]
    assert not folder.exists()


@pytest.mark.slow
def test_what_is_free_in_the_register_is_not_in_its_backup(timpora: "Timpora", folder: Path) -> None:
    with closing(sqlite3.connect(timpora.db)) as other:
        other.executescript("CREATE TABLE big (x); INSERT INTO big VALUES (zeroblob(400000)); DROP TABLE big;")
    assert made(timpora).stat().st_size < timpora.db.stat().st_size - 300_000


@pytest.mark.slow
def test_keep_removes_the_oldest_of_this_register_and_nothing_else(timpora: "Timpora", folder: Path) -> None:
    for _time in range(3):
        made(timpora)
        later(timpora, days=1)
    (folder / "timpora-19990101T000000.db").write_bytes(b"of somebody else")
    (folder / "timpora-notes.txt").write_text("mine", encoding="utf-8")
    assert timpora.answer("backup", "--keep", "2").endswith("2 older backups removed.\n")
    assert names(folder) == [
        "timpora-19990101T000000.db",
        "timpora-20990919T100500.db",
        "timpora-20990920T100500.db",
        "timpora-notes.txt",
    ]


@pytest.mark.slow
def test_a_backup_of_another_register_in_the_same_folder_stays(timpora: "Timpora", folder: Path) -> None:
    other = timpora.on(folder.parent / "other.db")
    other.answer("init")
    theirs = made(other, str(folder))
    later(timpora, days=1)
    made(timpora)
    later(timpora, days=1)
    newest = made(timpora, "--keep", "1")
    assert names(folder) == sorted([theirs.name, newest.name])


@pytest.mark.slow
def test_backups_whose_record_was_lost_are_known_by_their_first_change(timpora: "Timpora", folder: Path) -> None:
    made(timpora)
    timpora.db.with_name("demo.db.backups.json").unlink()
    later(timpora, days=1)
    newest = made(timpora, "--keep", "1")
    assert names(folder) == [newest.name]


@pytest.mark.slow
def test_backups_of_the_register_that_stood_there_before_are_not_pruned(timpora: "Timpora", folder: Path) -> None:
    before = made(timpora)
    timpora.db.unlink()
    timpora.answer("init")
    later(timpora, days=1)
    newest = made(timpora, "--keep", "1")
    assert names(folder) == [before.name, newest.name]
    assert timpora.answer("backup", "--drill").startswith(f"Drill passed: {newest}\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "is made and whole, but what comes after it failed: No space left on device."),
        (("--drill",), "was passed, but that could not be written down beside the register: No space left on device."),
    ],
)
def test_where_nothing_can_be_written_down_the_backup_is_there_and_it_is_said(
    timpora: "Timpora", folder: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    first = made(timpora)

    def full(_register: Path, _what: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("timpora_cli.actions.backups.remember", full)
    monkeypatch.setattr("timpora_cli.actions.backups.drill.remember", full)
    assert said in timpora.refused(1, "backup", *words)
    assert names(folder)[-1] == first.name
    assert len(names(folder)) == (1 if words else 2)


@pytest.mark.parametrize("keep", ["0", "-1", "many", "9" * 5000])
def test_a_number_that_keeps_nothing_is_refused(timpora: "Timpora", folder: Path, keep: str) -> None:
    assert "is not a number of backups. Write a whole number from 1" in timpora.refused(2, "backup", f"--keep={keep}")
    assert not folder.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--drill", "--keep", "3"), "--drill makes no backup: it tries out the newest one. Leave --keep out."),
        (("--drill", "--encrypt-to", "age1x"), "Leave --encrypt-to out."),
        (("--identity", "key.txt"), "--identity opens a sealed backup, for --drill."),
        (("--as-of", "2020-09-17"), "--as-of and --known-at are for reading commands."),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    timpora: "Timpora", folder: Path, words: tuple[str, ...], said: str
) -> None:
    assert said in timpora.refused(2, "backup", *words)
    assert not folder.exists()


# What cannot be backed up, and where it cannot go


@pytest.mark.slow
def test_a_damaged_register_gets_no_backup_and_keeps_the_earlier_ones(timpora: "Timpora", folder: Path) -> None:
    good = made(timpora)
    with closing(sqlite3.connect(timpora.db)) as other:
        other.execute("UPDATE resident SET full_name = 'Somebody Else' WHERE id = 1")
        other.commit()
    later(timpora, days=1)
    said = timpora.refused(1, "backup", "--keep", "1")
    assert said.startswith("A copy of the register is not whole: resident 1 was altered by another program, ")
    assert "No backup was made; earlier ones were kept.\n" in said
    assert names(folder) == [good.name]


def test_a_missing_an_older_and_a_newer_register_are_said(
    timpora: "Timpora", folder: Path, earlier_register: "EarlierRegister"
) -> None:
    assert "There is no register at" in timpora.on(folder / "none.db").refused(5, "backup")
    older = earlier_register(4)
    assert "is from an older timpora" in timpora.on(older).refused(5, "backup")
    with closing(sqlite3.connect(timpora.db)) as other:
        other.execute(f"PRAGMA user_version = {connect.SCHEMA_VERSION + 1}")
    assert "is from a newer timpora" in timpora.refused(5, "backup")
    assert not folder.exists()
    assert not (older.parent / "backups").exists()


def test_a_folder_that_is_a_file_is_refused(timpora: "Timpora", folder: Path) -> None:
    folder.write_text("mine", encoding="utf-8")
    assert timpora.refused(1, "backup") == (
        f"No backup was made in {folder}: Not a directory. The register and earlier backups are as they were.\n"
    )
    assert folder.read_text(encoding="utf-8") == "mine"


@pytest.mark.slow
@pytest.mark.parametrize("sealed", [False, True])
def test_a_disk_that_fails_at_the_last_step_leaves_no_half_backup(
    timpora: "Timpora", folder: Path, monkeypatch: pytest.MonkeyPatch, recipient: str, sealed: bool
) -> None:
    words = ("--encrypt-to", recipient) if sealed else ()
    good = made(timpora, *words)
    later(timpora, days=1)
    usual = os.fsync

    def full(descriptor: int) -> None:
        if Path(f"/proc/self/fd/{descriptor}").readlink().parent.name.startswith(".timpora-"):
            raise OSError(28, os.strerror(28))
        usual(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    said = timpora.refused(1, "backup", "--keep", "1", *words)
    assert said.startswith(f"No backup was made in {folder}: No space left on device.")
    assert names(folder) == [good.name]


@pytest.mark.slow
def test_while_another_program_writes_the_backup_is_of_the_moment_before(timpora: "Timpora", folder: Path) -> None:
    with closing(sqlite3.connect(timpora.db, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE resident SET full_name = 'Half' WHERE id = 1")
        copy = made(timpora)
        other.execute("ROLLBACK")
    assert "Half" not in timpora.on(copy).answer("resident", "list")


@pytest.mark.slow
def test_writers_at_the_same_time_lose_nothing_and_the_backup_is_whole(
    timpora: "Timpora", folder: Path, at_once: "Callable[..., list[str]]"
) -> None:
    work = """
import subprocess
ready()
command = [sys.executable, "-m", "timpora_cli", "--db", sys.argv[1]]
words = ["backup", "--format", "json"] if int(sys.argv[2]) % 2 else ["resident", "edit", "1", "--note", sys.argv[2]]
done = subprocess.run([*command, *words], capture_output=True, text=True)
print(done.returncode, done.stderr)
"""
    changes = len(timpora.changes())
    answers = [line.strip() for number in range(2) for line in at_once(work, str(timpora.db), str(number), times=4)]
    assert answers == ["0"] * 8
    assert len(timpora.changes()) == changes + 4
    for one in folder.iterdir():
        assert timpora.on(one)("verify").code == 0


# Before an import


@pytest.mark.slow
def test_an_import_of_many_rows_makes_a_backup_first(timpora: "Timpora", folder: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    people = len(timpora.rows("resident", "list"))
    assert timpora("import", str(sheet)).code == 0  # twelve rows are not many
    assert not folder.exists()
    timpora.answer("undo", "--yes")
    timpora.answer("setting", "set", "import_backup", "12")
    assert timpora("import", str(sheet), "--dry-run").code == 0
    assert not folder.exists()
    assert timpora("import", str(sheet)).code == 0
    (copy,) = folder.iterdir()
    assert len(timpora.on(copy).rows("resident", "list")) == people
    assert len(timpora.rows("resident", "list")) == people + 12
    assert timpora("import", str(sheet)).code == 0  # twelve rows of which none can change anything
    assert list(folder.iterdir()) == [copy]


@pytest.mark.parametrize(("value", "code"), [("0", 0), ("-1", 2), ("many", 2), ("", 0)])
def test_the_number_of_rows_is_a_setting(timpora: "Timpora", folder: Path, value: str, code: int) -> None:
    given = timpora("setting", "set", "import_backup", "--", value)
    assert given.code == code
    assert ("is no number of rows" in given.err) == bool(code)


# The drill


@pytest.mark.slow
def test_a_drill_compares_the_newest_backup_with_the_register_as_it_was_then(timpora: "Timpora", folder: Path) -> None:
    made(timpora)
    later(timpora, days=1)
    newest = made(timpora)
    later(timpora, days=1)
    timpora.answer("resident", "depart", "1", "--on", "2020-09-10")
    edited(timpora)
    first, second, third = timpora.answer("backup", "--drill").splitlines()
    assert first == f"Drill passed: {newest}"
    assert second.startswith("Restored into a scratch file it is whole, and holds change ")
    assert third == (
        "The same as in the register at that change: counts of districts (13), residents present (47), "
        "permits by their end (46), passports by their end (47)."
    )
    assert len(names(folder)) == 2
    told = json.loads(timpora.answer("backup", "--drill", "--format", "json"))
    assert [one["number"] for one in told["compared"]] == [13, 47, 46, 47]


def test_without_a_backup_there_is_no_drill(timpora: "Timpora", folder: Path) -> None:
    said = f"There is no backup of this register in {folder}. Make one with: timpora backup\n"
    assert timpora.refused(4, "backup", "--drill") == said
    assert not folder.exists()


DAMAGES: "dict[str, Callable[[bytearray], None]]" = {
    "a flipped byte": lambda raw: raw.__setitem__(len(raw) // 2, raw[len(raw) // 2] ^ 0xFF),
    "a zeroed sector": lambda raw: raw.__setitem__(slice(40960, 41472), bytes(512)),
    "a cut end": lambda raw: raw.__delitem__(slice(len(raw) // 2, None)),
    "no header": lambda raw: raw.__setitem__(slice(0, 16), bytes(16)),
    "nothing": lambda raw: raw.clear(),
}


@pytest.mark.slow
@pytest.mark.parametrize("how", DAMAGES)
def test_a_drill_finds_a_damaged_backup(timpora: "Timpora", folder: Path, how: str) -> None:
    path = made(timpora)
    raw = bytearray(path.read_bytes())
    DAMAGES[how](raw)
    path.write_bytes(raw)
    given = timpora("backup", "--drill")
    assert (given.code, given.out) == (1, "")
    assert str(path) in given.err
    assert "its bytes are no longer those that were written" in given.err
    assert card(timpora)["last_drill"] is None


@pytest.mark.slow
@pytest.mark.parametrize("how", [how for how in DAMAGES if how != "a flipped byte"])
def test_a_drill_finds_damage_also_where_nothing_is_remembered(timpora: "Timpora", folder: Path, how: str) -> None:
    newest = made(timpora)
    raw = bytearray(newest.read_bytes())
    DAMAGES[how](raw)
    timpora.db.with_name("demo.db.backups.json").unlink()
    newest.write_bytes(raw)
    assert timpora("backup", "--drill").code in {1, 4}  # 4: it is not even known as a backup of this register
    assert names(folder) == [newest.name]


@pytest.mark.slow
def test_a_drill_finds_each_of_fifty_damaged_copies(timpora: "Timpora", folder: Path) -> None:
    path = made(timpora)
    whole, found = path.read_bytes(), 0
    for number in range(50):
        raw = bytearray(whole)
        at = (number * 104_729 + 4096) % len(raw)
        raw[at : at + 64] = bytes(byte ^ 0x55 for byte in raw[at : at + 64])
        path.write_bytes(raw)
        found += timpora("backup", "--drill").code == 1
    assert found == 50
    path.write_bytes(whole)
    timpora.answer("backup", "--drill")


@pytest.mark.slow
def test_a_drill_finds_a_backup_of_a_history_that_went_another_way(timpora: "Timpora", folder: Path) -> None:
    path = made(timpora)
    timpora.on(path).answer("resident", "edit", "1", "--note", "behind our back")
    edited(timpora, "in the register")
    timpora.db.with_name("demo.db.backups.json").unlink()
    said = timpora.refused(1, "backup", "--drill")
    assert said.startswith(f"The backup {path} does not hold what the register held: change ")


# What status tells


def card(timpora: "Timpora", *words: str) -> "dict[str, object]":
    told: dict[str, object] = json.loads(timpora("status", "--format", "json", *words).out)
    return told


@pytest.mark.slow
def test_status_tells_the_last_backup_what_came_after_and_the_last_drill(timpora: "Timpora", folder: Path) -> None:
    none = card(timpora)
    assert [none[key] for key in ("last_backup", "changes_since_backup", "last_drill")] == [None, None, None]
    made(timpora)
    later(timpora, hours=2)
    edited(timpora)
    edited(timpora, "again")
    timpora.answer("backup", "--drill")
    told = card(timpora)
    assert told["last_backup"] == "2099-09-17 10:05:00.000+07:00"
    assert told["changes_since_backup"] == 2
    assert told["last_drill"] == "2099-09-17 12:05:00.000+07:00"
    assert "Last backup       2099-09-17 10:05" in timpora.answer("status")


@pytest.mark.slow
@pytest.mark.parametrize(("about", "words"), [("--backup", ()), ("--drill", ("--drill",))])
def test_a_monitor_hears_that_the_last_one_is_too_long_ago(
    timpora: "Timpora", folder: Path, about: str, words: tuple[str, ...]
) -> None:
    asked = ("--stale", "26h", about, "--exit-code")

    def stale() -> "tuple[int, object]":
        return timpora("status", *asked).code, card(timpora, *asked)["stale"]

    assert stale() == (3, True)
    made(timpora)
    timpora.answer("backup", *words)
    assert stale() == (0, False)
    later(timpora, hours=27)
    assert stale() == (3, True)


def test_one_question_at_a_time(timpora: "Timpora") -> None:
    said = timpora.refused(2, "status", "--stale", "26h", "--backup", "--drill")
    assert said == (
        "--stale asks about one thing: --backup, --drill. Give one of them, or none for the list of permits.\n"
    )
    assert "--backup asks about --stale AGE" in timpora.refused(2, "status", "--backup")


@pytest.mark.slow
@pytest.mark.parametrize("written", ["", "{", "[]", '{"backups": [{"file": 1}]}', '{"backups": [], "drill": 7}'])
def test_a_record_that_cannot_be_read_is_none(timpora: "Timpora", folder: Path, written: str) -> None:
    beside = timpora.db.with_name("demo.db.backups.json")
    beside.write_text(written, encoding="utf-8")
    assert card(timpora)["last_backup"] is None
    made(timpora)
    assert card(timpora)["last_backup"] is not None


# Sealed


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A file as age-keygen makes it."""
    pyrage = pytest.importorskip("pyrage")
    identity = pyrage.x25519.Identity.generate()
    path = tmp_path / "key.txt"
    path.write_text(f"# created: today\n# public key: {identity.to_public()}\n{identity}\n", encoding="utf-8")
    return path


@pytest.fixture
def recipient(key: Path) -> str:
    return key.read_text(encoding="utf-8").split("public key: ")[1].split()[0]


@pytest.mark.slow
def test_a_sealed_backup_holds_nothing_in_the_clear_and_the_key_opens_it(
    timpora: "Timpora", folder: Path, key: Path, recipient: str
) -> None:
    path = made(timpora, "--encrypt-to", recipient)
    assert path.name == "timpora-20990917T100500.db.age"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    raw = path.read_bytes()
    assert raw.startswith(b"age-encryption.org/v1\n")
    assert not any(word in raw for word in (b"SQLite", b"Invented", b"resident"))
    assert timpora.answer("backup", "--drill", "--identity", str(key)).startswith(f"Drill passed: {path}\n")
    assert names(folder) == [path.name]


@pytest.mark.slow
def test_a_sealed_backup_is_pruned_only_where_it_is_known_to_be_of_this_register(
    timpora: "Timpora", folder: Path, recipient: str
) -> None:
    first = made(timpora, "--encrypt-to", recipient)
    (folder / "timpora-20000101T000000.db.age").write_bytes(first.read_bytes())
    later(timpora, days=1)
    newest = made(timpora, "--encrypt-to", recipient, "--keep", "1")
    assert names(folder) == ["timpora-20000101T000000.db.age", newest.name]


@pytest.mark.slow
def test_without_the_key_or_with_a_wrong_one_it_is_said(
    timpora: "Timpora", folder: Path, key: Path, recipient: str, tmp_path: Path
) -> None:
    path = made(timpora, "--encrypt-to", recipient)

    def drill(*words: str) -> "Answer":
        return timpora("backup", "--drill", *words)

    assert f"{path} is sealed. Name the file of the key that opens it with --identity FILE." in drill().err
    assert drill("--identity", str(tmp_path / "none")).code == 4
    assert "holds no key of age" in drill("--identity", str(timpora.db)).err
    other = pytest.importorskip("pyrage").x25519.Identity.generate()
    (tmp_path / "other.txt").write_text(str(other), encoding="utf-8")
    wrong = drill("--identity", str(tmp_path / "other.txt"))
    assert (wrong.code, wrong.out) == (1, "")
    assert "it is sealed to another, or the file is damaged" in wrong.err
    path.write_bytes(path.read_bytes()[:-100])
    assert drill("--identity", str(key)).code == 1
    assert not [one for one in timpora.db.parent.iterdir() if one.name.startswith(".timpora-")]


@pytest.mark.slow
def test_a_recipient_that_is_none_is_refused(timpora: "Timpora", folder: Path) -> None:
    pytest.importorskip("pyrage")
    assert timpora.refused(2, "backup", "--encrypt-to", "ann@example.org") == (
        '--encrypt-to "ann@example.org" is no recipient of age. It begins with age1, and age-keygen prints it.\n'
    )
    assert not folder.exists()


def test_without_the_extra_it_says_what_to_install(
    timpora: "Timpora", folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    assert 'pip install "timpora[encrypt]"' in timpora.refused(1, "backup", "--encrypt-to", "age1x")
