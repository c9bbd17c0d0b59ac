"""A register with two cases of a village, in the midst of their way."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

REPORT = ("--by", "Kepala Desa Air Merbau", "--village", "Air Merbau")


@pytest.fixture
def reported(ann: "Timpora") -> "Timpora":
    """Ann's marriage, reported on Thursday 17 September 2020 at ten."""

    def build() -> None:
        ann.answer(
            *("case", "open", "marriage", *REPORT, "--text", "she married an Indonesian", "--resident", "1"),
            *("--happened", "2020-09-05", "--reported", "2020-09-17 10:00", "--owner", "Officer Invented"),
        )

    return ann.prepared(build)


def open_one(timpora: "Timpora", *more: str, kind: str = "other") -> str:
    """Open a case of a kind that has one step."""
    return timpora.answer("case", "open", kind, *REPORT, "--text", "something invented", *more)
