"""The columns of every answer: what has to hold for each, and how they are listed for the manual."""

import re
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest

from timpora_cli.render import answers, write
from timpora_cli.render.answer import Card, Column, Table, Wanted
from timpora_cli.render.answers.columns import columns
from timpora_cli.render.answers.people import EXPIRING
from timpora_cli.render.answers.verdict import VERDICT

Shape = Table[Any] | Card[Any]


def shapes() -> dict[str, Shape]:
    """Every table and card of the answers, by the name of its module and its own."""
    within = f"{answers.__name__}."
    modules = {
        module.name.removeprefix(within): import_module(module.name)
        for module in walk_packages(answers.__path__, within)
    }
    found = {(name, key): value for name, module in modules.items() for key, value in vars(module).items()}
    counts = modules["counting.counts"].COUNTS
    return {f"{name}.{key}": shape for (name, key), shape in found.items() if isinstance(shape, Table | Card)} | {
        f"counts by {side}": table for side, table in counts.items()
    }


SHAPES = shapes()


def fields(shape: Shape) -> tuple[Column[Any], ...]:
    return shape.fields if isinstance(shape, Card) else shape.columns


def test_a_key_is_english_for_programs_and_stands_once() -> None:
    for name, shape in SHAPES.items():
        keys = [column.key for column in fields(shape)]
        if isinstance(shape, Card):
            keys += [part.key for part in shape.parts]

        assert len(set(keys)) == len(keys), name
        assert all(re.fullmatch("[a-z]+(_[a-z]+)*", key) for key in keys), name


def test_a_rank_is_one_of_three_and_every_column_has_a_heading() -> None:
    for name, shape in SHAPES.items():
        assert all(column.rank in (1, 2, 3) and column.heading for column in fields(shape)), name


def test_the_columns_of_a_list_can_be_listed(capsys: pytest.CaptureFixture[str]) -> None:
    write.answer(columns(EXPIRING), Wanted("csv", limit=2))

    assert capsys.readouterr().out == ("key,heading,kind,says\nresident_id,Id,ID,\nname,Name,TEXT,\n")
    assert [column.key for column in columns(EXPIRING).rows] == [column.key for column in EXPIRING.columns]


def test_the_fields_of_a_card_can_be_listed(capsys: pytest.CaptureFixture[str]) -> None:
    write.answer(columns(VERDICT), Wanted("plain"))

    assert capsys.readouterr().out.splitlines()[-1].split() == (
        ["head", "Head", "of", "the", "history", "REFERENCE", "the", "digest", "of", "the", "last", "change"]
    )
