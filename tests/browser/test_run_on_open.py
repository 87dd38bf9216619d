"""A notebook of the course runs when it is opened; a stranger's, an edited or a forged one never does."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from serving import also, lab_of, window

NOT_SIGNED = "Jupyter does not know this notebook as the course’s own"


@pytest.fixture(scope="module")
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
            server.sign(notebook)
        if edited:
            cell.source += "  # and one word more"
        path = server.folder / "notebooks" / f"{name}.ipynb"
        path.write_text(json.dumps(nbformat.from_dict(notebook)), encoding="utf-8")
        return trace

    return written


@pytest.fixture(scope="module")
def lab(browser, server, put):
    """JupyterLab, opened on a signed notebook; and the trace of that one."""
    trace = put("signed", signed=True)
    with window(browser) as page:
        lab_of(server)(page, "signed.ipynb")
        yield page, trace


def test_a_signed_notebook_runs_and_need_not_be_saved(lab):
    """A signed notebook runs by itself, and closing it asks nothing, since the learner changed nothing."""
    page, trace = lab
    panel = also(page, "notebooks/signed.ipynb")

    panel.get_by_text("it ran", exact=True).wait_for()
    assert trace.exists()
    page.locator(".jp-mod-dirty").wait_for(state="detached")


def test_hidden_code_leaves_no_mark_on_the_page(lab):
    """In the workbook a cell with hidden code shows its output only: no prompt, no placeholder, no code."""
    panel = also(lab[0], "notebooks/05_cost.ipynb")

    assert panel.locator(".jp-InputPlaceholder:visible, .jp-CodeMirrorEditor:visible, .jp-OutputPrompt:visible").count() == 0


@pytest.mark.parametrize(
    "how",
    [{}, {"signed": True, "edited": True}, {"trusted_in_file": True}],
    ids=["unsigned", "edited", "forged"],
)
def test_what_is_not_the_courses_does_not_run(lab, put, request, how):
    """An unsigned, an edited and a forged notebook do not run, and the page says why."""
    page, name = lab[0], request.node.callspec.id  # each its own text, or one's signature would hold for another
    trace = put(name, **how)

    panel = also(page, f"notebooks/{name}.ipynb")

    page.get_by_text(NOT_SIGNED).first.wait_for()
    assert panel.locator(".jp-OutputArea-output").count() == 0
    assert not trace.exists()
    page.evaluate("jupyterapp.commands.execute('apputils:dismiss-notification')")  # all of them, or the next notebook's test finds this
    page.get_by_text(NOT_SIGNED).first.wait_for(state="detached")


def test_a_notebook_opened_again_runs_again(lab, server):
    """Each opening runs the page, so that a learner who comes back finds it working."""
    page, trace = lab
    trace.unlink()

    lab_of(server)(page, "signed.ipynb")

    assert trace.exists()
