"""Registers to test with: made once by the program's own `make`, then copied; people and permits enter by the actions.

`register()` gives a file. `office` is a register in memory with builders on it, and `person(...)` and `permit(...)` are
its two busiest. Dates are written as ISO text. Everyone in a test is made up.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.processes import ended
from timpora_cli import language
from timpora_cli.actions import family, founding, passports, permits, residents, stays
from timpora_cli.actions.permits import corrections
from timpora_cli.actions.regions.changes import carry_out
from timpora_cli.actions.regions.plans import planned
from timpora_cli.model.counting.counts import CountRow
from timpora_cli.model.people import Account, Permit, Person, Resident
from timpora_cli.model.places import RegionStep
from timpora_cli.queries import find
from timpora_cli.queries.counting.counts import counts
from timpora_cli.queries.expiring import Window, account, expiring
from timpora_cli.queries.filters import EVERYONE, Where
from timpora_cli.queries.find import permit_of_id
from timpora_cli.queries.people import people
from timpora_cli.store.change import Author, Change, Value, changing
from timpora_cli.store.known import look_back

TODAY = date(2020, 9, 17)
AIR_MERBAU = "19.02.01.2012"
# The reliefs of 2020, retold: from which day each row speaks, and the last day that it keeps a permit valid.
RELIEFS = (
    (date(2020, 4, 2), date.max),
    (date(2020, 7, 13), date(2020, 8, 12)),
    (date(2020, 7, 22), date(2020, 8, 20)),
    (date(2020, 8, 18), date(2020, 9, 20)),
)
MEMORY = Path("/dev/shm")  # noqa: S108 pytest makes a folder of its own in it
ROOM = 2 * 1024**3
DUMPED = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"

PREPARED: dict[str, bytes] = {}
"""The registers of `Office.prepared`, by what built them."""

RegisterMaker = Callable[..., Path]
EarlierRegister = Callable[[int], Path]
REGISTERS = Path(__file__).parent / "registers"
EffectiveEnd = Callable[[str, date, date], date]
AtOnce = Callable[..., list[str]]
NeedsTool = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Office:
    """One register at work: each method is one change by the actions, or one question by the queries."""

    connection: sqlite3.Connection
    author: Author
    today: date = TODAY

    def prepared(self, build: Callable[[], object]) -> None:
        """Have in the register what `build` puts into a new one. It is built once, and copied from then on."""
        key = f"{build.__module__}.{build.__qualname__}"
        if key in PREPARED:
            self.connection.deserialize(PREPARED[key])
        else:
            build()
            PREPARED[key] = self.connection.serialize()

    @contextmanager
    def change(self) -> Iterator[Change]:
        with changing(self.connection, self.author) as change:
            yield change

    def person(
        self,
        name: str = "Ann Invented",
        nationality: str = "AUS",
        *,
        village: str | None = AIR_MERBAU,
        district: str | None = None,
        since: str | None = None,
        arrived: str | None = None,
        passport: str | None = None,
        sponsor: str | None = None,
        relatives: Sequence[family.Relative] = (),
        **facts: Value,
    ) -> int:
        new = residents.NewResident(
            {"full_name": name, "nationality": nationality, **facts},
            stays.NewResidence(None if district else village, since=day(since), district_code=district),
            passports.NewPassport(passport, nationality) if passport else None,
            sponsor,
            relatives=tuple(relatives),
            arrived=day(arrived),
        )
        with self.change() as change:
            return residents.add(change, new)

    def rename_region(self, code: str, name: str, on: str = "2020-09-17") -> None:
        with self.change() as change:
            carry_out(change, planned(change.connection, date.fromisoformat(on), [RegionStep("RENAMED", code, name)]))

    def move(self, resident: int, village: str | None, on: str, district: str | None = None) -> None:
        home = stays.NewResidence(village, district_code=district)
        with self.change() as change:
            stays.move(change, self.resident(resident), home, date.fromisoformat(on))

    def return_(self, resident: int, village: str | None, on: str, district: str | None = None) -> None:
        home = stays.NewResidence(village, district_code=district)
        with self.change() as change:
            stays.return_(change, self.resident(resident), home, date.fromisoformat(on))

    def depart(self, resident: int, on: str, how: str = "DEPARTED") -> int | None:
        with self.change() as change:
            return stays.depart(change, self.resident(resident), date.fromisoformat(on), how, self.today)

    def remove(self, resident: int) -> int:
        with self.change() as change:
            return residents.remove(change, self.resident(resident))

    def permit(
        self,
        resident: int,
        kind: str = "KITAS",
        issued: str | None = None,
        expires: str | None = None,
        number: str | None = None,
        **printed: str,
    ) -> int:
        with self.change() as change:
            return permits.add(change, resident, self.grant(kind, issued, expires, number, **printed), self.today)

    def extend(
        self, permit: int, issued: str | None, expires: str | None, number: str | None = None, **printed: str
    ) -> int:
        extended = self.permit_of_id(permit)
        with self.change() as change:
            grant = self.grant(extended.class_code, issued, expires, number, **printed)
            return permits.extend(change, extended, grant, self.today)

    def convert(
        self, permit: int, kind: str, issued: str | None, expires: str | None, number: str | None = None
    ) -> int:
        with self.change() as change:
            grant = self.grant(kind, issued, expires, number)
            return permits.convert(change, self.permit_of_id(permit), grant, self.today)

    def revoke(self, permit: int, on: str, why: str = "a made-up reason") -> None:
        with self.change() as change:
            permits.revoke(change, self.permit_of_id(permit), date.fromisoformat(on), why)

    def edit(self, permit: int, **values: Value) -> None:
        with self.change() as change:
            corrections.edit(change, self.permit_of_id(permit), values, self.today)

    def grant(
        self, kind: str, issued: str | None, expires: str | None, number: str | None = None, **printed: str
    ) -> permits.Grant:
        valid_from = day(printed.pop("valid_from", None))
        return permits.Grant(kind, number, day(issued), day(expires), valid_from=valid_from, **printed)

    def resident(self, identity: int) -> Resident:
        return find.resident(self.connection, str(identity))

    def permit_of_id(self, identity: int) -> Permit:
        return permit_of_id(self.connection, identity)

    def people(self, on: str, where: Where = EVERYONE) -> dict[int, Person]:
        return {person.resident_id: person for person in people(self.connection, date.fromisoformat(on), where)}

    def state(self, resident: int, on: str) -> str | None:
        """The state of the permit that the resident holds on a day; None without one, or when not present."""
        held = self.people(on).get(resident)
        return held.permit.standing.state.value if held and held.permit else None

    def listed(
        self, on: str, before: str, since: str | None = None, where: Where = EVERYONE
    ) -> tuple[list[int], Account]:
        """The residents on an expiry list, in its order, and its account of everyone."""
        asked, window = date.fromisoformat(on), Window(date.fromisoformat(before), day(since))
        ending = expiring(self.connection, asked, window, where)
        who = [person.resident_id for person in ending.people]
        return who, account(self.connection, asked, ending, where)

    def counts(self, on: str, by: str = "district", where: Where = EVERYONE) -> list[CountRow]:
        return counts(self.connection, date.fromisoformat(on), by, where)

    def totals(self, on: str, by: str = "district", where: Where = EVERYONE) -> dict[str | None, int]:
        """How many people are in each row of a count that has any."""
        return {row.code: row.total for row in self.counts(on, by, where) if row.total}

    def rows(self, query: str, *values: Value) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, values).fetchall()

    def dump(self) -> dict[str, list[tuple[Value, ...]]]:
        """Every row of every table, so that "nothing was changed" can be meant."""
        return {str(name): self.rows(f'SELECT rowid, * FROM "{name}" ORDER BY rowid') for (name,) in self.rows(DUMPED)}

    def agrees_with_views(self, on: str) -> None:
        """Compare the public views with the queries, for a day after everything that is on record."""
        people = self.people(on)
        held = {identity: person.permit for identity, person in people.items() if person.permit}
        places = {
            row[0]: row[1:]
            for row in self.rows("SELECT resident_id, village_code, district_code FROM current_residence")
        }
        assert places == {
            identity: (person.place.village_code, person.place.district_code) for identity, person in people.items()
        }
        assert dict(self.rows("SELECT resident_id, permit_id FROM current_permit")) == {
            identity: permit.permit_id for identity, permit in held.items()
        }
        assert dict(self.rows("SELECT resident_id, effective_until FROM expiry")) == {
            identity: permit.effective_until and permit.effective_until.isoformat() for identity, permit in held.items()
        }
        counted = {row[1]: row[2:] for row in self.rows("SELECT * FROM district_count") if row[-1]}
        assert counted == {row.code: (*row.groups, row.total) for row in self.counts(on) if row.total}

    @contextmanager
    def looking_back(self, moment: str) -> Iterator[None]:
        """Let every question inside be about what was known at `moment`."""
        look_back(self.connection, moment)
        yield
        for kind in ("view", "table"):  # views stand on tables
            for (name,) in self.rows("SELECT name FROM sqlite_temp_schema WHERE type = ?", kind):
                self.connection.execute(f"DROP {kind} temp.{name}")

    def written_to(self, path: Path) -> Path:
        with closing(sqlite3.connect(path)) as copy:
            self.connection.backup(copy)
        path.chmod(0o600)
        return path


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def pytest_configure() -> None:
    """Keep the files of tests in memory, where the system has room: on a disk each change of a register waits for it.

    Linux has such a folder. Elsewhere they are where pytest puts them.
    """
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.hookimpl(tryfirst=True)  # before those are left out that are marked slow
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark most cases of a long table slow, and give every slow test ten minutes.

    The limit of the other tests is in pyproject.toml.
    """
    seen: Counter[str] = Counter()
    for item in items:
        table = item.nodeid.partition("[")[0]
        thinned = item.get_closest_marker("one_in")
        if thinned and seen[table] % thinned.args[0]:
            item.add_marker(pytest.mark.slow)
        seen[table] += 1
        if item.get_closest_marker("slow") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(600))


