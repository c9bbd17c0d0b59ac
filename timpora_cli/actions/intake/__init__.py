"""The import of a sheet of people: `run` is the whole of it, the other modules are its steps."""
