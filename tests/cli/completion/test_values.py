"""What TAB offers behind an option or as an argument, from the register and from our own terms."""

import shlex
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer.main

from timpora_cli import language
from timpora_cli.cli import app, commands
from timpora_cli.cli.completion.cursor import Offered, offered
from timpora_cli.queries.countries import country_code
from timpora_cli.queries.places import village_named

if TYPE_CHECKING:
    from tests.cli.conftest import Real, Timpora
    from tests.conftest import Office

Tab = Callable[[str], Offered]


@pytest.fixture
def tab(timpora: "Timpora", monkeypatch: pytest.MonkeyPatch) -> Tab:
    """Press TAB at the end of a line that stands behind `timpora`, with the example register."""
    monkeypatch.setenv("TIMPORA_DB", str(timpora.db))

    def press(line: str) -> Offered:
        *words, word = shlex.split(line) if line and not line.endswith(" ") else [*shlex.split(line), ""]
        return offered(typer.main.get_command(app.app), words, word)

    return press


@pytest.fixture(autouse=True)
def _in_english() -> object:
    yield
    language.choose("en")


def values(found: Offered) -> list[str]:
    return [each.value for each in found.candidates]


# Live values


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("expiring --district Tan", ["Tanjungpandan"]),
        ("expiring --district tanjung", ["Tanjungpandan"]),
        ("expiring --district 'tanjung pand'", ["Tanjungpandan"]),
        ("expiring --district 'kec. tanj'", ["Tanjungpandan"]),
        ("expiring --district kelapa", ["Kelapa Kampit"]),
        ("expiring --district kampit", ["Kelapa Kampit"]),
        ("expiring --district 19.02.01", ["Tanjungpandan"]),
        ("expiring --district '*'", []),
        ("counts --village 'air mer'", ["Air Merbau"]),
        ("counts --village dukong", ["Dukong, Tanjungpandan", "Dukong, Simpang Pesak"]),
        ("counts --district 'Simpang Pesak' --village duk", ["Dukong"]),
        ("resident add --district Tanjungpandan --village 'air m'", ["Air Merbau"]),
        ("resident list --class kit", ["KITAP", "KITAS"]),
        ("resident list --class k", ["KITAP", "KITAS"]),
        ("resident list --class kunj", ["ITK"]),
        ("resident list --class terbatas", ["KITAS"]),
        ("resident list --group vis", ["VISIT"]),
        ("resident list --nationality Germ", ["Germany"]),
        ("resident list --nationality jerm", ["Germany"]),
        ("resident list --nationality DEU", ["Germany"]),
        ("resident list --purpose keluarga", ["FAMILY"]),
        ("resident list --state over", ["OVERSTAY"]),
        ("resident list --name o", ["O'tkir To'qima"]),
        ("resident list --name pohewa", ["Hēmi Pōhewa"]),
        ("resident show Wu", ["16"]),
        ("resident show tz", ["16"]),
        ("resident show 16", ["16"]),
        ("resident edit 16 --spouse pohewa", ["1"]),
        ("resident merge 1 wu", ["16"]),
        ("resident depart 1 --how dep", ["DEPARTED", "DEPORTED"]),
        ("resident add --sex ", ["L", "P"]),
        ("resident add --sponsor x --sponsor-kind per", ["PERSON"]),
        ("permit show punaivu", ["47", "26"]),
        ("permit add 1 --class terp", ["ITKT"]),
        ("history wu", ["16"]),
        ("history --permit 82", ["82"]),
        ("relief end itkt-2020-09", ["ITKT-2020-09"]),
        ("relief add X --supersedes 2020-04", ["ITKT-2020-04"]),
        ("relief add ITKT", []),
        ("relief explain wu", ["16"]),
        ("relief add X --extendable ", ["yes", "no", "any"]),
        ("rule add w", ["window"]),
        ("rule end 7", ["7"]),
        ("inspection show ", ["2", "1"]),
        ("inspection edit rumah", []),
        ("inspection edit pondok", ["2"]),
        ("inspection show bahati", ["2"]),
        ("inspection add 1 wu", ["16"]),
        ("inspection add --not-found wu", ["16"]),
        ("inspection add 1 --as-registered cl", ["class"]),
        ("inspection add 1 --as-registered class,a", ["class,address", "class,activity"]),
        ("inspection add 1 --class-found kitap", ["KITAP"]),
        ("inspection list --resident wu", ["16"]),
        ("undo ", ["2", "1"]),
        ("village list --district sij", ["Sijuk"]),
        ("counts --by nat", ["nationality"]),
        ("counts --format nd", ["ndjson"]),
        ("export x.csv --layout im", ["import"]),
        ("expiring --lang ", ["en", "id"]),
    ],
)
def test_what_a_word_may_become(tab: Tab, line: str, expected: list[str]) -> None:
    assert values(tab(line)) == expected


def test_a_value_may_stand_behind_an_equals_sign(tab: Tab) -> None:
    found = tab("expiring --district=kel")
    assert (values(found), found.head) == (["Kelapa Kampit"], "--district=")
    assert values(tab("expiring --limit=")) == []
    assert values(tab("expiring --unheard-of=x")) == []


