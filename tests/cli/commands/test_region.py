"""Districts and villages: one of the office's own, and a whole list of them."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Timpora


@pytest.mark.slow
def test_a_district_and_a_village_of_ones_own(empty: "Timpora") -> None:
    assert empty.answer("district", "add", "19.02.06", "Contoh Baru") == "District 19.02.06 added: Contoh Baru.\n"
    assert (
        empty.answer("village", "add", "19.02.06.2001", "Desa Contoh") == "Village 19.02.06.2001 added: Desa Contoh.\n"
    )
    assert empty.answer(
        "resident", "add", "--name", "Ann", "--nationality", "AUS", "--village", "Contoh, contoh baru"
    ) == ("Resident 1 recorded: Ann. Contoh Baru now counts 1.\n")
    assert empty.refused(1, "district", "add", "19.02.06", "Again") == (
        "19.02.06 is already on record. Nothing was changed.\n"
    )
    assert empty.refused(1, "village", "add", "19.02.07.2001", "Nowhere").startswith(
        "19.02.07.2001 lies in 19.02.07, which is not on record."
    )
    assert empty.refused(1, "district", "add", "19.02", "Short") == (
        "19.02 is not a Kemendagri code of a district; one looks like 19.02.01.\n"
    )


def test_regions_from_a_list(empty: "Timpora", tmp_path: "Path") -> None:
    file = tmp_path / "wilayah.csv"
    file.write_text("kode,nama\n11,Aceh\n11.01,Kab. Aceh Selatan\n11.01.01,Bakongan\n11.01.01.2001,Keude\n", "utf-8")
    said = "1 province, 1 regency, 1 district, 1 village new.\n"
    assert empty.answer("region", "import", str(file)) == said
    again = "0 provinces, 0 regencies, 0 districts, 0 villages new.\n"
    assert empty.answer("region", "import", str(file)) == again
    assert len(empty.rows("district", "list")) == 12
    assert len(empty.rows("district", "list", "--all")) == 13
    assert empty.rows("village", "list", "--district", "bakongan")[0]["village"] == "Keude"


@pytest.mark.slow
@pytest.mark.one_in(8)
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,2\n", "has no columns kode and nama (or code and name); it has: a, b. Nothing was imported."),
        (b"kode,nama\n1,Aceh\n", 'line 2: "1" is not a Kemendagri code. Nothing was imported.'),
        (b"kode,nama\n11.01,Aceh\n", "11.01 lies in 11, which is not on record."),
        (b"kode,nama\n11,Ac\xff\n", "cannot be read"),
        (None, "cannot be read"),
    ],
)
def test_a_list_that_cannot_be_taken_is_refused_whole(
    empty: "Timpora", tmp_path: "Path", content: bytes | None, said: str
) -> None:
    file = tmp_path / "wilayah.csv"
    if content is not None:
        file.write_bytes(content)
    before = empty.db.read_bytes()
    assert said in empty.refused(1, "region", "import", str(file))
    assert empty.db.read_bytes() == before
    elsewhere = empty.on(tmp_path / "new.db")
    assert said in elsewhere.refused(1, "init", "--region", str(file))
    assert not elsewhere.db.exists()
