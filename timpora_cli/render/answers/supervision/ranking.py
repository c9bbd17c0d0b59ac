"""The districts in the order in which to look, and the sum behind each place."""

from collections.abc import Iterator, Sequence

from timpora_cli.language import _
from timpora_cli.model.dates import in_words
from timpora_cli.model.supervision.ranking import Ranked
from timpora_cli.render.answer import Column, Kind, Table

RANKING: Table[Ranked] = Table(
    (
        Column("rank", "Rank", lambda one: one.place, Kind.NUMBER, always=True, says="those of one score share it"),
        Column("shared", "Tie", lambda one: one.shared, Kind.FLAG, always=True, rank=2),
        Column("district", "District", lambda one: one.terms.name, always=True),
        Column("district_code", "Code", lambda one: one.terms.code, rank=3, always=True),
        Column("residents", "Present", lambda one: one.terms.residents, Kind.NUMBER, always=True),
        Column(
            "change",
            "Change",
            lambda one: one.terms.change,
            Kind.NUMBER,
            says="in people present since the last meeting; none where there was none",
        ),
        Column("overstays", "Overstays", lambda one: one.terms.overstays, Kind.NUMBER, always=True),
        Column("due", "Due", lambda one: one.terms.due, Kind.NUMBER, always=True, says="permits, within 30 days"),
        Column(
            "not_seen",
            "Not seen",
            lambda one: one.terms.not_seen,
            Kind.NUMBER,
            always=True,
            says="people whom nobody saw within the days of the rule",
        ),
        Column("cases", "Cases", lambda one: one.terms.cases, Kind.NUMBER, always=True, says="open ones"),
        Column("score", "Score", lambda one: one.score, Kind.NUMBER, rank=2, always=True, says="the weighted sum"),
    )
)


def reasons(found: Sequence[Ranked]) -> Iterator[str]:
    """Yield in sentences by which weights the districts are ranked, and the sum of each."""
    if not found:
        return
    weighted = found[0].weights
    yield _("Weights (timpora setting set rank_weights): {weights}.").format(
        weights=", ".join(f"{term} x {weight}" for term, weight in weighted.items())
    )
    meeting_on = found[0].meeting_on
    if meeting_on is None:
        yield _("No meeting is on record before this day, so there is no change to count.")
    else:
        yield _("The change is counted since the meeting of {day}.").format(day=in_words(meeting_on))
    for one in found:
        terms = " + ".join(f"{one.terms.value(term)} x {weight}" for term, weight in weighted.items())
        yield _("{place}. {district}: {terms} = {score}.").format(
            place=one.place, district=one.terms.name, terms=terms, score=one.score
        )
