"""Record who was shown people, and remove what is personal at the end of its retention (manual: personal-data)."""
