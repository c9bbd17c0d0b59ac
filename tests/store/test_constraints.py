"""Every rule of the schema is broken once, in plain SQL over a bare connection, and yields its name and its sentence.

The names are read from the register itself: a new rule without a case here fails, and so does one that a person can
break and that has no sentence.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from timpora_cli.store.constraints import SENTENCES, _constraint, refusal

PEOPLE = """
INSERT INTO sponsor (id, name, change_id) VALUES (1, 'PT Contoh', 1);
INSERT INTO resident (id, full_name, nationality, niora, born, arrived, change_id)
VALUES (1, 'Ann Invented', 'AUS', 'N1', '1980-05-05', '2018-12-01', 1), (2, 'Bob Invented', 'D', NULL, NULL, NULL, 1);
INSERT INTO resident (id, full_name, nationality, departed, change_id)
VALUES (3, 'Cid Invented', 'GBR', '2020-02-01', 1);
INSERT INTO passport (id, resident_id, number, country, issued_on, expires_on, change_id)
VALUES (1, 1, 'X1', 'AUS', '2017-01-01', '2027-01-01', 1);
INSERT INTO residence (id, resident_id, from_on, until_on, change_id)
VALUES (1, 1, '2018-12-01', '2019-06-01', 1), (2, 1, '2019-06-01', NULL, 1), (3, 2, NULL, NULL, 1),
    (4, 3, '2020-01-01', '2020-02-01', 1), (5, 3, '2020-03-01', '2020-03-15', 1);
INSERT INTO stay (id, resident_id, from_on, arrived, departed, change_id)
VALUES (1, 1, '2018-12-01', '2018-12-01', NULL, 1), (2, 2, NULL, NULL, NULL, 1),
    (3, 3, '2020-01-01', NULL, '2020-02-01', 1), (4, 3, '2020-03-01', NULL, '2020-03-15', 1);
INSERT INTO permit
    (id, resident_id, class_code, number, issued_on, starts_on, expires_on, follows_id, granted_as,
    ended_on, end_reason, change_id)
VALUES
    (1, 1, 'ITK', 'P1', '2019-01-01', '2019-01-01', '2019-03-01', NULL, 'NEW', '2019-02-01', 'CONVERTED', 1),
    (2, 1, 'KITAS', 'P2', '2019-02-01', '2019-02-01', '2020-02-01', 1, 'CONVERSION', NULL, NULL, 1),
    (3, 3, 'VOA', NULL, '2020-01-15', '2020-01-15', '2020-02-14', NULL, 'NEW', '2020-02-01', 'DEPARTED', 1);
INSERT INTO family_link (id, resident_id, relation, citizen_name, from_on, change_id)
VALUES (1, 1, 'SPOUSE', 'Made Up Citizen', '2015-01-01', 1);
INSERT INTO resident (id, full_name, nationality, change_id) VALUES (4, 'Eve Invented', 'AUS', 1);
INSERT INTO residence (id, resident_id, change_id) VALUES (6, 4, 1);
INSERT INTO stay (id, resident_id, change_id) VALUES (5, 4, 1);
INSERT INTO permit (id, resident_id, class_code, granted_as, unlimited, change_id) VALUES (4, 4, 'KITAP', 'NEW', 1, 1);
INSERT INTO permit_report (id, permit_id, on_day, change_id) VALUES (1, 4, '2020-02-03', 1);
INSERT INTO holiday (day, name, change_id) VALUES ('2020-08-17', 'Hari Kemerdekaan', 1);
INSERT INTO expiry_run (id, subject, threshold, on_day, listed, change_id)
VALUES (1, 'PERMIT', '30d', '2020-09-17', 1, 1);
INSERT INTO case_file (id, kind_code, reported_at, reporter, happened_on, district_code, report, owner, change_id)
VALUES (1, 'OTHER', '2020-09-17T10:00', 'Kepala Desa', '2020-09-16', '19.02.01', 'x', 'a', 1),
    (2, 'OTHER', '2020-09-17', 'Camat', NULL, '19.02.01', 'x', 'a', 1);
