"""The people of a briefing: whose permit ends, who overstays, and who has to do what; as the audience may see them."""

from collections.abc import Iterator
from datetime import date

from timpora_cli.model.people import Person
from timpora_cli.model.rules import Standing
from timpora_cli.model.supervision.briefing import Brief, Fact
from timpora_cli.model.supervision.duties import ABG_CHOICE, ABG_STATEMENT, BIRTH, Duty
from timpora_cli.render.pages.blocks import Block, Grid, Items, Paragraph
from timpora_cli.render.pages.words import long_day, word
from timpora_cli.render.text import money

FROM_A_BIRTH = (BIRTH, ABG_CHOICE, ABG_STATEMENT)
"""The duties whose days are counted from a day of birth."""


def expiries(made: Brief) -> Iterator[Block]:
    """Yield the list of whose permit ends by the last day of the window, with the day to act by."""
    if not made.expiries:
        yield Paragraph(word("no_expiries", until=long_day(made.until)))
        return
    rows = []
    for person in made.expiries:
        if person.permit is not None:
            standing = person.permit.standing
            days = (_day(person.permit.effective_until), _day(standing.act_by))
            rows.append((*days, word(standing.state.value), *_person(made, person)))
    headings = (word("until"), word("act_by"), word("state"), *_headings(made))
    yield Grid(headings, tuple(rows), whole=(0, 1, 4))
    yield Paragraph(word("act_by_says"))


def overstays(made: Brief) -> Iterator[Block]:
    """Yield the list of who overstays, with the days, and the fine where the audience sees it."""
    if not made.overstays:
        yield Paragraph(word("no_overstays"))
        return
    sees_fine = made.sees(Fact.MONEY)
    rows = []
    for person in made.overstays:
        if person.permit is not None:
            standing = person.permit.standing
            fine = (made.shown(Fact.MONEY, _fine(standing)),) if sees_fine else ()
            days = (_day(person.permit.effective_until), str(standing.overstay_days))
            rows.append((*days, *fine, *_person(made, person)))
    fine_heading = (word("fine"),) if sees_fine else ()
    headings = (word("until"), word("days"), *fine_heading, *_headings(made))
    whole = (0, 2, 4) if sees_fine else (0, 3)
    yield Grid(headings, tuple(rows), numbers=(1, 2) if sees_fine else (1,), whole=whole)
    if sees_fine:
        yield Paragraph(word("fine_says"))


def duties(made: Brief) -> Iterator[Block]:
    """Yield the list of who has to do what by which day, and below it what each kind rests on."""
    if not made.duties:
        yield Paragraph(word("no_duties", until=long_day(made.until)))
        return
    rows = [
        (
            *_days(made, duty),
            word(duty.kind.code),
            _whose(made, duty),
            _home(duty.person),
        )
        for duty in made.duties
    ]
    headings = ("by_day", "act_by", "fact_day", "duty", "name", "place_of_home")
    yield Grid(tuple(map(word, headings)), tuple(rows), whole=(0, 1, 2))
    rests = dict.fromkeys(f"{word(duty.kind.code)}: {duty.basis}" for duty in made.duties)
    yield Items(tuple(rests), heading=word("duty_basis"))


def _days(made: Brief, duty: Duty) -> tuple[str, str, str]:
    """Return the day of a duty, the day to act by, and the day that it is counted from."""
    if duty.kind in FROM_A_BIRTH and not made.sees(Fact.BIRTH_DAY):
        return word("at_office"), "", ""
    if duty.due_on is None:
        return word("none"), word("none"), _day(duty.fact_on)
    return _day(duty.due_on), _day(duty.act_by), _day(duty.fact_on)


def _whose(made: Brief, duty: Duty) -> str:
    name, relative = made.shown(Fact.NAME, duty.person.name), made.shown(Fact.RELATIVE, duty.about)
    return word("about", name=name, relative=relative) if relative else name


def _headings(made: Brief) -> tuple[str, str, str]:
    sees_numbers = made.sees(Fact.PASSPORT) or made.sees(Fact.PERMIT_NUMBER)
    return word("name"), word("permit_numbers") if sees_numbers else word("permit"), word("place_of_home")


def _person(made: Brief, person: Person) -> tuple[str, str, str]:
    """Return who somebody is, the permit with the numbers that the audience sees, and where the person lives."""
    name = f"{made.shown(Fact.NAME, person.name)} ({person.nationality})"
    permit = person.permit
    class_code, number = (permit.class_code, permit.number) if permit else (None, None)
    numbers = (made.shown(Fact.PERMIT_NUMBER, number), made.shown(Fact.PASSPORT, person.passport))
    return name, " ".join(filter(None, (class_code, *numbers))), _home(person)


def _home(person: Person) -> str:
    return ", ".join(filter(None, (person.place.village, person.place.district))) or word("not_known")


def _fine(standing: Standing) -> str:
    if standing.over_limit is not None:
        return word("over", days=standing.over_limit)
    return word("not_known") if standing.fine is None else money(standing.fine)


def _day(known: date | None) -> str:
    return word("not_known") if known is None else known.isoformat()
