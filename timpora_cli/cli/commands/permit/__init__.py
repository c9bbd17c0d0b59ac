"""Record, show, extend, convert, revoke and correct stay permits, and record reports of KITAP holders."""

COMMANDS = ("add", "show", "list", "extend", "convert", "revoke", "edit", "report")
