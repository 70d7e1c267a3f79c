"""What the notebooks argue: one folder for each, with its analysis and its figures."""
