"""The statistics report in a browser: no barrier that axe can see, both colours, every width, and paper."""

import io
import re
import unicodedata
from contextlib import closing

import invented
import pytest
from axe import AXE
from pypdf import PdfReader

from coursekit.gradebook.statistics.write_statistics import write


@pytest.fixture(scope="module", params=[200, 3], ids=["class", "three"])
def report(request, tmp_path_factory):
    """The address of a report: with everything in it, and on three learners."""
    folder = invented.write(tmp_path_factory.mktemp("graded"), *invented.made(learners=request.param))
    write(folder)
    return (folder / "stats" / "report.html").as_uri()


@pytest.fixture(scope="module")
def context(browser):
    """A browser for all of these. The page forbids scripts; axe comes in past that."""
    with closing(browser.new_context(bypass_csp=True)) as made:
        yield made


@pytest.fixture
def opened(context, report):
    """A function that opens the report in a colour scheme, in a window of a width."""

    def make(scheme="light", width=1280):
        page = context.new_page()
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(report)
        return page

    yield make
    for page in context.pages:
        page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barrier(opened, scheme):
    """axe finds nothing at all: WCAG 2.2 A and AA and its best practices, contrast in both colour schemes."""
    page = opened(scheme)
    page.evaluate(AXE)

    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]

    assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found] == []


def test_colours_follow_the_scheme(opened):
    """Light on dark, dark on light, and dark on white on paper whatever the scheme."""
    ground = "getComputedStyle(document.body).backgroundColor"
    light, dark = opened("light"), opened("dark")
    assert (light.evaluate(ground), dark.evaluate(ground)) == ("rgb(255, 255, 255)", "rgb(23, 25, 28)")

    dark.emulate_media(media="print", color_scheme="dark")
    assert dark.evaluate(ground) == "rgb(255, 255, 255)"
    assert dark.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


@pytest.mark.parametrize("width", [320, 768, 1600])
def test_nothing_scrolls_sideways(opened, width):
    """Wide tables and charts scroll in frames of their own, which Tab reaches and which have names."""
    page = opened(width=width)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    frames = page.locator(".scroll").evaluate_all("all => all.map(one => [one.tabIndex, one.getAttribute('aria-label')])")
    assert frames and all(index == 0 and name for index, name in frames)


def test_the_whole_is_on_paper(opened):
    """Printed on A4 every heading and the last column of the widest table are there."""
    page = opened()
    headings = page.locator("h1, h2, h3, thead th").all_inner_texts()

    printed = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)

    squeezed = re.sub(r"\s+", "", unicodedata.normalize("NFKC", printed))  # ﬁ is one sign in some fonts
    assert [heading for heading in headings if re.sub(r"\s+", "", heading) not in squeezed] == []
    widest = page.evaluate("Math.max(...[...document.querySelectorAll('table')].map(one => one.getBoundingClientRect().width))")
    assert widest <= 928  # of the frame: 60rem less its margins


def test_keyboard_reaches_every_question(opened):
    """A link in the list of flags leads to the question's table."""
    page = opened()
    links = page.locator(".flags a")
    if links.count():
        links.first.focus()
        page.keyboard.press("Enter")

        assert page.evaluate("document.querySelector(':target').id") == "q7"
