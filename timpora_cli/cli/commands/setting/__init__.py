"""List and change the settings that are the office's own."""

COMMANDS = ("list", "set")
