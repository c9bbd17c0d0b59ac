"""What the supervision of foreigners records: cases, inspections, meetings and letters."""
