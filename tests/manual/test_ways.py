"""The ways through the program that `timpora help house` lists: the files that a run enters, recorded and compared.

`TIMPORA_GOLDEN=write .venv/bin/pytest -n 0 tests/manual/test_ways.py` writes the lists anew.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.documents import SOURCE, run
from timpora_cli import manual

WRITING = os.environ.get("TIMPORA_GOLDEN") == "write"
HOUSE = manual.PAGES / "house.md"
# Every way passes these, so they are not listed.
GROUND = ("errors.py", "language.py", "model/names.py", "model/dates.py", "model/almanac.py", "model/date_faults.py")
TALK = "cli/talk/"
FUNCTIONS = 3  # that are named of each file, at most
SHEET = (
    "Nama,No Paspor,Kewarganegaraan,Jenis Izin,Nomor Izin,Tanggal Terbit,Tanggal Berakhir,Desa\n"
    "Contoh Lain,X9000001,Australia,ITAS,2C21DEMO9301,2020-01-02,2021-01-01,Air Merbau\n"
)
WAYS = {
    "expiring": ("expiring", "--before", "2020-09-21", "--as-of", "2020-09-17"),
    "permit extend": ("permit", "extend", "40", "--expires", "2199-12-31"),
    "import": ("import", "one.csv"),
}
# Written for a process of its own: the functions of the package that are called from another file, by their file. What
# is called while a module is imported is no step of the way.
RECORDER = """
import json, sys
from pathlib import Path
entered, folder = {}, None
def file_of(frame):
    return Path(frame.f_code.co_filename)
def note(frame, event, _argument):
    path = file_of(frame)
    if event != "call" or not path.is_relative_to(folder) or frame.f_code.co_name.startswith("<"):
        return
    above = frame.f_back
    called_from = file_of(above) if above else None
    while above is not None:
        if above.f_code.co_name == "<module>" and file_of(above).is_relative_to(folder):
            return
        above = above.f_back
    functions = entered.setdefault(path.relative_to(folder).as_posix(), [])
    if called_from != path and frame.f_code.co_qualname not in functions:
        functions.append(frame.f_code.co_qualname)
from timpora_cli.cli.app import answered
import timpora_cli
folder = Path(timpora_cli.__file__).parent
sys.setprofile(note)
code = answered()
sys.setprofile(None)
Path("way.json").write_text(json.dumps([code, list(entered.items())]))
"""


def listed(way: str) -> list[str]:
    """The lines of a way, as the page has them."""
    text = HOUSE.read_text(encoding="utf-8").partition(f"\n## The way of {way}\n")[2]
    return [line for line in text.partition("\n## ")[0].splitlines() if line.startswith("- ")]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example register, as `timpora demo --keep` writes it."""
    folder = tmp_path_factory.mktemp("example")
    run("timpora demo --keep example.db", folder)
    return folder / "example.db"


def recorded(way: str, folder: Path) -> list[str]:
    """The lines that a run of a way in a folder would have: each file but the ground, with functions called there."""
    environment = {"PYTHONPATH": str(SOURCE), "HOME": str(folder), "TIMPORA_OFFICER": "way"}
    words = [sys.executable, "-c", RECORDER, "--db", "example.db", *WAYS[way]]
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    code, entered = json.loads((folder / "way.json").read_text(encoding="utf-8"))
    assert code == 0
    return [
        f"- `{path}` {', '.join(shown(functions)[:FUNCTIONS])}"
        for path, functions in entered
        if path not in GROUND and not path.startswith(TALK)
    ]


def shown(functions: list[str]) -> list[str]:
    """The functions that a reader looks for first: public ones, where there are any."""
    named = [name for name in functions if "<" not in name]
    return [name for name in named if not name.rpartition(".")[2].startswith("_")] or named


@pytest.mark.parametrize("way", WAYS)
def test_the_page_lists_the_files_of_a_way_with_functions_called_there(way: str, example: Path, tmp_path: Path) -> None:
    (tmp_path / example.name).write_bytes(example.read_bytes())
    (tmp_path / "one.csv").write_text(SHEET, encoding="utf-8")
    lines = recorded(way, tmp_path)
    if WRITING:
        page = HOUSE.read_text(encoding="utf-8")
        before, heading, after = page.partition(f"\n## The way of {way}\n")
        _old, next_heading, rest = after.partition("\n## ")
        now = "".join(f"{line}\n" for line in ["", *lines])
        HOUSE.write_text(before + heading + now + next_heading + rest, encoding="utf-8")
    assert listed(way) == lines
