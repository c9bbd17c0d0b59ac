"""The digest of a change: found again from the whole register, blind to order, no voucher for what others did."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.log import last_number
from timpora_cli.actions import family, law, passports, regions
from timpora_cli.actions.intake.run import run
from timpora_cli.actions.permits import corrections
from timpora_cli.actions.undo import undo
from timpora_cli.model.law import NewRule
from timpora_cli.queries.history import change_made
from timpora_cli.queries.law import relief_named
from timpora_cli.store.connect import writing
from timpora_cli.store.facts import REFERENCE, Sums, all_sums, chained, reference_digest, versioned_tables

if TYPE_CHECKING:
    from tests.conftest import Office, RegisterMaker
    from timpora_cli.store.change import Value

LOG = "SELECT id, at, officer, host, command, reason, reference_digest, digest FROM change ORDER BY id"
HEAD = "SELECT digest FROM change ORDER BY id DESC LIMIT 1"
SHEET = """Nama,No Paspor,Negara,Tipe Izin,Nomor Izin,Tgl Terbit,Tgl Berakhir,Desa
Cid Invented,X0003,Jerman,ITAS,N-3,2020-01-02,2021-01-01,Air Saga
"Dee, Invented",X0004,Atlantis,KITTAS,N-4,31/2/2020,31/2/2020,Air Saga
Ed Invented,X0005,Jerman,ITAP,N-5,2019-01-02,2024-01-01,Perawas
Ann Invented,X0001,Australia,ITAS,N-9,2020-09-01,2021-12-31,
"""
REGIONS = """kode,nama
17,Provinsi Rekaan
17.01,Kabupaten Rekaan
17.01.01,Rekaan Barat
17.01.01.2001,Rekaan Kulon
19.02.01.2012,Air Merbau Baru
"""


def first_break(connection: sqlite3.Connection) -> int | None:
    """The first change whose digest is not the one that a pass over the whole register gives; None where all fit."""
    sums, before = dict(all_sums(connection)), None
    for *said, reference, digest in connection.execute(LOG):
        if chained(before, said, reference, sums.pop(said[0], Sums())) != digest:
            return int(said[0])
        before = digest
    assert sums == {}
    return None


def head(office: "Office") -> str:
    ((digest,),) = office.rows(HEAD)
    assert isinstance(digest, str)
    return digest


# Each kind of change seals what a pass over the whole register finds -------------------------------------------------


def a_chain(office: "Office") -> tuple[int, int]:
    """Ann, with a visit permit that was converted, and the permit she holds now."""
    ann = office.person("Ann Invented", passport="X0001", sponsor="PT Contoh", since="2019-01-01")
    first = office.permit(ann, "ITK", "2019-02-01", "2019-03-30", "N-1")
    return ann, office.convert(first, "KITAS", "2019-03-20", "2020-12-20", "N-2")


def took_in_a_person(office: "Office", _ann: int, _held: int) -> None:
    relative = family.Relative("CHILD", citizen_name="Made Up", born=date(2019, 1, 1))
    office.person("Bob Invented", passport="X2", sponsor="PT Lain", relatives=[relative])


def extended(office: "Office", _ann: int, held: int) -> None:
    office.extend(held, "2020-09-01", "2021-12-20", "N-3")


def revoked(office: "Office", _ann: int, held: int) -> None:
    office.revoke(held, "2020-09-01")


def corrected(office: "Office", _ann: int, held: int) -> None:
    office.edit(held, expires_on="2020-12-24", number="N-2a")


def corrected_to_the_same(office: "Office", _ann: int, held: int) -> None:
    office.edit(held, expires_on="2020-12-20")


def issued_earlier(office: "Office", _ann: int, held: int) -> None:
    office.edit(held, issued_on="2019-03-10")


def issued_later(office: "Office", _ann: int, held: int) -> None:
    office.edit(held, issued_on="2019-03-29")


def filled_in_the_past(office: "Office", ann: int, _held: int) -> None:
    office.permit(ann, "ITK", "2019-03-05", "2019-04-30", "N-1b")


def moved(office: "Office", ann: int, _held: int) -> None:
    office.move(ann, "19.02.04.2005", "2020-02-29")


def departed_and_returned(office: "Office", ann: int, _held: int) -> None:
    office.depart(ann, "2020-03-01")
    office.return_(ann, None, "2020-06-01")


def removed(office: "Office", ann: int, _held: int) -> None:
    office.remove(ann)


def renewed_the_passport_twice_in_one_change(office: "Office", ann: int, _held: int) -> None:
    with office.change() as change:
        for number in ("X8", "X9"):
            found = passports.NewPassport(number, "AUS", date(2020, 1, 1))
            passports.record(change, office.resident(ann), found, office.today)


def added_and_took_away_again_in_one_change(office: "Office", _ann: int, _held: int) -> None:
    with office.change() as change:
        change.remove("sponsor", change.insert("sponsor", {"name": "PT Sebentar"}))
        change.insert("sponsor", {"name": "PT Tetap"})


def wrote_a_relief(office: "Office", _ann: int, _held: int) -> None:
    row: dict[str, Value] = {
        "code": "NEW", "name": "New", "legal_basis": "Contoh 1", "effective_from": "2020-09-20", "extendable": "any",
        "in_country_only": 0, "supersedes": "ITKT-2020-09", "source_url": "example.invalid", "verified": 0,
    }  # fmt: skip
    with office.change() as change:
        law.add_relief(change, row, ["ITK", "VOA"])


def ended_a_relief(office: "Office", _ann: int, _held: int) -> None:
    with office.change() as change:
        law.end_relief(change, relief_named(office.connection, "ITKT-2020-09"), date(2020, 9, 19))


def wrote_and_ended_a_rule(office: "Office", _ann: int, _held: int) -> None:
    with office.change() as change:
        rule = law.add_rule(change, NewRule("OVERSTAY_LIMIT_DAYS", "", 30, None, None, "Contoh", "s", verified=False))
    with office.change() as change:
        law.end_rule(change, rule, date(2030, 1, 1))


def wrote_and_renamed_a_holiday(office: "Office", _ann: int, _held: int) -> None:
    for name in ("Libur", "Cuti bersama"):
        with office.change() as change:
            law.add_holiday(change, date(2020, 9, 18), name, None)


def set_a_setting(office: "Office", _ann: int, _held: int) -> None:
    with office.change() as change:
        change.update("setting", "default_window", {"value": "60d"})


def added_a_village(office: "Office", _ann: int, _held: int) -> None:
    with office.change() as change:
        regions.add(change, "19.02.01.2099", "Contoh", "village")


def imported(office: "Office", _ann: int, _held: int, *, folder: Path, what: str) -> None:
    path = folder / f"{what}.csv"
    path.write_text(SHEET if what == "people" else REGIONS, encoding="utf-8")
    if what == "people":
        outcome = run(office.connection, path, office.author, office.today)
        assert (outcome.new, outcome.renewed, outcome.rejected) == (2, 1, 1)
        return
    with office.change() as change:
        assert sum(regions.load(change, regions.read_regions(path), ours=False).values()) == 4


KINDS: tuple[Callable[["Office", int, int], None], ...] = (
    took_in_a_person, extended, revoked, corrected, corrected_to_the_same, issued_earlier, issued_later,
    filled_in_the_past, moved, departed_and_returned, removed, renewed_the_passport_twice_in_one_change,
    added_and_took_away_again_in_one_change, wrote_a_relief, ended_a_relief, wrote_and_ended_a_rule,
    wrote_and_renamed_a_holiday, set_a_setting, added_a_village,
)  # fmt: skip


def holds_and_can_be_undone_and_done_again(office: "Office", before: str) -> None:
    assert first_break(office.connection) is None
    heads = {before, head(office)}
    for _time in range(2):
        with office.change() as change:
            undo(change, change_made(office.connection, last_number(office.connection) - 1))
        assert first_break(office.connection) is None
        heads.add(head(office))
    assert len(heads) == 4


@pytest.mark.slow
@pytest.mark.one_in(10)
@pytest.mark.parametrize("happens", KINDS, ids=lambda happens: happens.__name__)
def test_what_a_change_seals_is_what_a_pass_over_the_whole_register_finds(
    office: "Office", happens: Callable[["Office", int, int], None]
) -> None:
    chain = a_chain(office)
    before = head(office)
    happens(office, *chain)
    holds_and_can_be_undone_and_done_again(office, before)


@pytest.mark.slow
@pytest.mark.parametrize("what", ["people", "regions"])
def test_a_whole_import_is_sealed_with_its_rejected_rows_left_out(office: "Office", tmp_path: Path, what: str) -> None:
    chain = a_chain(office)
    before = head(office)
    partial(imported, folder=tmp_path, what=what)(office, *chain)
    holds_and_can_be_undone_and_done_again(office, before)


# What a digest holds, and what it does not ---------------------------------------------------------------------------


@pytest.mark.slow
def test_the_order_in_which_rows_lie_says_nothing(office: "Office") -> None:
    a_chain(office)
    office.remove(office.person("Bob Invented", passport="X2"))
    before = all_sums(office.connection)
    for table in versioned_tables(office.connection):
        rows = office.connection.execute(f"SELECT * FROM {table.versions} ORDER BY rowid DESC").fetchall()
        office.connection.execute(f"DELETE FROM {table.versions}")
        for row in rows:
            office.connection.execute(f"INSERT INTO {table.versions} VALUES ({', '.join('?' * len(row))})", row)
    assert all_sums(office.connection) == before
    office.connection.execute("VACUUM")
    assert first_break(office.connection) is None


def test_a_copy_of_the_register_has_the_same_history(office: "Office", tmp_path: Path) -> None:
    a_chain(office)
    with closing(sqlite3.connect(office.written_to(tmp_path / "copy.db"))) as copy:
        assert first_break(copy) is None
        assert copy.execute(HEAD).fetchone() == (head(office),)


def test_the_same_content_written_at_another_moment_has_another_digest(office: "Office") -> None:
    office.person("Ann Invented")
    (said,) = office.rows("SELECT id, at, officer, host, command, reason FROM change WHERE id = 2")
    sums = all_sums(office.connection)[2]
    digest = chained("before", said, "reference", sums)
    assert chained("before", (said[0], "2020-01-01T00:00:00.000Z", *said[2:]), "reference", sums) != digest
    assert chained(None, said, "reference", sums) != digest
    assert chained("before", said, "another", sums) != digest
    assert chained("before", said, "reference", Sums(sums.written, sums.ended, sums.rows + 1)) != digest
    assert chained("before", said, "reference", Sums(sums.ended, sums.written, sums.rows)) != digest


def test_a_number_and_its_text_are_two_things(office: "Office") -> None:
    holiday = next(table for table in versioned_tables(office.connection) if table.name == "holiday")
    contents = [
        office.rows(
            f"SELECT {holiday.content} FROM (SELECT '2020-01-01' AS day, {name}, NULL AS source, 5 AS change_id)"
        )
        for name in ("'1' AS name", "1 AS name", "'1' AS name, '' AS source")
    ]
    sums = [Sums() for _content in contents]
    for one, ((content,),) in zip(sums, contents, strict=True):
        one.write(content)
    assert len({one.written for one in sums}) == 3


@pytest.mark.slow
def test_a_column_that_comes_later_and_is_empty_leaves_old_digests_as_they_are(office: "Office") -> None:
    a_chain(office)
    office.connection.execute("ALTER TABLE permit ADD COLUMN made_up TEXT")
    office.connection.execute("ALTER TABLE permit_version RENAME TO kept_rows")
    office.connection.execute("CREATE TABLE permit_version AS SELECT *, NULL AS made_up FROM kept_rows")
    assert first_break(office.connection) is None


# The reference tables, which have no versions ------------------------------------------------------------------------


@pytest.mark.parametrize("table", REFERENCE)
def test_every_reference_table_is_in_its_digest(office: "Office", table: str) -> None:
    before = reference_digest(office.connection)
    column = office.rows("SELECT name FROM pragma_table_info(?) WHERE type = 'TEXT' ORDER BY cid DESC", table)[0][0]
    office.connection.execute("PRAGMA foreign_keys = OFF")
    with_break = f"UPDATE {table} SET {column} = {column} || ' ' WHERE rowid = (SELECT max(rowid) FROM {table})"
    office.connection.execute(with_break)
    assert reference_digest(office.connection) != before


def test_a_change_does_not_vouch_for_what_was_altered_before_it(office: "Office", register: "RegisterMaker") -> None:
    path = register()
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE country SET name_en = 'Elsewhere' WHERE code = 'AUS'")
        other.commit()
    with writing(path) as connection:
        office = replace(office, connection=connection)
        office.person("Ann Invented")
        with office.change() as change:
            regions.add(change, "19.02.01.2099", "Contoh", "village")
        stored = {digest for (digest,) in office.rows("SELECT reference_digest FROM change")}
        assert len(stored) == 1
        assert reference_digest(connection) not in stored
        connection.execute("UPDATE country SET name_en = 'Australia' WHERE code = 'AUS'")
        assert {reference_digest(connection)} == stored


def test_a_change_of_our_own_to_the_regencies_is_vouched_for(office: "Office") -> None:
    with office.change() as change:
        regions.load(change, [regions.Region("17", "Rekaan"), regions.Region("17.01", "Rekaan")], ours=False)
    ((stored,),) = office.rows("SELECT reference_digest FROM change WHERE id = 2")
    assert stored == reference_digest(office.connection)
    office.person("Ann Invented")
    assert office.rows("SELECT DISTINCT reference_digest FROM change WHERE id > 1") == [(stored,)]


def test_finding_the_last_moment_does_not_read_the_whole_log(office: "Office") -> None:
    from timpora_cli.store.clock import LAST_CHANGE

    plan = " ".join(str(row[-1]) for row in office.rows(f"EXPLAIN QUERY PLAN {LAST_CHANGE}"))
    assert "TEMP B-TREE" not in plan
    assert "LIMIT 1" in LAST_CHANGE


# Held in place of a benchmark: the digest of a correction reads what the correction wrote, at any size.
def test_sealing_a_correction_never_scans_the_people(office: "Office") -> None:
    _ann, held = a_chain(office)
    asked: list[str] = []
    with office.change() as change:
        corrections.edit(change, office.permit_of_id(held), {"office": "Contoh"}, office.today)
        office.connection.set_trace_callback(asked.append)
    office.connection.set_trace_callback(None)
    reads = [query for query in asked if query.startswith("SELECT") and " FROM permit" in query]
    assert reads
    for query in reads:
        plan = " ".join(str(row[-1]) for row in office.rows(f"EXPLAIN QUERY PLAN {query}"))
        assert "SCAN permit" not in plan.replace("SCAN permit_class", "").replace("SCAN permit_group", "")
