"""The card of one resident and of one permit, as an officer wants to see them: who, where, on which permit."""

from datetime import date

from timpora_cli.language import _, n_
from timpora_cli.model.dossier import Dossier, GrantHeld
from timpora_cli.model.people import PermitHeld
from timpora_cli.model.rules import State, age
from timpora_cli.model.terms import DEPARTURES, SPONSOR_KINDS
from timpora_cli.render.card import Card, Part, Plan, Rows
from timpora_cli.render.listing import Cell, Column, Kind
from timpora_cli.render.listings import NO_END_YET, PAST_IS_NEGATIVE, PRINTED_END, PURPOSE_WORDS, SEX_WORDS, STATES
from timpora_cli.render.words import money

RELATION_WORDS = {"SPOUSE": "spouse", "CHILD": "child", "PARENT": "parent"}
GRANT_WORDS = {"NEW": "new", "EXTENSION": "extension", "CONVERSION": "conversion"}
END_WORDS = {
    "EXTENDED": "extended",
    "CONVERTED": "converted",
    "REVOKED": "revoked",
    **{way.code: way.name_en for way in DEPARTURES},
}
WORDS = {
    **STATES,
    **PURPOSE_WORDS,
    **SEX_WORDS,
    **RELATION_WORDS,
    **GRANT_WORDS,
    **END_WORDS,
    **{kind.code: kind.name_en for kind in SPONSOR_KINDS},
}

PERMIT_CHAIN = (
    Column("permit_id", "Permit", Kind.ID, always=True),
    Column("class", "Class", Kind.CLASS, always=True),
    Column("index", "Index", rank=2),
    Column("permit_number", "Number", Kind.REFERENCE, secret=True),
    Column("issued_on", "Issued", Kind.DATE),
    Column("valid_from", "Valid from", Kind.DATE, rank=3),
    Column("expires_on", "Expires", Kind.DATE, says=PRINTED_END),
    Column("granted_as", "Granted as", Kind.WORD, rank=2, always=True, codes=tuple(GRANT_WORDS)),
    Column("follows", "Follows", Kind.ID, rank=3),
    Column("ended_on", "Ended", Kind.DATE),
    Column("end_reason", "How", Kind.WORD, codes=tuple(END_WORDS)),
    Column("office", "Office", rank=3),
    Column("note", "Note", rank=3),
)
RESIDENCES = (
    Column("since", "Since", Kind.DATE),
    Column("until", "Until", Kind.DATE),
    Column("village", "Village", empty="(not known)"),
    Column("district", "District"),
    Column("village_code", "Code", rank=3),
    Column("address", "Address", rank=2),
    Column("rt", "RT", rank=3),
    Column("rw", "RW", rank=3),
)
PASSPORTS = (
    Column("passport_number", "Number", Kind.REFERENCE, secret=True, always=True),
    Column("passport_country", "Issued by", always=True),
    Column("issued_on", "Issued", Kind.DATE),
    Column("expires_on", "Expires", Kind.DATE),
    Column("retired_on", "Retired", Kind.DATE),
)
FAMILY = (
    Column("relation", "Relation", Kind.WORD, always=True, codes=tuple(RELATION_WORDS)),
    Column("name", "Name", always=True),
    Column("resident_id", "Id", Kind.ID),
    Column("nationality", "Nat.", always=True),
    Column("born", "Born", Kind.DATE),
    Column("since", "Since", Kind.DATE),
    Column("until", "Until", Kind.DATE),
)
STANDING = (
    Column("effective_until", "Valid until", Kind.DATE, says=NO_END_YET),
    Column("relief", "Relief"),
    Column("state", "State", Kind.STATE),
    Column("days_left", "Days left", Kind.NUMBER, says=PAST_IS_NEGATIVE),
    Column("act_by", "Act by", Kind.DATE, says="the last working day"),
    Column("overstay_days", "Overstay days", Kind.NUMBER),
    Column("fine", "Fine", Kind.MONEY),
)
"""How the permit in force stands on the day that was asked about; without one, nothing of it has a value."""
RESIDENT = Plan(
    (
        Column("resident_id", "Resident", Kind.ID, always=True),
        Column("name", "Name", always=True),
        Column("nationality", "Nationality", always=True),
        Column("country", "Country", always=True, says="the name, in the language of the call"),
        Column("sex", "Sex", Kind.WORD, codes=tuple(SEX_WORDS)),
        Column("born", "Born", Kind.DATE),
        Column("age", "Age", Kind.NUMBER),
        Column("birthplace", "Birthplace"),
        Column("niora", "NIORA", Kind.REFERENCE, secret=True),
        Column("passport_number", "Passport", Kind.REFERENCE, secret=True),
        Column("village", "Village"),
        Column("district", "District"),
        Column("address", "Address"),
        Column("arrived", "Arrived", Kind.DATE),
        Column("departed", "Departed", Kind.DATE),
        Column("departed_how", "How", Kind.WORD, codes=tuple(way.code for way in DEPARTURES)),
        Column("purpose", "Purpose", Kind.WORD, codes=tuple(PURPOSE_WORDS)),
        Column("occupation", "Occupation"),
        Column("sponsor", "Sponsor"),
        Column("sponsor_kind", "Sponsor is", Kind.WORD, codes=tuple(kind.code for kind in SPONSOR_KINDS)),
        Column("contact", "Contact"),
        Column("class", "Class", Kind.CLASS),
        Column("permit_number", "Permit no.", Kind.REFERENCE, secret=True),
        Column("expires_on", "Expires", Kind.DATE, says=PRINTED_END),
        *STANDING,
        Column("note", "Note"),
    ),
    (
        Part("permits", "Permits", PERMIT_CHAIN),
        Part("passports", "Passports", PASSPORTS),
        Part("residences", "Residences", RESIDENCES),
        Part("family", "Family", FAMILY),
    ),
)
PERMIT = Plan(
    (
        Column("permit_id", "Permit", Kind.ID, always=True),
        Column("resident_id", "Resident", Kind.ID, always=True),
        Column("name", "Name", always=True),
        Column("class", "Class", Kind.CLASS, always=True),
        Column("index", "Index"),
        Column("permit_number", "Number", Kind.REFERENCE, secret=True),
        Column("issued_on", "Issued", Kind.DATE),
        Column("valid_from", "Valid from", Kind.DATE),
        Column("expires_on", "Expires", Kind.DATE, says=PRINTED_END),
        *STANDING,
        Column("office", "Office"),
        Column("granted_as", "Granted as", Kind.WORD, always=True, codes=tuple(GRANT_WORDS)),
        Column("follows", "Follows", Kind.ID),
        Column("ended_on", "Ended", Kind.DATE),
        Column("end_reason", "How", Kind.WORD, codes=tuple(END_WORDS)),
        Column("note", "Note"),
    ),
    (Part("permits", "Permits", PERMIT_CHAIN),),
)


