"""Every awkward text through every machine format, and back through the readers that scripts have: equal, each time.

The register is filled below the command line, which would tidy a name, so that the writers meet the texts as they are.
"""

import csv
import io
import json
import shlex
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer.main

from timpora_cli.actions import law, stays
from timpora_cli.actions.family import Relative, add_relative
from timpora_cli.actions.supervision import inspections
from timpora_cli.cli import app
from timpora_cli.cli.frame.base import commands_of
from timpora_cli.cli.options.done import DoneOptions
from timpora_cli.cli.options.page import FormattedPage
from timpora_cli.model.people import Resident
from timpora_cli.store.change import Author, Change, changing

if TYPE_CHECKING:
    from tests.cli.conftest import OptionsOfCommands, Timpora
    from tests.conftest import NeedsTool, Office

pytestmark = pytest.mark.slow  # each test starts processes of its own

SOURCE = Path(app.__file__).parents[2]
AWKWARD = {
    "comma": "Invented, Ann",
    "quotes": 'Ann "Jr" O\'Invented',
    "a quote alone": '"',
    "quoted whole": '"Ann"',
    "semicolon": "Ann; Ben",
    "tab": "Ann\tInvented",
    "tab first": "\tAnn",
    "carriage return": "Ann\rInvented",
    "line feed": "Ann\nInvented",
    "both": "Ann\r\nInvented\r\n",
    "backslash": "C:\\new\\table\\",
    "escape to read": r"Ann\nInvented \u0041 \"",
    "equals": "=1+1",
    "plus": "+62 812",
    "minus": "-1",
    "at": "@SUM(A1:A9)",
    "hyphen": "-",
    "apostrophe first": "'s-Gravesande",
    "hash": "# Ann",
    "bidi override": "Ann \u202egnp.exe\u202c \u2066x\u2069",
    "emoji": "👩‍👩‍👧 🇮🇩 😀",
    "combining": "Nguye\u0302\u0303n Thi\u0323",
    "null": "null",
    "NULL": "NULL",
    "None": "None",
    "true": "true",
    "a number": "0012345",
    "an exponent": "1e5",
    "a date": "2020-09-17",
    "blanks around": "  Ann  ",
    "a blank that stays": "\u00a0Ann\u2003",
    "very long": "Wolfeschlegelstein " * 500,
    "arabic": "محمد بن سعيد",
    "hebrew and latin": "שרה Ann",
    "chinese": "李小龍",
    "line separators": "Ann\u2028Invented\u2029\u0085x",
    "separators of old": "Ann\x1cx\x1dy\x1ez\x1f",
    "a byte order mark": "\ufeffAnn",
    "escape": "\x1b[31mAnn\x1b[0m\x07\x08\x7f\x9b2J",
    "end of file": "Ann\x1a\x04",
    "non-characters": "\ud7ff\ue000\ufffd\uffff\U0010ffff",
    "braces": "{name} {0} %s $HOME `id` <b>&amp;</b>",
}
ALL = " ".join(AWKWARD.values())
EACH = frozenset(AWKWARD.values())
# A sponsor's and a permit's text has to differ in more than its letter case.
NUMBERED = frozenset(f"{text} {place}" for place, text in enumerate(AWKWARD.values()))
PEOPLE = ("name", EACH), ("permit_number", NUMBERED), ("sponsor", NUMBERED)
# Which texts the columns of a list hold at least.
HELD: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {
    "expiring --before 2020-10-01 --as-of 2020-09-17": PEOPLE,
    "expiring --passports --before 2021-01-01 --as-of 2020-09-17": PEOPLE[:1],
    "counts --by sponsor --as-of 2020-09-17": PEOPLE[2:],
    "resident list --as-of 2020-09-17": PEOPLE,
    "permit list --as-of 2020-09-17": PEOPLE[1:2],
    "check --as-of 2020-09-17": PEOPLE[:1],
    "reconcile {sheet} --as-of 2020-09-17": PEOPLE[:1],
    "history --last 1000": (("after", EACH | NUMBERED), ("officer", frozenset({ALL})), ("reason", frozenset({ALL}))),
    "holiday list": (("name", frozenset({ALL})), ("source", frozenset({ALL}))),
    "district list": (("district", frozenset({ALL})),),
    "village list": (("village", frozenset({ALL})),),
    "relief list": (("name", frozenset({ALL})), ("legal_basis", frozenset({ALL}))),
    "rule list": (("source", frozenset({ALL})),),
    "setting list": (("value", frozenset({ALL})),),
    "inspection list": tuple(
        (column, frozenset({ALL})) for column in ("officers", "place", "finding", "letter_number")
    ),
    "inspection due --as-of 2020-09-17": PEOPLE,
    "case list --as-of 2020-09-17": tuple((column, frozenset({ALL})) for column in ("report", "reporter", "owner")),
    "duties --from 2020-01-01 --as-of 2020-09-17": PEOPLE[:1],
    "procedure list": (("text_id", frozenset({ALL})), ("source", frozenset({ALL}))),
    "workflow list": (("source", frozenset({ALL})),),
    "district rank": (("district", frozenset({ALL})),),
    "purge --closed-before 2010-01-01 --reason consent": (("name", frozenset({ALL})),),
    "letters list": (("addressee", frozenset({ALL})),),
    "meeting list": (("theme", frozenset({ALL})), ("place", frozenset({ALL}))),
}
QUICK = ("resident list --as-of 2020-09-17", "counts --by sponsor --as-of 2020-09-17")
CODES = {"check --as-of 2020-09-17": 1}
FREE = ("occupation", "contact", "birthplace", "note")
TABBED = {"csv": ",", "tsv": "\t"}

