"""The earlier versions of the register, for tests that upgrade one of each."""

import pytest

from timpora_cli.store.connect import SCHEMA_VERSION

VERSIONS = [1, *(pytest.param(version, marks=pytest.mark.slow) for version in range(2, SCHEMA_VERSION))]
"""Each version. The first one goes through all the steps; with any other the test is slow."""
