"""Load and list the days on which nobody works; the day to act by passes them over."""

COMMANDS = ("list", "add", "import")
