"""Toys of all kinds."""

COMMANDS = ("list", "said", "add", "keep", "shelf", "box", "flood", "fail")
