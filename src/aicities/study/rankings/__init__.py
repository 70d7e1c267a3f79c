"""Notebook 02: league tables of cities, one vote per publisher."""
