"""What `timpora check` finds and an officer says is true: it is settled until its facts change."""

from timpora_cli.model.log import Concern
from timpora_cli.queries.rows import first
from timpora_cli.store.change import Change

KNOWN = "SELECT key FROM accepted_finding WHERE key = :key"


def accept(change: Change, concern: Concern, reason: str) -> None:
    """Record that a finding is true as it stands, and why."""
    row = {"facts": concern.facts, "reason": reason}
    if first(change.connection, KNOWN, {"key": concern.key}) is None:
        change.insert("accepted_finding", {"key": concern.key, **row})
    else:
        change.update("accepted_finding", concern.key, row)
