"""A page as one self-contained file of html: no script, nothing from the network, to be read or printed on A4.

Every text is escaped by the templates, which is why they are made with jinja2, and control characters in it are made
visible. It is imported where a page is written as html, and nowhere else.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from timpora_cli.language import chosen
from timpora_cli.model.names import visible
from timpora_cli.render.pages.blocks import Block

LONG = 16
"""A word of more characters may be broken anywhere in a cell: it would make the table wider than the page."""
TEMPLATES = Path(__file__).parent / "templates"


def html(title: str, blocks: Iterable[Block], language: str | None = None) -> str:
    """Return the page of these blocks as html, in a language; without one, in that in force."""
    named = [(type(block).__name__, block) for block in blocks]
    return _template().render(title=title, language=language or chosen(), blocks=named)


@cache
def _template() -> Template:
    """Return the template of every page, made once: a run of letters writes many."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_shown,
    )
    environment.tests["long"] = _is_long
    return environment.get_template("page.html")


def _is_long(text: str) -> bool:
    """Return whether a text has a word that is long, as it is shown."""
    return any(len(word) > LONG for word in visible(text).split())


def _shown(value: object) -> object:
    return visible(value) if type(value) is str else value
