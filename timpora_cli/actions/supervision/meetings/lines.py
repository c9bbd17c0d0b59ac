"""What a meeting is made of, line by line: who is invited, who came, and its texts in their order."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from timpora_cli.actions.supervision.meetings import refuse_closed, refuse_to_come
from timpora_cli.errors import NotFound, Refused, WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import did_you_mean, excerpt, fold_name
from timpora_cli.model.supervision.meetings import Invited, Item, ItemKind, MeetingRecord, Present
from timpora_cli.store.change import Change, Value


class NotInvited(NotFound):
    """{institution} is not invited to meeting {meeting}.{hint}
    Of somebody who came without an invitation, say so with --uninvited.
    """


class SeveralInvited(NotFound):
    """{institution} fits several lines of the invitation of meeting {meeting}: {lines}. Give the number of one."""


class InvitedHere(WrongUsage):
    """--uninvited: {institution} is invited to meeting {meeting}, in line {line}. Leave the option out."""


class NoLine(NotFound):
    """Meeting {meeting} has no line {line} there. See the lines with: timpora meeting show {meeting}"""


class InvitedAndCame(Refused):
    """Line {line} of the invitation of meeting {meeting} stays: somebody came for it. Nothing was changed.
    Take who came out first: timpora meeting attend {meeting} --remove LINE
    """


class NewInvited(NamedTuple):
    """An institution to invite, with the office that the invitation is for."""

    institution: str
    office: str | None


class NewPresent(NamedTuple):
    """Somebody who came: of which institution (a name, or a line of the invitation), and in whose place."""

    institution: str
    name: str
    office: str | None
    stands_in_for: str | None
    uninvited: bool


def invite(change: Change, record: MeetingRecord, some: Sequence[NewInvited]) -> int:
    """Invite institutions, and return how many are new; one that is invited already with that office is passed over."""
    refuse_closed(record.meeting)
    known = {_spelt(one) for one in record.invited}
    new = {_spelt(one): one for one in reversed(some)}
    wanted = [one for key, one in reversed(new.items()) if key not in known]
    for one in wanted:
        row: dict[str, Value] = {"meeting_id": record.meeting.id, "institution": one.institution, "office": one.office}
        change.insert("meeting_invited", row)
    return len(wanted)


def attend(change: Change, record: MeetingRecord, came: NewPresent, today: date) -> Invited | None:
    """Record who came, and return the line of the invitation that this answers; None without an invitation.

    Raises MeetingClosed, MeetingToCome, NotInvited, SeveralInvited or InvitedHere.
    """
    meeting = record.meeting
    refuse_closed(meeting)
    refuse_to_come(meeting, today, _("who came"))
    line = None if came.uninvited else _invited(record, came.institution)
    if came.uninvited:
        for one in record.invited:
            if fold_name(one.institution) == fold_name(came.institution):
                raise InvitedHere(institution=excerpt(one.institution), meeting=meeting.id, line=one.id)
    row: dict[str, Value] = {
        "meeting_id": meeting.id,
        "invited_id": line.id if line else None,
        "institution": None if line else came.institution,
        "name": came.name,
        "office": came.office,
        "stands_in_for": came.stands_in_for,
    }
    change.insert("meeting_present", row)
    return line


def note(change: Change, record: MeetingRecord, kind: ItemKind, texts: Sequence[str], place: int | None) -> None:
    """Add texts of a kind behind those that are there; with `place`, before the one of that number."""
    refuse_closed(record.meeting)
    there = record.of_kind(kind)
    later = [] if place is None else there[place - 1 :]
    begin = later[0].position if later else there[-1].position + 1 if there else 1
    for item in later:
        change.update("meeting_item", item.id, {"position": item.position + len(texts)})
    for position, text in enumerate(texts, begin):
        row = {"meeting_id": record.meeting.id, "kind": kind.value, "position": position, "text": text}
        change.insert("meeting_item", row)


def remove(change: Change, record: MeetingRecord, table: str, lines: Sequence[str]) -> None:
    """Take lines out of what is recorded of a meeting: of the table meeting_invited, meeting_present or meeting_item.

    Raises MeetingClosed, NoLine, or InvitedAndCame for a line of the invitation that somebody came for.
    """
    meeting = record.meeting
    refuse_closed(meeting)
    known = {str(one.id) for one in _rows_of(record, table)}
    came = {str(one.invited_id) for one in record.present}
    for line in dict.fromkeys(line.strip() for line in lines):
        if line not in known:
            raise NoLine(meeting=meeting.id, line=excerpt(line))
        if table == "meeting_invited" and line in came:
            raise InvitedAndCame(meeting=meeting.id, line=line)
        change.remove(table, int(line))


def _rows_of(record: MeetingRecord, table: str) -> Sequence[Invited | Present | Item]:
    found: dict[str, Sequence[Invited | Present | Item]] = {
        "meeting_invited": record.invited,
        "meeting_present": record.present,
        "meeting_item": record.items,
    }
    return found[table]


def _spelt(one: Invited | NewInvited) -> tuple[str, str]:
    return fold_name(one.institution), fold_name(one.office or "")


def _invited(record: MeetingRecord, text: str) -> Invited:
    """Return the line of the invitation that a number, a name or a part of a name means."""
    wanted = fold_name(text)
    found = [one for one in record.invited if str(one.id) == text.strip()]
    found = found or [one for one in record.invited if fold_name(one.institution) == wanted]
    found = found or [one for one in record.invited if wanted and wanted in fold_name(one.institution)]
    if not found:
        hint = did_you_mean(text, [one.institution for one in record.invited])
        raise NotInvited(institution=excerpt(text), meeting=record.meeting.id, hint=hint)
    if len(found) > 1:
        lines = ", ".join(f"{one.id} ({excerpt(one.office or one.institution)})" for one in found[:5])
        raise SeveralInvited(institution=excerpt(text), meeting=record.meeting.id, lines=lines)
    return found[0]
