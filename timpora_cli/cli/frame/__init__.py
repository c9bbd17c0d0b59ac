"""The framework of the command line: what a command is, how its options are declared, its help page, its register.

It stands on Typer and knows no command. Exit codes are those of errors.py; what goes to stderr is in cli/talk.
"""
