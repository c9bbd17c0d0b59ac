"""A page of the manual on a terminal: wrapped to its width, with headings, lists, tables and code kept."""

import io

import pytest

from timpora_cli import manual
from timpora_cli.render.formats.manual import wrapped, write

PAGE = """\
# days: how a day is written

A paragraph of a few words that does not fit in a line of the terminal.

- an item that is longer than the line of the terminal is;
- another
1. first, and then some more words that do not fit

| written | means |
|---------|-------|
| today   | 17 September 2020 |

<!-- file: people.csv -->
```csv
Name,Nationality,Passport,Village,District
```
## A heading
The end.
"""


def test_a_page_is_wrapped_to_the_width_and_keeps_its_parts() -> None:
    assert wrapped(PAGE, 40) == (
        "days: how a day is written\n"
        "==========================\n"
        "\n"
        "A paragraph of a few words that does not\n"
        "fit in a line of the terminal.\n"
        "\n"
        "- an item that is longer than the line\n"
        "  of the terminal is;\n"
        "- another\n"
        "1. first, and then some more words that\n"
        "   do not fit\n"
        "\n"
        "| written | means |\n"
        "|---------|-------|\n"
        "| today   | 17 September 2020 |\n"
        "\n"
        "  Name,Nationality,Passport,Village,District\n"
        "A heading\n"
        "---------\n"
        "The end.\n"
    )


def test_away_from_a_terminal_a_page_is_as_it_is_written() -> None:
    stream = io.StringIO()
    write(PAGE, None, stream)
    assert stream.getvalue() == PAGE


def words_of(text: str) -> list[str]:
    """The words of a text, without marks and underlines of headings."""
    return [word for word in text.split() if set(word) - set("#=-")]


@pytest.mark.one_in(5)
@pytest.mark.parametrize("topic", manual.TOPICS)
@pytest.mark.parametrize("width", [30, 80, 120])
def test_wrapping_loses_no_word_of_the_manual(topic: str, width: int) -> None:
    text = [line for line in manual.page(topic).splitlines() if not line.startswith(("<!--", "```"))]
    assert words_of(wrapped(manual.page(topic), width)) == words_of("\n".join(text))


@pytest.mark.parametrize("topic", manual.TOPICS)
def test_tables_of_the_manual_fit_a_terminal_of_80_columns(topic: str) -> None:
    assert [line for line in manual.page(topic).splitlines() if line.startswith("|") and len(line) > 80] == []
