"""The collection for the reader's browser: JupyterLite, Pyodide and every package beside the pages, no server."""
