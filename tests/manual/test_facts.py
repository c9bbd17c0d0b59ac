"""What the pages list is what the program does: each table and list is compared with the code that it describes."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from timpora_cli import errors, manual
from timpora_cli.model import terms
from timpora_cli.model.dates import NotADate, parse_date
from timpora_cli.model.rules import State
from timpora_cli.store.connect import WAIT_SECONDS

THURSDAY = date(2020, 9, 17)
PACKAGE = manual.PAGES.parent


def section(topic: str, heading: str) -> str:
    """The text of a page below a heading, up to the next one."""
    page = manual.page(topic)
    assert f"\n## {heading}\n" in page
    return page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def table(text: str) -> list[list[str]]:
    """The rows of the table in a text, without its heading."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


# dates


DAYS = [(written, day) for written, day in table(section("dates", "A day")) for written in quoted(written)]
REFUSED = [(quoted(written)[0], reason) for written, reason in table(section("dates", "What is refused, and why"))]


@pytest.mark.parametrize(("written", "day"), DAYS)
def test_a_form_of_date_means_the_day_beside_it(written: str, day: str) -> None:
    assert parse_date(written, THURSDAY).isoformat() == day


@pytest.mark.parametrize(("written", "reason"), REFUSED)
def test_a_refused_date_has_the_reason_beside_it(written: str, reason: str) -> None:
    with pytest.raises(NotADate) as refused:
        parse_date(written, THURSDAY)
    assert str(refused.value.values["reason"]).startswith(reason)


# states


def test_every_state_is_in_the_table() -> None:
    assert [row[0] for row in table(section("states", "The states"))] == list(State)


def test_every_class_is_in_the_table_with_its_group() -> None:
    rows = table(section("states", "Classes and groups"))
    listed = [(code, group) for code, group, _words in rows if code]
    assert listed == [(each.term.code, each.group) for each in terms.CLASSES]
    assert {row[1] for row in rows} == {group.code for group in terms.GROUPS}


def test_every_word_of_a_class_in_the_table_is_taken_for_it() -> None:
    for code, _group, words in table(section("states", "Classes and groups")):
        for word in words.split(", ") if code else ():
            assert terms.class_code(word) == code


# sheets


def named_behind(text: str, opening: str) -> set[str]:
    """The names in the sentence that begins with `opening`."""
    sentence = " ".join(text.split()).partition(opening)[2].partition(".")[0]
    return set(sentence.split(", "))


def test_every_field_of_a_sheet_is_named() -> None:
    with (PACKAGE / "data" / "headers.csv").open(encoding="utf-8", newline="") as file:
        fields = {row["field"] for row in csv.DictReader(file)} - {""}
    assert named_behind(section("columns", "Which column is which field"), "is one of these: ") == fields


def test_every_purpose_is_named() -> None:
    codes = {purpose.code for purpose in terms.PURPOSES}
    assert named_behind(section("columns", "How a cell is read"), "in any letter case: ") == codes


# exit-codes


def test_every_exit_code_is_in_the_table() -> None:
    codes = [int(code) for row in table(manual.page("exit-codes")) for code in row[0].split(", ")]
    assert codes == list(errors.Exit)


def test_every_code_of_a_failure_has_its_section() -> None:
    sections = re.findall(r"^## (\d): ", manual.page("exit-codes"), re.MULTILINE)
    assert [int(code) for code in sections] == [code for code in errors.Exit if 0 < code < errors.Exit.HUNG_UP]


def test_the_wait_for_a_busy_register_is_as_long_as_the_page_says() -> None:
    assert f"for over {WAIT_SECONDS:.0f} seconds" in " ".join(manual.page("exit-codes").split())


# views


def test_every_published_view_is_in_the_table() -> None:
    statements = (PACKAGE / "store" / "sql" / "views.sql").read_text(encoding="utf-8")
    views = re.findall(r"^CREATE VIEW (\w+)", statements, re.MULTILINE)
    assert {quoted(row[0])[0] for row in table(section("views", "The views"))} == set(views)


# house, and each page that names a file


def folders(path: Path) -> set[str]:
    """The names of the folders with modules or data in a folder."""
    return {each.name for each in path.iterdir() if each.is_dir() and each.name != "__pycache__"}


def test_every_room_of_the_package_is_in_the_table() -> None:
    rooms = {quoted(row[0])[0].rstrip("/") for row in table(section("house", "The rooms"))}
    assert rooms == {*folders(PACKAGE), "tests"}


def test_every_room_of_the_command_line_is_named() -> None:
    text = section("house", "The rooms").partition("In `cli/`")[2]
    rooms = {name.rstrip("/") for name in quoted(text) if re.fullmatch(r"\w+/", name)}
    assert rooms == folders(PACKAGE / "cli")


def files_named() -> list[tuple[str, str]]:
    """Each path of the package that a page names, with its topic."""
    path = re.compile(r"`timpora_cli/([\w./]+)`")
    return list(dict.fromkeys((topic, name) for topic in manual.TOPICS for name in path.findall(manual.page(topic))))


def test_every_file_that_a_page_names_is_there() -> None:
    assert files_named()
    assert [(topic, path) for topic, path in files_named() if not (PACKAGE / path).exists()] == []


@pytest.mark.slow
def test_no_module_cites_a_page_that_is_not_in_the_repository() -> None:
    cited = re.compile(r"\bcontract(?:\.md)? ?§|\bcontract of|\bof the contract\b|\bdomain\.md\b|\bhouse\.md §")
    modules = [path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".sql"}]
    assert [path.name for path in modules if cited.search(path.read_text(encoding="utf-8"))] == []


def test_a_page_that_a_module_cites_is_a_topic() -> None:
    cited = {
        (path.relative_to(PACKAGE).as_posix(), topic)
        for path in PACKAGE.rglob("*.py")
        for topic in re.findall(r"\(manual: ([\w-]+)\)", path.read_text(encoding="utf-8"))
    }
    assert cited
    assert [(module, topic) for module, topic in sorted(cited) if topic not in manual.TOPICS] == []
