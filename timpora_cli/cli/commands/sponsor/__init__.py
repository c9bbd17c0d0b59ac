"""List, show, correct, merge and remove the sponsors."""

COMMANDS = ("list", "show", "edit", "merge", "remove")
