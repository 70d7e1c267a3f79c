"""The static site: every notebook, the data dictionary, the evidence of each fact, downloads, and the API.

It is built offline from what is committed: saved outputs, tables, docstrings. Pages ask nothing of other hosts,
work without script, and two builds of the same checkout are byte-identical.
"""
