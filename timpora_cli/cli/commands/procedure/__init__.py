"""List, add, correct and end the steps of each kind of case."""

COMMANDS = ("list", "add", "edit", "end")
