"""The facts of a row. First the cells that hold several: a passport with its last day; a permit with its class, number
and last day; a place and a day of birth. A cell that cannot be split for certain is refused; an address is then left as
it is. Then what a whole row must have to be imported.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from timpora_cli.errors import TimporaError
from timpora_cli.language import _
from timpora_cli.model import dates, names, terms
from timpora_cli.model.dates.almanac import WEEKDAYS
from timpora_cli.model.rules import OPEN_ENDED
from timpora_cli.sheets.headers import IDENTIFYING, Columns, Field
from timpora_cli.sheets.sheet import BadCell

Values = dict[Field, str]
Day = Callable[[str], str]

PASSPORT_DAYS: tuple[Field, ...] = ("passport_issued", "passport_expires", "passport_current")
TELLING: frozenset[Field] = frozenset({*IDENTIFYING, "permit"})
IN_ORDER: tuple[tuple[Field, Field], ...] = (
    ("born", "arrived"),
    ("born", "issued"),
    ("issued", "expires"),
    ("issued", "last_report"),
    ("valid_from", "expires"),
    ("passport_issued", "passport_expires"),
)

SHORTENED = r"[0-9][.,][0-9]+[eE][+]?[0-9]+|[0-9]+[eE][+][0-9]+"
WHOLE = r"([0-9]+)\.0+"  # a whole number as a program that stores decimals writes it
A_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
CHANGED = re.compile("|".join((SHORTENED, WHOLE, A_DAY)))  # what a spreadsheet makes of a number
NUMERIC_DAY = rf"{A_DAY}|[0-9]{{1,2}}([-/.])[0-9]{{1,2}}\1[0-9]{{4}}"  # it looks like a day, valid or not
ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!"})
# Most numbers are written so, and it is plain that they are nothing else; the others are looked at part by part.
PLAIN_PASSPORT = r"[A-Z]{1,2}[0-9]{6,9}"
PLAIN_PERMIT = r"[0-9][0-9A-Z]{3}[A-Z]{2}[0-9]{4,7}-[A-Z]"
UNTIL = (
    r"(?:(?:masa )?berlaku|valid|exp(?:ires|iry|ired)?\.?|until|sampai(?: dengan| dgn)?|hingga|s ?/ ?d|s\. ?d\.?|sd)"
    r"(?![^\W_])[ :.]*"
)
MARKED = rf"(?P<rest>.*?)(?<![^\W_])[ (/,;–-]*(?:{UNTIL})+(?P<day>[^ ].*?)[ )]*"
UNDIVIDED = r"[0-9A-Za-z]+(?:-[0-9A-Za-z]{1,2})?"  # it has no room for a day
APART = r" ?\( ?| / |[,;] ?| [-–] "
GLUED = rf"{APART}| ?/ ?| "
TWO_DAYS = r" ?(?:s ?/ ?d|s\. ?d\.?|sd|sampai(?: dengan)?|hingga|–|-|to) ?"
SHORTEST_PERIOD = len("1/1/2020-2/1/2020")
YES, NO = ("true", "yes", "y", "ya", "1"), ("false", "no", "n", "tidak", "t", "0")
INDEX = r"[A-Za-z][0-9]{2,3}[A-Za-z]?"
# At least three digits, and no word between them: "1 tahun" and "2019 sampai 2020" are no numbers.
NUMBER = r"(?=(?:[^0-9]*[0-9]){3})(?!(?:.* )?[^\W\d_]{4,}(?: |$))[0-9A-Za-z][^,;()]*(?:\([^()]*\))?"
NAME_AND_NUMBER = (
    r"(?P<name>.*?[^\W\d_][.']?)[ /,;:(&–-]+(?:(?:no|nomor|paspor|passport)\b[ .:]*)*"
    r"(?P<number>[A-Za-z]{0,3} ?[0-9][0-9A-Za-z -]*)\)?"
)
TWO_PARTS = r" / |[;|]"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row says: values by field, as the register keeps them, and none for a blank cell. Days are ISO text.

    `village` is a code. `district` is a code too, and only given where the village is not known.
    """

    line: int
    values: Mapping[Field, str] = field(repr=False)


def day_in(values: Mapping[Field, str], name: Field) -> date | None:
    """Return the day of a field, or None; OPEN_ENDED for the last day of a permit without an end."""
    text = values.get(name)
    return None if text is None else OPEN_ENDED if text == dates.UNLIMITED else date.fromisoformat(text)


def typed(text: str) -> str:
    """Return a number of letters and digits as it was typed. Raises BadCell where a spreadsheet has changed it."""
    if text.isalnum() or not CHANGED.fullmatch(text):
        return text
    if re.fullmatch(SHORTENED, text):
        sentence = _('"{text}" is a number that a spreadsheet has shortened. Type the number whole, in a text cell.')
        raise BadCell(fault=sentence.format(text=names.excerpt(text)))
    if re.fullmatch(A_DAY, text):
        sentence = _(
            '"{text}" is a date, and so no number: a spreadsheet may have made it one. Type it in a text cell.'
        )
        raise BadCell(fault=sentence.format(text=names.excerpt(text)))
    whole = re.fullmatch(WHOLE, text)
    return whole[1] if whole else text


