"""Every page that the program makes, of the example register and of one whose texts are hostile, as files of html."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

AIR_MERBAU = "19.02.01.2012"
DISTRICTS = ("19.02.01", "19.02.02", "19.02.03", "19.02.04", "19.02.05")
SPOUSE = "42"
LANGUAGES = ("id", "en")
ON = ("--as-of", "2020-09-17")
REPORT = ("meeting", "report", "2", "--page")
PAGES = {
    "brief-office": ("brief", "--meeting", "2"),
    "brief-agency": ("brief", "--meeting", "2", "--audience", "agency"),
    "brief-village": ("brief", "--meeting", "2", "--audience", "village", "--village", AIR_MERBAU),
    "brief-public": ("brief", "--audience", "public", *ON),
    "dossier": ("resident", "dossier", SPOUSE, *ON),
    "invitation": (*REPORT, "invitation"),
    "to-sign": (*REPORT, "attendance", "--to-sign"),
    "attendance": (*REPORT, "attendance"),
    "minutes": (*REPORT, "minutes"),
}
LETTERS = {"letter-sponsor": "SPONSOR", "letter-spouse": "SPOUSE"}
"""Each letter by whom it is for: that about the most people is taken. A letter has both languages."""
REGISTERS = {"example": LANGUAGES, "hostile": LANGUAGES[:1]}
"""Each register with the languages of its pages: a hostile text is the same in each."""
NAMES = {
    register: (*(f"{page}-{language}" for page in PAGES for language in languages), *LETTERS)
    for register, languages in REGISTERS.items()
}

SCRIPT = "<script>document.title = 'changed'</script><b onmouseover=\"x\">&amp; {{ 7*7 }} {% for %} ]]> </td></table>"
SOURCE = "https://example.org/"
LONG_NUMBER = "C21DEMO" * 8
ONE_WORD = "Antidisestablishment" * 10
UNSEEN = "\x1b[2J\x9b2J \u202egnp.exe\u2066a\u2069 a\u200bb"
SCRIPTS = "محمد בן 李小龍 김철수 😀 👩‍👩‍👧 Thi\u0323"
HOSTILE = (SCRIPT, ONE_WORD, UNSEEN, SCRIPTS, ONE_WORD.upper())


def example(timpora: "Timpora") -> None:
    """Record the meeting of 17 September 2020 in the example register, one before it, and one to come."""
    add = ("meeting", "add", "--level", "district", "--place", "Hotel La Lucia, Tanjungpandan", "--theme")
    signed = ("--signer", "Contoh Kepala Kantor", "--signer-office", "Kepala Kantor", "--signer-number", "197001012000")
    timpora.answer(*add, "Rapat pertama", "--on", "2020-06-17")
    timpora.answer(*add, "Rapat koordinasi Timpora Kecamatan Tanjungpandan", "--on", "2020-09-17", *signed)
    timpora.answer(*add, "Rapat ketiga", "--on", "2020-12-10")
    timpora.answer("meeting", "edit", "2", "--letter-number", "W7.IMI.2-GR.03.02-0817", "--letter-on", "2020-09-10")
    timpora.answer("setting", "set", "office_town", "Tanjungpandan")
    invited = [f"Desa Contoh {number}: Kepala Desa" for number in range(1, 30)]
    timpora.answer("meeting", "invite", "2", "Polsek Contoh: Kapolsek", *invited, "--copy", "Kantor Wilayah Contoh")
    came = (("--name", "Contoh Satu", "--office", "Kanit Intelkam", "--for", "Kapolsek"), ("--name", "Contoh Dua"))
    for institution, who in enumerate(came, start=1):
        timpora.answer("meeting", "attend", "2", str(institution), *who)
    say(timpora, "Pelabuhan rakyat tanpa pemeriksaan", "Jumlah petugas tidak sebanding dengan luas wilayah")
    for meeting in ("1", "2"):
        for owner in ("Desa Air Merbau", "Kantor Imigrasi"):
            text = "Desa dan kelurahan melaporkan orang asing setiap bulan"
            timpora.answer("meeting", "decide", meeting, text, "--owner", owner, "--due", "2020-10-31")
    timpora.answer("resident", "edit", "42", "--spouse", "Melur Contoh", "--married", "2015-01-01")


def hostile(timpora: "Timpora") -> None:
    """Have hostile texts wherever a page shows what somebody typed, in the register of `example`."""
    example(timpora)
    for place, row in enumerate(timpora.rows("expiring", "--before", "2020-12-11", *ON)):
        done(timpora, "resident", "edit", row["resident_id"], "--name", text(place))
        if row["permit_number"]:
            done(timpora, "permit", "edit", row["permit_number"], "--number", f"{place}{LONG_NUMBER}")
    for place, row in enumerate(timpora.rows("sponsor", "list", *ON)):
        named = ("--name", f"{place} {text(place)}"[:200], "--address", text(place + 1))
        done(timpora, "sponsor", "edit", row["sponsor_id"], *named)
    for code, name in zip(DISTRICTS, HOSTILE, strict=True):
        done(timpora, "district", "rename", code, "--to", name, "--on", "2020-09-01", "--yes")
    done(timpora, "village", "rename", AIR_MERBAU, "--to", ONE_WORD, "--on", "2020-09-01", "--yes")
    done(timpora, "resident", "edit", SPOUSE, "--spouse", ONE_WORD, "--married", "2015-01-01")
    for place, one in enumerate(HOSTILE):
        relief = (
            "--basis",
            text(place + 1),
            "--from",
            "2020-09-01",
            "--until",
            "2020-09-20",
            "--class",
            "DINAS",
            "--source",
            SOURCE,
        )
        done(timpora, "relief", "add", f"HOSTILE{place}", "--name", one, *relief)
        report = ("--place", one, "--by", one, "--text", one, "--owner", one, "--reported", "2020-09-17 09:00")
        done(timpora, "case", "open", "OTHER", "--resident", str(place + 1), "--village", AIR_MERBAU, *report)
    about_the_meeting(timpora)


def about_the_meeting(timpora: "Timpora") -> None:
    """Have hostile texts in everything that is said of the meeting, and at the head of its pages."""
    for option in ("--place", "--theme", "--opened-by", "--chair", "--secretary", "--note-taker", "--letter-number"):
        done(timpora, "meeting", "edit", "2", option, SCRIPT)
    for option in ("--nature", "--attachments", "--signer", "--signer-office", "--signer-number"):
        done(timpora, "meeting", "edit", "2", option, ONE_WORD)
    for option in ("--place", "--theme"):
        done(timpora, "meeting", "edit", "1", option, ONE_WORD)
    done(timpora, "meeting", "invite", "2", *HOSTILE, *(f"{one}: {one}" for one in HOSTILE), "--copy", ONE_WORD)
    for one in HOSTILE:
        who = ("--name", one, "--office", one, "--for", one)
        done(timpora, "meeting", "attend", "2", f"x {one}"[:200], "--uninvited", *who)
        done(timpora, "meeting", "decide", "2", one, "--owner", one, "--due", "2020-10-31")
    say(timpora, *HOSTILE)
    done(timpora, "setting", "set", "letterhead", SCRIPT, ONE_WORD, "--from", "2020-01-01")
    done(timpora, "setting", "set", "office_town", ONE_WORD)
    done(timpora, "setting", "set", "office_name", ONE_WORD)


def done(timpora: "Timpora", *words: str) -> None:
    given = timpora(*words)
    assert given.code == 0, given.err


def say(timpora: "Timpora", *texts: str) -> None:
    """Have texts in the meeting, as each kind of what is said there."""
    for one in texts:
        kinds = (part for kind in ("--risk", "--finding", "--obstacle") for part in (kind, one))
        timpora.answer("meeting", "agenda", "2", one, *kinds)


def text(place: int) -> str:
    return HOSTILE[place % len(HOSTILE)]


def make(timpora: "Timpora", folder: Path, register: str) -> dict[str, Path]:
    """Fill the example register to be `register`, make every page of it into a folder, and return each by its name."""
    {"example": example, "hostile": hostile}[register](timpora)
    made = {}
    for page, words in PAGES.items():
        for language in REGISTERS[register]:
            path = folder / f"{page}-{language}.html"
            done(timpora, *words, "--lang", language, "--output", str(path))
            made[path.stem] = path
    done(timpora, "letters", "--before", "2020-09-21", "--output", str(folder / "letters"))
    letters = sorted((folder / "letters").glob("*.html"))
    people = Counter((row["addressee_kind"], int(row["letter_id"])) for row in timpora.rows("letters", "list"))
    for page, kind in LETTERS.items():
        _most, letter = max((number, letter) for (whose, letter), number in people.items() if whose == kind)
        made[page] = letters[letter - 1]
    return made
