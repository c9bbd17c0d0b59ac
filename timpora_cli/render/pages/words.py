"""The words of the printed pages, in both languages. The letters of the office are Indonesian; English translates.

They stand here and not in the catalogue: a page has a language of its own, and a letter is a text as a whole.
"""

from datetime import date

from timpora_cli.language import chosen
from timpora_cli.model.dates.almanac import MONTHS, WEEKDAYS
from timpora_cli.render.pages.brief_words import BRIEF_WORDS
from timpora_cli.render.pages.dossier_words import DOSSIER_WORDS
from timpora_cli.render.pages.public_words import PUBLIC_WORDS

WORDS: dict[str, dict[str, str]] = {
    "id": {
        "number": "Nomor",
        "nature": "Sifat",
        "attachments": "Lampiran",
        "subject": "Hal",
        "invitation": "Undangan {theme}",
        "nature_default": "Biasa",
        "attachments_list": "Daftar undangan",
        "none": "-",
        "to": "Yth.",
        "to_list": "Yth. daftar undangan terlampir",
        "greeting": "Dengan hormat,",
        "invite": "Sehubungan dengan pengawasan orang asing, kami mengundang Bapak/Ibu untuk hadir pada {theme}, yang "
        "akan diselenggarakan pada:",
        "day": "Hari, tanggal",
        "time": "Waktu",
        "until_end": "selesai",
        "place": "Tempat",
        "agenda": "Acara",
        "thanks": "Mengingat pentingnya acara tersebut, kami mohon kehadiran Bapak/Ibu tepat waktu. Apabila "
        "berhalangan, kehadiran dapat diwakilkan. Atas perhatian dan kerja sama Bapak/Ibu, kami ucapkan terima kasih.",
        "copies": "Tembusan:",
        "list_of_invited": "DAFTAR UNDANGAN",
        "letter_of": "Surat nomor {number} tanggal {day}",
        "letter_of_day": "Surat tanggal {day}",
        "attendance_list": "DAFTAR HADIR",
        "no": "No.",
        "institution": "Instansi",
        "office_invited": "Jabatan yang diundang",
        "name_office": "Nama dan jabatan",
        "sign": "Tanda tangan",
        "attendance": "Kehadiran",
        "came": "hadir",
        "stood_in": "mewakili {whom}",
        "absent": "tidak hadir",
        "uninvited": "di luar undangan",
        "summary": "Hadir {present} dari {invited} undangan, {people} orang.",
        "minutes": "NOTULA RAPAT",
        "theme": "Tema",
        "level": "Tingkat",
        "chair": "Pemimpin rapat",
        "secretary": "Sekretaris",
        "note_taker": "Notulis",
        "participants": "Peserta",
        "head_report": "Laporan kepala kantor",
        "head_says": "Pada {day} tercatat {people} orang asing: {classes}.",
        "opening": "Pembukaan dan acara",
        "opened": "Rapat dibuka oleh {whom}.",
        "law": "Dasar hukum",
        "counts": "Jumlah orang asing",
        "class": "Izin tinggal",
        "people": "Orang",
        "share": "Bagian",
        "total": "Jumlah",
        "no_permit": "Tanpa izin berlaku",
        "top": "Lima kewarganegaraan terbanyak",
        "nationality": "Kewarganegaraan",
        "district": "Kecamatan",
        "no_region": "Tidak diketahui",
        "purpose": "Tujuan",
        "no_purpose": "Tidak tercatat",
        "deported": "Dideportasi pada tahun {year}: {number} orang.",
        "as_known": "Angka per {day}, sebagaimana tercatat dalam register pada {moment}.",
        "as_known_now": "Angka per {day}. Rapat belum ditutup: angka ini masih dapat berubah.",
        "moment": "{day} pukul {time} ({offset})",
        "risks": "Kerawanan wilayah",
        "findings": "Pembahasan dan laporan desa",
        "obstacles": "Kendala",
        "steps": "Langkah yang disepakati",
        "step": "Langkah",
        "owner": "Penanggung jawab",
        "due": "Batas waktu",
        "no_steps": "Tidak ada keputusan: {reason}.",
        "carried": "Keputusan rapat sebelumnya",
        "of_meeting": "Rapat tanggal",
        "state": "Keadaan",
        "OPEN": "belum selesai",
        "LATE": "terlambat",
        "DONE": "selesai",
        "DROPPED": "dihentikan",
        "state_why": "{state}: {reason}",
        "closing": "Penutup",
        "closed": "Rapat ditutup pada pukul {time}.",
        "closed_day": "Notula ditutup pada {day}.",
        "not_closed": "Notula ini belum ditutup.",
        "attached": "Daftar hadir yang ditandatangani terlampir.",
        "nip": "NIP {number}",
        "nothing": "Tidak ada.",
        "o_clock": "{begins} s.d. {ends}",
        "DISTRICT": "Kecamatan",
        "REGENCY": "Kabupaten/kota",
        "PROVINCE": "Provinsi",
        "NATIONAL": "Pusat",
    },
    "en": {
        "number": "Number",
        "nature": "Nature",
        "attachments": "Attachments",
        "subject": "Subject",
        "invitation": "Invitation: {theme}",
        "nature_default": "Ordinary",
        "attachments_list": "List of the invited",
        "none": "-",
        "to": "To",
        "to_list": "To those on the attached list",
        "greeting": "Dear Sir or Madam,",
        "invite": "For the supervision of foreigners, we invite you to {theme}, which will be held on:",
        "day": "Day and date",
        "time": "Time",
        "until_end": "end",
        "place": "Place",
        "agenda": "Agenda",
        "thanks": "This meeting is important, so please come on time. If you cannot come, please send somebody in your "
        "place. Thank you for your attention and your help.",
        "copies": "Copies to:",
        "list_of_invited": "LIST OF THE INVITED",
        "letter_of": "Letter number {number} of {day}",
        "letter_of_day": "Letter of {day}",
        "attendance_list": "ATTENDANCE LIST",
        "no": "No.",
        "institution": "Institution",
        "office_invited": "Office invited",
        "name_office": "Name and office",
        "sign": "Signature",
        "attendance": "Attendance",
        "came": "present",
        "stood_in": "in place of {whom}",
        "absent": "absent",
        "uninvited": "not invited",
        "summary": "Present: {present} of {invited} invited, {people} people.",
        "minutes": "MINUTES OF THE MEETING",
        "theme": "Theme",
        "level": "Level",
        "chair": "Chair",
        "secretary": "Secretary",
        "note_taker": "Note taker",
        "participants": "Participants",
        "head_report": "Report of the head of office",
        "head_says": "On {day} there were {people} foreign residents on record: {classes}.",
        "opening": "Opening and agenda",
        "opened": "The meeting was opened by {whom}.",
        "law": "Legal basis",
        "counts": "Number of foreign residents",
        "class": "Stay permit",
        "people": "People",
        "share": "Share",
        "total": "Total",
        "no_permit": "Without a current permit",
        "top": "The five most frequent nationalities",
        "nationality": "Nationality",
        "district": "District",
        "no_region": "Not known",
        "purpose": "Purpose",
        "no_purpose": "Not recorded",
        "deported": "Deported in {year}: {number}.",
        "as_known": "Figures of {day}, as the register knew them on {moment}.",
        "as_known_now": "Figures of {day}. The meeting is not closed: they may still change.",
        "moment": "{day} at {time} ({offset})",
        "risks": "Weak points of the area",
        "findings": "Discussion and reports of the villages",
        "obstacles": "Obstacles",
        "steps": "Agreed steps",
        "step": "Step",
        "owner": "Owner",
        "due": "Due",
        "no_steps": "No decisions: {reason}.",
        "carried": "Decisions of earlier meetings",
        "of_meeting": "Meeting of",
        "state": "State",
        "OPEN": "open",
        "LATE": "late",
        "DONE": "done",
        "DROPPED": "dropped",
        "state_why": "{state}: {reason}",
        "closing": "Closing",
        "closed": "The meeting ended at {time}.",
        "closed_day": "The minutes were closed on {day}.",
        "not_closed": "These minutes are not closed yet.",
        "attached": "The signed attendance list is attached.",
        "nip": "NIP {number}",
        "nothing": "None.",
        "o_clock": "{begins} to {ends}",
        "DISTRICT": "District",
        "REGENCY": "Regency",
        "PROVINCE": "Province",
        "NATIONAL": "National",
    },
}

