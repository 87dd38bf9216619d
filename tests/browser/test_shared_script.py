"""What all forms of a page share comes to it once, and is there again after a reload and in a new kernel."""

import pytest
from serving import lab_of, reading_of

NOTEBOOK = "05_cost.ipynb"
MARK = "class Exercise"  # stands in the script of the exercises, once


@pytest.fixture
def scripts(page):
    """How often the script came over a wire of the page."""
    found = []

    def listen(socket):
        socket.on("framereceived", lambda frame: found.extend([MARK] * text(frame).count(MARK)))

    page.on("websocket", listen)
    return found


def text(frame):
    return frame if isinstance(frame, str) else frame.decode("utf-8", "replace")


def test_once_in_the_reading_view(page, server, scripts):
    """With all the exercises of a unit on the page, which are answered by one script with one style."""
    reading_of(server)(page, NOTEBOOK)

    assert page.locator("section.ck").count() > 20
    assert page.evaluate("[...globalThis[Symbol.for('coursekit scripts')].keys()].length") == 1
    assert page.locator("head style").evaluate_all("all => all.filter(one => one.textContent.includes('.ck-title')).length") == 1
    assert len(scripts) <= 2  # Voilà asks the kernel for the state of all models, and hears of them as they are made


def test_in_the_workbook_again_after_a_reload_and_a_restart(page, server, scripts):
    """Once when the notebook runs; the forms are there and answer after the page is loaded again, and in a new kernel."""
    panel = lab_of(server)(page, NOTEBOOK)
    panel.locator("section.ck").first.wait_for()
    assert len(scripts) == 1

    page.reload()
    panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    panel.and_(page.locator("[data-coursekit=ready]")).wait_for()
    panel.locator("section.ck").first.wait_for()
    scripts.clear()

    panel.get_by_role("button", name="Restart the kernel and run all cells").click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    panel.locator("section.ck").first.wait_for(state="detached")
    form = panel.locator("section.ck").first
    form.wait_for()
    form.get_by_role("button", name="Check", exact=True).click()
    form.locator(".ck-summary").get_by_text("could not be read").wait_for()
    assert len(scripts) == 1
