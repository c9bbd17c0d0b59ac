"""Record, show, correct, move and depart the residents."""

COMMANDS = ("add", "edit", "show", "list", "move", "depart", "return", "passport", "remove", "merge", "dossier")