def resident(dossier: Dossier, country: str, on: date) -> Card:
    """Return the card of a resident as of the day `on`; `country` is the nationality's name."""
    home = next((one for one in dossier.residences if one.held), None)
    passport = next((one for one in dossier.passports if one.in_use), None)
    departed = dossier.departed if dossier.departed is not None and dossier.departed <= on else None
    held = dossier.permit
    values = {
        "resident_id": dossier.resident_id,
        "name": dossier.name,
        "nationality": dossier.nationality,
        "country": country,
        "sex": dossier.sex,
        "born": dossier.born,
        "age": age(dossier.born, on) if dossier.born else None,
        "birthplace": dossier.birthplace,
        "niora": dossier.niora,
        "passport_number": passport.number if passport else None,
        "village": home.village if home else None,
        "district": home.district if home else None,
        "address": home.address if home else None,
        "arrived": dossier.arrived,
        "departed": departed,
        "departed_how": dossier.departed_how if departed else None,
        "purpose": dossier.purpose,
        "occupation": dossier.occupation,
        "sponsor": dossier.sponsor,
        "sponsor_kind": dossier.sponsor_kind,
        "contact": dossier.contact,
        "class": held.class_code if held else None,
        "permit_number": held.number if held else None,
        "expires_on": held.expires_on if held else None,
        **stands(held),
        "note": dossier.note,
    }
    rows = {
        "permits": _chain(dossier.grants),
        "passports": [
            (one.number, one.country, one.issued_on, one.expires_on, one.retired_on) for one in dossier.passports
        ],
        "residences": _residences(dossier),
        "family": [
            (one.relation, one.name, one.resident_id, one.nationality, one.born, one.since, one.until)
            for one in dossier.family
        ],
    }
    return RESIDENT.card(f"{dossier.name} - {_standing(dossier, on)}", values, rows, WORDS)


