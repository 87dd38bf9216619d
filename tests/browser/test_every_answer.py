"""Every exercise of every notebook is answered once on the real page, and says what grading says."""

import pytest
from keyboard import Hands

import coursekit
from coursekit.content import location
from coursekit.content.notebook_order import asked
from coursekit.content.notebooks import listed
from coursekit.record.attempts import Log

LIBRARY = coursekit.load(location.root() / "exercises")
SAID = {"graded": "Right", "needs marking": "Saved", "kept": "Saved"}


class Swift(Hands):
    """Hands that go straight to a control; that Tab reaches each kind of control is tested in test_every_kind.py."""

    def tab_to(self, target) -> None:
        target.focus()


@pytest.mark.parametrize("notebook", listed(location.root() / "notebooks"), ids=lambda path: path.stem)
def test_every_exercise_is_answered(page, open_reading, record, notebook):
    """The right answer that an exercise makes up about itself is right on the page too, and saved."""
    main, ids = open_reading(page, notebook.name), asked(notebook)
    for id in ids:
        exercise = LIBRARY[id]
        raw = exercise.samples().right[0]
        form = main.get_by_role("region", name=exercise.title, exact=True)
        hands = Swift(page, form)
        hands.answer(exercise, raw)
        hands.check()
        form.locator(".ck-summary").get_by_text(SAID[coursekit.grade(exercise, raw).status]).first.wait_for()

    assert set(ids) <= {entry.exercise for entry in Log(record.parent).entries()}
