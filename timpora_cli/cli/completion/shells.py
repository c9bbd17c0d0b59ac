"""How bash, zsh and fish hand over the words before the cursor, and how each takes what may stand there.

A name from the register is data all the way: no shell evaluates, splits or globs it. For bash, which puts in a
candidate as it is, it is quoted here, as the quote that is open at the cursor asks for.
"""

import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from timpora_cli.cli.completion.cursor import Candidate, Offered, offered
from timpora_cli.model.names import fold_name

if TYPE_CHECKING:
    from typer._click.core import Command

VALUES, LISTED, FILES = "values", "listed", "files"
"""The first line of an answer: put in what the candidates share; only list them; complete a file."""

LISTING, LISTING_AT_ONCE, PUTTING_IN_EACH = ("63",), ("33", "64"), ("37", "42")
"""What bash says in COMP_TYPE of the ways to complete; without them it puts in what the candidates share."""

BASH_TOKEN = re.compile(
    r"""
    (?P<blank>[ \t\n]+) | (?P<redirection>&?[<>][<>&|]*) | (?P<control>[|&;()`])
    | '(?P<single>[^']*)'? | \$'(?P<ansi>(?:\\.|[^'\\])*)\\?'? | "(?P<double>(?:\\.|[^"\\])*)\\?"?
    | \\(?P<escaped>.?) | (?P<plain>[^ \t\n|&;()`<>'"\\$]+|\$)
    """,
    re.VERBOSE | re.DOTALL,
)
ESCAPES_WITHIN = {"double": re.compile(r'\\(["$`\\])'), "ansi": re.compile(r"\\(.)", re.DOTALL)}
PLAIN_TO_BASH = re.compile(r"[\w%+,./:=@-]", re.ASCII)
COLUMNS = 80


class Half(NamedTuple):
    """A bash line up to the cursor: the whole words, and the word at the cursor, all unquoted.

    Bash leaves `before`, the first part of that word, as it is, and replaces what follows; `quote` is open there.
    """

    words: tuple[str, ...] = ()
    word: str = ""
    before: str = ""
    quote: str = ""
    into_a_file: bool = False


def answer(shell: str, root: "Command", given: Sequence[str]) -> str:
    """Return what a shell is told when TAB is pressed; `given` is what its script hands over (cli/completion/scripts).

    Nothing, for a shell that is not known. Whatever fails is raised.
    """
    known = {"bash": _bash, "zsh": _zsh, "fish": _fish}
    lines = known[shell](root, given) if shell in known else []
    return "".join(f"{line}\n" for line in lines)


def _bash(root: "Command", given: Sequence[str]) -> list[str]:
    """Answer bash: given are COMP_TYPE, the line up to the cursor, and the end of it that bash will replace.

    Bash has no place for what is said beside a candidate, so it stands within it wherever candidates are only listed.
    """
    how, line, text = given
    half = read_bash(line, text)
    if half is None or not half.words:
        return []
    silent = how not in (*LISTING, *LISTING_AT_ONCE)
    found = Offered(files=True) if half.into_a_file else offered(root, half.words[1:], half.word, silent=silent)
    if found.files:
        return [FILES]
    rests = [(each, _behind(half.before, found.head + each.value)) for each in found.candidates]
    entries = [Candidate(quoted(rest, half.quote), each.says) for each, rest in rests if rest is not None]
    if len(entries) > 1 and how in LISTING:
        return [VALUES, *_table(found.candidates)]
    described = len(entries) > 1 and not silent
    lines = _table(entries) if described else [entry.value for entry in entries]
    # Bash puts in what all candidates share. Where that says less than what was typed, a blank one lets them share
    # nothing, and what was typed stays.
    stays = len(lines) > 1 and how not in PUTTING_IN_EACH and not _goes_on(found, half.word)
    return [VALUES, " ", *lines] if stays else [VALUES, *lines]


