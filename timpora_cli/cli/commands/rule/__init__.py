"""List, add and end the dated rules: renewal windows, overstay rate and limit, reporting limits."""

COMMANDS = ("list", "add", "end")
