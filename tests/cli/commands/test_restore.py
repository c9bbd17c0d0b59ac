"""`timpora restore`: a backup is verified, shown against the register, and swapped in; what was there is kept."""

import json
import os
import re
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from timpora_cli.store import connect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import AtTerminal, Timpora
    from tests.conftest import EarlierRegister

MORNING = datetime(2099, 9, 17, 3, 5, tzinfo=UTC)
HELD = re.compile(r"change (\d+) of \S+ \S+, (\d+) people on record, head [0-9a-f]{16}")


@pytest.fixture
def backup(timpora: "Timpora") -> Path:
    """A backup of the example register."""
    timpora.clock.machine = MORNING
    file = json.loads(timpora.answer("backup", "--format", "json"))["file"]
    timpora.clock.machine += timedelta(hours=1)
    return Path(file)


def edited(timpora: "Timpora", note: str = "seen") -> None:
    timpora.answer("resident", "edit", "1", "--note", note)


def kept(timpora: "Timpora") -> list[Path]:
    return sorted(timpora.db.parent.glob("demo.db.replaced-*"))


def beside(timpora: "Timpora") -> set[str]:
    return {one.name for one in timpora.db.parent.iterdir()}


@pytest.mark.slow
def test_a_backup_is_put_back_and_the_register_as_it_was_is_kept(timpora: "Timpora", backup: Path) -> None:
    listed, before = timpora.answer("resident", "list"), sorted(timpora.dump())
    timpora.answer("resident", "add", "--name", "Ann Newly Invented", "--nationality", "AUS")
    edited(timpora)
    edited_since = timpora.dump()
    first, second, third, *done = timpora.answer("restore", str(backup), "--yes", "--yes-older").splitlines()
    assert first.startswith(f"The backup {backup} is whole: change ")
    assert second.startswith(f"The register {timpora.db}: change ")
    (in_backup, people), (in_register, more) = HELD.findall(first)[0], HELD.findall(second)[0]
    assert (int(in_register) - int(in_backup), int(more) - int(people)) == (2, 1)
    assert third == "The register holds 2 later changes, which the backup lacks."
    assert done == [
        f"Restored: {timpora.db}.",
        f"The register as it was is kept as {timpora.db}.replaced-20990917T110500.",
    ]
    assert timpora.answer("resident", "list") == listed
    assert sorted(timpora.dump()) == before
    assert stat.S_IMODE(timpora.db.stat().st_mode) == 0o600
    assert timpora.on(kept(timpora)[0]).dump() == edited_since
    assert timpora("verify").code == 0
    edited(timpora)


@pytest.mark.slow
def test_it_answers_a_program_with_one_object(timpora: "Timpora", backup: Path) -> None:
    edited(timpora)
    words = ("restore", str(backup), "--yes", "--yes-older", "--format", "json")
    told = json.loads(timpora.answer(*words))
    assert (told["file"], told["relation"], told["people"]) == (str(backup), "OLDER", 49)
    assert told["change_before"] == told["change"] + 1
    assert told["kept"] == str(kept(timpora)[0])


def refused(timpora: "Timpora", code: int, *words: str) -> str:
    """What a restore that is refused with `code` says; it has changed nothing."""
    before, names = timpora.db.read_bytes() if timpora.db.is_file() else None, beside(timpora)
    given = timpora("restore", *words)
    assert given.code == code, given.err
    assert (timpora.db.read_bytes() if timpora.db.is_file() else None) == before
    assert beside(timpora) == names
    return given.err.removeprefix("timpora: ")


@pytest.mark.slow
def test_later_changes_are_not_lost_unless_somebody_says_so(timpora: "Timpora", backup: Path) -> None:
    edited(timpora)
    assert refused(timpora, 1, str(backup), "--yes") == (
        "The register holds changes that the backup lacks: 1. They would be lost, so nothing was restored.\n"
        "Restore it all the same with --yes-older; the register as it is now is kept beside.\n"
    )


@pytest.mark.slow
def test_two_histories_that_went_apart_are_said_to_be_so(timpora: "Timpora", backup: Path) -> None:
    timpora.on(backup).answer("resident", "edit", "1", "--note", "in the copy")
    edited(timpora, "in the register")
    edited(timpora, "and again")
    given = timpora("restore", str(backup), "--yes")
    assert given.code == 1
    assert given.lines[2] == "The two begin alike and then differ; 2 changes are in the register alone."
    assert timpora("restore", str(backup), "--yes", "--yes-older").code == 0


@pytest.mark.slow
def test_a_backup_that_is_further_on_needs_no_more_than_a_yes(timpora: "Timpora", backup: Path) -> None:
    timpora.on(backup).answer("resident", "edit", "1", "--note", "later")
    given = timpora.answer("restore", str(backup), "--yes")
    assert "The backup holds all changes of the register, and later ones." in given


