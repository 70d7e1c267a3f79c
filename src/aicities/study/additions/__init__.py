"""Notebook 08: articles, league tables, numbers and claims of your own."""
