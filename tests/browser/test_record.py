"""What a learner typed is there again: after a reload, in the other surface, in a second tab, after a restart."""

import json
import re

import pytest
from keyboard import Hands

import coursekit
from coursekit.content import location

NOTEBOOK = "05_cost.ipynb"
RATE = coursekit.load(location.root() / "exercises")["cost/effective-rate"]


def form_on(opened):
    """The form of the exercise on an opened page."""
    return opened.get_by_role("region", name=RATE.title, exact=True)


def answer(page, opened, typed):
    """Type an answer, press Enter, and wait until it is saved."""
    form, hands = form_on(opened), Hands(page, form_on(opened))
    hands.answer(RATE, typed)
    hands.press("Enter")
    form.locator(".ck-summary").get_by_text("Right" if typed == "56,14" else "Not yet").wait_for()
    form.locator(".ck-keeping").get_by_text("Saved").wait_for()


@pytest.mark.parametrize("again", ["open_lab", "open_reading"])
def test_an_answer_is_there_again(request, page, browser, open_lab, again):
    """Answered in the workbook, found with its feedback in a new browser, in the workbook and in the reading view."""
    answer(page, open_lab(page, NOTEBOOK), "56,14")

    other = browser.new_context().new_page()
    form = form_on(request.getfixturevalue(again)(other, NOTEBOOK))
    form.locator(".ck-summary").get_by_text("Right").wait_for()
    assert form.locator("input").input_value() == "56,14"
    other.context.close()


def test_two_tabs_lose_nothing(browser, record, open_reading):
    """Two tabs with a kernel each write into one record, and every answer is in it."""
    pages = [browser.new_context().new_page() for _ in range(2)]
    opened = [open_reading(page, NOTEBOOK) for page in pages]
    for typed in ("80", "56,14"):
        for page, main in zip(pages, opened, strict=True):
            answer(page, main, typed)
    for page in pages:
        page.context.close()

    lines = [json.loads(line) for line in record.read_text().splitlines()]
    assert [line["answer"] for line in lines if line["act"] == "check"] == ["80", "80", "56,14", "56,14"]


def test_a_full_folder_is_said_and_the_answer_stays(page, record, open_reading):
    """When the record cannot be written the page says so in words, and the answer is still on it."""
    form = form_on(open_reading(page, NOTEBOOK))
    record.mkdir()  # a folder where the file should be: it cannot be opened for writing, not even by root
    hands = Hands(page, form)
    hands.answer(RATE, "56,14")
    hands.press("Enter")

    form.get_by_role("alert").get_by_text("could not save").wait_for()
    assert form.locator("input").input_value() == "56,14"
    record.rmdir()


def test_keys_of_the_workbook_do_nothing_inside_an_exercise(page, open_lab):
    """JupyterLab's command keys (x cuts a cell, R makes it raw, arrows leave it) stay outside the form."""
    panel = open_lab(page, NOTEBOOK)
    place = page.get_by_text(re.compile(r"^Cell \d+/\d+$"))  # the status bar: which cell, of how many
    before = place.inner_text()
    hands = Hands(page, form_on(panel))
    hands.answer(RATE, "1")
    hands.press("x", "r", "m", "y", "a", "b", "d", "d", "ArrowDown", "ArrowUp", "Escape", "Shift+Enter")

    assert form_on(panel).locator("input").input_value() == "1xrmyabdd"
    assert place.inner_text().partition("/")[2] == before.partition("/")[2]


def test_progress_follows_an_answer(page, open_reading):
    """The panel at the end of the unit counts an exercise as soon as it is answered."""
    main = open_reading(page, NOTEBOOK)
    panel = main.get_by_role("region", name="Your progress")
    before = panel.get_by_role("cell").first.inner_text()
    answer(page, main, "56,14")

    done = int(before.split()[0]) + 1
    panel.get_by_role("cell").first.get_by_text(f"{done} of").wait_for()
    assert panel.get_by_role("cell").first.inner_text().startswith(f"{done} of")
