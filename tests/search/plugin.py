"""Random cases: the same ones in every run of plain pytest, others for each seed of `python -m tests.search`.

A plugin of pytest, loaded by `pyproject.toml`. It fixes what hypothesis tries, lends `chance` to the tests that draw
random numbers themselves, and in a search chooses the random tests, stops when the time is over, and says how much
was played: what tests record as properties that are numbers, added up.
"""

import gc
import random
import time
from collections import Counter
from collections.abc import Callable, Generator
from importlib import import_module
from pkgutil import walk_packages

import pytest
from hypothesis import HealthCheck, settings

import timpora_cli

Chance = Callable[[int], random.Random]

# The machine's speed must not decide whether a test passes, so there is no deadline and no check of slowness. Of a
# property that names no number, a plain run tries a few examples, and the search the hundred that are usual.
settings.register_profile(
    "fixed",
    max_examples=10,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("search", settings.get_profile("fixed"), max_examples=100, derandomize=False)
settings.load_profile("fixed")


def examples(plain: int, search: int) -> settings:
    """Return how many examples a costly property has: in a plain run, and in a search."""
    return settings(max_examples=search if settings.get_current_profile_name() == "search" else plain)


class Stop:
    """Stops a search after the first test that ends when the seconds are over."""

    def __init__(self, session: pytest.Session, seconds: float) -> None:
        self.session = session
        self.end = time.monotonic() + seconds

    def pytest_runtest_logfinish(self) -> None:
        """Look at the time after each test."""
        if time.monotonic() > self.end:
            self.session.shouldstop = "the time of the search is over"

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        """Count a run that was stopped as passed, where nothing failed in it."""
        if self.session.shouldstop and not self.session.testsfailed:
            self.session.exitstatus = pytest.ExitCode.OK


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that limits the time of a search."""
    parser.addoption("--search-seconds", type=float, help="stop after so many seconds")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Begin to count the seconds, where they are limited."""
    seconds = session.config.getoption("search_seconds")
    if seconds is not None:
        session.config.pluginmanager.register(Stop(session, seconds))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what the tests of a search recorded."""
    if config.getoption("hypothesis_profile") == "search":
        played: Counter[str] = Counter()
        for report in terminalreporter.getreports("passed"):
            for name, number in report.user_properties:
                played[name] += number
        for name, number in sorted(played.items()):
            terminalreporter.write_line(f"{number} {name}")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In a search, keep the tests of hypothesis and those that ask for `chance`, in an order that the seed gives."""
    _import_all()
    if config.getoption("hypothesis_profile") == "search":
        chosen = [item for item in items if item.get_closest_marker("hypothesis") or "chance" in _fixtures(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        random.Random(config.getoption("hypothesis_seed")).shuffle(chosen)  # noqa: S311 chance, not secrecy
        items[:] = chosen


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Leave what is loaded by now out of garbage collection: walking it again and again takes a tenth of a run."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session")
def chance(pytestconfig: pytest.Config) -> Chance:
    """Give random numbers by a test's own number: the same in every run, others for each seed of a search."""
    seed = pytestconfig.getoption("hypothesis_seed")

    def of(number: int) -> random.Random:
        return random.Random(number if seed is None else f"{seed} {number}")  # noqa: S311 chance, not secrecy

    return of


@pytest.fixture(scope="session")
def searching(pytestconfig: pytest.Config) -> bool:
    """Whether this is a random search: how many cases of a kind come up is then another number for each seed."""
    return pytestconfig.getoption("hypothesis_seed") is not None


def _import_all() -> None:
    """Import the whole package: hypothesis also tries the constants of all modules that are imported at the time."""
    for module in walk_packages(timpora_cli.__path__, "timpora_cli."):
        if not module.name.endswith("__main__"):
            import_module(module.name)


def _fixtures(item: pytest.Item) -> list[str]:
    return item.fixturenames if isinstance(item, pytest.Function) else []
