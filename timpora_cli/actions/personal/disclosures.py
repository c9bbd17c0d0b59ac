"""Record to whom the register's people were shown. UU 27/2022 art 31 asks that all processing is recorded."""

from timpora_cli.model.personal.disclosures import Disclosure
from timpora_cli.store.change import Change


def record(change: Change, made: Disclosure) -> None:
    """Write one row of the access log."""
    change.insert(
        "disclosure",
        {
            "kind": made.kind,
            "on_day": made.on.isoformat(),
            "audience": made.audience,
            "resident_id": made.resident_id,
            "people": made.people,
            "page": made.page,
        },
    )
