"""Whose rows they are, and what they want of the register: pure functions of the rows and of what is on record."""
