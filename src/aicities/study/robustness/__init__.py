"""Notebook 07: how far the answer depends on choices."""
