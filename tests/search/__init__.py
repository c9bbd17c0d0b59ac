"""Random search: the tests that try random cases, again and again with new seeds, until the time is over.

`python -m tests.search --minutes 10` is the command. Plain pytest tries the same cases in every run.
"""
