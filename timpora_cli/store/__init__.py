"""The file of the register: how it is opened, made, migrated and changed. No other folder knows this."""