def passport(text: str, day: Day, countries: Collection[str]) -> Values:
    """Read a passport's number, and its last day if the cell holds it too: "X0001 (s/d 20-09-2025)".

    A country beside the number, one of the folded words `countries`, is no part of it: "NLD X0001", "X0001 (NLD)".
    Gives nothing where a word stands in place of the number.
    """
    if re.fullmatch(PLAIN_PASSPORT, text):
        return {"passport_number": text}
    number, until = _until(text, day, GLUED)
    if not names.is_number(number):
        return {}
    values: Values = {"passport_number": names.passport_number(_typed_whole(_without_country(number, countries)))}
    return {**values, "passport_expires": until} if until else values


def name_and_passport(text: str, countries: Collection[str]) -> Values:
    """Read a name and the number of its passport: "Ann Invented / X0001", "Ann Invented (X0001)"; or a name alone."""
    both = re.fullmatch(NAME_AND_NUMBER, text, re.IGNORECASE)
    if both is None:
        if re.search(TWO_PARTS, text):
            raise BadCell(fault=_('"{text}" is no name with a passport number.').format(text=names.excerpt(text)))
        return {"name": text}
    return {"name": both["name"], **passport(both["number"], str, countries)}


def niora(text: str) -> Values:
    """Read a NIORA; nothing where a word stands in place of it."""
    return {"niora": names.niora(_typed_whole(text))} if names.is_number(text) else {}


def _without_country(text: str, countries: Collection[str]) -> str:
    if " " not in text and "(" not in text:
        return text
    beside = re.fullmatch(
        r"(?P<before>[^\W\d_]{2,}) (?P<number>.*[0-9].*)|(?P<first>.*[0-9].*?) ?\((?P<after>[^()]*)\)", text
    )
    if beside is None or names.fold_name(beside["before"] or beside["after"]) not in countries:
        return text
    return beside["number"] or beside["first"]


def _typed_whole(text: str) -> str:
    """Return a number as `typed` does; refused where a program has stored it as a decimal, which loses zeros."""
    if re.fullmatch(WHOLE, text):
        sentence = _('"{text}" is a number that a spreadsheet has stored as a decimal. Type it whole, in a text cell.')
        raise BadCell(fault=sentence.format(text=names.excerpt(text)))
    return typed(text)


def permit(text: str, day: Day, column: Field) -> Values:
    """Read a permit's class, and a number, a purpose or an index, and a last day: "ITAS - 2C21JD0001-V".

    In a `column` of permit numbers everything but the class and the last day is the number.
    """
    numbers = column == "permit_number"
    if numbers and re.fullmatch(PLAIN_PERMIT, text):
        return {"permit_number": text}
    rest, until = _until(text, day, APART if numbers else GLUED)
    values: Values = {"expires": until} if until else {}
    code, beyond = _class_of(rest, apart=numbers)
    if code is not None:
        values["class"] = code
    if numbers:
        number = names.permit_number(_typed_whole(beyond)) if names.is_number(beyond) else None
        return {**values, "permit_number": number} if number else values
    if not rest:
        return values
    if code is None and (column == "class" or not re.fullmatch(NUMBER, typed(rest))):
        terms.class_code(rest)  # it raises with the known classes
    return values if not beyond else {**values, **_beside_class(typed(beyond))}


def period(text: str, day: Day, last_day: Day, first: Field, last: Field) -> Values:
    """Read a last day, or a first and a last one: "10/06/2019 s/d 09/06/2020"."""
    for between in re.finditer(TWO_DAYS, text, re.IGNORECASE) if len(text) >= SHORTEST_PERIOD else ():
        one, other = text[: between.start()], text[between.end() :]
        if one and other and _is_day(one, day) and _is_day(other, last_day):
            return {first: day(one), last: last_day(other)}
    return {last: last_day(text)}


def unlimited(text: str) -> Values:
    """Read whether a permit has no last day: yes or no; a no is as good as a blank cell."""
    return {"expires": dates.UNLIMITED} if dates.is_unlimited(text) or _is_yes(text) else {}


def birth(text: str, day: Day) -> Values:
    """Read a place and a day of birth, or one of them: "Sydney, 17-09-1980"."""
    begins = re.search(r"[0-9]", text)
    if begins is None:
        return {"birthplace": text}
    place, when = text[: begins.start()].rstrip(" ,/;(-–:"), text[begins.start() :].rstrip(" )")
    before, _blank, word = place.rpartition(" ")
    if word.casefold() in {name.casefold() for names_of_days in WEEKDAYS.values() for name in names_of_days}:
        place, when = before.rstrip(" ,/;(-–:"), f"{word} {when}"
    return {"birthplace": place, "born": day(when)} if place else {"born": day(when)}


