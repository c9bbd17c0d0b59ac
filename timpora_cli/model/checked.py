"""How large a register's file may be for each answer to check all of it first: the setting `checked_kb`.

It makes a list a quarter slower at 40 people, and 2.5 times as slow at 10,000, so nobody is made to.
"""

CHECKED_KB = 0
MOST_KB = 1_000_000
