"""List and rank the districts, and record what becomes of them: one is new, ends, is split, renamed or moved."""

COMMANDS = ("list", "rank", "add", "end", "split", "rename", "move")
