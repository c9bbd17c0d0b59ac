"""Say when changes were made that were recorded by a wrong clock."""

COMMANDS = ("correct",)