Answers = Callable[[str, str], bytes]
CARDS = (
    *(("resident", "show"), ("permit", "show"), ("status",), ("relief", "explain"), ("inspection", "show")),
    *(("case", "show"), ("case", "explain"), ("meeting", "show")),
)
WITHOUT_A_TEXT_OF_ANYBODY = (
    ("verify",),
    ("trend",),
    ("report", "monthly"),
    ("schema",),
    ("import",),
    ("sponsor", "list"),
    ("sponsor", "show"),
)
every_list = pytest.mark.parametrize(
    "line", [pytest.param(line, marks=() if line in QUICK else pytest.mark.slow) for line in HELD]
)


@pytest.fixture(scope="module")
def awkward(open_office: "Callable[[], Office]", tmp_path_factory: pytest.TempPathFactory) -> Path:
    office = open_office()
    with closing(office.connection):
        for place, text in enumerate([*AWKWARD.values(), ALL]):
            numbered = f"{text} {place}"
            who = office.person(text, village=None, sponsor=numbered, passport=f"X9{place:06}")
            with office.change() as change:
                change.update("resident", who, dict.fromkeys(FREE, text))
                add_relative(change, who, Relative("CHILD", citizen_name=text))
                change.update("passport", who, {"expires_on": "2020-12-31"})
            office.permit(who, "KITAS", "2020-01-01", "2020-09-30", numbered, index_code=text, office=text)
        with changing(office.connection, Author(ALL, "a made-up host", "timpora test", ALL)) as change:
            law.add_holiday(change, date(2020, 12, 25), ALL, ALL)
            change.update("district", "19.02.01", {"name": ALL})
            change.update("village", "19.02.01.2012", {"name": ALL})
            (relief,) = office.rows("SELECT code FROM relief LIMIT 1")[0]
            change.update("relief", relief, {"name": ALL, "legal_basis": ALL})
            change.update("rule", 1, {"source": ALL})
            change.insert("setting", {"key": "office_name", "value": ALL})
            _inspect(change, who)
            _supervise(change)
        gone = office.person(ALL, village=None, arrived="2008-01-01")
        with office.change() as change:
            stays.depart(change, Resident(gone, ALL, None), date(2009, 1, 1), "DEPARTED", date(2020, 9, 17))
        return office.written_to(tmp_path_factory.mktemp("awkward") / "register.db")


def _inspect(change: Change, resident: int) -> None:
    facts = {**dict.fromkeys(("officers", "place", "finding", "letter_number"), ALL), "letter_on": "2020-09-16"}
    visited = inspections.Visited(Resident(resident, ALL, None), seen=False, found={"address": ALL, "activity": ALL})
    inspections.add(change, {"on_day": "2020-09-16", "is_urgent": 0, **facts}, [visited])


