"""Every exercise of the course: what any of them must keep, also those that come in tomorrow."""

import json
from html.parser import HTMLParser

import pytest
from making import walk

from coursekit.content import location
from coursekit.content.library import load
from coursekit.content.markdown import html
from coursekit.content.question_text import as_html, as_text
from coursekit.model.grading import grade
from coursekit.page.sitting import Sitting
from coursekit.record.attempts import Log

LIBRARY = load(location.root() / "exercises")
each = pytest.mark.parametrize("exercise", LIBRARY.values(), ids=list(LIBRARY))


def texts(value):
    """Every text of an exercise, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)
    elif isinstance(value, dict):
        yield from texts(tuple(value.values()))
    elif hasattr(value, "__attrs_attrs__"):
        for field in value.__attrs_attrs__:
            yield from texts(getattr(value, field.name))


def secrets(exercise):
    """What the page may not hold before an answer: reasons, models, hints, worked answer, slips and their values."""
    found = [*exercise.hint, exercise.explanation]
    for name in ("option", "item", "quantity", "span", "mistake", "row", "anchor", "card", "principle"):
        parts = getattr(exercise, name, ())
        for part in parts if isinstance(parts, tuple) else (parts,):
            found += [part.why, *texts(getattr(part, "model", ()))]
            found += [one.why for one in (*getattr(part, "wrong", ()), *getattr(part, "slip", ()))]
    found += [one.text for one in (*getattr(exercise, "anchor", ()), *getattr(exercise, "criterion", ()))]
    return {text.strip() for text in found if len(text.strip()) > 15}


class Tags(HTMLParser):
    """Notes which tags are open and which were closed wrongly."""

    def __init__(self):
        super().__init__()
        self.open, self.wrong = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in ("img", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in ("img", "br", "hr") and (not self.open or self.open.pop() != tag):
            self.wrong.append(tag)


def test_there_are_exercises_and_all_load():
    """The course has exercises, and nothing in its folder is bad."""
    assert len(LIBRARY) > 0
    assert list(map(str, LIBRARY.problems)) == []


@each
def test_samples_grade_as_they_claim(exercise):
    """Right answers get everything, partly right ones something, wrong ones not everything, and the unreadable no score."""
    samples = exercise.samples()

    assert samples.right and samples.unreadable
    for raw in samples.right:
        assert grade(exercise, raw).status in ("needs marking", "kept") or grade(exercise, raw).score == 1
    for raw in samples.partly:
        assert grade(exercise, raw).status == "kept" or 0 < grade(exercise, raw).score < 1
    for raw in samples.wrong:
        assert grade(exercise, raw).status == "graded" and grade(exercise, raw).score < 1
    for raw in samples.unreadable:
        assert (grade(exercise, raw).status, grade(exercise, raw).score) == ("unreadable", None)


@each
def test_no_figure_is_left_unread(exercise):
    """Every {= figure} of every text has become a number."""
    assert [text for text in texts(exercise) if "{=" in text] == []


@each
def test_every_text_renders(exercise):
    """Every Markdown text becomes HTML whose tags are closed in order, with no table or emphasis left half open."""
    for text in texts(exercise):
        tags = Tags()
        tags.feed(html(text))

        assert (tags.open, tags.wrong) == ([], [])


@each
def test_static_text_holds_no_key(exercise):
    """What a page shows that nobody has run is the question and the ways to answer, and the same each time."""
    shown = as_text(exercise) + as_html(exercise)

    assert exercise.title in as_text(exercise)
    assert [text for text in secrets(exercise) if text in shown or html(text) in shown] == []
    assert shown == as_text(exercise) + as_html(exercise)


@each
def test_the_page_holds_no_key(exercise, tmp_path, clock):
    """Neither the form nor its state before an answer holds a reason, a model, a hint or the key's marks."""
    sitting = Sitting(exercise, Log(tmp_path), clock)
    sent = json.loads(json.dumps([sitting.fixed(), sitting.state()]))
    shown = "\n".join(walk(sent))

    assert [text for text in secrets(exercise) if text in shown or html(text) in shown] == []
    assert not {"right", "why", "key", "misconception", "credit", "mark", "slip", "accepted"} & _keys(sent[0]["controls"])


def _keys(value):
    """Every key in a JSON value, at any depth."""
    if isinstance(value, dict):
        return set(value).union(*map(_keys, value.values()))
    return set().union(*map(_keys, value)) if isinstance(value, list) else set()


@pytest.mark.parametrize("exercise", [one for one in LIBRARY.values() if one.kind == "number"], ids=lambda one: one.id)
def test_a_figure_below_zero_can_be_typed_on_a_phone(exercise):
    """Where the key or a known wrong result is negative, the box opens a keyboard with a minus."""
    for box, solved in zip(exercise.controls(), exercise._solved, strict=True):
        if min(solved.key, *(target for target, _ in solved.slips), solved.key) < 0:
            assert box.drawn()["keyboard"] == "text"
