"""The fine of an overstay as the sum that it is: days, rate and legal basis of each term."""

from collections.abc import Iterator

from timpora_cli.language import _, n_
from timpora_cli.model.dates import in_words
from timpora_cli.model.rules import FineTerm, Standing
from timpora_cli.render.answer import Column, Kind, Table
from timpora_cli.render.text import money

TERMS: Table[FineTerm] = Table(
    (
        Column("from", "From", lambda term: term.since, Kind.DATE, always=True),
        Column("until", "Until", lambda term: term.until, Kind.DATE, always=True),
        Column("days", "Days", lambda term: term.days, Kind.NUMBER, always=True),
        Column("rate", "Rupiah a day", lambda term: term.rate, Kind.MONEY, empty="no rate"),
        Column("amount", "Together", lambda term: term.amount, Kind.MONEY),
        Column("legal_basis", "Legal basis", lambda term: term.basis or None),
    )
)


def sentences(standing: Standing) -> Iterator[str]:
    """Yield the sentences that let a person work the fine of an overstay out again; none where there is none."""
    terms = standing.fine_terms
    for term in terms:
        yield _term(term)
    if len(terms) > 1 and standing.fine is not None:
        yield _("Together {fine}.").format(fine=money(standing.fine))
    if len({term.rate for term in terms}) > 1:
        yield _(
            "The rate changed during the overstay. Here each day has its own rate; whether the law means that, or the "
            "rate of the day of payment for all days, was not found."
        )
    if standing.over_limit is not None:
        yield _("That is over {days} days: the decision is the officer's.").format(days=standing.over_limit)
    elif standing.fine is not None:
        yield _(
            "It may be Rp0 in the cases of PP 45/2024 art 7(1): treated mental illness, force majeure, unable to pay, "
            "under deportation, law enforcement, court. The officer decides; the program only computes."
        )


def _term(term: FineTerm) -> str:
    days = n_("{days} day", "{days} days", term.days).format(days=term.days)
    span = in_words(term.since) if term.days == 1 else f"{in_words(term.since)} - {in_words(term.until)}"
    if term.rate is None or term.amount is None:
        return _("Fine: {days} ({span}) for which no rate is on record.").format(days=days, span=span)
    said = _("Fine: {days} ({span}) x {rate} = {amount}, by {basis}.")
    rate, amount = money(term.rate), money(term.amount)
    return said.format(days=days, span=span, rate=rate, amount=amount, basis=term.basis)
