"""Notebook 03: computing power, as published."""
