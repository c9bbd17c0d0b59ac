"""Record, show, extend, convert, revoke and correct stay permits."""

COMMANDS = ("add", "show", "list", "extend", "convert", "revoke", "edit")
