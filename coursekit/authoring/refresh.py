"""The author's tool: executes every notebook of the course and writes it the same way each time."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from .. import files
from ..content import notebooks
from ..record.home import VARIABLE
from ..wording import ENGLISH

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def refresh(folder: Path) -> list[str]:
    """Execute and normalise every notebook of `folder`, write its manifest, and return the names that changed."""
    changed = [path.name for path in notebooks.listed(folder) if _renew(path)]
    notebooks.write_manifest(folder)
    return changed


def _renew(path: Path) -> bool:
    import nbformat

    before = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(before, as_version=4)
    for number, cell in enumerate(json.loads(before)["cells"]):  # nbformat would give a new id at random
        notebook.cells[number].id = cell.get("id", f"cell-{number:02}")
    _execute(notebook, path.parent)
    normalise(notebook)
    nbformat.validate(notebook)
    after = nbformat.writes(notebook).rstrip() + "\n"
    if after != before:
        files.write(path, after)
    return after != before


def _execute(notebook: Any, folder: Path) -> None:
    """Run the notebook with no record of answers, as a learner meets it the first time."""
    from nbclient import NotebookClient

    with tempfile.TemporaryDirectory() as home:
        client = NotebookClient(
            notebook,
            kernel_name="python3",
            resources={"metadata": {"path": str(folder)}},
            record_timing=False,
            store_widget_state=False,
        )
        client.execute(env={**os.environ, VARIABLE: home, "COURSEKIT_LANGUAGE": ENGLISH})


def normalise(notebook: Any) -> None:
    """Leave out what differs from one run to the next; say that the page runs when opened and hides its code."""
    notebook.metadata = notebooks.METADATA
    for cell in notebook.cells:
        kept = {key: value for key, value in cell.metadata.items() if key == "tags"}
        if cell.cell_type == "code":
            kept["jupyter"] = {"source_hidden": True}
            cell.outputs = [output for output in map(_without_views, cell.outputs) if output]
        cell.metadata = kept


def _without_views(output: Any) -> Any:
    """The output without its live view, which would hide the text of a page that was not run; None if nothing is left."""
    if "data" not in output:
        return output
    output.data.pop(WIDGET_VIEW, None)
    output.metadata.pop(WIDGET_VIEW, None)
    return output if output.data else None
