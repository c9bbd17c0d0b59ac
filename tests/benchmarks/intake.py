"""How long an import of wide rows takes and how much memory it needs, at 10,000 rows and at ten times as many.

    python tests/benchmarks/intake.py [ROWS ...]

Each import runs in a process of its own, into a register of its own: from csv and from xlsx, the sheet once as new and
once again as known, and a csv of which every row is rejected. It prints seconds and the peak of the process's memory,
and exits with 1 where the peak at the last number of rows is more than half as high again as at the first.
"""

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from tests.sheets.fixtures.sheets import as_saved

SIZES = (10_000, 100_000)
ALLOWED = 1.5
TODAY = date(2020, 9, 17)
HEADER = (
    "NO", "NAMA LENGKAP", "JENIS KELAMIN", "TEMPAT LAHIR", "TANGGAL LAHIR (tgl/bln/thn)", "NO. PASPOR",
    "MASA BERLAKU PASPOR", "KEWARGANEGARAAN", "JENIS IZIN TINGGAL", "NO IZIN TINGGAL", "TGL TERBIT", "TGL BERAKHIR",
    "TUJUAN", "PENJAMIN", "JENIS PENJAMIN", "PEKERJAAN", "ALAMAT", "RT", "RW", "DESA/KELURAHAN", "KECAMATAN",
    "KABUPATEN", "TELP/WA", "KANTOR IMIGRASI", "STATUS",
)  # fmt: skip
PLACES = (("Air Merbau", "Tanjungpandan"), ("Keciput", "Sijuk"), ("Membalong", "Membalong"), ("Ibul", "Badau"))
COUNTRIES = ("Australia", "Jerman", "Tiongkok", "Jepang", "Belanda", "Filipina")

# Run in a process of its own, so that its peak is the import's alone: Linux keeps it in VmHWM.
MEASURED = """
import json, sys, time
from datetime import date
from pathlib import Path
from timpora_cli.actions.intake.run import run
from timpora_cli.store.change import Author
from timpora_cli.store.connect import writing
register, sheet = Path(sys.argv[1]), Path(sys.argv[2])
begun = time.perf_counter()
with writing(register) as connection:
    outcome = run(connection, sheet, Author("benchmark", "here", "import"), date(2020, 9, 17))
seconds = time.perf_counter() - begun
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
peak = int(status["VmHWM"].split()[0]) / 1024
print(json.dumps([seconds, peak, outcome.new, outcome.unchanged, outcome.rejected]))
"""


def row(number: int, nation: str) -> list[str]:
    """Return the row of one made-up person, in which no word but the usual ones stands twice."""
    born = date(1950, 1, 1) + timedelta(days=number % 18_000)
    issued = date(2019, 1, 1) + timedelta(days=number % 600)
    village, district = PLACES[number % len(PLACES)]
    return [
        str(number), f"Person {number} Invented", "L" if number % 2 else "P", f"Kota Rekaan {number % 500}",
        f"{born:%d/%m/%Y}", f"X{number:08}", f"{issued + timedelta(days=3000):%d-%m-%Y}", nation, "ITAS",
        f"2C21JD{number:07}-V", f"{issued:%d %B %Y}", f"{issued + timedelta(days=364):%Y-%m-%d}", "bekerja",
        f"PT Contoh {number % 900}", "PERUSAHAAN", f"juru {number % 300}", f"Jl. Contoh No. {number}",
        f"{number % 20:03}", f"{number % 9:03}", village, district, "KAB. BELITUNG", f"0812-{number:08}",
        "Kantor Imigrasi Kelas II TPI Tanjungpandan", "aktif",
    ]  # fmt: skip


def people(count: int, nation: str | None = None) -> Iterator[list[str]]:
    """Yield so many rows; with `nation`, all of that one."""
    return (row(number, nation or COUNTRIES[number % len(COUNTRIES)]) for number in range(count))


def written_csv(path: Path, rows: Iterator[list[str]]) -> Path:
    """Write a csv with the header above `rows`."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER])
        csv.writer(file).writerows(rows)
    return path


def written_xlsx(path: Path, rows: Iterator[list[str]]) -> Path:
    """Write an xlsx with the header above `rows`, as a spreadsheet saves it."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    tab = book.create_sheet("Data")
    tab.append(HEADER)
    for cells in rows:
        tab.append(cells)
    book.save(path)
    return as_saved(path)


def made(path: Path) -> Path:
    """Make a new register."""
    from timpora_cli.actions import founding
    from timpora_cli.store.change import Author

    founding.make(path, None, Author("benchmark", "here", "init"))
    return path


def measured(what: str, count: int, register: Path, sheet: Path) -> float:
    """Import, print what it took, and return the peak in MB."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(register), str(sheet)], stdout=subprocess.PIPE, check=True
    )
    seconds, peak, new, unchanged, rejected = json.loads(done.stdout)
    counts = f"{new} new, {unchanged} unchanged, {rejected} rejected"
    print(f"{count:>8} rows  {seconds:7.1f} s  {peak:6.0f} MB  {what} ({counts})", flush=True)  # noqa: T201
    return float(peak)


def main() -> int:
    """Measure, print, and return the exit code."""
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    peaks: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for count in sizes:
            sheet = written_csv(folder / f"{count}.csv", people(count))
            refused = written_csv(folder / f"refused{count}.csv", people(count, "Atlantis"))
            book = written_xlsx(folder / f"{count}.xlsx", people(count))
            register = made(folder / f"{count}.db")
            for what, path, into in (
                ("csv, new", sheet, register),
                ("csv, again", sheet, register),
                ("csv, all rejected", refused, register),
                ("xlsx, new", book, made(folder / f"xlsx{count}.db")),
            ):
                peaks.setdefault(what, []).append(measured(what, count, into, path))
    grown = {what: peak[-1] / peak[0] for what, peak in peaks.items()}
    for what, times in grown.items():
        print(f"{what}: the peak at {sizes[-1]} rows is {times:.2f} x the peak at {sizes[0]}.")  # noqa: T201
    return int(any(times > ALLOWED for times in grown.values()))


if __name__ == "__main__":
    sys.exit(main())
