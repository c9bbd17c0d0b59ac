"""timpora: who expires before date X, and how many are in each district, from one local register."""
