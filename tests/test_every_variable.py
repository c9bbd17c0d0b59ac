"""The page `scripts` names every variable that the program reads, and every setting of the register."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import timpora_cli
from timpora_cli import manual
from timpora_cli.model.settings import SETTINGS

SOURCE = Path(timpora_cli.__file__).parent
VARIABLE = re.compile(r"_?[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
# Read for us by rich, by the folders of the platform and by Python's own login name.
READ_BY_OTHERS = {
    *("NO_COLOR", "FORCE_COLOR", "TERM", "COLORTERM", "COLUMNS", "XDG_DATA_HOME", "HOME", "TMPDIR"),
    *("LOGNAME", "USER", "LNAME", "USERNAME"),
}


class Entry(NamedTuple):
    """What the page says of one setting or variable, a part for each label."""

    option: str
    environment: str
    setting: str
    default: str


def entries() -> list[Entry]:
    """The items of the list under Settings and variables."""
    section = manual.page("scripts").partition("\n## Settings and variables\n")[2].partition("\n## ")[0]
    items = re.findall(r"^- (.*(?:\n  .*)*)", section, re.MULTILINE)
    return [Entry(*(said(" ".join(item.split()), label) for label in Entry._fields)) for item in items]


def said(item: str, label: str) -> str:
    """What stands behind a label, as in `environment TERM`; nothing where the item has no such label."""
    part = re.search(rf"[:;] {label} (.*?)(?=; |$)", item)
    return part[1] if part else ""


def named() -> set[str]:
    """The variables that the page names: those that one sets for timpora, and those that its defaults come from."""
    texts = [f"{entry.environment} {entry.default}" for entry in entries()]
    quoted = [name.partition("=")[0] for text in texts for name in re.findall(r"`([^`]+)`", text)]
    return {name for name in quoted if VARIABLE.fullmatch(name)}


def is_environment(node: ast.AST) -> bool:
    return (isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}) or (
        isinstance(node, ast.Name) and node.id == "environment"
    )


def statements(tree: ast.AST) -> Iterator[ast.AST]:
    """Each statement without a body of its own, and the head of each that has one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            if not hasattr(node, "body"):
                yield node
            elif isinstance(node, ast.If | ast.While):
                yield node.test


def read_in(path: Path) -> set[str]:
    """The names of variables in every statement of a module that reads the environment."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found: set[str] = set()
    for statement in statements(tree):
        inside = list(ast.walk(statement))
        if any(is_environment(node) for node in inside):
            texts = [node.value for node in inside if isinstance(node, ast.Constant)]
            texts += [constants.get(node.id) for node in inside if isinstance(node, ast.Name)]
            found |= {text for text in texts if isinstance(text, str) and VARIABLE.fullmatch(text)}
    return found


MODULES = sorted(SOURCE.rglob("*.py"))


@pytest.mark.slow
def test_the_search_finds_what_is_known_to_be_read() -> None:
    found = set().union(*(read_in(path) for path in MODULES))
    assert found >= {"TIMPORA_DB", "TIMPORA_OFFICER", "TIMPORA_LANG", "TIMPORA_DEBUG", "_TIMPORA_COMPLETE"}
    assert found >= {"LC_ALL", "LC_MESSAGES", "LANG", "FORCE_COLOR"}


@pytest.mark.slow
@pytest.mark.parametrize("path", MODULES, ids=[path.relative_to(SOURCE).as_posix() for path in MODULES])
def test_every_variable_that_is_read_stands_on_the_page(path: Path) -> None:
    assert read_in(path) <= named()


@pytest.mark.slow
def test_the_page_names_what_is_read_for_us_and_nothing_else() -> None:
    ours = set().union(*(read_in(path) for path in MODULES)) | {setting.variable for setting in SETTINGS} - {""}
    assert named() - {"TZ"} == ours | READ_BY_OTHERS


def test_every_setting_stands_on_the_page_beside_what_stands_above_it() -> None:
    by_key = {re.findall(r"`(\w+)`", entry.setting)[0]: entry for entry in entries() if entry.setting}
    assert by_key.keys() == {setting.key for setting in SETTINGS}
    for setting in SETTINGS:
        entry = by_key[setting.key]
        assert setting.option in entry.option
        assert setting.variable in entry.environment
        assert setting.default in entry.default
