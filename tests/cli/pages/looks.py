"""How a page looks in a browser and on paper: each check returns what is wrong with it, in words; nothing is good."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

WIDTHS = (360, 768, 1280)
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, Scheme] = ("light", "dark")
HEIGHT = 900
PAPER = 643
"""The width between the margins of a sheet, in px: A4 is 210 mm, and the margins of page.css are 22 and 18 mm."""
A4 = (595, 842)
WHOLE = ("/TR", "/LI", "/Figure")
"""What may not be cut by the end of a sheet: rows, items and charts, as a PDF's structure names them."""
BAD = ("serious", "critical")
SCRIPT = Path(__file__).with_name("looks.js")


@dataclass(frozen=True)
class Look:
    """A page that is open in a browser, and what it did since it was opened that it may not do."""

    page: "Page"
    faults: list[str] = field(default_factory=list)

    def overflowing(self) -> list[str]:
        """Return what does not fit into the window, at each width, and between the margins of a sheet."""
        found = []
        for width in WIDTHS:
            self._show(width)
            found += [f"{width} px: {one}" for one in self._ask("overflowing")]
        self._show(PAPER, media="print")
        return found + [f"on paper: {one}" for one in self._ask("overflowing")]

    def faint(self) -> list[str]:
        """Return the texts and bars that can hardly be seen, in each colour scheme."""
        found = []
        for scheme in SCHEMES:
            self._show(WIDTHS[-1], scheme)
            found += [f"{scheme}: {one}" for one in self._ask("faint")]
        return found

    def unusable(self, *, contrast: bool = True) -> list[str]:
        """Return what axe finds serious or critical, or cannot tell, on a telephone: a table is no table there.

        Its look at the contrast takes most of the time, and can be left out: `faint` is as strict.
        """
        self._show(WIDTHS[0])
        return list(_asked_of_axe(self.page, contrast=contrast))

    def misprinted(self) -> list[str]:
        """Return what is wrong with the page on paper: another size than A4, a dark sheet, something cut by its end."""
        self._show(PAPER, "dark", "print")
        paper = self.page.evaluate("getComputedStyle(document.body).backgroundColor")
        found = [] if paper == "rgb(255, 255, 255)" else [f"the paper is {paper}"]
        return found + _misprinted(self._printed())

    def sheets(self) -> list[str]:
        """Return the text of each sheet on which the page is printed."""
        return [str(sheet.extract_text()) for sheet in self._printed().pages]

    def foreign(self) -> list[str]:
        """Return the elements and handlers that only somebody's text can have made."""
        return self._ask("foreign")

    def _show(self, width: int, scheme: Scheme = "light", media: Literal["print", "screen"] = "screen") -> None:
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        self.page.emulate_media(media=media, color_scheme=scheme)

    def _printed(self) -> Any:
        """Return the page as a PDF."""
        from pypdf import PdfReader

        return PdfReader(io.BytesIO(self.page.pdf(prefer_css_page_size=True, tagged=True)))

    def _ask(self, what: str) -> list[str]:
        return [str(one) for one in self.page.evaluate(f"{_script()}.{what}()")]


@contextmanager
def looking(browser: "Browser", path: Path) -> Iterator[Look]:
    """Open a file of html without a network; write down each message, each error, and each request beyond it."""
    address = path.as_uri()
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        look = Look(page)

        def requested(request: "Request") -> None:
            if request.url != address:
                look.faults.append(f"request: {request.url}")

        page.on("console", lambda message: look.faults.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: look.faults.append(f"error: {error.message}"))
        page.on("request", requested)
        page.goto(address, wait_until="load")
        yield look


@cache
def _script() -> str:
    """Return the functions that run in the page, as an expression."""
    return SCRIPT.read_text(encoding="utf-8").partition("\n")[2].strip()


def _asked_of_axe(page: "Page", *, contrast: bool) -> Iterator[str]:
    """Yield each serious or critical rule that is broken, or that axe cannot tell, with where.

    The labels of charts are left out: axe cannot tell what a text in svg stands on.
    """
    from axe_playwright_python.sync_playwright import Axe

    options = {
        "resultTypes": ["violations", "incomplete"],
        "rules": {"color-contrast": {"enabled": contrast}},
    }
    answer = Axe().run(page, context={"exclude": ["svg text"]}, options=options).response
    for rule in (*answer["violations"], *answer["incomplete"]):
        if rule["impact"] in BAD:
            nodes = ", ".join(str(node["html"])[:80] for node in rule["nodes"][:3])
            yield f"{rule['id']} ({rule['impact']}): {nodes}"


def _misprinted(pdf: Any) -> list[str]:
    sizes = {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in pdf.pages}
    found = [] if sizes == {A4} else [f"the sheets are {sorted(sizes)}"]
    numbers = {sheet.indirect_reference.idnum: number for number, sheet in enumerate(pdf.pages, start=1)}
    for kind, sheets in _pieces(pdf.trailer["/Root"]["/StructTreeRoot"]):
        if len(sheets) > 1:
            found.append(f"{kind} is cut: it stands on the sheets {sorted(numbers[sheet] for sheet in sheets)}")
    return found


def _pieces(element: Any) -> Iterator[tuple[str, set[int]]]:
    """Yield each row, item and chart below an element of a PDF's structure, with the sheets that it stands on.

    A row of headings is said again on each sheet, so it is none of them.
    """
    for child in _children(element):
        kind = child.get("/S")
        if kind in WHOLE and not any(cell.get("/S") == "/TH" for cell in _children(child)):
            yield kind, set(_sheets(child, None))
        yield from _pieces(child)


def _children(element: Any) -> list[Any]:
    """Return the elements right below one; a number is no element, but a piece of a sheet."""
    below = element.get("/K", [])
    below = below.get_object() if hasattr(below, "get_object") else below
    listed = below if isinstance(below, list) else [below]
    return [one for one in (part.get_object() for part in listed) if isinstance(one, dict)]


def _sheets(element: Any, above: int | None) -> Iterator[int]:
    """Yield the sheet of each piece of an element: its own, or that of the nearest element that names one."""
    own = element.raw_get("/Pg").idnum if "/Pg" in element else above
    below = element.get("/K")
    listed = below if isinstance(below, list) else [below]
    if own is not None and ("/MCID" in element or any(isinstance(part, int) for part in listed)):
        yield own
    for child in _children(element):
        yield from _sheets(child, own)
