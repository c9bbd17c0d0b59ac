"""One file, one question to the register: SQL in constants on top, functions that return records below. Reads only."""
