"""What single steps of the schema do to the rows that are there, and the rows that ship with them. A step is frozen."""
