"""How the pages look and read: no barrier that axe can see, dark colours, phone and wide screen, and paper."""

import io
import json
import re
from importlib.resources import files

import pytest
from pypdf import PdfReader

import coursekit
from coursekit import course
from coursekit.notebooks import listed
from coursekit.plan import asked

AXE = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
NOTEBOOKS = [path.name for path in listed(course.root() / "notebooks")]
LIBRARY = coursekit.load(course.root() / "exercises")
OURS = {"workbook": ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook", "reading view": "body"}


def titles(notebook: str) -> list[str]:
    """The titles of the exercises that a notebook asks."""
    return [LIBRARY[id].title for id in asked(course.root() / "notebooks" / notebook)]


def barriers(page, within: str) -> list[str]:
    """What axe finds serious or critical (WCAG 2.2 A and AA) inside our forms, cards and pages."""
    page.evaluate(AXE)
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
    found = page.evaluate(f"axe.run(document.querySelector({json.dumps(within)}), {json.dumps(options)})")["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found if one["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_reading_view_has_no_barrier(page, open_reading, notebook, scheme):
    """axe finds nothing serious or critical on any page of the reading view, in light and in dark."""
    page.emulate_media(color_scheme=scheme)
    open_reading(page, notebook)

    assert barriers(page, OURS["reading view"]) == []


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_forms_in_the_workbook_have_no_barrier(page, open_lab, notebook):
    """axe finds nothing serious or critical in any exercise in JupyterLab; JupyterLab's own frame is not ours."""
    open_lab(page, notebook)
    found = []
    for place in range(page.locator("section.ck").count()):
        page.locator("section.ck").nth(place).evaluate("node => { node.id = 'under-test'; }")
        found += barriers(page, "#under-test")
        page.locator("#under-test").evaluate("node => node.removeAttribute('id')")

    assert found == []


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_every_exercise_fits_every_width_and_is_on_paper(page, open_reading, notebook):
    """From a phone to a wide screen nothing scrolls sideways; printed to PDF, the title of every exercise is there."""
    open_reading(page, notebook)
    for width in (320, 768, 1600):
        page.set_viewport_size({"width": width, "height": 900})
        boxes = page.locator("section.ck").evaluate_all("forms => forms.map(form => form.getBoundingClientRect().right)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert len(boxes) == len(titles(notebook))
        assert max(boxes) <= width

    pdf = PdfReader(io.BytesIO(page.pdf(format="A4")))
    printed = re.sub(r"\s+", "", "".join(sheet.extract_text() for sheet in pdf.pages))
    assert [title for title in titles(notebook) if re.sub(r"\s+", "", title) not in printed] == []
