"""How the file of one person is written, and what a purge removes (manual: personal-data)."""
