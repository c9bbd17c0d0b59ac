"""The records and rules of the supervision of foreigners: cases, duties, inspections, meetings and letters."""
