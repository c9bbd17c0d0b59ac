"""The values that stand behind TAB for cases, inspections and meetings, out of the register (see values.py)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

from timpora_cli.cli.completion.values import Choices, day_on_the_line, of_terms, recorded

if TYPE_CHECKING:
    import sqlite3

    from timpora_cli.queries.offers import Offer


def inspections(ctx: typer.Context) -> Choices:
    """Offer the inspections on record, by id, the latest first."""
    from timpora_cli.queries import offers

    return recorded(ctx, offers.inspections)


def cases(ctx: typer.Context) -> Choices:
    """Offer the cases by number: open ones, then closed ones."""
    from timpora_cli.queries import offers

    return recorded(ctx, lambda connection: offers.cases(connection, day_on_the_line(ctx)))


def case_kinds(ctx: typer.Context) -> Choices:
    """Offer the kinds of cases."""
    from timpora_cli.queries import offers

    return recorded(ctx, offers.case_kinds)


def case_states(ctx: typer.Context) -> Choices:
    """Offer the states of a case."""
    from timpora_cli.queries import offers

    return recorded(ctx, offers.case_states)


def case_closings(ctx: typer.Context) -> Choices:
    """Offer the states in which a case is closed, but for that of a case which is the same as another."""
    from timpora_cli.queries import offers

    return recorded(ctx, offers.case_closings)


def case_steps(ctx: typer.Context) -> Choices:
    """Offer what may follow in the case that stands on the line: states, then the steps that are not settled."""
    from timpora_cli.queries import offers

    return recorded(
        ctx,
        lambda connection: offers.case_steps(connection, str(ctx.params.get("reference") or ""), day_on_the_line(ctx)),
    )


def procedure_steps(ctx: typer.Context) -> Choices:
    """Offer the steps of all kinds of cases."""
    from timpora_cli.queries import offers

    return recorded(ctx, lambda connection: offers.procedure_steps(connection, day_on_the_line(ctx)))


def meetings(ctx: typer.Context) -> Choices:
    """Offer the meetings, found by id, day or theme; what is put in is the id."""
    from timpora_cli.queries import offers

    return recorded(ctx, offers.meetings)


def institutions(ctx: typer.Context) -> Choices:
    """Offer the institutions that are invited to the meeting on the line; if none fits, to any meeting."""
    from timpora_cli.queries import offers
    from timpora_cli.queries.supervision.meetings import meeting_named

    def here(connection: "sqlite3.Connection") -> "Iterable[Offer]":
        named = str(ctx.params.get("reference") or "")
        return offers.institutions(connection, meeting_named(connection, named).id) if named else ()

    return recorded(ctx, here, offers.institutions)


def decisions(ctx: typer.Context) -> Choices:
    """Offer the decisions that have not ended; what is put in is the id."""
    from timpora_cli.queries import offers

    return recorded(ctx, offers.decisions)


def levels(ctx: typer.Context) -> Choices:
    """Offer the levels of a meeting."""
    from timpora_cli.model.terms import LEVELS

    return of_terms(ctx, LEVELS)
