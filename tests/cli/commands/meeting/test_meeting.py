"""`timpora meeting`: a meeting from its invitation to its closing, and what is refused on the way."""

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

ADD = ("meeting", "add", "--level", "regency", "--place", "Kantor Contoh", "--theme")
LATER = (*ADD, "Rapat kedua", "--on", "2020-12-08")


@pytest.mark.slow
def test_the_meeting_of_17_september_2020_is_recorded_step_by_step(office: "Timpora") -> None:
    said = office.answer(
        *("meeting", "add", "--level", "district", "--on", "2020-09-17", "--place", "Hotel La Lucia, Tanjungpandan"),
        *("--theme", "Rapat koordinasi"),
    )
    assert said == "Meeting 1 added: Thursday 17 September 2020, Hotel La Lucia, Tanjungpandan.\n"
    invited = [f"Desa Contoh {number}: Kepala Desa" for number in range(1, 30)]
    assert office.answer("meeting", "invite", "1", "Polsek Tanjungpandan: Kapolsek", *invited) == (
        "Meeting 1: 30 invited, 30 in all.\n"
    )
    came = ("--name", "Contoh Satu", "--office", "Kanit Intelkam", "--for", "Kapolsek")
    assert office.answer("meeting", "attend", "1", "polsek", *came) == (
        "Meeting 1: 1 of 30 institutions present, 1 person.\n"
    )
    assert office.answer("meeting", "agenda", "1", "Pembukaan", "Laporan desa", "--obstacle", "Jumlah petugas") == (
        "Meeting 1: agenda 2, weak points 0, findings 0, obstacles 1.\n"
    )
    assert office.answer(
        "meeting", "decide", "1", "Desa melapor tiap bulan", "--owner", "Camat", "--due", "2020-10-31"
    ) == ("Decision 1 of meeting 1 recorded: Camat, by 2020-10-31.\n")
    assert office.answer("meeting", "close", "1") == (
        "Meeting 1 closed: 1 of 30 institutions, 1 decision. Its figures: 47 foreign residents on 2020-09-17.\n"
    )


def test_a_meeting_is_shown_with_all_that_is_recorded_of_it(held: "Timpora") -> None:
    shown = json.loads(held.answer("meeting", "show", "1", "--format", "json"))
    assert (shown["level"], shown["state"], shown["begins"], shown["closed"]) == ("DISTRICT", "HELD", "09:00", None)
    assert [one["institution"] for one in shown["invited"]][:3] == [
        "Kecamatan Tanjungpandan",
        "Kecamatan Tanjungpandan",
        "Polsek Tanjungpandan",
    ]
    assert len(shown["invited"]) == 30
    (second,) = [one for one in shown["present"] if one["name"] == "Contoh Satu"]
    assert (second["office_invited"], second["office"], second["stands_in_for"]) == (
        *("Kapolsek", "Kanit Intelkam", "Kapolsek"),
    )
    assert [one["text"] for one in shown["agenda"]][-1] == "Tanya jawab"
    assert [(one["owner"], one["due"], one["state"]) for one in shown["decisions"]] == [
        ("Kecamatan Tanjungpandan", "2020-10-31", "OPEN"),
        ("Kantor Imigrasi", "2020-11-30", "OPEN"),
        ("Kantor Imigrasi", "2020-12-31", "OPEN"),
    ]
    assert held.answer("meeting", "show", "2020-09-17") == held.answer("meeting", "show", "1")


@pytest.mark.slow
def test_the_list_has_the_meetings_to_come_and_says_how_far_each_is(held: "Timpora") -> None:
    held.answer(*LATER)
    assert held.answer("meeting", "list", "--columns", "meeting_id,day,level,state,invited,present,decisions,open") == (
        "Meeting  Day         Level     State    Invited  Present  Decisions  Open\n"
        "      2  2020-12-08  Regency   Planned        0        0          0     0\n"
        "      1  2020-09-17  District  Held          30        4          3     3\n"
    )
    held.answer("meeting", "close", "1")
    states = {row["meeting_id"]: row["state"] for row in held.rows("meeting", "list", "--as-of", "2020-12-08")}
    assert states == {"1": "CLOSED", "2": "HELD"}
    states = {row["meeting_id"]: row["state"] for row in held.rows("meeting", "list", "--as-of", "2020-09-16")}
    assert states == {"1": "PLANNED", "2": "PLANNED"}
    assert [row["meeting_id"] for row in held.rows("meeting", "list", "--level", "kab")] == ["2"]


