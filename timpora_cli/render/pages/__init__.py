"""The printed pages: those of a meeting, the briefing for one, the page for the public, and the file of one person.

What stands on a page is said once, as blocks; each way to write it goes through the same blocks.
"""

from collections.abc import Callable, Iterator

from timpora_cli.model.supervision.briefing import Brief
from timpora_cli.model.supervision.meetings import MeetingPage
from timpora_cli.model.supervision.public_page import PublicPage
from timpora_cli.render.pages.attendance import attendance
from timpora_cli.render.pages.blocks import Block
from timpora_cli.render.pages.brief import brief
from timpora_cli.render.pages.dossier import DossierPage, dossier
from timpora_cli.render.pages.invitation import invitation
from timpora_cli.render.pages.minutes import minutes
from timpora_cli.render.pages.public import public
from timpora_cli.render.pages.words import word

PAGES: dict[str, Callable[[MeetingPage], Iterator[Block]]] = {
    "invitation": invitation,
    "attendance": attendance,
    "minutes": minutes,
}
TITLES = {"attendance": "attendance_list", "minutes": "minutes"}


def as_text(name: str, page: MeetingPage) -> Iterator[str]:
    """Yield the lines of a page as plain text."""
    from timpora_cli.render.pages.plain import lines

    return lines(PAGES[name](page))


def as_html(name: str, page: MeetingPage) -> str:
    """Return a page as one self-contained file of html."""
    from timpora_cli.render.pages.html import html

    theme = page.record.meeting.theme
    title = f"{word(TITLES[name])}: {theme}" if name in TITLES else word("invitation", theme=theme)
    return html(title, PAGES[name](page))


def brief_as_text(made: Brief) -> Iterator[str]:
    """Yield the lines of a briefing as plain text."""
    from timpora_cli.render.pages.plain import lines

    return lines(brief(made))


def brief_as_html(made: Brief) -> str:
    """Return a briefing as one self-contained file of html."""
    from timpora_cli.render.pages.html import html

    return html(word("brief_title"), brief(made))


def dossier_as_text(page: DossierPage) -> Iterator[str]:
    """Yield the lines of a person's own file as plain text."""
    from timpora_cli.render.pages.plain import lines

    return lines(dossier(page))


def dossier_as_html(page: DossierPage) -> str:
    """Return a person's own file as one self-contained file of html."""
    from timpora_cli.render.pages.html import html

    return html(word("dossier_title"), dossier(page))


def dossier_as_json(page: DossierPage) -> Iterator[str]:
    """Yield the lines of a person's own file as JSON, with the keys that `timpora schema` has."""
    from io import StringIO

    from timpora_cli.render.answer import Wanted
    from timpora_cli.render.answers.personal.file import FILE
    from timpora_cli.render.formats import card

    stream = StringIO()
    card.write(FILE, page.card, Wanted("json"), stream)
    return iter(stream.getvalue().removesuffix("\n").split("\n"))


def public_as_text(page: PublicPage) -> Iterator[str]:
    """Yield the lines of a public page as plain text."""
    from timpora_cli.render.pages.plain import lines

    return lines(public(page))


def public_as_html(page: PublicPage) -> str:
    """Return a public page as one self-contained file of html."""
    from timpora_cli.render.pages.html import html

    return html(word("public_title"), public(page))
