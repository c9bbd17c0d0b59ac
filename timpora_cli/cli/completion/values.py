"""The values that stand behind TAB: what an option or an argument can be, out of the register or of our own terms.

Each function here is an `autocompletion=`. It answers with what fits the word at the cursor, and only reads the
register; a failure is not caught here, and then the shell is offered nothing (cli/completion/cursor.py).
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

import typer

from timpora_cli.cli.frame.base import Leading, Single
from timpora_cli.model.names import fold_name, fold_place

if TYPE_CHECKING:
    import sqlite3

    from timpora_cli.model.terms import Term
    from timpora_cli.queries.offers import Offer

Choices = list[tuple[str, str]]

MOST = 200
TYPED = "timpora_cli.cli.completion.values.typed"
CHOSEN = "timpora_cli.cli.completion.values.chosen"


def fitting(ctx: typer.Context, offers: "Iterable[Offer]", fold: Callable[[str], str] = fold_name) -> Choices:
    """Return, with what is said beside each, the values that begin as the word typed does.

    If there are none, those for which another word begins so; or else those that hold it. At most MOST. Two spellings
    are compared as `fold` writes them.
    """
    ctx.meta[CHOSEN] = True
    typed = _typed(ctx)
    wanted = fold(typed)
    found: tuple[dict[str, str], ...] = ({}, {}, {})
    for offer in offers if wanted or not typed.strip() else ():
        value, *words = (fold(word) for word in (offer.value, *offer.words))
        begins = value.startswith(wanted), any(word.startswith(wanted) for word in words)
        if any(begins) or any(wanted in word for word in (value, *words)):
            found[(*begins, True).index(True)].setdefault(offer.value, offer.says)
        if len(found[0]) == MOST:
            break
    return list(next((each for each in found if each), {}).items())[:MOST]


def districts(ctx: typer.Context) -> Choices:
    """Offer the office's own districts; if none fits, any."""
    from timpora_cli.queries import offers

    def elsewhere(connection: "sqlite3.Connection") -> "Iterable[Offer]":
        return offers.districts_elsewhere(connection, fold_place(_typed(ctx)))

    def ours(connection: "sqlite3.Connection") -> "Iterable[Offer]":
        return offers.districts(connection, day_on_the_line(ctx))

    return recorded(ctx, ours, elsewhere, fold=fold_place)


def villages(ctx: typer.Context) -> Choices:
    """Offer the villages of the districts that stand on the line; without any, the office's own; if none fits, any."""
    from timpora_cli.queries import offers
    from timpora_cli.queries.places import district_named

    given = ctx.params.get("district") or []
    named = [given] if isinstance(given, str) else list(given)

    def within(connection: "sqlite3.Connection") -> "Iterable[Offer]":
        for name in named:
            on = day_on_the_line(ctx)
            yield from offers.villages_within(connection, district_named(connection, name, on).code, on)

    def elsewhere(connection: "sqlite3.Connection") -> "Iterable[Offer]":
        return offers.villages_elsewhere(connection, fold_place(_typed(ctx)))

    if named:
        return recorded(ctx, within, fold=fold_place)

    def ours(connection: "sqlite3.Connection") -> "Iterable[Offer]":
        return offers.villages(connection, day_on_the_line(ctx))

    return recorded(ctx, ours, elsewhere, fold=fold_place)


def nationalities(ctx: typer.Context) -> Choices:
    """Offer countries, by name."""
    from timpora_cli.queries import offers

    return recorded(ctx, offers.countries)


def sponsors(ctx: typer.Context) -> Choices:
    """Offer the sponsors on record."""
    from timpora_cli.queries import offers

    return recorded(ctx, offers.sponsors)


def names(ctx: typer.Context) -> Choices:
    """Offer the names of the residents on record."""
    from timpora_cli.queries import offers

    return recorded(ctx, offers.names)


def residents(ctx: typer.Context) -> Choices:
    """Offer residents, found by id or name; what is put in is the id."""
    from timpora_cli.queries import offers

    return recorded(ctx, offers.residents)


def permits(ctx: typer.Context) -> Choices:
    """Offer permits, found by id, number or the holder's name; what is put in is the id."""
    from timpora_cli.queries import offers

    return recorded(ctx, offers.permits)


