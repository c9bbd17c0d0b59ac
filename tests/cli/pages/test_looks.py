"""Each check of a page finds its fault, on a page that has this fault alone; and finds nothing on one without."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.pages.looks import Look, looking

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow  # they need a browser

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root {{ color-scheme: light dark; }}
body {{ background: #ffffff; color: #1a1a1a; }}
@media (prefers-color-scheme: dark) {{ body {{ background: #1b1b1b; color: #ececec; }} }}
@media print {{ body {{ background: #ffffff; color: #000000; }} }}
tr {{ break-inside: avoid; }}
@page {{ size: A4; margin: 20mm 18mm 20mm 22mm; }}
</style></head><body><main><h1>A page</h1>{fault}</main></body></html>"""
SOUND = "<table><thead><tr><th>Name</th></tr></thead><tbody>{rows}</tbody></table>".format(
    rows="<tr><td>Contoh<br>Satu<br>Dua<br>Tiga</td></tr>" * 30
)
LONG = "Contoh" * 80
LABELS = '<figure><svg role="img" aria-label="x" width="100%">{labels}</svg></figure>'
TWO = '<text x="0" y="14">Air Merbau</text><text x="20" y="14">17</text>'
NARROW = '<div style="width: 3rem"><p style="white-space: nowrap">Contoh Satu Dua</p></div>'
TALL = SOUND.replace("<tr>", '<tr style="break-inside: auto">')

Asked = Callable[[Look], list[str]]
FAULTS: dict[str, tuple[Asked, str, str]] = {
    "error": (lambda look: look.faults, "<script>nothing()</script>", "error: nothing is not defined"),
    "message": (lambda look: look.faults, "<script>console.warn('hm')</script>", "console: hm"),
    "request": (lambda look: look.faults, '<img src="https://example.org/x.png" alt="x">', "request: https://example"),
    "wide table": (Look.overflowing, f"<table><tr><td>{LONG}</td></tr></table>", "1280 px: the page scrolls"),
    "own bar": (Look.overflowing, f'<div style="overflow-x: auto"><p>{LONG}</p></div>', "360 px: scrolls by itself"),
    "left": (Look.overflowing, '<p style="margin-left: -2rem">x</p>', "360 px: beyond the edge: p x"),
    "out of its box": (Look.overflowing, NARROW, "768 px: beyond its box: #text Contoh"),
    "labels": (Look.overflowing, LABELS.format(labels=TWO), "on paper: on another text: text Air Merbau"),
    "faint in the light": (Look.faint, '<p style="color: #999999">x</p>', "light: faint: P x has 2.8"),
    "faint in the dark": (Look.faint, '<p style="color: #333333">x</p>', "dark: faint: P x has 1.4"),
    "faint label": (Look.faint, LABELS.format(labels='<text y="14">x</text>'), "dark: faint: text x has 1.2"),
    "faint bar": (Look.faint, LABELS.format(labels='<rect fill="#ddd"></rect>'), "light: faint: a bar has 1.4"),
    "nameless picture": (Look.unusable, '<svg role="img" width="9" height="9"></svg>', "svg-img-alt (serious)"),
    "faint to axe": (Look.unusable, '<p style="color: #999999">x</p>', "color-contrast (serious)"),
    "cut row": (Look.misprinted, TALL, "/TR is cut: it stands on the sheets ["),
    "another size": (Look.misprinted, "<style>@page { size: A5; }</style>", "the sheets are [(420, 595)]"),
    "dark paper": (Look.misprinted, "<style>body { background: #1b1b1b !important; }</style>", "the paper is rgb(27,"),
    "script": (Look.foreign, "<script></script>", "SCRIPT"),
    "handler": (Look.foreign, '<p onmouseover="x">x</p>', "onmouseover"),
}


def test_a_sound_page_has_no_fault(browser: "Browser", tmp_path: Path) -> None:
    with looking(browser, written(tmp_path, SOUND)) as look:
        found = [look.overflowing(), look.faint(), look.unusable(), look.misprinted(), look.foreign(), look.faults]
    assert found == [[]] * 6


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found(browser: "Browser", tmp_path: Path, fault: str) -> None:
    ask, html, words = FAULTS[fault]
    with looking(browser, written(tmp_path, html)) as look:
        found = ask(look)
    assert any(one.startswith(words) for one in found), found


def written(folder: Path, fault: str) -> Path:
    path = folder / "page.html"
    path.write_text(PAGE.format(fault=fault), encoding="utf-8")
    return path
