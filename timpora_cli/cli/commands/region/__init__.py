"""Bring in regions from a list."""

COMMANDS = ("import",)
