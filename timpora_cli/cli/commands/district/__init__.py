"""List the districts, and add one."""

COMMANDS = ("list", "add")
