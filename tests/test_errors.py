"""Every error is a sentence whose places are filled, has a name of its own, and ends with a code that scripts know."""

import ast
import builtins
import string
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import timpora_cli
from timpora_cli import errors
from timpora_cli.errors import Exit

PACKAGE = Path(timpora_cli.__file__).parent
TREES = {path.relative_to(PACKAGE): ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")}
NODES = [(f"{path}:{getattr(node, 'lineno', 0)}", node) for path, tree in TREES.items() for node in ast.walk(tree)]
TYPERS_OWN = {"Exit", "BadParameter"}
NEVER_SAID = {"Unreadable", "NoSuchTable"}  # caught and said as another error, or a fault of the program itself
ROOTS = ("TimporaError", "Refused", "WrongUsage", "NotFound", "RegisterUnusable")


def everything(kind: type[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    """All nodes of a kind in the package, each with where it stands."""
    return ((where, node) for where, node in NODES if isinstance(node, kind))


def name_of(node: ast.AST | None) -> str:
    """The last part of a name, as in GoneForEver of residents.GoneForEver; of a call, that of what is called."""
    if isinstance(node, ast.Call):
        return name_of(node.func)
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


CLASSES = [node for _where, node in everything(ast.ClassDef) if isinstance(node, ast.ClassDef)]
PARENTS = {node.name: {name_of(base) for base in node.bases} for node in CLASSES}


def is_error(name: str) -> bool:
    return name in ROOTS or any(is_error(parent) for parent in PARENTS.get(name, ()) if parent != name)


ERRORS = [node for node in CLASSES if is_error(node.name) and node.name not in ROOTS]
PLACES = {
    node.name: {place.partition(".")[0] for _text, place, _spec, _how in string.Formatter().parse(sentence) if place}
    for node in ERRORS
    if (sentence := ast.get_docstring(node)) is not None
}
RETURNS_AN_ERROR = {
    node.name
    for _where, node in everything(ast.FunctionDef)
    if isinstance(node, ast.FunctionDef) and is_error(name_of(node.returns))
}


def test_every_error_is_a_sentence() -> None:
    assert [node.name for node in ERRORS if node.name not in PLACES] == []


def test_every_error_has_a_name_of_its_own() -> None:
    names = Counter(node.name for node in ERRORS)
    assert [name for name, times in names.items() if times > 1] == []


def test_every_error_is_made_with_the_values_that_its_sentence_names() -> None:
    wrong = []
    for where, node in everything(ast.Call):
        assert isinstance(node, ast.Call)
        given = {keyword.arg for keyword in node.keywords}
        if name_of(node) in PLACES and (node.args or given != PLACES[name_of(node)]):
            wrong.append((where, name_of(node), given))
    assert wrong == []


def test_an_error_is_raised_without_values_only_if_its_sentence_names_none() -> None:
    wrong = []
    for where, node in everything(ast.Raise):
        assert isinstance(node, ast.Raise)
        if isinstance(node.exc, ast.Name) and PLACES.get(node.exc.id):
            wrong.append((where, node.exc.id))
    assert wrong == []


def test_what_is_raised_is_an_error_with_a_sentence_of_its_own_or_never_reaches_a_person() -> None:
    unknown = []
    for where, node in everything(ast.Raise):
        assert isinstance(node, ast.Raise)
        name = name_of(node.exc)
        known = name in PLACES or name in RETURNS_AN_ERROR or name.startswith("_") or hasattr(builtins, name)
        a_variable = isinstance(node.exc, ast.Name) and name.islower()
        if node.exc is not None and not known and not a_variable and name not in TYPERS_OWN | NEVER_SAID:
            unknown.append((where, name))
    assert unknown == []


def test_no_error_is_raised_by_the_name_of_its_kind_alone() -> None:
    assert [where for where, node in everything(ast.Call) if name_of(node) in ROOTS] == []


def test_the_exit_code_of_an_error_comes_from_its_kind_alone() -> None:
    own = [
        node.name
        for node in ERRORS
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