def permit(grant: GrantHeld, holder: Dossier, on: date) -> Card:
    """Return the card of one grant, with its holder and the chain that it stands in."""
    held = holder.permit if holder.permit and holder.permit.permit_id == grant.permit_id else None
    values = {
        "permit_id": grant.permit_id,
        "resident_id": holder.resident_id,
        "name": holder.name,
        "class": grant.class_code,
        "index": grant.index_code,
        "permit_number": grant.number,
        "issued_on": grant.issued_on,
        "valid_from": grant.valid_from,
        "expires_on": grant.expires_on,
        **stands(held),
        "office": grant.office,
        "granted_as": grant.granted_as,
        "follows": grant.follows_id,
        "ended_on": grant.ended_on,
        "end_reason": grant.end_reason,
        "note": grant.note,
    }
    not_now = _("{kind}, not in force on {day}").format(kind=grant.class_code, day=on.isoformat())
    return PERMIT.card(_standing(holder, on) if held else not_now, values, {"permits": _chain(holder.grants)}, WORDS)


def stands(held: PermitHeld | None) -> dict[str, Cell]:
    """Return the values of STANDING for the permit that somebody holds, if any."""
    standing = held.standing if held else None
    return {
        "effective_until": held.effective_until if held else None,
        "relief": held.relief if held else None,
        "state": standing.state if standing else None,
        "days_left": standing.days_left if standing else None,
        "act_by": standing.act_by if standing else None,
        "overstay_days": standing.overstay_days if standing else None,
        "fine": _fine(held),
    }


def _fine(held: PermitHeld | None) -> str | int | None:
    if held is None:
        return None
    return f"over {held.standing.over_limit}" if held.standing.over_limit else held.standing.fine


def _standing(dossier: Dossier, on: date) -> str:
    """Return in a few words how somebody stands on the day `on`."""
    held = dossier.permit
    if held is None:
        return _without_permit(dossier, on)
    days, until = held.standing.days_left, held.effective_until
    if held.standing.state is State.UNKNOWN or until is None:
        return _("{kind}, its last day is not known").format(kind=held.class_code)
    if days is None:
        kept = _("{kind}, kept valid without an end by {relief}")
        if held.standing.state is State.VALID:
            kept = _("{kind} valid until {printed} as printed, and without an end by {relief}")
        return kept.format(kind=held.class_code, printed=held.expires_on, relief=held.relief)
    if days < 0:
        late = n_(
            "{kind}, overstay of {days} day since {until}", "{kind}, overstay of {days} days since {until}", -days
        )
        fine = f" ({money(held.standing.fine)})" if held.standing.fine is not None else ""
        return late.format(kind=held.class_code, days=-days, until=until.isoformat()) + fine
    left = n_("{kind} valid until {until}, {days} day left", "{kind} valid until {until}, {days} days left", days)
    relief = _(", by {relief}").format(relief=held.relief) if held.standing.state is State.RELIEF else ""
    return left.format(kind=held.class_code, until=until.isoformat(), days=days) + relief


def _without_permit(dossier: Dossier, on: date) -> str:
    if dossier.departed is not None and dossier.departed <= on:
        return _("departed on {day}").format(day=dossier.departed.isoformat())
    if not any(one.held for one in dossier.residences):
        return _("not present on {day}").format(day=on.isoformat())
    return _("no permit in force on {day}").format(day=on.isoformat())


def _chain(grants: tuple[GrantHeld, ...]) -> Rows:
    return [
        (
            one.permit_id,
            one.class_code,
            one.index_code,
            one.number,
            one.issued_on,
            one.valid_from,
            one.expires_on,
            one.granted_as,
            one.follows_id,
            one.ended_on,
            one.end_reason,
            one.office,
            one.note,
        )
        for one in grants
    ]


def _residences(dossier: Dossier) -> Rows:
    return [
        (one.since, one.until, one.village, one.district, one.village_code, one.address, one.rt, one.rw)
        for one in dossier.residences
    ]