@pytest.mark.slow
def test_without_a_yes_nothing_is_restored(timpora: "Timpora", backup: Path, typing: "AtTerminal") -> None:
    assert "Put the backup in place of the register?" in refused(timpora, 2, str(backup))
    before = timpora.db.read_bytes()
    given = typing("restore", str(backup), keys="n\n")
    assert given.code == 1
    assert "Both hold the same changes." in given.out
    assert "Nothing was restored." in given.err
    assert timpora.db.read_bytes() == before
    assert typing("restore", str(backup), keys="y\n").code == 0
    assert len(kept(timpora)) == 1


@pytest.mark.slow
def test_where_there_is_no_register_it_is_made(timpora: "Timpora", backup: Path, tmp_path: Path) -> None:
    lost = timpora.on(tmp_path / "new" / "deep" / "register.db")
    said = lost.answer("restore", str(backup)).splitlines()
    assert said[1:] == [f"There is no register at {lost.db} yet.", f"Restored: {lost.db}."]
    assert stat.S_IMODE(lost.db.parent.stat().st_mode) == 0o700
    assert lost.answer("resident", "list") == timpora.answer("resident", "list")


# A register that cannot be read


@pytest.mark.slow
def test_a_damaged_register_is_replaced_and_kept(timpora: "Timpora", backup: Path) -> None:
    raw = bytearray(timpora.db.read_bytes())
    raw[4096 : 4096 * 30] = bytes(4096 * 29)
    timpora.db.write_bytes(raw)
    given = timpora("restore", str(backup), "--yes")
    assert given.code == 0, given.err
    assert f"The register {timpora.db} cannot be read." in given.out
    assert [one.read_bytes() for one in kept(timpora)] == [raw]
    assert timpora("verify").code == 0


@pytest.mark.slow
def test_a_journal_without_its_register_is_not_taken_for_that_of_the_backup(timpora: "Timpora", backup: Path) -> None:
    timpora.db.unlink()
    timpora.db.with_name("demo.db-journal").write_bytes(b"left over")
    timpora.answer("restore", str(backup))
    assert not timpora.db.with_name("demo.db-journal").exists()
    assert timpora("verify").code == 0


@pytest.mark.slow
def test_another_file_in_the_place_of_the_register_is_not_replaced_unasked(timpora: "Timpora", backup: Path) -> None:
    timpora.db.write_text("a letter", encoding="utf-8")
    assert "is no register of timpora that can be read" in refused(timpora, 1, str(backup), "--yes")
    assert timpora("restore", str(backup), "--yes", "--yes-other").code == 0
    assert kept(timpora)[0].read_text(encoding="utf-8") == "a letter"


def test_a_folder_in_the_place_of_the_register_is_refused(timpora: "Timpora", backup: Path) -> None:
    timpora.db.unlink()
    timpora.db.mkdir()
    assert "is not a timpora register" in refused(timpora, 5, str(backup), "--yes", "--yes-other")


def test_a_register_of_a_newer_program_is_not_replaced(timpora: "Timpora", backup: Path) -> None:
    with closing(sqlite3.connect(timpora.db)) as other:
        other.execute(f"PRAGMA user_version = {connect.SCHEMA_VERSION + 1}")
    assert "is from a newer timpora" in refused(timpora, 5, str(backup), "--yes", "--yes-other", "--yes-older")


# A file that cannot be restored


