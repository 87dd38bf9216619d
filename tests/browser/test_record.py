"""What a learner typed is there again: after a reload, in the other surface, in a second tab, after a restart.

What of this belongs to the form and to no surface is tried in test_draft.py, in more ways. The pages here hold three exercises.
"""

import json
import re
import socket
from contextlib import contextmanager
from time import monotonic
from types import SimpleNamespace

import pytest
from keyboard import Hands, form_of
from serving import PATIENCE, lab_of, reading_of, served, window

import coursekit
from coursekit.content import location

LIBRARY = coursekit.load(location.root() / "exercises")
RATE, NOTE, SHEET = (LIBRARY[id] for id in ("cost/effective-rate", "start-here/demo-short-text", "start-here/demo-worksheet"))
THREE = ["from coursekit import exercise", *(f'exercise("{one.id}")' for one in (RATE, NOTE, SHEET))]
LABELS = [field.label for field in SHEET.field][:2]
SURFACES = {"workbook": lab_of, "reading view": reading_of}


def answer(window, typed):
    """Type an answer, press Enter, and wait until it is in the record and on the page."""
    form, before = form_of(window.main, RATE), checks(window.record)
    hands = Hands(window.page, form)
    hands.answer(RATE, typed)
    hands.press("Enter")
    until(window.page, lambda: checks(window.record) == [*before, typed])
    form.locator(".ck-summary").get_by_text("Right" if typed == "56,14" else "Not yet").wait_for()
    form.locator(".ck-keeping").get_by_text("Saved").wait_for()


def until(page, so):
    """Look again and again until it is so, on the disk too; the page goes on meanwhile."""
    ends = monotonic() + PATIENCE / 1000
    while not so():
        assert monotonic() < ends, "that never came"
        page.wait_for_timeout(20)


def keeping(form, text):
    form.locator(".ck-keeping").get_by_text(text).wait_for()


@contextmanager
def anew(form):
    """Around an act: wait until the form has said that the draft is saved, and where one was before, first that it changed."""
    form.locator(".ck-keeping").evaluate("""(node) => {
        window.said = [node.textContent];
        new MutationObserver(() => said.push(node.textContent)).observe(node, { childList: true });
    }""")
    yield
    form.page.wait_for_function("""() => {
        const changed = said.findIndex((text) => !text.startsWith("Draft saved"));
        return changed >= 0 && said.slice(changed).some((text) => text.startsWith("Draft saved"));
    }""")


def drafts(record):
    """The answers that are drafts, by exercise."""
    read = [json.loads(path.read_text()) for path in (record.parent / "drafts").glob("*.json")]
    return {one["exercise"]: one["answer"] for one in read}


def checks(record):
    """The answers that were given in, in their order."""
    lines = record.read_text().splitlines() if record.exists() else ()
    return [line["answer"] for line in map(json.loads, lines) if line["act"] == "check"]


@pytest.fixture(scope="module", params=SURFACES)
def surface(request):
    """The name of one of the two surfaces."""
    return request.param


@pytest.fixture(scope="module")
def first(surface, browser, server):
    """A window of that surface, the first of all; the record was empty when it was opened."""
    record, name = server.empty(), server.put("three", *THREE)
    with window(browser) as page:
        yield SimpleNamespace(page=page, main=SURFACES[surface](server)(page, name), record=record, name=name)


def test_who_is_asked_and_stays_goes_on(first):
    """Closing asks where something is not saved yet; whoever stays has it saved, and types on."""
    page, form, asked = first.page, form_of(first.main, NOTE), []
    answer_to = lambda dialog: (asked.append(dialog.type), dialog.dismiss())  # noqa: E731
    page.on("dialog", answer_to)
    form.locator("textarea").press_sequentially("On Monday ")
    page.close(run_before_unload=True)
    keeping(form, "Draft saved")
    with anew(form):
        form.locator("textarea").press_sequentially("I write to her.")

    assert drafts(first.record) == {NOTE.id: "On Monday I write to her."}
    assert asked == ["beforeunload"]
    assert not first.record.exists()
    page.remove_listener("dialog", answer_to)


@pytest.fixture(scope="module")
def left(first):
    """In that window an answer was given in, and a text was typed: nothing pressed, no box left, a pause."""
    answer(first, "56,14")
    form = form_of(first.main, NOTE)
    with anew(form):
        form.locator("textarea").fill("On Tuesday I write to her.")
    return first


@pytest.fixture(scope="module")
def second(left, surface, browser, server):
    """Another browser's window of that surface, opened after that."""
    with window(browser) as page:
        yield SimpleNamespace(page=page, main=SURFACES[surface](server)(page, left.name), record=left.record)


def is_there(main):
    """The answer with its feedback, and the text as a draft."""
    rate, note = form_of(main, RATE), form_of(main, NOTE)
    rate.locator(".ck-summary").get_by_text("Right").wait_for()
    keeping(note, "Draft saved")

    assert rate.locator("input").input_value() == "56,14"
    assert note.locator("textarea").input_value() == "On Tuesday I write to her."


def test_an_answer_and_a_text_are_there_in_the_next_window(left, second):
    """Found in a new browser, the answer with its feedback and the text as a draft, which is no answer."""
    is_there(second.main)

    assert checks(left.record) == ["56,14"]


