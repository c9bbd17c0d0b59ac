"""Run the tests that try random cases with new seeds until one fails (exit code 1), or the time is over or they ran as
often as was asked for (0).
"""

import argparse
import secrets
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMAND = "python -m tests.search"


def main() -> int:
    """Read the command line, search, and return the exit code."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long to search (default: 10)")
    parser.add_argument("--times", type=int, help="run each test so many times instead, each time with a new seed")
    parser.add_argument("--seed", type=int, help="run each test once with this seed, however long it takes")
    parser.add_argument("--slow", action="store_true", help="run the tests that are marked slow too")
    parser.add_argument("tests", nargs="*", help="files and tests, as pytest names them (default: all random tests)")
    asked = parser.parse_args()
    if asked.seed is not None:
        return run(asked.seed, [], asked)
    if asked.times is not None:
        return int(any(run(secrets.randbits(32), [], asked) for _time in range(asked.times)))
    end = time.monotonic() + asked.minutes * 60
    while (seconds := end - time.monotonic()) > 0:
        if (code := run(secrets.randbits(32), [f"--search-seconds={seconds:.0f}"], asked)) != 0:
            return code
    return 0


def run(seed: int, options: list[str], asked: argparse.Namespace) -> int:
    """Run the random tests once with a seed, say what came of it, and return 0 when none failed, else 1."""
    say(f"Seed {seed}")
    options = ["--hypothesis-profile=search", f"--hypothesis-seed={seed}", "--maxfail=1", "--quiet", *options]
    options.append("--timeout=900")  # hypothesis may look five minutes for the smallest case
    if asked.slow:
        options += ["-m", ""]
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), *options, *asked.tests]
    done = subprocess.run(command, cwd=ROOT, check=False)
    if done.returncode == 0:
        return 0
    say(f"Seed {seed}: a test failed; its smallest failing case is above. To run it again, add the test's name:")
    say(f"{COMMAND} --seed {seed}{' --slow' if asked.slow else ''}")
    return 1


def say(line: str) -> None:
    """Print a line at once, between what pytest prints."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