INSERT INTO case_event (id, case_id, at, step_code, settled, change_id)
VALUES (1, 1, '2020-09-18', 'OTHER_ANSWER', 'DONE', 1);
INSERT INTO expiry_mark (id, run_id, subject_id, subject_change, until_on, change_id)
VALUES (1, 1, 1, 1, '2020-09-20', 1);
INSERT INTO inspection (id, on_day, officers, letter_number, letter_on, is_urgent, change_id)
VALUES (1, '2020-09-10', 'Contoh', 'W-1', '2020-09-09', 0, 1);
INSERT INTO inspection_resident (id, inspection_id, resident_id, is_seen, address, class, activity, change_id)
VALUES (1, 1, 1, 1, 'AS_REGISTERED', 'NOT_CHECKED', 'NOT_CHECKED', 1);
INSERT INTO meeting (id, level, on_day, begins_at, place, theme, change_id)
VALUES (1, 'DISTRICT', '2020-09-17', '09:00', 'Hotel Contoh', 'Rapat Contoh', 1);
INSERT INTO meeting_invited (id, meeting_id, institution, office, change_id) VALUES (1, 1, 'Desa Contoh', 'Kades', 1);
INSERT INTO meeting_present (id, meeting_id, invited_id, name, change_id) VALUES (1, 1, 1, 'Ann Invented', 1);
INSERT INTO meeting_item (id, meeting_id, kind, position, text, change_id) VALUES (1, 1, 'AGENDA', 1, 'Pembukaan', 1);
INSERT INTO decision (id, meeting_id, text, owner, due_on, change_id) VALUES (1, 1, 'x', 'Camat', '2020-10-31', 1);
INSERT INTO letterhead (id, valid_from, position, text, change_id) VALUES (1, '2020-01-01', 1, 'KANTOR CONTOH', 1);
INSERT INTO letter (id, on_day, addressee, sponsor_id, change_id) VALUES (1, '2020-09-17', 'PT Contoh', 1, 1);
INSERT INTO letter_person (id, letter_id, permit_id, until_on, change_id) VALUES (1, 1, 2, '2020-02-01', 1);
INSERT INTO disclosure (id, kind, on_day, audience, people, change_id)
VALUES (1, 'BRIEF', '2020-09-17', 'office', 4, 1);
INSERT INTO purged_person (resident_id, closed_on, change_id) VALUES (9, '2009-09-17', 1);
INSERT INTO purged_digest (id, sealed_change, digest_before, change_id) VALUES (1, 1, 'a digest', 1);
"""
A_PERMIT = "INSERT INTO permit (resident_id, class_code, number, {columns}, change_id) VALUES ({values}, 1)"
NEW_RESIDENT = (
    "INSERT INTO resident (full_name, nationality, {column}, change_id) VALUES ('Dee Invented', 'D', {value}, 1)"
)

DATES = {
    "permit_report_day_is_a_date": "UPDATE permit_report SET on_day = {}",
    "resident_born_is_a_date": "UPDATE resident SET born = {}",
    "resident_arrived_is_a_date": "UPDATE resident SET arrived = {}",
    "resident_departed_is_a_date": "UPDATE resident SET departed = {} WHERE id = 3",
    "passport_issued_is_a_date": "UPDATE passport SET issued_on = {}",
    "passport_expires_is_a_date": "UPDATE passport SET expires_on = {}",
    "passport_retired_is_a_date": "UPDATE passport SET retired_on = {}",
    "stay_from_is_a_date": "UPDATE stay SET from_on = {} WHERE id = 2",
    "stay_departed_is_a_date": "UPDATE stay SET departed = {} WHERE id = 2",
    "residence_from_is_a_date": "UPDATE residence SET from_on = {} WHERE id = 3",
    "residence_until_is_a_date": "UPDATE residence SET until_on = {} WHERE id = 3",
    "family_link_born_is_a_date": "UPDATE family_link SET born = {}",
    "family_link_from_is_a_date": "UPDATE family_link SET from_on = {}",
    "family_link_until_is_a_date": "UPDATE family_link SET until_on = {}",
    "permit_issued_is_a_date": "UPDATE permit SET issued_on = {0}, starts_on = {0} WHERE id = 1",
    "permit_starts_is_a_date": "UPDATE permit SET issued_on = NULL, starts_on = {} WHERE id = 1",
    "permit_valid_from_is_a_date": "UPDATE permit SET valid_from = {}, issued_on = NULL WHERE id = 1",
    "permit_expires_is_a_date": "UPDATE permit SET expires_on = {}",
    "permit_ended_is_a_date": "UPDATE permit SET ended_on = {}, end_reason = 'REVOKED' WHERE id = 2",
    "relief_issued_is_a_date": "UPDATE relief SET issued_on = {}",
    "relief_from_is_a_date": "UPDATE relief SET effective_from = {} WHERE effective_until IS NULL",
    "relief_until_is_a_date": "UPDATE relief SET effective_until = {}",
    "relief_expired_from_is_a_date": "UPDATE relief SET expired_from = {}",
    "relief_expired_until_is_a_date": "UPDATE relief SET expired_until = {}",
    "relief_entered_from_is_a_date": "UPDATE relief SET entered_from = {}",
    "relief_entered_until_is_a_date": "UPDATE relief SET entered_until = {}",
    "relief_ended_is_a_date": "UPDATE relief SET ended_on = {}",
    "rule_from_is_a_date": "UPDATE rule SET valid_from = {} WHERE valid_until IS NULL",
    "rule_until_is_a_date": "UPDATE rule SET valid_until = {}",
    "holiday_day_is_a_date": "UPDATE holiday SET day = {}",
    "expiry_run_day_is_a_date": "UPDATE expiry_run SET on_day = {}",
    "district_from_is_a_date": "UPDATE district SET from_on = {}",
    "district_until_is_a_date": "UPDATE district SET until_on = {}",
    "village_from_is_a_date": "UPDATE village SET from_on = {}",
    "village_until_is_a_date": "UPDATE village SET until_on = {}",
    "region_past_until_is_a_date": "INSERT INTO region_past VALUES ('19.02', {}, 'x', 'x', '19', 1)",
    "passport_named_day_is_a_date": "INSERT INTO passport_named VALUES (NULL, 1, 1, {}, NULL, 1)",
    "passport_named_retired_is_a_date": "INSERT INTO passport_named VALUES (NULL, 1, 1, '2020-01-01', {}, 1)",
    "case_step_from_is_a_date": "UPDATE case_step SET valid_from = {}",
    "case_step_until_is_a_date": "UPDATE case_step SET valid_until = {}",
    "case_file_happened_is_a_date": "UPDATE case_file SET happened_on = {} WHERE id = 1",
    "expiry_mark_until_is_a_date": "UPDATE expiry_mark SET until_on = {}",
    "inspection_day_is_a_date": "UPDATE inspection SET on_day = {}",
    "inspection_letter_day_is_a_date": "UPDATE inspection SET letter_on = {}",
    "meeting_day_is_a_date": "UPDATE meeting SET on_day = {}",
    "meeting_letter_is_a_date": "UPDATE meeting SET letter_on = {}",
    "meeting_closed_is_a_date": "UPDATE meeting SET closed_on = {}, closed_change = 1",
    "decision_due_is_a_date": "UPDATE decision SET due_on = {}",
    "decision_ended_is_a_date": "UPDATE decision SET ended_on = {}, ended_as = 'DONE'",
    "letterhead_from_is_a_date": "UPDATE letterhead SET valid_from = {}",
    "letter_day_is_a_date": "UPDATE letter SET on_day = {}",
    "letter_person_until_is_a_date": "UPDATE letter_person SET until_on = {}",
    "disclosure_day_is_a_date": "UPDATE disclosure SET on_day = {}",
    "purged_person_closed_is_a_date": "UPDATE purged_person SET closed_on = {}",
}
NO_DATES = [
    "2020-13-01",
    "2021-02-29",
    "20/09/2020",
    "2020-9-5",
    "20200920",
    "2020-09-20 ",
    "2020-09-20T00:00",
    "today",
    "",
]

# What only a program could break: what a person types is parsed into one of the known values before it comes here.
BY_A_PROGRAM = {
    **{name: statement.format("'2020-13-01'") for name, statement in DATES.items()},
    "change_at_is_utc": "INSERT INTO change (at, officer, host, command) VALUES ('2020-09-17 10:00', 'a', 'b', 'c')",
    "province_code_is_kemendagri": "INSERT INTO province VALUES ('1', 'x', 1)",
    "regency_code_is_kemendagri": "INSERT INTO regency VALUES ('19.2', 'x', 'x', '19', 1)",
    "district_code_is_kemendagri": "INSERT INTO district VALUES ('19.02.1', 'x', 'x', '19.02', 0, 1, NULL, NULL, NULL)",
    "district_ours_is_a_flag": "UPDATE district SET ours = 2",
    "village_code_is_kemendagri": (
        "INSERT INTO village VALUES ('19.02.01.12', 'x', 'x', 'desa', '19.02.01', 1, NULL, NULL, NULL)"
    ),
    "region_past_has_a_name": "INSERT INTO region_past VALUES ('19.02', '2020-01-01', ' ', '', '19', 1)",
    "village_kind_is_known": "UPDATE village SET kind = 'dusun'",
    "sponsor_kind_is_known": "UPDATE sponsor SET kind = 'FIRM'",
    "resident_sex_is_known": "UPDATE resident SET sex = 'L'",
    "resident_departed_how_is_known": "UPDATE resident SET departed_how = 'LOST' WHERE id = 3",
    "resident_departure_has_a_day": "UPDATE resident SET departed_how = 'DIED' WHERE id = 2",
    "resident_departed_after_arrival": "UPDATE resident SET arrived = '2020-02-02' WHERE id = 3",
    "stay_departed_how_is_known": "UPDATE stay SET departed_how = 'LOST' WHERE id = 3",
    "family_link_relation_is_known": "UPDATE family_link SET relation = 'COUSIN'",
    "permit_unlimited_is_one": "UPDATE permit SET unlimited = 0 WHERE id = 2",
    "permit_granted_as_is_known": "UPDATE permit SET granted_as = 'RENEWED' WHERE id = 2",
    "permit_end_reason_is_known": "UPDATE permit SET end_reason = 'LOST' WHERE id = 1",
    "relief_in_country_only_is_a_flag": "UPDATE relief SET in_country_only = 2",
    "relief_verified_is_a_flag": "UPDATE relief SET verified = -1",
    "relief_extendable_is_known": "UPDATE relief SET extendable = 'maybe'",
    "rule_kind_is_known": "UPDATE rule SET kind = 'MADE_UP'",
    "rule_verified_is_a_flag": "UPDATE rule SET verified = 2",
    "expiry_run_subject_is_known": "UPDATE expiry_run SET subject = 'VISA'",
    "expiry_run_has_a_threshold": "UPDATE expiry_run SET threshold = ' '",
    "clock_correction_is_utc": (
        "INSERT INTO clock_correction (first_change, last_change, read_at, change_id) VALUES (1, 1, 'today', 1)"
    ),
    "clock_correction_is_a_range": (
        "INSERT INTO clock_correction (first_change, last_change, read_at, change_id) "
        "VALUES (2, 1, '2020-09-17T00:00:00.000Z', 1)"
    ),
    "expiry_run_listed_is_a_number": "UPDATE expiry_run SET listed = -1",
    "case_state_closed_is_a_flag": "UPDATE case_state SET is_closed = 2",
    "case_state_needs_is_known": "UPDATE case_state SET needs = 'MONEY'",
    "case_step_needed_is_a_flag": "UPDATE case_step SET is_needed = 2",
    "case_step_verified_is_a_flag": "UPDATE case_step SET verified = 2",
    "case_step_counted_from_is_known": "UPDATE case_step SET counted_from = 'BORN' WHERE rule_kind IS NOT NULL",
    "case_file_reported_is_a_moment": "UPDATE case_file SET reported_at = '2020-09-17 10:00'",
    "case_event_at_is_a_moment": "UPDATE case_event SET at = '2020-09-17T10:00:00'",
    "case_event_settled_is_known": "UPDATE case_event SET settled = 'LATER'",
    "inspection_urgent_is_a_flag": "UPDATE inspection SET is_urgent = 2",
    "inspection_resident_seen_is_a_flag": "UPDATE inspection_resident SET is_seen = 2",
    "inspection_resident_address_is_known": "UPDATE inspection_resident SET address = 'SEEN'",
    "inspection_resident_class_is_known": "UPDATE inspection_resident SET class = 'KITAS'",
    "inspection_resident_class_is_a_word": "UPDATE inspection_resident SET class = 'DIFFERS', class_found = 'Kitas'",
    "inspection_resident_activity_is_known": "UPDATE inspection_resident SET activity = 'TEACHES'",
    "meeting_level_is_known": "UPDATE meeting SET level = 'VILLAGE'",
    "meeting_begins_is_a_time": "UPDATE meeting SET begins_at = '9:00'",
    "meeting_ends_is_a_time": "UPDATE meeting SET ends_at = '24:30'",
    "meeting_closing_is_whole": "UPDATE meeting SET closed_on = '2020-09-17'",
    "meeting_invited_office_is_not_blank": "UPDATE meeting_invited SET office = ' '",
    "meeting_present_is_of_one_institution": "UPDATE meeting_present SET institution = 'Desa Contoh'",
    "disclosure_kind_is_known": "UPDATE disclosure SET kind = 'SONG'",
    "meeting_item_kind_is_known": "UPDATE meeting_item SET kind = 'SONG'",
    "meeting_item_position_is_positive": "UPDATE meeting_item SET position = 0",
    "decision_ended_as_is_known": "UPDATE decision SET ended_on = '2020-10-01', ended_as = 'LOST'",
    "decision_end_is_whole": "UPDATE decision SET ended_on = '2020-10-01'",
    "letterhead_position_is_positive": "UPDATE letterhead SET position = 0",
}
# What a person can break, with the statement that does it and a piece of the sentence that answers.
BY_A_PERSON = {
    "sponsor_has_a_name": ("UPDATE sponsor SET name = '  '", "a sponsor has a name"),
    "sponsor_name_is_unique": ("INSERT INTO sponsor (name, change_id) VALUES ('pt contoh', 1)", "sponsor of this name"),
    "resident_has_a_name": ("UPDATE resident SET full_name = ' ' WHERE id = 1", "a resident has a name"),
    "resident_is_not_indonesian": ("UPDATE resident SET nationality = 'IDN'", "of foreign nationals"),
    "stay_departure_has_a_day": ("UPDATE stay SET departed_how = 'DIED' WHERE id = 2", "a way of leaving has a day"),
    "stay_ends_after_it_begins": ("UPDATE stay SET from_on = '2020-02-02' WHERE id = 3", "nobody departs before"),
    "stay_begins_at_arrival": ("UPDATE stay SET arrived = '2020-01-02' WHERE id = 3", "begins on that day"),
    "passport_number_is_canonical": ("UPDATE passport SET number = 'x-1'", "letters A-Z and digits only"),
    "passport_number_is_unique": (
        "INSERT INTO passport (resident_id, number, country, change_id) VALUES (2, 'X1', 'AUS', 1)",
        "this passport is already recorded",
    ),
    "passport_expires_after_issue": (
        "UPDATE passport SET expires_on = '2016-12-31'",
        "a passport cannot expire before",
    ),
    "residence_ends_after_it_begins": (
        "UPDATE residence SET until_on = '2018-11-30' WHERE id = 1",
        "end before the day",
    ),
    "residence_names_one_place": (
        "UPDATE residence SET village_code = '19.02.01.2012', district_code = '19.02.01'",
        "a village, or a district",
    ),
    "family_link_citizen_has_a_name": ("UPDATE family_link SET citizen_name = ' '", "a relative has a name"),
    "family_link_has_one_relative": (
        "INSERT INTO family_link (resident_id, relation, change_id) VALUES (2, 'CHILD', 1)",
        "names one relative",
    ),
    "family_link_is_with_another": (
        "INSERT INTO family_link (resident_id, relation, relative_id, change_id) VALUES (2, 'SPOUSE', 2, 1)",
        "their own relative",
    ),
    "family_link_ends_after_it_begins": (
        "UPDATE family_link SET until_on = '2014-12-31'",
        "end before the day it begins",
    ),
    "permit_number_is_not_blank": ("UPDATE permit SET number = ' ' WHERE id = 1", "is not blank"),
    "permit_is_followed_once": (
        A_PERMIT.format(
            columns="starts_on, follows_id, granted_as, ended_on, end_reason",
            values="1, 'KITAS', 'P3', '2019-02-01', 1, 'CONVERSION', '2019-02-01', 'REVOKED'",
        ),
        "already been followed",
    ),
    "permit_starts_when_issued": ("UPDATE permit SET starts_on = '2019-01-02' WHERE id = 1", "counts from the day"),
    "permit_expires_after_issue": ("UPDATE permit SET expires_on = '2018-12-31' WHERE id = 1", "cannot expire before"),
    "permit_valid_from_within": (
        "UPDATE permit SET valid_from = '2019-03-02' WHERE id = 1",
        "printed start is not after",
    ),
    "permit_ends_after_it_starts": (
        "UPDATE permit SET ended_on = '2018-12-31' WHERE id = 1",
        "end before the day it starts",
    ),
    "permit_end_has_a_reason": ("UPDATE permit SET end_reason = NULL WHERE id = 1", "a day and a reason, both"),
    "permit_new_follows_none": ("UPDATE permit SET granted_as = 'NEW' WHERE id = 2", "a new grant follows none"),
    "relief_is_superseded_once": (
        "UPDATE relief SET supersedes = 'ITKT-2020-04' WHERE code = 'ITKT-2020-09'",
        "already been superseded",
    ),
    "relief_ends_after_it_begins": (
        "UPDATE relief SET effective_until = '2020-08-17' WHERE code = 'ITKT-2020-09'",
        "a relief cannot end before",
    ),
    "relief_supersedes_another": (
        "UPDATE relief SET supersedes = code WHERE supersedes IS NULL",
        "cannot supersede itself",
    ),
    "permit_unlimited_has_no_last_day": (
        "UPDATE permit SET expires_on = '2030-01-01' WHERE id = 4",
        "without an end has no last day",
    ),
    "permit_unlimited_is_a_kitap": (
        "UPDATE permit SET unlimited = 1, expires_on = NULL WHERE id = 2",
        "only a KITAP is granted without an end",
    ),
    "permit_report_is_made_once_a_day": (
        "INSERT INTO permit_report (permit_id, on_day, change_id) VALUES (4, '2020-02-03', 1)",
        "already recorded",
    ),
    "accepted_finding_has_a_reason": (
        "INSERT INTO accepted_finding (key, facts, reason, change_id) VALUES ('GAP-1', 'x', ' ', 1)",
        "an accepted finding has a reason",
    ),
    "letter_has_an_addressee": ("UPDATE letter SET addressee = ' '", "to somebody with a name"),
    "letter_is_to_one": ("UPDATE letter SET family_link_id = 1", "to a sponsor or to a spouse"),
    "letter_person_once": (
        "INSERT INTO letter_person (letter_id, permit_id, change_id) VALUES (1, 2, 1)",
        "each permit once",
    ),
    "meeting_has_a_place": ("UPDATE meeting SET place = ' '", "a meeting has a place"),
    "meeting_has_a_theme": ("UPDATE meeting SET theme = ''", "a meeting has a theme"),
    "meeting_ends_after_it_begins": ("UPDATE meeting SET ends_at = '09:00'", "ends after it begins"),
    "meeting_is_held_before_it_is_closed": (
        "UPDATE meeting SET closed_on = '2020-09-16', closed_change = 1",
        "closed on its day or later",
    ),
    "meeting_invited_has_an_institution": ("UPDATE meeting_invited SET institution = ' '", "is an institution"),
    "meeting_invited_once": (
        "INSERT INTO meeting_invited VALUES (NULL, 1, 'desa contoh', 'KADES', 1)",
        "already invited",
    ),
    "meeting_present_has_a_name": ("UPDATE meeting_present SET name = ' '", "who came has a name"),
    "meeting_present_institution_is_not_blank": (
        "UPDATE meeting_present SET invited_id = NULL, institution = ' '",
        "without an invitation",
    ),
    "meeting_item_has_a_text": ("UPDATE meeting_item SET text = ' '", "has a text"),
    "decision_has_a_text": ("UPDATE decision SET text = ' '", "what is to be done"),
    "decision_has_an_owner": ("UPDATE decision SET owner = ' '", "has an owner"),
    "decision_dropped_has_a_reason": (
        "UPDATE decision SET ended_on = '2020-10-01', ended_as = 'DROPPED', ended_reason = ' '",
        "dropped has a reason",
    ),
    "letterhead_line_has_a_text": ("UPDATE letterhead SET text = ' '", "line of the letterhead has a text"),
    "letterhead_line_is_one": (
        "INSERT INTO letterhead (valid_from, position, text, change_id) VALUES ('2020-01-01', 1, 'x', 1)",
        "stands there already",
    ),
    "holiday_has_a_name": ("UPDATE holiday SET name = ' '", "a holiday has a name"),
    "rule_value_is_positive": ("UPDATE rule SET value = 0", "above zero"),
    "case_kind_code_is_a_word": ("UPDATE case_kind SET code = 'a b' WHERE code = 'DEATH'", "letters A-Z, digits"),
    "case_state_code_is_a_word": ("UPDATE case_state SET code = 'a b' WHERE code = 'DONE'", "letters A-Z, digits"),
    "case_step_code_is_a_word": ("UPDATE case_step SET code = 'a b'", "letters A-Z, digits"),
    "case_follow_is_another": ("INSERT INTO case_follow VALUES ('DONE', 'DONE', 1)", "does not follow itself"),
    "case_step_has_a_text": ("UPDATE case_step SET text_en = ' '", "a step has a text"),
    "case_step_counts_by_a_rule": (
        "UPDATE case_step SET rule_kind = NULL WHERE counted_from IS NOT NULL",
        "names the rule",
    ),
    "case_step_ends_after_it_begins": (
        "UPDATE case_step SET valid_from = '2020-01-02', valid_until = '2020-01-01'",
        "a step cannot end before",
    ),
    "case_file_has_a_reporter": ("UPDATE case_file SET reporter = ' '", "says who reported it"),
    "case_file_has_a_text": ("UPDATE case_file SET report = ' '", "says what was reported"),
    "case_file_has_an_owner": ("UPDATE case_file SET owner = ' '", "a case has an owner"),
    "case_file_names_a_place": ("UPDATE case_file SET district_code = NULL", "a village, a district or a place"),
    "case_file_happened_before_it_was_reported": (
        "UPDATE case_file SET happened_on = '2020-09-18'",
        "nothing is reported before",
    ),
    "case_event_says_one_thing": ("UPDATE case_event SET state_code = 'DONE'", "not of both"),
    "case_event_says_something": (
        "UPDATE case_event SET step_code = NULL, settled = NULL",
        "names a state or a step, or has a text",
    ),
    "case_event_step_is_settled": ("UPDATE case_event SET settled = NULL", "done or not needed"),
    "case_event_not_needed_has_a_reason": ("UPDATE case_event SET settled = 'NOT_NEEDED'", "has a reason"),
    "case_event_is_the_same_as_another": ("UPDATE case_event SET other_case_id = 1", "same as another one"),
    "rule_ends_after_it_begins": (
        "UPDATE rule SET valid_until = '2019-05-02' WHERE valid_from = '2019-05-03'",
        "a rule cannot end before",
    ),
    "inspection_has_officers": ("UPDATE inspection SET officers = ' '", "an inspection has officers"),
    "inspection_letter_has_a_number": ("UPDATE inspection SET letter_number = ' '", "is not blank"),
    "inspection_letter_is_whole": (
        "UPDATE inspection SET letter_number = NULL, is_urgent = 1",
        "has a number and a day, both",
    ),
    "inspection_has_a_letter": ("UPDATE inspection SET letter_number = NULL, letter_on = NULL", "unless it was urgent"),
    "inspection_letter_comes_first": (
        "UPDATE inspection SET letter_on = '2020-09-11'",
        "not later than its inspection",
    ),
    "inspection_names_one_place": (
        "UPDATE inspection SET village_code = '19.02.01.2012', district_code = '19.02.01'",
        "an inspection names a village, or a district",
    ),
    "inspection_resident_address_differs_in_words": (
        "UPDATE inspection_resident SET address_found = 'Jalan Contoh'",
        "said where an address differs",
    ),
    "inspection_resident_class_differs_in_words": (
        "UPDATE inspection_resident SET class = 'DIFFERS'",
        "said where a class differs",
    ),
    "inspection_resident_activity_differs_in_words": (
        "UPDATE inspection_resident SET activity = 'DIFFERS', activity_found = ' '",
        "said where an activity differs",
    ),
}
# What a person may leave out, and the register may not.
MISSING = {
    "resident.full_name": ("UPDATE resident SET full_name = NULL", "a resident has a name"),
    "resident.nationality": ("UPDATE resident SET nationality = NULL", "XXX says that it is not known"),
}
# The floors beneath triggers that always speak first: broken once the trigger is gone.
BENEATH_A_TRIGGER = {
    "resident_niora_is_unique": (
        "DROP TRIGGER resident_niora_on_insert",
        NEW_RESIDENT.format(column="niora", value="'N1'"),
        "NIORA is already recorded",
    ),
    "permit_one_current": (
        "DROP TRIGGER permit_overlap_on_insert",
        A_PERMIT.format(columns="starts_on, granted_as", values="1, 'KITAS', 'P3', '2020-01-01', 'NEW'"),
        "already holds a current permit",
    ),
    "residence_one_open": (
        "DROP TRIGGER residence_overlap_on_insert",
        "INSERT INTO residence (resident_id, from_on, change_id) VALUES (2, '2020-01-01', 1)",
        "one open residence",
    ),
    "stay_one_open": (
        "DROP TRIGGER stay_overlap_on_insert",
        "INSERT INTO stay (resident_id, from_on, change_id) VALUES (2, '2020-01-01', 1)",
        "one stay that has not ended",
    ),
}
# By trigger: the rule between rows that it raises, the statement, a piece of the sentence.
BETWEEN_ROWS = {
    "permit_overlap_on_insert": (
        "permit_periods_do_not_overlap",
        A_PERMIT.format(
            columns="starts_on, granted_as, ended_on, end_reason",
            values="1, 'ITK', 'P3', '2018-12-01', 'NEW', '2019-01-02', 'REVOKED'",
        ),
        "periods overlap",
    ),
    "permit_overlap_on_update": (
        "permit_periods_do_not_overlap",
        "UPDATE permit SET ended_on = '2019-02-02' WHERE id = 1",
        "periods overlap",
    ),
    "permit_number_on_insert": (
        "permit_number_is_unique",
        A_PERMIT.format(columns="starts_on, granted_as", values="2, 'ITK', 'p -2', '2020-01-01', 'NEW'"),
        "number is already recorded",
    ),
    "permit_number_on_update": (
        "permit_number_is_unique",
        "UPDATE permit SET number = 'p–2', expires_on = '2020-02-01' WHERE id = 1",
        "number is already recorded",
    ),
    "resident_niora_on_insert": (
        "resident_niora_names_one_person",
        "INSERT INTO resident (full_name, nationality, niora, change_id) VALUES ('Other Invented', 'AUS', 'n-1', 1)",
        "NIORA is already recorded",
    ),
    "resident_niora_on_update": (
        "resident_niora_names_one_person",
        "UPDATE resident SET niora = 'n 1' WHERE id = 2",
        "NIORA is already recorded",
    ),
    "permit_chain_on_insert": (
        "permit_starts_where_the_one_before_ends",
        A_PERMIT.format(
            columns="starts_on, follows_id, granted_as, ended_on, end_reason",
            values="2, 'ITK', 'P3', '2019-02-01', 1, 'EXTENSION', '2020-01-01', 'REVOKED'",
        ),
        "the one that it follows ends",
    ),
    "permit_report_of_another_class": (
        "permit_report_is_of_a_kitap",
        "INSERT INTO permit_report (permit_id, on_day, change_id) VALUES (2, '2020-03-01', 1)",
        "is of a KITAP alone",
    ),
    "permit_reported_changes_class": (
        "permit_report_is_of_a_kitap",
        "UPDATE permit SET class_code = 'KITAS', unlimited = NULL WHERE id = 4",
        "is of a KITAP alone",
    ),
    "residence_overlap_on_insert": (
        "residence_periods_do_not_overlap",
        "INSERT INTO residence (resident_id, from_on, until_on, change_id) VALUES (1, '2018-01-01', '2018-12-02', 1)",
        "lives in one place at a time",
    ),
    "stay_overlap_on_insert": (
        "stays_do_not_overlap",
        "INSERT INTO stay (resident_id, from_on, departed, change_id) VALUES (1, '2018-01-01', '2018-12-02', 1)",
        "these stays overlap",
    ),
    "stay_overlap_on_update": (
        "stays_do_not_overlap",
        "UPDATE stay SET departed = '2020-03-02' WHERE id = 3",
        "these stays overlap",
    ),
    "residence_overlap_on_update": (
        "residence_periods_do_not_overlap",
        "UPDATE residence SET until_on = '2019-06-02' WHERE id = 1",
        "lives in one place at a time",
    ),
}
# SQLite names a UNIQUE by its columns.
REPORTED = {
    "letter_person_once": "letter_person.letter_id, letter_person.permit_id",
    "sponsor_name_is_unique": "sponsor.name",
    "resident_niora_is_unique": "resident.niora",
    "passport_number_is_unique": "passport.number, passport.country",
    "residence_one_open": "residence.resident_id",
    "stay_one_open": "stay.resident_id",
    "permit_one_current": "permit.resident_id",
    "permit_is_followed_once": "permit.follows_id",
    "permit_report_is_made_once_a_day": "permit_report.permit_id, permit_report.on_day",
    "relief_is_superseded_once": "relief.supersedes",
    "letterhead_line_is_one": "letterhead.valid_from, letterhead.position",
}


@pytest.fixture
def bare(made: Path) -> Iterator[sqlite3.Connection]:
    """A register with three people in it, over a connection that is not ours."""
    with closing(sqlite3.connect(":memory:")) as connection, closing(sqlite3.connect(made)) as source:
        source.backup(connection)
        connection.executescript(PEOPLE)
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


def broken(connection: sqlite3.Connection, statement: str) -> sqlite3.IntegrityError:
    with pytest.raises(sqlite3.IntegrityError) as error:
        connection.execute(statement)
    return error.value


def spoken(connection: sqlite3.Connection, statement: str) -> str | None:
    """The name of the rule that stops a statement; None where it passes."""
    try:
        connection.execute(statement)
    except sqlite3.IntegrityError as error:
        return _constraint(str(error))
    return None


def schema(connection: sqlite3.Connection, kind: str) -> dict[str, str]:
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = ? AND sql IS NOT NULL AND tbl_name <> '_sqlite_migrations'",
        (kind,),
    )
    return {name: re.sub(r"--[^\n]*", "", sql) for name, sql in rows}


def test_every_named_rule_of_the_register_has_a_case_here(bare: sqlite3.Connection) -> None:
    tables = "\n".join(schema(bare, "table").values())
    named = set(re.findall(r"CONSTRAINT\s+(\w+)", tables))
    named |= {name for name, sql in schema(bare, "index").items() if sql.startswith("CREATE UNIQUE INDEX")}
    assert named == BY_A_PROGRAM.keys() | BY_A_PERSON.keys() | BENEATH_A_TRIGGER.keys()


def test_no_check_is_without_a_name(bare: sqlite3.Connection) -> None:
    tables = "\n".join(schema(bare, "table").values())
    assert len(re.findall(r"\bCHECK\s*\(", tables)) == len(re.findall(r"CONSTRAINT\s+\w+\s+CHECK\s*\(", tables))


def test_every_trigger_that_refuses_has_a_case_here(bare: sqlite3.Connection) -> None:
    refusing = {
        name: re.findall(r"RAISE\s*\(ABORT, '(\w+)'\)", sql)
        for name, sql in schema(bare, "trigger").items()
        if "RAISE" in sql
    }
    assert refusing == {name: [rule] for name, (rule, _statement, _sentence) in BETWEEN_ROWS.items()}


@pytest.mark.one_in(4)
@pytest.mark.parametrize("name", BY_A_PROGRAM)
def test_what_only_a_program_breaks_yields_its_name(bare: sqlite3.Connection, name: str) -> None:
    error = broken(bare, BY_A_PROGRAM[name])
    assert _constraint(str(error)) == name
    assert f"the rule {name} does not hold" in str(refusal(error))


@pytest.mark.parametrize("name", BY_A_PERSON)
def test_what_a_person_breaks_yields_its_name_and_a_sentence(bare: sqlite3.Connection, name: str) -> None:
    statement, sentence = BY_A_PERSON[name]
    error = broken(bare, statement)
    assert _constraint(str(error)) == REPORTED.get(name, name)
    assert sentence in str(refusal(error))
    assert str(refusal(error)).startswith("Refused, nothing was changed: ")


@pytest.mark.parametrize("column", MISSING)
def test_what_a_person_may_not_leave_out_has_a_sentence(bare: sqlite3.Connection, column: str) -> None:
    statement, sentence = MISSING[column]
    error = broken(bare, statement)
    assert _constraint(str(error)) == column
    assert sentence in str(refusal(error))


@pytest.mark.parametrize("name", BENEATH_A_TRIGGER)
def test_the_floor_beneath_a_trigger_holds_by_itself(bare: sqlite3.Connection, name: str) -> None:
    without, statement, sentence = BENEATH_A_TRIGGER[name]
    bare.execute(without)
    error = broken(bare, statement)
    assert _constraint(str(error)) == REPORTED[name]
    assert sentence in str(refusal(error))


@pytest.mark.parametrize("trigger", BETWEEN_ROWS)
def test_a_rule_between_rows_yields_its_name_and_a_sentence(bare: sqlite3.Connection, trigger: str) -> None:
    rule, statement, sentence = BETWEEN_ROWS[trigger]
    error = broken(bare, statement)
    assert _constraint(str(error)) == rule
    assert sentence in str(refusal(error))
    bare.rollback()
    bare.execute(f"DROP TRIGGER {trigger}")
    # It was this trigger that spoke: without it the statement passes, or another rule stops it.
    assert spoken(bare, statement) != rule


def test_a_reference_to_nothing_is_refused(bare: sqlite3.Connection) -> None:
    error = broken(bare, "DELETE FROM resident WHERE id = 1")
    assert "still depends on this one" in str(refusal(error))


def test_no_sentence_is_left_without_a_rule() -> None:
    rules = {rule for rule, _statement, _sentence in BETWEEN_ROWS.values()}
    reached = {REPORTED.get(name, name) for name in BY_A_PERSON.keys() | BENEATH_A_TRIGGER.keys()}
    assert SENTENCES.keys() == reached | rules | MISSING.keys() | {"FOREIGN KEY"}


@pytest.mark.one_in(5)
@pytest.mark.parametrize("name", DATES)
def test_a_date_column_takes_real_iso_dates_alone(bare: sqlite3.Connection, name: str) -> None:
    for text in NO_DATES:
        assert _constraint(str(broken(bare, DATES[name].format(f"'{text}'")))) == name


def test_leap_days_are_dates(bare: sqlite3.Connection) -> None:
    bare.execute("UPDATE resident SET born = '2000-02-29' WHERE id = 2")
    assert bare.execute("SELECT born FROM resident WHERE id = 2").fetchone() == ("2000-02-29",)
