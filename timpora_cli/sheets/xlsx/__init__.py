"""The sheets of a workbook, read from its parts."""
