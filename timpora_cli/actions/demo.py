"""The example register: invented people in and around Tanjungpandan, as of 17 September 2020.

It is filled by the same actions as an officer's work, one day after another. No person in it is real: many of the names
mean "invented", "imagined" or "nowhere" in their language.
"""

import sqlite3
from collections.abc import Callable, Mapping
from datetime import date

from timpora_cli import data
from timpora_cli.actions import family, passports, permits, residents, stays
from timpora_cli.actions.supervision import cases, inspections, meetings
from timpora_cli.actions.supervision.meetings import decisions, lines
from timpora_cli.language import _
from timpora_cli.model.people import Resident
from timpora_cli.model.supervision.cases import Moment
from timpora_cli.model.supervision.meetings import ItemKind, MeetingRecord
from timpora_cli.queries import find
from timpora_cli.queries.supervision.cases import case_file
from timpora_cli.queries.supervision.meetings import meeting_named, meeting_record
from timpora_cli.queries.supervision.procedures import workflow
from timpora_cli.store.change import Author, Change, changing

DEMO_DAY = date(2020, 9, 17)

Row = Mapping[str, str]


def fill(connection: sqlite3.Connection, author: Author, *, with_meeting: bool = True) -> None:
    """Write the example's people, what happened to them, and the meeting of the day into a new register, as one change.

    The register must have the regions and reliefs of a new one, and no people yet. Without the meeting, it is the
    register with which the office came to the meeting.
    """
    with changing(connection, author) as change:
        for person in data.rows("demo.csv"):
            _settles(change, person)
        for event in data.rows("demo_events.csv"):
            HAPPENS[event["event"]](change, find.resident(connection, event["passport"]), event)
        for row in data.rows("demo_cases.csv"):
            _is_reported(change, row)
        for visit in data.rows("demo_inspections.csv"):
            _is_inspected(change, visit)
        if with_meeting:
            for meeting in data.rows("demo_meetings.csv"):
                _is_held(change, meeting, data.rows("demo_meeting_lines.csv"))


def _settles(change: Change, row: Row) -> None:
    facts = {
        "full_name": row["full_name"],
        "sex": row["sex"],
        "born": row["born"],
        "nationality": row["nationality"],
        "purpose_code": row["purpose"],
        "occupation": row["occupation"],
        "note": _("Invented for the demo"),
    }
    residence = stays.NewResidence(
        village_code=row["village"] or None,
        address=row["address"] or None,
        rt=row["rt"] or None,
        rw=row["rw"] or None,
        since=date.fromisoformat(row["since"]),
    )
    passport = passports.NewPassport(row["passport"], row["nationality"], expires_on=_day(row["passport_expires"]))
    sponsor, kind = row["sponsor"] or None, row["sponsor_kind"] or None
    new = residents.NewResident(facts, residence, passport, sponsor, kind, arrived=_day(row["arrived"]))
    residents.add(change, new)


def _is_reported(change: Change, row: Row) -> None:
    about = find.resident(change.connection, row["passport"]).id if row["passport"] else None
    facts = {
        "kind_code": row["kind"],
        "reported_at": row["reported_at"],
        "reporter": row["reporter"],
        "happened_on": row["happened_on"] or None,
        "village_code": row["village"],
        "report": _(row["report"]),
        "owner": row["owner"],
        "resident_id": about,
    }
    number = cases.open_case(change, facts)
    if not row["verified_at"]:
        return
    flow, at = workflow(change.connection), Moment.read(row["verified_at"])
    for happening in (
        cases.Happening(at, state="VERIFIED"),
        *(cases.Happening(at, step=step, settled="DONE") for step in row["settled"].split()),
    ):
        cases.record(change, case_file(change.connection, str(number), DEMO_DAY), flow, happening)


