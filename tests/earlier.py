"""The earlier versions of the register, for tests that upgrade one of each."""

import pytest

from timpora_cli.store.connect import SCHEMA_VERSION

LAST = SCHEMA_VERSION - 1
QUICK = {1, LAST}
VERSIONS = [pytest.param(one, marks=() if one in QUICK else pytest.mark.slow) for one in range(1, SCHEMA_VERSION)]
"""Each version; between the first and the last one the test is slow."""
