"""Free text is marked with the keyboard alone, on a page that keeps what was done, shows no names and runs nothing typed.

Once on the page of a real server; what of this belongs to the page and to no server is tried on a bare page, with the words of
the command line, the session and the widget as they are.
"""

import json
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from axe import CONTRAST, barriers
from click.testing import CliRunner
from to_mark import TEXTS, graded_folder

from coursekit import cli
from coursekit.gradebook import assignment, marks
from coursekit.gradebook.marking import marker, serve, widget

QUIZ = Path(__file__).parent.parent / "gradebook" / "quiz.toml"
SCRIPT = next(text for text in TEXTS if text.startswith("<script>"))
ORIGIN = "http://marking.test"
MODEL = """
import marking from "/marking.js";
const values = { view: await window.view() };
const receivers = new Set();
const model = {
  get: (name) => values[name],
  set: (name, value) => (values[name] = value),
  on: (event, act) => receivers.add(act),
  off: (event, act) => receivers.delete(act),
  save_changes: async () => {
    values.view = await window.take(structuredClone(values.act));
    receivers.forEach((act) => act());
  },
};
marking.render({ model, el: document.getElementById("page") });
"""
BARE = """<!doctype html><html lang="en" data-ready="true"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Marking</title><style>html { color-scheme: light dark } STYLE</style>
<main id="page"></main><script type="module" src="/model.js"></script></html>"""
FILES = {
    "/": ("text/html", BARE.replace("STYLE", str(widget.Marking._css))),
    "/marking.js": ("text/javascript", str(widget.Marking._esm)),
    "/model.js": ("text/javascript", MODEL),
}


