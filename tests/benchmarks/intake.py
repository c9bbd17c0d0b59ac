"""What an import of wide rows takes beside `sqlite-utils insert --csv` of the same file, which only stores the cells.

    python -m tests.benchmarks --only import [--rows 10000 100000 1000000] [--xlsx]

Each runs in a process of its own. It prints the processor time (user and system), the time of the clock and the peak of
the memory of each, and the ratios that are allowed at most. With --xlsx, also an import of a workbook beside what
openpyxl takes to yield its rows. It exits with 1 where a ratio is above what is allowed.
"""

import csv
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from multiprocessing import Process
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.sheets.fixtures.sheets import as_saved

SIZES = (10_000, 100_000, 1_000_000)
HEADER = (
    "NO", "NAMA LENGKAP", "JENIS KELAMIN", "TEMPAT LAHIR", "TANGGAL LAHIR (tgl/bln/thn)", "NO. PASPOR",
    "MASA BERLAKU PASPOR", "KEWARGANEGARAAN", "JENIS IZIN TINGGAL", "NO IZIN TINGGAL", "TGL TERBIT", "TGL BERAKHIR",
    "TUJUAN", "PENJAMIN", "JENIS PENJAMIN", "PEKERJAAN", "ALAMAT", "RT", "RW", "DESA/KELURAHAN", "KECAMATAN",
    "KABUPATEN", "TELP/WA", "KANTOR IMIGRASI", "STATUS",
)  # fmt: skip
PLACES = (("Air Merbau", "Tanjungpandan"), ("Keciput", "Sijuk"), ("Membalong", "Membalong"), ("Ibul", "Badau"))
COUNTRIES = ("Australia", "Jerman", "Tiongkok", "Jepang", "Belanda", "Filipina")


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


YIELDS = """
import sys
from openpyxl import load_workbook
for row in load_workbook(sys.argv[1], read_only=True).worksheets[0].iter_rows(values_only=True):
    pass
"""
STORES = "SELECT * FROM people"


class Taken(NamedTuple):
    """What a process took: seconds of the processor and of the clock, and its peak of memory in MB."""

    processor: float
    clock: float
    peak: float


class Compared(NamedTuple):
    """What was measured, beside what: the ratio of the processor times, and the ratio that is allowed."""

    what: str
    took: Taken
    beside: Taken
    allowed: float

    @property
    def ratio(self) -> float:
        """How many times as long it took."""
        return self.took.processor / self.beside.processor


def taken(*command: str | Path) -> Taken:
    """Run a program to its end, and return what it took."""
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _process, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        message = f"{command[0]} ended with {process.returncode}"
        raise RuntimeError(message)
    return Taken(used.ru_utime + used.ru_stime, time.perf_counter() - begun, used.ru_maxrss / 1024)


def written(write: Callable[[Path, Iterator[list[str]]], Path], path: Path, count: int) -> Path:
    """Write a sheet in a process of its own: Linux counts this one's memory among that of the programs it starts."""
    writing = Process(target=write, args=(path, people(count)))
    writing.start()
    writing.join()
    return path


def compared(folder: Path, count: int, *, xlsx: bool) -> Iterator[Compared]:
    """Measure everything with so many rows, one after the other."""
    timpora = (sys.executable, "-m", "timpora_cli", "--officer", "benchmark", "--db")
    sheet, cells = written(written_csv, folder / "people.csv", count), folder / "cells.db"
    stored = taken(Path(sys.executable).parent / "sqlite-utils", "insert", cells, "people", sheet, "--csv")
    register = folder / "register.db"
    taken(*timpora, register, "init")
    new = taken(*timpora, register, "import", sheet)
    yield Compared("import, all new", new, stored, 0.8)
    yield Compared("the same file again", taken(*timpora, register, "import", sheet), new, 0.5)
    shell = taken("sqlite3", "-csv", cells, STORES)
    yield Compared("export to csv", taken(*timpora, register, "export", folder / "out.csv"), shell, 2.0)
    if xlsx:
        book = written(written_xlsx, folder / "people.xlsx", count)
        yields = taken(sys.executable, "-c", YIELDS, book)
        other = folder / "other.db"
        taken(*timpora, other, "init")
        yield Compared("import of an xlsx", taken(*timpora, other, "import", book), yields, 1.3)


def measure(sizes: Sequence[int], *, xlsx: bool = False) -> int:
    """Measure, print a table, and return the exit code."""
    peers = {
        "import, all new": "sqlite-utils insert --csv",
        "the same file again": "the first import",
        "export to csv": "sqlite3 -csv",
        "import of an xlsx": "openpyxl, rows read",
    }
    print(f"{'rows':>9}  {'timpora':20} {'cpu':>8} {'clock':>8} {'MB':>5}  {'beside':26} {'cpu':>8}  ratio  allowed")
    above = False
    for count in sizes:
        with TemporaryDirectory() as folder:
            for one in compared(Path(folder), count, xlsx=xlsx):
                took, beside = one.took, one.beside
                print(
                    f"{count:>9}  {one.what:20} {took.processor:6.1f} s {took.clock:6.1f} s {took.peak:5.0f}  "
                    f"{peers[one.what]:26} {beside.processor:6.1f} s {one.ratio:6.2f} {one.allowed:8.2f}",
                    flush=True,
                )
                above |= one.ratio > one.allowed
    return int(above)
