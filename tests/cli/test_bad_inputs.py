"""Hostile values through every kind of argument: an error with its code and its words, short, harmless and soon.

{bidi} has signs that turn the reading round, that cannot be seen, and that steer a terminal; {long} has 30,000 signs.
"""

import hashlib
import shlex
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Timpora

BIDI, LONG = "A\u202eB\u200bC\u2066\ufeff\x1b[31m", "x" * 30_000
NEVER_SHOWN = frozenset("\u202e\u200b\u2066\ufeff\x1b")
# What is typed, the exit code, and words of the error.
BAD = r"""
{bidi} | 2 | No such command
resident show {bidi} | 4 | There is no resident
resident show {long} | 4 | . Find one with: timpora resident list --name
resident {bidi} | 2 | No such command
counts {bidi} | 2 | Got unexpected extra argument(s)
counts {long} | 2 | Got unexpected extra argument(s) (
--{bidi} counts | 2 | No such option: --
counts --{bidi} | 2 | No such option: --
counts --{long} | 2 | See: timpora counts --help
counts --by {bidi} | 2 | Known: district, village, regency, class, nati
counts --by {long} | 2 | Known: district, village, regency, class, nati
counts --format {bidi} | 2 | There is no format
counts --format {long} | 2 | Known: table, plain, csv, tsv, json, ndjson.
counts --columns {bidi} | 2 | Known: rank, district, district_code, kitap, k
counts --sort {long} | 2 | Known: rank, district, district_code, kitap, k
counts --as-of {bidi} | 2 | A\u202eB\u200bC\u2066\ufeff\x1b[31m" is not a
counts --as-of {long} | 2 | is not a date:
counts --known-at {long} | 2 | . Write a day or a day and a time: 2020-09-17
counts --known-at {bidi} | 2 | This is not a moment:
--lang {bidi} counts | 2 | Invalid value for '--lang':
--lang {long} counts | 2 | is no language of timpora. Use en or i
--wait {long} counts | 2 | is no number of seconds, at most 99999
--wait {bidi} counts | 2 | Invalid value for '--wait':
--db {bidi} counts | 5 | There is no register at
--db {long} counts | 5 | cannot be opened: no permission, or its folder
--officer {long} resident add --name Ann --nationality AUS | 2 | is no name: it has more than 100 characters.
--officer {bidi} resident edit 1 | 2 | Nothing was given to change. See the options w
resident list --name {bidi} | 4 | There is nobody whose name holds
resident list --name {long} | 4 | There is nobody whose name holds
resident list --district {bidi} | 4 | There is no district
resident list --district {long} | 4 | . See them with: timpora district list
resident list --village {long} | 4 | . See them with: timpora village list
resident list --class {long} | 2 | Known: KITAP, KITAS, ITK, PERALIHAN, VOA, BVK,
resident list --nationality {bidi} | 2 | Known: codes such as AUS, or names in Indonesi
resident list --nationality {long} | 2 | Known: codes such as AUS, or names in Indonesi
resident list --purpose {long} | 2 | Known: WORK, FAMILY, STUDY, INVESTOR, RETIREE,
resident list --sponsor {long} | 4 | There is no sponsor
resident list --state {bidi} | 2 | A\u202eB\u200bC\u2066\ufeff\x1b[31m is not a k
resident list --state {long} | 2 | Known: VALID, DUE, RELIEF, UNKNOWN, OVERSTAY.
resident list --limit {bidi} | 2 | --limit
resident list --limit {long} | 2 | is not a number of rows. Write a whole number
resident list --limit -5 | 2 | --limit "-5" is not a number of rows. Write a
resident list --limit=-5 | 2 | --limit "-5" is not a number of rows. Write a
resident add --name {long} --nationality AUS | 2 | is no name: it has more than 200 characters.
resident add --name=-x --nationality AUS1 | 2 | Known: codes such as AUS, or names in Indonesi
resident add --name Ann --nationality AUS --village {bidi} | 4 | There is no village
resident add --name Ann --nationality AUS --village {long} | 4 | . See them with: timpora village list
resident add --name Ann --nationality AUS --passport {bidi} | 2 | A\u202eB\u200bC\u2066\ufeff\x1b[31m" is not a
resident add --name Ann --nationality AUS --passport {long} | 2 | Write the letters and digits that stand in the
resident add --name Ann --nationality AUS --born {long} | 2 | is not a date:
resident add --name Ann --nationality AUS --born {bidi} | 2 | A\u202eB\u200bC\u2066\ufeff\x1b[31m" is not a
resident add --name Ann --nationality AUS --sex {bidi} | 2 | Write L, Lk, Laki-laki, Pria, M or Male; or P,
resident add --name Ann --nationality AUS --sex {long} | 2 | Write L, Lk, Laki-laki, Pria, M or Male; or P,
resident add --name Ann --nationality AUS --mrz {long} | 2 | The two lines have 88 characters together, and
resident add --name Ann --nationality AUS --mrz {bidi} | 2 | The two lines have 88 characters together, and
resident add --name Ann --nationality AUS --niora {long} | 2 | is no NIORA: a word or one sign repeated is no
resident add --name Ann --nationality AUS --village=-x | 4 | There is no village -x. See them with: timpora
resident add --name Ann --nationality AUS --note | 2 | Option '--note' requires an argument.
resident show -- -5 | 4 | There is no resident -5. Find one with: timpor
resident show -5 | 2 | See: timpora resident show --help
resident show -- --help | 4 | There is no resident --help. Find one with: ti
resident remove {long} --yes | 4 | . Find one with: timpora resident list --name
resident merge 1 {long} | 4 | . Find one with: timpora resident list --name
resident merge {bidi} 2 | 4 | There is no resident
resident edit 1 --name=- | 2 | -" is no name: it has no letter.
resident edit 1 --name '' | 1 | Refused, nothing was changed: a resident has a
permit add 1 --class {bidi} | 2 | Known: KITAP, KITAS, ITK, PERALIHAN, VOA, BVK,
permit extend {long} | 2 | . Find one with: timpora permit list
permit extend {bidi} --expires 2021-01-01 | 4 | There is no permit
permit show -1 | 2 | See: timpora permit show --help
permit show -- -1 | 4 | There is no permit -1. Find one with: timpora
expiring --before {bidi} | 2 | A\u202eB\u200bC\u2066\ufeff\x1b[31m" is not a
expiring --before {long} | 2 | is not a date:
expiring --within {bidi} | 2 | A\u202eB\u200bC\u2066\ufeff\x1b[31m" is not a
expiring --within {long} | 2 | is not a length of time: it is written in no f
expiring --output {long}.csv | 1 | .csv could not be written: File name too long.
expiring --output {bidi} | 2 | A\u202eB\u200bC\u2066\ufeff\x1b[31m does not e
expiring --output /nonexistent/{bidi}.csv | 1 | /nonexistent/
import {bidi} | 4 | There is no file
import {long} | 1 | cannot be read: File name too long. Nothing wa
import /nonexistent/x.csv --map {bidi} | 2 | --map
import /nonexistent/x.csv --set {long} | 2 | does not say which field has which value. Writ
export {bidi} | 2 | A\u202eB\u200bC\u2066\ufeff\x1b[31m does not e
export {long}.csv | 1 | .csv could not be written: File name too long.
restore {bidi} | 4 | There is no file
restore {long} | 4 | . Backups stand in the folder backups beside t
backup {long} | 1 | : File name too long. The register and earlier
backup --keep {long} | 2 | is not a number of backups. Write a whole numb
backup --keep {bidi} | 2 | --keep
history --resident {long} | 2 | See: timpora history --help
undo {long} | 2 | is not the number of a change. See them with:
undo {bidi} | 2 | A\u202eB\u200bC\u2066\ufeff\x1b[31m is not the
undo -3 | 2 | See: timpora undo --help
undo -- -3 | 2 | -3 is not the number of a change. See them wit
redo {long} | 2 | Got unexpected extra argument(s) (
verify --digest {long} | 4 | No change of this register has or had the dige
verify --digest {bidi} | 4 | No change of this register has or had the dige
district add {long} | 2 | See: timpora district add --help
district end {bidi} --on 2020-01-01 | 4 | There is no district
village add {bidi} | 2 | See: timpora village add --help
village end {long} | 4 | . See them with: timpora village list
region import {long} | 1 | cannot be read: File name too long. Nothing wa
relief add {long} | 2 | Give them on the command line; they are only a
relief end {bidi} | 2 | CODE: There is no relief
rule add {long} | 2 | See: timpora rule add --help
rule end {bidi} | 2 | A\u202eB\u200bC\u2066\ufeff\x1b[31m is not the
case show {long} | 4 | . See them with: timpora case list --all
case note {long} | 2 | Nothing was given to note. Write --note TEXT,
case step {bidi} {bidi} | 4 | There is no case
inspection show {long} | 4 | . See them with: timpora inspection list
meeting show {bidi} | 4 | There is no meeting
meeting add --on {long} | 2 | is not a date:
brief --output {bidi}.x | 2 | A\u202eB\u200bC\u2066\ufeff\x1b[31m.x does not
letters --before {long} | 2 | is not a date:
report monthly --month {long} | 2 | is not a month. Write the year and the month i
report monthly {bidi} | 2 | Got unexpected extra argument(s)
trend --months {long} | 2 | is not a number of months. Write a whole numbe
trend --months {bidi} | 2 | --months
setting set {long} x | 2 | Known: office_name, time_zone, default_window,
setting set {bidi} x | 2 | Known: office_name, time_zone, default_window,
setting set time_zone {long} | 2 | Write WIB, WITA or WIT, or a name as in Asia/J
setting set time_zone {bidi} | 2 | A\u202eB\u200bC\u2066\ufeff\x1b[31m" is no tim
setting set public_threshold {bidi} | 2 | A\u202eB\u200bC\u2066\ufeff\x1b[31m" is no num
setting set default_window {long} | 2 | is not a length of time: it is written in no f
clock correct {long} --to 2020-01-01 | 2 | is no change and no range of changes. Write 5,
clock correct 1..1 --to {bidi} | 2 | This is not a moment:
check accept {long} --reason x | 4 | now. See them, each with its key: timpora chec
check accept {bidi} --reason x | 4 | There is no finding
holiday add {long} | 2 | See: timpora holiday add --help
holiday import {long} | 1 | cannot be read: File name too long. Nothing wa
purge --closed-before {long} | 2 | --reason is missing: why, and who consented, f
help {long} | 2 | Known: dates, states, permits, stays, cases, d
help {bidi} | 2 | Known: dates, states, permits, stays, cases, d
schema {long} | 2 | Known: expiring, letters, counts, duties, tren
schema {bidi} | 2 | Known: expiring, letters, counts, duties, tren
completion {long} | 2 | There is no completion for
completion {bidi} | 2 | There is no completion for
status --stale {long} | 2 | is not a time that may have passed. Write it a
status --stale {bidi} | 2 | A\u202eB\u200bC\u2066\ufeff\x1b[31m" is not a
sponsor show {long} | 4 | There is no sponsor
sponsor edit {bidi} --name x | 4 | There is no sponsor
workflow add {long} | 2 | Give them on the command line; they are only a
procedure add {long} | 2 | See: timpora procedure add --help
duties --within {long} | 2 | is not a length of time: it is written in no f
reconcile {long} | 1 | cannot be read: File name too long. Nothing wa
demo --keep {long} | 5 | cannot be opened: no permission, or its folder
"""
CASES = [tuple(line.rsplit(" | ", 2)) for line in BAD.strip().splitlines()]


