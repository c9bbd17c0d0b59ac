"""How many people there are or were, and what the office did: questions whose answers are numbers."""
