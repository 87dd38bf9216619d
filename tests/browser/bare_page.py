"""A page that holds one exercise and nothing else: the form's own scripts and a real sitting, with no Jupyter between them.

What it is about the form and the record that must hold on every wire is tried here, where a page opens in a moment and its
connection can be cut.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from coursekit.model.exercise import Exercise
from coursekit.page.sitting import Sitting
from coursekit.page.widgets import ExerciseWidget
from coursekit.record.attempts import Log

ORIGIN = "http://course.test"
MODEL = """
import form from "/form.js";
const listeners = new Map();
const heard = (event) => listeners.get(event) ?? listeners.set(event, new Set()).get(event);
const values = (window.values = await window.opened());
const answered = (state) => {
  if (JSON.stringify(state) === JSON.stringify(values.state)) return;
  values.state = state;
  heard("change:state").forEach((act) => act());
};
const model = {
  get: (name) => values[name],
  set: (name, value) => (values[name] = value),
  on: (event, act) => heard(event).add(act),
  off: (event, act) => heard(event).delete(act),
  save_changes: async () => {
    const submission = structuredClone(values.submission);
    if (window.cut === "there") return;
    await window.gate;
    const state = await window.take(submission);
    if (window.cut !== "back") answered(state);
  },
};
form.render({ model, el: document.getElementById("form") });
"""
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>One exercise</title><style>html { color-scheme: light dark } STYLE</style>
<main><h1>One exercise</h1><div id="form"></div></main><script type="module" src="/model.js"></script></html>"""
FILES = {
    "/": ("text/html", PAGE.replace("STYLE", ExerciseWidget._style)),
    "/form.js": ("text/javascript", ExerciseWidget._script),
    "/model.js": ("text/javascript", MODEL),
}


class Windows:
    """The windows of one browser, each with a sitting of its own at one exercise and one record in a folder."""

    def __init__(self, context, folder: Path, exercise: Exercise, clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self.context, self.folder, self.exercise, self.clock = context, folder, exercise, clock
        self.sittings: dict = {}
        self.sent: list[dict] = []
        context.route(f"{ORIGIN}/**", self._serve)
        context.expose_binding("opened", self._opened)
        context.expose_binding("take", self._take)

    def _serve(self, route) -> None:
        kind, body = FILES[route.request.url.removeprefix(ORIGIN).partition("?")[0]]
        route.fulfill(body=body, content_type=f"{kind}; charset=utf-8")

    def _opened(self, source) -> dict:
        sitting = self.sittings[source["page"]] = Sitting(self.exercise, Log(self.folder), self.clock)
        return json.loads(json.dumps({"fixed": sitting.fixed(), "state": sitting.state()}))

    def _take(self, source, submission: dict) -> dict:
        self.sent.append(submission)
        sitting = self.sittings[source["page"]]
        sitting.take(submission)
        return json.loads(json.dumps(sitting.state()))

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