@pytest.mark.slow
def test_an_open_decision_is_carried_over_until_it_is_done_or_dropped(closed: "Timpora") -> None:
    closed.answer(*LATER)
    closed.answer(*ADD, "Rapat ketiga", "--on", "2021-02-01")

    def carried(meeting: str, on: str) -> list[tuple[int, str]]:
        shown = json.loads(closed.answer("meeting", "show", meeting, "--as-of", on, "--format", "json"))
        return [(one["decision_id"], one["state"]) for one in shown["carried_over"]]

    assert carried("1", "2020-09-17") == []
    assert carried("2", "2020-12-08") == [(1, "LATE"), (2, "LATE"), (3, "OPEN")]
    closed.at("2020-12-08")
    assert closed.answer("meeting", "decide", "--done", "1", "--on", "2020-10-30") == (
        "Decision 1 is done, on 2020-10-30: Desa dan kelurahan melaporkan orang asing setiap bulan.\n"
    )
    assert closed.answer("meeting", "decide", "--drop", "2", "--reason", "taken over by the regency") == (
        "Decision 2 is dropped: Operasi gabungan dijadwalkan.\n"
    )
    # What ended on the day of a meeting is said in it; on days before, it was open.
    assert carried("2", "2020-12-08") == [(2, "DROPPED"), (3, "OPEN")]
    assert carried("2", "2020-11-01") == [(2, "OPEN"), (3, "OPEN")]
    assert carried("3", "2021-02-01") == [(3, "LATE")]
    minutes = closed.answer("meeting", "report", "2", "--as-of", "2020-12-08")
    assert "dropped: taken\n" in minutes
    assert "Desa binaan" in minutes
    assert "melaporkan" not in minutes


@pytest.mark.slow
def test_a_decision_ends_once_and_not_before_it_was_taken(closed: "Timpora") -> None:
    before = closed.dump()
    assert closed.refused(2, "meeting", "decide", "--drop", "1").startswith("--drop needs the reason")
    assert closed.refused(1, "meeting", "decide", "--done", "1", "--on", "2020-09-16") == (
        "Decision 1 was taken on 2020-09-17, so it did not end on 2020-09-16. Nothing was changed.\n"
    )
    assert "is after today" in closed.refused(1, "meeting", "decide", "--done", "1", "--on", "2020-09-18")
    assert closed.refused(4, "meeting", "decide", "--done", "9").startswith("There is no decision 9.")
    assert closed.refused(2, "meeting", "decide", "--done", "1", "--drop", "2", "--reason", "x").startswith(
        "--done, --drop do not go together"
    )
    assert closed.refused(2, "meeting", "decide", "1", "Teks", "--done", "1").startswith("--done, MEETING, TEXT do not")
    assert closed.dump() == before
    closed.answer("meeting", "decide", "--done", "1", "--reason", "all villages report")
    assert closed.refused(1, "meeting", "decide", "--done", "1") == (
        "Decision 1 ended on 2020-09-17 (DONE). Nothing was changed.\n"
    )


@pytest.mark.slow
def test_closing_asks_for_attendance_and_decisions_and_names_what_is_missing(office: "Timpora") -> None:
    office.answer(*ADD, "Rapat", "--on", "2020-09-17")
    before = office.dump()
    assert office.refused(1, "meeting", "close", "1") == (
        "Meeting 1 cannot be closed: nobody is recorded as present, no decision is recorded. Nothing was changed.\n"
        "Record it with: timpora meeting attend 1; timpora meeting decide 1 or timpora meeting close 1 "
        "--without-decisions --reason TEXT\n"
    )
    assert office.dump() == before
    office.answer("meeting", "attend", "1", "Radio Contoh", "--name", "Contoh Satu", "--uninvited")
    said = office.refused(1, "meeting", "close", "1")
    assert said.startswith("Meeting 1 cannot be closed: no decision is recorded. Nothing was changed.\n")
    assert office.refused(2, "meeting", "close", "1", "--without-decisions").startswith(
        "--without-decisions needs the reason"
    )
    office.answer("meeting", "close", "1", "--without-decisions", "--reason", "the meeting was to inform")
    assert "No decisions: the meeting was to inform." in office.answer("meeting", "report", "1")


@pytest.mark.slow
def test_a_closed_meeting_stays_as_it_is(closed: "Timpora") -> None:
    before = closed.dump()
    said = "Meeting 1 was closed on 2020-09-17, and its minutes stay as they are. Nothing was changed.\n"
    for words in (
        ("edit", "1", "--theme", "Lain"),
        ("invite", "1", "Desa Lain"),
        ("attend", "1", "Desa Contoh 1", "--name", "Contoh Lain"),
        ("agenda", "1", "Lain"),
        ("agenda", "1", "--remove", "1"),
        ("decide", "1", "Lain", "--owner", "Camat", "--due", "2020-12-31"),
        ("close", "1"),
    ):
        assert closed.refused(1, "meeting", *words).startswith(said), words
    assert closed.refused(2, "meeting", "close", "1", "--without-decisions").startswith("--without-decisions needs")
    assert closed.dump() == before
    (number,) = [number for number, one in enumerate(closed.changes(), 1) if one[1] == "meeting close"]
    assert closed.refused(1, "meeting", "close", "1").endswith(f"take the closing back: timpora undo {number}\n")
    closed.answer("undo", str(number), "--yes")
    closed.answer("meeting", "edit", "1", "--theme", "Lain")


