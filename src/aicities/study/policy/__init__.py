"""Policy: what the cities promise, by when, with how much money, and what can be compared."""
