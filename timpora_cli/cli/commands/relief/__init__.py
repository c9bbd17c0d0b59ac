"""Record, list, explain and end the policies that keep permits valid past their printed day."""

COMMANDS = ("list", "add", "end", "explain")