@pytest.mark.slow
def test_attendance_and_decisions_are_recorded_from_the_day_of_the_meeting_on(office: "Timpora") -> None:
    office.answer(*LATER)
    office.answer("meeting", "invite", "1", "Desa Contoh")
    before = office.dump()
    assert office.refused(1, "meeting", "attend", "1", "Desa Contoh", "--name", "Contoh Satu") == (
        "Meeting 1 is on 2020-12-08, and today is 2020-09-17: who came is recorded from its day on. "
        "Nothing was changed.\n"
    )
    decided = ("--owner", "Camat", "--due", "2020-12-31")
    assert ": a decision is recorded" in office.refused(1, "meeting", "decide", "1", "Teks", *decided)
    assert ": its closing is recorded" in office.refused(1, "meeting", "close", "1")
    assert office.refused(1, "meeting", "report", "1").startswith("Meeting 1 is on 2020-12-08, and there are no minut")
    assert office.dump() == before
    assert "LIST" in office.answer("meeting", "report", "1", "--page", "attendance")
    office.at("2020-12-08").answer("meeting", "attend", "1", "Desa Contoh", "--name", "Contoh Satu")
    assert office.refused(1, "meeting", "edit", "1", "--on", "2020-12-09").startswith("Meeting 1 has people who came,")
    office.answer("meeting", "decide", "1", "Teks", "--owner", "Camat", "--due", "2020-12-08")
    assert office.refused(1, "meeting", "edit", "1", "--on", "2020-12-07", "--begins", "9:00", "--ends", "9:00") == (
        "Refused, nothing was changed: a meeting ends after it begins.\n"
    )
    office.answer("meeting", "attend", "1", "--remove", "1")
    assert office.refused(1, "meeting", "edit", "1", "--on", "2020-12-09") == (
        "Decision 1 is due by 2020-12-08, before 2020-12-09. Nothing was changed.\n"
    )


@pytest.mark.slow
def test_an_institution_that_is_not_invited_may_be_misspelt(held: "Timpora") -> None:
    who = ("--name", "Contoh Lain")
    assert held.refused(4, "meeting", "attend", "1", "Polsk", *who) == (
        "Polsk is not invited to meeting 1. Did you mean Polsek Tanjungpandan?\n"
        "Of somebody who came without an invitation, say so with --uninvited.\n"
    )
    assert held.refused(4, "meeting", "attend", "1", "Kecamatan Tanjungpandan", *who) == (
        "Kecamatan Tanjungpandan fits several lines of the invitation of meeting 1: 1 (Camat), 2 (Sekretaris Camat). "
        "Give the number of one.\n"
    )
    assert held.refused(2, "meeting", "attend", "1", "POLSEK TANJUNGPANDAN", "--uninvited", *who) == (
        "--uninvited: Polsek Tanjungpandan is invited to meeting 1, in line 3. Leave the option out.\n"
    )
    assert held.refused(2, "meeting", "attend", "1", "Polsek").startswith("Missing: --name.")
    assert held.answer("meeting", "attend", "1", "Radio Contoh", "--uninvited", *who) == (
        "Meeting 1: 4 of 30 institutions present, 5 people.\n"
    )


@pytest.mark.slow
def test_lines_are_taken_out_by_their_numbers(held: "Timpora") -> None:
    assert held.refused(1, "meeting", "invite", "1", "--remove", "3").startswith(
        "Line 3 of the invitation of meeting 1 stays: somebody came for it."
    )
    assert held.refused(4, "meeting", "attend", "1", "--remove", "99").startswith("Meeting 1 has no line 99 there.")
    held.answer("meeting", "attend", "1", "--remove", "1")
    assert held.answer("meeting", "invite", "1", "--remove", "3", "--remove", "30") == (
        "Meeting 1: 0 invited, 28 in all.\n"
    )
    shown = json.loads(held.answer("meeting", "show", "1", "--format", "json"))
    line = shown["agenda"][1]["line"]
    held.answer("meeting", "agenda", "1", "--remove", str(line))
    held.answer("meeting", "agenda", "1", "Sambutan", "Doa", "--before", "2")
    shown = json.loads(held.answer("meeting", "show", "1", "--format", "json"))
    assert [(one["number"], one["text"]) for one in shown["agenda"]] == [
        (1, "Pembukaan"),
        (2, "Sambutan"),
        (3, "Doa"),
        (4, "Laporan desa"),
        (5, "Tanya jawab"),
    ]


