"""The office's settings as a list."""

from collections.abc import Sequence
from typing import get_args

from timpora_cli.language import _
from timpora_cli.model.settings import REGION, InForce, Source
from timpora_cli.model.settings import SETTINGS as DECLARED
from timpora_cli.render.answer import Answer, Column, Kind, Table
from timpora_cli.render.text import sentence

SETTINGS: Table[InForce] = Table(
    (
        Column(
            "key", "Setting", lambda one: one.setting.key, always=True, codes=tuple(setting.key for setting in DECLARED)
        ),
        Column(
            "value",
            "Value",
            lambda one: one.value or None,
            says="in its one written form; of the region, codes with blanks between",
        ),
        Column("from", "From", lambda one: one.source, Kind.WORD, always=True, codes=get_args(Source)),
        Column("default", "Default", lambda one: one.setting.default or None, rank=3),
        Column("says", "What it is", lambda one: sentence(one.setting.says), rank=2, always=True),
    )
)


def settings(in_force: Sequence[InForce]) -> Answer[InForce]:
    """Return the list of settings; below it stand the names of the regencies whose codes it holds."""
    places = next((one.words for one in in_force if one.setting == REGION), "")
    return SETTINGS.of(in_force, closing=(_("Working area: {places}.").format(places=places),) if places else ())
