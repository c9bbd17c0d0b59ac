"""The standard terms (manual: states): classes, groups, purposes and the rest, in both languages, with the words
that people write for them. Codes are data and never translated; this is where a word becomes a code.
"""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from timpora_cli.errors import WrongUsage
from timpora_cli.language import _, chosen
from timpora_cli.model.dates import spaced
from timpora_cli.model.names import excerpt, fold_name, nearest


class UnknownTerm(WrongUsage):
    """{value} is not a known {what}.{hint}
    Known: {known}.
    """


class UnknownSex(WrongUsage):
    """ "{text}" is no sex that the register knows.
    Write L, Lk, Laki-laki, Pria, M or Male; or P, Pr, Perempuan, Wanita, F or Female.
    """  # noqa: D210 the sentence opens with what was typed


class Term(NamedTuple):
    """One code with its names, and the other words accepted for it as input."""

    code: str
    name_id: str
    name_en: str
    words: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name in the language in force."""
        return self.name_id if chosen() == "id" else self.name_en


class PermitClass(NamedTuple):
    """A class of stay permit and the group (the column) that it is counted in."""

    term: Term
    group: str


NO_PERMIT = "NONE"
PERMANENT = "KITAP"
"""The class that alone is granted without an end, and whose holders report every five years."""

GROUPS = (
    Term("KITAP", "Izin tinggal tetap", "Permanent stay"),
    Term("KITAS", "Izin tinggal terbatas", "Limited stay"),
    Term("VISIT", "Izin tinggal kunjungan", "Visit", ("kunjungan",)),
    Term("ITKT", "Keadaan terpaksa", "Emergency"),
    Term("OFFICIAL", "Diplomatik dan dinas", "Diplomatic and service", ("dinas dan diplomatik",)),
    Term(NO_PERMIT, "Tanpa izin berlaku", "Without a current permit", ("tanpa izin",)),
)

CLASSES = (
    PermitClass(
        Term("KITAP", "Izin tinggal tetap", "Permanent stay permit", ("ITAP", "tetap", "permanent")),
        "KITAP",
    ),
    PermitClass(
        Term("KITAS", "Izin tinggal terbatas", "Limited stay permit", ("ITAS", "terbatas", "limited")),
        "KITAS",
    ),
    PermitClass(
        Term("ITK", "Izin tinggal kunjungan", "Visit permit", ("kunjungan", "visit")),
        "VISIT",
    ),
    PermitClass(
        Term(
            "PERALIHAN",
            "Izin tinggal kunjungan peralihan",
            "Bridging visit permit",
            ("ITK peralihan", "ITK peralihanan", "izin tinggal peralihan", "bridging"),
        ),
        "VISIT",
    ),
    PermitClass(
        Term("VOA", "Izin kunjungan saat kedatangan", "Visa on arrival", ("visa kunjungan saat kedatangan",)),
        "VISIT",
    ),
    PermitClass(
        Term("BVK", "Bebas visa kunjungan", "Visa-free visit", ("bebas visa", "visa free")),
        "VISIT",
    ),
    PermitClass(
        Term(
            "ITKT",
            "Izin tinggal keadaan terpaksa",
            "Emergency stay permit",
            ("keadaan terpaksa", "darurat", "emergency"),
        ),
        "ITKT",
    ),
    PermitClass(
        Term("DIPLOMATIK", "Izin tinggal diplomatik", "Diplomatic stay permit", ("diplomatic",)),
        "OFFICIAL",
    ),
    PermitClass(
        Term("DINAS", "Izin tinggal dinas", "Service stay permit", ("service",)),
        "OFFICIAL",
    ),
)

PURPOSES = (
    Term("WORK", "Bekerja", "Work", ("kerja", "pekerja", "tenaga kerja", "tenaga kerja asing", "tka", "worker")),
    Term(
        "FAMILY",
        "Penyatuan keluarga",
        "Family reunification",
        ("keluarga", "ikut keluarga", "ikut suami", "ikut istri", "ikut orang tua", "perkawinan campuran"),
    ),
    Term("STUDY", "Pelajar", "Study", ("belajar", "mahasiswa", "pendidikan", "mhs", "student", "santri")),
    Term("INVESTOR", "Investor", "Investor", ("penanam modal", "penanaman modal", "investasi", "investment")),
    Term("RETIREE", "Lansia", "Retiree", ("wisatawan lanjut usia", "lanjut usia", "pensiunan", "retirement")),
    Term("WATERS", "Perairan", "Work at sea", ("bekerja di perairan", "awak kapal", "crew")),
    Term("SECOND_HOME", "Rumah kedua", "Second home"),
    Term("REMOTE_WORK", "Pekerja jarak jauh", "Remote work", ("remote worker", "kerja jarak jauh")),
    Term("TOURISM", "Wisata", "Tourism", ("berwisata", "turis", "wisatawan", "tourist")),
    Term("BUSINESS", "Usaha", "Business", ("bisnis", "kunjungan usaha")),
    Term("SOCIAL", "Sosial budaya", "Social and cultural", ("sosbud", "sosial")),
    Term("RESEARCH", "Penelitian", "Research", ("peneliti", "researcher")),
    Term("RELIGION", "Rohaniwan", "Religious work", ("agama", "misionaris", "religious")),
    Term("FORMER_CITIZEN", "Eks WNI", "Former Indonesian citizen", ("mantan wni", "ex wni", "repatriasi")),
)

SPONSOR_KINDS = (
    Term("COMPANY", "Perusahaan", "Company", ("badan hukum", "instansi", "lembaga")),
    Term("PERSON", "Perorangan", "Person", ("pribadi", "individu", "individual")),
)

DEPARTURES = (
    Term("DEPARTED", "Berangkat", "Left for good", ("left", "pergi", "keluar", "epo")),
    Term("DEPORTED", "Dideportasi", "Deported", ("deportasi",)),
    Term("DIED", "Meninggal", "Died", ("meninggal dunia", "dead")),
    Term("NATURALISED", "Menjadi WNI", "Naturalised", ("naturalisasi", "naturalized", "wni")),
)

SIDES = (
    Term("district", "Kecamatan", "District"),
    Term("village", "Desa", "Village", ("kelurahan",)),
    Term("regency", "Kabupaten", "Regency", ("kota",)),
    Term("class", "Kelas", "Class", ("jenis izin", "jenis izin tinggal")),
    Term("nationality", "Kewarganegaraan", "Nationality", ("negara", "country")),
    Term("purpose", "Tujuan", "Purpose"),
    Term("sponsor", "Penjamin", "Sponsor"),
    Term("sex", "Jenis kelamin", "Sex", ("kelamin",)),
)
"""What people are counted by. The codes are written in small letters, as they are typed."""


LEVELS = (
    Term("DISTRICT", "Kecamatan", "District"),
    Term("REGENCY", "Kabupaten/kota", "Regency", ("kabupaten", "kota", "kab")),
    Term("PROVINCE", "Provinsi", "Province"),
    Term("NATIONAL", "Pusat", "National", ("nasional",)),
)
"""Of which region a Timpora, and so its meeting, is."""

_GROUP_OF = {kind.term.code: kind.group for kind in CLASSES}

_SEXES: dict[str, Literal["M", "F"]] = {
    "l": "M", "lk": "M", "laki": "M", "lakilaki": "M", "laki2": "M", "pria": "M", "m": "M", "male": "M",
    "p": "F", "pr": "F", "perempuan": "F", "wanita": "F", "f": "F", "female": "F",
}  # fmt: skip


def group_of(class_code: str | None) -> str:
    """Return the group a class is counted in; a resident without a current permit is in NONE."""
    return NO_PERMIT if class_code is None else _GROUP_OF[class_code]


def class_code(text: str) -> str:
    """Return the class that `text` names in any of its words and letter cases; UnknownTerm otherwise."""
    return code_of(text, [kind.term for kind in CLASSES], _("class"))


def group_code(text: str) -> str:
    """Return the group that `text` names; UnknownTerm otherwise."""
    return code_of(text, GROUPS, _("group"))


def purpose_code(text: str) -> str:
    """Return the purpose of stay that `text` names; UnknownTerm otherwise."""
    return code_of(text, PURPOSES, _("purpose"))


def sponsor_kind(text: str) -> str:
    """Return COMPANY or PERSON for `text`; UnknownTerm otherwise."""
    return code_of(text, SPONSOR_KINDS, _("kind of sponsor"))


def departure_code(text: str) -> str:
    """Return how a resident leaves for good, as `text` names it; UnknownTerm otherwise."""
    return code_of(text, DEPARTURES, _("way of leaving"))


def sex(text: str) -> Literal["M", "F"]:
    """Return "M" or "F" for any usual way to write it, in Indonesian or English; P is perempuan. Raises UnknownSex."""
    known = _SEXES.get(fold_name(text).replace(" ", ""))
    if known is None:
        raise UnknownSex(text=excerpt(text))
    return known


def side_code(text: str, known: Iterable[str]) -> str:
    """Return the one of the `known` codes of SIDES that `text` names; UnknownTerm otherwise."""
    codes = set(known)
    return code_of(text, [side for side in SIDES if side.code in codes], _("side to count by"))


def level_code(text: str) -> str:
    """Return the level of a meeting that `text` names; UnknownTerm otherwise."""
    return code_of(text, LEVELS, _("level"))


def one_of(text: str, known: Iterable[str], what: str) -> str:
    """Return the one of `known` that equals `text` in any letter case; UnknownTerm, naming the nearest, otherwise."""
    codes = list(known)
    return _found(text, {spaced(code): code for code in codes}, codes, what)


def code_of(text: str, terms: Iterable[Term], what: str) -> str:
    """Return the code of the one of `terms` that `text` names; UnknownTerm, which calls it `what`, otherwise."""
    terms = list(terms)
    words = {
        spaced(word): term.code
        for term in reversed(terms)
        for word in (*term.words, term.name_id, term.name_en, term.code)
    }
    return _found(text, words, [term.code for term in terms], what)


def _found(text: str, words: Mapping[str, str], codes: list[str], what: str) -> str:
    code = words.get(spaced(text))
    if code is None:
        near = nearest(text, [*codes, *words], limit=1)
        hint = " " + _("Did you mean {nearest}?").format(nearest=words[spaced(near[0])]) if near else ""
        raise UnknownTerm(value=excerpt(text), what=what, hint=hint, known=", ".join(codes))
    return code
