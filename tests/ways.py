"""The ways of three commands through the package: which files each enters, and in each which functions.

`python -m tests.ways` prints them as Markdown, as the manual has them (timpora_cli/manual/house.md). The test of the
ways writes that page where TIMPORA_GOLDEN=write asks for it.
"""

import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import wrap
from typing import NamedTuple

WIDTH = 79
SOURCE = Path(__file__).parents[1]
GROUND = (
    "errors.py",
    "language.py",
    "files.py",
    "data/",
    "model/names.py",
    "model/dates/",
    "cli/talk/",
)
"""What any file may use, and a reader knows: errors, the language, files, shipped tables, names, dates, and stderr."""
REASONS: Mapping[str, str] = {
    "cli/frame/options.py": "options are declared and read apart from what a command is",
    "cli/options/filters.py": "what narrows a list is apart from how it is written",
    "store/clock.py": "every answer says where the machine's clock cannot be right",
    "queries/rows.py": "every query makes its records of rows in one way",
    "store/presence.py": "what holds between the rows of one person is checked in one place, before every commit",
    "store/whole/schema.py": "whether rules and views are as timpora made them is checked before every command",
    "render/text.py": "what people read in place of a value is the same in every list and on every card",
}
"""Why a way enters a file beyond its limit, by the file."""
SHEET = "Nama,No Paspor,Kewarganegaraan,Jenis Izin,Tanggal Berakhir\nBaru Diimpor,Z000001,Jerman,ITAS,2021-01-01\n"
RECORDER = """
import sys
from pathlib import Path

import timpora_cli
from timpora_cli.cli import app

PACKAGE = str(Path(timpora_cli.__file__).parent) + "/"
entered = {}
loading = 0

def note(frame, event, argument):
    global loading
    code = frame.f_code
    if code.co_name == "<module>":
        loading += {"call": 1, "return": -1}.get(event, 0)
    elif event == "call" and not loading and code.co_filename.startswith(PACKAGE):
        entered.setdefault((code.co_filename.removeprefix(PACKAGE), code.co_qualname))

sys.setprofile(note)
code = app.answered()
sys.setprofile(None)
for file, name in entered:
    print(file, name, file=sys.stderr)
sys.exit(code)
"""


class Way(NamedTuple):
    """One command line, and how many files it may enter besides the ground.

    `limit` is for files without a reason of their own in REASONS, `most` for all.
    """

    name: str
    words: Sequence[str]
    limit: int
    most: int


WAYS = (
    Way("expiring", ("expiring", "--before", "2020-09-21", "--as-of", "2020-09-17"), 14, 19),
    Way(
        "permit extend",
        ["permit", "extend", "1", "--expires", "2022-05-31", "--issued", "2020-09-15", "--number", "2C21DEMO9002"],
        14,
        19,
    ),
    Way("import", ("import", "sheet.csv"), 24, 28),
)


def entered(way: Way) -> dict[str, list[str]]:
    """Return the files that a command enters in the example register, in order, each with its functions in order.

    The ground is left out, and so is what runs while a module is loaded.
    """
    environment = {"PYTHONPATH": str(SOURCE), "TIMPORA_DB": "example.db", "TIMPORA_OFFICER": "a made-up officer"}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "sheet.csv").write_text(SHEET, encoding="utf-8")
        demo = [sys.executable, "-m", "timpora_cli", "demo", "--keep", "example.db"]
        subprocess.run(demo, cwd=folder, env=environment, check=True, capture_output=True)
        command = [sys.executable, "-c", RECORDER, *way.words]
        run = subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, text=True)
    found: dict[str, list[str]] = {}
    for line in run.stderr.splitlines():
        file, qualified = line.split(" ", 1)
        name = qualified.partition(".<")[0].strip("<>")
        if not file.startswith(GROUND) and name not in found.setdefault(file, []):
            found[file].append(name)
    return found


def written(way: Way) -> str:
    """Return the way as Markdown: a heading, and each file with its public functions."""
    lines = [f"## The way of {way.name}", ""]
    for file, names in entered(way).items():
        reason = f" ({REASONS[file]})" if file in REASONS else ""
        public = [name for name in names if not name.rpartition(".")[2].startswith(("_", "lambda"))]
        line = f"- `{file}`{reason}: {', '.join(public or names)}"
        lines += wrap(line, WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines)


def all_written() -> str:
    """Return all the ways as Markdown."""
    return "\n\n".join(written(way) for way in WAYS) + "\n"


if __name__ == "__main__":
    sys.stdout.write(all_written())
