"""Open, list and close the cases that villages and agencies report, and say where each stands."""

COMMANDS = ("open", "list", "show", "note", "step", "close", "reopen", "link", "explain")
