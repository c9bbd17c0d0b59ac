"""The RT and RW of a cell, and the place that an address names."""

import pytest

from timpora_cli.sheets import addresses
from timpora_cli.sheets.headers import Field
from timpora_cli.sheets.sheet import BadCell


@pytest.mark.parametrize(
    ("text", "rt", "rw"),
    [
        ("003/002", "003", "002"),
        ("RT 3 RW 2", "3", "2"),
        ("RT.003/RW.002", "003", "002"),
        ("rt: 3, rw: 2", "3", "2"),
        ("3 - 2", "3", "2"),
        ("003 002", "003", "002"),
        ("003/-", "003", None),
        ("-/002", None, "002"),
        ("-/-", None, None),
    ],
)
def test_an_rt_and_an_rw_may_stand_in_one_cell(text: str, rt: str | None, rw: str | None) -> None:
    found = addresses.lots(text)
    assert (found.get("rt"), found.get("rw")) == (rt, rw)


@pytest.mark.parametrize("text", ["2020-02-03", "Dusun Contoh", "3/2/2020", "0003/0002"])
def test_what_is_no_rt_and_rw_is_refused(text: str) -> None:
    with pytest.raises(BadCell, match=r"as in 003/002"):
        addresses.lots(text)


def test_an_rt_alone_is_read_and_both_where_both_stand() -> None:
    assert addresses.lot("RT 003", "rt") == {"rt": "003"}
    assert addresses.lot("3.0", "rw") == {"rw": "3"}
    assert addresses.lot("003/002", "rt") == {"rt": "003", "rw": "002"}
    with pytest.raises(BadCell):
        addresses.lot("2020-03-02", "rt")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "RT 03/02 Desa Air Merbau Kec. Tanjungpandan",
            {"rt": "03", "rw": "02", "village": "Air Merbau", "district": "Tanjungpandan"},
        ),
        ("Jl. Contoh No. 5 RT.003 RW.002", {"rt": "003", "rw": "002"}),
        ("Jl. Contoh RT/RW 003/002, Kel. Parit", {"rt": "003", "rw": "002", "village": "Parit"}),
        ("Jl. Contoh, Kelurahan Kota, Kecamatan Tanjungpandan, Kab. Belitung", {
            "village": "Kota", "district": "Tanjungpandan", "regency": "Belitung"}),
        ("Ds. Simpang Tiga RT 01", {"village": "Simpang Tiga", "rt": "01"}),
        ("Jl. Desain 3, Jl. Kelapa", {}),
        ("Jl. Contoh 1", {}),
    ],
)  # fmt: skip
def test_an_address_says_where_it_is(text: str, parts: dict[Field, str]) -> None:
    assert addresses.parts_of_address(text) == parts
