"""A file of ours says by itself whether it was edited, and no spreadsheet runs a cell of it as a formula."""

import csv
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from timpora_cli.model.names import inert
from timpora_cli.sheets.seal import SealedFile, bare, is_seal, made, safe

if TYPE_CHECKING:
    from collections.abc import Sequence

HEADER = ("name", "two\nlines", "reason")


def sealed(path: Path, *rows: "Sequence[str]", header: "Sequence[str]" = HEADER) -> Path:
    with path.open("wb") as file:
        whole = SealedFile(file, header)
        for row in rows:
            whole.write(row)
        whole.seal()
    return path


def test_a_file_is_known_as_unedited_until_one_letter_of_it_changes(tmp_path: Path) -> None:
    path = sealed(tmp_path / "r.csv", ("Ann", "a\r b\rc", '"', ""), ("Bée", "\udc80", "", ""))
    assert made(path) == "unedited"
    content = path.read_bytes()
    for at in (*range(len(content)), None):
        edited = content + b"\n" if at is None else content[:at] + bytes([content[at] ^ 2]) + content[at + 1 :]
        path.write_bytes(edited)
        assert made(path) in {"edited", "foreign"}
    path.write_bytes(content.replace(b"\n", b"\r\n"))
    assert made(path) == "edited"
    path.write_bytes(content)
    assert made(path) == "unedited"


def test_a_file_without_a_seal_is_of_another_making_and_so_is_what_is_no_file(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    assert made(path) == "nothing"
    path.write_text("name,line,reason\nAnn,2,why\n")
    assert made(path) == "foreign"
    assert made(tmp_path) == "foreign"
    os.mkfifo(tmp_path / "pipe")
    assert made(tmp_path / "pipe") == "foreign"
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    assert made(tmp_path / "link") == "foreign"


def test_a_file_that_may_not_be_read_is_said_to_be_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(_path: Path, _mode: str) -> None:
        raise PermissionError

    path = sealed(tmp_path / "r.csv")
    monkeypatch.setattr(Path, "open", closed)
    assert made(path) == "closed"


def test_the_seal_is_the_last_header(tmp_path: Path) -> None:
    with sealed(tmp_path / "r.csv", ("Ann", "", "", "")).open(newline="") as file:
        header, row = csv.reader(file)
    assert (header[:-1], is_seal(header[-1]), row) == (list(HEADER), True, ["Ann", "", "", ""])
    assert not is_seal("timpora")
    assert not is_seal("timpora 0123")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "=1+1",
            "+62 812",
            "-x",
            "@a",
            "'=1",
            "''=1",
            "\t=1",
            "＝1",
            "'",
            "''",
            "'t Hooft",
            "-",
            "-1,5",
            "Ann",
            "",
            " =1",
        ),
        *("Ann;=1", "Ann;'=1", "Ann\t@a;''+1", "'Ann'\n=1", "Ann;-5"),
    ],
)
def test_no_cell_runs_and_each_is_read_back_as_it_was(text: str) -> None:
    written = safe(text)
    assert bare(written) == text
    assert inert(written) == written