def test_beside_a_candidate_stands_what_it_is(tab: Tab) -> None:
    assert [tuple(each) for each in tab("resident show wu").candidates] == [("16", "Wu Tz'u-jen")]
    assert tab("resident show keksitty").candidates[0].says == "Aino Keksitty, departed 2020-07-08"
    assert tab("permit show punaivu").candidates[0].says == "Nallakadhai a/l Punaivu, KITAS until 2020-10-02"
    assert tab("permit show maimeejing").candidates[0].says.endswith("until a day not known")
    assert tab("expiring --district kel").candidates[0].says == "Kabupaten Belitung Timur"
    assert tab("exp").candidates[0] == ("expiring", "List who holds a current permit that ends before a day")
    assert tab("expiring --he").candidates[0] == ("--help", "Show this page and end.")
    assert tab("resident list --nationality jerm").candidates[0].says == "D, Jerman"


def test_what_stands_beside_is_in_the_language_of_the_line(tab: Tab) -> None:
    assert tab("resident list --class KITAP").candidates[0].says == "Permanent stay permit"
    assert tab("--lang id resident list --class KITAP").candidates[0].says == "Izin tinggal tetap"
    assert values(tab("resident list --lang=id --nationality germ")) == ["Jerman"]


def test_without_a_word_come_the_commands_the_values_or_else_the_options(tab: Tab) -> None:
    assert values(tab("")) == list(commands.COMMANDS)
    assert values(tab("relief ")) == ["list", "add", "end", "explain"]
    assert values(tab("relief end ITKT")) == ["ITKT-2020-04", "ITKT-2020-07", "ITKT-2020-08", "ITKT-2020-09"]
    assert "--reason" in values(tab("relief end ITKT-2020-09 "))
    assert values(tab("expiring "))[0] == "--before"


def test_what_is_there_once_is_not_offered_again_and_what_repeats_is(tab: Tab) -> None:
    assert "--db" not in values(tab("--db x expiring --"))
    assert "--limit" not in values(tab("expiring --limit 3 --"))
    assert "--district" in values(tab("expiring --district Sijuk --"))
    assert "--as-of" not in values(tab("permit add --"))


@pytest.mark.parametrize(
    "line", ["import ", "export x", "expiring --output ", "expiring --output=x", "--db ", "init --region "]
)
def test_files_are_left_to_the_shell(tab: Tab, line: str) -> None:
    found = tab(line)
    assert (found.files, found.candidates) == (True, ())


@pytest.mark.slow
def test_every_village_and_country_that_is_offered_is_one_that_the_commands_take(tab: Tab, timpora: "Timpora") -> None:
    with closing(sqlite3.connect(timpora.db)) as connection:
        villages = values(tab("counts --village "))
        assert len(villages) == len({village_named(connection, text).code for text in villages}) > 80
        countries = values(tab("counts --nationality "))
        assert len(countries) == len({country_code(connection, text) for text in countries}) == 200


def test_the_countries_of_most_people_come_first(tab: Tab, timpora: "Timpora") -> None:
    most = timpora.rows("counts", "--by", "nationality")[0]["nationality"]
    assert most in tab("counts --nationality ").candidates[0].says.split(", ")


def test_regions_elsewhere_are_offered_by_code_where_none_of_the_own_fits(timpora: "Timpora", tab: Tab) -> None:
    regions = "kode,nama\n19,Contoh\n19.71,Kota Contoh\n19.71.01,Rekaan\n19.71.01.1001,Rekadesa\n"
    sheet = timpora.db.parent / "regions.csv"
    sheet.write_text(regions, encoding="utf-8")
    timpora.answer("region", "import", str(sheet))
    assert [tuple(each) for each in tab("counts --district reka").candidates] == [("19.71.01", "Rekaan, Kota Contoh")]
    assert [tuple(each) for each in tab("counts --village reka").candidates] == [("19.71.01.1001", "Rekadesa, Rekaan")]


def test_many_are_cut_off(office: "Office", tmp_path: Path, tab: Tab) -> None:
    with office.change() as change:
        for number in range(250):
            change.insert("sponsor", {"name": f"PT Contoh {number:03}"})
    db = office.written_to(tmp_path / "many.db")
    assert len(tab(f"--db {db} counts --sponsor pt").candidates) == 200
    assert len(tab(f"--db {db} counts --sponsor contoh").candidates) == 200
    assert values(tab(f"--db {db} counts --sponsor 249")) == ["PT Contoh 249"]


# Which register


