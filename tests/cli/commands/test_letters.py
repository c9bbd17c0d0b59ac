"""Reminders to sponsors: who gets one, what stands in it, that nobody is reminded twice, and that files are safe."""

import errno
import json
import os
import sqlite3
import string
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from timpora_cli.files import move_where_nothing_stands, sync
from timpora_cli.model.supervision.letters import KINDS, SPONSOR, Addressee, Letter, LetterPage
from timpora_cli.render.pages import letter as pages
from timpora_cli.render.pages.letter import letter
from timpora_cli.render.pages.letter_words import WORDS
from timpora_cli.render.pages.plain import lines
from timpora_cli.store import change as changing
from timpora_cli.store.connect import WriteFailed

if TYPE_CHECKING:
    from tests.cli.conftest import Golden, Timpora

BEFORE = ("letters", "--before", "2020-09-21")
NOBODY = "2 people have nobody to write to: Bluey McNowhere (42), Siti Khayalan binti Rekaan (46)"
HINT = f"{NOBODY}. Record a sponsor with: timpora resident edit RESIDENT --sponsor NAME\n"
ALL = f"9 letters for 11 people in {{folder}}; {NOBODY}.\n"
HOSTILE = "../../<script>alert('1')</script> /etc \x1b[2J\u202e & {{ 7*7 }}"
TIMAH = ("--sponsor", "Timah")
RUN = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "letters"


