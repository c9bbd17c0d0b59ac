"""The report of what the office did in a month or a year: its lines, in the words of the office's own sheets.

Each grant of a permit is counted in one line, by what it was granted as, by its class and by that of the grant it
follows. The printed words are those of Indonesian sheets in every language: an office puts them beside its own.
"""

from collections import Counter
from typing import NamedTuple

from timpora_cli.model.dates.months import Period
from timpora_cli.model.terms import DEPARTURES, group_of

IN_PERIOD, AT_END = "PERIOD", "END"
"""What the office did in the period, and who was present at its end."""
NOT_HERE = ("DIPLOMATIK", "DINAS")
"""Classes that the Foreign Ministry grants, and this office does not."""
PLACES = ("first", "second", "third", "fourth", "fifth", "later")
"""The place of an extension in its chain: the first since the grant that was no extension, and so on."""


class Line(NamedTuple):
    """A line of the report: its key for machines, its printed word, and whether the register knows its number."""

    item: str
    label: str
    known: bool = True


EXTENSIONS = (
    Line("extension_voa", "Perpanjangan VOA"),
    Line("extension_itk", "Perpanjangan ITK"),
    Line("extension_kitas_1_to_3", "Perpanjangan ITAS I sd III"),
    Line("extension_kitas_4", "Perpanjangan ITAS IV"),
    Line("extension_kitas_5", "Perpanjangan ITAS V"),
    Line("extension_kitas_later", "Perpanjangan ITAS VI dst"),
    Line("extension_kitap", "Perpanjangan ITAP"),
    Line("extension_itkt", "Perpanjangan ITKT"),
    Line("extension_other", "Perpanjangan lain"),
)
DONE = (
    *EXTENSIONS,
    Line("new_bvk", "BVK baru"),
    Line("new_voa", "VOA baru"),
    Line("new_itk", "ITK baru"),
    Line("new_peralihan", "ITK peralihan"),
    Line("new_kitas", "ITAS baru"),
    Line("new_kitap", "ITAP baru"),
    Line("new_itkt", "ITKT baru"),
    Line("conversion_itk_to_kitas", "ALIH STATUS ITK KE ITAS"),
    Line("conversion_kitas_to_kitap", "ALIH STATUS ITAS KE ITAP"),
    Line("conversion_other", "Alih status lain"),
    Line("abg", "ABG", known=False),
    Line("epo", "EPO", known=False),
    Line("imk", "IMK", known=False),
    Line("skim", "SKIM", known=False),
    Line("kitap_report", "Pelaporan ITAP"),
    Line("revoked", "Pencabutan"),
    *(Line(f"left_{how.code.lower()}", how.name_id) for how in DEPARTURES),
    Line("left_unknown_how", "Pergi, cara tidak tercatat"),
)
OF_CLASS = {"KITAP": "ITAP", "KITAS": "ITAS", "PERALIHAN": "ITK PERALIHAN"}
IN_THIS_ORDER = ("BVK", "VOA", "ITK", "PERALIHAN", "KITAS", "KITAP", "ITKT", "DIPLOMATIK", "DINAS")
STOCK = (
    *(Line(f"stock_{code.lower()}", OF_CLASS.get(code, code)) for code in IN_THIS_ORDER),
    Line("stock_none", "TANPA IZIN"),
    Line("stock_total", "TOTAL"),
)
EXTENDED = {"VOA": "extension_voa", "ITK": "extension_itk", "KITAP": "extension_kitap", "ITKT": "extension_itkt"}
EXTENDED_KITAS = ("extension_kitas_1_to_3",) * 3 + ("extension_kitas_4", "extension_kitas_5")
CONVERTED = {("VISIT", "KITAS"): "conversion_itk_to_kitas", ("KITAS", "KITAP"): "conversion_kitas_to_kitap"}


class Granted(NamedTuple):
    """Grants of one kind: NEW, EXTENSION or CONVERSION, of a class, after a grant of a class, by an office; how many.

    `place` is the place of an extension in its chain, from 1; it is 0 for other grants. `office` is None where none is
    on record.
    """

    granted_as: str
    class_code: str
    follows_class: str | None
    place: int
    office: str | None
    number: int


class Activity(NamedTuple):
    """What happened in a period: the grants, and how many of everything else, by the item of its line.

    `without_issue` are those of the grants whose day of issue is not known, counted on the day since when they hold;
    `undated` are grants that may be of the period and of which neither day is known, counted nowhere.
    """

    granted: tuple[Granted, ...]
    others: dict[str, int]
    without_issue: int
    undated: int


class ReportLine(NamedTuple):
    """A line with its number, None where the register cannot know it; of extensions, also how many in each place."""

    period: str
    part: str
    line: Line
    number: int | None
    places: tuple[int, ...] | None = None


def line_of(grants: Granted) -> str | None:
    """Return the item of the line in which these grants are counted; None where another authority grants them."""
    kind = grants.class_code
    if kind in NOT_HERE:
        return None
    if grants.granted_as == "EXTENSION":
        if kind == "KITAS":
            return EXTENDED_KITAS[grants.place - 1] if grants.place <= len(EXTENDED_KITAS) else "extension_kitas_later"
        return EXTENDED.get(kind, "extension_other")
    if grants.granted_as == "NEW" or kind == "PERALIHAN":
        return f"new_{kind.lower()}"
    return CONVERTED.get((group_of(grants.follows_class), kind), "conversion_other")


def lines(period: Period, activity: Activity, stock: dict[str | None, int]) -> list[ReportLine]:
    """Return the report of a period: what was done in it, and the people at its end by class (None: no permit)."""
    numbers: Counter[str] = Counter(activity.others)
    places: dict[str, list[int]] = {line.item: [0] * len(PLACES) for line in EXTENSIONS}
    for grants in activity.granted:
        item = line_of(grants)
        if item is None:
            continue
        numbers[item] += grants.number
        if item in places:
            places[item][min(grants.place, len(PLACES)) - 1] += grants.number
    done = [
        ReportLine(
            period.text,
            IN_PERIOD,
            line,
            numbers[line.item] if line.known else None,
            tuple(places[line.item]) if line.item in places else None,
        )
        for line in DONE
    ]
    present = {f"stock_{(code or 'none').lower()}": number for code, number in stock.items()}
    present["stock_total"] = sum(stock.values())
    return [*done, *(ReportLine(period.text, AT_END, line, present.get(line.item, 0)) for line in STOCK)]


def by_office(activity: Activity) -> dict[str | None, int]:
    """Return how many grants are in the lines of a report by the office on record, the most first."""
    found: Counter[str | None] = Counter()
    for grants in activity.granted:
        if line_of(grants) is not None:
            found[grants.office] += grants.number
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0] is None, one[0] or "")))
