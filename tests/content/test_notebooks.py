"""Which notebooks there are, which bytes are the course's own, and that refreshing settles."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from coursekit.authoring.refresh import WIDGET_VIEW, refresh
from coursekit.content import location, notebooks

WIDGET = "from ipywidgets import Button; Button(description='Check')"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The notebooks of a course of two units, and nobody's signatures but this test's."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(location, "root", lambda: tmp_path)
    folder = tmp_path / "notebooks"
    folder.mkdir()
    write(folder / "05_cost.ipynb", "# What an hour earns", "print('out')")
    write(folder / "00_start_here.ipynb", "# Start *here*", WIDGET)
    notebooks.write_manifest(folder)
    return folder


def write(path, text, code):
    cells = [new_markdown_cell(text, id="title"), new_code_cell(code, id="code")]
    nbformat.write(new_notebook(cells=cells), path)


@pytest.mark.parametrize(
    ("name", "unit"),
    [("05_cost.ipynb", "cost"), ("00_start_here.ipynb", "start-here"), ("06_limits_and_power.ipynb", "limits-and-power")],
)
def test_unit_of_a_notebook(name, unit):
    """The unit is the name without its number."""
    assert notebooks.unit_of(name) == unit


def test_listed_in_the_order_of_the_course(folder):
    """The number is the order; what has no number is no unit."""
    write(folder / "05_cost (yours, 2026-11-22).ipynb", "# Mine", "1")
    write(folder / "Untitled.ipynb", "# Mine", "1")

    assert [path.name for path in notebooks.listed(folder)] == ["00_start_here.ipynb", "05_cost.ipynb"]


def test_title_is_the_first_heading(folder):
    """A page is called what its first heading says."""
    assert notebooks.title_of(folder / "05_cost.ipynb") == "What an hour earns"


def test_refreshing_twice_changes_nothing(folder):
    """Refreshing executes and normalises; the second time there is nothing left to change."""
    assert refresh(folder) == ["00_start_here.ipynb", "05_cost.ipynb"]
    assert refresh(folder) == []


def test_a_refreshed_notebook_reads_without_being_run(folder):
    """It keeps counts and text, carries no live view and no timing, runs when opened and hides its code."""
    refresh(folder)

    notebook = json.loads((folder / "00_start_here.ipynb").read_text(encoding="utf-8"))

    cell = notebook["cells"][1]
    assert notebook["metadata"]["coursekit"] == {"run_on_open": True} and "widgets" not in notebook["metadata"]
    assert cell["metadata"] == {"jupyter": {"source_hidden": True}} and cell["id"] == "code"
    assert cell["execution_count"] == 1 and "text/plain" in cell["outputs"][0]["data"]
    assert WIDGET_VIEW not in json.dumps(notebook)
    assert notebooks.manifest()["00_start_here.ipynb"] == notebooks.digest(folder / "00_start_here.ipynb")
