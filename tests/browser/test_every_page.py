"""Every page of the reading view, opened once: what it is, how it looks on screen and paper, and an answer to each exercise on it.

The tests that look come first and leave the page as they found it; those that answer come last.
"""

import io
import re
from types import SimpleNamespace

import pytest
from axe import CONTRAST, barriers
from keyboard import Hands, form_of
from pypdf import PdfReader
from serving import forms, reading_of, window

import coursekit
from coursekit.content import location
from coursekit.content.notebook_order import asked
from coursekit.content.notebooks import listed
from coursekit.record.attempts import Log

PAGES = listed(location.root() / "notebooks")
COST = next(path for path in PAGES if path.stem == "05_cost")
LIBRARY = coursekit.load(location.root() / "exercises")
SAID = {"graded": "Right", "needs marking": "Saved", "kept": "Saved"}
OTHER = {"light": "dark", "dark": "light"}


@pytest.fixture(scope="module", params=PAGES, ids=lambda path: path.stem)
def opened(request, browser, server):
    """A page of the reading view, every second one where the system is dark, with nothing answered."""
    path, scheme, addresses = request.param, ("light", "dark")[PAGES.index(request.param) % 2], []
    record = server.empty()
    with window(browser, color_scheme=scheme) as page:
        page.on("request", lambda request: addresses.append(request.url))
        main = reading_of(server)(page, path.name)
        exercises = [LIBRARY[id] for id in asked(path)]
        yield SimpleNamespace(path=path, page=page, main=main, scheme=scheme, addresses=addresses, exercises=exercises, record=record)


@pytest.fixture
def shown(opened):
    """That page, as wide as at first."""
    opened.page.set_viewport_size({"width": 1400, "height": 900})
    return opened


def switch(page, scheme: str) -> None:
    """Press the button that changes the colours."""
    page.get_by_role("button", name=f"Use {scheme} colours").click()
    page.locator(f"html[data-scheme={scheme}]").wait_for()


def test_the_page_asks_only_this_server(shown, server):
    """No font, script or formula comes from another machine, so the course works without the internet."""
    assert [url for url in shown.addresses if not url.startswith((server.url, "data:", "blob:"))] == []


def test_the_page_has_title_language_and_landmarks(shown):
    """A screen reader hears what the page is, in which language, and where its parts are."""
    page = shown.page
    heading = shown.main.get_by_role("heading", level=1).first.inner_text()

    assert page.title().startswith(heading)
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("link", name="Skip to the page").count() == 1
    assert page.get_by_role("link", name="Open in the workbook").get_attribute("href").endswith("/lab/tree/notebooks/" + shown.path.name)


def test_the_page_leads_to_its_neighbours(shown):
    """Previous and next lead to the units before and after, in the order of the notebooks."""
    place = PAGES.index(shown.path)
    for rel, there in (("prev", PAGES[:place][-1:]), ("next", PAGES[place + 1 :][:1])):
        links = shown.page.locator(f"a[rel={rel}]").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert set(links) == {path.name for path in there}


def test_pictures_show_and_nothing_is_wider_than_a_phone(shown):
    """Every picture is drawn, and on a phone nobody scrolls sideways."""
    shown.page.set_viewport_size({"width": 400, "height": 800})

    widths = shown.page.locator("main img").evaluate_all("pictures => pictures.map(picture => picture.naturalWidth)")
    assert all(widths)
    assert widths or shown.path != COST
    assert shown.page.evaluate("document.documentElement.scrollWidth") == 400


def test_the_page_follows_the_system_and_can_be_told_otherwise(shown):
    """Light or dark is as the system has it, until the reader says otherwise."""
    assert shown.page.locator("html").get_attribute("data-scheme") == shown.scheme

    switch(shown.page, OTHER[shown.scheme])
    switch(shown.page, shown.scheme)


def test_no_barrier(shown):
    """axe finds nothing serious or critical, nor too little contrast in the other colours."""
    assert barriers(shown.page) == []

    switch(shown.page, OTHER[shown.scheme])
    found = barriers(shown.page, runOnly=CONTRAST)
    switch(shown.page, shown.scheme)
    assert found == []


def test_every_exercise_fits_every_width_and_is_on_paper(shown):
    """From a phone to a wide screen nothing scrolls sideways; printed to PDF, the title of every exercise is there."""
    page = shown.page
    for width in (320, 768, 1600):
        page.set_viewport_size({"width": width, "height": 900})
        boxes = page.locator("section.ck").evaluate_all("forms => forms.map(form => form.getBoundingClientRect().right)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert len(boxes) == forms(shown.path)
        assert max(boxes) <= width

    pdf = PdfReader(io.BytesIO(page.pdf(format="A4")))
    printed = re.sub(r"\s+", "", "".join(sheet.extract_text() for sheet in pdf.pages))
    assert [one.title for one in shown.exercises if re.sub(r"\s+", "", one.title) not in printed] == []


def test_a_scene_is_announced(shown):
    """A hard scene comes with its note, and nothing else has one."""
    noted = [one.title for one in shown.exercises if form_of(shown.main, one).get_by_role("note").count()]

    assert noted == [one.title for one in shown.exercises if one.alternative]


class Swift(Hands):
    """Hands that go straight to a control; that Tab reaches each kind of control is tested in test_every_kind.py."""

    def tab_to(self, target) -> None:
        target.focus()


def test_every_exercise_is_answered(shown):
    """The right answer that an exercise makes up about itself is right on the page too, counted in its progress, and saved."""
    progress = shown.main.get_by_role("region", name="Your progress").get_by_role("cell").first
    counted = [one.id for one in shown.exercises if one.role != "demo"]
    progress.get_by_text(f"0 of {len(counted)} done").wait_for()
    for exercise in shown.exercises:
        raw = exercise.samples().right[0]
        form = form_of(shown.main, exercise)
        hands = Swift(shown.page, form)
        hands.answer(exercise, raw)
        hands.check()
        form.locator(".ck-summary").get_by_text(SAID[coursekit.grade(exercise, raw).status]).first.wait_for()
        if exercise.id in counted:
            progress.get_by_text(f"{counted.index(exercise.id) + 1} of {len(counted)} done").wait_for()

    assert {one.id for one in shown.exercises} <= {entry.exercise for entry in Log(shown.record.parent).entries()}


@pytest.mark.parametrize("opened", PAGES[:1], indirect=True, ids=lambda path: path.stem)
def test_the_test_before_the_course_says_nothing(shown):
    """A test question is saved, and the page says neither right nor wrong."""
    items = [one for one in LIBRARY.values() if one.role == "test" and one.kind == "single-choice"]
    titles = set(shown.main.get_by_role("heading", level=3).all_inner_texts())
    item = next(one for one in items if one.title in titles)

    form = form_of(shown.main, item)
    wrong = next(option for option in item.option if not option.right)
    form.get_by_role("radio", name=wrong.text, exact=True).check()
    form.get_by_role("button", name="Save").click()
    form.locator(".ck-summary").get_by_text("Saved").wait_for()

    assert wrong.why[:30] not in form.inner_text()
    assert form.get_by_role("button", name="Show the answer and why").is_hidden()


def test_the_text_is_there_before_the_exercises(page, server):
    """While the exercises are being prepared, the text can be read and the page says what it is doing."""
    page.goto(server.reading(COST.name), wait_until="commit")

    page.get_by_role("heading", level=1).first.wait_for()
    assert page.get_by_role("status").first.inner_text() == "Preparing the page…"
