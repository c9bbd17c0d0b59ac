"""What TAB may offer from the register: places, countries, sponsors, people, permits, cases, the law and the log.

Each offer has a value that the commands accept, a text that is shown beside it, and other words that find it.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from timpora_cli.language import _, chosen
from timpora_cli.model.names import fold_number
from timpora_cli.queries.places import LATEST, district_rows, village_rows

DISTRICTS_ELSEWHERE = """
SELECT district.code, district.name, regency.name
FROM district JOIN regency ON regency.code = district.regency_code
WHERE district.ours = 0 AND district.until_on IS NULL AND instr(district.folded, :folded) > 0
ORDER BY district.code
"""
VILLAGES_ELSEWHERE = """
SELECT village.code, village.name, district.name
FROM village JOIN district ON district.code = village.district_code
WHERE district.ours = 0 AND village.until_on IS NULL AND instr(village.folded, :folded) > 0
ORDER BY village.code
"""
COUNTRIES = """
SELECT country.code, country.iso3, country.name_id, country.name_en
FROM country
LEFT JOIN (SELECT nationality, count(*) AS people FROM resident GROUP BY nationality) AS held
    ON held.nationality = country.code
WHERE country.code <> 'IDN'
ORDER BY held.people IS NULL, held.people DESC, country.name_en
"""
SPONSORS = "SELECT name, kind FROM sponsor ORDER BY name COLLATE NOCASE"
RESIDENTS = """
SELECT resident.id, resident.full_name, last_stay.departed
FROM resident LEFT JOIN last_stay ON last_stay.resident_id = resident.id
ORDER BY last_stay.departed IS NOT NULL, resident.id
"""
PERMITS = """
SELECT permit.id, resident.full_name, permit.class_code, permit.number, permit.expires_on, permit.unlimited,
    permit.ended_on
FROM permit JOIN resident ON resident.id = permit.resident_id
ORDER BY permit.ended_on IS NOT NULL, permit.id
"""
INSPECTIONS = """
SELECT inspection.id, inspection.on_day, inspection.place, inspection.officers,
    (
        SELECT group_concat(resident.full_name, ', ')
        FROM inspection_resident AS looked_for JOIN resident ON resident.id = looked_for.resident_id
        WHERE looked_for.inspection_id = inspection.id
    ) AS people
FROM inspection
ORDER BY inspection.on_day DESC, inspection.id DESC
"""
RELIEFS = "SELECT code, name FROM relief ORDER BY effective_from, code"
RULES = "SELECT id, kind, subject, value, valid_until FROM rule ORDER BY valid_until IS NOT NULL, id"
MEETINGS = "SELECT id, on_day, theme FROM meeting ORDER BY on_day DESC, id DESC"
INSTITUTIONS = """
SELECT institution, max(office) FROM meeting_invited
WHERE :meeting IS NULL OR meeting_id = :meeting
GROUP BY institution ORDER BY institution COLLATE NOCASE
"""
DECISIONS = "SELECT id, text, owner FROM decision WHERE ended_on IS NULL ORDER BY due_on, id"
CHANGES = "SELECT id, at, command FROM change ORDER BY id DESC LIMIT :most"


class Offer(NamedTuple):
    """A value that a command accepts, the text that is shown beside it, and other words that find it."""

    value: str
    says: str = ""
    words: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "<Offer>"


def districts(connection: sqlite3.Connection, on: date = LATEST) -> Iterator[Offer]:
    """Yield the office's own districts, as of the day `on`."""
    for district, regency, _villages in district_rows(connection, ours=True, on=on):
        yield Offer(district.name, regency, (district.code,))


def districts_elsewhere(connection: sqlite3.Connection, folded: str) -> Iterator[Offer]:
    """Yield, by their codes, the other districts whose folded name holds `folded`."""
    for code, name, regency in connection.execute(DISTRICTS_ELSEWHERE, {"folded": folded}):
        yield Offer(code, f"{name}, {regency}", (name,))


