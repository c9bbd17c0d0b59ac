"""How large a register's file may be for each answer to check all of it first: the setting `checked_kb`.

It costs a fifth of the time of a list at 40 people, a third at 2,000 and four fifths at 10,000, so nobody is made to.
"""

CHECKED_KB = 0
MOST_KB = 1_000_000
