"""`timpora setting set`: give a setting another value, for everyone who uses this register."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import DAY, Why
from timpora_cli.cli.talk import say
from timpora_cli.errors import WrongUsage
from timpora_cli.language import _
from timpora_cli.model.settings import LETTERHEAD, SETTINGS, Setting, setting_named
from timpora_cli.render import write

if TYPE_CHECKING:
    from timpora_cli.actions.settings import Put


class NotDated(WrongUsage):
    """--from is for the letterhead, which is another one from a day on; {key} has one value for all days."""


def _keys() -> list[str]:
    return [setting.key for setting in SETTINGS]


Key = Annotated[
    str, typer.Argument(metavar="KEY", help=_("Which: {keys}.").format(keys=", ".join(_keys())), autocompletion=_keys)
]


Value = Annotated[list[str], typer.Argument(metavar="VALUE", help=_('Its new value; "" puts the default back.'))]


@command(
    Writing,
    Why,
    examples=(
        'timpora setting set office_name "Kantor Imigrasi Kelas II TPI Tanjungpandan"',
        "timpora setting set time_zone WITA",
        "timpora setting set default_window 60d",
        'timpora setting set region "Belitung, Belitung Timur"',
        'timpora setting set default_window ""',
        'timpora setting set letterhead "KEMENTERIAN CONTOH" "KANTOR IMIGRASI CONTOH" "Jl. Contoh 1" --from 2020-01-01',
    ),
)
def set_(
    ctx: typer.Context,
    key: Key,
    value: Value,
    begins: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help=_("Of the letterhead: its first day; without it, today.")),
        DAY,
    ] = None,
) -> None:
    """Give a setting another value, for everyone who uses this register.

    The region is a list of regencies by code or name. It makes all their districts the office's own, and no others.
    Each VALUE of the letterhead is a line of it. Pages of days before the first one keep the letterhead of then.
    """
    from timpora_cli.actions import settings

    why = Why.of(ctx)
    if setting_named(key) == LETTERHEAD:
        _set_letterhead(ctx, value, begins, why)
        return
    if begins is not None:
        raise NotDated(key=setting_named(key).key)
    with working(ctx, why.reason) as work:
        put = settings.put(work.change, key, " ".join(value))
    write.line(_answer(put))
    if _typed_in_environment(put.after.setting):
        sentence = _("{variable} is set here, and stands above it.")
        say.note(sentence.format(variable=put.after.setting.variable))


def _set_letterhead(ctx: typer.Context, lines: list[str], begins: str | None, why: Why) -> None:
    from timpora_cli.actions.supervision.letterhead import put

    with working(ctx, why.reason) as work:
        day = say.day_read(begins, work.today) if begins else work.today
        now = put(work.change, lines, day)
    said = (
        _("letterhead is {lines} from {day} on.")
        if any(map(str.strip, lines))
        else _("No letterhead begins on {day} any more; on that day it is {lines}.")
    )
    write.line(said.format(lines=" / ".join(now), day=day.isoformat()))


def _typed_in_environment(setting: Setting) -> str:
    return os.environ.get(setting.variable, "") if setting.variable else ""


def _answer(put: "Put") -> str:
    before, after = put
    values = {"key": after.setting.key, "value": after.shown or _("empty"), "before": before.shown or _("empty")}
    if before.value == after.value:
        return _("{key} is {value} already.").format(**values)
    if after.source == "default":
        return _("{key} is {value} again, the default; it was {before}.").format(**values)
    return _("{key} is {value} now; it was {before}.").format(**values)
