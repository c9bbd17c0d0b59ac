"""Meetings of the Timpora: invite, note who came and what was decided, close, and print the pages."""

COMMANDS = ("add", "list", "show", "edit", "invite", "attend", "agenda", "decide", "close", "report")
