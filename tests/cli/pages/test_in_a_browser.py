"""Every page that the program makes, in a browser: it fits, can be read, asks for nothing, and prints on whole sheets.

What each check finds is shown on pages with faults in test_looks.py.
"""

import unicodedata
from typing import TYPE_CHECKING

import pytest

from tests.cli.pages.samples import NAMES, ONE_WORD, SCRIPT

if TYPE_CHECKING:
    from tests.cli.pages.looks import Look

HOSTILE = [("hostile", name) for name in NAMES["hostile"]]
EVERY = [*(("example", name) for name in NAMES["example"]), *HOSTILE]
CONTRAST_BY_AXE = ("brief-office-id", "minutes-id", "letter-spouse")
"""The pages on which axe has its own look at the contrast, which takes it seconds; `faint` has one at every page."""
JOINERS = "\u200c\u200d"

pytestmark = pytest.mark.slow  # they need a browser
every_page = pytest.mark.parametrize("look", EVERY, indirect=True, ids="-".join)


@every_page
def test_it_opens_without_a_message_and_asks_for_nothing(look: "Look") -> None:
    assert look.page.locator("h1, h2").count() >= 1
    assert look.faults == []


@every_page
def test_nothing_overflows_on_a_telephone_a_tablet_a_desk_or_paper(look: "Look") -> None:
    assert look.overflowing() == []


@every_page
def test_everything_can_be_read_in_the_light_and_in_the_dark(look: "Look") -> None:
    assert look.faint() == []


@every_page
def test_axe_finds_nothing_serious(look: "Look", request: pytest.FixtureRequest) -> None:
    register, name = request.node.callspec.params["look"]
    assert look.unusable(contrast=register == "example" and name in CONTRAST_BY_AXE) == []


@every_page
def test_it_prints_on_a4_and_no_row_item_or_chart_is_cut(look: "Look") -> None:
    assert look.misprinted() == []


@every_page
def test_what_somebody_typed_stays_a_text(look: "Look", request: pytest.FixtureRequest) -> None:
    assert look.foreign() == []
    assert look.page.title() not in {"", "changed"}
    shown = look.page.inner_text("body")
    assert {one for one in shown if unicodedata.category(one) in {"Cc", "Cf"}} <= {"\n", "\t", *JOINERS}
    if request.node.callspec.params["look"] in HOSTILE:
        assert SCRIPT in shown
        assert ONE_WORD in shown


@pytest.mark.parametrize("look", [("example", "attendance-id")], indirect=True, ids="-".join)
def test_a_place_to_sign_is_not_alone_on_its_sheet(look: "Look") -> None:
    *_others, last = look.sheets()
    assert "Contoh Kepala Kantor" in last
    assert "Desa Contoh 29" in last


@pytest.mark.parametrize("look", [("hostile", "invitation-id")], indirect=True, ids="-".join)
def test_a_long_list_begins_below_its_title(look: "Look") -> None:
    (listed,) = [sheet for sheet in look.sheets() if "DAFTAR UNDANGAN" in sheet]
    assert "Polsek Contoh" in listed
