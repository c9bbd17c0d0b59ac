"""The records of counts, of trends, and of the report of a month."""
