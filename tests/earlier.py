"""The earlier versions of the register, for tests that upgrade one of each."""

import pytest

from timpora_cli.store.connect import SCHEMA_VERSION

LAST = SCHEMA_VERSION - 1
VERSIONS = [
    pytest.param(number, marks=() if number in {1, LAST} else pytest.mark.slow) for number in range(1, LAST + 1)
]
"""Each version; between the first and the last one the test is slow."""
