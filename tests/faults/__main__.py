"""Do harm to the register, and look at what the program makes of it: `python -m tests.faults WHAT --count N`."""

import sys
from importlib import import_module

if __name__ == "__main__":
    sys.exit(import_module(f"tests.faults.{sys.argv[1]}").main(sys.argv[2:]))
