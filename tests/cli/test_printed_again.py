"""Lists, cards and pages are printed again, byte for byte, as they were known before fifty corrections."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Real, Timpora


PRINTED = (
    ("expiring", "--before", "2020-12-01"),
    ("counts",),
    ("counts", "--by", "class"),
    ("case", "list", "--all"),
    ("case", "show", "1", "--why"),
    ("case", "explain", "marriage", "--for", "26"),
    ("duties", "--within", "60d"),
    ("district", "rank", "--why"),
    ("inspection", "due"),
    ("inspection", "list"),
    ("inspection", "show", "1"),
    ("trend", "--by", "class"),
    ("report", "monthly", "--month", "2020-08"),
    ("resident", "list"),
    ("permit", "list"),
    ("resident", "show", "7"),
)
FORMATS = ("plain", "csv", "json")
PAGES = (("brief", "--format", "plain"), ("brief", "--format", "html", "--audience", "agency"))


def moment_of(timpora: "Timpora") -> str:
    """When the last change was, as `history` writes it."""
    return timpora.rows("history", "--last", "1")[0]["at"]


def fifty_corrections(timpora: "Timpora", folder: Path) -> Iterator[tuple[str, ...]]:
    """What an office does in a month: typing mistakes mended, people moved and gone, the law and the places changed."""
    held = timpora.rows("permit", "list")
    yield ("inspection", "edit", "1", "--officers", "Contoh, Koreksi")
    for number, row in enumerate(held[:17]):
        expires = f"2021-{number % 12 + 1:02}-15"
        yield ("permit", "edit", row["permit_id"], "--expires", expires, "--number", f"2C21CORR{number:04}")
    for row in held[18:26]:
        yield ("resident", "edit", row["resident_id"], "--name", f"{row['name']} Imagined", "--sponsor", "PT Koreksi")
    for row in (*held[7:8], *held[26:32]):
        yield ("resident", "move", row["resident_id"], "--village", "Perawas", "--on", "2020-09-16")
    for row in held[32:37]:
        yield ("resident", "depart", row["resident_id"], "--on", "2020-09-16")
    for row in held[37:41]:
        yield ("resident", "remove", row["resident_id"], "--yes")
    for number in range(3):
        name = f"Newcomer {number} Invented"
        yield (
            "resident",
            "add",
            "--name",
            name,
            "--nationality",
            "AUS",
            "--village",
            "Sijuk",
            "--arrived",
            "2020-01-01",
        )
    places = folder / "places.csv"
    places.write_text("kode,nama\n19.02.04,Sijuk Baru\n19.02.01.2003,Perawas Baru\n", encoding="utf-8")
    yield ("region", "import", str(places), "--yes")
    yield ("village", "add", "19.02.04.2099", "Desa Rekaan")
    yield ("relief", "end", "ITKT-2020-09", "--on", "2020-09-18")
    yield ("rule", "add", "window", "90", "--for", "KITAS", "--basis", "Contoh", "--source", "example.invalid")
    yield ("holiday", "add", "2020-09-18", "Cuti rekaan")


@pytest.mark.slow
def test_what_was_printed_is_printed_again_after_fifty_corrections(
    timpora: "Timpora", real: "Real", tmp_path: Path
) -> None:
    timpora.answer("resident", "edit", "1", "--note", "the last change before")
    moment = moment_of(timpora)
    asked = [*PAGES, *((*words, "--format", chosen) for words in PRINTED for chosen in FORMATS)]
    printed = {words: timpora.answer(*words) for words in asked}
    corrections = list(fifty_corrections(timpora, tmp_path))
    assert len(corrections) == 50
    for words in corrections:
        assert timpora(*words).code == 0, words
    assert timpora.rows("history", "--last", "1")[0]["change"] == "55"  # two of them are the briefings
    assert [words for words in asked if timpora.answer(*words) == printed[words]] == []
    for words in asked:
        assert timpora.answer(*words, "--known-at", moment) == printed[words]
    for words in PRINTED:
        again = real(*words, "--known-at", moment, "--as-of", "2020-09-17", TIMPORA_DB=str(timpora.db))
        assert (again.code, again.out, again.err) == (0, printed[*words, "--format", "plain"], "")
    assert timpora.rows("verify")[0]["whole"] == "true"