def zeroed(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[4096 : 4096 * 30] = bytes(4096 * 29)
    path.write_bytes(raw)


def altered(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE resident SET full_name = 'Somebody Else' WHERE id = 1")
        connection.commit()


def of_a_newer_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {connect.SCHEMA_VERSION + 1}")


def of_another_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")


def in_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


UNUSABLE: "dict[str, Callable[[Path], object]]" = {
    "it is damaged": zeroed,
    "was altered": altered,
    "it is from a newer timpora; install that first": of_a_newer_program,
    "it is no register of timpora": of_another_program,
    " it is no register of timpora": lambda path: path.write_text("a letter", encoding="utf-8"),
    "  it is no register of timpora": lambda path: path.write_bytes(b""),
    "it is damaged: database disk image is malformed": lambda path: path.write_bytes(path.read_bytes()[:90_000]),
    "it is no file": in_a_folder,
}


@pytest.mark.slow
@pytest.mark.parametrize("said", UNUSABLE)
def test_a_file_that_is_no_good_backup_is_refused_with_the_reason(timpora: "Timpora", backup: Path, said: str) -> None:
    UNUSABLE[said](backup)
    told = refused(timpora, 1, str(backup), "--yes", "--yes-older", "--yes-other")
    assert told.startswith(f"{backup} cannot be restored: ")
    assert said.strip().partition(":")[0] in told
    assert told.endswith(" The register is as it was.\n")


def test_a_file_that_is_not_there_is_not_found(timpora: "Timpora", backup: Path) -> None:
    assert refused(timpora, 4, str(backup.with_name("none.db"))).startswith("There is no file ")


@pytest.mark.slow
def test_a_backup_of_another_register_is_refused_unless_that_is_meant(timpora: "Timpora", backup: Path) -> None:
    other = timpora.on(timpora.db.parent / "other.db")
    other.answer("init")
    said = refused(timpora, 1, str(other.db), "--yes", "--yes-older")
    assert said == (
        f"{other.db} is a backup of another register than {timpora.db}, so nothing was restored.\n"
        "Name the right register with --db FILE, or put it in that place with --yes-other.\n"
    )
    assert "The backup is of another register." in timpora.answer("restore", str(other.db), "--yes", "--yes-other")


@pytest.mark.slow
def test_a_backup_of_an_older_program_is_brought_up_to_date_and_stays_as_it_is(
    timpora: "Timpora", earlier_register: "EarlierRegister", tmp_path: Path
) -> None:
    older = earlier_register(9)
    before = older.read_bytes()
    new = timpora.on(tmp_path / "new" / "register.db")
    given = new("restore", str(older))
    assert (given.code, older.read_bytes()) == (0, before)
    assert given.err == "The backup is from an older timpora (version 9); what was restored is up to date.\n"
    assert new("verify").code == 0
    # Brought up to date in its own way, the register holds nothing that the older backup lacks.
    assert timpora.on(older)("init").code == 0
    again = timpora.on(older)("restore", str(older.with_name(f"{older.name}.v9")), "--yes")
    assert (again.code, again.lines[2]) == (0, "Both hold the same changes.")


# Others at the same time


@pytest.mark.slow
def test_a_change_that_comes_while_it_is_asked_is_not_lost(
    timpora: "Timpora", backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from timpora_cli.cli.options import undoing

    def meanwhile(_sure: object, _question: str) -> bool:
        with closing(sqlite3.connect(timpora.db)) as other:
            other.execute("INSERT INTO change VALUES (9999, '2099-09-17T03:05:01.000Z', 'o', 'h', 'x', NULL, 'r', 'd')")
            other.commit()
        return True

    monkeypatch.setattr(undoing.Sure, "says", meanwhile)
    given = timpora("restore", str(backup))
    assert given.code == 1
    assert "The register was changed by somebody else meanwhile. Nothing was restored." in given.err
    assert kept(timpora) == []
    assert timpora.changes()[-1][1] == "x"


@pytest.mark.slow
def test_a_command_that_waited_for_the_register_is_told_that_it_was_replaced(timpora: "Timpora", backup: Path) -> None:
    with connect.writing(timpora.db) as connection:
        timpora.answer("restore", str(backup), "--yes")
        connection.execute("BEGIN IMMEDIATE")
        with (
            pytest.raises(connect.RegisterReplaced, match="was replaced by another file"),
            connect.sqlite_faults_named(timpora.db),
        ):
            connection.execute("UPDATE setting SET value = 'Atlantis' WHERE key = 'time_zone'")
    assert "Atlantis" not in str(timpora.on(kept(timpora)[0]).dump())


@pytest.mark.slow
def test_while_somebody_writes_a_restore_waits_and_then_gives_up(timpora: "Timpora", backup: Path) -> None:
    with closing(sqlite3.connect(timpora.db, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        said = refused_while_locked(timpora, backup)
        other.execute("ROLLBACK")
    assert "is busy: another program has been writing to it" in said


def refused_while_locked(timpora: "Timpora", backup: Path) -> str:
    given = timpora("restore", str(backup), "--yes", "--wait", "0")
    assert (given.code, kept(timpora)) == (5, [])
    return given.err


@pytest.mark.slow
def test_a_swap_that_the_disk_does_not_confirm_is_said_with_what_is_kept(
    timpora: "Timpora", backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, folder = os.fsync, timpora.db.parent

    def fail(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        if path == folder and kept(timpora) and timpora.db.stat().st_ino != kept(timpora)[0].stat().st_ino:
            raise OSError(5, os.strerror(5))
        usual(descriptor)

    monkeypatch.setattr(os, "fsync", fail)
    given = timpora("restore", str(backup), "--yes")
    assert given.code == 1
    assert given.err == (
        "timpora: The register was restored, but the disk did not confirm that it keeps it: Input/output error.\n"
        f"The register as it was is kept as {kept(timpora)[0]}. Look after the disk.\n"
    )


def test_a_disk_without_room_for_the_scratch_file_changes_nothing(
    timpora: "Timpora", backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object, **_named: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("tempfile.mkdtemp", full)
    assert refused(timpora, 1, str(backup), "--yes") == (
        f"{backup} was not restored: No space left on device. The register is as it was.\n"
    )


# Sealed


@pytest.mark.slow
def test_a_sealed_backup_is_put_back_with_its_key(timpora: "Timpora", tmp_path: Path) -> None:
    pyrage = pytest.importorskip("pyrage")
    identity = pyrage.x25519.Identity.generate()
    (tmp_path / "key.txt").write_text(f"# made up\n{identity}\n", encoding="utf-8")
    before = sorted(timpora.dump())
    words = ("backup", "--encrypt-to", str(identity.to_public()), "--format", "json")
    file = json.loads(timpora.answer(*words))["file"]
    edited(timpora)
    assert "is sealed. Name the file of the key" in refused(timpora, 2, file, "--yes")
    timpora.answer("restore", file, "--identity", str(tmp_path / "key.txt"), "--yes", "--yes-older")
    assert sorted(timpora.dump()) == before
