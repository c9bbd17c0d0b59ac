"""The card of one resident and of one permit, as an officer wants to see them: who, where, on which permit."""

from datetime import date

from timpora_cli.language import _, n_
from timpora_cli.model.dossier import Dossier, GrantHeld
from timpora_cli.model.records import PermitHeld
from timpora_cli.model.rules import State, age
from timpora_cli.model.terms import DEPARTURES, SPONSOR_KINDS
from timpora_cli.render.card import Card, Field
from timpora_cli.render.listing import Column, Kind, Listing
from timpora_cli.render.listings import PURPOSE_WORDS, SEX_WORDS, STATES
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
    Column("permit_id", "Permit", Kind.ID),
    Column("class", "Class", Kind.CLASS),
    Column("index", "Index", rank=2),
    Column("permit_number", "Number", Kind.ID, secret=True),
    Column("issued_on", "Issued", Kind.DATE),
    Column("valid_from", "Valid from", Kind.DATE, rank=3),
    Column("expires_on", "Expires", Kind.DATE),
    Column("granted_as", "Granted as", Kind.WORD, rank=2),
    Column("follows", "Follows", Kind.ID, rank=3),
    Column("ended_on", "Ended", Kind.DATE),
    Column("end_reason", "How", Kind.WORD),
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
    Column("passport_number", "Number", Kind.ID, secret=True),
    Column("passport_country", "Issued by"),
    Column("issued_on", "Issued", Kind.DATE),
    Column("expires_on", "Expires", Kind.DATE),
    Column("retired_on", "Retired", Kind.DATE),
)
FAMILY = (
    Column("relation", "Relation", Kind.WORD),
    Column("name", "Name"),
    Column("resident_id", "Id", Kind.ID),
    Column("nationality", "Nat."),
    Column("born", "Born", Kind.DATE),
    Column("since", "Since", Kind.DATE),
    Column("until", "Until", Kind.DATE),
)


def resident(dossier: Dossier, country: str, on: date) -> Card:
    """Return the card of a resident as of the day `on`; `country` is the nationality's name."""
    home = next((one for one in dossier.residences if one.held), None)
    passport = next((one for one in dossier.passports if one.in_use), None)
    departed = dossier.departed if dossier.departed is not None and dossier.departed <= on else None
    fields = (
        Field("resident_id", "Resident", dossier.resident_id, Kind.ID),
        Field("name", "Name", dossier.name),
        Field("nationality", "Nationality", dossier.nationality),
        Field("country", "Country", country),
        Field("sex", "Sex", dossier.sex, Kind.WORD),
        Field("born", "Born", dossier.born, Kind.DATE),
        Field("age", "Age", age(dossier.born, on) if dossier.born else None, Kind.NUMBER),
        Field("birthplace", "Birthplace", dossier.birthplace),
        Field("niora", "NIORA", dossier.niora, Kind.ID, secret=True),
        Field("passport_number", "Passport", passport.number if passport else None, Kind.ID, secret=True),
        Field("village", "Village", home.village if home else None),
        Field("district", "District", home.district if home else None),
        Field("address", "Address", home.address if home else None),
        Field("arrived", "Arrived", dossier.arrived, Kind.DATE),
        Field("departed", "Departed", departed, Kind.DATE),
        Field("departed_how", "How", dossier.departed_how if departed else None, Kind.WORD),
        Field("purpose", "Purpose", dossier.purpose, Kind.WORD),
        Field("occupation", "Occupation", dossier.occupation),
        Field("sponsor", "Sponsor", dossier.sponsor),
        Field("sponsor_kind", "Sponsor is", dossier.sponsor_kind, Kind.WORD),
        Field("contact", "Contact", dossier.contact),
        *_permit_fields(dossier.permit),
        Field("note", "Note", dossier.note),
    )
    parts = (
        ("permits", "Permits", _chain(dossier.grants)),
        ("passports", "Passports", _passports(dossier)),
        ("residences", "Residences", _residences(dossier)),
        ("family", "Family", _family(dossier)),
    )
    return Card(f"{dossier.name} - {_standing(dossier, on)}", fields, parts, WORDS)


def permit(grant: GrantHeld, holder: Dossier, on: date) -> Card:
    """Return the card of one grant, with its holder and the chain that it stands in."""
    held = holder.permit if holder.permit and holder.permit.permit_id == grant.permit_id else None
    fields = (
        Field("permit_id", "Permit", grant.permit_id, Kind.ID),
        Field("resident_id", "Resident", holder.resident_id, Kind.ID),
        Field("name", "Name", holder.name),
        Field("class", "Class", grant.class_code, Kind.CLASS),
        Field("index", "Index", grant.index_code),
        Field("permit_number", "Number", grant.number, Kind.ID, secret=True),
        Field("issued_on", "Issued", grant.issued_on, Kind.DATE),
        Field("valid_from", "Valid from", grant.valid_from, Kind.DATE),
        Field("expires_on", "Expires", grant.expires_on, Kind.DATE),
        *_permit_fields(held)[3:],
        Field("office", "Office", grant.office),
        Field("granted_as", "Granted as", grant.granted_as, Kind.WORD),
        Field("follows", "Follows", grant.follows_id, Kind.ID),
        Field("ended_on", "Ended", grant.ended_on, Kind.DATE),
        Field("end_reason", "How", grant.end_reason, Kind.WORD),
        Field("note", "Note", grant.note),
    )
    not_now = _("{kind}, not in force on {day}").format(kind=grant.class_code, day=on.isoformat())
    title = _standing(holder, on) if held else not_now
    return Card(title, fields, (("permits", "Permits", _chain(holder.grants)),), WORDS)


def _permit_fields(held: PermitHeld | None) -> tuple[Field, ...]:
    standing = held.standing if held else None
    return (
        Field("class", "Class", held.class_code if held else None, Kind.CLASS),
        Field("permit_number", "Permit no.", held.number if held else None, Kind.ID, secret=True),
        Field("expires_on", "Expires", held.expires_on if held else None, Kind.DATE),
        Field("effective_until", "Valid until", held.effective_until if held else None, Kind.DATE),
        Field("relief", "Relief", held.relief if held else None),
        Field("state", "State", standing.state if standing else None, Kind.STATE),
        Field("days_left", "Days left", standing.days_left if standing else None, Kind.NUMBER),
        Field("act_by", "Act by", standing.act_by if standing else None, Kind.DATE),
        Field("overstay_days", "Overstay days", standing.overstay_days if standing else None, Kind.NUMBER),
        Field("fine", "Fine", _fine(held), Kind.MONEY),
    )


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


def _chain(grants: tuple[GrantHeld, ...]) -> Listing:
    rows = [
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
    return Listing(PERMIT_CHAIN, rows, words=WORDS)


def _passports(dossier: Dossier) -> Listing:
    rows = [(one.number, one.country, one.issued_on, one.expires_on, one.retired_on) for one in dossier.passports]
    return Listing(PASSPORTS, rows)


def _residences(dossier: Dossier) -> Listing:
    rows = [
        (one.since, one.until, one.village, one.district, one.village_code, one.address, one.rt, one.rw)
        for one in dossier.residences
    ]
    return Listing(RESIDENCES, rows)


def _family(dossier: Dossier) -> Listing:
    rows = [
        (one.relation, one.name, one.resident_id, one.nationality, one.born, one.since, one.until)
        for one in dossier.family
    ]
    return Listing(FAMILY, rows, words=WORDS)
