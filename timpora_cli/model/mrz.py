"""The two machine-readable lines of a passport (ICAO 9303, TD3): read and checked, never corrected."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NoReturn

from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import visible

LINE_LENGTH = 44
_VALUES = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WEIGHTS = (7, 3, 1)


class MrzFault(WrongUsage):
    """{reason}.
    Check the passport and type the line again.
    """


@dataclass(frozen=True, slots=True)
class Passport:
    """What a passport's two lines say. Codes are as printed, without fillers; `sex` is None where it is not stated."""

    document_type: str
    issuing_country: str
    full_name: str = field(repr=False)
    number: str = field(repr=False)
    nationality: str
    born: date = field(repr=False)
    sex: Literal["M", "F"] | None
    expires: date
    personal_number: str | None = field(repr=False)


def split_mrz(text: str) -> tuple[str, str]:
    """Return the two lines of a text that holds both: on two lines, or as 88 characters in one. Raises MrzFault."""
    lines = [line for line in map(_cleaned, text.splitlines()) if line]
    if len(lines) == 2:
        return lines[0], lines[1]
    joined = "".join(lines)
    if len(joined) != 2 * LINE_LENGTH:
        _refuse(_("The two lines have 88 characters together, and these have {count}").format(count=len(joined)))
    return joined[:LINE_LENGTH], joined[LINE_LENGTH:]


def read_mrz(line1: str, line2: str, today: date) -> Passport:
    """Return what the two lines say, all five check digits verified. Raises MrzFault that names what is wrong.

    Small letters are read as capitals, spaces are left out, and « is read as <<. A birth lies on or before `today`; an
    expiry lies in the hundred years around it. A name that is too long for the line is cut by the passport itself.
    """
    names, facts = _checked_line(line1, 1), _checked_line(line2, 2)
    if names[0] != "P":
        _refuse(_("Line 1 of a passport begins with P, and this one with {character}").format(character=names[0]))
    _check_digits(facts)
    return Passport(
        document_type=names[:2].rstrip("<"),
        issuing_country=_letters(names[2:5], _("issuing country")).rstrip("<"),
        full_name=" ".join(_letters(names[5:], _("name")).replace("<", " ").split()),
        number=facts[:9].replace("<", ""),
        nationality=_letters(facts[10:13], _("nationality")).rstrip("<"),
        born=_born(facts[13:19], today),
        sex=_sex(facts[20]),
        expires=_expiry(facts[21:27], today),
        personal_number=facts[28:42].strip("<").replace("<", " ") or None,
    )


def check_digit(text: str) -> int:
    """Return the check digit of `text`: weights 7, 3, 1 over 0-9, A=10 to Z=35 and < = 0, modulo 10 (ICAO 9303-3).

    Characters whose values differ by ten or twenty or thirty give the same digit, so that none of 0, <, A, K and U can
    be told from the others by it; every other single change is seen. Raises MrzFault on any other character.
    """
    return sum(_value(character) * _WEIGHTS[place % 3] for place, character in enumerate(text)) % 10


def _value(character: str) -> int:
    value = 0 if character == "<" else _VALUES.find(character)
    if value < 0:
        _refuse(_('"{character}" cannot stand in these lines').format(character=visible(character)))
    return value


def _refuse(reason: str) -> NoReturn:
    raise MrzFault(reason=reason)


def _cleaned(line: str) -> str:
    return "".join(line.replace("«", "<<").split()).upper()


def _checked_line(line: str, number: int) -> str:
    cleaned = _cleaned(line)
    if len(cleaned) != LINE_LENGTH:
        _refuse(_("Line {number} has {count} characters, not 44").format(number=number, count=len(cleaned)))
    for character in cleaned:
        _value(character)
    return cleaned


def _check_digits(facts: str) -> None:
    """Verify the digits of line 2; the one over the whole line last, since any other fault makes it fail too."""
    _agree(facts[:9], facts[9], _("document number"))
    _agree(facts[13:19], facts[19], _("date of birth"))
    _agree(facts[21:27], facts[27], _("date of expiry"))
    if facts[28:42].strip("<") or facts[42] != "<":  # a state that uses no personal number may leave out its digit
        _agree(facts[28:42], facts[42], _("personal number"))
    if facts[43] != str(check_digit(facts[:10] + facts[13:20] + facts[21:43])):
        _refuse(_("Line 2: its last digit, {digit}, does not agree with the line as a whole").format(digit=facts[43]))
    if not facts[:9].strip("<"):
        _refuse(_("Line 2 holds no document number"))


def _agree(value: str, digit: str, name: str) -> None:
    if digit != str(check_digit(value)):
        sentence = _("Line 2: the {name} {value} and its check digit {digit} do not agree")
        _refuse(sentence.format(name=name, value=value.rstrip("<") or "<", digit=digit))


def _letters(code: str, name: str) -> str:
    """Return `code`, a part that no check digit covers and where a digit is always a mistake."""
    digit = next((character for character in code if character.isdigit()), None)
    if digit is not None:
        _refuse(_("The {name} holds the digit {digit}, where only letters can stand").format(name=name, digit=digit))
    if not code.strip("<"):
        _refuse(_("The {name} is empty").format(name=name))
    return code


def _sex(letter: str) -> Literal["M", "F"] | None:
    if letter == "M":
        return "M"
    if letter == "F":
        return "F"
    if letter not in "<X":
        _refuse(_("Line 2: the sex is M, F or <, and here stands {letter}").format(letter=letter))
    return None


def _born(digits: str, today: date) -> date:
    """Return the latest day with these digits that is not after `today`."""
    short_year, month, day = _parts(digits, _("date of birth"))
    latest = today.year - (today.year - short_year) % 100
    if (latest, month, day) > (today.year, today.month, today.day):
        latest -= 100
    return _day(latest, month, day, _("date of birth"))


def _expiry(digits: str, today: date) -> date:
    """Return the one day with these digits in the hundred years from fifty years before `today`."""
    short_year, month, day = _parts(digits, _("date of expiry"))
    earliest = today.year - 50
    year = earliest + (short_year - earliest) % 100
    if (year, month, day) < (earliest, today.month, today.day):
        year += 100
    return _day(year, month, day, _("date of expiry"))


def _parts(digits: str, name: str) -> tuple[int, int, int]:
    if not digits.isdigit():
        _refuse(_("Line 2: the {name} {digits} is not six digits").format(name=name, digits=digits))
    return int(digits[:2]), int(digits[2:4]), int(digits[4:])


def _day(year: int, month: int, day: int, name: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        digits = f"{year % 100:02}{month:02}{day:02}"
        _refuse(_("Line 2: the {name} {digits} is no day of the calendar").format(name=name, digits=digits))
