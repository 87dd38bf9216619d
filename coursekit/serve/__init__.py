"""The server of `coursekit start`, and what it puts in place for JupyterLab."""
