"""`timpora brief`: print the briefing for a Timpora meeting, as one page."""

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli.cli.completion import supervision
from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.options import Options, Reads, globals_of
from timpora_cli.cli.frame.recording import recording, to_be_recorded
from timpora_cli.cli.frame.register import View, day_asked, day_of
from timpora_cli.cli.options.expiry import day_after, usual_window
from timpora_cli.cli.options.filters import Places
from timpora_cli.cli.options.page import FormattedPage
from timpora_cli.cli.talk.say import told_if_lost
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.names import excerpt
from timpora_cli.model.personal.disclosures import BRIEF, Disclosure
from timpora_cli.model.supervision.briefing import AUDIENCES, OFFICE, PUBLIC, SECTIONS, VILLAGE, Asked
from timpora_cli.model.terms import one_of
from timpora_cli.queries.supervision.meetings import meeting_named

if TYPE_CHECKING:
    from timpora_cli.model.supervision.briefing import Brief


class OneVillage(WrongUsage):
    """--audience village is a page for one village. Name it with --village NAME; see: timpora village list"""


class OfItsOwnDay(WrongUsage):
    """Meeting {meeting} is on {day}, and its page is as of that day, not {on}. Leave --as-of out, or --meeting."""


class NoSection(WrongUsage):
    """A name is missing in --sections "{names}". Write them with commas between, as in counts,duties."""


class OnePageForThePublic(WrongUsage):
    """--audience public is one page a day, the same for everybody. Leave out {options}."""


class DayToCome(WrongUsage):
    """{on} is still to come, and a page for the public is kept as it is published. Ask for a day up to {today}."""


class BriefOptions(Options):
    """What the page is for, for whom, and what stands on it."""

    meeting: Annotated[
        str | None,
        typer.Option(
            "--meeting",
            metavar="MEETING",
            help=_("For this meeting, an id or the day of one: as of its day."),
            autocompletion=supervision.meetings,
        ),
        Reads(lambda text, desk: meeting_named(desk.connection, text)),
    ] = None
    audience: Annotated[
        str,
        typer.Option(
            "--audience",
            metavar="WHO",
            help=_("Who reads it: {audiences}.").format(audiences=", ".join(AUDIENCES)),
            autocompletion=lambda: list(AUDIENCES),
        ),
        Reads(lambda text, _desk: _audience(text)),
    ] = OFFICE
    sections: Annotated[
        str | None,
        typer.Option(
            "--sections",
            metavar="A,B",
            help=_("Only these of {sections}.").format(sections=", ".join(SECTIONS)),
            autocompletion=lambda: list(SECTIONS),
        ),
        Reads(lambda text, _desk: _sections(text)),
    ] = None


@command(
    Reading,
    BriefOptions,
    Places,
    FormattedPage,
    examples=(
        "timpora brief --as-of 2020-09-17",
        "timpora brief --as-of 2020-09-17 --audience village --village Keciput --lang id",
        "timpora brief --as-of 2020-09-17 --sections counts,expiries,overstays --output briefing.html",
        "timpora brief --as-of 2020-09-17 --audience public --output public.html",
    ),
)
def brief(ctx: typer.Context) -> None:
    """Print the briefing for a Timpora meeting, as one page.

    It has counts, expiries, reliefs, overstays, duties, open cases and decisions. It is as of the day, or with
    --meeting as of the day of that meeting. Of a closed meeting everything is as the register knew it at the closing.
    Expiries and duties reach up to the next meeting on record, or else over the usual window. An audience sees what it
    may: an agency sees passport and permit numbers by their last three characters; a village sees its own people alone,
    and no numbers, birth days or money. On stdout it is text, in a file text or one page of html without script and
    network, to be printed on A4.

    For the public it is another page: counts alone, of which no small number can be worked out. There is one for each
    day. It is recorded when it is made, and is the same whenever it is asked for again, so no option narrows it, and no
    day to come has one.
    """
    typed, places, output = BriefOptions.of(ctx), Places.of(ctx), FormattedPage.of(ctx)
    audience = _audience(typed.audience)
    if audience == PUBLIC:
        _publish(ctx, output)
        return
    sections = _sections(typed.sections)
    if audience == VILLAGE and not places.village:
        raise OneVillage
    from timpora_cli.actions.personal.disclosures import record

    output.refuse_unwritable()
    with to_be_recorded(ctx) as view:
        made = _made(ctx, view, typed.meeting, places, Asked(view.on, view.on, None, audience, sections))
    with recording(ctx) as change:
        record(change, Disclosure(BRIEF, made.asked.on, audience=audience, people=made.people))
    with told_if_lost(change.number):
        _deliver(made, output)


def _publish(ctx: typer.Context, output: FormattedPage) -> None:
    """Write the page for the public. It is kept before it is written, so that no page is out of which none is kept."""
    chosen = [*BriefOptions.of(ctx).given("meeting", "sections"), *Places.of(ctx).given("district", "village")]
    if globals_of(ctx).known_at is not None:
        chosen.append("--known-at")
    if chosen:
        raise OnePageForThePublic(options=", ".join(chosen))
    from timpora_cli.actions.supervision.publishing import published
    from timpora_cli.render import pages

    output.refuse_unwritable()
    # The change begins before it is asked what is kept: of two runs at once, the second sees the page of the first.
    with recording(ctx) as change:
        on = day_asked(ctx, change.connection)
        if on > (today := day_of("today", change.connection)):
            raise DayToCome(on=on, today=today)
        page = published(change, on)
    printed = pages.of_public(page)
    with told_if_lost(change.number):
        output.deliver("brief", printed.text, printed.html)


def _audience(text: str) -> str:
    return one_of(text, AUDIENCES, _("audience"))


def _sections(text: str | None) -> tuple[str, ...]:
    """Return the sections that are asked for, in the order of the page. Raises NoSection, or UnknownTerm."""
    if text is None:
        return SECTIONS
    if not all(name.strip() for name in text.split(",")):
        raise NoSection(names=excerpt(text))
    named = {one_of(name, SECTIONS, _("section")) for name in text.split(",")}
    return tuple(section for section in SECTIONS if section in named)


def _made(ctx: typer.Context, view: View, reference: str | None, places: Places, asked: Asked) -> "Brief":
    from timpora_cli.queries.supervision.briefing import briefing, is_one_village
    from timpora_cli.queries.supervision.figures import know_as_when_closed
    from timpora_cli.queries.supervision.letterhead import letterhead

    if reference is not None:
        meeting = meeting_named(view.connection, reference)
        if globals_of(ctx).as_of is not None and view.on != meeting.on_day:
            raise OfItsOwnDay(meeting=meeting.id, day=meeting.on_day, on=view.on)
        view = view._replace(on=meeting.on_day)
        asked = asked._replace(meeting=meeting, on=meeting.on_day)
    # As in the minutes, the letterhead is that of the day as it is known now.
    head = letterhead(view.connection, asked.on)
    if asked.meeting is not None:
        know_as_when_closed(view.connection, asked.meeting)
    where = places.where(view)
    if asked.audience == VILLAGE and not is_one_village(where):
        raise OneVillage
    until = day_after(usual_window(view), view) - timedelta(days=1)
    return briefing(view.connection, asked._replace(until=until), where, head)


def _deliver(made: "Brief", output: FormattedPage) -> None:
    from timpora_cli.render import pages

    printed = pages.of_brief(made)
    output.deliver("brief", printed.text, printed.html)
