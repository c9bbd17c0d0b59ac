"""One file, one question: the SQL in a capital constant on top, rows to records below. Nothing here writes."""
