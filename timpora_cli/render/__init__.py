"""Records to text: stdout and files. `write` writes an answer (`answer`, `answers/`) in a format; no SQL is here."""
