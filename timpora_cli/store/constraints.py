"""A sentence for each named constraint of the register: what it means when a change breaks it.

Actions check first and refuse with the values in the message. The constraints hold also where an action forgot to.
"""

import re
import sqlite3

from timpora_cli.errors import Refused
from timpora_cli.language import _


class BrokenRule(Refused):
    """Refused, nothing was changed: {rule}"""


SENTENCES = {
    "permit_periods_do_not_overlap": "a resident holds one permit at a time, and these periods overlap.",
    "permit.resident_id": "the resident already holds a current permit; extend, convert or revoke that one.",
    "permit_number_is_unique": "this permit number is already recorded.",
    "permit_starts_where_the_one_before_ends": "a grant begins on the day the one that it follows ends.",
    "permit.follows_id": "that permit has already been followed by another grant.",
    "permit_expires_after_issue": "a permit cannot expire before the day it was issued.",
    "permit_valid_from_within": "a printed start is not after the last valid day.",
    "permit_ends_after_it_starts": "a permit cannot end before the day it starts.",
    "permit_end_has_a_reason": "a permit that ends has a day and a reason, both.",
    "permit_number_is_not_blank": "a permit number is not blank; leave it out where it is not known.",
    "permit_new_follows_none": "an extension or a conversion follows a permit, and a new grant follows none.",
    "permit_starts_when_issued": "a permit counts from the day it was issued.",
    "permit_unlimited_is_a_kitap": "only a KITAP is granted without an end.",
    "permit_unlimited_has_no_last_day": "a permit without an end has no last day.",
    "permit_report_is_of_a_kitap": "a report every five years is of a KITAP alone, and this one has reports on record.",
    "permit_report.permit_id, permit_report.on_day": "a report of that day is already recorded.",
    "passport.number, passport.country": "this passport is already recorded.",
    "passport_number_is_canonical": "a passport number holds letters A-Z and digits only.",
    "passport_expires_after_issue": "a passport cannot expire before the day it was issued.",
    "residence_periods_do_not_overlap": "a resident lives in one place at a time, and these periods overlap.",
    "residence.resident_id": "a resident has one open residence; end that one first.",
    "residence_names_one_place": "a residence names a village, or a district where the village is not known.",
    "residence_ends_after_it_begins": "a residence cannot end before the day it begins.",
    "resident.niora": "this NIORA is already recorded for another resident.",
    "resident_niora_names_one_person": "this NIORA is already recorded for another resident.",
    "resident_has_a_name": "a resident has a name.",
    "resident.full_name": "a resident has a name.",
    "resident.nationality": "a resident has a nationality; XXX says that it is not known.",
    "resident_is_not_indonesian": "the register is of foreign nationals; IDN is Indonesia.",
    "stay_departure_has_a_day": "a way of leaving has a day of departure.",
    "stay_ends_after_it_begins": "nobody departs before the day of arrival.",
    "stay_begins_at_arrival": "a stay whose day of arrival is known begins on that day.",
    "stays_do_not_overlap": "a resident is present in one stay at a time, and these stays overlap.",
    "stay.resident_id": "a resident has one stay that has not ended; end that one first.",
    "sponsor.name": "a sponsor of this name is already recorded.",
    "sponsor_has_a_name": "a sponsor has a name.",
    "family_link_citizen_has_a_name": "a relative has a name.",
    "family_link_has_one_relative": "a family link names one relative: a resident, or a citizen by name.",
    "family_link_is_with_another": "nobody is their own relative.",
    "family_link_ends_after_it_begins": "a family link cannot end before the day it begins.",
    "relief_ends_after_it_begins": "a relief cannot end before the day it begins.",
    "relief_supersedes_another": "a relief cannot supersede itself.",
    "relief.supersedes": "that relief has already been superseded by another.",
    "rule_value_is_positive": "a rule's value is a number above zero; only a number of extensions may be zero.",
    "rule_ends_after_it_begins": "a rule cannot end before the day it begins.",
    "holiday_has_a_name": "a holiday has a name.",
    "meeting_has_a_place": "a meeting has a place.",
    "meeting_has_a_theme": "a meeting has a theme.",
    "meeting_ends_after_it_begins": "a meeting ends after it begins.",
    "meeting_is_held_before_it_is_closed": "a meeting is closed on its day or later.",
    "meeting_invited_has_an_institution": "who is invited is an institution, and it has a name.",
    "meeting_invited_once": "this institution is already invited, with the same office.",
    "meeting_present_has_a_name": "who came has a name.",
    "meeting_present_institution_is_not_blank": "who came without an invitation is of an institution with a name.",
    "meeting_item_has_a_text": "an item of a meeting has a text.",
    "decision_has_a_text": "a decision says what is to be done.",
    "decision_has_an_owner": "a decision has an owner.",
    "decision_dropped_has_a_reason": "a decision that is dropped has a reason.",
    "letterhead_line_has_a_text": "a line of the letterhead has a text.",
    "letterhead.valid_from, letterhead.position": "a line of the letterhead of that day stands there already.",
    "letter_has_an_addressee": "a letter is to somebody with a name.",
    "letter_is_to_one": "a letter is to a sponsor or to a spouse, not to both.",
    "letter_person.letter_id, letter_person.permit_id": "a letter is about each permit once.",
    "accepted_finding_has_a_reason": "an accepted finding has a reason.",
    "case_kind_code_is_a_word": "a code holds letters A-Z, digits and underscores only.",
    "case_state_code_is_a_word": "a code holds letters A-Z, digits and underscores only.",
    "case_step_code_is_a_word": "a code holds letters A-Z, digits and underscores only.",
    "case_follow_is_another": "a state does not follow itself.",
    "case_step_has_a_text": "a step has a text, in both languages.",
    "case_step_counts_by_a_rule": "a step that is counted from a day names the rule by which it is counted.",
    "case_step_ends_after_it_begins": "a step cannot end before the day it begins.",
    "case_file_has_a_reporter": "a case says who reported it: the office that is held.",
    "case_file_has_a_text": "a case says what was reported.",
    "case_file_has_an_owner": "a case has an owner.",
    "case_file_names_a_place": "a case names a village, a district or a place.",
    "case_file_happened_before_it_was_reported": "nothing is reported before the day on which it happens.",
    "case_event_says_one_thing": "an event is of a state or of a step, not of both.",
    "case_event_says_something": "an event names a state or a step, or has a text.",
    "case_event_step_is_settled": "a step that is settled is done or not needed.",
    "case_event_not_needed_has_a_reason": "a step that is not needed has a reason.",
    "case_event_is_the_same_as_another": "a case is the same as another one, not as itself.",
    "inspection_has_officers": "an inspection has officers.",
    "inspection_letter_has_a_number": "the number of a letter of assignment is not blank.",
    "inspection_letter_is_whole": "a letter of assignment has a number and a day, both.",
    "inspection_has_a_letter": "an inspection has a letter of assignment, unless it was urgent.",
    "inspection_letter_comes_first": "a letter of assignment is not later than its inspection, unless that was urgent.",
    "inspection_names_one_place": "an inspection names a village, or a district where the village is not known.",
    "inspection_resident_address_differs_in_words": "what was found is said where an address differs, only there.",
    "inspection_resident_class_differs_in_words": "what was found is said where a class differs, only there.",
    "inspection_resident_activity_differs_in_words": "what was found is said where an activity differs, only there.",
    "FOREIGN KEY": "another record still depends on this one, or the one it names does not exist.",
}
"""What each constraint means, by its name: sentences that `_` knows."""


def refusal(error: sqlite3.IntegrityError) -> BrokenRule:
    """Return the refusal that explains a broken constraint; a constraint without a sentence is given by its name."""
    name = _constraint(str(error))
    return BrokenRule(
        rule=_(SENTENCES[name]) if name in SENTENCES else _("the rule {name} does not hold.").format(name=name)
    )


def _constraint(message: str) -> str:
    # SQLite names a CHECK by its name, a UNIQUE by its columns or its index, and repeats a trigger's own message.
    if message.startswith("FOREIGN KEY"):
        return "FOREIGN KEY"
    match = re.match(r"(?:CHECK|UNIQUE|NOT NULL) constraint failed: (?:index ')?([^']+)", message)
    return match[1] if match else message
