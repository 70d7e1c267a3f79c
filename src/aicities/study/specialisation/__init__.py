"""Notebook 04: what each city is strong in."""
