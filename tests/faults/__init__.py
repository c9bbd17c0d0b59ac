"""Faults from outside, against the program in processes of its own: `python -m tests.faults kills --count N`."""
