"""One file, one kind of change: functions that write within an open change, or refuse with an error that says why."""
