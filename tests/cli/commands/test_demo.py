"""`timpora demo`: the example register, which never touches the officer's own."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from timpora_cli.actions import demo as example

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora


class Interrupted(Exception):
    """Something that nobody foresaw."""


@pytest.mark.slow
def test_the_demo_never_touches_the_officers_register(timpora: "Timpora", empty: "Timpora", tmp_path: Path) -> None:
    before = empty.db.read_bytes()
    files = sorted(tmp_path.iterdir())
    shown = empty.answer("demo")
    assert shown == timpora.answer("demo", "--db", str(empty.db), "--officer", "x")
    assert empty.db.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == files


@pytest.mark.slow
def test_the_demo_shows_both_answers_and_what_was_decided_as_tables(timpora: "Timpora") -> None:
    shown = timpora.answer("demo")
    listed = timpora.answer("expiring", "--before", "2020-09-21", "--format", "table")
    counted_ = timpora.answer("counts", "--format", "table")
    first, _blank, second = shown.partition("\n\nHow many are in each district:\n")
    assert first + "\n" == (
        "Whose permit ends before Monday 21 September 2020, as of Thursday 17 September 2020 (invented people):\n"
        + listed
    )
    assert second.startswith(counted_ + "\nWhat the meeting of that day decided:\nDecision  What is to be done")
    assert "\n       3  Tanjungpandan diawasi lebih dahulu" in second
    assert "\n\nTo try next:\n  timpora demo --keep example.db\n" in second


@pytest.mark.slow
def test_the_demo_can_be_kept_as_a_new_file_alone(timpora: "Timpora", tmp_path: Path) -> None:
    kept = tmp_path / "kept" / "example.db"
    assert f"  timpora --db {kept} expiring --within 30d --as-of 2020-09-17\n" in timpora.answer(
        "demo", "--keep", str(kept)
    )
    assert timpora.on(kept).answer("counts") == timpora.answer("counts")
    before = kept.read_bytes()
    assert timpora.refused(1, "demo", "--keep", str(kept)) == (
        f"There is already a register at {kept}; it was left as it is.\n"
    )
    assert kept.read_bytes() == before
    other = tmp_path / "notes.txt"
    other.write_text("mine", "utf-8")
    timpora.refused(1, "demo", "--keep", str(other))
    assert other.read_text("utf-8") == "mine"


@pytest.mark.slow
def test_what_the_demo_says_to_try_next_can_be_tried(
    timpora: "Timpora", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shlex

    monkeypatch.chdir(tmp_path)
    fresh = timpora.on(tmp_path / "new" / "register.db")
    lines = timpora.answer("demo").partition("\nTo try next:\n")[2].splitlines()
    assert len(lines) >= 5
    for line in lines:
        assert fresh(*shlex.split(line)[1:]).code == 0, line
    assert "Tanjungpandan" in (tmp_path / "brief.html").read_text("utf-8")


@pytest.mark.slow
def test_an_example_that_cannot_be_filled_leaves_no_file(
    timpora: "Timpora", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise Interrupted

    monkeypatch.setattr(example, "fill", fail)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Interrupted):
        timpora("demo", "--keep", str(tmp_path / "example.db"))
    assert sorted(tmp_path.iterdir()) == before
