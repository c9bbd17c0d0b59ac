"""Record, correct, list and show inspections in the field, and list who is due to be seen."""

COMMANDS = ("add", "edit", "list", "show", "due")
