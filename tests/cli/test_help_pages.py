"""Every command's page, and every example on it, run as it stands."""

import re
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer
import typer.main

from timpora_cli.cli import app
from timpora_cli.cli.frame.base import Reading, commands_of
from timpora_cli.cli.frame.page import examples_of

if TYPE_CHECKING:
    from tests.cli.conftest import Golden, PassportLines, Timpora

ON_RECORD = ("resident", "add", "--name", "Ann Invented", "--nationality", "AUS", "--village", "Air Merbau")
FIRST_PERMIT = [
    "permit",
    "add",
    "1",
    "--class",
    "KITAS",
    "--number",
    "2C21DEMO9001",
    "--issued",
    "2020-06-01",
    "--expires",
    "2021-05-31",
]
# The examples that begin in a register of the office's own: what has to be done there before.
OF_THE_FIRST_DAY: Mapping[tuple[str, ...], Sequence[Sequence[str]]] = {
    ("permit", "add"): [ON_RECORD],
    ("permit", "convert"): [ON_RECORD, FIRST_PERMIT],
    ("permit", "extend"): [ON_RECORD, FIRST_PERMIT],
}
ADD_MEETING = ("meeting", "add", "--level", "district", "--place", "Contoh", "--theme")
INVITE = ("invite", "1", "Polsek Tanjungpandan: Kapolsek")
A_MEETING = [
    (*ADD_MEETING, "Rapat", "--on", "2020-09-17"),
    ("meeting", *INVITE),
    (*ADD_MEETING, "Rapat kedua", "--on", "2020-09-10"),
]
A_DECISION = ("meeting", "decide", "1", "Contoh", "--owner", "Camat", "--due", "2020-10-31")
SOMEBODY_CAME = [
    ("meeting", "attend", meeting, "Desa Contoh", "--uninvited", "--name", "Contoh Satu") for meeting in ("1", "2")
]
# What has to be done in the example register before, for there to be something to show or to take back.
BEFORE: Mapping[tuple[str, ...], Sequence[Sequence[str]]] = {
    ("undo",): [("resident", "edit", "1", "--note", "a slip")],
    ("backup",): [("backup",)],
    ("redo",): [("resident", "edit", "1", "--note", "a slip"), ("undo", "--yes")],
    ("check",): [("check", "accept", "UNKNOWN_VILLAGE-42", "--reason", "lives on a boat")],
    ("sponsor", "remove"): [
        ("sponsor", "edit", "1", "--name", "PT Contoh"),
        ("resident", "edit", "1", "--sponsor", ""),
    ],
    ("holiday", "list"): [("holiday", "add", "2020-12-25", "Contoh")],
    ("case", "close"): [("case", "step", "2", step) for step in ("1", "2", "3")],
    ("case", "reopen"): [("case", "close", "2", "--as", "rejected", "--note", "nobody there")],
    **{("meeting", verb): A_MEETING for verb in ("show", "list", "edit", "invite", "attend", "agenda", "report")},
    ("meeting", "decide"): [*A_MEETING, *[A_DECISION] * 2],
    ("meeting", "close"): [*A_MEETING, A_DECISION, *SOMEBODY_CAME],
    ("letters", "list"): [("letters", "--before", "2020-09-21", "--sponsor", "Timah", "--output", "letters")],
    ("expiring",): [("permit", "edit", "2C21DEMO0001", "--expires", "unlimited")],
}
# The documented exit code of those that end well with another one, in the example register.
CODES: Mapping[str, int] = {
    "timpora check": 1,
    "timpora check --format json": 1,
    "timpora expiring --monitor --warning 30d --critical 7d": 2,
    "timpora status --stale 26h --exit-code --format json": 3,
}
REGIONS = (
    "kode,nama\n19,Kepulauan Bangka Belitung\n19.71,Kota Contoh\n19.71.01,Kecamatan Contoh\n19.71.01.1001,Contoh\n"
)
SHEET = (
    "Nama,No Paspor,Kewarganegaraan,Jenis Izin,Nomor Izin,Tanggal Terbit,Tanggal Berakhir\n"
    "Contoh Lain,X9000001,AUS,ITAS,2C21DEMO9301,2020-01-02,2021-01-01\n"
)


ROOT = typer.main.get_command(app.app)
assert isinstance(ROOT, app.Root)
COMMANDS = dict(commands_of(ROOT))
EXAMPLES = [(words, line) for words, command in COMMANDS.items() for line in examples_of(command)]


def given_files(folder: Path, line: str) -> None:
    """Put the files that an example names beside it; a header that it maps stands in its sheet."""
    mapped = re.search(r'--map "(.+?)=expires"', line)
    sheet = SHEET.replace("Tanggal Berakhir", mapped[1]) if mapped else SHEET
    holidays = "tanggal,nama\n2020-12-25,Contoh\n"
    lists = dict.fromkeys(("residents.csv", "dukcapil.csv", "opensid.csv"), sheet)
    files = {"wilayah.csv": REGIONS, "regions.csv": REGIONS, "libur.csv": holidays, **lists}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    if ".xlsx" in line:
        from openpyxl import Workbook

        book = Workbook()
        for row in sheet.splitlines():
            book.worksheets[0].append(row.split(","))
        book.save(folder / "residents.xlsx")


