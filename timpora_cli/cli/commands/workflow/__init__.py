"""List and add the states of a case, and say which may follow which."""

COMMANDS = ("list", "add", "allow", "forbid")