def _is_inspected(change: Change, visit: Row) -> None:
    facts = {
        "on_day": visit["on"],
        "officers": visit["officers"],
        "letter_number": visit["letter"] or None,
        "letter_on": visit["letter_on"] or None,
        "is_urgent": int(visit["urgent"]),
        "village_code": visit["village"] or None,
        "place": visit["place"] or None,
        "finding": visit["finding"] or None,
    }
    checked, (other, _blank, does) = visit["as_registered"].split(), visit["activity"].partition(" ")
    people = [
        inspections.Visited(
            find.resident(change.connection, passport),
            seen=column == "seen",
            found={"activity": does} if passport == other else {},
            checked=checked if column == "seen" else (),
        )
        for column in ("seen", "not_found")
        for passport in visit[column].split()
    ]
    inspections.add(change, facts, people)


def _is_held(change: Change, facts: Row, said: list[dict[str, str]]) -> None:
    number = str(meetings.add(change, {name: value or None for name, value in facts.items()}))

    def record() -> MeetingRecord:
        return meeting_record(change.connection, meeting_named(change.connection, number), DEMO_DAY)

    def texts(kind: str) -> list[str]:
        return [row["text"] for row in said if row["what"] == kind]

    invited = [lines.NewInvited(row["institution"], row["office"]) for row in said if row["what"] == "invited"]
    lines.invite(change, record(), invited)
    for kind in ItemKind:
        lines.note(change, record(), kind, texts(kind.value.lower()), None)
    for row in said:
        if row["what"] == "present":
            standing = row["stands_in_for"] or None
            came = lines.NewPresent(row["institution"], row["name"], row["office"], standing, uninvited=False)
            lines.attend(change, record(), came, DEMO_DAY)
        elif row["what"] == "decision":
            new = decisions.NewDecision(row["text"], row["institution"], date.fromisoformat(row["due"]))
            decisions.decide(change, record().meeting, new, DEMO_DAY)
    meetings.close(change, record(), DEMO_DAY, no_decisions=None)


def _is_granted(change: Change, resident: Resident, event: Row) -> None:
    permits.add(change, resident.id, _grant(event), DEMO_DAY)


def _is_extended(change: Change, _resident: Resident, event: Row) -> None:
    permits.extend(change, find.permit(change.connection, event["permit"]), _grant(event), DEMO_DAY)


def _is_converted(change: Change, _resident: Resident, event: Row) -> None:
    permits.convert(change, find.permit(change.connection, event["permit"]), _grant(event), DEMO_DAY)


def _is_revoked(change: Change, _resident: Resident, event: Row) -> None:
    why = _("The sponsor withdrew the guarantee. Invented for the demo")
    permits.revoke(change, find.permit(change.connection, event["permit"]), date.fromisoformat(event["on"]), why)


def _moves(change: Change, resident: Resident, event: Row) -> None:
    stays.move(change, resident, stays.NewResidence(event["detail"]), date.fromisoformat(event["on"]))


def _departs(change: Change, resident: Resident, event: Row) -> None:
    stays.depart(change, resident, date.fromisoformat(event["on"]), event["detail"], DEMO_DAY)


def _marries(change: Change, resident: Resident, event: Row) -> None:
    family.add_relative(change, resident.id, _relative(change, "SPOUSE", event))


def _has_a_child(change: Change, resident: Resident, event: Row) -> None:
    family.add_relative(change, resident.id, _relative(change, "CHILD", event))


HAPPENS: Mapping[str, Callable[[Change, Resident, Row], None]] = {
    "granted": _is_granted,
    "extended": _is_extended,
    "converted": _is_converted,
    "revoked": _is_revoked,
    "moved": _moves,
    "departed": _departs,
    "married": _marries,
    "child": _has_a_child,
}


def _relative(change: Change, relation: str, event: Row) -> family.Relative:
    since = date.fromisoformat(event["on"])
    if event["relative"]:
        other = find.resident(change.connection, event["relative"])
        return family.Relative(relation, relative_id=other.id, since=since)
    return family.Relative(relation, citizen_name=event["detail"], since=since)


def _grant(event: Row) -> permits.Grant:
    return permits.Grant(
        class_code=event["class"],
        number=event["number"] or None,
        issued_on=_day(event["on"]),
        expires_on=_day(event["expires"]),
        index_code=event["index"] or None,
        office=event["office"],
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
