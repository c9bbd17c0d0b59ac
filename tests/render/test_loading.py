import subprocess
import sys

import pytest

PROGRAM = """
import sys
from timpora_cli.render import write
from timpora_cli.render.answer import Card, Column, Part, Table, Wanted
wanted = Wanted({format_!r})
names = Table((Column("name", "Name", str),))
write.answer(names.of([{name!r}]), wanted)
write.card(Card((Column("name", "Name", str),), (Part("part", "Part", names, lambda name: [name]),)), {name!r}, wanted)
print(*sorted({{name.partition(".")[0] for name in sys.modules}}), file=sys.stderr)
"""


def loaded(format_: str, name: str) -> set[str]:
    program = PROGRAM.format(format_=format_, name=name)
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return set(done.stderr.split())


@pytest.mark.one_in(3)
@pytest.mark.parametrize("format_", ["plain", "csv", "tsv", "json", "ndjson"])
def test_only_a_table_loads_rich_and_nothing_loads_the_register(format_: str) -> None:
    assert not loaded(format_, "Łucja") & {"rich", "typer", "sqlite3", "wcwidth"}


@pytest.mark.slow
def test_plain_text_loads_neither_csv_nor_json_and_measures_only_wide_letters() -> None:
    assert not loaded("plain", "Zoë") & {"csv", "json"}
    assert "wcwidth" in loaded("plain", "李")
    assert "rich" in loaded("table", "Zoë")
