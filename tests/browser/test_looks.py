"""How the pages look and read: no barrier that axe can see, dark colours, phone and wide screen, and paper."""

import io
import json
import re
from importlib.resources import files

import pytest
from pypdf import PdfReader
from serving import forms

import coursekit
from coursekit.content import location
from coursekit.content.notebook_order import asked
from coursekit.content.notebooks import listed

AXE = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
NOTEBOOKS = [path.name for path in listed(location.root() / "notebooks")]
LIBRARY = coursekit.load(location.root() / "exercises")


def titles(notebook: str) -> list[str]:
    """The titles of the exercises that a notebook asks."""
    return [LIBRARY[id].title for id in asked(location.root() / "notebooks" / notebook)]


def barriers(page, within: str, **more) -> list[str]:
    """What axe finds serious or critical (WCAG 2.2 A and AA) in all elements that match a selector."""
    page.evaluate(f"window.axe || (0, eval)({json.dumps(AXE)})")
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"], **more}
    found = page.evaluate(f"axe.run({{include: [[{json.dumps(within)}]]}}, {json.dumps(options)})")["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found if one["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_reading_view_has_no_barrier(page, open_reading, notebook):
    """axe finds nothing serious or critical on any page of the reading view, nor too little contrast in the dark."""
    open_reading(page, notebook)
    assert barriers(page, "body") == []

    page.get_by_role("button", name="Use dark colours").click()
    page.locator("html[data-scheme=dark]").wait_for()
    assert barriers(page, "body", runOnly={"type": "rule", "values": ["color-contrast"]}) == []


@pytest.mark.parametrize("notebook", NOTEBOOKS[:1])
def test_forms_in_the_workbook_have_no_barrier(page, open_lab, notebook):
    """axe finds nothing serious or critical in the exercises in JupyterLab, each kind of them; its own frame is not ours."""
    open_lab(page, notebook)
    for title in titles(notebook):  # JupyterLab draws a cell when it comes into view
        page.get_by_role("region", name=title, exact=True).scroll_into_view_if_needed()

    assert page.locator("section.ck").count() >= len(titles(notebook))
    assert barriers(page, "section.ck") == []


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_every_exercise_fits_every_width_and_is_on_paper(page, open_reading, notebook):
    """From a phone to a wide screen nothing scrolls sideways; printed to PDF, the title of every exercise is there."""
    open_reading(page, notebook)
    for width in (320, 768, 1600):
        page.set_viewport_size({"width": width, "height": 900})
        boxes = page.locator("section.ck").evaluate_all("forms => forms.map(form => form.getBoundingClientRect().right)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert len(boxes) == forms(location.root() / "notebooks" / notebook)
        assert max(boxes) <= width

    pdf = PdfReader(io.BytesIO(page.pdf(format="A4")))
    printed = re.sub(r"\s+", "", "".join(sheet.extract_text() for sheet in pdf.pages))
    assert [title for title in titles(notebook) if re.sub(r"\s+", "", title) not in printed] == []
