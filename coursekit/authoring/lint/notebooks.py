"""Rules about notebooks: what they ask, and the cells that ask it."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...content.library import Library, Problem
from ...content.notebook_order import asked
from ...content.notebooks import listed, unit_of
from ...wording import rule_and_cure, say

_WIDGET = "application/vnd.jupyter.widget-view+json"


def asked_once(root: Path, library: Library) -> Iterator[Problem]:
    """Every exercise stands in its unit's notebook once; every exercise asked exists."""
    notebooks = {unit_of(path): path for path in listed(root / "notebooks") if as_json(path)}
    for unit, path in notebooks.items():
        file, ids = f"notebooks/{path.name}", asked(path)
        for id, times in Counter(ids).items():
            if id not in library:
                yield Problem(file, "", *rule_and_cure("lint.not_loaded", id=id))
            elif times > 1:
                yield Problem(file, "", *rule_and_cure("lint.asked_again", id=id, n=times))
            elif library[id].unit != unit:
                yield Problem(file, "", *rule_and_cure("lint.other_unit", id=id))
        for one in library.of_unit(unit):
            if one.id not in ids and one.role != "alternative":
                yield Problem(one.file, "", *rule_and_cure("lint.not_asked", notebook=path.name, id=one.id))


def cells(root: Path, library: Library) -> Iterator[Problem]:
    """A notebook runs by itself; its code cells are hidden, executed, and save no widget."""
    for path in listed(root / "notebooks"):
        file, notebook = f"notebooks/{path.name}", as_json(path)
        if notebook is None:
            yield Problem(file, "", *rule_and_cure("lint.no_notebook"))
            continue
        if not notebook["metadata"].get("coursekit", {}).get("run_on_open"):
            yield Problem(file, "", *rule_and_cure("lint.does_not_run"))
        for number, cell in enumerate(notebook["cells"], 1):
            yield from (Problem(file, say("place.cell", number=number), *problem) for problem in _cell(cell))


def as_json(path: Path) -> dict[str, Any] | None:
    """A notebook's JSON, None where it is not one."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        return notebook if isinstance(notebook["cells"], list) and isinstance(notebook["metadata"], dict) else None
    except (ValueError, KeyError, TypeError, OSError):
        return None


def _cell(cell: dict[str, Any]) -> Iterator[tuple[str, str]]:
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown" and source.count("$") > 1:
        yield rule_and_cure("lint.formula")
    if cell["cell_type"] != "code":
        return
    if not cell["metadata"].get("jupyter", {}).get("source_hidden"):
        yield rule_and_cure("lint.shows_code")
    if "exercise(" in source and "\n" in source.strip():
        yield rule_and_cure("lint.other_lines")
    if len(source.splitlines()) > 10:
        yield rule_and_cure("lint.long_cell", n=len(source.splitlines()))
    if cell["execution_count"] is None:
        yield rule_and_cure("lint.not_executed")
    if any(_WIDGET in output.get("data", {}) for output in cell["outputs"]):
        yield rule_and_cure("lint.widget")


RULES = (asked_once, cells)
