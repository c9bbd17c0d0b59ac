"""What is left of a name where only initials may be shown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora_cli.model.names import visible
from timpora_cli.render.formats.ics import initials

any_text = st.text(st.characters(exclude_categories=()))
some_letter = st.characters(categories=("Lu", "Ll", "Lt", "Lo")).filter(lambda letter: visible(letter) == letter)
marks = st.text(st.characters(categories=("Mn", "Mc", "Me")), max_size=3)


def letters_of(text: str) -> list[str]:
    return [character for character in text if unicodedata.category(character).startswith("L")]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ann Invented", "A. I."),
        ("ANN", "A."),
        ("  Nur\t binti \n Rekaan ", "N. b. R."),
        ("van der Verzonnen, Piet", "v. d. V. P."),
        ("Jean-Pierre L'Inventé", "J. L."),
        ("'Ali (bin) 2nd -", "A. b. n."),
        ("ʿAlī ʻOkina", "A. O."),
        ("Ælfgifu Ǆorđe", "Æ. Ǆ."),
        ("A\u0301ngel E\u0323\u0302", "A\u0301. E\u0323\u0302."),
        ("क्षितिज", "क्."),
        ("محمد المختلق", "م. ا."),
        ("李小龍", "李."),
        ("\u202eAnn \u200bInvented", "A. I."),
        ("\u3164 Ann", "A."),
        ("ʻ", "ʻ."),
    ],
)
def test_each_word_gives_its_first_letter_as_it_is_written(name: str, shown: str) -> None:
    assert initials(name) == shown


@pytest.mark.parametrize("name", ["", "  ", "12 (3)", "\u3164", "\u0301"])
def test_where_there_is_no_letter_there_is_a_question_mark(name: str) -> None:
    assert initials(name) == "?"


@given(name=any_text)
def test_there_is_one_letter_a_word_at_most_and_something_for_every_name(name: str) -> None:
    shown = initials(name)
    assert shown
    assert len(letters_of(shown)) <= len(name.split())
    assert set(letters_of(shown)) <= set(letters_of(name))


@given(before=any_text, letter=some_letter, after=any_text)
def test_a_name_with_a_letter_shows_one(before: str, letter: str, after: str) -> None:
    assert letters_of(initials(before + letter + after))


@given(words=st.lists(st.tuples(some_letter, marks, some_letter, marks), min_size=1, max_size=4))
def test_marks_stay_with_their_letter_and_nothing_else_of_the_word_does(words: list[tuple[str, str, str, str]]) -> None:
    name = " ".join("".join(word) for word in words)
    assert initials(name) == " ".join(f"{letter}{its_marks}." for letter, its_marks, _rest, _more in words)
