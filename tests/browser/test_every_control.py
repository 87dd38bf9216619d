"""Each control on a page of its own: what is put in comes out, and whatever a record holds neither breaks the form nor runs.

One page for the whole file, on which a fake model draws form after form; the answers are read by the exercises themselves.
"""

import json

import pytest
from bare_page import OF_KIND, ORIGIN, as_json, serve
from keyboard import Hands
from serving import PATIENCE

from coursekit.model.controls import CONTROLS
from coursekit.model.grading import grade
from coursekit.model.kinds import KINDS
from coursekit.page.sitting import Sitting
from coursekit.page.widgets import ExerciseWidget
from coursekit.record.attempts import Log

NOON = "2026-03-02T12:00:00Z"
DRAW = """async ({ fixed, state }) => {
  window.script ??= (await import("/linked.js")).default;
  window.end?.();
  const values = (window.values = { fixed, state });
  const listeners = (window.listeners = new Map());
  const model = {
    get: (name) => values[name],
    set: (name, value) => (values[name] = value),
    on: (event, act) => listeners.set(event, act),
    off: (event) => listeners.delete(event),
    save_changes: () => {},
  };
  sessionStorage.clear();
  window.end = script.render({ model, el: document.getElementById("form") });
}"""
LOOK = """ // answer(): what the form would send; look(): what stands in it, but for what an answer changes
  window.answer = () => {
    document.querySelector(".ck-primary").click();
    window.end();
    return values.submission.answer;
  };
  const PLACES = ["label", "option", "legend", "caption", "th", ".ck-text", ".ck-span"].map((place) => `#form ${place}`).join();
  window.look = () => [...document.querySelectorAll(PLACES)].map((node) => `${node.tagName} ${node.textContent}`).sort();
"""


@pytest.fixture(scope="module")
def page(browser):
    """One page, with the form's script and nothing drawn yet; an error in it fails the test that made it."""
    context = browser.new_context(viewport={"width": 900, "height": 900})
    context.set_default_timeout(PATIENCE)
    context.clock.install(time=NOON)
    context.clock.pause_at(NOON)  # else a slow machine saves a draft in the middle of an answer, and nobody answers here
    serve(context, style=ExerciseWidget._style, linked=ExerciseWidget._script)
    opened = context.new_page()
    opened.goto(f"{ORIGIN}/")
    opened.evaluate(LOOK)
    yield opened
    context.close()


@pytest.fixture
def drawn(page, tmp_path):
    """drawn(exercise, answer) draws its form with that as the last answer, and gives it."""

    def draw(exercise, answer=None, **fixed):
        sitting = Sitting(exercise, Log(tmp_path / "my-work"), lambda: None)
        page.evaluate(DRAW, as_json({"fixed": {**sitting.fixed(), **fixed}, "state": {**sitting.state(), "answer": answer}}))
        return page.get_by_role("region", name=exercise.title, exact=True)

    return draw


def boxed(exercise, raw):
    """A raw answer as the form has it: {control: value}."""
    return {"answer": raw} if [control.id for control in exercise.controls()] == ["answer"] else raw


def raw(answer):
    """The raw answer in what a form sent."""
    return answer["answer"] if list(answer) == ["answer"] else answer


class Mouse:
    """A mouse over the form of one exercise, which only points, clicks and drags; letters are typed all the same."""

    def __init__(self, form):
        self.form = form

    def part(self, id):
        return self.form.locator(f'[data-part="{id}"]').first

    def answer(self, exercise, values):
        for control in exercise.controls():
            if control.id in values:
                getattr(self, control.type.replace("-", "_"))(control, values[control.id])

    def pick_one(self, control, value):
        self.part(value).locator("label").click()

    def pick_many(self, control, value):
        for id in value:
            self.part(id).locator("label").click()

    def arrange(self, control, value):
        for place, id in enumerate(value):
            shown = self.form.locator("li[data-part]").evaluate_all("rows => rows.map(row => row.dataset.part)")
            for _ in range(shown.index(id) - place):
                self.part(id).get_by_role("button", name="Move up").click()

    def assign(self, control, value):
        for id, bucket in value.items():
            self.part(id).locator("select").select_option(bucket)

    def select(self, control, value):
        self.part(control.id).locator("select").select_option(value)

    def number(self, control, value):
        box = self.part(control.id).locator("input, textarea")
        box.click()
        box.fill(str(value))

    line = paragraph = number

    def mark_spans(self, control, value):
        for mark in value:
            toggle = self.part(mark["mark"]).locator("[role=button]")
            toggle.click()
            toggle.click()  # taken back
            toggle.click()
            self.part(mark["mark"]).locator("select").select_option(mark["reason"])

    def grid(self, control, value):
        for row in control.rows:
            boxes = self.form.locator(f'tr[data-part="{row.id}"]').locator("input, textarea")
            for place, cell in enumerate(row.cells):
                if text := value.get(row.id, {}).get(cell.column):
                    boxes.nth(place).click()
                    boxes.nth(place).fill(str(text))

    def revise(self, control, value):
        for card, target in zip(control.cards, value, strict=True):
            slider = self.part(card.id).locator("input")
            if not slider.is_visible():
                self.form.get_by_role("button", name="Next card").click()
            slider.click()
            slider.fill(str(round(target)))


