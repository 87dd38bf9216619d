"""One notebook page: exercises, cards and progress panels over the same record."""

import pytest
from making import TINY

import coursekit
from coursekit.content import location
from coursekit.errors import UnknownCase, UnknownExercise, UnknownUnit
from coursekit.page import notebook_calls
from coursekit.record.attempts import Log


@pytest.fixture
def tiny_page(monkeypatch, tmp_path):
    """The tiny course as the course of this process, with a record of its own."""
    monkeypatch.setattr(location, "root", lambda: TINY)
    monkeypatch.setenv("COURSEKIT_HOME", str(tmp_path))
    yield notebook_calls
    notebook_calls._panels.clear()


def submit(form, **submission):
    form.submission = {"n": form.submission.get("n", 0) + 1, **submission}


def test_an_exercise_is_shown_and_answered(tiny_page):
    """The form takes the one input there is, grades it, records it and shows the outcome."""
    form = coursekit.exercise("shop/answer-mr-abe")
    submit(form, action="check", answer={"answer": "say-six"})

    assert form.state["summary"]["verdict"] == "right"
    assert [entry.answer for entry in Log().entries()] == ["say-six"]
    assert form.state == {**coursekit.exercise("shop/answer-mr-abe").state, "n": 1}


def test_what_a_page_writes_into_form_or_state_is_not_read(tiny_page):
    """A forged state stands until the next act and changes no grade."""
    form = coursekit.exercise("shop/answer-mr-abe")
    form.state = {**form.state, "attempts": 99, "solution": {"offered": True, "html": ""}}
    form.fixed = {"id": "shop/other"}
    submit(form, action="solution")

    assert (form.state["attempts"], form.state["solution"]) == (0, {"offered": False, "html": ""})
    assert Log().entries() == []


def test_the_saved_page_has_text_beside_the_widget(tiny_page):
    """Beside the live view stand HTML and plain text, for a page that nobody has run."""
    data, _ = coursekit.exercise("shop/answer-mr-abe")._repr_mimebundle_()

    assert {"text/plain", "text/html", "application/vnd.jupyter.widget-view+json"} <= set(data)
    assert "○ Say six" in data["text/plain"] and "WHY-" not in data["text/plain"] + data["text/html"]


def test_cards(tiny_page):
    """A unit says where it stands and what it asks; a case says who is who and what happened."""
    unit, case = coursekit.unit("shop"), coursekit.case("bakery")

    assert "What did the bill say?" in unit.text and "What did the bill say?" in unit.html
    assert "Bo Crumb" in case.text and "Six came. Why do I pay for eight?" in case.html


@pytest.mark.parametrize(
    ("error", "show"),
    [
        (UnknownExercise, lambda: coursekit.exercise("shop/nothing")),
        (UnknownCase, lambda: coursekit.case("nothing")),
        (UnknownUnit, lambda: coursekit.unit("nothing")),
        (UnknownUnit, lambda: coursekit.progress("nothing")),
    ],
    ids=["exercise", "case", "unit", "progress"],
)
def test_unknown_names(tiny_page, error, show):
    """An unknown name raises the error of the course that says so."""
    with pytest.raises(error):
        show()


@pytest.mark.parametrize("name", ["", "shop"])
def test_progress_keeps_up(tiny_page, name):
    """A panel shows the counts, and follows each act on the same page; its saved text stays that of a beginner."""
    panel = coursekit.progress(name)
    form = coursekit.exercise("shop/answer-mr-abe")

    assert "0 of 10 done" in panel.html
    submit(form, action="check", answer={"answer": "say-six"})
    data, _ = panel._repr_mimebundle_()

    assert "1 of 10 done" in panel.html
    assert "0 of 10 done" in data["text/plain"] and "0 of 10 done" in data["text/html"]
    assert "1 of 10 done" not in data["text/plain"] + data["text/html"]


def test_what_comes_next(tiny_page):
    """The first exercise that is not done is named, with its notebook."""
    assert "Next: “What to answer” in the unit “The shop”." in coursekit.progress().html
    assert 'href="00_shop.ipynb"' in coursekit.progress().html


def test_everything_done(tiny_page, tiny, clock):
    """At the end the panel says so and links nowhere."""
    for exercise in tiny.values():
        form = coursekit.exercise(exercise.id)
        raw = exercise.samples().right[0]
        submit(form, action="check", answer={"answer": raw} if form._sitting._single() else raw)

    assert "Everything on these pages is done." in coursekit.progress().html
    assert "href" not in coursekit.progress().html


def test_a_record_that_cannot_be_written(tiny_page, monkeypatch, tmp_path):
    """On a full or read-only disk the page still opens, answers and says that it could not save."""
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("COURSEKIT_HOME", str(tmp_path / "file" / "below"))
    form = coursekit.exercise("shop/answer-mr-abe")
    submit(form, action="check", answer={"answer": "say-six"})

    assert (form.state["saved"]["ok"], form.state["summary"]["verdict"]) == (False, "right")
    assert "0 of 10 done" in coursekit.progress().html
