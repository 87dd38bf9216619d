"""The reading view is a page: it has words early, landmarks, ways on, pictures, and asks nothing of the outside."""

import pytest

from coursekit.content import location
from coursekit.content.notebooks import listed

PAGE = "05_cost.ipynb"


@pytest.fixture
def asked(page):
    """Every address that the page asks for."""
    addresses = []
    page.on("request", lambda request: addresses.append(request.url))
    return addresses


def test_the_page_asks_only_this_server(page, server, open_reading, asked):
    """No font, script or formula comes from another machine, so the course works without the internet."""
    open_reading(page, PAGE)

    assert [url for url in asked if not url.startswith((server.url, "data:", "blob:"))] == []


def test_the_page_has_title_language_and_landmarks(page, open_reading):
    """A screen reader hears what the page is, in which language, and where its parts are."""
    main = open_reading(page, PAGE)

    heading = main.get_by_role("heading", level=1).first.inner_text()
    assert page.title().startswith(heading)
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("link", name="Skip to the page").count() == 1
    assert page.get_by_role("link", name="Open in the workbook").get_attribute("href").endswith("/lab/tree/notebooks/" + PAGE)


def test_the_page_leads_to_its_neighbours(page, open_reading):
    """Previous and next lead to the units before and after, in the order of the notebooks."""
    open_reading(page, PAGE)

    names = [path.name for path in listed(location.root() / "notebooks")]
    place = names.index(PAGE)

    assert page.locator("a[rel=prev]").first.get_attribute("href") == names[place - 1]
    assert page.locator("a[rel=next]").first.get_attribute("href") == names[place + 1]


def test_pictures_show_and_nothing_is_wider_than_a_phone(page, open_reading):
    """Every picture is drawn, and on a phone nobody scrolls sideways."""
    page.set_viewport_size({"width": 400, "height": 800})
    open_reading(page, PAGE)

    widths = page.locator("main img").evaluate_all("pictures => pictures.map(picture => picture.naturalWidth)")
    assert widths and all(widths)
    assert page.evaluate("document.documentElement.scrollWidth") == 400


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_follows_the_system_and_can_be_told_otherwise(page, open_reading, scheme):
    """Light or dark is as the system has it, until the reader says otherwise."""
    other = {"light": "dark", "dark": "light"}[scheme]
    page.emulate_media(color_scheme=scheme)
    open_reading(page, PAGE)
    assert page.locator("html").get_attribute("data-scheme") == scheme

    page.get_by_role("button", name=f"Use {other} colours").click()

    assert page.locator("html").get_attribute("data-scheme") == other


def test_the_text_is_there_before_the_exercises(page, server):
    """While the exercises are being prepared, the text can be read and the page says what it is doing."""
    page.goto(server.reading(PAGE), wait_until="commit")

    page.get_by_role("heading", level=1).first.wait_for()
    assert page.get_by_role("status").first.inner_text() == "Preparing the page…"
