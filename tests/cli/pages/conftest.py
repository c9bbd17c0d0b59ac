"""A browser, and the pages to look at: both are made once for all tests of this folder, and gone with them."""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.pages.looks import Look, looking
from tests.cli.pages.samples import make

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.cli.conftest import Driver
    from tests.conftest import NeedsTool

PACKAGES = ("playwright", "axe_playwright_python", "pypdf")
Pages = Callable[[str], dict[str, Path]]


@pytest.fixture(scope="session")
def browser(
    needs_tool: "NeedsTool", needs_package: "NeedsTool", tmp_path_factory: pytest.TempPathFactory
) -> "Iterator[Browser]":
    """Debian's Chromium without a window. Its home is a folder of the tests; root may not use its sandbox."""
    needs_tool("chromium")
    for name in PACKAGES:
        needs_package(name)
    from playwright.sync_api import sync_playwright

    home: dict[str, str | float | bool] = {"HOME": str(tmp_path_factory.mktemp("browser")), "PATH": "/usr/bin:/bin"}
    with sync_playwright() as driver:
        chromium = shutil.which("chromium")
        with driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"], env=home) as opened:
            yield opened


@pytest.fixture(scope="session")
def pages(demo_made: Path, driver: "Driver", tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Give the pages of a register by their names. They are made when the first of them is asked for."""

    @cache
    def of_register(name: str) -> dict[str, Path]:
        folder = tmp_path_factory.mktemp(name)
        db = Path(shutil.copy(demo_made, folder / "register.db"))
        with driver(db) as timpora:
            return make(timpora, folder, name)

    return of_register


@pytest.fixture(scope="module")
def look(request: pytest.FixtureRequest, browser: "Browser", pages: Pages) -> Iterator[Look]:
    """A page that is open: the parameter is its register and its name."""
    register, name = request.param
    with looking(browser, pages(register)[name]) as opened:
        yield opened
