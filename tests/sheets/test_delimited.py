"""The delimiter of a sheet is the one by which its first lines hold known headers."""

from pathlib import Path

import pytest

from tests.sheets.fixtures.sheets import read_rows, written


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Nama;No Paspor;Alamat\nAnn;X1;Jl. A, B, C, D\n", ("Ann", "X1", "Jl. A, B, C, D")),
        ('Nama,No Paspor,Alamat\nAnn,X1,"a;b;c;d;e;f"\n', ("Ann", "X1", "a;b;c;d;e;f")),
        ("Nama\tNo Paspor\tAlamat\nAnn\tX1\tJl. A, B; C\n", ("Ann", "X1", "Jl. A, B; C")),
        ("Nama|No Paspor\nAnn|X1\n", ("Ann", "X1")),
        ("sep=;\r\nNama;No Paspor\r\nAnn;X,1\r\n", ("Ann", "X,1")),
        ("Daftar, dan, judul, yang, panjang\nNama;No Paspor\nAnn;X1\n", ("Ann", "X1")),
        ('"Judul; dengan; titik koma"\nNama,No Paspor\nAnn,X1\n', ("Ann", "X1")),
        ("Orangnya;Nomornya\nAnn;X1\n", ("Ann", "X1")),
        ("Orangnya\nAnn\n", ("Ann",)),
    ],
)
def test_the_delimiter_is_the_one_that_makes_headers(tmp_path: Path, text: str, cells: tuple[str, ...]) -> None:
    assert read_rows(written(tmp_path, text))[1][-1].cells == cells
