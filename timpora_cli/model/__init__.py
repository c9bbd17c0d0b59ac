"""What the office's data mean. Pure Python, and the day is always a parameter: no SQL, no terminal, no files."""