def matters(ctx: typer.Context) -> Choices:
    """Offer what an inspection compares with the register, behind what is typed already."""
    from timpora_cli.model.supervision.inspections import MATTERS

    before, comma, _begun = _typed(ctx).rpartition(",")
    return [(before + comma + matter, "") for matter in (*MATTERS, *([] if before else ["all"]))]


def reliefs(ctx: typer.Context) -> Choices:
    """Offer the reliefs on record, by code."""
    from timpora_cli.queries import offers

    return recorded(ctx, offers.reliefs)


def rules(ctx: typer.Context) -> Choices:
    """Offer the rules on record, by id."""
    from timpora_cli.queries import offers

    return recorded(ctx, offers.rules)


def changes(ctx: typer.Context) -> Choices:
    """Offer the latest changes, by number."""
    from timpora_cli.queries import offers

    return recorded(ctx, lambda connection: offers.changes(connection, MOST))


def findings(ctx: typer.Context) -> Choices:
    """Offer what `timpora check` finds, by key."""
    from timpora_cli.queries import offers

    return recorded(ctx, offers.findings)


def classes(ctx: typer.Context) -> Choices:
    """Offer the classes of permits."""
    from timpora_cli.model.terms import CLASSES

    return of_terms(ctx, [kind.term for kind in CLASSES])


def groups(ctx: typer.Context) -> Choices:
    """Offer the groups that permits are counted in."""
    from timpora_cli.model.terms import GROUPS

    return of_terms(ctx, GROUPS)


def purposes(ctx: typer.Context) -> Choices:
    """Offer the purposes of stay."""
    from timpora_cli.model.terms import PURPOSES

    return of_terms(ctx, PURPOSES)


def sponsor_kinds(ctx: typer.Context) -> Choices:
    """Offer the kinds of sponsor."""
    from timpora_cli.model.terms import SPONSOR_KINDS

    return of_terms(ctx, SPONSOR_KINDS)


def departures(ctx: typer.Context) -> Choices:
    """Offer the ways to leave for good."""
    from timpora_cli.model.terms import DEPARTURES

    return of_terms(ctx, DEPARTURES)


def columns(ctx: typer.Context) -> Choices:
    """Offer the columns of the list that the line asks for, behind those that are typed already."""
    from timpora_cli.render.answer import Table
    from timpora_cli.render.text import sentence

    answer = ctx.command.answer(ctx.params) if isinstance(ctx.command, Leading | Single) else None
    before, comma, _begun = _typed(ctx).rpartition(",")
    known = answer.columns if isinstance(answer, Table) else ()
    return [(before + comma + column.key, sentence(column.heading)) for column in known if not column.people_only]


def sort_keys(ctx: typer.Context) -> Choices:
    """Offer the columns to sort by, with a dash before each where one is typed."""
    dash = "-" if _typed(ctx).rpartition(",")[2].startswith("-") else ""
    return [
        (f"{before}{comma}{dash}{key}", says)
        for value, says in columns(ctx)
        for before, comma, key in [value.rpartition(",")]
    ]


def states() -> list[str]:
    """Offer the states of a permit."""
    from timpora_cli.model.rules import State

    return [state.value for state in State]


def _typed(ctx: typer.Context) -> str:
    return str(ctx.meta.get(TYPED, ""))


def recorded(
    ctx: typer.Context,
    *questions: "Callable[[sqlite3.Connection], Iterable[Offer]]",
    fold: Callable[[str], str] = fold_name,
) -> Choices:
    """Return what fits of the first of the `questions` to the register of which anything fits."""
    from timpora_cli.cli.frame.register import path_of
    from timpora_cli.store import connect

    with connect.reading(path_of(ctx)) as connection:
        return next((found for question in questions if (found := fitting(ctx, question(connection), fold))), [])


def day_on_the_line(ctx: typer.Context) -> date:
    """Return the day of --as-of where it is written in digits; else the last, for which no clock is asked."""
    from timpora_cli.cli.frame.options import globals_of
    from timpora_cli.model.dates import is_exact, parse_date

    typed = globals_of(ctx).as_of
    return parse_date(typed, date.min) if typed and is_exact(typed) else date.max


def of_terms(ctx: typer.Context, terms: "Iterable[Term]") -> Choices:
    """Return what fits of some terms."""
    from timpora_cli.queries.offers import Offer

    return fitting(ctx, [Offer(term.code, term.name, (term.name_id, term.name_en, *term.words)) for term in terms])