def villages(connection: sqlite3.Connection, on: date = LATEST) -> Iterator[Offer]:
    """Yield the office's own villages, as of the day `on`.

    Where several have one name, the district is added: "Dukong, Simpang Pesak".
    """
    own = village_rows(connection, ours=True, on=on)
    bearers = Counter(village.name for village in own)
    for village in own:
        full = village.name if bearers[village.name] == 1 else f"{village.name}, {village.district}"
        yield Offer(full, village.district, (village.code,))


def villages_within(connection: sqlite3.Connection, district: str, on: date = LATEST) -> Iterator[Offer]:
    """Yield the villages of a district, which is given by its code, as of the day `on`."""
    for village in village_rows(connection, ours=False, district=district, on=on):
        yield Offer(village.name, village.district, (village.code,))


def villages_elsewhere(connection: sqlite3.Connection, folded: str) -> Iterator[Offer]:
    """Yield, by their codes, the other villages whose folded name holds `folded`."""
    for code, name, district in connection.execute(VILLAGES_ELSEWHERE, {"folded": folded}):
        yield Offer(code, f"{name}, {district}", (name,))


def countries(connection: sqlite3.Connection) -> Iterator[Offer]:
    """Yield the countries by their names in the language in force: those of most people on record first."""
    for code, iso3, name_id, name_en in connection.execute(COUNTRIES):
        name, other = (name_id, name_en) if chosen() == "id" else (name_en, name_id)
        yield Offer(name, code if other == name else f"{code}, {other}", (other, code, iso3 or code))


def sponsors(connection: sqlite3.Connection) -> Iterator[Offer]:
    """Yield the sponsors by name, each with its kind."""
    from timpora_cli.model.terms import SPONSOR_KINDS

    kinds = {term.code: term.name for term in SPONSOR_KINDS}
    for name, kind in connection.execute(SPONSORS):
        yield Offer(name, kinds.get(kind, ""))


def names(connection: sqlite3.Connection) -> Iterator[Offer]:
    """Yield the full names on record, each with the id of its person."""
    for identity, name, _departed in connection.execute(RESIDENTS):
        yield Offer(name, str(identity))


def residents(connection: sqlite3.Connection) -> Iterator[Offer]:
    """Yield the residents by id, with their names as words: those who are present, then those who departed."""
    for identity, name, departed in connection.execute(RESIDENTS):
        says = name if departed is None else _("{name}, departed {day}").format(name=name, day=departed)
        yield Offer(str(identity), says, (name,))


def permits(connection: sqlite3.Connection) -> Iterator[Offer]:
    """Yield the permits by id, with the holder's name and the number as words: current ones, then ended ones."""
    for identity, name, kind, number, expires, unlimited, ended in connection.execute(PERMITS):
        if ended is not None:
            says = _("{name}, {kind}, ended {day}").format(name=name, kind=kind, day=ended)
        elif unlimited is not None:
            says = _("{name}, {kind} unlimited").format(name=name, kind=kind)
        else:
            says = _("{name}, {kind} until {day}").format(name=name, kind=kind, day=expires or _("a day not known"))
        yield Offer(str(identity), says, (name, number, fold_number(number)) if number else (name,))


def inspections(connection: sqlite3.Connection) -> Iterator[Offer]:
    """Yield the inspections by id, the latest first, each with its day, and with who and what it was about as words."""
    for identity, on, place, officers, people in connection.execute(INSPECTIONS):
        about = [part for part in (people, place, officers) if part]
        yield Offer(str(identity), f"{on}, {about[0]}", (on, *about))


def reliefs(connection: sqlite3.Connection) -> Iterator[Offer]:
    """Yield the reliefs by code, each with its name."""
    for code, name in connection.execute(RELIEFS):
        yield Offer(code, name)


def rules(connection: sqlite3.Connection) -> Iterator[Offer]:
    """Yield the rules by id: those without an end first."""
    for identity, kind, subject, value, until in connection.execute(RULES):
        says = " ".join(str(part) for part in (kind, subject, value) if part != "")
        yield Offer(str(identity), says if until is None else _("{rule}, until {day}").format(rule=says, day=until))


