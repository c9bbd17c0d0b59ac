"""Publish the public page of a day: once it is published, the page of that day is always the same."""

from datetime import date

from timpora_cli.actions.personal.disclosures import record
from timpora_cli.model.personal.disclosures import PUBLIC, Disclosure
from timpora_cli.model.supervision.briefing import PUBLIC as FOR_PUBLIC
from timpora_cli.model.supervision.public_page import PublicPage, page_of
from timpora_cli.queries.settings import public_threshold
from timpora_cli.queries.supervision.letterhead import letterhead
from timpora_cli.queries.supervision.public import counted, last_published, page_published
from timpora_cli.store.change import Change


def published(change: Change, on: date) -> PublicPage:
    """Return the page of the day `on`, and record that it was asked for; the first time, with all that stands on it."""
    connection = change.connection
    kept = page_published(connection, on)
    page = kept or page_of(
        on,
        letterhead(connection, on),
        public_threshold(connection),
        counted(connection, on),
        last_published(connection),
    )
    text = None if kept else page.as_json()
    record(change, Disclosure(PUBLIC, on, audience=FOR_PUBLIC, page=text))
    return page
