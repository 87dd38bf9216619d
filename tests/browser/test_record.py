"""What a learner typed is there again: after a reload, in the other surface, in a second tab, after a restart.

What of this belongs to the form and to no surface is tried in test_draft.py, in more ways.
"""

import json
import re

import pytest
from keyboard import Hands
from serving import reading_of, served

import coursekit
from coursekit.content import location

NOTEBOOK = "05_cost.ipynb"
LIBRARY = coursekit.load(location.root() / "exercises")
RATE = LIBRARY["cost/effective-rate"]
START, NOTE, SHEET = "00_start_here.ipynb", LIBRARY["start-here/demo-short-text"], LIBRARY["start-here/demo-worksheet"]


def form_on(opened, exercise=RATE):
    """The form of an exercise on an opened page."""
    form = opened.get_by_role("region", name=exercise.title, exact=True)
    form.scroll_into_view_if_needed()
    return form


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


@pytest.mark.parametrize("surface", ["open_lab", "open_reading"])
def test_what_is_typed_is_there_in_the_next_window(request, page, record, surface):
    """Nothing is pressed and no box is left: after a pause the page says that the draft is saved, and a new window has it."""
    opened = request.getfixturevalue(surface)
    form = form_on(opened(page, START), NOTE)
    form.locator("textarea").press_sequentially("On Monday I write to her.")
    form.locator(".ck-keeping").get_by_text("Draft saved").wait_for()
    page.close(run_before_unload=True)  # nothing is unsaved, so that it asks nothing
    page = page.context.new_page()
    form = form_on(opened(page, START), NOTE)
    form.locator(".ck-keeping").get_by_text("Draft saved").wait_for()

    assert form.locator("textarea").input_value() == "On Monday I write to her."
    assert not record.exists()


@pytest.mark.parametrize("surface", ["open_lab", "open_reading"])
def test_who_is_asked_and_stays_goes_on(request, page, record, surface):
    """Closing asks where something is not saved yet; whoever stays has it saved, and types on."""
    form = form_on(request.getfixturevalue(surface)(page, START), NOTE)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    form.locator("textarea").press_sequentially("On Monday ")
    page.close(run_before_unload=True)
    form.locator(".ck-keeping").get_by_text("Draft saved").wait_for()
    form.locator("textarea").press_sequentially("I write to her.")
    form.locator(".ck-keeping").get_by_text("Changed since").wait_for()
    form.locator(".ck-keeping").get_by_text("Draft saved").wait_for()

    (draft,) = (record.parent / "drafts").glob("*.json")
    assert json.loads(draft.read_text())["answer"] == "On Monday I write to her."
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("surface", ["open_lab", "open_reading"])
def test_two_windows_at_a_worksheet_and_at_one_box(request, page, browser, record, surface):
    """Each has a kernel of its own: fields of both are in the record, and of one box the second window is asked."""
    opened = request.getfixturevalue(surface)
    other = browser.new_context().new_page()
    other.set_default_timeout(60_000)
    windows = [form_on(opened(page, START), SHEET), form_on(opened(other, START), SHEET)]
    labels = [field.label for field in SHEET.field][:2]
    for form, label, value in zip(windows, labels, ("12", "34"), strict=True):
        form.get_by_label(label, exact=True).fill(value)
        form.locator(".ck-keeping").get_by_text("Draft saved").wait_for()
    assert windows[1].get_by_label(labels[0], exact=True).input_value() == "12"
    (draft,) = (json.loads(path.read_text()) for path in record.parent.glob("drafts/*.json"))
    assert list(draft["answer"].values())[:2] == ["12", "34"]

    windows[1].get_by_label(labels[0], exact=True).fill("a walk with the dog")
    windows[1].locator(".ck-keeping").get_by_text("Draft saved").wait_for()
    windows[0].get_by_label(labels[0], exact=True).fill("a lift to the station")
    asked = windows[0].get_by_role("group", name="You changed this in another window at")
    asked.get_by_text("a walk with the dog", exact=True).wait_for()
    hands = Hands(page, windows[0])
    hands.tab_to(asked.get_by_role("button", name="Use that"))
    hands.press("Enter")
    asked.wait_for(state="detached")
    assert [windows[0].get_by_label(label, exact=True).input_value() for label in labels] == ["a walk with the dog", "34"]
    other.context.close()


def test_the_server_dies_while_somebody_types(page, tmp_path):
    """The page says so and asks before it closes; the text is in the browser, and in the record once the course runs again."""
    with served(tmp_path, tmp_path / "course") as server:
        form = form_on(reading_of(server)(page, START), NOTE)
        form.locator("textarea").press_sequentially("On Monday ")
        form.locator(".ck-keeping").get_by_text("Draft saved").wait_for()
    form.locator("textarea").press_sequentially("I write to her.")
    form.get_by_role("alert").get_by_text("The page has lost its connection to Jupyter. What you typed is kept in this browser").wait_for()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.close(run_before_unload=True)
    with served(tmp_path, tmp_path / "course", port=int(server.url.rpartition(":")[2])) as server:
        page = page.context.new_page()
        form = form_on(reading_of(server)(page, START), NOTE)
        form.get_by_text("You typed this here before").wait_for()
        assert form.locator("textarea").input_value() == "On Monday I write to her."
        form.locator(".ck-keeping").get_by_text("Draft saved").wait_for()

    assert asked == ["beforeunload"]
    (draft,) = (tmp_path / "course" / "my-work" / "drafts").glob("*.json")
    assert json.loads(draft.read_text())["answer"] == "On Monday I write to her."


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
