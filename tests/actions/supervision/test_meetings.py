"""What the actions on meetings refuse, whoever asks."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from timpora_cli.actions.stays import InFuture
from timpora_cli.actions.supervision import meetings
from timpora_cli.actions.supervision.meetings.decisions import Ending, NewDecision, decide, end
from timpora_cli.queries.supervision.meetings import decision_named, meeting_named

if TYPE_CHECKING:
    from tests.conftest import Office


def test_no_decision_ends_on_a_day_to_come(office: "Office") -> None:
    facts = {"level": "DISTRICT", "on_day": "2020-09-10", "place": "Contoh", "theme": "Rapat"}
    with office.change() as change:
        meeting = meeting_named(change.connection, str(meetings.add(change, facts)))
        taken = decide(change, meeting, NewDecision("Melapor", "Camat", date(2020, 9, 30)), office.today)
    decision = decision_named(office.connection, str(taken))
    with pytest.raises(InFuture), office.change() as change:
        end(change, decision, Ending("DONE", date(2020, 9, 18), None), office.today)
    assert decision_named(office.connection, str(taken)) == decision
