"""`timpora setting list`: list the settings that are in force."""

import os

import typer

from timpora_cli.cli.frame.base import Reading, command
from timpora_cli.cli.frame.options import BadVariable
from timpora_cli.cli.frame.register import reading
from timpora_cli.cli.options.lists import OutputOptions
from timpora_cli.errors import TimporaError
from timpora_cli.model.settings import READS, InForce, Setting
from timpora_cli.render.answers import settings as listed
from timpora_cli.render.answers.settings import SETTINGS


@command(
    Reading, OutputOptions, answer=SETTINGS, examples=("timpora setting list", "timpora setting list --format json")
)
def list_(ctx: typer.Context) -> None:
    """List the settings that are in force, and where each comes from.

    An option on the command line stands above the environment, that above the register, and that above the default.
    """
    from timpora_cli.queries.settings import settings

    output = OutputOptions.of(ctx)
    with reading(ctx) as view:
        listing = listed.settings([_under_environment(one) for one in settings(view.connection, view.on)])
    output.write(listing)


def _under_environment(kept: InForce) -> InForce:
    """Return a setting as the register has it, or as the environment does, which stands above. Raises BadVariable."""
    typed = _typed_in_environment(kept.setting)
    if not typed:
        return kept
    try:
        return InForce(kept.setting, READS[kept.setting.key](typed), "environment")
    except TimporaError as error:
        raise BadVariable(variable=kept.setting.variable, fault=error) from error


def _typed_in_environment(setting: Setting) -> str:
    return os.environ.get(setting.variable, "") if setting.variable else ""
