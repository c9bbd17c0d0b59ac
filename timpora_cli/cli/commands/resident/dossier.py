"""`timpora resident dossier`: print all that is held on a person, for that person."""

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.register import View, recording
from timpora_cli.cli.options.page import JSON, PageOrData
from timpora_cli.cli.options.person import ResidentArgument
from timpora_cli.model.personal.disclosures import DOSSIER, Disclosure
from timpora_cli.queries import find
from timpora_cli.render.answers.personal.file import FILE, FileCard


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
    with recording(ctx) as (view, change):
        resident = find.resident(view.connection, reference)
        _deliver(view, _card(view, resident.id), output)
        record(change, Disclosure(DOSSIER, view.on, resident_id=resident.id, people=1))


def _card(view: View, resident_id: int) -> FileCard:
    from timpora_cli.queries.countries import country_names
    from timpora_cli.queries.personal.file import personal_file
    from timpora_cli.queries.settings import time_zone

    held = personal_file(view.connection, resident_id, view.on)
    country = country_names(view.connection)[held.dossier.nationality]
    return FileCard(held, country, time_zone(view.connection))


def _deliver(view: View, card: FileCard, output: PageOrData) -> None:
    from timpora_cli.queries.supervision.briefing import head_of_facts
    from timpora_cli.queries.supervision.letterhead import letterhead
    from timpora_cli.render import pages
    from timpora_cli.render.pages.dossier import DossierPage
    from timpora_cli.store import clock

    head = head_of_facts(view.connection)
    known = clock.shown(view.connection, head.at) if head else ""
    page = DossierPage(card, letterhead(view.connection, view.on), head, known)
    printed = pages.of_dossier(page)
    as_text = (lambda: pages.dossier_as_json(page)) if output.written == JSON else printed.text
    output.deliver("dossier", as_text, printed.html)
