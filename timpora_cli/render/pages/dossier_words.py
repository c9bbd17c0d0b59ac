"""The words of a person's own file: its own texts, and the Indonesian of what its card has in English."""

from timpora_cli.language import chosen
from timpora_cli.render.text import sentence

DOSSIER_WORDS: dict[str, dict[str, str]] = {
    "id": {
        "dossier_title": "DATA PRIBADI YANG DISIMPAN",
        "dossier_says": "Halaman ini memuat semua data tentang orang ini dalam daftar kantor, setiap perubahannya, dan "
        "siapa yang telah melihatnya. Setiap orang berhak atas data pribadinya: UU 27/2022 pasal 7 dan 32 ayat (2).",
        "dossier_person": "Orang",
        "dossier_ends": "Yang tertulis tentang orang ini dalam surat di luar daftar, dalam notula rapat, dalam berkas "
        "ekspor dan dalam cadangan tidak termuat di sini.",
    },
    "en": {
        "dossier_title": "PERSONAL DATA ON RECORD",
        "dossier_says": "This page has all that the office's register holds on this person, every change of it, and "
        "who was shown it. Everybody has a right to their personal data: UU 27/2022 arts 7 and 32(2).",
        "dossier_person": "Person",
        "dossier_ends": "What stands about this person on paper, in minutes of meetings, in exported files and in "
        "backups is not on this page.",
    },
}
INDONESIAN = dict(
    pair.split("=")
    for pair in """
Resident=Nomor orang|Name=Nama|Nationality=Kewarganegaraan|Country=Negara|Sex=Jenis kelamin|Born=Tanggal lahir|Age=Umur
Birthplace=Tempat lahir|NIORA=NIORA|Passport=Paspor|Village=Desa/kelurahan|District=Kecamatan|Address=Alamat
Arrived=Datang|Departed=Pergi|How=Cara|Purpose=Tujuan|Occupation=Pekerjaan|Sponsor=Penjamin|Sponsor is=Penjamin adalah
Contact=Kontak|Class=Jenis izin|Permit no.=Nomor izin|Expires=Berakhir|Valid until=Berlaku s.d.|Relief=Kelonggaran
State=Keadaan|Days left=Sisa hari|Act by=Urus s.d.|Overstay days=Hari overstay|Fine=Biaya beban|Limit=Batas hari
Unlimited=Tanpa batas|Next report=Laporan berikutnya|Last report=Laporan terakhir|Note=Catatan|VALID=berlaku
DUE=segera berakhir|RELIEF=kelonggaran|UNKNOWN=tidak diketahui|OVERSTAY=overstay|Work=Bekerja
Family reunification=Penyatuan keluarga|Study=Belajar|Investor=Penanam modal|Retiree=Lansia
Work at sea=Bekerja di laut|Second home=Rumah kedua|Remote work=Kerja jarak jauh|Tourism=Wisata|Business=Bisnis
Social and cultural=Sosial budaya|Research=Penelitian|Religious work=Rohaniwan
Former Indonesian citizen=Eks WNI|male=laki-laki|female=perempuan|spouse=suami/istri|child=anak|parent=orang tua
new=baru|extension=perpanjangan|conversion=alih status|extended=diperpanjang|converted=dialihstatuskan|revoked=dicabut
Left for good=Pergi seterusnya|Deported=Dideportasi|Died=Meninggal|Naturalised=Menjadi WNI|Company=Badan usaha
Person=Perorangan|Permits=Izin tinggal|Permit=Izin|Index=Indeks|Number=Nomor|Issued=Terbit|Valid from=Berlaku sejak
Granted as=Diberikan sebagai|Follows=Lanjutan dari|Ended=Selesai|Office=Kantor|Reports=Laporan|Reported=Dilaporkan
Passports=Paspor|Issued by=Diterbitkan oleh|Retired=Tidak dipakai sejak|In use=Dipakai|Stays=Keberadaan
Residences=Tempat tinggal|Since=Sejak|Until=Sampai|Code=Kode|RT=RT|RW=RW|Family=Keluarga|Relation=Hubungan|Id=Nomor
Nat.=Kewarganegaraan|Merged records=Catatan yang digabungkan|Sponsors=Penjamin
Passport that lists show=Paspor yang ditampilkan|Shown from=Sejak|Cases=Perkara|Case=Perkara|Kind=Jenis
Act until=Tindak lanjut s.d.|Act until, time=Tindak lanjut s.d. (jam)|Late=Terlambat (hari)|Days=Hari
Owner=Penanggung jawab|Place=Tempat|Happened=Terjadi|By=Oleh|Same as=Sama dengan|Report=Laporan
What happened in the cases=Yang terjadi dalam perkara|When=Waktu|Step=Langkah|Settled=Hasil|Officer=Petugas
next state=keadaan berikutnya|step=langkah|Done=Selesai|Not needed=Tidak perlu|Inspections=Pengawasan lapangan
Inspection=Pengawasan|Day=Tanggal|Officers=Petugas|Letter=Surat|Finding=Temuan|Seen=Ditemui
Address found=Alamat ditemukan|Class found=Jenis izin ditemukan|Activity=Kegiatan|Activity found=Kegiatan ditemukan
as registered=sesuai daftar|differs=berbeda|not checked=tidak diperiksa|Duties=Kewajiban|What=Hal|Child=Anak
Counted from=Dihitung dari|Basis=Dasar|Source=Sumber
five-yearly report of a KITAP holder=laporan lima tahunan pemegang KITAP|report the marriage=melaporkan perkawinan
report the birth=melaporkan kelahiran|get the SKTT=mengurus SKTT|report the new address=melaporkan alamat baru
child chooses a nationality=anak memilih kewarganegaraan|child states the choice=anak menyatakan pilihan
come for photo and interview=datang untuk foto dan wawancara|Letters=Surat|To=Kepada
Told by expiry lists=Diberitahukan oleh daftar|Reach=Jangkauan|permit=izin|passport=paspor|report=laporan
Accepted findings=Temuan yang diterima|Key=Kunci|Why=Alasan|Every change=Setiap perubahan|Change=Perubahan
Recorded as=Tercatat sebagai|Host=Komputer|Command=Perintah|Record=Catatan|Did=Tindakan|Field=Kolom|Before=Sebelum
After=Sesudah|Who was shown this person=Siapa yang melihat data ini|As of=Keadaan per|For=Untuk|People=Orang
dossier=data pribadi|export=ekspor|briefing=bahan rapat|public page=halaman umum|yes=ya|no=tidak
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
"""The headings and words of the card, by what the card says."""


def said(text: str) -> str:
    """Return a heading or a word of the card in the language in force."""
    return INDONESIAN[text] if chosen() == "id" else sentence(text)
