"""What in the notebook of an assignment is not the assignment's: anything that could run, fetch or pass for it."""

from collections.abc import Mapping
from typing import Any

from ..content.foreign_markdown import is_quiet
from ..content.markdown import harmless
from ..content.notebooks import KERNEL, METADATA
from ..formats import listed
from ..wording import say

_WIDGET = "application/vnd.jupyter.widget-view+json"  # names a widget of a kernel that is gone; without a state it shows nothing
_VIEW = {"model_id", "version_major", "version_minor"}
_OUTPUTS = {"text/plain", "text/html", _WIDGET}
# What nbgrader and JupyterLab add: how a cell is shown and locked, when it ran, and who may edit it.
_OF_CELLS = {
    "collapsed", "deletable", "editable", "execution", "jp-MarkdownHeadingCollapsed", "jupyter", "nbgrader", "scrolled", "slideshow",
    "tags", "trusted",
}  # fmt: skip


def strangeness(made: Any, there: Any) -> str:
    """What keeps a notebook from being trusted as the one `made` here, in words; empty where nothing does.

    `there` is a valid notebook, or None. It must have the cells of code that were made, in their order. Texts and outputs may be
    others, as long as nothing in them is alive: an older version wrote other sentences, and a learner may add notes.
    """
    if there is None or (there.nbformat, there.nbformat_minor) != (made.nbformat, made.nbformat_minor):
        return say("start.strange_format")
    if names := _settings(there.metadata):
        return say("start.strange_settings", names=listed(names))
    code = [(cell.id, cell.source) for cell in made.cells if cell.cell_type == "code"]
    for number, cell in enumerate(there.cells, 1):
        if what := _of_cell(cell, code):
            return say(f"start.strange_{what}", number=number)
    found = [(cell.id, cell.source) for cell in there.cells if cell.cell_type == "code"]
    return "" if found == code else say("start.strange_order")


def _settings(metadata: Mapping[str, Any]) -> list[str]:
    """The keys of a notebook's metadata that are not known, or say something else than ours."""
    kernel, language = (metadata.get(name, {}) for name in ("kernelspec", "language_info"))
    right = {
        "coursekit": metadata.get("coursekit") == METADATA["coursekit"],
        "kernelspec": kernel.get("name") == KERNEL["name"] and kernel.get("language", "python") == "python",
        "language_info": language.get("name") == "python" and language.get("nbconvert_exporter", "python") == "python",
    }
    return sorted({name for name, is_right in right.items() if not is_right} | (metadata.keys() - right.keys()))


def _of_cell(cell: Any, code: list[tuple[str, str]]) -> str:
    """The word for what is strange about a cell, if anything is."""
    if cell.cell_type != "markdown" and (cell.cell_type != "code" or (cell.id, cell.source) not in code):
        return "cell"
    if cell.metadata.keys() - _OF_CELLS:
        return "cell_settings"
    if "attachments" in cell or (cell.cell_type == "markdown" and not is_quiet(cell.source)):
        return "text"
    return "" if all(map(_is_plain, cell.get("outputs", ()))) else "output"


def _is_plain(output: Any) -> bool:
    """Whether an output is such as this course's cells have: a text, and HTML in which nothing is alive."""
    if output.output_type != "execute_result" or output.metadata or output.data.keys() - _OUTPUTS:
        return False
    page, widget = output.data.get("text/html", ""), output.data.get(_WIDGET, {})
    return isinstance(page, str) and harmless(page) and isinstance(widget, dict) and widget.keys() <= _VIEW
