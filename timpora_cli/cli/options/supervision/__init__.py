"""What is typed about the supervision of foreigners: cases, inspections, meetings and letters."""
