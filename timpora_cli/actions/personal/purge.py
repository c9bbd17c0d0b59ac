"""Remove the personal data of people who are gone, at the end of its retention (manual: personal-data).

The rows are written over in place and the changes that wrote them are sealed anew; the digests that they had are kept.
"""

from timpora_cli.errors import Refused
from timpora_cli.model.personal.purge import Plan
from timpora_cli.store.change import Change
from timpora_cli.store.redaction import redact
from timpora_cli.store.resealing import not_fitting, reseal


class WasAltered(Refused):
    """Nothing was purged: the register was altered behind the log, at change {number} or before. Look at it first:
    timpora verify
    """


def purge(change: Change, plan: Plan) -> int:
    """Carry out a plan, and return how many changes were sealed anew. Raises WasAltered.

    A purge must not hide what somebody altered: where the history is not whole before it, it is refused.
    """
    connection = change.connection
    if altered := not_fitting(connection, change.number):
        raise WasAltered(number=altered[0].number)
    redact(connection, plan.keys, plan.named)
    for person in plan.people:
        for one in person.ids:
            change.insert("purged_person", {"resident_id": one, "closed_on": person.closed_on.isoformat()})
    sealed = reseal(connection, change.number)
    rows = [{"sealed_change": one.number, "digest_before": one.before} for one in sealed]
    change.insert_many("purged_digest", rows)
    return len(sealed)
