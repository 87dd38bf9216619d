"""A notebook of the course runs when it is opened; a stranger's, an edited or a forged one never does."""

import json

import nbformat
import pytest
from nbformat.sign import NotebookNotary
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

NOT_SIGNED = "Jupyter does not know this notebook as the course’s own"


@pytest.fixture
def put(server):
    """put(name, signed=…) writes a notebook of one cell that leaves a trace when it runs."""

    def written(name, signed=False, edited=False, trusted_in_file=False):
        trace = server.folder / "notebooks" / f"{name}.ran"
        trace.unlink(missing_ok=True)
        cell = new_code_cell(f"open({trace.name!r}, 'w').close(); print('it ran')", id="trace")
        notebook = new_notebook(cells=[new_markdown_cell("# A page", id="title"), cell])
        notebook.metadata = {"coursekit": {"run_on_open": True}, "kernelspec": {"name": "python3", "display_name": "Python 3"}}
        if trusted_in_file:
            cell.metadata["trusted"] = True
        if signed:
            NotebookNotary(data_dir=str(server.data)).sign(notebook)
        if edited:
            cell.source += "  # and one word more"
        path = server.folder / "notebooks" / f"{name}.ipynb"
        path.write_text(json.dumps(nbformat.from_dict(notebook)), encoding="utf-8")
        return trace

    return written


def test_a_signed_notebook_runs_and_need_not_be_saved(page, put, open_lab):
    """A signed notebook runs by itself, and closing it asks nothing, since the learner changed nothing."""
    trace = put("signed", signed=True)

    panel = open_lab(page, "signed.ipynb")

    panel.get_by_text("it ran", exact=True).wait_for()
    assert trace.exists()
    page.locator(".jp-mod-dirty").wait_for(state="detached")


def test_a_notebook_opened_again_runs_again(page, put, open_lab):
    """Each opening runs the page, so that a learner who comes back finds it working."""
    trace = put("again", signed=True)
    open_lab(page, "again.ipynb")
    trace.unlink()

    open_lab(page, "again.ipynb")

    assert trace.exists()


@pytest.mark.parametrize(
    "how",
    [{}, {"signed": True, "edited": True}, {"trusted_in_file": True}],
    ids=["unsigned", "edited", "forged"],
)
def test_what_is_not_the_courses_does_not_run(page, put, open_lab, request, how):
    """An unsigned, an edited and a forged notebook do not run, and the page says why."""
    name = request.node.callspec.id  # each its own text, or one's signature would hold for another
    trace = put(name, **how)

    panel = open_lab(page, f"{name}.ipynb")

    page.get_by_text(NOT_SIGNED).first.wait_for()
    assert panel.locator(".jp-OutputArea-output").count() == 0
    assert not trace.exists()


def test_hidden_code_leaves_no_mark_on_the_page(page, open_lab):
    """In the workbook a cell with hidden code shows its output only: no prompt, no placeholder, no code."""
    panel = open_lab(page, "05_cost.ipynb")

    assert panel.locator(".jp-InputPlaceholder:visible, .jp-CodeMirrorEditor:visible, .jp-OutputPrompt:visible").count() == 0