for language in WORDS:
    WORDS[language] |= BRIEF_WORDS[language] | DOSSIER_WORDS[language] | PUBLIC_WORDS[language]


def word(key: str, **values: object) -> str:
    """Return the text of a key in the language in force, with its places filled."""
    return WORDS[chosen()][key].format(**values)


def long_day(day: date) -> str:
    """Return a day as letters write it: 17 September 2020."""
    return f"{day.day} {MONTHS[chosen()][day.month - 1]} {day.year}"


def weekday_and_day(day: date) -> str:
    """Return a day as invitations write it: Kamis, 17 September 2020."""
    return f"{WEEKDAYS[chosen()][day.weekday()]}, {long_day(day)}"


def between(begins: str | None, ends: str | None) -> str:
    """Return the time span of a meeting as 09.00 s.d. 12.00, without an end as 09.00 s.d. selesai; "" where unknown."""
    if begins is None:
        return ""
    return word("o_clock", begins=clock(begins), ends=clock(ends) if ends else word("until_end"))


def clock(time: str) -> str:
    """Return a time of day as the language writes it: 09.00 in Indonesian, 09:00 in English."""
    return time.replace(":", ".") if chosen() == "id" else time


def moment(shown: str) -> str:
    """Return a moment, 2020-09-17 15:30:12+07:00, as pages write it: 17 September 2020 pukul 15.30.12 (+07:00)."""
    day, time, offset = shown[:10], shown[11:19], shown[19:]
    return word("moment", day=long_day(date.fromisoformat(day)), time=clock(time), offset=offset)
