"""The words that people write for classes, groups, purposes and the rest, and what an unknown one is answered."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import pytest

from timpora_cli import language
from timpora_cli.errors import WrongUsage
from timpora_cli.model.rules import State
from timpora_cli.model.terms import (
    CLASSES,
    DEPARTURES,
    GROUPS,
    PURPOSES,
    SPONSOR_KINDS,
    Term,
    UnknownSex,
    UnknownTerm,
    class_code,
    departure_code,
    group_code,
    group_of,
    one_of,
    purpose_code,
    sex,
    sponsor_kind,
)

TABLES: list[tuple[Callable[[str], str], Sequence[Term]]] = [
    (class_code, [kind.term for kind in CLASSES]),
    (group_code, GROUPS),
    (purpose_code, PURPOSES),
    (sponsor_kind, SPONSOR_KINDS),
    (departure_code, DEPARTURES),
]


@pytest.fixture
def indonesian() -> Iterator[None]:
    language.choose("id")
    yield
    language.choose("en")


@pytest.mark.parametrize(("find", "terms"), TABLES)
def test_every_word_names_its_term_in_any_letter_case_and_spacing(
    find: Callable[[str], str], terms: Sequence[Term]
) -> None:
    for term in terms:
        for word in (term.code, *term.words):
            assert find(word) == find(word.upper()) == find(word.lower()) == find(f"  {word.title()} ") == term.code
            assert find(word.replace(" ", "_")) == find(word.replace("_", "-")) == term.code


@pytest.mark.parametrize(("find", "terms"), TABLES)
def test_the_names_in_both_languages_are_words_too(find: Callable[[str], str], terms: Sequence[Term]) -> None:
    for term in terms:
        assert find(term.name_id) == find(term.name_en) == term.code


@pytest.mark.parametrize(("find", "terms"), TABLES)
def test_no_word_stands_for_two_terms(find: Callable[[str], str], terms: Sequence[Term]) -> None:
    words = Counter(
        word
        for term in terms
        for word in {each.casefold() for each in (term.code, term.name_id, term.name_en, *term.words)}
    )
    assert [word for word, times in words.items() if times > 1] == []


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("ITAP", "KITAP"), ("izin tinggal tetap", "KITAP"), ("permanent", "KITAP"),
        ("itas", "KITAS"), ("Izin Tinggal Terbatas", "KITAS"), ("Limited", "KITAS"),
        ("peralihan", "PERALIHAN"), ("ITK Peralihan", "PERALIHAN"), ("itk peralihanan", "PERALIHAN"),
        ("Bridging visit permit", "PERALIHAN"), ("BRIDGING", "PERALIHAN"),
        ("izin tinggal kunjungan peralihan", "PERALIHAN"),
        ("kunjungan", "ITK"), ("VISIT", "ITK"), ("voa", "VOA"), ("bvk", "BVK"),
        ("Keadaan Terpaksa", "ITKT"), ("darurat", "ITKT"), ("emergency", "ITKT"),
        ("diplomatik", "DIPLOMATIK"), ("dinas", "DINAS"),
    ],
)  # fmt: skip
def test_a_class_is_named_in_any_of_its_words(word: str, code: str) -> None:
    assert class_code(word) == code


@pytest.mark.parametrize(
    ("code", "group"),
    [
        ("KITAP", "KITAP"), ("KITAS", "KITAS"), ("ITK", "VISIT"), ("PERALIHAN", "VISIT"),
        ("VOA", "VISIT"), ("BVK", "VISIT"),
        ("ITKT", "ITKT"), ("DIPLOMATIK", "OFFICIAL"), ("DINAS", "OFFICIAL"), (None, "NONE"),
    ],
)  # fmt: skip
def test_a_class_is_counted_in_the_column_of_its_group(code: str | None, group: str) -> None:
    assert group_of(code) == group


def test_every_class_lies_in_a_group_that_exists() -> None:
    assert {kind.group for kind in CLASSES} < {group.code for group in GROUPS}


@pytest.mark.parametrize("find", [find for find, _terms in TABLES])
@pytest.mark.parametrize("text", ["", " ", "xyzzy", "KITAS KITAP", "0", "\u0000"])
def test_an_unknown_word_is_wrong_usage_and_lists_what_is_known(find: Callable[[str], str], text: str) -> None:
    with pytest.raises(UnknownTerm) as refused:
        find(text)
    assert refused.value.exit_code == WrongUsage.exit_code == 2
    terms = dict(TABLES)[find]
    assert str(refused.value).endswith("Known: " + ", ".join(term.code for term in terms) + ".")


@pytest.mark.parametrize(
    ("find", "text", "meant"),
    [(class_code, "KITSA", "KITAS"), (purpose_code, "pelajr", "STUDY"), (purpose_code, "familly", "FAMILY")],
)
def test_a_misspelt_word_is_answered_with_the_nearest_code(find: Callable[[str], str], text: str, meant: str) -> None:
    with pytest.raises(UnknownTerm) as refused:
        find(text)
    assert f"{text} is not a known" in str(refused.value)
    assert f"Did you mean {meant}?" in str(refused.value)


def test_one_of_a_few_is_found_in_any_letter_case() -> None:
    assert one_of("overstay", State, "state") == "OVERSTAY"
    assert one_of(" Due ", ["DUE"], "state") == "DUE"
    with pytest.raises(UnknownTerm, match=r"Did you mean RELIEF\?"):
        one_of("releif", State, "state")


def test_a_terms_name_follows_the_language_and_its_code_does_not(indonesian: None) -> None:
    kitas = CLASSES[1].term
    assert (kitas.code, kitas.name) == ("KITAS", "Izin tinggal terbatas")
    language.choose("en")
    assert (kitas.code, kitas.name) == ("KITAS", "Limited stay permit")


@pytest.mark.parametrize(
    "text", ["L", "l", "LK", "Lk.", "Laki-laki", "LAKI LAKI", "laki2", "Pria", "M", "male", " Male "]
)
def test_a_man_is_a_man_however_it_is_written(text: str) -> None:
    assert sex(text) == "M"


@pytest.mark.parametrize("text", ["P", "p", "PR", "Perempuan", "WANITA", "F", "female"])
def test_p_is_perempuan(text: str) -> None:
    assert sex(text) == "F"


@pytest.mark.parametrize("text", ["", "X", "L/P", "Pri", "1"])
def test_an_unknown_sex_is_refused_with_the_known_ones(text: str) -> None:
    with pytest.raises(UnknownSex) as refused:
        sex(text)
    assert str(refused.value) == (
        f'"{text}" is no sex that the register knows.\n'
        "Write L, Lk, Laki-laki, Pria, M or Male; or P, Pr, Perempuan, Wanita, F or Female."
    )
