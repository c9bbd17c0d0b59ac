"""The answers about the supervision of foreigners: cases, duties, inspections, meetings, letters, the ranking."""
