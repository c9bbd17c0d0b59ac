"""Options: values as they were typed, the options that stand anywhere, and records of options."""

import inspect
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import pytest
import typer

from timpora_cli.cli import app
from timpora_cli.cli.frame import options
from timpora_cli.cli.frame.options import AlsoNeeded, Options, parameters, refuse_alone
from timpora_cli.cli.options.filters import Facts, Filters, Places
from timpora_cli.errors import TimporaError, WrongUsage

if TYPE_CHECKING:
    from tests.cli.toys import Toys

SOURCE = Path(app.__file__).parents[2]

# Values


@pytest.mark.slow
def test_values_arrive_as_they_were_typed(toys: "Toys") -> None:
    said = toys.answer(
        "toys", "add", "ball", " Bär ", "--kind", "", "--colour", "red", "--colour", "a b", "--loud", "--safe"
    )
    assert said == "['ball', ' Bär ']  ['red', 'a b'] small True True M 3\n"


def test_what_is_left_out_takes_its_default_or_its_environment(toys: "Toys") -> None:
    add = ("toys", "add", "ball", "--kind", "x")
    assert toys.answer(*add) == "['ball'] x None small False None M 3\n"
    assert toys.answer(*add, TOY_SIZE="big", TOY_SAFE="no") == "['ball'] x None big False False M 3\n"


def test_a_type_that_is_not_text_or_flag_is_converted_by_typer(toys: "Toys") -> None:
    add = ("toys", "add", "ball", "--kind", "x")
    assert toys.answer(*add, "--age", "07").endswith(" 7\n")
    assert toys(*add, "--age", "old").code == 2


def test_a_typer_that_describes_no_type_keeps_its_own_conversion(monkeypatch: pytest.MonkeyPatch) -> None:
    def toy(name: str = "x") -> None: ...

    (parameter, *_more) = parameters(toy)
    monkeypatch.delattr(parameter, "type_descriptor", raising=False)
    options.take_as_typed(parameter)
    assert "process_value" not in vars(parameter)


BARE = """
import sys
import typer

bare = typer.Typer(add_completion=False)

@bare.command()
def toy(name: str, loud: bool = False) -> None: ...

bare(["ball"], standalone_mode=False)
sys.exit("pydantic" in sys.modules)
"""


@pytest.mark.slow
def test_typer_still_loads_pydantic_to_convert_a_text() -> None:
    """Where this fails, Typer needs no pydantic for a text: then delete `take_as_typed`, `_as_typed` and this test."""
    ended = subprocess.run([sys.executable, "-c", BARE], check=False, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (1, "")


# Options that stand anywhere


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--db", "a.db", "a.db None None None en"),
        ("--officer", "Sari", "None Sari None None en"),
        ("--as-of", "31/2/2020", "None None 31/2/2020 None en"),
        ("--known-at", "besok", "None None None besok en"),
        ("--lang", "id", "None None None None id"),
    ],
)
def test_they_stand_before_between_and_after(toys: "Toys", place: int, option: str, value: str, said: str) -> None:
    words = ["toys", "said"]
    assert toys.answer(*words[:place], option, value, *words[place:]) == f"{said}\n"
    assert toys.answer(*words[:place], f"{option}={value}", *words[place:]) == f"{said}\n"


def test_of_two_the_one_nearer_the_end_counts(toys: "Toys") -> None:
    assert toys.answer("--db", "a", "toys", "--db", "b", "said").startswith("b ")
    assert toys.answer("--db", "a", "toys", "--db", "b", "said", "--db", "c", "--db", "d").startswith("d ")


def test_the_environment_stands_in_for_an_option_and_never_overrides_it(toys: "Toys") -> None:
    environment = {"TIMPORA_DB": "env.db", "TIMPORA_OFFICER": "Budi", "TIMPORA_LANG": "id"}
    assert toys.answer("toys", "said", **environment) == "env.db Budi None None id\n"
    typed = ("--db", "a", "--officer", "b", "--lang", "en", "toys", "said")
    assert toys.answer(*typed, **environment) == "a b None None en\n"


def test_nothing_of_one_call_is_left_in_the_next(toys: "Toys") -> None:
    toys.answer("--db", "a", "--as-of", "2020-01-01", "--lang", "id", "toys", "said")
    assert toys.answer("toys", "said") == "None None None None en\n"


