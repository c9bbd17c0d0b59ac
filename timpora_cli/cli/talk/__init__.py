"""What a person reads on stderr and is asked, how far long work has come, and the process's three streams."""
