"""The one place that knows the file: how it is opened, made, migrated and changed."""
