"""`timpora setting set`: give a setting another value, for everyone who uses this register."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli.cli.frame.base import Writing, command
from timpora_cli.cli.frame.register import working
from timpora_cli.cli.options.person import Why
from timpora_cli.cli.talk import say
from timpora_cli.language import _
from timpora_cli.model.settings import SETTINGS, Setting
from timpora_cli.render import write

if TYPE_CHECKING:
    from timpora_cli.actions.settings import Put


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
    ),
)
def set_(ctx: typer.Context, key: Key, value: Value) -> None:
    """Give a setting another value, for everyone who uses this register.

    The region is a list of regencies by code or name. It makes all their districts the office's own, and no others.
    """
    from timpora_cli.actions import settings

    why = Why.of(ctx)
    with working(ctx, why.reason) as work:
        put = settings.put(work.change, key, " ".join(value))
    write.line(_answer(put))
    if _typed_in_environment(put.after.setting):
        sentence = _("{variable} is set here, and stands above it.")
        say.note(sentence.format(variable=put.after.setting.variable))


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
