"""The meeting of 17 September 2020 in the example register, recorded by the commands. Everybody in it is made up."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

AT_WORK = datetime(2099, 9, 17, 8, 30, tzinfo=UTC)
"""What the machine's clock says: after the example register was made, so that a page has the same moment always."""
MEETING = (
    *("meeting", "add", "--level", "kecamatan", "--on", "Kamis, 17 September 2020", "--begins", "9.00"),
    *("--ends", "12:00", "--place", "Hotel La Lucia, Tanjungpandan"),
    *("--theme", "Rapat koordinasi Timpora Kecamatan Tanjungpandan", "--opened-by", "Sekretaris Daerah Contoh"),
    *("--chair", "Kepala Kantor Imigrasi", "--secretary", "Kepala Seksi Contoh", "--note-taker", "Petugas Contoh"),
    *("--letter-number", "W7.IMI.2-GR.03.02-0817", "--letter-on", "2020-09-10", "--nature", "Penting"),
    *("--signer", "Contoh Kepala Kantor", "--signer-office", "Kepala Kantor", "--signer-number", "197001012000000001"),
)
INSTITUTIONS = (
    *("Kecamatan Tanjungpandan: Camat", "Kecamatan Tanjungpandan: Sekretaris Camat"),
    *("Polsek Tanjungpandan: Kapolsek", "Koramil Tanjungpandan: Danramil", "Desa Air Merbau: Kepala Desa"),
    *(f"Desa Contoh {number}: Kepala Desa" for number in range(1, 16)),
    *(f"Kelurahan Contoh {number}: Lurah" for number in range(1, 8)),
    *("Dinas Contoh Tenaga Kerja", "Dinas Contoh Kependudukan", "Kantor Contoh Kesbangpol"),
)
CAME = (
    ("Polsek Tanjungpandan", "Contoh Satu", "Kanit Intelkam", "Kapolsek"),
    ("1", "Contoh Dua", "Camat", ""),
    ("Air Merbau", "Contoh Tiga", "Kepala Desa", ""),
    ("Dinas Contoh Tenaga Kerja", "Contoh Empat", "", "Kepala Dinas"),
)
DECISIONS = (
    ("Desa dan kelurahan melaporkan orang asing setiap bulan", "Kecamatan Tanjungpandan", "2020-10-31"),
    ("Operasi gabungan dijadwalkan", "Kantor Imigrasi", "30 November 2020"),
    ("Desa binaan dipilih", "Kantor Imigrasi", "akhir tahun"),
)


@pytest.fixture
def office(timpora: "Timpora") -> "Timpora":
    """The example register with nothing of a meeting in it, on a machine with a clock of its own."""
    timpora.clock.machine = AT_WORK
    return timpora


@pytest.fixture
def held(office: "Timpora") -> "Timpora":
    """The meeting was held: who was invited, who came, what was said and what was decided are on record."""

    def build() -> None:
        assert len(INSTITUTIONS) == 30
        office.answer(*MEETING)
        office.answer("meeting", "invite", "1", *INSTITUTIONS, "--copy", "Kepala Kantor Wilayah Contoh")
        for institution, name, job, stood_in in CAME:
            office.answer("meeting", "attend", "1", institution, "--name", name, "--office", job, "--for", stood_in)
        office.answer("meeting", "agenda", "1", "Pembukaan", "Laporan kepala kantor", "Laporan desa", "Tanya jawab")
        office.answer(
            *("meeting", "agenda", "1", "--risk", "Pelabuhan rakyat tanpa pemeriksaan"),
            *("--finding", "Desa Air Merbau: seorang pemegang KITAS menikah dengan WNI, izinnya diperiksa"),
            *("--finding", "KITAP, KITAS dan izin kunjungan diawasi dengan cara yang sama"),
            *("--obstacle", "Jumlah petugas tidak sebanding dengan luas wilayah"),
        )
        for text, owner, due in DECISIONS:
            office.answer("meeting", "decide", "1", text, "--owner", owner, "--due", due)

    return office.prepared(build)


@pytest.fixture
def closed(held: "Timpora") -> "Timpora":
    """The meeting was held and closed."""

    def build() -> None:
        held.answer("meeting", "close", "1")

    return held.prepared(build)