@pytest.fixture(scope="session")
def author() -> Author:
    return Author("a made-up officer", "a made-up host", "timpora test")


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """Let each test begin in English, whatever language the test before it has chosen."""
    language.choose("en")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, author: Author) -> Path:
    """A register as `timpora init` makes it. Shared by all tests: copy it, never write to it."""
    path = tmp_path_factory.mktemp("made") / "register.db"
    founding.make(path, None, author)
    return path


@pytest.fixture
def register(made: Path, tmp_path: Path) -> RegisterMaker:
    """Give a new register's file, under the name that is asked for."""

    def make(name: str = "register.db") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(made, path)  # with its mode
        return path

    return make


@pytest.fixture
def earlier_register(tmp_path: Path) -> EarlierRegister:
    """Give the register of a schema version, as that version's own program made it (tests/registers)."""

    def make(version: int) -> Path:
        path = tmp_path / "register.db"
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript((REGISTERS / f"v{version}.sql").read_text(encoding="utf-8"))
        path.chmod(0o600)
        return path

    return make


@pytest.fixture(scope="session")
def open_office(made: Path, author: Author) -> Iterator[Callable[[], Office]]:
    """Give a new register in memory each time: for properties, which need one for every example."""
    with closing(sqlite3.connect(made)) as source:

        def make() -> Office:
            connection = sqlite3.connect(":memory:", isolation_level=None)
            source.backup(connection)
            connection.execute("PRAGMA foreign_keys = ON")
            return Office(connection, author)

        yield make


