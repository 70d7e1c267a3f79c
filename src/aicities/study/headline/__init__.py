"""Notebook 00: the answer, and its sentences in four languages."""