@pytest.fixture
def out(tmp_path):
    """A graded folder with free text."""
    return graded_folder(tmp_path / "graded", assignment.read_assignment(QUIZ))


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A folder like that, and the address that `coursekit mark --as Anna` says."""
    home = tmp_path_factory.mktemp("marked")
    folder = graded_folder(home / "graded", assignment.read_assignment(QUIZ))
    own = {f"JUPYTER_{name}_DIR": str(home / name.lower()) for name in ("DATA", "CONFIG", "RUNTIME")}
    command = [sys.executable, "-m", "coursekit.cli", "mark", str(folder), "--no-browser", "--as", "Anna"]
    environment = {**os.environ, **own, "IPYTHONDIR": str(home / "ipython")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        yield folder, process.stdout.readline().split()[-1]
        process.send_signal(signal.SIGTERM)


@pytest.fixture
def opened(page, out, monkeypatch):
    """opened("--as", "anna") leads the page to what `coursekit mark` would show there."""
    monkeypatch.setenv(marker._VARIABLE, "")
    monkeypatch.setattr(serve, "serve", lambda one, browser, port: one.to_environment())
    shown = []

    def take(act):
        shown[-1].act = json.loads(json.dumps(act))
        return shown[-1].view

    def fulfil(route):
        kind, body = FILES[route.request.url.removeprefix(ORIGIN)]
        route.fulfill(body=body, content_type=f"{kind}; charset=utf-8")

    page.route(f"{ORIGIN}/**", fulfil)
    page.expose_function("view", lambda: shown[-1].view)
    page.expose_function("take", take)

    def open_as(*arguments, folder=out):
        done = CliRunner().invoke(cli.main, ["mark", str(folder), "--no-browser", *arguments])
        assert done.exit_code == 0, done.output
        shown.append(widget.page())
        page.goto(f"{ORIGIN}/")
        return Hands(page)

    return open_as


class Hands:
    """Two hands on a keyboard over the marking page."""

    def __init__(self, page):
        self.page = page
        page.locator("section.ckm").wait_for()
        page.locator("html[data-ready]").wait_for()

    def press(self, *keys):
        """Press keys one after the other, each when the page has answered the last."""
        for key in keys:
            self.page.keyboard.press(key)
            self.page.locator('section.ckm[aria-busy="false"]').wait_for()

    @property
    def heading(self):
        return self.page.locator(".ckm-heading").inner_text()

    def shown(self):
        """The texts on the page."""
        return self.page.locator(".ckm-text").all_inner_texts()

    def expect(self, text, where=".ckm"):
        self.page.locator(where).get_by_text(text).first.wait_for()

    def focused(self):
        """Whether the focus is somewhere on the marking page."""
        return self.page.evaluate("document.activeElement.closest('.ckm') !== null")


def given(out, marker="anna", criterion="fact"):
    """How many texts have which level."""
    return Counter(level for (_, one), level in marks.levels(out)[marker].items() if one == criterion)


def test_no_barrier_and_every_width(page, served):
    """axe finds nothing serious in light and dark; from a phone to a wide screen nothing scrolls sideways."""
    page.goto(served[1])
    hands = Hands(page)
    for keys in ("", "g", "gcx"):
        hands.press(*keys)
        assert barriers(page) == []
    for width in (320, 768, 1600):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Use dark colours").click()
    page.locator("html[data-scheme=dark]").wait_for()
    assert barriers(page, runOnly=CONTRAST) == []


def test_marking_by_keyboard_with_a_reload_in_the_middle(page, served):
    """Levels, a comment, undo, a text pulled out, a reload, and all is marked: no mouse, and the focus is never lost."""
    asked, (out, address) = [], served
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    hands = Hands(page)
    assert hands.heading == "A group of 3 texts by 5 learners"
    hands.press("g")
    assert len(hands.shown()) == 3
    hands.press("ArrowDown", "x")  # the last of the group
    assert hands.heading == "A group of 2 texts by 4 learners"
    hands.press("c")
    page.keyboard.type("Name the paper. 0 4 n x")  # letters and figures in a comment are no commands
    hands.press("Enter")
    hands.expect("Saved ")
    hands.press("3")
    assert hands.heading == "One text"
    hands.press("1", "0", "u")
    assert hands.focused()
    assert given(out) == {3: 2, 1: 1}
    assert set(marks.comments(out)) == {key for (key, _), level in marks.levels(out)["anna"].items() if level == 3}
    before = hands.shown()

    page.reload()
    hands = Hands(page)
    assert hands.shown() == before
    hands.expect("3 of 7 marked on this criterion")
    hands.press("2", "2", "2", "2")
    hands.expect("Criterion 2 of 2")
    assert given(out) == {3: 2, 1: 1, 2: 4}
    hands.press("4", "4", "4", "4", "4", "4")
    hands.expect("All is marked")
    assert f"--out {out}" in page.locator(".ckm-finish pre").inner_text()
    assert given(out, criterion="tone") == {4: 7}
    assert hands.focused()
    assert [url for url in asked if not re.match(r"http://127\.0\.0\.1:|data:|blob:", url)] == []


def test_what_was_typed_stays_text(page, opened):
    """Script, Markdown, links, formulas and another direction are shown as they were typed, and nothing runs."""
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    hands = opened("--as", "anna")
    seen = hands.shown()
    for _ in range(4):
        hands.press("n")
        seen += hands.shown()

    assert set(TEXTS) - set(seen) == {TEXTS[1]}  # a repeat, which is shown on a look inside
    assert "gotcha" not in page.title()
    assert page.locator(".ckm-text *").count() == 0
    hands.press("c")
    page.keyboard.insert_text(SCRIPT)
    hands.press("Enter")
    assert page.locator(".ckm-used").first.inner_text() == SCRIPT
    assert "gotcha" not in page.title()


def test_two_markers_and_a_decision(page, opened, out):
    """The second marker sees nothing of the first; where they differ somebody decides, and the folder can be compared."""
    hands = opened("--as", "anna")
    hands.press("c")
    page.keyboard.type("Kind and clear.")
    hands.press("Enter", *"4444444444")
    hands.expect("All is marked")

    hands = opened("--as", "ben", "--second")
    hands.expect("without seeing what others gave")
    assert "Kind and clear" not in page.locator("body").inner_text()
    assert page.locator(".ckm-level[aria-pressed=true]").count() == 0
    hands.press("3", "1", *"44444444")
    hands.expect("All is marked")

    hands = opened("--as", "cleo", "--decide")
    hands.expect("Marker A gave 4")
    hands.expect("Marker B gave 1")
    hands.expect("weighted kappa")
    assert "anna" not in page.locator(".ckm").inner_text()
    hands.press("2")
    hands.expect("All is marked")
    assert sorted(marks.decided(out).values()) == [2.0, *[3.5] * 3, *[4.0] * 10]


def test_buttons_do_what_keys_do(page, opened, out):
    """Everything can be done with named buttons too, and the list of keys opens and closes."""
    hands = opened("--as", "anna")
    press = page.locator(".ckm").get_by_role("button", include_hidden=False)
    press.filter(has_text="Look inside").click()
    page.get_by_role("button", name=re.compile("^Pull out: Dear")).first.click()
    hands.expect("A group of 2 texts")
    page.get_by_role("button", name="3: Day and count.").click()
    hands.expect("One text")
    press.filter(has_text="Undo").click()
    hands.expect("A group of 2 texts")
    press.filter(has_text="Take apart").click()
    hands.expect("One text", ".ckm-heading")
    page.get_by_label("Comment for the learner").fill("Say when.")
    page.get_by_role("button", name="Save comment").click()
    page.get_by_role("button", name="Say when.").wait_for()
    hands.press("?")
    page.get_by_role("dialog", name="Keys").wait_for()
    hands.press("Escape")
    page.get_by_role("dialog", name="Keys").wait_for(state="hidden")
    assert list(marks.comments(out).values()) == [["Say when."]]


def test_a_folder_that_cannot_be_written(page, opened, out):
    """A mark that is not on the disk is not shown as saved, and the text stays."""
    hands = opened("--as", "anna")
    (out / "marks" / "anna.jsonl").mkdir(parents=True)
    before = hands.shown()
    hands.press("3")

    page.get_by_role("alert").get_by_text("The mark was not saved").wait_for()
    assert hands.shown() == before
    assert page.locator(".ckm-saved").inner_text() == "Nothing to save yet"


def test_nothing_to_mark(page, opened, tmp_path):
    """A folder without free text says so."""
    hands = opened("--as", "anna", folder=graded_folder(tmp_path / "empty", assignment.read_assignment(QUIZ), texts=()))
    hands.expect("Nothing to mark")
    hands.press("3", "n", "u")
    hands.expect("No text in this folder waits for a person.")
    assert barriers(page) == []
