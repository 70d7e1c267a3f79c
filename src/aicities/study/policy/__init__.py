"""Notebook 05: what the cities planned, and what the article advises."""
