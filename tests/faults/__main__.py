"""`python -m tests.faults --kills 1000`: the long run, in a scratch folder; it prints its figures."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.faults.kills import killed

if __name__ == "__main__":
    asked = argparse.ArgumentParser(prog="python -m tests.faults")
    asked.add_argument("--kills", type=int, required=True, metavar="N", help="about how many kills in all")
    with tempfile.TemporaryDirectory() as scratch:
        sys.stdout.write(f"{killed(Path(scratch) / 'office', asked.parse_args().kills)}\n")
