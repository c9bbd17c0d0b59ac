"""One file a format: each writes what has been arranged, and only the one that is asked for is loaded."""
