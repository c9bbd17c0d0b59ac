"""The words of the reminders to sponsors and spouses. Each letter has both languages: Indonesian, and English below."""

from datetime import date

from timpora_cli.model.dates.almanac import MONTHS

ORDER = ("id", "en")
WORDS: dict[str, dict[str, str]] = {
    "id": {
        "subject": "Hal",
        "reminder": "Pengingat masa berlaku izin tinggal",
        "to": "Yth. {name}",
        "greeting": "Dengan hormat,",
        "intro_SPONSOR": "Menurut catatan kami, Bapak/Ibu atau lembaga Bapak/Ibu adalah penjamin orang asing berikut. "
        "Kami mengingatkan masa berlaku izin tinggalnya:",
        "intro_SPOUSE": "Menurut catatan kami, orang asing berikut adalah suami atau istri Bapak/Ibu. Kami "
        "mengingatkan masa berlaku izin tinggalnya:",
        "no": "No.",
        "name": "Nama",
        "permit": "Izin tinggal",
        "ends": "Berlaku sampai",
        "come_by": "Datang paling lambat",
        "remark": "Keterangan",
        "soon": "secepatnya",
        "no_day": "tidak tercatat",
        "OVERSTAY": "menurut catatan kami, masa berlakunya telah lewat",
        "RELIEF": "tertulis sampai {day}; masih berlaku karena keringanan yang tercatat",
        "UNKNOWN": "tanggal akhirnya tidak ada dalam catatan kami",
        "come": "Mohon yang bersangkutan datang ke kantor kami sebagaimana tercantum di atas, dengan membawa paspor "
        "dan izin tinggalnya.",
        "overdue": "Untuk izin yang masa berlakunya telah lewat menurut catatan kami, mohon datang secepatnya. "
        "Catatan kami mungkin belum lengkap, dan kami ingin memeriksanya bersama Bapak/Ibu.",
        "undated": "Untuk izin yang tanggal akhirnya tidak tercatat, mohon tunjukkan izin itu kepada kami.",
        "settled": "Apabila izinnya sudah diurus, yang bersangkutan sudah meninggalkan Indonesia, atau catatan kami "
        "keliru, mohon beri tahu kami.",
        "thanks": "Atas perhatian Bapak/Ibu, kami ucapkan terima kasih.",
        "office": "Kantor Imigrasi",
        "short_intro": "Pengingat izin tinggal dari {office}:",
        "short_ends": "{name}: {permit} berlaku sampai {day}, mohon datang paling lambat {by}.",
        "short_soon": "{name}: {permit} berlaku sampai {day}, mohon datang secepatnya.",
        "short_OVERSTAY": "{name}: {permit}, dalam catatan kami sampai {day}, mohon datang secepatnya.",
        "short_UNKNOWN": "{name}: {permit}, tanggal akhirnya tidak tercatat, mohon tunjukkan izinnya.",
        "short_end": "Bila sudah diurus atau catatan kami keliru, mohon beri tahu kami. Terima kasih.",
    },
    "en": {
        "reminder": "Reminder of the end of stay permits",
        "to": "To {name}",
        "intro_SPONSOR": "By our records you or your organisation are the sponsor of the people below. We remind you "
        "of the end of their stay permits:",
        "intro_SPOUSE": "By our records you are married to the person below. We remind you of the end of the stay "
        "permit:",
        "no": "No.",
        "name": "Name",
        "permit": "Stay permit",
        "ends": "Valid until",
        "come_by": "Come by",
        "remark": "Remark",
        "soon": "as soon as you can",
        "no_day": "not recorded",
        "OVERSTAY": "by our records this day has passed",
        "RELIEF": "printed until {day}; still valid by a relief on record",
        "UNKNOWN": "we have no record of its last day",
        "come": "Please let each person come to our office as given above, with the passport and the stay permit.",
        "overdue": "Where by our records the last day has passed, please come as soon as you can. Our records may "
        "not be complete, and we would like to check them together with you.",
        "undated": "Where the last day is not recorded, please show us the permit.",
        "settled": "If the permit has been dealt with, if the person has left Indonesia, or if our records are "
        "wrong, please tell us.",
        "thanks": "Thank you for your attention.",
        "office": "the immigration office",
        "short_intro": "A reminder of stay permits from {office}:",
        "short_ends": "{name}: {permit} valid until {day}, please come by {by}.",
        "short_soon": "{name}: {permit} valid until {day}, please come soon.",
        "short_OVERSTAY": "{name}: {permit}, by our records until {day}, please come soon.",
        "short_UNKNOWN": "{name}: {permit}, last day not recorded, please show us the permit.",
        "short_end": "If this is settled or our records are wrong, please tell us. Thank you.",
    },
}


def said(language: str, key: str, **values: object) -> str:
    """Return the text of a key in a language, with its places filled."""
    return WORDS[language][key].format(**values)


def letter_day(language: str, day: date) -> str:
    """Return a day as letters write it in a language: 20 September 2020."""
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"