@pytest.mark.one_in(4)
@pytest.mark.parametrize(("line", "code", "said"), CASES, ids=[line for line, _code, _said in CASES])
def test_a_hostile_value_is_refused_in_short_and_harmless_words(
    timpora: "Timpora", line: str, code: str, said: str
) -> None:
    before = hashlib.sha256(timpora.db.read_bytes()).hexdigest()
    given = timpora(*(word.replace("{bidi}", BIDI).replace("{long}", LONG) for word in shlex.split(line)))
    assert (given.code, given.out) == (int(code), "")
    assert given.err.startswith("timpora: ")
    assert said in given.err
    assert NEVER_SHOWN.isdisjoint(given.err)
    assert "unexpected failure" not in given.err
    assert len(given.err.encode()) < 500
    assert hashlib.sha256(timpora.db.read_bytes()).hexdigest() == before


@pytest.mark.parametrize(
    "words", [("resident", "show"), ("resident", "edit", "1", "--note"), ("import",), ("--db",)], ids=" ".join
)
def test_a_word_of_a_million_signs_is_refused_at_once(timpora: "Timpora", words: tuple[str, ...]) -> None:
    said = timpora.refused(2, *words, "x" * 1_000_000)
    assert said == f'"{"x" * 60}…" has more than 32767 characters. Give less at a time, or in a sheet.\n'


def test_a_name_needs_a_letter_when_it_is_corrected_too(timpora: "Timpora") -> None:
    assert "it has no letter" in timpora.refused(2, "resident", "edit", "1", "--name=-")


def test_what_looks_like_an_option_is_a_value_behind_two_dashes_or_an_equals_sign(timpora: "Timpora") -> None:
    assert timpora.answer("resident", "edit", "1", "--name=-x") == "Resident 1 corrected: -x.\n"
    assert timpora.answer("resident", "edit", "1", "--note=--force").startswith("Resident 1 corrected")
    assert "-x" in timpora.answer("resident", "show", "--", "1")


@pytest.mark.slow
def test_a_formula_is_made_inert_for_every_list_separator(timpora: "Timpora") -> None:
    timpora.answer("resident", "edit", "1", "--name", "Ann;=1+1")
    for form in ("csv", "tsv"):
        words = ("resident", "list", "--name", "Ann", "--columns", "name", "--format", form)
        assert timpora.answer(*words).splitlines()[-1] == "Ann;=1+1"
        assert timpora.answer(*words, "--for-spreadsheet").splitlines()[-1] == "Ann;'=1+1"
