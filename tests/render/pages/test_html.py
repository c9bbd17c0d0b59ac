"""A page as html: what its templates do with texts that would not fit. How it looks is in tests/cli/pages."""

import re

from timpora_cli.render.pages.blocks import Chart, Grid
from timpora_cli.render.pages.html import LONG, html


def cells(*texts: str, whole: tuple[int, ...] = ()) -> list[str]:
    """The cells of a row as a page has them, without the headings that they repeat."""
    page = html("x", [Grid(("",) * len(texts), (texts,), whole=whole)])
    return re.findall(r"<td.*?</td>", page.replace(' data-heading=""', ""))


def test_only_a_cell_with_a_long_word_is_broken_anywhere() -> None:
    usual, long = "x" * LONG, "x" * (LONG + 1)
    assert cells(f"{usual} {usual}", f"a {long}") == [
        f"<td>{usual} {usual}</td>",
        f'<td class="long">a {long}</td>',
    ]


def test_a_word_is_as_long_as_it_is_shown() -> None:
    assert cells("\u202e" * 3) == [r'<td class="long">\u202e\u202e\u202e</td>']


def test_a_number_is_kept_whole_unless_it_is_long() -> None:
    long = "2" * (LONG + 1)
    assert cells("KITAS 2C21DEMO0042", f"VOA {long}", whole=(0, 1)) == [
        "<td><span>KITAS</span> <span>2C21DEMO0042</span></td>",
        f'<td class="long"><span>VOA</span> {long}</td>',
    ]


def test_a_label_of_a_chart_has_a_frame_that_leaves_room_for_the_number() -> None:
    page = html("x", [Chart("Counts", "A chart", (("Sijuk", 2), ("Badau", 1)))])
    assert re.findall(r"<svg (?!role)(.*?)><text x=\"0\" y=\"14\">(\w+)</text></svg>", page) == [
        ('width="86%" height="19" y="0"', "Sijuk"),
        ('width="86%" height="19" y="34"', "Badau"),
    ]
