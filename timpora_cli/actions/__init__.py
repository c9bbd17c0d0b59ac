"""One file, one kind of change: functions that act within a change under way, and refuse with the values in hand."""