@pytest.fixture
def run(timpora: "Timpora", folder: Path) -> RUN:
    """Make letters of the example register into the folder of the test, and return the answer."""

    def made(*words: str) -> str:
        given = timpora(*BEFORE, "-o", str(folder), *words)
        assert given.code == 0, given.err
        assert given.err in {"", HINT}
        return given.out.replace(str(folder), "DIR")

    return made


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def count(timpora: "Timpora", table: str) -> int:
    with closing(sqlite3.connect(timpora.db)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


# Who gets a letter ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_there_is_one_letter_for_each_sponsor_and_nobody_is_lost(timpora: "Timpora", folder: Path) -> None:
    given = timpora(*BEFORE, "--output", str(folder))
    assert (given.code, given.out, given.err) == (0, ALL.format(folder=folder), HINT)
    assert len(names(folder)) == 18
    assert names(folder)[:4] == [
        *("001-lembaga-kebumian-rekaan.html", "001-lembaga-kebumian-rekaan.txt"),
        *("002-pt-contoh-timah-rekaan.html", "002-pt-contoh-timah-rekaan.txt"),
    ]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    about = {row["resident_id"] for row in timpora.rows("letters", "list")}
    listed = {row["resident_id"] for row in timpora.rows("expiring", "--before", "2020-09-21")}
    assert about | {"42", "46"} == listed
    assert timpora.changes()[-1][:2] == ("a made-up officer", "letters --before --output")
    assert timpora("verify").code == 0


@pytest.mark.slow
def test_the_indonesian_spouse_is_written_to_where_there_is_no_sponsor(
    timpora: "Timpora", run: RUN, folder: Path
) -> None:
    timpora.answer("resident", "edit", "42", "--spouse", "Melur Contoh", "--married", "2015-01-01")
    timpora.answer("resident", "edit", "46", "--spouse", "Panca Contoh", "--married", "2015-01-01")
    timpora.answer("resident", "edit", "46", "--spouse", "Panca Contoh", "--marriage-ended", "2019-01-01")
    assert run("--name", "Bluey") == "1 letter for 1 person in DIR.\n"
    (row,) = timpora.rows("letters", "list")
    assert (row["addressee"], row["addressee_kind"], row["name"]) == ("Melur Contoh", "SPOUSE", "Bluey McNowhere")
    assert "suami atau istri" in (folder / "001-melur-contoh.html").read_text(encoding="utf-8")
    # A marriage that has ended is no address.
    answer = timpora(*BEFORE, "-o", str(folder), "--name", "Khayalan").out
    assert answer == "No letter was made; 1 person has nobody to write to: Siti Khayalan binti Rekaan (46).\n"


@pytest.mark.slow
def test_a_window_and_filters_choose_the_same_people_as_expiring(timpora: "Timpora") -> None:
    words = ("--within", "3m", "--from", "2020-09-17", "--district", "Tanjungpandan", "--class", "KITAS")
    listed = timpora.rows("expiring", *words)
    given = timpora("letters", *words, "--dry-run", "--format", "json")
    made = json.loads(given.out)
    assert made["people"] + len(made["without_addressee"]) + made["reminded"] == len(listed) > 0
    assert timpora.refused(2, "letters", "--dry-run", "--before", "2020-09-21", "--within", "3m").startswith("--before")
    assert timpora.refused(4, "letters", "--dry-run", "--district", "Tanjungpadan")


# Nobody is reminded twice ---------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_nobody_is_reminded_twice_for_one_end(timpora: "Timpora", run: RUN, folder: Path) -> None:
    assert run(*TIMAH) == "1 letter for 2 people in DIR.\n"
    before = timpora.dump()
    assert run(*TIMAH) == "No letter was made; 2 were reminded before.\n"
    assert timpora.dump() == before
    assert run() == f"8 letters for 9 people in DIR; {NOBODY}; 2 were reminded before.\n"
    assert run() == f"No letter was made; {NOBODY}; 11 were reminded before.\n"
    assert len(names(folder)) == 18
    assert run("--again", *TIMAH) == "1 letter for 2 people in DIR.\n"
    assert names(folder)[-1] == "010-pt-contoh-timah-rekaan.txt"


@pytest.mark.slow
def test_who_has_another_end_is_reminded_again(timpora: "Timpora", run: RUN) -> None:
    run(*TIMAH)
    numbers = {row["name"]: row["permit_number"] for row in timpora.rows("expiring", "--before", "2020-09-21")}
    timpora.at("2020-09-18").answer("permit", "extend", numbers["Jörg Ausgedacht"], "--expires", "2020-10-20")
    in_october = ("letters", "--before", "2020-10-21", *TIMAH, "--dry-run")
    assert timpora.answer(*in_october).splitlines()[0] == "PT Contoh Timah Rekaan: Jörg Ausgedacht (2020-10-20)"
    # A correction moves the end, too.
    timpora.answer("permit", "edit", numbers["Friedlinde Ausgedacht"], "--expires", "2020-09-25")
    assert timpora.answer(*in_october).splitlines()[0] == (
        "PT Contoh Timah Rekaan: Friedlinde Ausgedacht (2020-09-25), Jörg Ausgedacht (2020-10-20)"
    )


@pytest.mark.slow
def test_a_relief_that_moves_the_end_makes_a_letter_due_again(timpora: "Timpora", run: RUN) -> None:
    assert run("--name", "Nada").startswith("1 letter")
    relief = ("--name", "Rekaan", "--basis", "b", "--source", "s", "--class", "ITK", "--from", "2020-09-10")
    timpora.answer("relief", "add", "REKAAN", *relief, "--until", "2020-10-05", "--expired-from", "2020-01-01")
    again = timpora.answer("letters", "--before", "2020-11-01", "--name", "Nada", "--dry-run")
    assert again.splitlines()[0] == "CV Biro Jasa Rekaan: Íñigo de la Nada (2020-10-05)"
    timpora.answer("undo", "--yes")
    assert run("--name", "Nada") == "No letter was made; 1 was reminded before.\n"


@pytest.mark.slow
def test_undo_makes_the_letters_due_again_and_redo_does_not(timpora: "Timpora", run: RUN, folder: Path) -> None:
    first = run()
    timpora.answer("undo", "--yes")
    assert timpora.answer("letters", "list") == ""
    dry = timpora(*BEFORE, "--dry-run").out.splitlines()
    assert dry[-2] == f"9 letters for 11 people would be made; {NOBODY}."
    timpora.answer("redo", "--yes")
    assert run() == f"No letter was made; {NOBODY}; 11 were reminded before.\n"
    timpora.answer("undo", "--yes")
    # A number is not given out again, so new letters never stand in the way of old ones.
    assert run() == first
    assert names(folder)[-1] == "018-pt-tambak-rekaan.txt"
    assert timpora("verify").code == 0


@pytest.mark.slow
def test_a_letter_stands_in_nobodys_way(timpora: "Timpora", run: RUN) -> None:
    run(*TIMAH)
    timpora.answer("resident", "remove", "10", "--yes")
    timpora.answer("sponsor", "merge", "PT Contoh Timah Rekaan", "PT Rekaan Samudra Resor")
    rows = timpora.rows("letters", "list")
    assert [row["addressee"] for row in rows] == ["PT Contoh Timah Rekaan"] * 2
    assert [row["name"] for row in rows] == ["Friedlinde Ausgedacht", ""]
    assert timpora("verify").code == 0


@pytest.mark.slow
def test_a_dry_run_shows_the_letters_and_changes_nothing(timpora: "Timpora", folder: Path) -> None:
    before = timpora.dump()
    assert timpora.answer(*BEFORE, *TIMAH, "--dry-run", "-o", str(folder)) == (
        "PT Contoh Timah Rekaan: Friedlinde Ausgedacht (2020-09-20), Jörg Ausgedacht (2020-09-20)\n"
        "1 letter for 2 people would be made.\n"
        "Nothing was changed: this was a dry run.\n"
    )
    assert timpora.answer(*BEFORE, "--name", "Sommut", "--dry-run").splitlines()[0] == (
        "PT Tambak Rekaan: Sommut Maimeejing (unknown)"
    )
    assert not folder.exists()
    assert timpora.dump() == before


@pytest.mark.slow
def test_the_list_says_what_was_made_for_whom_and_when(timpora: "Timpora", run: RUN) -> None:
    run(*TIMAH)
    timpora.at("2020-09-18")
    run("--name", "Sommut")
    assert timpora.answer("letters", "list") == (
        "Letter  Day         To                      As       Id  About                  Class  Valid until\n"
        "     2  2020-09-18  PT Tambak Rekaan        Sponsor  36  Sommut Maimeejing      KITAS\n"
        "     1  2020-09-17  PT Contoh Timah Rekaan  Sponsor  17  Friedlinde Ausgedacht  KITAS  2020-09-20\n"
        "     1  2020-09-17  PT Contoh Timah Rekaan  Sponsor  10  Jörg Ausgedacht        KITAS  2020-09-20\n"
    )
    assert len(timpora.rows("letters", "list", "--as-of", "2020-09-17")) == 2
    moment = min(row["at"] for row in timpora.rows("history", "--last", "2"))
    assert len(timpora.rows("letters", "list", "--known-at", moment)) == 2
    assert "letter_person" in timpora.answer("history", "36", "--format", "json")


@pytest.mark.slow
def test_the_answer_is_one_object_for_programs(timpora: "Timpora", folder: Path) -> None:
    made = json.loads(timpora(*BEFORE, "--name", "Sommut,Bluey", "-o", str(folder), "--format", "json").out)
    assert made == {
        "change": 3,
        "changed": True,
        "folder": str(folder),
        "people": 1,
        "reminded": 0,
        "letters": [
            {
                "letter_id": 1,
                "addressee": "PT Tambak Rekaan",
                "addressee_kind": "SPONSOR",
                "people": 1,
                "html": "001-pt-tambak-rekaan.html",
                "text": "001-pt-tambak-rekaan.txt",
            }
        ],
        "without_addressee": [{"resident_id": 42, "name": "Bluey McNowhere"}],
    }
    assert all((folder / made["letters"][0][kind]).is_file() for kind in ("html", "text"))


# What stands in a letter ----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_letter_as_a_page_and_as_a_message(timpora: "Timpora", run: RUN, folder: Path, golden: "Golden") -> None:
    timpora.answer("setting", "set", "office_town", "Tanjungpandan")
    timpora.answer("setting", "set", "office_name", "Kantor Imigrasi Contoh")
    timpora.answer("sponsor", "edit", "Lembaga Kebumian Rekaan", "--address", "Jalan Rekaan 7, Tanjungpandan")
    run("--sponsor", "Lembaga Kebumian", "--lang", "en")
    page, message = (
        (folder / f"001-lembaga-kebumian-rekaan.{ending}").read_bytes().decode() for ending in ("html", "txt")
    )
    golden("letter.html", page)
    golden("letter.txt", message)
    assert len(message) < 700
    assert page.index("Dengan hormat,") < page.index('lang="en"') < page.index("By our records")
    for text in ("11 September 2020", "20 September 2020", "18 September 2020", "secepatnya", "as soon as you can"):
        assert text in page


@pytest.mark.slow
def test_the_day_to_come_by_is_the_last_working_day_until_it_has_passed(
    timpora: "Timpora", run: RUN, folder: Path
) -> None:
    run("--name", "Hemi")
    assert "berlaku sampai 20 September 2020, mohon datang paling lambat 18 September 2020." in (
        folder / "001-dayang-rekaan.txt"
    ).read_text(encoding="utf-8")
    timpora.at("2020-09-19")
    run("--name", "Hemi", "--again")
    assert "valid until 20 September 2020, please come soon." in (folder / "002-dayang-rekaan.txt").read_text()
    timpora.at("2020-09-22")
    run("--name", "Hemi", "--again")
    text = (folder / "003-dayang-rekaan.txt").read_text()
    assert "by our records until 20 September 2020, please come soon." in text
    assert "Catatan kami mungkin belum lengkap" in (folder / "003-dayang-rekaan.html").read_text()


@pytest.mark.slow
def test_an_end_that_nobody_knows_is_asked_for(run: RUN, folder: Path) -> None:
    run("--name", "Sommut")
    assert "tanggal akhirnya tidak tercatat" in (folder / "001-pt-tambak-rekaan.txt").read_text()
    page = (folder / "001-pt-tambak-rekaan.html").read_text()
    assert "Where the last day is not recorded, please show us the permit." in page


@pytest.mark.slow
def test_a_letter_has_the_letterhead_of_its_day(timpora: "Timpora", run: RUN, folder: Path) -> None:
    timpora.answer("setting", "set", "letterhead", "KOP LAMA", "--from", "2020-01-01")
    timpora.answer("setting", "set", "letterhead", "KOP BARU", "--from", "2020-09-18")
    run(*TIMAH)
    timpora.at("2020-09-18")
    run(*TIMAH, "--again")
    heads = [path.read_text().partition("<header>")[2].partition("</header>")[0] for path in folder.glob("*.html")]
    assert sorted(head.strip() for head in heads) == ["<p>KOP BARU</p>", "<p>KOP LAMA</p>"]


def test_a_letter_without_remarks_has_no_column_for_them_and_is_plain_text_too() -> None:
    page = LetterPage(Letter(Addressee(SPONSOR, 1, "PT Contoh"), ()), date(2020, 9, 17), ("KOP",), "", "")
    text = "\n".join(lines(letter(page)))
    assert "Keterangan" not in text
    assert "PT Contoh" not in repr(page.letter.addressee)
    assert text.count("-" * 80) == 1


def test_both_languages_have_the_same_words_with_the_same_places() -> None:
    def places(text: str) -> set[str]:
        return {name for _text, name, _spec, _how in string.Formatter().parse(text) if name}

    assert WORDS["id"].keys() - WORDS["en"].keys() == {"subject", "greeting"}
    assert {key for key in WORDS["en"] if places(WORDS["id"][key]) != places(WORDS["en"][key])} == set()


def test_every_word_is_in_a_letter() -> None:
    code = Path(pages.__file__).read_text(encoding="utf-8")
    by_code = {f"intro_{kind}" for kind in KINDS} | {f"short_{key}" for key in ("ends", "soon", "OVERSTAY", "UNKNOWN")}
    states = {"OVERSTAY", "RELIEF", "UNKNOWN"}
    assert {key for key in WORDS["id"] if f'"{key}"' not in code.replace("'", '"')} == by_code | states


# Files are safe -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_hostile_name_stays_a_text_and_does_not_leave_the_folder(
    timpora: "Timpora", run: RUN, folder: Path, tmp_path: Path
) -> None:
    timpora.answer("resident", "edit", "42", "--spouse", HOSTILE)
    timpora.answer("resident", "edit", "46", "--sponsor", "株式会社")
    timpora.answer("sponsor", "edit", "PT Tambak Rekaan", "--name", "CON " + "x" * 150)
    before = set(tmp_path.rglob("*"))
    assert run("--name", "Bluey,Khayalan,Sommut") == "3 letters for 3 people in DIR.\n"
    stems = ["001-script-alert-1-script-etc-x1b-2j-u202e-7", "002-letter", "003-con-" + "x" * 36]
    found = sorted({name.rpartition(".")[0] for name in names(folder)})
    assert [stem[:30] for stem in found] == [stem[:30] for stem in stems]
    assert all(set(name) <= set(string.ascii_lowercase + string.digits + "-.") for name in names(folder))
    made = set(tmp_path.rglob("*")) - before
    assert {path.parent for path in made} == {tmp_path, folder}
    page = (folder / f"{found[0]}.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "{{ 7*7 }}" in page
    for path in folder.iterdir():
        assert not {"\x1b", "\u202e"} & set(path.read_text(encoding="utf-8"))


@pytest.mark.slow
def test_a_file_that_is_there_is_not_written_over_and_nothing_is_recorded(
    timpora: "Timpora", run: RUN, folder: Path
) -> None:
    folder.mkdir()
    there = folder / "002-pt-contoh-timah-rekaan.txt"
    there.write_text("mine")
    before = timpora.dump()
    assert timpora.refused(1, *BEFORE, "-o", str(folder)).startswith(f"{there} is there already")
    assert names(folder) == [there.name]
    assert there.read_text() == "mine"
    assert timpora.dump() == before
    assert run("--force").startswith("9 letters")
    assert there.read_text().startswith("Yth. PT Contoh Timah Rekaan")
    assert len(names(folder)) == 18


@pytest.mark.slow
@pytest.mark.parametrize("step", ["sync", "move_where_nothing_stands"])
def test_where_a_file_cannot_be_written_nothing_is_left(
    timpora: "Timpora", folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = timpora.dump()
    steps: dict[str, Callable[..., None]] = {"sync": sync, "move_where_nothing_stands": move_where_nothing_stands}
    done = steps[step]
    left = iter(range(5))

    def full(*given: object) -> None:
        if next(left, None) is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        done(*given)

    monkeypatch.setattr(f"timpora_cli.render.folder.{step}", full)
    said = timpora.refused(1, *BEFORE, "-o", str(folder / "deep"))
    assert "could not be written: No space left on device. Nothing was left behind." in said
    assert not folder.exists()
    assert timpora.dump() == before


def test_where_nothing_can_be_recorded_no_file_is_left(
    timpora: "Timpora", folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        assert len(names(folder)) == 2  # the files are there, and the last thing that is left is the record
        raise WriteFailed(path=timpora.db, fault="SQLITE_FULL")

    monkeypatch.setattr(changing, "seal", full)
    assert "SQLITE_FULL" in timpora.refused(1, *BEFORE, *TIMAH, "-o", str(folder))
    assert not folder.exists()
    assert count(timpora, "letter") == 0


@pytest.mark.slow
def test_a_folder_that_cannot_be_made_is_refused(timpora: "Timpora", tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file", tmp_path / "file" / "deep"):
        said = timpora.refused(1, *BEFORE, "-o", str(path))
        assert said.startswith(f"{path} ")
    assert count(timpora, "letter") == 0


def test_the_line_names_a_folder_or_is_a_dry_run(timpora: "Timpora", folder: Path) -> None:
    assert timpora.refused(2, *BEFORE).startswith("No folder is named for the letters.")
    assert timpora.refused(2, *BEFORE, "-o", "").startswith("No folder is named for the letters.")
    assert timpora.refused(2, *BEFORE, "--dry-run", "--force").startswith("--force is for the files in --output DIR")
    assert timpora.refused(2, *BEFORE, "-o", str(folder), "--as-of", "2020-09-10").startswith("letters records")
    assert timpora.refused(2, *BEFORE, "list").startswith("--before is for letters alone")
