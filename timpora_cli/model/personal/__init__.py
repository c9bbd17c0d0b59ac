"""The records of what is held on one person, who was shown it, and the end of its retention (manual: personal-data)."""
