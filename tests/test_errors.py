"""Every error is a sentence whose places are filled, has a name of its own, and ends with a code that scripts know."""

import ast
import builtins
import string
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

import timpora_cli
from timpora_cli import errors
from timpora_cli.errors import Exit

PACKAGE = Path(timpora_cli.__file__).parent
TYPERS_OWN = {"Exit", "BadParameter"}
NEVER_SAID = {
    "Unreadable",
    "NoSuchTable",
    "Unconfirmed",
}  # caught and said as another error, or a fault of the program itself
ROOTS = ("TimporaError", "Refused", "WrongUsage", "NotFound", "RegisterUnusable")
Node = TypeVar("Node", bound=ast.AST)
KINDS = (ast.Call, ast.ClassDef, ast.FunctionDef, ast.Raise)


def name_of(node: ast.AST | None) -> str:
    """The last part of a name, as in GoneForEver of residents.GoneForEver; of a call, that of what is called."""
    if isinstance(node, ast.Call):
        return name_of(node.func)
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


class Package:
    """The errors of the package, and where they are made and raised: all of its files are read once."""

    def __init__(self) -> None:
        self.nodes = [
            (f"{path.relative_to(PACKAGE)}:{node.lineno}", node)
            for path in PACKAGE.rglob("*.py")
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, KINDS)
        ]
        classes = [node for _where, node in self.everything(ast.ClassDef)]
        self.parents = {node.name: {name_of(base) for base in node.bases} for node in classes}
        self.errors = [node for node in classes if self.is_error(node.name) and node.name not in ROOTS]
        self.places = {
            node.name: {
                place.partition(".")[0] for _text, place, _spec, _how in string.Formatter().parse(sentence) if place
            }
            for node in self.errors
            if (sentence := ast.get_docstring(node)) is not None
        }
        self.returns_an_error = {
            node.name for _where, node in self.everything(ast.FunctionDef) if self.is_error(name_of(node.returns))
        }

    def everything(self, kind: type[Node]) -> Iterator[tuple[str, Node]]:
        """All nodes of a kind in the package, each with where it stands."""
        return ((where, node) for where, node in self.nodes if isinstance(node, kind))

    def is_error(self, name: str) -> bool:
        return name in ROOTS or any(self.is_error(parent) for parent in self.parents.get(name, ()) if parent != name)


@pytest.fixture(scope="session")
def package() -> Package:
    return Package()


def test_every_error_is_a_sentence(package: Package) -> None:
    assert [node.name for node in package.errors if node.name not in package.places] == []


def test_every_error_has_a_name_of_its_own(package: Package) -> None:
    names = Counter(node.name for node in package.errors)
    assert [name for name, times in names.items() if times > 1] == []


def test_every_error_is_made_with_the_values_that_its_sentence_names(package: Package) -> None:
    wrong = []
    for where, node in package.everything(ast.Call):
        given = {keyword.arg for keyword in node.keywords}
        if name_of(node) in package.places and (node.args or given != package.places[name_of(node)]):
            wrong.append((where, name_of(node), given))
    assert wrong == []


def test_an_error_is_raised_without_values_only_if_its_sentence_names_none(package: Package) -> None:
    wrong = []
    for where, node in package.everything(ast.Raise):
        if isinstance(node.exc, ast.Name) and package.places.get(node.exc.id):
            wrong.append((where, node.exc.id))
    assert wrong == []


def test_what_is_raised_is_an_error_with_a_sentence_of_its_own_or_never_reaches_a_person(package: Package) -> None:
    unknown = []
    for where, node in package.everything(ast.Raise):
        name = name_of(node.exc)
        known = (
            name in package.places
            or name in package.returns_an_error
            or name.startswith("_")
            or hasattr(builtins, name)
        )
        a_variable = isinstance(node.exc, ast.Name) and name.islower()
        if node.exc is not None and not known and not a_variable and name not in TYPERS_OWN | NEVER_SAID:
            unknown.append((where, name))
    assert unknown == []


def test_no_error_is_raised_by_the_name_of_its_kind_alone(package: Package) -> None:
    assert [where for where, node in package.everything(ast.Call) if name_of(node) in ROOTS] == []


def test_the_exit_code_of_an_error_comes_from_its_kind_alone(package: Package) -> None:
    own = [
        node.name
        for node in package.errors
        for statement in node.body
        if isinstance(statement, ast.Assign | ast.AnnAssign) and "exit_code" in ast.unparse(statement)
    ]
    assert own == []


def test_the_exit_codes_are_those_that_scripts_know() -> None:
    assert {code.name: code.value for code in Exit} == {
        "DONE": 0,
        "REFUSED": 1,
        "WRONG_USAGE": 2,
        "NOT_EMPTY": 3,
        "NOT_FOUND": 4,
        "REGISTER_UNUSABLE": 5,
        "REJECTS": 6,
        "HUNG_UP": 129,
        "INTERRUPTED": 130,
        "TERMINATED": 143,
    }


@pytest.mark.parametrize(
    ("kind", "code"),
    [("TimporaError", 1), ("Refused", 1), ("WrongUsage", 2), ("NotFound", 4), ("RegisterUnusable", 5)],
)
def test_each_kind_of_error_ends_with_its_code(kind: str, code: int) -> None:
    assert getattr(errors, kind)().exit_code == code
