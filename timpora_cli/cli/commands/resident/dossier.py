"""`timpora resident dossier`: print all that is held on a person, for that person."""

from typing import TYPE_CHECKING

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.recording import recording, to_be_recorded
from timpora_cli.cli.frame.register import View
from timpora_cli.cli.options.page import JSON, PageOrData
from timpora_cli.cli.options.person import ResidentArgument
from timpora_cli.cli.talk.say import told_if_lost
from timpora_cli.model.personal.disclosures import DOSSIER, Disclosure
from timpora_cli.queries import find
from timpora_cli.render.answers.personal.file import FILE, FileCard

if TYPE_CHECKING:
    from timpora_cli.render.pages.dossier import DossierPage


@command(
    Reading,
    PageOrData,
    answer=FILE,
    examples=(
        "timpora resident dossier 26",
        "timpora resident dossier 26 --output dossier.html --lang id",
        "timpora resident dossier 26 --output dossier.json",
    ),
)
def dossier(ctx: typer.Context, reference: ResidentArgument) -> None:
    """Print all that is held on a person, every change of it, and who was shown it.

    It is what the office hands over when somebody asks for their personal data (UU 27/2022 arts 7 and 32). What was
    recorded of a record that was merged into this one is part of it. On stdout it is text, in a file text, one page of
    html to be printed on A4, or JSON. Each run is recorded; see: timpora help personal-data
    """
    from timpora_cli.actions.personal.disclosures import record

    output = PageOrData.of(ctx)
    output.refuse_unwritable()
    with to_be_recorded(ctx) as view:
        resident = find.resident(view.connection, reference)
        page = _page(view, _card(view, resident.id))
    with recording(ctx) as change:
        record(change, Disclosure(DOSSIER, view.on, resident_id=resident.id, people=1))
    with told_if_lost(change.number):
        _deliver(page, output)


def _card(view: View, resident_id: int) -> FileCard:
    from timpora_cli.queries.countries import country_names
    from timpora_cli.queries.personal.file import personal_file
    from timpora_cli.queries.settings import time_zone

    held = personal_file(view.connection, resident_id, view.on)
    country = country_names(view.connection)[held.dossier.nationality]
    return FileCard(held, country, time_zone(view.connection))


def _page(view: View, card: FileCard) -> "DossierPage":
    from timpora_cli.queries.supervision.briefing import head_of_facts
    from timpora_cli.queries.supervision.letterhead import letterhead
    from timpora_cli.render.pages.dossier import DossierPage
    from timpora_cli.store import clock

    head = head_of_facts(view.connection)
    known = clock.shown(view.connection, head.at) if head else ""
    return DossierPage(card, letterhead(view.connection, view.on), head, known)


def _deliver(page: "DossierPage", output: PageOrData) -> None:
    from timpora_cli.render import pages

    printed = pages.of_dossier(page)
    as_text = (lambda: pages.dossier_as_json(page)) if output.written == JSON else printed.text
    output.deliver("dossier", as_text, printed.html)
