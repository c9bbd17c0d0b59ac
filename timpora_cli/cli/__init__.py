"""The command line: each command reads its options, makes one call and renders. No rule and no SQL lives here."""
