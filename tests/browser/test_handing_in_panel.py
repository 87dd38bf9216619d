"""The panel that hands in, on a bare page with the real thing behind it: in haste, without a server, by keyboard, with odd texts."""

import json

import pytest
from bare_page import REPLY, Windows, rest
from bundles import TEXT, question, raw

from coursekit.assignment.hand_in import Handover
from coursekit.page.handing_in import HandingIn
from coursekit.page.seat import Seat
from coursekit.page.sitting import Sitting
from coursekit.page.widgets import HandInWidget
from coursekit.record.attempts import Log

ODD = "Ann <img src=x onerror=\"document.title = 'gotcha'\"> & <b>Bo</b>"


class Panels(Windows):
    """The windows of a browser at the end of one assignment."""

    script, style = HandInWidget._script, HandInWidget._style

    def _sitting(self) -> HandingIn:
        return HandingIn(self._handover())

    def _handover(self) -> Handover:
        return Seat(Log(self.folder), self.clock).hand_in(self.folder.parent)

    def handed_in(self) -> list:
        return sorted(self.folder.parent.glob("*.jsonl"))


@pytest.fixture
def panels(clocked, tmp_path):
    """The panel of a quiz whose first question is answered, with a private text that is too."""
    own = question("own", "short-text", TEXT, private=True)
    (tmp_path / "quiz.bundle.json").write_text(json.dumps(raw(questions=[*raw()["questions"], own], title="A quiz")))
    context, clock = clocked
    here = Panels(context, tmp_path / "my-work", None, clock)
    handover = here._handover()
    for place, answer in ((0, "a"), (4, "About my own client")):
        Sitting(handover.bundle.questions[place], Log(here.folder), clock).take({"n": 1, "action": "check", "answer": {"answer": answer}})
    return here


def opened(here):
    page = here.context.new_page()
    page.goto("http://course.test/")
    panel = page.locator("section.ck-handin")
    panel.wait_for()
    return page, panel


def test_a_look_waits_for_the_hand_in(panels):
    """The wire holds one submission: what is looked at meanwhile takes nobody's work away."""
    page, panel = opened(panels)
    panel.get_by_label("Your name").fill("Ann")
    rest(page)
    before = len(panels.sent)
    page.evaluate("() => { window.gate = new Promise(done => (window.let_go = done)); }")
    panel.get_by_role("button", name="Hand in").click()
    panel.locator("summary").first.click()
    page.evaluate("() => { window.let_go(); window.gate = null; }")
    panel.get_by_text("Handed in").first.wait_for()
    page.wait_for_function("window.values.state.file")

    assert asked(panels)[before:] == ["hand in", "look"]
    assert len(panels.handed_in()) == 1


def asked(here):
    return [one["action"] for one in here.sent]


def test_a_double_click_hands_in_once(panels):
    """One file, and the button shows that it is under way."""
    page, panel = opened(panels)
    panel.get_by_label("Your name").fill("Ann")
    page.evaluate("() => { window.gate = new Promise(done => (window.let_go = done)); }")
    button = panel.get_by_role("button", name="Hand in")
    button.dblclick()
    assert button.get_attribute("aria-busy") == "true"
    page.evaluate("() => { window.let_go(); window.gate = null; }")
    panel.get_by_text("Handed in").first.wait_for()

    assert len(panels.handed_in()) == 1
    assert button.get_attribute("aria-busy") == "false"


def test_without_a_name_the_box_has_the_focus(panels):
    """Nothing is written; the box says that it is invalid until something is typed."""
    page, panel = opened(panels)
    panel.get_by_role("button", name="Hand in").click()
    panel.get_by_text("Type your name first").wait_for()
    name = panel.get_by_label("Your name")

    assert name.evaluate("node => node === document.activeElement")
    assert (name.get_attribute("aria-invalid"), panels.handed_in()) == ("true", [])
    page.keyboard.type("A")
    assert name.get_attribute("aria-invalid") is None


def test_a_server_that_is_gone(panels):
    """The page says so after a while, and hands in when it is asked again."""
    page, panel = opened(panels)
    panel.get_by_label("Your name").fill("Ann")
    page.evaluate("window.cut = 'there'")
    panel.get_by_role("button", name="Hand in").click()
    rest(page, REPLY)
    panel.get_by_role("alert").get_by_text("lost its connection").wait_for()
    assert panel.get_by_role("button", name="Hand in").get_attribute("aria-busy") == "false"
    page.evaluate("window.cut = ''")
    page.keyboard.press("Control+Enter")
    panel.get_by_text("Handed in").first.wait_for()

    assert panel.locator(".ck-alarm").text_content() == ""
    assert len(panels.handed_in()) == 1


def test_by_keyboard_what_leaves_is_seen_and_ticked(panels):
    """The file is shown letter for letter; what is private is in it only when it is ticked; the focus stays."""
    page, panel = opened(panels)
    panel.get_by_label("Your name").focus()
    page.keyboard.insert_text(ODD)
    box = panel.get_by_role("checkbox")
    page.keyboard.press("Tab")
    assert box.evaluate("node => node === document.activeElement")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # opens the file
    file = panel.get_by_role("region", name="The file")
    file.get_by_text("Ann <img").wait_for()
    assert "About my own client" not in file.inner_text()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    file.get_by_text("About my own client").wait_for()

    assert box.evaluate("node => node === document.activeElement")
    assert (page.title(), panel.locator("img, b").count()) == ("One exercise", 0)
    assert set(asked(panels)) == {"look"} and panels.handed_in() == []


def test_a_name_outlives_a_reload(panels):
    """What was typed is in the box again, as text."""
    page, panel = opened(panels)
    panel.get_by_label("Your name").fill(ODD)
    page.reload()

    assert panel.get_by_label("Your name").input_value() == ODD
    page.get_by_label("Your name").press("Enter")
    assert panels.handed_in() == []
