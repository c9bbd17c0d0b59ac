"""The day of a sheet, as a line above its header says it."""

from datetime import date

import pytest

from timpora_cli.sheets.dated import day_of

TODAY = date(2020, 9, 17)


@pytest.mark.parametrize(
    "title",
    [
        "KEADAAN PER 31 AGUSTUS 2020",
        "Daftar orang asing, keadaan tanggal 31-08-2020",
        "Posisi: 31/8/2020",
        "Data WNA per Senin, 31 Agustus 2020",
        "as of 2020-08-31",
        "Tanggal : 31 Agt 2020",
    ],
)
def test_a_line_above_the_header_gives_the_day(title: str) -> None:
    found, said = day_of(["DAFTAR ORANG ASING", title], TODAY)
    assert found == date(2020, 8, 31)
    assert "2020-08-31" in (said or "")


@pytest.mark.parametrize(
    "title",
    [
        "Bulan Agustus 2020",
        "Tahun 2020",
        "Rekap per kecamatan",
        "Rekap 1 Januari 2020 s/d 31 Agustus 2020",
        "Dicetak tanggal 1 September 2020",
        "Permenkumham 11/2020",
        "Keadaan per 31 Februari 2020",
        "Nomor W7.IMI.2-GR.03.02-0001",
    ],
)
def test_any_other_line_gives_none(title: str) -> None:
    assert day_of([title], TODAY) == (None, None)


def test_of_several_days_none_is_taken() -> None:
    found, said = day_of(["Keadaan per 31 Agustus 2020", "Tanggal 1 September 2020"], TODAY)
    assert found is None
    assert "several days (2020-08-31, 2020-09-01)" in (said or "")


def test_a_day_after_today_is_not_taken() -> None:
    found, said = day_of(["Keadaan per 18 September 2020"], TODAY)
    assert found is None
    assert "2020-09-18, is after today (2020-09-17)" in (said or "")
