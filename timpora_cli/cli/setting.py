"""`timpora setting`: what is the office's own, seen and changed."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from timpora_cli import render
from timpora_cli.cli import talk
from timpora_cli.cli.entry import Why
from timpora_cli.cli.options import BadVariable, OutputOptions
from timpora_cli.cli.plain import Reading, Writing, examples, group_app
from timpora_cli.cli.records import takes_records
from timpora_cli.cli.register import reading, working
from timpora_cli.errors import TimporaError
from timpora_cli.language import _
from timpora_cli.model.settings import READS, SETTINGS, InForce, Setting
from timpora_cli.render import settings as listed

if TYPE_CHECKING:
    from timpora_cli.actions.settings import Put

app = group_app(_("List and change the settings that are the office's own."))


def _keys() -> list[str]:
    return [setting.key for setting in SETTINGS]


Key = Annotated[
    str,
    typer.Argument(metavar="KEY", help=_("Which: {keys}.").format(keys=", ".join(_keys())), autocompletion=_keys),
]
Value = Annotated[list[str], typer.Argument(metavar="VALUE", help=_('Its new value; "" puts the default back.'))]


@app.command("list", cls=Reading, epilog=examples("timpora setting list", "timpora setting list --format json"))
@takes_records
def list_(ctx: typer.Context, output: OutputOptions) -> None:
    """List the settings that are in force, and where each comes from.

    An option on the command line stands above the environment, that above the register, and that above the default.
    """
    from timpora_cli.queries.settings import settings

    with reading(ctx) as view:
        listing = listed.settings([_under_environment(one) for one in settings(view.connection)])
    output.write(listing)


@app.command(
    "set",
    cls=Writing,
    epilog=examples(
        'timpora setting set office_name "Kantor Imigrasi Kelas II TPI Tanjungpandan"',
        "timpora setting set time_zone WITA",
        "timpora setting set default_window 60d",
        'timpora setting set region "Belitung, Belitung Timur"',
        'timpora setting set default_window ""',
    ),
)
@takes_records
def set_(ctx: typer.Context, key: Key, value: Value, why: Why) -> None:
    """Give a setting another value, for everyone who uses this register.

    The region is a list of regencies by code or name. It makes all their districts the office's own, and no others.
    """
    from timpora_cli.actions import settings

    with working(ctx, why.reason) as work:
        put = settings.put(work.change, key, " ".join(value))
    render.write_line(_answer(put))
    if _typed_in_environment(put.after.setting):
        sentence = _("{variable} is set here, and stands above it.")
        talk.note(sentence.format(variable=put.after.setting.variable))


def _under_environment(found: InForce) -> InForce:
    """Return a setting as the register has it, or as the environment does, which stands above. Raises BadVariable."""
    typed = _typed_in_environment(found.setting)
    if not typed:
        return found
    try:
        return InForce(found.setting, READS[found.setting.key](typed), "environment")
    except TimporaError as error:
        raise BadVariable(variable=found.setting.variable, fault=error) from error


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
