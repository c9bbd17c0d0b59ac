"""What an officer types: the records of options that several commands take, each with how it is read."""
