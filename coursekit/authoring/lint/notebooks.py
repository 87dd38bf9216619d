"""Rules about notebooks: what they ask, and the cells that ask it."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...content.library import Library, Problem
from ...content.notebook_order import asked
from ...content.notebooks import listed, unit_of

_WIDGET = "application/vnd.jupyter.widget-view+json"


def asked_once(root: Path, library: Library) -> Iterator[Problem]:
    """Every exercise stands in its unit's notebook once; every exercise asked exists."""
    notebooks = {unit_of(path): path for path in listed(root / "notebooks") if as_json(path)}
    for unit, path in notebooks.items():
        file, ids = f"notebooks/{path.name}", asked(path)
        for id, times in Counter(ids).items():
            if id not in library:
                yield Problem(file, "", f"asks “{id}”, which could not be loaded", "Correct the id or the file.")
            elif times > 1:
                yield Problem(file, "", f"asks “{id}” {times} times", "Ask it once.")
            elif library[id].unit != unit:
                yield Problem(file, "", f"asks “{id}”, which belongs to another unit", "Ask it in the notebook of its own unit.")
        for one in library.of_unit(unit):
            if one.id not in ids and one.role != "alternative":
                yield Problem(one.file, "", f"is not asked in {path.name}", f'Add a cell exercise("{one.id}").')


def cells(root: Path, library: Library) -> Iterator[Problem]:
    """A notebook runs by itself; its code cells are hidden, executed, and save no widget."""
    for path in listed(root / "notebooks"):
        file, notebook = f"notebooks/{path.name}", as_json(path)
        if notebook is None:
            yield Problem(file, "", "is not a notebook", "Save it again in JupyterLab, or take it out.")
            continue
        if not notebook["metadata"].get("coursekit", {}).get("run_on_open"):
            yield Problem(file, "", "does not ask to run when opened", "Set metadata.coursekit.run_on_open.")
        for number, cell in enumerate(notebook["cells"], 1):
            if cell["cell_type"] == "markdown" and "".join(cell["source"]).count("$") > 1:
                yield Problem(file, f"cell {number}", "has two dollar signs, which Jupyter takes for a formula", "Write “850 dollars”.")
            if cell["cell_type"] == "code":
                yield from (Problem(file, f"cell {number}", *problem) for problem in _cell(cell))


def as_json(path: Path) -> dict[str, Any] | None:
    """A notebook's JSON, None where it is not one."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        return notebook if isinstance(notebook["cells"], list) and isinstance(notebook["metadata"], dict) else None
    except (ValueError, KeyError, TypeError, OSError):
        return None


def _cell(cell: dict[str, Any]) -> Iterator[tuple[str, str]]:
    source = "".join(cell["source"])
    if not cell["metadata"].get("jupyter", {}).get("source_hidden"):
        yield "shows its code", "Hide it: jupyter.source_hidden."
    if "exercise(" in source and "\n" in source.strip():
        yield "asks an exercise among other lines", "Give the exercise a cell of its own."
    if len(source.splitlines()) > 10:
        yield f"has {len(source.splitlines())} lines, ten are the most", "Move the work into data or the package."
    if cell["execution_count"] is None:
        yield "was never executed, so nbval compares nothing there", "Run make notebooks."
    if any(_WIDGET in output.get("data", {}) for output in cell["outputs"]):
        yield "saves a widget, which an unexecuted page shows as an error", "Run make notebooks."


RULES = (asked_once, cells)
