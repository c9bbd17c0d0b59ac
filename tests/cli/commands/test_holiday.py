"""`timpora holiday`: holidays are loaded, and the day to act by passes over them."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora


COVERED = "41"


def of_one(timpora: "Timpora", resident: str, on: str, *words: str) -> dict[str, str]:
    """One person's row of the expiry list that reaches furthest."""
    rows = timpora.rows("expiring", "--within", "100y", "--as-of", on, *words)
    (row,) = [row for row in rows if row["resident_id"] == resident]
    return row


def test_the_day_to_act_by_passes_over_the_holidays_that_were_loaded(timpora: "Timpora", tmp_path: Path) -> None:
    assert of_one(timpora, COVERED, "2020-09-17")["act_by"] == "2020-09-18"
    said = timpora.answer("holiday", "add", "18 Sept 2020", "Cuti rekaan", "--source", "SKB rekaan")
    assert said == "Holiday recorded: Friday 18 September 2020, Cuti rekaan.\n"
    assert of_one(timpora, COVERED, "2020-09-17")["act_by"] == "2020-09-17"
    assert timpora.answer("holiday", "add", "2020-09-18", "Cuti rekaan") == (
        "That holiday was already recorded: Friday 18 September 2020, Cuti rekaan.\n"
    )
    sheet = tmp_path / "libur.csv"
    sheet.write_text("tanggal,nama\n17/9/2020,Libur rekaan\n18/9/2020,Cuti rekaan\n")
    assert timpora.answer("holiday", "import", str(sheet)) == "1 holiday new.\n"
    assert timpora.answer("holiday", "import", str(sheet)) == "0 holidays new.\n"
    assert of_one(timpora, COVERED, "2020-09-17")["act_by"] == "2020-09-16"
    assert timpora.answer("holiday", "list", "--year", "2020") == (
        "Day         Name          Source\n2020-09-17  Libur rekaan  libur.csv\n2020-09-18  Cuti rekaan   SKB rekaan\n"
    )
    assert timpora.answer("holiday", "list", "--year", "2021") == ""
    assert "on Wednesday 16 September 2020" not in timpora.answer("relief", "explain", COVERED)
    assert "Act by Wednesday 16 September 2020, the last working day." in timpora.answer("relief", "explain", COVERED)
