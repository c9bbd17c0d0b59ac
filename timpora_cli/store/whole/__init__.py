"""Whether a register is as timpora left it: its tables, rules and views, and the rows that each change wrote."""
