"""List the villages, and add one."""

COMMANDS = ("list", "add")
