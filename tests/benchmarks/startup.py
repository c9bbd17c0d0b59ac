"""How long a piped `timpora expiring` on the demo register takes, beside `import typer`, which it cannot do without.

    python -m tests.benchmarks --only startup [--rounds N]

Runs both, the empty program and what a shell runs at TAB, by turns in one go, prints their medians and the ratios, and
exits with 1 where one is above the budget of 1.25. Trust the ratio: milliseconds are this machine's, on this day.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

SOURCE = Path(__file__).parents[2]
BUDGET = 1.25
TAB = "timpora expiring --district Tanj<TAB>"
ROUNDS = 41
FEWEST = 25


def taken(command: Sequence[str], environment: dict[str, str]) -> float:
    """Return the milliseconds that a process takes from its start to its end, with its output in a pipe."""
    begun = perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    return 1000 * (perf_counter() - begun)


def measured(commands: dict[str, list[str]], rounds: int, environment: dict[str, str]) -> dict[str, float]:
    """Return the median of each command's times, taken by turns so that a busy moment falls on all of them."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for command in commands.values():
        taken(command, environment)  # once unmeasured: bytecode is written, files are in memory
    for _round in range(rounds):
        for name, command in commands.items():
            times[name].append(taken(command, environment))
    return {name: median(each) for name, each in times.items()}


def measure(rounds: int = ROUNDS) -> int:
    """Measure, print, and return the exit code."""
    rounds = max(rounds, FEWEST)
    program = [sys.executable, "-m", "timpora_cli"]
    completing = ["env", "_TIMPORA_COMPLETE=bash", *program]
    with tempfile.TemporaryDirectory() as folder:
        register = str(Path(folder) / "example.db")
        environment = {**os.environ, "PYTHONPATH": str(SOURCE), "TIMPORA_DB": register}
        subprocess.run([*program, "demo", "--keep", register], env=environment, stdout=subprocess.DEVNULL, check=True)
        medians = measured(
            {
                "python -c pass": [sys.executable, "-c", "pass"],
                "python -c 'import typer'": [sys.executable, "-c", "import typer"],
                "timpora expiring --before 2020-09-21 --as-of 2020-09-17": [
                    *program, "expiring", "--before", "2020-09-21", "--as-of", "2020-09-17",
                ],
                "timpora expiring": [*program, "expiring"],
                "timpora counts": [*program, "counts"],
                TAB: [*completing, "9", "timpora expiring --district Tanj", "Tanj"],
                "timpora resident show Wu<TAB>": [*completing, "9", "timpora resident show Wu", "Wu"],
                "timpora <TAB><TAB>": [*completing, "63", "timpora ", ""],
            },
            rounds,
            environment,
        )  # fmt: skip
    floor = medians["python -c 'import typer'"]
    for name, milliseconds in medians.items():
        print(f"{milliseconds:6.1f} ms  {milliseconds / floor:5.2f} x  {name}")
    ratio = medians["timpora expiring"] / floor
    tab = medians[TAB] / floor
    print(f"{rounds} rounds; TAB takes {tab:.2f} x import typer, of {BUDGET} allowed.")
    print(f"{rounds} rounds; expiring takes {ratio:.2f} x import typer, of {BUDGET} allowed.")
    return int(max(ratio, tab) > BUDGET)
