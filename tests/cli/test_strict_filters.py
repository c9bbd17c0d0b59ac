"""A misspelt value is an error on every command; the nearest is named, nothing is answered (manual: scripts).

The commands are found by walking the program: whoever adds one with filters enters it in FILTERED.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import OptionsOfCommands, Timpora

pytestmark = pytest.mark.slow  # every filter of every command

# What each command that has the filters is called with, besides them.
FILTERED: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("expiring",): ("--within", "10y"),
    ("counts",): (),
    ("resident", "list"): (),
    ("permit", "list"): (),
    ("duties",): ("--from", "2000-01-01", "--within", "10y"),
    ("export",): ("people.csv",),
    ("reconcile",): ("list.csv",),
    ("inspection", "due"): (),
    ("letters",): ("--dry-run", "--within", "10y"),
}
CHANGES = {("letters",)}
"""Those that change the register: they ask about no other day, and write no list."""
PAGES: list[tuple[str, ...]] = [("brief",)]
"""The commands whose answer is a page to print, which no machine format has."""
FILTERS = frozenset(
    f"--{name}"
    for name in ("district", "village", "class", "group", "nationality", "purpose", "sponsor", "name", "state")
)
NOT_THERE, WRONG = 4, 2
MISSPELT = [
    ("--district", "Tanjungpadan", NOT_THERE, "Tanjungpandan"),
    ("--district", "KEC. TAJNUNG PANDAN", NOT_THERE, "Tanjungpandan"),
    ("--district", "190201", NOT_THERE, "19.02.01"),
    ("--village", "Aik Merbaw", NOT_THERE, "Air Merbau"),
    ("--village", "merbaw", NOT_THERE, "Air Merbau"),
    ("--village", "1902012012", NOT_THERE, "19.02.01.2012"),
    ("--village", "Dukong, Tanjungpadan", NOT_THERE, "Tanjungpandan"),
    ("--class", "KITSA", WRONG, "KITAS"),
    ("--class", "kunjngan", WRONG, "ITK"),
    ("--group", "VIST", WRONG, "VISIT"),
    ("--group", "oficial", WRONG, "OFFICIAL"),
    ("--nationality", "Jermany", WRONG, "Germany"),
    ("--nationality", "Belnda", WRONG, "Netherlands"),
    ("--nationality", "AUZ", WRONG, "Australia"),
    ("--nationality", "GRB", WRONG, "United Kingdom"),
    ("--purpose", "wrok", WRONG, "WORK"),
    ("--purpose", "pelajr", WRONG, "STUDY"),
    ("--sponsor", "PT Tambak Rekan", NOT_THERE, "PT Tambak Rekaan"),
    ("--sponsor", "Tambka", NOT_THERE, "PT Tambak Rekaan"),
    ("--name", "Stefan Nascocyt", NOT_THERE, "Ștefan Născocit"),
    ("--name", "stefen", NOT_THERE, "Ștefan Născocit"),
    ("--state", "overstayed", WRONG, "OVERSTAY"),
    ("--state", "releif", WRONG, "RELIEF"),
]
KNOWN_TO_ALL = {
    "--class": "KITAP, KITAS, ITK, PERALIHAN, VOA, BVK, ITKT, DIPLOMATIK, DINAS",
    "--group": "KITAP, KITAS, VISIT, ITKT, OFFICIAL, NONE",
    "--state": "VALID, DUE, RELIEF, UNKNOWN, OVERSTAY",
    "--format": "table, plain, csv, tsv, json, ndjson",
}
every_command = pytest.mark.parametrize("words", FILTERED, ids=" ".join)
every_reading_command = pytest.mark.parametrize(
    "words", [words for words in FILTERED if words not in CHANGES], ids=" ".join
)
each_filter = pytest.mark.parametrize("option", sorted(FILTERS))


@pytest.fixture(autouse=True)
def beside_the_register(timpora: "Timpora", monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a list to reconcile, in which no command that is refused may leave anything."""
    folder = timpora.db.parent
    (folder / "list.csv").write_text("Nama,No Paspor,Kewarganegaraan\nContoh,X9000001,AUS\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    before = sorted(folder.iterdir())
    yield folder
    assert sorted(folder.iterdir()) == before


def test_every_command_with_a_filter_is_tested_here_and_has_them_all(options_of_commands: "OptionsOfCommands") -> None:
    # A trend is of people who come and go, so it has no filter by the state of a permit.
    counted = options_of_commands.pop(("trend",))
    assert counted & FILTERS == FILTERS - {"--state"}
    filtered = {words: options & FILTERS for words, options in options_of_commands.items() if "--group" in options}
    assert filtered == dict.fromkeys(FILTERED, FILTERS)


@pytest.mark.one_in(17)
@every_command
@pytest.mark.parametrize(("option", "typed", "code", "meant"), MISSPELT, ids=[typed for _1, typed, _2, _3 in MISSPELT])
def test_a_misspelt_filter_names_what_was_typed_and_the_nearest_known_one(
    timpora: "Timpora", words: tuple[str, ...], option: str, typed: str, code: int, meant: str
) -> None:
    said = timpora.refused(code, *words, *FILTERED[words], option, typed)
    first = said.splitlines()[0]
    assert typed.rpartition(", ")[2] in first
    assert meant in first.partition("Did you mean ")[2]


@pytest.mark.one_in(10)
@every_command
@each_filter
def test_one_right_value_does_not_excuse_a_wrong_one(timpora: "Timpora", words: tuple[str, ...], option: str) -> None:
    right = {"--district": "Sijuk", "--village": "Keciput", "--nationality": "AUS", "--purpose": "WORK"}
    right |= {"--class": "ITAS", "--group": "NONE", "--sponsor": "Tambak", "--name": "a", "--state": "due"}
    for typed in ((right[option], "xyzzy"), ("xyzzy", right[option])):
        given = timpora(*words, *FILTERED[words], *(word for each in typed for word in (option, each)))
        assert (given.code in {NOT_THERE, WRONG}, given.out) == (True, "")
        assert "xyzzy" in given.err


@pytest.mark.slow
@every_command
@each_filter
def test_what_resembles_nothing_is_refused_all_the_same(
    timpora: "Timpora", words: tuple[str, ...], option: str
) -> None:
    for typed in ("xyzzy", "%", "*", "山", "'", "-"):
        given = timpora(*words, *FILTERED[words], f"{option}={typed}")
        if option == "--name" and typed in {"'", "-"}:  # nothing is left of them, as of the marks in a name
            assert given.code == NOT_THERE
        assert (given.code in {NOT_THERE, WRONG}, given.out) == (True, ""), typed
        assert KNOWN_TO_ALL.get(option, "") in given.err


@pytest.mark.one_in(5)
@every_reading_command
def test_a_misspelt_filter_is_an_error_in_every_format_and_on_every_day(
    timpora: "Timpora", options_of_commands: "OptionsOfCommands", words: tuple[str, ...]
) -> None:
    for extra in (("--as-of", "2001-01-01"), ("--known-at", "today"), ("--mask",)):
        timpora.refused(NOT_THERE, *words, *FILTERED[words], *extra, "--district", "Tanjungpadan")
    if "--format" in options_of_commands[words]:
        for form in ("table", "plain", "csv", "tsv", "json", "ndjson"):
            timpora.refused(NOT_THERE, *words, *FILTERED[words], "--format", form, "--district", "Tanjungpadan")
        timpora.refused(NOT_THERE, *words, *FILTERED[words], "--exit-code", "--district", "Tanjungpadan")
        timpora.refused(NOT_THERE, *words, *FILTERED[words], "--output", "new.csv", "--district", "Tanjungpadan")


@pytest.mark.slow
def test_two_letters_exchanged_in_any_known_value_are_answered_with_that_value(timpora: "Timpora") -> None:
    known = {option: values.split(", ") for option, values in KNOWN_TO_ALL.items() if option != "--format"}
    known["--district"] = [row["district"] for row in timpora.rows("district", "list")]
    known["--village"] = sorted({row["village"] for row in timpora.rows("village", "list")})
    known["--name"] = [row["name"] for row in timpora.rows("resident", "list")]
    for option, values in known.items():
        for value in values:
            middle = len(value) // 2
            before, after = value[middle - 1], value[middle]
            if before.casefold() != after.casefold() and (before + after).isalpha():
                typed = value[: middle - 1] + after + before + value[middle + 1 :]
                given = timpora("counts", option, typed)
                assert (given.code in {NOT_THERE, WRONG}, given.out) == (True, ""), (option, typed)
                assert value in given.err.partition("Did you mean ")[2].partition("\n")[0], (option, typed)


@pytest.mark.one_in(2)
@pytest.mark.parametrize("language", ["en", "id"])
def test_in_either_language_the_nearest_is_named(timpora: "Timpora", language: str) -> None:
    for option, typed, code, meant in MISSPELT:
        if option != "--nationality":
            assert meant in timpora.refused(code, "--lang", language, "counts", option, typed)


# What is no filter, and as easily misspelt


OF_ONE: tuple[tuple[str, ...], ...] = (
    ("resident", "show"),
    ("permit", "show"),
    ("sponsor", "show"),
    ("relief", "explain"),
)
ARGUMENTS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    **FILTERED,
    **dict.fromkeys(OF_ONE, ("1",)),
    **dict.fromkeys((("resident", verb) for verb in ("edit", "move", "depart", "return", "remove")), ("1",)),
    **dict.fromkeys((("permit", verb) for verb in ("add", "extend", "convert", "revoke", "edit")), ("1",)),
    ("resident", "merge"): ("1", "2"),
    ("import",): ("list.csv", "--show-mapping"),
    ("report", "monthly"): ("--month", "2020-09"),
    ("case", "show"): ("1",),
    **dict.fromkeys((("inspection", verb) for verb in ("edit", "show")), ("1",)),
    ("meeting", "show"): ("1",),
    ("restore",): ("backup.db",),
    ("case", "explain"): ("marriage",),
}


