"""What counts, trends and the report of a month answer."""