@pytest.mark.parametrize("hands", ["mouse", "keyboard"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_put_in_comes_out(page, drawn, kind, hands):
    """The form sends the answer that was entered, and shows it again when it is drawn with it."""
    exercise = OF_KIND[kind]
    entered = as_json(exercise.samples().right[0])
    form = drawn(exercise)
    if hands == "mouse":
        Mouse(form).answer(exercise, boxed(exercise, entered))
    else:
        Hands(page, form).answer(exercise, entered)
    sent = page.evaluate("answer()")
    drawn(exercise, sent)

    assert page.evaluate("answer()") == sent
    assert grade(exercise, raw(sent)) == grade(exercise, entered) != grade(exercise, None)


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_that_nobody_touched_gives_no_answer(page, drawn, kind):
    """What it sends is asked back."""
    drawn(OF_KIND[kind])

    assert grade(OF_KIND[kind], raw(page.evaluate("answer()"))).status == "unreadable"


MARKUP = "<img src=x onerror=\"document.title = 'gotcha'\"><b>bold</b>"
WRONG = [
    None, True, 0, -1, 7.5, 1e300, "", "nobody", "a\u0000b", MARKUP, [], ["nobody"], [MARKUP, None, 7], [[["a"]]], {}, {"nobody": "a"},
    {"mark": "nobody"}, [{"mark": MARKUP, "reason": MARKUP}], [{"mark": {}, "reason": []}], {"toString": 1, "valueOf": 1}, {"__proto__": 1},
    [{"toString": 1, "valueOf": 1}], {"constructor": MARKUP}, ["constructor", "__proto__"], list(range(99)), {"length": 3, "0": "a"},
]  # fmt: skip


def spoilt(exercise):
    """Answers of every wrong shape: as the whole, in each control, and in each place of a right answer."""
    right = as_json(boxed(exercise, exercise.samples().right[0]))
    yield from WRONG
    yield from (put for wrong in WRONG for put in within(right, wrong))


def within(value, wrong):
    """The value with the wrong one in each of its places."""
    if isinstance(value, dict):
        for key, inside in value.items():
            yield {**value, key: wrong}
            yield from ({**value, key: changed} for changed in within(inside, wrong))
    if isinstance(value, list):
        for place, inside in enumerate(value):
            yield [*value[:place], wrong, *value[place + 1 :]]
            yield from ([*value[:place], changed, *value[place + 1 :]] for changed in within(inside, wrong))


TRY = f"""async ({{ fixed, state, answers }}) => {{
  const draw = {DRAW};
  await draw({{ fixed, state }});
  const before = JSON.stringify(look());
  const found = [];
  for (const given of answers) {{
    try {{
      await draw({{ fixed, state: {{ ...state, answer: given }} }});
      const kept = JSON.stringify(look()) === before || "the options are others";
      found.push([given, answer(), kept]);
      await draw({{ fixed, state }});
      values.state = {{ ...state, answer: given }}; // from another window
      listeners.get("change:state")();
      found.push([given, answer(), JSON.stringify(look()) === before || "the options are others, later"]);
    }} catch (error) {{
      found.push([given, null, String(error)]);
    }}
  }}
  return [found, document.title, document.querySelectorAll("#form img, #form b").length];
}}"""


@pytest.mark.parametrize("kind", KINDS)
def test_nonsense_in_a_record(page, tmp_path, kind):
    """Nothing throws, nothing becomes HTML, the options stay; what the form then sends is read, or asked back, as any answer is."""
    exercise = OF_KIND[kind]
    sitting = Sitting(exercise, Log(tmp_path / "my-work"), lambda: None)
    answers = list(spoilt(exercise))
    found, title, elements = page.evaluate(TRY, as_json({"fixed": sitting.fixed(), "state": sitting.state(), "answers": answers}))

    assert len(found) == 2 * len(answers) >= 100
    assert [(json.dumps(given)[:200], kept) for given, _, kept in found if kept is not True] == []
    assert (title, elements) == ("One exercise", 0)
    for _, sent, _ in found:
        assert grade(exercise, raw(sent)).status in ("graded", "unreadable", "needs marking", "kept")


def test_a_control_that_the_page_does_not_know(page, drawn):
    """It is said in a sentence, with its label as text, and its answer is sent as it was."""
    exercise = OF_KIND["single-choice"]
    control = {"type": "hologram", "id": "answer", "label": MARKUP}
    kept = {"any": ["thing", 7, None]}
    form = drawn(exercise, {"answer": kept}, controls=[control])

    said = form.get_by_role("alert").first.inner_text()
    assert said == f"This page is older than the course and cannot show “{MARKUP}”. Close it, start the course again, and open it anew."
    assert page.evaluate("answer()") == {"answer": kept}


@pytest.mark.parametrize("type", ["constructor", "toString", "__proto__", "", None])
def test_no_name_is_mistaken_for_a_control(page, drawn, type):
    """What every object has is no control either."""
    form = drawn(OF_KIND["single-choice"], controls=[{"type": type, "id": "answer", "label": "Odd"}])

    assert "cannot show “Odd”" in form.get_by_role("alert").first.inner_text()


def test_every_control_is_tried():
    """The kinds of the tiny course ask with every control that there is."""
    assert {control.type for exercise in OF_KIND.values() for control in exercise.controls()} == set(CONTROLS)


def test_markup_in_a_question_stays_text(page, drawn):
    """Texts of controls are plain text: what looks like HTML in them is shown as it stands."""
    exercise = OF_KIND["single-choice"]
    (control,) = [control.drawn() for control in exercise.controls()]
    options = [{"id": one["id"], "text": MARKUP} for one in control["options"]]
    form = drawn(exercise, controls=[{**as_json(control), "label": MARKUP, "options": options}], title=exercise.title)

    assert form.locator(".ck-choice span").all_inner_texts() == [MARKUP] * len(options)
    assert (form.locator("img, b").count(), page.title()) == (0, "One exercise")
