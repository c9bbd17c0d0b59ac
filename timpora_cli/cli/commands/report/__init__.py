"""Report what the office did."""

COMMANDS = ("monthly",)
