"""The marking page on a bare page with a real session behind it: acts in haste, a server that is gone, the focus, odd texts."""

from pathlib import Path

import pytest
from bare_page import RETRY, Windows, rest
from to_mark import TEXTS, graded_folder

from coursekit.gradebook import assignment, marks
from coursekit.gradebook.marking.marker import Marker
from coursekit.gradebook.marking.view import view
from coursekit.gradebook.marking.widget import Marking

QUIZ = Path(__file__).parent.parent / "gradebook" / "quiz.toml"


class Session:
    """A marker's session, as the widget has it."""

    def __init__(self, folder, clock):
        self.n = 0
        self.session, self.about = Marker(str(folder), "anna").open(clock)

    def take(self, act: dict) -> None:
        self.n = act["n"]
        self.session.take(act)


class Desks(Windows):
    """The windows of a browser at one marker's session."""

    script, style = str(Marking._esm), str(Marking._css)
    sends, shows = "act", "view"

    def _sitting(self) -> Session:
        return Session(self.folder, self.clock)

    def _values(self, sitting) -> dict:
        return {"view": {"n": sitting.n, **view(sitting.session, sitting.about)}}


@pytest.fixture
def desks(clocked, tmp_path):
    """A folder with texts to mark, and the page for them."""
    context, clock = clocked
    return Desks(context, graded_folder(tmp_path / "graded", assignment.read_assignment(QUIZ)), None, clock)


def opened(here):
    page = here.context.new_page()
    page.goto("http://course.test/")
    page.locator("section.ckm").wait_for()
    return page, page.locator("section.ckm")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
        page.locator('section.ckm[aria-busy="false"]').wait_for()


def given(here):
    return sorted(level for (_, criterion), level in marks.levels(here.folder).get("anna", {}).items() if criterion == "fact")


def test_keys_in_haste_mark_nothing_unseen(desks):
    """While a mark is under way no other is given: the next text is not on the page yet."""
    page, desk = opened(desks)
    page.evaluate("() => { window.gate = new Promise(done => (window.let_go = done)); }")
    for key in "4321n":
        page.keyboard.press(key)
    assert (desk.get_attribute("aria-busy"), desk.locator(".ckm-saved").inner_text()) == ("true", "Saving…")
    page.evaluate("() => { window.let_go(); window.gate = null; }")
    desk.locator("xpath=self::*[@aria-busy='false']").wait_for()

    assert [one["do"] for one in desks.sent] == ["mark"]
    assert set(given(desks)) == {4}


def test_a_comment_that_was_not_saved_goes_first(desks):
    """It is kept for the text that it was written about, and the mark comes after it."""
    page, _ = opened(desks)
    press(page, "c")
    page.keyboard.insert_text("Say when.")
    page.get_by_role("button", name="3: Day and count.").click()
    page.locator('section.ckm[aria-busy="false"]').wait_for()
    page.wait_for_function("values.act.do === 'mark'")
    page.locator('section.ckm[aria-busy="false"]').wait_for()

    assert [one["do"] for one in desks.sent] == ["comment", "mark"]
    assert len({one["unit"] for one in desks.sent}) == 1
    assert page.get_by_label("Comment for").input_value() == ""


def test_a_server_that_is_gone(desks):
    """The page says so after a while, and what is pressed then is sent."""
    page, desk = opened(desks)
    page.evaluate("window.cut = 'there'")
    page.keyboard.press("2")
    rest(page, RETRY)
    desk.get_by_role("alert").get_by_text("lost its connection").wait_for()
    assert (desk.get_attribute("aria-busy"), given(desks)) == ("false", [])
    page.evaluate("window.cut = ''")
    press(page, "2")

    assert desk.locator(".ckm-alarm").text_content() == ""
    assert set(given(desks)) == {2}


def test_the_focus_after_each_act(desks):
    """It is never lost: a button that goes leaves it with the heading, a comment with Enter too."""
    page, desk = opened(desks)
    inside = "document.activeElement.closest('.ckm') !== null"
    for key in ("g", "ArrowDown", "x", "3", "u", "n", "p", "s", "1"):
        press(page, key)
        assert page.evaluate(inside), key
    press(page, "c")
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    press(page, "Enter")
    assert page.evaluate("document.activeElement.className") == "ckm-heading"
    press(page, "?")
    page.get_by_role("dialog", name="Keys").wait_for()
    press(page, "?")
    assert desk.locator("dialog[open]").count() == 0
    assert page.evaluate(inside)


def test_odd_texts_stay_text(desks):
    """Whatever was typed is shown as it was typed."""
    page, desk = opened(desks)
    seen = set()
    for _ in TEXTS:
        seen |= set(desk.locator(".ckm-text").all_inner_texts())
        press(page, "n")

    assert next(text for text in TEXTS if text.startswith("<script>")) in seen
    assert (page.title(), desk.locator(".ckm-text *").count()) == ("One exercise", 0)


@pytest.mark.parametrize(
    ("open_", "minutes", "said"), [(1, None, "1 decision to go"), (2, 3, "2 decisions to go, about 3 min"), (0, 1, "")]
)
def test_what_is_left_is_said_in_numbers(desks, open_, minutes, said):
    """One decision, several, none."""
    page, desk = opened(desks)
    more = {"open": open_, "minutes": minutes}
    page.evaluate("(more) => window.show({ ...values.view, progress: { ...values.view.progress, ...more } })", more)

    assert desk.locator(".ckm-left").inner_text() == said
