"""The office's settings as a list."""

from collections.abc import Sequence
from typing import get_args

from timpora_cli.language import _
from timpora_cli.model.settings import REGION, InForce, Source
from timpora_cli.model.settings import SETTINGS as DECLARED
from timpora_cli.render.answer import Column, Kind, Listing
from timpora_cli.render.text import sentence

SETTINGS = (
    Column("key", "Setting", always=True, codes=tuple(setting.key for setting in DECLARED)),
    Column("value", "Value", says="in its one written form; of the region, codes with blanks between"),
    Column("from", "From", Kind.WORD, always=True, codes=get_args(Source)),
    Column("default", "Default", rank=3),
    Column("says", "What it is", rank=2, always=True),
)


def settings(found: Sequence[InForce]) -> Listing:
    """Return the list of settings; the names of the regencies, of which it holds the codes, stand below it."""
    rows = [
        (one.setting.key, one.value or None, one.source, one.setting.default or None, sentence(one.setting.says))
        for one in found
    ]
    places = next((one.words for one in found if one.setting == REGION), "")
    closing = (_("Working area: {places}.").format(places=places),) if places else ()
    return Listing(SETTINGS, rows, closing=closing)