def _supervise(change: Change) -> None:
    texts = dict.fromkeys(("report", "reporter", "owner", "place"), ALL)
    change.insert("case_file", {"kind_code": "OTHER", "reported_at": "2020-09-17", **texts})
    change.update("case_step", "OTHER_ANSWER", {"text_id": ALL, "source": ALL})
    change.update("case_state", "DONE", {"source": ALL})
    letter = change.insert("letter", {"on_day": "2020-09-17", "addressee": ALL, "family_link_id": 1})
    change.insert("letter_person", {"letter_id": letter, "permit_id": 1, "until_on": "2020-09-30"})
    change.insert("meeting", {"level": "DISTRICT", "on_day": "2020-09-17", "place": ALL, "theme": ALL})


@pytest.fixture(scope="module")
def answers(awkward: Path) -> Answers:
    """The bytes that a line in a format gives to a pipe."""
    sheet = awkward.with_name("list.csv")
    sheet.write_text("Nama,No Paspor,Kewarganegaraan\nContoh Lain,Z9000001,AUS\n", encoding="utf-8")

    def run(line: str, form: str) -> bytes:
        words = shlex.split(line.format(sheet=sheet))
        command = [sys.executable, "-m", "timpora_cli", "--db", str(awkward), *words, "--format", form]
        done = subprocess.run(command, cwd=SOURCE, env={}, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (CODES.get(line, 0), b"")
        return done.stdout

    return cache(run)


def holds(rows: list[dict[str, str | None]], line: str) -> None:
    assert rows
    for column, texts in HELD[line]:
        assert texts - {row[column] for row in rows} == set(), column


def test_every_command_that_has_formats_is_here(options_of_commands: "OptionsOfCommands") -> None:
    root = typer.main.get_command(app.app)
    assert isinstance(root, app.Root)
    # What a change answers is one object, and a page to print is for people alone: neither is a list.
    others = {tuple(words) for words, one in commands_of(root) if {DoneOptions, FormattedPage} & {*one.records}}
    listing = {words for words, options in options_of_commands.items() if "--format" in options} - others
    held = {words for words in listing for line in HELD if tuple(line.split())[: len(words)] == words}
    assert listing == held | {*CARDS, *WITHOUT_A_TEXT_OF_ANYBODY}, "enter these in HELD"


@every_list
@pytest.mark.parametrize("form", TABBED)
def test_pythons_csv_reads_back_what_is_on_record(answers: Answers, line: str, form: str) -> None:
    text = io.StringIO(answers(line, form).decode(), newline="")
    holds(list(csv.DictReader(text, delimiter=TABBED[form], strict=True)), line)


@every_list
def test_pythons_json_reads_back_what_is_on_record(answers: Answers, line: str) -> None:
    listed = json.loads(answers(line, "json"))
    holds(listed, line)
    assert [json.loads(each) for each in answers(line, "ndjson").removesuffix(b"\n").split(b"\n")] == listed


@every_list
@pytest.mark.parametrize("form", ["json", "ndjson"])
def test_jq_reads_back_what_is_on_record(answers: Answers, needs_tool: "NeedsTool", line: str, form: str) -> None:
    needs_tool("jq")
    rows = ".[]" if form == "json" else "."
    for column, texts in HELD[line]:
        # Raw texts with a NUL behind each, which no text holds, so that jq alone has read them.
        done = subprocess.run(
            ["jq", "-j", f'{rows} | (.{column} // ""), "\\u0000"'],
            input=answers(line, form),
            capture_output=True,
            check=True,
        )
        assert texts - set(done.stdout.decode().split("\0")) == set(), column


@every_list
@pytest.mark.parametrize(("form", "reading"), [("csv", ".mode csv"), ("tsv", ".mode tabs")])
def test_sqlites_import_reads_back_what_is_on_record(
    answers: Answers, needs_tool: "NeedsTool", tmp_path: Path, line: str, form: str, reading: str
) -> None:
    """Its tabs mode takes quotes as its csv mode does (its ascii mode does not, and is for no format of ours)."""
    needs_tool("sqlite3")
    sheet, db = tmp_path / f"list.{form}", tmp_path / "imported.db"
    sheet.write_bytes(answers(line, form))
    done = subprocess.run(
        ["sqlite3", "-batch", "-bail", db, reading, f".import {sheet} listed"], capture_output=True, check=True
    )
    assert (done.stdout, done.stderr) == (b"", b"")
    with closing(sqlite3.connect(db)) as imported:
        imported.row_factory = sqlite3.Row
        holds([dict(row) for row in imported.execute("SELECT * FROM listed")], line)


def test_a_cell_of_tsv_is_quoted_only_where_it_has_to_be(answers: Answers) -> None:
    """So `cut -f2` and `awk -F'\\t'` read what has no tab, no quote and no line break in it."""
    lines = answers("resident list --as-of 2020-09-17", "tsv").decode().split("\n")
    cells = {cell for row in lines for cell in row.split("\t")}
    assert {text for text in EACH if not set('\t"\n\r') & set(text)} <= cells


def test_a_card_gives_a_persons_texts_back(answers: Answers) -> None:
    line = f"resident show {len(AWKWARD) + 1} --as-of 2020-09-17"
    card = json.loads(answers(line, "json"))
    assert [card[key] for key in ("name", *FREE)] == [ALL] * 5
    assert card["family"][0]["name"] == ALL
    assert card["permits"][0]["office"] == ALL
    assert json.loads(answers(line, "ndjson")) == card
    for form, delimiter in TABBED.items():
        (row,) = csv.DictReader(io.StringIO(answers(line, form).decode(), newline=""), delimiter=delimiter)
        assert [row[key] for key in ("name", *FREE)] == [ALL] * 5
    permit = json.loads(answers(f"permit show {len(AWKWARD) + 1} --as-of 2020-09-17", "json"))
    assert (permit["name"], permit["index"], permit["office"]) == (ALL, ALL, ALL)
    assert json.loads(answers(f"relief explain {len(AWKWARD) + 1} --as-of 2020-09-17", "ndjson"))["name"] == ALL
    assert json.loads(answers("status --as-of 2020-09-17", "json"))["office"] == ALL
    visit = json.loads(answers("inspection show 1 --as-of 2020-09-17", "json"))
    assert [visit[key] for key in ("officers", "place", "finding")] == [ALL] * 3
    assert [(one["name"], one["found"]) for one in visit["differences"]] == [(ALL, ALL)]


def test_what_is_not_known_is_null_in_json_and_nothing_in_csv(ann: "Timpora") -> None:
    (row,) = json.loads(ann.answer("resident", "list", "--format", "json"))
    assert (row["sponsor"], row["permit_number"]) == (None, "2C21DEMO9001")
    (texts,) = ann.rows("resident", "list")
    assert texts["sponsor"] == ""


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "ndjson"])
def test_what_a_list_gives_stands_in_a_file_byte_for_byte(
    answers: Answers, awkward: Path, tmp_path: Path, form: str
) -> None:
    line = "resident list --as-of 2020-09-17"
    file = tmp_path / f"list.{form}"
    command = [sys.executable, "-m", "timpora_cli", "--db", str(awkward), *line.split(), "--output", str(file)]
    done = subprocess.run(command, cwd=SOURCE, env={}, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert file.read_bytes() == answers(line, form)


def test_a_text_with_a_nul_is_refused_at_the_door(empty: "Timpora", tmp_path: Path) -> None:
    sheet = tmp_path / "list.json"
    sheet.write_text(json.dumps([{"Nama": "Ann\0Invented", "Kewarganegaraan": "AUS", "No Paspor": "X9000001"}]))
    given = empty("import", str(sheet))
    assert given.code == 6
    assert "it holds a character that no text holds" in given.err
    assert empty.rows("resident", "list") == []


@pytest.mark.parametrize("command", ["holiday", "region"])
def test_a_small_list_with_a_nul_is_refused_too(empty: "Timpora", tmp_path: Path, command: str) -> None:
    sheet = tmp_path / "list.csv"
    key = {"holiday": "2020-12-25", "region": "99"}[command]
    sheet.write_text(f"kode,tanggal,nama\n{key},{key},Con\0toh\n", encoding="utf-8")
    said = empty.refused(1, command, "import", str(sheet))
    assert said == f"{sheet} cannot be read: it holds a character that no text holds. Nothing was imported.\n"
