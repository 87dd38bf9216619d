"""Answering an exercise with the keyboard alone, as somebody does who uses no mouse."""

from coursekit.model.exercise import Exercise
from coursekit.wording import say

STEPS = 400  # Tab presses after which an element counts as out of reach


def form_of(surface, exercise: Exercise):
    """The form of an exercise on an opened page, come into view: looked for by role and name once, and not with each key."""
    form = surface.get_by_role("region", name=exercise.title, exact=True)
    form.scroll_into_view_if_needed()
    return surface.page.locator(f"section[aria-labelledby='{form.get_attribute('aria-labelledby')}']")


class Hands:
    """Two hands on a keyboard over the form of one exercise."""

    def __init__(self, page, form):
        self.page, self.form = page, form

    def tab_to(self, target) -> None:
        """Press Tab until the target has the focus, going round from wherever the focus is inside the form."""
        element = target.element_handle()
        for _ in range(STEPS):
            if element.evaluate("node => node === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError("the Tab key never reached the control")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def part(self, id: str):
        return self.form.locator(f'[data-part="{id}"]').first

    def begin(self) -> None:
        """Put the focus just before the form's first control, where Tab would arrive from the page above."""
        self.form.evaluate("node => { node.tabIndex = -1; node.focus(); node.removeAttribute('tabindex'); }")

    def answer(self, exercise: Exercise, raw) -> None:
        """Fill in a raw answer, control by control."""
        self.begin()
        controls = exercise.controls()
        values = {"answer": raw} if [control.id for control in controls] == ["answer"] else raw
        for control in controls:
            if control.id in values:
                getattr(self, control.type.replace("-", "_"))(control, values[control.id])

    def check(self) -> None:
        """Control+Enter checks from anywhere in the form."""
        self.press("Control+Enter")

    # one method for each type of control

    def pick_one(self, control, value) -> None:
        ids = [option.id for option in control.options]
        now = next((id for id in ids if self.part(id).locator("input").is_checked()), ids[0])
        self.tab_to(self.part(now).locator("input"))  # Tab stops at the one picked before, else at the first
        self.press("Space", *["ArrowDown"] * ((ids.index(value) - ids.index(now)) % len(ids)))

    def pick_many(self, control, value) -> None:
        for id in (option.id for option in control.options):
            box = self.part(id).locator("input")
            if box.is_checked() != (id in value):
                self.tab_to(box)
                self.press("Space")

    def arrange(self, control, value) -> None:
        for place, id in enumerate(value):
            shown = self.form.locator("li[data-part]").evaluate_all("rows => rows.map(row => row.dataset.part)")
            self.tab_to(self.part(id).locator("button").first)
            self.press(*["Alt+ArrowUp"] * (shown.index(id) - place))

    def choose(self, menu, place: int) -> None:
        self.tab_to(menu)
        self.press("Home", *["ArrowDown"] * place)

    def assign(self, control, value) -> None:
        buckets = [bucket.id for bucket in control.buckets]
        for item in control.items:
            self.choose(self.part(item.id).locator("select"), 1 + buckets.index(value[item.id]))

    def select(self, control, value) -> None:
        self.choose(self.part(control.id).locator("select"), 1 + [option.id for option in control.options].index(value))

    def number(self, control, value) -> None:
        self.tab_to(self.part(control.id).locator("input, textarea"))
        self.write(str(value))

    line = paragraph = number

    def mark_spans(self, control, value) -> None:
        reasons = [reason.id for reason in control.reasons]
        for mark in value:
            id, reason = (mark["mark"], mark["reason"]) if reasons else (mark, None)
            toggle = self.part(id).locator("[role=button]")
            self.tab_to(toggle)
            if toggle.get_attribute("aria-pressed") == "false":
                self.press("Space")
            if reason:
                self.choose(self.part(id).locator("select"), 1 + reasons.index(reason))

    def grid(self, control, value) -> None:
        for row in control.rows:
            boxes = self.form.locator(f'tr[data-part="{row.id}"]').locator("input, textarea")
            for place, cell in enumerate(row.cells):
                if text := value.get(row.id, {}).get(cell.column):
                    self.tab_to(boxes.nth(place))
                    self.write(str(text))

    def revise(self, control, value) -> None:
        for card, target in zip(control.cards, value, strict=True):
            slider = self.part(card.id).locator("input")
            if not slider.is_visible():
                self.tab_to(self.form.get_by_role("button", name=say("form.next_card")))
                self.press("Enter")
            self.tab_to(slider)
            step = round(target) - int(slider.input_value())
            self.press(*["ArrowRight" if step > 0 else "ArrowLeft"] * abs(step))