@pytest.fixture(scope="session")
def effective_end() -> EffectiveEnd:
    """The oracle of effective ends, without SQL: the last relief that speaks on a day, for whoever it is for."""

    def find(kind: str, expires: date, on: date) -> date:
        speaking = [until for since, until in RELIEFS if since <= on]
        if kind in {"DIPLOMATIK", "DINAS", "PERALIHAN"} or not speaking or expires < RELIEFS[0][0]:
            return expires
        return max(expires, speaking[-1])

    return find


@pytest.fixture
def office(open_office: Callable[[], Office]) -> Iterator[Office]:
    opened = open_office()
    with closing(opened.connection):
        yield opened


@pytest.fixture
def person(office: Office) -> Callable[..., int]:
    return office.person


@pytest.fixture
def permit(office: Office) -> Callable[..., int]:
    return office.permit


@pytest.fixture(scope="session")
def needs_tool() -> NeedsTool:
    """Skip a test when a program that it drives is missing; fail it where TIMPORA_ALL_TOOLS=1 says that none is."""

    def check(name: str) -> None:
        if shutil.which(name) is None:
            missing(name)

    return check


@pytest.fixture(scope="session")
def needs_package() -> NeedsTool:
    """Do the same for a package of Python that only the extra `test-slow` installs."""

    def check(name: str) -> None:
        if find_spec(name) is None:
            missing(name)

    return check


def missing(name: str) -> None:
    if os.environ.get("TIMPORA_ALL_TOOLS") == "1":
        pytest.fail(f"{name} is not installed")
    pytest.skip(f"{name} is not installed")


@pytest.fixture
def at_once() -> AtOnce:
    """Start a program several times, let all go on together once each is ready, and give what each printed.

    The program is Python; what stands above its line `ready()` is done before the others are waited for.
    """

    def run(program: str, *arguments: str | Path, times: int) -> list[str]:
        prelude = "import sys\ndef ready():\n    print(flush=True)\n    sys.stdin.readline()\n"
        command = [sys.executable, "-c", prelude + program, *map(str, arguments)]
        pipe = subprocess.PIPE
        with ExitStack() as stack:
            started = [
                stack.enter_context(ended(subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)))
                for _time in range(times)
            ]
            for process in started:
                assert process.stdout is not None
                process.stdout.readline()
            for process in started:
                assert process.stdin is not None
                process.stdin.write("go\n")
                process.stdin.flush()
            answers = [process.communicate() for process in started]
        assert [error for _answer, error in answers] == [""] * times
        return [answer.strip() for answer, _error in answers]

    return run