@pytest.mark.parametrize(
    "line",
    [
        "--db {db} resident show a",
        "resident --db {db} show a",
        "resident show --db {db} a",
        "resident show --db={db} a",
        "--db nowhere.db resident show --db {db} a",
        "--db ~/office.db resident show a",
        "--db $FOLDER/office.db resident show a",
    ],
)
def test_the_register_is_the_one_on_the_line_wherever_it_stands(
    office: "Office", tab: Tab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    office.person("Ann Invented")
    db = office.written_to(tmp_path / "office.db")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("FOLDER", str(tmp_path))
    assert [tuple(each) for each in tab(line.format(db=db)).candidates] == [("1", "Ann Invented")]


@pytest.mark.slow
def test_without_one_on_the_line_it_is_that_of_the_environment_or_the_usual_one(
    ann: "Timpora", real: "Real", tmp_path: Path
) -> None:
    asked = ("resident", "show", "ann")
    assert real(*asked, _TIMPORA_COMPLETE="zsh", TIMPORA_DB=str(ann.db)).out == "values\n1:Ann Invented\n"
    usual = tmp_path / "data" / "timpora" / "register.db"
    usual.parent.mkdir(parents=True)
    ann.db.rename(usual)
    given = real(*asked, _TIMPORA_COMPLETE="zsh", XDG_DATA_HOME=str(tmp_path / "data"), HOME=str(tmp_path))
    assert given.out == "values\n1:Ann Invented\n"


@pytest.mark.slow
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "tcsh", ""])
@pytest.mark.parametrize("what", ["missing", "folder", "not ours", "cut off"])
def test_without_a_register_that_can_be_read_nothing_is_offered_and_nothing_is_said(
    demo: Path, real: "Real", tmp_path: Path, shell: str, what: str
) -> None:
    db = tmp_path / "some.db"
    if what == "folder":
        db.mkdir()
    elif what == "not ours":
        db.write_text("a text" * 1000)
    elif what == "cut off":
        db.write_bytes(demo.read_bytes()[:20_000])
    before = sorted(tmp_path.iterdir())
    line = ("9", "timpora expiring --district S", "S") if shell == "bash" else ("expiring", "--district", "S")
    given = real(*line, _TIMPORA_COMPLETE=shell, TIMPORA_DB=str(db))
    assert (given.out, given.err) == ("", "")
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.slow
@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("expiring --class KITAP", "KITAP:Permanent stay permit\n"),
        ("expiring --dis", "--district:"),
        ("expiring --monitor --dis", "--district:"),
    ],
)
def test_what_needs_no_register_is_offered_without_one(real: "Real", line: str, offered: str) -> None:
    given = real(*line.split(), _TIMPORA_COMPLETE="zsh")
    assert given.code == 0
    assert given.out.startswith(f"values\n{offered}")


@pytest.mark.slow
@pytest.mark.parametrize("words", [(), ("9",), ("9", "timpora ", ""), ("x",) * 9, ("9", "timpora 'x\udc80", "x\udc80")])
def test_a_shell_that_hands_over_nonsense_is_told_nothing_of_it(real: "Real", words: tuple[str, ...]) -> None:
    for shell in ("bash", "zsh", "fish"):
        assert real(*words, _TIMPORA_COMPLETE=shell).err == ""


def test_completing_changes_nothing(tab: Tab, timpora: "Timpora") -> None:
    before = timpora.db.read_bytes()
    for line in ("init", "resident remove 1 --yes ", "undo --yes ", "--version ", "--help "):
        tab(line)
    assert timpora.db.read_bytes() == before


# A name is data


def test_a_name_takes_one_line_that_can_be_seen_whatever_it_holds(office: "Office", tmp_path: Path, tab: Tab) -> None:
    office.person("Ann\x1b[31m\tIn\nven\u202eted\x07")
    db = office.written_to(tmp_path / "hostile.db")
    assert [tuple(each) for each in tab(f"--db {db} resident show a").candidates] == [("1", "Ann[31m In vented")]
    assert values(tab(f"--db {db} resident list --name a")) == ["Ann[31m In vented"]


@pytest.mark.slow
def test_meetings_their_institutions_and_open_decisions_are_offered(timpora: "Timpora", tab: Tab) -> None:
    facts = ("--level", "district", "--on", "2020-09-17", "--place", "Contoh", "--theme")
    for theme in ("Rapat pertama", "Rapat kedua"):
        timpora.answer("meeting", "add", *facts, theme)
    timpora.answer("meeting", "invite", "1", "Polsek Contoh: Kapolsek", "Desa Contoh")
    for text in ("Melapor", "Operasi"):
        timpora.answer("meeting", "decide", "1", text, "--owner", "Camat", "--due", "2020-10-31")
    timpora.answer("meeting", "decide", "--done", "1")
    assert values(tab("meeting show ")) == ["2", "1"]
    assert values(tab("meeting show 'rapat ked'")) == ["2"]
    assert values(tab("meeting show 2020-09")) == ["2", "1"]
    assert values(tab("meeting attend 1 ")) == ["Desa Contoh", "Polsek Contoh"]
    assert values(tab("meeting attend 1 pol")) == ["Polsek Contoh"]
    assert values(tab("meeting invite 2 des")) == ["Desa Contoh"]
    assert values(tab("meeting decide --done ")) == ["2"]
    assert values(tab("meeting add --level kab")) == ["REGENCY"]
    assert values(tab("meeting report 1 --page ")) == ["invitation", "attendance", "minutes"]
