"""A desk at which sheets are imported by the command line, in a folder of its own and in English."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from timpora_cli import language
from timpora_cli.cli import app

if TYPE_CHECKING:
    from tests.conftest import RegisterMaker

FIELD = Path(__file__).parents[2] / "sheets/fixtures/field"
Called = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Desk:
    folder: Path
    register: Path

    def __call__(self, *words: str, given: bytes | None = None) -> Called:
        language.choose("en")
        environment = {"TIMPORA_DB": str(self.register), "TIMPORA_OFFICER": "a made-up officer", "TIMPORA_LANG": "en"}
        result = CliRunner().invoke(app.app, list(words), env=environment, input=given, prog_name="timpora")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout, result.stderr

    def sheet(self, *lines: str) -> str:
        path = self.folder / "list.csv"
        path.write_text("".join(f"{line}\n" for line in lines))
        return str(path)

    def bring(self, name: str, *options: str) -> Called:
        shutil.copy(FIELD / name, self.folder / name)
        return self("import", str(self.folder / name), *options)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.register)) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture
def desk(register: "RegisterMaker", tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path, register())