def test_after_two_dashes_they_are_arguments(toys: "Toys") -> None:
    assert toys.answer("toys", "keep", "--db", "a", "--", "--db") == "kept --db\n"
    assert toys.answer("toys", "keep", "--", "--lang=id") == "kept --lang=id\n"


@pytest.mark.parametrize("option", ["--db", "--officer", "--lang", "--as-of", "--known-at"])
def test_an_empty_value_is_refused_and_never_taken_for_the_default(toys: "Toys", option: str) -> None:
    given = toys("toys", "said", option, " ")
    assert given.code == 2
    assert f"Invalid value for '{option}': nothing is written there." in given.err


def test_an_unknown_language_is_refused_with_the_known_ones(toys: "Toys") -> None:
    given = toys("toys", "--lang", "nl", "said")
    assert given.code == 2
    assert '"nl" is no language of timpora. Use en or id.' in given.err
    given = toys("toys", "said", TIMPORA_LANG="nl")
    assert (given.code, given.out) == (2, "")
    assert given.err == 'timpora: TIMPORA_LANG is "nl", which is no language of timpora. Set it to en or id.\n'
    assert toys.answer("toys", "said", "--lang", "id", TIMPORA_LANG="nl").endswith(" id\n")


# Records of options


class NoColour(WrongUsage):
    """{colour} is no colour of a toy."""


class Look(Options):
    shades: ClassVar[tuple[str, ...]] = ("dark", "light")

    word: Annotated[str, typer.Argument(metavar="WORD")]
    colour: Annotated[str, typer.Option("--colour")] = "red"
    for_children: Annotated[bool, typer.Option("--for-children")] = False

    def faults(self, answer: object) -> Iterator[TimporaError]:
        if self.colour == "green":
            yield NoColour(colour=self.colour)
        if answer == "a list of balls" and self.word != "ball":
            yield NoColour(colour=self.word)


class Sized(Look):
    size: Annotated[str | None, typer.Option("--size")] = None


def test_a_class_of_options_states_what_typer_sees() -> None:
    signature = inspect.signature(Look)
    assert list(signature.parameters) == ["word", "colour", "for_children"]
    assert {one.kind for one in signature.parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}
    assert signature.parameters["word"].default is inspect.Parameter.empty
    assert signature.parameters["colour"].default == "red"
    assert [(one.name, one.opts, one.required) for one in parameters(Look)] == [
        ("word", ["word"], True),
        ("colour", ["--colour"], False),
        ("for_children", ["--for-children"], False),
    ]


def test_a_subclass_has_the_options_of_its_parent_before_its_own() -> None:
    assert [one.name for one in parameters(Sized)] == ["word", "colour", "for_children", "size"]
    whole = [*Places.__annotations__, *Facts.__annotations__, *Filters.__annotations__]
    assert [one.name for one in parameters(Filters)] == whole


def test_a_record_holds_what_was_typed_and_the_defaults_of_the_rest() -> None:
    assert vars(Look(word="ball")) == {"word": "ball", "colour": "red", "for_children": False}
    assert vars(Sized(word="ball", size="big"))["size"] == "big"


@pytest.mark.parametrize("typed", [{}, {"word": "ball", "colur": "red"}])
def test_a_record_is_not_made_with_an_option_missing_or_unknown(typed: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        Look(**typed)


def test_a_record_yields_all_that_is_wrong_with_it() -> None:
    assert list(Look(word="ball").faults("a list of balls")) == []
    assert [str(fault) for fault in Look(word="kite", colour="green").faults("a list of balls")] == [
        "green is no colour of a toy.", "kite is no colour of a toy.",
    ]  # fmt: skip


def test_a_record_with_other_values_is_another_one() -> None:
    plain = Look(word="ball")
    assert vars(plain.but(colour="blue")) == {"word": "ball", "colour": "blue", "for_children": False}
    assert plain.colour == "red"
    assert type(Sized(word="ball").but(word="kite")) is Sized


def test_a_record_names_its_options_that_hold_something_as_they_are_typed() -> None:
    full = Look(word="ball", for_children=True)
    assert full.given("colour", "for_children") == ["--colour", "--for-children"]
    assert Look(word="ball", colour="").given("colour", "for_children") == []


def test_a_part_without_its_whole_is_refused() -> None:
    refuse_alone({"--size": None, "--colour": ""}, "--word")
    with pytest.raises(AlsoNeeded, match="--size says nothing without --word"):
        refuse_alone({"--colour": None, "--size": "big"}, "--word")
