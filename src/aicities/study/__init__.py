"""What the notebooks argue: one folder a notebook, with its analysis and its figures side by side."""
