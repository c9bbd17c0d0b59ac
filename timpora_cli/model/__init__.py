"""What the office's data mean: pure Python, the day always a parameter; never SQL, a terminal or a file."""
