"""Measure how long timpora takes beside a peer or a floor in the same run. Exit with 1 above what is allowed."""

import argparse
import sys

from tests.benchmarks import intake, startup

COMMAND = "python -m tests.benchmarks"


def main() -> int:
    """Read the command line, measure, and return the exit code."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--only", choices=("import", "startup"), help="measure this alone")
    parser.add_argument("--rows", type=int, nargs="+", default=intake.SIZES, help="of how many rows a sheet is")
    parser.add_argument("--xlsx", action="store_true", help="measure the import of a workbook too")
    parser.add_argument("--rounds", type=int, default=startup.ROUNDS, help="how often each start is measured")
    asked = parser.parse_args()
    codes = []
    if asked.only in {None, "startup"}:
        codes.append(startup.measure(asked.rounds))
    if asked.only in {None, "import"}:
        codes.append(intake.measure(asked.rows, xlsx=asked.xlsx))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
