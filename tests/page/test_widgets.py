"""What a notebook's page gets over its wire: each form its own, and what forms have in common once."""

import json

import pytest
from making import TINY

from coursekit.content.library import load
from coursekit.page.sitting import Sitting
from coursekit.page.widgets import ExerciseWidget
from coursekit.record.attempts import Log

EXERCISES = list(load(TINY / "exercises").values())


@pytest.fixture
def form(tmp_path, clock):
    """form(exercise) is its widget."""
    return lambda exercise=EXERCISES[0]: ExerciseWidget(Sitting(exercise, Log(tmp_path / "my-work"), clock))


def size(widget):
    """Bytes of the state that goes to the page."""
    return len(json.dumps(widget.get_state(), ensure_ascii=False).encode())


def test_forms_share_what_they_have_in_common(form):
    """Script, style and words go once; a form is a few thousand bytes."""
    forms = [form(one) for one in EXERCISES]

    assert {one.shared for one in forms} == {forms[0].shared}
    assert max(map(size, forms)) < 5_000 < 50_000 < size(forms[0].shared)
    assert "words" not in forms[0].fixed and forms[0].shared.words["check"] == "Check"


def test_a_form_names_what_it_shares(form):
    """By the id of the model that has it, and by a digest of what is in it."""
    one = form()

    assert one.get_state()["shared"] == f"IPY_MODEL_{one.shared.model_id}"
    assert one.digest == one.shared.digest()


def test_another_script_has_another_digest(form):
    """By which a page tells two versions, or two languages, apart."""
    shared = form().shared
    before = {shared.digest()}
    for name, value in {"script": "x", "style": "y", "words": {"check": "Prüfen"}}.items():
        setattr(shared, name, value)
        before.add(shared.digest())
    shared.close()

    assert len(before) == 4


def test_what_was_closed_is_made_again(form):
    """A kernel in which all widgets were closed draws its next form all the same."""
    first = form().shared
    first.close()

    assert form().shared is not first
