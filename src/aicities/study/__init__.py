"""What the notebooks argue: one folder a notebook, with its analysis and its figures side by side."""

from . import draft

# in a draft the assertions of the notebook that imports a subject tell what changed, and go on
draft.asked()