def meetings(connection: sqlite3.Connection) -> Iterator[Offer]:
    """Yield the meetings by id, with their days as words: the latest first."""
    for identity, day, theme in connection.execute(MEETINGS):
        yield Offer(str(identity), f"{day} {theme}", (day, theme))


def institutions(connection: sqlite3.Connection, meeting: int | None = None) -> Iterator[Offer]:
    """Yield the institutions that are invited to a meeting, or to any, each with an office of it."""
    for institution, office in connection.execute(INSTITUTIONS, {"meeting": meeting}):
        yield Offer(institution, office or "")


def decisions(connection: sqlite3.Connection) -> Iterator[Offer]:
    """Yield the decisions that have not ended, by id: those that are due first."""
    for identity, text, owner in connection.execute(DECISIONS):
        yield Offer(str(identity), f"{text} ({owner})", (text, owner))


def changes(connection: sqlite3.Connection, most: int) -> Iterator[Offer]:
    """Yield the latest changes by number, each with its moment and its command."""
    for identity, at, command in connection.execute(CHANGES, {"most": most}):
        yield Offer(str(identity), f"{at[:16].replace('T', ' ')} {command}")


def cases(connection: sqlite3.Connection, on: date) -> Iterator[Offer]:
    """Yield the cases by number, each with its kind, state and report: open ones, then closed ones."""
    from timpora_cli.queries.supervision.cases import Asked
    from timpora_cli.queries.supervision.cases import cases as listed

    for one in sorted(listed(connection, on, Asked(all=True)), key=lambda one: one.state.is_closed):
        place = one.case.village or one.case.district or one.case.place or ""
        says = f"{one.kind.name}, {one.state.term.name}, {place}"
        yield Offer(str(one.case.case_id), says, (one.kind.name, place, one.case.name or ""))


def case_kinds(connection: sqlite3.Connection) -> Iterator[Offer]:
    """Yield the kinds of cases by code, each with its name."""
    from timpora_cli.queries.supervision.procedures import kinds

    for code, kind in kinds(connection).items():
        yield Offer(code.lower(), kind.name, (kind.name,))


def case_states(connection: sqlite3.Connection) -> Iterator[Offer]:
    """Yield the states of a case by code, each with its name."""
    from timpora_cli.queries.supervision.procedures import workflow

    for code, state in workflow(connection).states.items():
        yield Offer(code.lower(), state.term.name, (state.term.name,))


def case_closings(connection: sqlite3.Connection) -> Iterator[Offer]:
    """Yield the states in which `case close` closes a case."""
    from timpora_cli.queries.supervision.procedures import workflow

    flow = workflow(connection)
    for code in flow.closings:
        name = flow.states[code].term.name
        yield Offer(code.lower(), name, (name,))


def case_steps(connection: sqlite3.Connection, reference: str, on: date) -> Iterator[Offer]:
    """Yield the open states that may follow in a case, then its steps that are not settled."""
    from timpora_cli.queries.supervision.cases import case_file
    from timpora_cli.queries.supervision.procedures import workflow

    file, flow = case_file(connection, reference, on), workflow(connection)
    for code in flow.following(file.listed.state.term.code, closed=False):
        yield Offer(code.lower(), flow.states[code].term.name)
    for held in file.steps:
        if held.event is None:
            yield Offer(held.step.code, held.step.text)


def procedure_steps(connection: sqlite3.Connection, on: date) -> Iterator[Offer]:
    """Yield the steps of all kinds of cases by code, each with its text."""
    from timpora_cli.queries.supervision.procedures import steps_of

    for held in steps_of(connection, None, on):
        yield Offer(held.step.code, held.step.text, (held.step.text,))


def findings(connection: sqlite3.Connection) -> Iterator[Offer]:
    """Yield what `timpora check` finds and nobody has accepted, by key, each with the sentence and the name."""
    from timpora_cli.queries.check import concerns

    for found in concerns(connection):
        if found.accepted is None:
            yield Offer(found.key, " ".join(filter(None, (found.name, found.what))), (found.name or "",))
