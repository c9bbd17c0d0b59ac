"""What the answers in JSON promise: a schema for every command that lists or shows, and every answer held to it."""

import csv
import io
import json
import re
import shlex
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer
import typer.main
from jsonschema import Draft202012Validator, FormatChecker
from typer.testing import CliRunner

from timpora_cli.cli import app
from timpora_cli.cli.commands.schema import answers
from timpora_cli.cli.frame import register as opening
from timpora_cli.cli.frame.base import Reading, commands_of
from timpora_cli.cli.options.done import DoneOptions
from timpora_cli.cli.options.page import FormattedPage
from timpora_cli.render.answer import Card, Column

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typer._click.core import Command

    from tests.cli.conftest import Golden, Real, Timpora

pytestmark = pytest.mark.slow  # every answer of every command is compared with its schema

ROOT = typer.main.get_command(app.app)
assert isinstance(ROOT, app.Root)
SHAPES = answers(ROOT)
CHANGES = {" ".join(words) for words, one in commands_of(ROOT) if DoneOptions in one.records}
FILES = {"export", "resident dossier"}
"""The commands that write JSON into a file alone."""
PAGES = {" ".join(words) for words, one in commands_of(ROOT) if FormattedPage in one.records}
LISTS = [name for name, shape in SHAPES.items() if not isinstance(shape, Card) and not name.startswith("export")]
CARDS = [name for name, shape in SHAPES.items() if isinstance(shape, Card) and name not in CHANGES | FILES]
# What a command cannot be called without, on the example register.
NEEDED: "Mapping[str, tuple[str, ...]]" = {
    "resident show": ("1",),
    "permit show": ("78",),
    "sponsor show": ("2",),
    "case show": ("1",),
    "case explain": ("marriage", "--for", "26"),
    "duties": ("--from", "2000-01-01", "--within", "10y"),
    "meeting show": ("2",),
    "relief explain": ("41",),
    "inspection show": ("1",),
    "import": ("list.csv", "--dry-run"),
    "import --show-mapping": ("list.csv",),
    "reconcile": ("list.csv", "--all"),
    "district list": ("--all",),
    "village list": ("--all",),
    "expiring": ("--within", "100y"),
    "expiring --passports": ("--within", "100y"),
    "history": ("--last", "500"),
    "report monthly": ("--year", "2019"),
    "purge": ("--closed-before", "2000-01-01", "--reason", "Rekaan"),
}
ENDS_WITH: "Mapping[str, int]" = {"check": 1, "import": 6}
SHEET = """\
Nama,No Paspor,Kewarganegaraan,Jenis Izin,Tanggal Berakhir,Desa,Kecamatan
HEMI POHEWA,X 0000001,Selandia Baru,ITAP,20/9/2020,tanjung binga,SIJUK
HEMI POHEWA,X 0000001,Selandia Baru,ITAP,20/9/2021,tanjung binga,SIJUK
Joost van Nergenshuizen,X0000002,Belanda,ITAS,2020-10-11,Air Merbau,Tanjungpandan
Baru Sekali,Z000001,Jerman,ITAS,2021-01-01,Dukong,Tanjungpandan
Tanpa Tanggal,X0000004,Jerman,,31/2/2020,,
"""
MEETING = (
    "meeting add --level district --on 2020-09-01 --place Rekaan --theme Rekaan --letter-on 2020-08-20 --begins 9.00",
    "meeting add --level regency --on 2020-12-08 --place Rekaan --theme 'Rapat kedua'",
    "meeting invite 1 'Desa Rekaan: Kades' 'Polsek Rekaan' --copy Rekaan",
    "meeting attend 1 'Desa Rekaan' --name Invented --office x --for Kades",
    "meeting attend 1 Radio --name Invented --uninvited",
    "meeting agenda 1 Satu Dua --risk r --finding f --obstacle o",
    "meeting decide 1 Satu --owner Camat --due 2020-09-10",
    "meeting decide 1 Dua --owner Camat --due 2020-09-30",
    "meeting decide --drop 1 --on 2020-09-15 --reason Rekaan",
    "meeting close 1",
)
LETTERS = "letters --before 2020-09-21 --sponsor Timah --output letters"
# An office in which much is not known, much has changed, and little is as it should be.
AWKWARD = (
    'resident add --name "Bare Invented" --nationality AUS',
    """resident add --name '=1+1 "Quoted", Ünvented' --nationality XXX --village Sijuk""",
    "permit add 50 --class ITK --number unknown --issued unknown --expires unknown",
    "permit add 51 --class VOA --number 'N/1 2' --issued 2020-01-01 --expires 2020-04-01",
    "resident edit 51 --child 'Citizen Invented' --parent 50 --sex P --born 2000-02-29",
    "resident edit 51 --sponsor 'PT Rekaan' --sponsor-kind company --niora 00123 --note x",
    "resident edit 51 --sponsor '' --note '' --reason ''",
    "resident move 51 --village '' --on 2020-09-02",
    "resident depart 41 --how deported --on 2020-09-16",
    "resident remove 40 --yes",
    "permit revoke 39 --reason 'a made-up reason'",
    "permit edit 38 --office Rekaan --index B211",
    "undo --yes",
    "relief add REKAAN --name Rekaan --basis b --class VOA --from 2020-09-10 --source s --in-country-only --action ''",
    "rule add overstay-limit 30 --from 2020-10-01 --basis b --source s",
    "rule add reporting 3 --for MARRIAGE --basis b --source s --verified",
    "holiday add 2020-12-25 Rekaan --source 'SKB rekaan'",
    "holiday add 2020-12-26 Rekaan --source ''",
    "region import elsewhere.csv",
    "expiring --before 2020-09-21 --mark",
    *MEETING,
    LETTERS,
)
ELSEWHERE = (
    "kode,nama\n36,Banten\n36.71,Kota Contoh\n36.71.01,Kecamatan Contoh\n36.71.01.1001,Satu\n36.71.01.3001,Tiga\n"
)
OTHER_DAYS = ("2019-01-01", "2020-06-01", "2020-12-01", "2030-01-01")


