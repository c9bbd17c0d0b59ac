"""What the supervision of foreigners asks: cases, duties, inspections, meetings, letters, and where to look."""
