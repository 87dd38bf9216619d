"""Every notebook is whole as committed: executed, normalised, in the manifest, and its links and pictures exist."""

import json
import re
from pathlib import Path

import pytest

from coursekit.authoring.refresh import WIDGET_VIEW
from coursekit.content.notebooks import MANIFEST, digest, listed

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = listed(FOLDER)
LINK = re.compile(r"\]\((?!https?:|#)([^)\s]+)\)")


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    """One notebook of the course, as data."""
    return json.loads(request.param.read_text(encoding="utf-8"))


def test_every_code_cell_was_executed(notebook):
    """nbval compares nothing in a cell without an execution count."""
    counts = [cell["execution_count"] for cell in notebook["cells"] if cell["cell_type"] == "code"]

    assert counts == list(range(1, len(counts) + 1))


def test_every_cell_that_shows_something_has_its_text(notebook):
    """A page that nobody has run shows each exercise, card and panel as text, and no widget that is not there."""
    shown = [cell for cell in notebook["cells"] if re.match(r"(exercise|case|unit|progress)\(", "".join(cell["source"]))]
    outputs = [cell["outputs"][0]["data"] for cell in shown]

    assert all({"text/plain", "text/html"} <= data.keys() for data in outputs)
    assert not any(WIDGET_VIEW in data for data in outputs)


def test_links_and_pictures_exist(notebook):
    """Nothing that a page leads to or shows is missing, and every picture has words."""
    text = "\n".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown")

    assert [target for target in LINK.findall(text) if not (FOLDER / target.partition("#")[0]).exists()] == []
    assert "![](" not in text


def test_no_raw_html(notebook):
    """Pages are Markdown: raw HTML would read differently in each surface."""
    text = "\n".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown")

    assert re.findall(r"</?[a-z][^>]*>", text) == []


def test_the_manifest_names_the_bytes():
    """A notebook that is not in the manifest as it stands does not run by itself: `make notebooks` after each change."""
    assert json.loads((FOLDER / MANIFEST).read_text()) == {path.name: digest(path) for path in NOTEBOOKS}
