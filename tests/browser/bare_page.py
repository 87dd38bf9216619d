"""A page that holds one exercise and nothing else: the form's own scripts and a real sitting, with no Jupyter between them.

What it is about the form and the record that must hold on every wire is tried here, where a page opens in a moment and its
connection can be cut.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from making import TINY

import coursekit
from coursekit.content.library import load
from coursekit.model.exercise import Exercise
from coursekit.page.sitting import Sitting
from coursekit.page.widgets import ExerciseWidget
from coursekit.record.attempts import Log

ORIGIN = "http://course.test"
OF_KIND = {one.kind: one for one in load(TINY / "exercises").values()}
PAUSE, REPLY, RETRY = 1_500, 10_000, 15_000  # milliseconds, as the scripts have them
LOST = "The page has lost its connection to Jupyter."
MODEL = """
import form from "/form.js";
const listeners = new Map();
const heard = (event) => listeners.get(event) ?? listeners.set(event, new Set()).get(event);
const { values, sends, shows } = await window.opened();
window.values = values;
const answered = (state) => {
  if (JSON.stringify(state) === JSON.stringify(values[shows])) return;
  values[shows] = state;
  heard(`change:${shows}`).forEach((act) => act());
};
const model = {
  get: (name) => values[name],
  set: (name, value) => (values[name] = value),
  on: (event, act) => heard(event).add(act),
  off: (event, act) => heard(event).delete(act),
  save_changes: async () => {
    const sent = structuredClone(values[sends]);
    if (window.cut === "there") return;
    await window.gate;
    const state = await window.take(sent);
    if (window.cut !== "back") answered(state);
  },
};
window.show = answered; // for a test: what another window, or Python, would bring
window.redraw = () => heard("change:fixed").forEach((act) => act());
window.again = () => form.render({ model, el: document.querySelector("main").appendChild(document.createElement("div")) });
form.render({ model, el: document.getElementById("form") });
"""
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>One exercise</title><style>html { color-scheme: light dark } STYLE</style>
<main><h1>One exercise</h1><div id="form"></div></main>SCRIPT</html>"""
MODULES = Path(coursekit.__file__).parent


def serve(context, script: str = "", style: str = "", linked: str = "") -> None:
    """A page at ORIGIN with the form that `script` draws, or with nothing; beside it /linked.js, and the modules as they are."""
    whole = PAGE.replace("SCRIPT", '<script type="module" src="/model.js"></script>' if script else "").replace("STYLE", style)
    scripts = {"/form.js": script, "/linked.js": linked, "/model.js": MODEL}

    def answer(route):
        path = route.request.url.removeprefix(ORIGIN).partition("?")[0]
        if path == "/":
            return route.fulfill(body=whole, content_type="text/html; charset=utf-8")
        body = scripts[path] if path in scripts else (MODULES / path[1:]).read_text(encoding="utf-8")
        route.fulfill(body=body, content_type="text/javascript; charset=utf-8")

    context.route(f"{ORIGIN}/**", answer)


def as_json(value) -> Any:
    """As it is on the wire."""
    return json.loads(json.dumps(value))


class Windows:
    """The windows of one browser, each with a sitting of its own at one exercise and one record in a folder."""

    script, style = ExerciseWidget._script, ExerciseWidget._style
    sends, shows = "submission", "state"

    def __init__(self, context, folder: Path, exercise: Exercise, clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self.context, self.folder, self.exercise, self.clock = context, folder, exercise, clock
        self.sittings: dict = {}
        self.sent: list[dict] = []
        serve(context, self.script, self.style)
        context.expose_binding("opened", self._opened)
        context.expose_binding("take", self._take)

    def _sitting(self) -> Any:
        return Sitting(self.exercise, Log(self.folder), self.clock)

    def _opened(self, source) -> dict:
        sitting = self.sittings[source["page"]] = self._sitting()
        return {"values": as_json(self._values(sitting)), "sends": self.sends, "shows": self.shows}

    def _values(self, sitting) -> dict:
        return {"fixed": sitting.fixed(), "state": sitting.state()}

    def _take(self, source, sent: dict) -> dict:
        self.sent.append(sent)
        sitting = self.sittings[source["page"]]
        sitting.take(sent)
        return as_json(self._values(sitting)[self.shows])

    def open(self, page=None):
        """A window, new or loaded again, and the form in it."""
        page = page or self.context.new_page()
        page.goto(f"{ORIGIN}/")
        form = page.get_by_role("region", name=self.exercise.title, exact=True)
        form.wait_for()
        return page, form

    def entries(self) -> list[tuple]:
        """What the record says: (act, answer)."""
        return [(entry.act, entry.answer) for entry in Log(self.folder).entries()]


def rest(page, milliseconds=PAUSE):
    """Let time go by."""
    page.clock.run_for(milliseconds)


def keeping(form, text):
    form.locator(".ck-keeping").get_by_text(text, exact=True).wait_for()