def a_backup(timpora: "Timpora", folder: Path, named: Path) -> None:
    """Have a backup of the register under the name that an example gives it, sealed to key.txt where it is sealed."""
    sealed = []
    if named.suffix == ".age":
        identity = pytest.importorskip("pyrage").x25519.Identity.generate()
        (folder / "key.txt").write_text(f"{identity}\n", encoding="utf-8")
        sealed = ["--encrypt-to", str(identity.to_public())]
    timpora.answer("backup", *sealed)
    (made,) = (folder / "backups").glob("timpora-*")
    made.rename(folder / named)


@pytest.mark.slow
@pytest.mark.parametrize(("words", "line"), EXAMPLES, ids=[line for _words, line in EXAMPLES])
def test_every_example_runs_as_it_stands(
    timpora: "Timpora",
    empty: "Timpora",
    monkeypatch: pytest.MonkeyPatch,
    passport_lines: "PassportLines",
    words: tuple[str, ...],
    line: str,
) -> None:
    folder = timpora.db.parent
    monkeypatch.chdir(folder)
    given_files(folder, line)
    first, second = passport_lines()
    program, *typed = [{"LINE1": first, "LINE2": second}.get(word, word) for word in shlex.split(line)]
    assert program == "timpora"
    for before in OF_THE_FIRST_DAY.get(words, ()):
        empty.answer(*before)
    for before in BEFORE.get(words, ()):
        timpora.answer(*before)
    for named in re.findall(r"backups/\S+", line):
        a_backup(timpora, folder, Path(named))
    driven = empty if words in OF_THE_FIRST_DAY else timpora
    if words == ("init",):
        driven = timpora.on(folder / "new" / "register.db")
    given = driven(*typed)
    assert given.code == CODES.get(line, 0), given.err
    assert "timpora:" not in given.err
    assert given.out or " --output " in line


@pytest.mark.one_in(4)
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_each_page_has_a_summary_a_usage_and_examples(timpora: "Timpora", words: tuple[str, ...]) -> None:
    page = timpora.answer(*words, "--help")
    usage, _blank, summary = page.splitlines()[:3]
    assert usage.startswith(f"Usage: timpora {' '.join(words)} [OPTIONS]")
    assert summary.strip()
    assert summary.startswith("  ")
    section = page.partition("\nExamples:\n")[2]
    lines = section.splitlines()
    assert lines
    assert all(line.startswith("  timpora ") for line in lines)
    assert any(
        tuple(shlex.split(line)[1:])[: len(words)] == words or f" {' '.join(words)} " in f"{line} " for line in lines
    )
    assert all(len(line) <= 80 for line in page.partition("\nExamples:\n")[0].splitlines())
    assert timpora.answer(*words, "-h") == page


@pytest.mark.one_in(7)
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_two_clocks_stand_on_the_page_of_every_reading_command_alone(
    timpora: "Timpora", words: tuple[str, ...]
) -> None:
    page = timpora.answer(*words, "--help")
    reads = isinstance(COMMANDS[words], Reading)
    assert ("--as-of DATE" in page) == reads
    assert ("--known-at WHEN" in page) == reads


@pytest.mark.one_in(9)
@pytest.mark.parametrize("clock", [("--as-of", "2020-09-01"), ("--known-at", "2020-09-01")], ids=["as-of", "known-at"])
@pytest.mark.parametrize(
    "words", [words for words, command in COMMANDS.items() if not isinstance(command, Reading)], ids=" ".join
)
def test_a_command_that_does_not_read_refuses_both_clocks(
    timpora: "Timpora", words: tuple[str, ...], clock: tuple[str, str]
) -> None:
    needed = [
        "x" for parameter in COMMANDS[words].params if parameter.param_type_name == "argument" and parameter.required
    ]
    for line in ((*words, *needed, *clock), (*clock, *words, *needed)):
        said = timpora.refused(2, *line)
        assert said.startswith(f"{' '.join(words)} ")
        assert said.endswith("; --as-of and --known-at are for reading commands.\n")


def test_the_root_page(timpora: "Timpora", golden: "Golden") -> None:
    golden("cli_help.txt", timpora.answer("--help", COLUMNS="80"))


def test_the_page_of_the_main_command(timpora: "Timpora", golden: "Golden") -> None:
    golden("cli_help_expiring.txt", timpora.answer("expiring", "--help", COLUMNS="80"))


def test_the_root_page_names_every_command_there_is(timpora: "Timpora") -> None:
    page = timpora.answer("--help")
    listed = page.partition("\nCommands:\n")[2].partition("\n\n")[0]
    names = [line.split()[0] for line in listed.splitlines() if not line.startswith("   ")]
    assert names == list(dict.fromkeys(words[0] for words in COMMANDS))


def test_version_says_which(timpora: "Timpora") -> None:
    assert timpora.answer("--version").startswith("timpora ")


@pytest.mark.parametrize(
    "before_and_after",
    [
        ("--db {db} counts", "counts --db {db}"),
        ("--as-of 2020-06-01 counts", "counts --as-of 2020-06-01"),
        ("--db {db} --as-of 2020-06-01 resident list", "resident --db {db} list --as-of 2020-06-01"),
        ("--known-at today permit list", "permit list --known-at today"),
    ],
)
def test_what_stands_everywhere_may_stand_before_and_after(
    timpora: "Timpora", empty: "Timpora", before_and_after: tuple[str, str]
) -> None:
    before, after = (shlex.split(line.format(db=timpora.db)) for line in before_and_after)
    elsewhere = empty if "--db" in before else timpora
    assert elsewhere.answer(*before) == elsewhere.answer(*after)
    if "--db" in before:
        assert elsewhere.answer(*before) != empty.answer("counts")
