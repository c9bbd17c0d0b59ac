"""What the register holds on one person, in all its tables; and to whom it was shown (manual: personal-data)."""