def _zsh(root: "Command", given: Sequence[str]) -> list[str]:
    """Answer zsh: given are the words unquoted, the one at the cursor last. Zsh itself quotes what it puts in."""
    *words, word = given
    found = offered(root, words, word)
    behind = " =" if found.head else ""
    if found.files:
        return [FILES + behind]
    values = [each.value.replace("\\", "\\\\").replace(":", "\\:") for each in found.candidates]
    lines = [
        f"{value}:{each.says}" if each.says else value for value, each in zip(values, found.candidates, strict=True)
    ]
    return [(VALUES if _goes_on(found, word) else LISTED) + behind, *lines]


def _fish(root: "Command", given: Sequence[str]) -> list[str]:
    """Answer fish: given are the words unquoted, the one at the cursor last, as it stands. Fish quotes what it puts in.

    It also matches by itself, by the value and by what is said beside it.
    """
    *words, raw = given
    word = re.sub(r"\\(.)|[\"']", r"\1", raw, flags=re.DOTALL)
    found = offered(root, words, word)
    if found.files:
        return [FILES]
    values = [found.head + each.value for each in found.candidates]
    return [VALUES, *(f"{value}\t{each.says}" for value, each in zip(values, found.candidates, strict=True))]


def read_bash(line: str, text: str) -> Half | None:
    """Return what a bash line up to the cursor says; `text` is the end of it that bash will replace.

    None for a line that holds another command. Nothing is expanded: a variable stays as it is written.
    """
    whole, staying = _read(line), _read(line.removesuffix(text))
    if whole is None or staying is None:
        return None
    return whole._replace(before=staying.word, quote=staying.quote)


def _read(line: str) -> Half | None:
    words: list[str] = []
    word: str | None = None
    quote = ""
    into_a_file = False
    for token in BASH_TOKEN.finditer(line):
        kind, content = str(token.lastgroup), token[str(token.lastgroup)]
        quote = token[0] if token[0] in ("'", '"') else ""
        if kind == "control":
            return None
        if kind in ("blank", "redirection"):
            of_a_stream = kind == "redirection" and word is not None and word.isdigit()  # as in 2>
            if word is not None and not into_a_file and not of_a_stream:
                words.append(word)
            into_a_file = kind == "redirection" or (into_a_file and word is None)
            word = None
        else:
            within = ESCAPES_WITHIN.get(kind)
            word = (word or "") + (content if within is None else within.sub(r"\1", content))
    return Half(tuple(words), word or "", quote=quote, into_a_file=into_a_file)


def quoted(text: str, quote: str) -> str:
    """Return `text` as bash reads it behind this open `quote` (or none), and as its history leaves it alone."""
    if quote == "'":
        return text.replace("'", "'\\''")
    if quote == '"':
        return re.sub(r'[\\"$`]', r"\\\g<0>", text).replace("!", "\"'!'\"")
    return "".join(letter if PLAIN_TO_BASH.match(letter) or not letter.isascii() else f"\\{letter}" for letter in text)


def _behind(before: str, value: str) -> str | None:
    """Return what follows in `value` behind the part that stays on the line, or None where it does not begin so."""
    begins = value[: len(before)].casefold() == before.casefold()
    return value[len(before) :] if begins else None


def _goes_on(found: Offered, word: str) -> bool:
    """Return whether what all candidates share goes on from what was typed, so that it can be put in its place."""
    if len(found.candidates) < 2:
        return True
    first, *_between, last = sorted(each.value for each in found.candidates)
    length = next((place for place, letter in enumerate(first) if letter != last[place : place + 1]), len(first))
    return _bare(first[:length]).startswith(_bare(word.removeprefix(found.head)))


def _bare(text: str) -> str:
    return fold_name(text).replace(" ", "")


def _table(candidates: Sequence[Candidate]) -> list[str]:
    """Return each candidate on a line with what is said beside it, in the width of the terminal."""
    columns = os.environ.get("COLUMNS", "")
    width = int(columns) if columns.isascii() and columns.isdigit() else COLUMNS
    longest = max(len(each.value) for each in candidates)
    lines = [f"{each.value:{longest}}  {each.says}" if each.says else each.value for each in candidates]
    return [line if len(line) < width else f"{line[: width - 2]}…" for line in lines]
