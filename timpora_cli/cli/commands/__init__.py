"""The commands: `timpora A B` is the file a/b.py here. None of them imports another."""

COMMANDS = (
    "expiring",
    "counts",
    "status",
    "resident",
    "permit",
    "import",
    "export",
    "reconcile",
    "relief",
    "rule",
    "holiday",
    "district",
    "village",
    "region",
    "setting",
    "history",
    "undo",
    "check",
    "verify",
    "schema",
    "init",
    "demo",
    "help",
    "completion",
)
"""The commands in the order in which an officer needs them. Each is a module here, or a folder of its own."""