def test_the_invited_of_an_earlier_meeting_are_invited_again_and_nobody_twice(held: "Timpora") -> None:
    held.answer(*LATER)
    again = ("desa  contoh 1: kepala desa", "Desa Lain", "desa lain")
    assert held.answer("meeting", "invite", "2", *again, "--like", "1") == "Meeting 2: 31 invited, 31 in all.\n"
    assert held.answer("meeting", "invite", "2", "--like", "1") == "Meeting 2: 0 invited, 31 in all.\n"


@pytest.mark.one_in(4)
@pytest.mark.parametrize(
    ("code", "words", "says"),
    [
        (2, ("add", "--level", "district"), "Missing: --on, --place, --theme."),
        (2, (*ADD[1:], "x", "--on", "31/2/2020"), '"31/2/2020" is not a date'),
        (2, (*ADD[1:], "x", "--on", "today", "--level", "galaxy"), "galaxy is not a known level."),
        (2, (*ADD[1:], "x", "--on", "today", "--begins", "25:00"), '"25:00" is no time of day.'),
        (2, ("edit", "1", "--place", " "), "--place is empty, and a meeting has one."),
        (2, ("edit", "1"), "Nothing was given to record. See the options with: timpora meeting edit --help"),
        (2, ("invite", "1"), "Nothing was given to record."),
        (2, ("invite", "1", ": Camat"), "INSTITUTION is empty."),
        (2, ("agenda", "1"), "Nothing was given to record."),
        (2, ("agenda", "1", ""), "TEXT is empty."),
        (2, ("agenda", "1", "x", "--before", "0"), '--before "0" is no number of an item.'),
        (2, ("agenda", "1", "x", "--risk", "y", "--before", "1"), "--before is for texts of one kind"),
        (2, ("decide", "1", "x"), "Missing: --owner, --due."),
        (1, ("decide", "1", "x", "--owner", "y", "--due", "2020-09-16"), "2020-09-16 is before 2020-09-17, the day"),
        (1, ("edit", "1", "--on", "2021-01-01"), "Meeting 1 has people who came, so its day cannot be 2021-01-01"),
        (2, ("close", "1", "--without-decisions", "--reason", "x"), "--without-decisions: meeting 1 has decisions (3)"),
        (4, ("show", "9"), "There is no meeting 9. See them with: timpora meeting list"),
        (4, ("show", "2020-01-01"), "There is no meeting 2020-01-01."),
        (4, ("show", "the last one"), "There is no meeting the last one."),
        (2, ("decide", "1", "x", "--on", "2020-09-17"), "MEETING, TEXT, --on do not go together"),
        (2, ("report", "1", "--page", "cover"), "cover is not a known page."),
        (2, ("report", "1", "-o", "a.pdf"), "a.pdf does not end in a format that can be written. Known: .html, .txt."),
        (2, ("report", "1", "--to-sign"), "--to-sign is for --page attendance."),
        (2, ("report", "1", "--force"), "--force is for --output FILE"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_changed(
    held: "Timpora", code: int, words: tuple[str, ...], says: str
) -> None:
    before = held.db.read_bytes()
    assert says in held.refused(code, "meeting", *words)
    assert held.db.read_bytes() == before


def test_a_day_with_two_meetings_names_both(held: "Timpora") -> None:
    held.answer(*ADD, "Rapat lain", "--on", "2020-09-17")
    assert held.refused(4, "meeting", "show", "17 September 2020") == (
        "On 2020-09-17 there are the meetings 1, 2. Give the number of one; see them with: timpora meeting list\n"
    )


@pytest.mark.slow
def test_undo_history_verify_and_known_at_know_the_tables_of_meetings(closed: "Timpora") -> None:
    before = closed.answer("meeting", "show", "1")
    moment = closed.rows("history", "--last", "1")[0]["at"]
    closed.answer("meeting", "decide", "--done", "1")
    closed.answer("setting", "set", "letterhead", "KANTOR CONTOH", "--from", "2020-01-01")
    touched = {(row["table"], row["field"]): row["after"] for row in closed.rows("history", "--last", "1")}
    assert touched["letterhead", "text"] == "KANTOR CONTOH"
    assert closed.answer("meeting", "show", "1") != before
    assert closed.answer("meeting", "show", "1", "--known-at", moment) == before
    assert closed("verify").code == 0
    closed.answer("undo", "--yes")
    closed.answer("undo", "--yes")
    assert closed.answer("meeting", "show", "1") == before
    closed.answer("undo", "--yes")
    assert json.loads(closed.answer("meeting", "show", "1", "--format", "json"))["state"] == "HELD"
    closed.answer("redo", "--yes")
    assert closed.answer("meeting", "show", "1") == before
    assert closed("verify").code == 0
