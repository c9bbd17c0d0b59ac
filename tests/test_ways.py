"""How many files a command enters: a reader has to follow no more than that from its words to its answer."""

import os
import re

import pytest

from tests import ways
from tests.ways import Way
from timpora_cli.manual import PAGES

pytestmark = pytest.mark.slow  # each test starts processes of its own

WRITING = os.environ.get("TIMPORA_GOLDEN") == "write"
PAGE = PAGES / "house.md"
LISTED = re.compile(r"(?<=<!-- ways: begin -->\n).*(?=<!-- ways: end -->)", re.DOTALL)
TOO_MANY = {
    "import": "it enters 51 files, not 28: reading sheets and planning people take 6,700 lines, at most 300 a file",
}


@pytest.mark.parametrize(
    "way",
    [
        pytest.param(
            way,
            id=way.name,
            marks=pytest.mark.xfail(strict=True, reason=TOO_MANY[way.name]) if way.name in TOO_MANY else (),
        )
        for way in ways.WAYS
    ],
)
def test_a_way_enters_no_more_files_than_its_limit_and_each_further_one_has_a_reason(way: Way) -> None:
    files = ways.entered(way)
    assert len(files) <= way.most
    assert len([file for file in files if file not in ways.REASONS]) <= way.limit


def test_each_reason_is_for_a_file_that_is_there() -> None:
    package = ways.SOURCE / "timpora_cli"
    assert [file for file in ways.REASONS if not (package / file).exists()] == []


def test_the_manual_lists_the_ways_as_they_are_recorded() -> None:
    recorded, page = ways.all_written(), PAGE.read_text(encoding="utf-8")
    if WRITING:
        PAGE.write_text(LISTED.sub(lambda _old: recorded, page), encoding="utf-8")
    else:
        assert LISTED.findall(page) == [recorded]
