"""The printed pages: those of a meeting, the briefing for one, the page for the public, and the file of one person.

What stands on a page is said once, as blocks; each way to write it goes through the same blocks.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

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


class Printed(NamedTuple):
    """A page: its title, and what makes its blocks."""

    title: str
    blocks: Callable[[], Iterator[Block]]

    def text(self) -> Iterator[str]:
        """Yield its lines as plain text."""
        from timpora_cli.render.pages.plain import lines

        return lines(self.blocks())

    def html(self) -> str:
        """Return it as one self-contained file of html."""
        from timpora_cli.render.pages.html import html

        return html(self.title, self.blocks())


def of_meeting(name: str, page: MeetingPage) -> Printed:
    """Return a page of a meeting, by its name."""
    theme = page.record.meeting.theme
    title = f"{word(TITLES[name])}: {theme}" if name in TITLES else word("invitation", theme=theme)
    return Printed(title, lambda: PAGES[name](page))


def of_brief(made: Brief) -> Printed:
    """Return a briefing."""
    return Printed(word("brief_title"), lambda: brief(made))


def of_public(page: PublicPage) -> Printed:
    """Return a page for the public."""
    return Printed(word("public_title"), lambda: public(page))


def of_dossier(page: DossierPage) -> Printed:
    """Return a person's own file."""
    return Printed(word("dossier_title"), lambda: dossier(page))


def dossier_as_json(page: DossierPage) -> Iterator[str]:
    """Yield the lines of a person's own file as JSON, with the keys that `timpora schema` has."""
    from io import StringIO

    from timpora_cli.render.answer import Wanted
    from timpora_cli.render.answers.personal.file import FILE
    from timpora_cli.render.formats import card

    stream = StringIO()
    card.write(FILE, page.card, Wanted("json"), stream)
    return iter(stream.getvalue().removesuffix("\n").split("\n"))