def taking(option: str) -> Iterator[tuple[str, "Command"]]:
    """Every command of the program that takes an option, with the words that call it."""
    root = typer.main.get_command(app.app)
    assert isinstance(root, app.Root)
    for words, command in commands_of(root):
        if any(option in parameter.opts for parameter in command.params):
            yield " ".join(words), command


WITH_FORMATS = dict(taking("--format"))
WITH_COLUMNS = dict(taking("--columns"))
WITH_NUMBERS = dict(taking("--mask"))


def base(name: str) -> str:
    """The command of a line in the table, without the option by which its keys are others."""
    return name.partition(" --")[0]


@pytest.fixture(autouse=True)
def _beside_a_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("list.csv").write_text(SHEET, encoding="utf-8")
    Path("elsewhere.csv").write_text(ELSEWHERE, encoding="utf-8")


@pytest.fixture
def timpora(timpora: "Timpora") -> "Timpora":
    """The example register with meetings and letters in it."""

    def build() -> None:
        for line in (*MEETING, LETTERS):
            timpora.answer(*shlex.split(line))

    return timpora.prepared(build)


@pytest.fixture(scope="session")
def awkward_made(demo_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The awkward register. Shared by all tests, which only read it."""
    folder = tmp_path_factory.mktemp("awkward")
    (folder / "elsewhere.csv").write_text(ELSEWHERE, encoding="utf-8")
    path = Path(shutil.copy(demo_made, folder / "awkward.db"))
    given = {"TIMPORA_DB": str(path), "TIMPORA_OFFICER": "a made-up officer", "HOME": str(folder)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "office_today", lambda _connection: date(2020, 9, 17))
        patch.chdir(folder)
        for line in AWKWARD:
            result = CliRunner().invoke(app.app, shlex.split(line), env=given, prog_name="timpora")
            assert (result.exit_code, result.stderr) == (0, ""), line
    return path


@pytest.fixture
def awkward(timpora: "Timpora", awkward_made: Path) -> "Timpora":
    return timpora.on(awkward_made)


def answered(timpora: "Timpora", name: str, form: str, *words: str) -> str:
    """What a command answers in a format, with nothing but its end to say."""
    if name == "backup --drill" and not timpora.db.with_name("backups").exists():
        timpora("backup")
    given = timpora(*name.split(), *NEEDED.get(name, ()), "--format", form, *words)
    assert given.code in {0, ENDS_WITH.get(name, 0)}, given.err
    return given.out


def promise(timpora: "Timpora", name: str) -> Draft202012Validator:
    schema = json.loads(timpora.answer("schema", *name.split()))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


def columns_of(name: str) -> list[Column[Any]]:
    shape = SHAPES[name]
    columns = shape.fields if isinstance(shape, Card) else shape.columns
    return [column for column in columns if not column.people_only]


# Every command has one, and it is held ------------------------------------------------------------------------------


def test_every_command_that_writes_json_has_a_schema() -> None:
    assert {base(name) for name in SHAPES} == (WITH_FORMATS.keys() | FILES) - PAGES


@pytest.mark.one_in(10)
@pytest.mark.parametrize("name", SHAPES)
def test_a_schema_is_as_it_was_promised(timpora: "Timpora", golden: "Golden", name: str) -> None:
    printed = timpora.answer("schema", *name.split())
    golden(f"schema_{re.sub('[^a-z]+', '_', name)}.json", printed)
    promised = json.loads(printed)
    Draft202012Validator.check_schema(promised)
    assert promised["title"] == f"timpora {name}"
    assert "additionalProperties" not in printed
    assert timpora.answer("schema", *name.split(), TIMPORA_LANG="id") == printed


def test_no_schema_is_kept_that_no_command_has_any_more() -> None:
    kept = {path.name for path in (Path(__file__).parents[2] / "golden").glob("schema_*.json")}
    assert kept == {f"schema_{re.sub('[^a-z]+', '_', name)}.json" for name in SHAPES}


# Every answer keeps it ----------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", [*LISTS, *CARDS])
def test_every_answer_keeps_its_promise(timpora: "Timpora", name: str) -> None:
    promised = promise(timpora, name)
    reads = isinstance(WITH_FORMATS[base(name)], Reading)
    # The case of the example register was reported on the day of the meeting.
    for day in (day for day in OTHER_DAYS if reads and (name != "case show" or day > "2020-09-17")):
        promised.validate(json.loads(answered(timpora, name, "json", "--as-of", day)))
    answer = json.loads(answered(timpora, name, "json"))
    assert answer or name in {"holiday list", "expiring --reports", "purge"}
    promised.validate(answer)
    if base(name) in WITH_NUMBERS:
        promised.validate(json.loads(answered(timpora, name, "json", "--mask")))


@pytest.mark.one_in(5)
@pytest.mark.parametrize("name", LISTS)
def test_every_list_of_an_empty_register_keeps_its_promise(empty: "Timpora", name: str) -> None:
    promise(empty, name).validate(json.loads(answered(empty, name, "json")))


@pytest.mark.slow
@pytest.mark.parametrize("name", LISTS)
def test_every_list_of_an_awkward_register_keeps_its_promise(awkward: "Timpora", name: str) -> None:
    promised = promise(awkward, name)
    for day in ("2020-09-17", *OTHER_DAYS):
        promised.validate(json.loads(answered(awkward.at(day), name, "json")))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["resident show", "relief explain"])
def test_the_card_of_everybody_keeps_its_promise(awkward: "Timpora", name: str) -> None:
    promised = promise(awkward, name)
    for who in (*range(1, 40), *range(41, 52)):  # 40 was removed
        promised.validate(json.loads(awkward.answer(*name.split(), str(who), "--format", "json")))
    for day in OTHER_DAYS:
        for who in ("32", "41", "50", "51"):
            printed = awkward.answer(*name.split(), who, "--format", "json", "--as-of", day)
            promised.validate(json.loads(printed))


@pytest.mark.slow
def test_the_card_of_every_permit_keeps_its_promise(awkward: "Timpora") -> None:
    promised = promise(awkward, "permit show")
    with closing(sqlite3.connect(awkward.db)) as connection:
        permits = [str(permit) for (permit,) in connection.execute("SELECT id FROM permit")]
    for permit in permits:
        promised.validate(json.loads(awkward.answer("permit", "show", permit, "--format", "json")))


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["people", "import"])
def test_every_export_keeps_its_promise(awkward: "Timpora", layout: str) -> None:
    promised = promise(awkward, "export" if layout == "people" else f"export --layout {layout}")
    for day in ("2020-09-17", *OTHER_DAYS):
        awkward.answer("export", "people.json", "--layout", layout, "--as-of", day, "--force")
        promised.validate(json.loads(Path("people.json").read_text(encoding="utf-8")))


@pytest.mark.slow
@pytest.mark.parametrize("name", LISTS)
def test_a_line_of_ndjson_is_one_of_the_items(awkward: "Timpora", name: str) -> None:
    lines = answered(awkward, name, "ndjson").splitlines()
    assert [json.loads(line) for line in lines] == json.loads(answered(awkward, name, "json"))


@pytest.mark.one_in(3)
@pytest.mark.parametrize("name", CARDS)
def test_a_card_is_one_line_of_ndjson(timpora: "Timpora", name: str) -> None:
    (line,) = answered(timpora, name, "ndjson").splitlines()
    assert json.loads(line) == json.loads(answered(timpora, name, "json"))


# What is absent -----------------------------------------------------------------------------------------------------


def rows_of(timpora: "Timpora", name: str, form: str) -> list[list[str]]:
    delimiter = {"csv": ",", "tsv": "\t"}[form]
    return list(csv.reader(io.StringIO(answered(timpora, name, form), newline=""), delimiter=delimiter))


def cell(value: str | int | bool | None) -> str:
    if value is None:
        return ""
    return json.dumps(value) if isinstance(value, bool) else str(value)


@pytest.mark.slow
@pytest.mark.parametrize("name", [*LISTS, *CARDS])
@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_an_absent_value_is_empty_in_csv_and_tsv_and_null_in_json(awkward: "Timpora", name: str, form: str) -> None:
    found = json.loads(answered(awkward, name, "json"))
    records = [found] if name in CARDS else found
    keys = [column.key for column in columns_of(name) if not column.by_name]
    header, *rows = rows_of(awkward, name, form)
    assert header == keys
    assert rows == [[cell(record[key]) for key in keys] for record in records]
    if name != "history":  # the one list of what was stored, where a rule that is for all has an empty subject
        assert [record for record in records if "" in record.values()] == []


# The codes are those of the register ---------------------------------------------------------------------------------


def codes(name: str, key: str) -> set[str]:
    columns = columns_of(name.partition("/")[0])
    if "/" in name:
        plan = SHAPES[name.partition("/")[0]]
        assert isinstance(plan, Card)
        columns = list(next(part.table.columns for part in plan.parts if part.key == name.partition("/")[2]))
    return set(next(column.codes for column in columns if column.key == key))


@pytest.mark.one_in(4)
@pytest.mark.parametrize(
    ("constraint", "name", "key"),
    [
        ("resident_sex_is_known", "resident list", "sex"),
        ("resident_sex_is_known", "resident show", "sex"),
        ("resident_sex_is_known", "counts --by sex", "sex"),
        ("resident_sex_is_known", "export --layout import", "sex"),
        ("resident_departed_how_is_known", "resident show", "departed_how"),
        ("sponsor_kind_is_known", "resident show", "sponsor_kind"),
        ("sponsor_kind_is_known", "export --layout import", "sponsor_kind"),
        ("family_link_relation_is_known", "resident show/family", "relation"),
        ("permit_granted_as_is_known", "permit show", "granted_as"),
        ("permit_granted_as_is_known", "resident show/permits", "granted_as"),
        ("permit_end_reason_is_known", "permit show", "end_reason"),
        ("permit_end_reason_is_known", "permit show/permits", "end_reason"),
        ("village_kind_is_known", "village list", "kind"),
        ("relief_extendable_is_known", "relief list", "extendable"),
        ("rule_kind_is_known", "rule list", "kind"),
        ("inspection_resident_address_is_known", "inspection show/people", "address"),
        ("inspection_resident_class_is_known", "inspection show/people", "class"),
        ("inspection_resident_activity_is_known", "inspection show/people", "activity"),
    ],
)
def test_the_codes_of_a_schema_are_those_that_the_register_lets_in(
    timpora: "Timpora", constraint: str, name: str, key: str
) -> None:
    schema = "\n".join(line for line in timpora.dump() if line.startswith("CREATE TABLE"))
    found = re.search(rf"CONSTRAINT {constraint}\s+CHECK \(\s*\w+ IN \(([^)]*)\)", schema)
    assert found is not None
    assert codes(name, key) == set(re.findall("'([^']*)'", found[1]))


@pytest.mark.parametrize(
    ("table", "name", "key"),
    [
        ("permit_class", "expiring", "class"),
        ("permit_class", "counts --by class", "class"),
        ("permit_group", "counts --by class", "group"),
        ("purpose", "resident list", "purpose"),
        ("purpose", "resident show", "purpose"),
        ("purpose", "counts --by purpose", "purpose"),
        ("purpose", "export --layout import", "purpose"),
    ],
)
def test_the_codes_of_a_schema_are_those_on_record(timpora: "Timpora", table: str, name: str, key: str) -> None:
    promised = json.loads(timpora.answer("schema", *name.split()))
    properties = promised.get("items", promised)["properties"]
    with closing(sqlite3.connect(timpora.db)) as connection:
        on_record = {code for (code,) in connection.execute(f"SELECT code FROM {table}")}
    assert set(properties[key]["enum"]) - {None} == on_record


# --columns ----------------------------------------------------------------------------------------------------------


@pytest.mark.one_in(5)
@pytest.mark.parametrize("name", [name for name in SHAPES if base(name) in WITH_COLUMNS])
def test_a_column_that_is_not_there_is_refused_with_those_that_are(timpora: "Timpora", name: str) -> None:
    file = ("people.json",) if name.startswith("export") else ()
    keys = [column.key for column in columns_of(name)]
    asked = (*name.split(), *file, *NEEDED.get(name, ()), "--columns", f"{keys[0]},zzz,qqq")
    for format_ in () if file else ("csv", "tsv", "json", "ndjson"):
        said = timpora.refused(2, *asked, "--format", format_)
        assert said == f'There is no column "zzz".\nKnown: {", ".join(keys)}.\n'
    for words in [asked] if file else [(*asked, "--format", "table"), (*asked, "--format", "plain")]:
        said = timpora.refused(2, *words)
        assert said.startswith('There is no column "zzz".\nKnown: ')
        assert ", ".join(keys) in said
    assert not Path("people.json").exists()


# The command itself --------------------------------------------------------------------------------------------------


def test_without_a_command_those_that_have_a_schema_are_listed(timpora: "Timpora") -> None:
    rows = timpora.rows("schema")
    assert [row["command"] for row in rows] == list(SHAPES)
    assert {row["command"] for row in rows if row["gives"] == "object"} == {*CARDS, *CHANGES, "resident dossier"}
    assert timpora.answer("schema", "--sort", "command", "--limit", "1") == (
        "Command  Gives\nbackup   a card\n\n… and 27 more (--limit 1)\n"
    ).replace("27", str(len(SHAPES) - 1))
    assert timpora("schema", "--exit-code").code == 3


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (("counts", "--by=Village"), "counts --by village"),
        (("counts", "--by", "VILLAGE"), "counts --by village"),
        (("--format", "json", "expiring", "--passports"), "expiring --passports"),
        (("resident show",), "resident show"),
    ],
)
def test_a_command_is_written_as_one_calls_it(timpora: "Timpora", typed: tuple[str, ...], name: str) -> None:
    assert json.loads(timpora.answer("schema", *typed))["title"] == f"timpora {name}"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("expirin",), 'There is no schema for "expirin". Did you mean expiring?\nKnown: expiring, letters, '),
        (("resident",), 'There is no schema for "resident". Did you mean resident '),
        (("counts", "--by", "shoe size"), 'There is no schema for "counts --by shoe size".'),
        (("expiring", "--within", "30d"), 'There is no schema for "expiring --within 30d".'),
        (("",), 'There is no schema for "".\nKnown: expiring, letters,'),
        (("expiring", "--limit", "3"), "--limit is for the list of commands; a schema is written as it is."),
        (("expiring", "--format", "csv", "--mask"), "--mask is for the list of commands;"),
        (("--columns", "gives,nothing"), 'There is no column "nothing".\nKnown: command, gives.'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(timpora: "Timpora", typed: tuple[str, ...], said: str) -> None:
    assert timpora.refused(2, "schema", *typed).startswith(said)


def test_a_schema_asks_no_register(timpora: "Timpora", tmp_path: Path) -> None:
    nowhere = timpora.on(tmp_path / "none.db")
    assert nowhere.answer("schema", "expiring") == timpora.answer("schema", "expiring")
    assert not nowhere.db.exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("timpora schema ex", {"expiring", "export"}),
        ("timpora schema resident ", {word.split()[1] for word in SHAPES if word.startswith("resident ")}),
        ("timpora schema counts --by vi", {"village"}),
        ("timpora schema nothing e", set()),
    ],
)
def test_the_next_word_is_completed(real: "Real", line: str, expected: set[str]) -> None:
    _program, *words = line.split(" ")
    given = real(*words, _TIMPORA_COMPLETE="zsh")
    assert (set(given.out.splitlines()[1:]), given.err) == (expected, "")


# relief explain and verify, for programs ----------------------------------------------------------------------------


def test_the_reasons_for_an_end_are_there_for_programs(timpora: "Timpora") -> None:
    card = json.loads(timpora.answer("relief", "explain", "41", "--as-of", "2020-09-17", "--format", "json"))
    assert (card["state"], card["expires_on"], card["effective_until"]) == ("RELIEF", "2020-05-09", "2020-09-20")
    assert (card["relief_code"], card["verified"]) == ("ITKT-2020-09", False)
    assert [(one["code"], one["covers"], one["in_force"], one["decides"]) for one in card["reliefs"]] == [
        ("ITKT-2020-04", True, False, False),
        ("ITKT-2020-07", True, False, False),
        ("ITKT-2020-08", True, False, False),
        ("ITKT-2020-09", True, True, True),
    ]
    (row,) = timpora.rows("relief", "explain", "41", "--mask")
    assert row["permit_number"] == "*********077"
    assert row["relief_code"] == "ITKT-2020-09"
    assert "reliefs" not in row


def test_what_keeps_a_relief_from_covering_is_a_code_for_programs(timpora: "Timpora") -> None:
    overstay = json.loads(timpora.answer("relief", "explain", "32", "--as-of", "2020-09-17", "--format", "json"))
    assert {one["fails"] for one in overstay["reliefs"]} == {"CLASS", "CLASS ENDED_AFTER", "CLASS NOT_NEEDED"} & {
        one["fails"] for one in overstay["reliefs"]
    }
    assert (overstay["relief_code"], overstay["fine"], overstay["overstay_days"]) == (None, 6000000, 6)
    absent = json.loads(timpora.answer("relief", "explain", "43", "--as-of", "2020-09-17", "--format", "json"))
    assert (absent["name"], absent["permit_id"], absent["state"], absent["reliefs"]) == (
        "Aino Keksitty", None, None, [],
    )  # fmt: skip


def test_sentences_are_what_people_read_in_a_table_too(timpora: "Timpora") -> None:
    told = timpora.answer("relief", "explain", "41")
    assert timpora.answer("relief", "explain", "41", "--format", "table") == told
    assert timpora.answer("relief", "explain", "41", "--format", "plain") == told


def test_the_head_of_the_history_is_there_for_programs(timpora: "Timpora") -> None:
    with closing(sqlite3.connect(timpora.db)) as connection:
        ((head,),) = connection.execute("SELECT digest FROM change ORDER BY id DESC LIMIT 1")
    assert json.loads(timpora.answer("verify", "--format", "json"))["head"] == head
    assert timpora.rows("verify") == [{"whole": "true", "fault": "", "head": head}]


@pytest.mark.parametrize("name", ["expiring", "counts --by village", "resident show"])
def test_the_columns_of_an_answer_are_listed_in_another_format_than_json(timpora: "Timpora", name: str) -> None:
    rows = timpora.rows("schema", *name.split())
    shape = SHAPES[name]
    declared = shape.fields if isinstance(shape, Card) else shape.columns
    assert [(row["key"], row["heading"], row["kind"]) for row in rows] == [
        (column.key, column.heading, column.kind.name) for column in declared
    ]