def kept(text: str) -> Values:
    """Read whether a passport is valid beside another one; a no is as good as a blank cell."""
    return {"passport_kept": "yes"} if _is_yes(text) else {}


def _is_yes(text: str) -> bool:
    if text.casefold() not in (*YES, *NO):
        raise BadCell(fault=_('"{text}" is neither yes nor no.').format(text=names.excerpt(text)))
    return text.casefold() in YES


def missing(values: Values, bad: Collection[Field], columns: Columns) -> list[str]:
    """Return a sentence for each thing that a row must have and does not; cells in `bad` are refused already."""
    faults = []
    if "name" not in values and "name" not in bad:
        nothing = BadCell(fault=_("nothing is written, and everybody has a name."))
        faults.append(in_column(columns.header_of("name"), nothing))
    if values.keys().isdisjoint(TELLING) and TELLING.isdisjoint(bad):
        faults.append(_("There is no passport number, NIORA or permit number, so nothing tells who this is."))
    if "passport_number" not in values and "passport_number" not in bad:
        lone = BadCell(fault=_("this is a passport's day, without its number."))
        faults += [in_column(columns.header_of(day), lone) for day in PASSPORT_DAYS if day in values]
    return faults


def out_of_order(values: Values, columns: Columns) -> list[str]:
    """Return a sentence for each pair of days of a row that cannot stand in this order."""
    if not (wrong := [pair for pair in IN_ORDER if values.get(pair[1], "9999") < values.get(pair[0], "")]):
        return []
    header, sentence = columns.header_of, _('{later} is before {earlier}, the day in the column "{header}".')
    return [
        in_column(
            header(second),
            BadCell(fault=sentence.format(later=values[second], earlier=values[first], header=header(first))),
        )
        for first, second in wrong
    ]


def in_column(header: str, error: TimporaError) -> str:
    """Return, on one line, why a cell in the column under `header` is refused."""
    fault = " ".join(str(error).split())
    return _('Column "{header}": {fault}').format(header=header, fault=fault)


def _until(text: str, day: Day, apart: str) -> tuple[str, str | None]:
    """Return the text before a last day, and that day; the whole text and None if it holds none."""
    if re.fullmatch(UNDIVIDED, text):
        return text, None
    marked = re.fullmatch(MARKED, text, re.IGNORECASE)
    if marked and (re.match(r"[0-9]{1,4}[-/. ]+[^ ]", marked["day"]) or _is_day(marked["day"], day)):
        return marked["rest"].rstrip(" ,;/(-–"), day(marked["day"])
    for between in re.finditer(apart, text):
        rest, tail = text[: between.start()], text[between.end() :].rstrip(" )")
        dated = not tail.isdigit() and (re.match(r"[0-9]", tail) or dates.is_unlimited(tail))
        if rest and dated and (re.fullmatch(NUMERIC_DAY, tail) or _is_day(tail, day)):
            return rest.rstrip(" ,;/(-–"), day(tail)
    return text, None


def _is_day(text: str, day: Day) -> bool:
    try:
        day(text)
    except TimporaError:
        return False
    return True


def _class_of(text: str, *, apart: bool) -> tuple[str | None, str]:
    """Return the class that the first words name, and the text after it; if `apart`, a blank must separate them."""
    words = list(re.finditer(r"[^\s_\-–/:,.()]+", text))
    for count in range(len(words), 0, -1):
        end = words[count - 1].end()
        code = _class_words().get(" ".join(word[0].casefold() for word in words[:count]))
        if code is not None and not (apart and text[end : end + 1].strip(" :,")):
            return code, _bare(text[end:])
    return None, text


@cache
def _class_words() -> Mapping[str, str]:
    """Return every word for a class. `terms.class_code` is slow: it would look for a similar word to every number."""
    return {
        word.casefold(): kind.term.code
        for kind in terms.CLASSES
        for word in (kind.term.code, kind.term.name_id, kind.term.name_en, *kind.term.words)
    }


def _bare(text: str) -> str:
    bare = text.strip(" -–_/:,.;")
    if bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1]
    return bare.removesuffix(")").strip() if bare.count(")") > bare.count("(") else bare


def _beside_class(text: str) -> Values:
    """Read the text after a class: the purpose of stay, the index of the visa, or the permit's number."""
    try:
        return {"purpose": terms.purpose_code(text)}
    except terms.UnknownTerm:
        if re.fullmatch(INDEX, text):
            return {"index": text.upper()}
        if re.fullmatch(NUMBER, text):
            return {"permit_number": names.permit_number(text)}
        raise