@pytest.mark.slow
def test_a_misspelt_format_names_the_nearest_and_all_that_are_known(
    timpora: "Timpora", options_of_commands: "OptionsOfCommands"
) -> None:
    timpora.answer("meeting", "add", "--level", "district", "--on", "2020-09-17", "--place", "x", "--theme", "x")
    listing = [words for words, options in options_of_commands.items() if "--format" in options]
    for words in PAGES:
        listing.remove(words)
        said = timpora.refused(WRONG, *words, "--format", "htm")
        assert said == 'There is no format "htm". Did you mean html?\nKnown: plain, html.\n'
    for words in listing:
        for typed, meant in (("jsn", "json"), ("CVS", "csv"), ("ndjsn", "ndjson"), ("tabel", "table")):
            said = timpora.refused(WRONG, *words, *ARGUMENTS.get(words, ()), "--format", typed)
            assert said.startswith(f'There is no format "{typed}". Did you mean {meant}?\nKnown: '), words
        assert KNOWN_TO_ALL["--format"] in timpora.refused(
            WRONG, *words, *ARGUMENTS.get(words, ()), "--format", "excel"
        )


@pytest.mark.slow
def test_a_misspelt_column_or_key_to_sort_by_names_the_nearest_and_all_that_are_known(
    timpora: "Timpora", options_of_commands: "OptionsOfCommands"
) -> None:
    timpora.answer("holiday", "add", "2020-12-25", "Contoh")
    listing = {words: options for words, options in options_of_commands.items() if {"--columns", "--format"} <= options}
    for words, options in listing.items():
        line = (*words, *ARGUMENTS.get(words, ()))
        columns = timpora(*line, "--format", "csv").lines[0].split(",")
        column = max(columns, key=len)
        typed = column[1] + column[0] + column[2:]
        misspelt = {
            "--columns": (typed, f"{columns[0]},{typed}"),
            "--sort": (typed, f"-{typed}", f"{columns[0]},{typed}"),
        }
        for option in options & misspelt.keys():
            for keys in misspelt[option]:
                said = timpora.refused(WRONG, *line, option, keys)
                assert said.startswith(f'There is no column "{typed}"; the nearest is "{column}".\nKnown: '), words


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (("counts", "--by", "distrct"), WRONG, "distrct is not a known side to count by. Did you mean district?"),
        (("village", "list", "--district", "Sijik"), NOT_THERE, "There is no district Sijik. Did you mean Sijuk?"),
        (("export", "people.csv", "--layout", "imprt"), WRONG, "imprt is not a known layout. Did you mean import?"),
        (("export", "people.csv", "--columns", "nmae"), WRONG, 'There is no column "nmae"; the nearest is "name".'),
        (("reconcile", "list.csv", "--fields", "vilage"), WRONG, "vilage is not a known field. Did you mean village?"),
        (
            ("relief", "end", "ITKT-2O20-09", "--on", "2020-09-20"),
            NOT_THERE,
            "There is no relief ITKT-2O20-09. Did you mean ITKT-2020-09?",
        ),
        (("expirng",), WRONG, "expiring"),
        (("resident", "lst"), WRONG, "list"),
        (("expiring", "--distrik", "Sijuk"), WRONG, "--district"),
    ],
    ids=str,
)
def test_what_else_is_misspelt_is_answered_with_the_nearest(
    timpora: "Timpora", line: tuple[str, ...], code: int, said: str
) -> None:
    given = timpora(*line)
    assert (given.code, given.out) == (code, "")
    assert said in given.err