@pytest.mark.parametrize("surface", ["workbook"], indirect=True)
def test_they_are_there_in_the_other_surface(left, browser, server):
    """What was given in in the workbook is found in the reading view."""
    with window(browser) as page:
        is_there(reading_of(server)(page, left.name))


def test_two_windows_at_a_worksheet_and_at_one_box(first, second):
    """Each has a kernel of its own: fields of both are in the record, and of one box the second window is asked."""
    windows = [form_of(first.main, SHEET), form_of(second.main, SHEET)]
    for form, label, value in zip(windows, LABELS, ("12", "34"), strict=True):
        form.get_by_label(label, exact=True).fill(value)
        keeping(form, "Draft saved")
    until(second.page, lambda: list(drafts(first.record)[SHEET.id].values())[:2] == ["12", "34"])
    until(second.page, lambda: windows[1].get_by_label(LABELS[0], exact=True).input_value() == "12")

    with anew(windows[1]):
        windows[1].get_by_label(LABELS[0], exact=True).fill("a walk with the dog")
    windows[0].get_by_label(LABELS[0], exact=True).fill("a lift to the station")
    asked = windows[0].get_by_role("group", name="You changed this in another window at")
    asked.get_by_text("a walk with the dog", exact=True).wait_for()
    hands = Hands(first.page, windows[0])
    hands.tab_to(asked.get_by_role("button", name="Use that"))
    hands.press("Enter")
    asked.wait_for(state="detached")
    assert [windows[0].get_by_label(label, exact=True).input_value() for label in LABELS] == ["a walk with the dog", "34"]


def test_two_windows_lose_nothing(first, second):
    """Both write into one record, and every answer is in it."""
    before = checks(first.record)
    given = [(first, "80"), (second, "56,14"), (first, "81"), (second, "56,14")]
    for one, typed in given:
        answer(one, typed)

    assert checks(first.record) == before + [typed for _, typed in given]


def test_a_full_folder_is_said_and_the_answer_stays(first):
    """When the record cannot be written the page says so in words, and the answer is still on it."""
    form, record, aside = form_of(first.main, RATE), first.record, first.record.with_suffix(".aside")
    if record.exists():
        record.rename(aside)
    record.mkdir()  # a folder where the file should be: it cannot be opened for writing, not even by root
    hands = Hands(first.page, form)
    hands.answer(RATE, "82")
    hands.press("Enter")

    form.get_by_role("alert").get_by_text("could not save").wait_for()
    assert form.locator("input").input_value() == "82"
    record.rmdir()
    if aside.exists():
        aside.rename(record)
    answer(first, "56,14")
    assert form.get_by_role("alert").get_by_text("could not save").count() == 0


@pytest.mark.parametrize("surface", ["workbook"], indirect=True)
def test_keys_of_the_workbook_do_nothing_inside_an_exercise(first):
    """JupyterLab's command keys (x cuts a cell, R makes it raw, arrows leave it) stay outside the form."""
    form, hands = form_of(first.main, RATE), Hands(first.page, form_of(first.main, RATE))
    place = first.page.get_by_text(re.compile(r"^Cell \d+/\d+$"))  # the status bar: which cell, of how many
    before = place.inner_text()
    hands.answer(RATE, "1")
    hands.press("x", "r", "m", "y", "a", "b", "d", "d", "ArrowDown", "ArrowUp", "Escape", "Shift+Enter")

    assert form.locator("input").input_value() == "1xrmyabdd"
    assert place.inner_text().partition("/")[2] == before.partition("/")[2]


def test_a_window_with_nothing_unsaved_closes(second):
    """It asks nothing."""
    asked = []
    second.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    with second.page.expect_event("close"):
        second.page.close(run_before_unload=True)

    assert asked == []


def test_the_server_dies_while_somebody_types(page, tmp_path):
    """The page says so and asks before it closes; the text is in the browser, and in the record once the course runs again."""
    with socket.socket() as probe:  # a port that no other test's server looks for, or one might take it in between
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with served(tmp_path, tmp_path / "course", port=port) as server:
        name = server.put("note", *THREE[:1], f'exercise("{NOTE.id}")')
        form = form_of(reading_of(server)(page, name), NOTE)
        form.locator("textarea").press_sequentially("On Monday ")
        keeping(form, "Draft saved")
    form.locator("textarea").press_sequentially("I write to her.")
    form.get_by_role("alert").get_by_text("The page has lost its connection to Jupyter. What you typed is kept in this browser").wait_for()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.close(run_before_unload=True)
    with served(tmp_path, tmp_path / "course", port=port) as server:
        page = page.context.new_page()
        form = form_of(reading_of(server)(page, name), NOTE)
        form.get_by_text("You typed this here before").wait_for()
        assert form.locator("textarea").input_value() == "On Monday I write to her."
        keeping(form, "Draft saved")

    assert asked == ["beforeunload"]
    (draft,) = (tmp_path / "course" / "my-work" / "drafts").glob("*.json")
    assert json.loads(draft.read_text())["answer"] == "On Monday I write to her."
