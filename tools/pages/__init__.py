"""Pages that are written from data and notebooks: READMEs, dictionary, the way from notebook to notebook."""
