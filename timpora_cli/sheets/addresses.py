"""The parts of an address: an RT and an RW, and the village, district and regency that it names."""

import re
from collections.abc import Mapping

from timpora_cli.language import _
from timpora_cli.model import names
from timpora_cli.sheets.facts import Values, typed
from timpora_cli.sheets.headers import Field
from timpora_cli.sheets.sheet import BadCell

LOTS = r"(?:RT)?[ .:]*([0-9]{1,3}[A-Za-z]?|-)?(?: ?[/,-] ?(?:RW)?| ?RW| )[ .:]*([0-9]{1,3}[A-Za-z]?|-)?"
LOT = r"(?:R[TW])?[ .:]*([0-9]{1,3}[A-Za-z]?)"

VILLAGE_CODE = r"([0-9]{2})[.]?([0-9]{2})[.]?([0-9]{2})[.]?([0-9]{4})(?![0-9.])"
VILLAGE_BEFORE = r"^(?:ds|desa|kel|kelurahan)\b[. :]*(?=.)"
DISTRICT_BEHIND = r"[ ,;(/–-]*\bkec(?:amatan)?\b"
IN_ADDRESS = r"(?=$|[,;()/.]|\b(?:kec|kab|kota|prov|rt|rw|dusun|lingkungan|jl|jalan|desa|kel)\b|[0-9])"
A_PART = r"\b(?:desa|ds|kel(?:urahan)?|kec(?:amatan)?|kab(?:upaten)?|rt|rw)\b"
PARTS_OF_ADDRESS: Mapping[Field, str] = {
    "village": rf"\b(?:desa|ds|kelurahan|kel)\b[. :]*(?P<village>[^\W\d_][^\d,;()/.]*?) *{IN_ADDRESS}",
    "district": rf"\b(?:kecamatan|kec)\b[. :]*(?P<district>[^\W\d_][^\d,;()/.]*?) *{IN_ADDRESS}",
    "regency": rf"\b(?:kabupaten|kab)\b[. :]*(?P<regency>[^\W\d_][^\d,;()/.]*?) *{IN_ADDRESS}",
    "rt": r"\brt(?: ?/ ?rw)?\b[. :]*(?P<rt>[0-9]{1,3})\b",
    "rw": r"(?:\brt(?: ?/ ?rw)?\b[. :]*[0-9]{1,3} ?/ ?(?:rw)?[. :]*|\brw\b[. :]*)(?P<rw>[0-9]{1,3})\b",
}


def village_and_district(text: str) -> tuple[str, str, str]:
    """Return the code, the name and the district of a village's cell, each '' where it is not there.

    "Desa Air Merbau Kec. Tanjungpandan", "Ds. Air Merbau", "19.02.01.2012 Air Merbau".
    """
    coded = re.match(VILLAGE_CODE, text)
    name = text[coded.end() :].strip(" -–:()") if coded else text
    code = ".".join(coded.groups()) if coded else ""
    district = parts_of_address(name).get("district", "")
    name = re.split(DISTRICT_BEHIND, name, maxsplit=1, flags=re.IGNORECASE)[0]
    return code, re.sub(VILLAGE_BEFORE, "", name, flags=re.IGNORECASE).strip(), district


def lots(text: str) -> Values:
    """Read an RT and an RW: "003/002", "RT 3 RW 2"."""
    both = re.fullmatch(LOTS, text, re.IGNORECASE)
    if both is None:
        raise BadCell(fault=_('"{text}" is no RT and RW, as in 003/002.').format(text=names.excerpt(text)))
    values: Values = {"rt": both[1], "rw": both[2]}
    return {name: number for name, number in values.items() if number and number != "-"}


def lot(text: str, column: Field) -> Values:
    """Read an RT or an RW alone, as in "003"; or both, if the cell holds both."""
    one = re.fullmatch(LOT, typed(text), re.IGNORECASE)
    return {column: one[1]} if one else lots(text)


def parts_of_address(text: str) -> Values:
    """Return the RT, RW, village, district and regency that an address names, as written there."""
    if re.search(A_PART, text, re.IGNORECASE) is None:
        return {}
    matches = ((name, re.search(pattern, text, re.IGNORECASE)) for name, pattern in PARTS_OF_ADDRESS.items())
    return {name: match[name].strip() for name, match in matches if match}
