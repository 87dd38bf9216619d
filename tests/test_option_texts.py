"""Whatever can be picked, placed or marked is plain text: typed signs are seen as typed, wherever the text stands."""

import json
import re
from fractions import Fraction
from html import unescape
from itertools import cycle

import invented
import pytest
from attrs import evolve, fields, has
from making import TINY

from coursekit.content.library import load
from coursekit.content.markdown import html
from coursekit.content.question_text import as_html, as_text
from coursekit.errors import Unreadable
from coursekit.gradebook.assignment import read_assignment
from coursekit.gradebook.grade.answer_as_html import names, spoken
from coursekit.gradebook.grade.feedback import FeedbackPages, Question
from coursekit.gradebook.grade.totals import LearnerTotal
from coursekit.gradebook.marking.texts_to_mark import written
from coursekit.gradebook.masking import mask
from coursekit.gradebook.statistics.all_tables import figures
from coursekit.gradebook.statistics.item_statistics import Results
from coursekit.gradebook.statistics.report import report_page
from coursekit.model.grading import grade
from coursekit.page.sitting import Sitting
from coursekit.record.attempts import Log

LIBRARY = load(TINY / "exercises")
PARTS = ("option", "item", "bucket", "span", "reason", "card", "column", "row", "quantity", "field", "table", "result", "criterion")
KINDS = sorted({one.kind for one in LIBRARY.values() if any(getattr(one, name, ()) for name in PARTS)})
TEXTS = ["*a* b", "_a_ b", "<b>a</b>", "$5 … $6", "1. one", "- a", "`a`", "[a](https://a.example)", "a & b &lt; c", "# a", "a \\* b"]
ASSIGNMENT = read_assignment(TINY.parent / "gradebook" / "quiz.toml").assignment


def retold(exercise, text):
    """The exercise with `text` in the text of each part, and a number that tells them apart; ids, reasons and keys as they are."""
    told = []

    def other(part):
        name = "label" if hasattr(part, "label") else "text"
        told.append(own := f"{text} №{len(told)}№")
        inside = {key: tuple(map(other, getattr(part, key))) for key in ("row", "column") if hasattr(part, key) and has(type(part))}
        return evolve(part, **{name: own}, **inside)

    changes = {
        one.name: tuple(map(other, parts)) for one in fields(type(exercise)) if one.name in PARTS and (parts := getattr(exercise, one.name))
    }
    return evolve(exercise, **changes), told


def seen(page):
    """What a reader sees of HTML."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", page)).split())


def feedback(exercise, answer):
    """A learner's feedback page on that answer."""
    given = grade(exercise, answer)
    one = Question(exercise.id, given.status, given.score, exercise.points, json.dumps(answer))
    row = LearnerTotal("ada", (Fraction(1),), Fraction(1), Fraction(1), Fraction(50), None, 0, 1, "graded")
    return FeedbackPages(ASSIGNMENT, lambda id, of: exercise).page(row, "Ada", [one])


def places(exercise, log, clock):
    """{where: what a reader sees there} for every place that shows texts of parts."""
    samples = exercise.samples()
    answers = [*samples.right, *samples.partly, *samples.wrong]
    given = [grade(exercise, answer) for answer in answers]
    sitting = Sitting(exercise, log, clock)
    for number, answer in enumerate([*samples.wrong, *samples.right], 1):
        sitting.take({"n": number, "action": "check", "answer": {"answer": answer} if sitting._single() else answer})
    sitting.take({"n": 99, "action": "solution"})
    state = sitting.state()
    return {
        "the page's controls": " ".join(str(control) for control in map(_texts, sitting.fixed()["controls"])),
        "a released question": " ".join(str(control) for control in map(_texts, mask(exercise).public["controls"])),
        "the unrun page": seen(as_html(exercise)),
        "the unrun page as text": as_text(exercise),
        "names beside feedback": " ".join(name for _, name in names(exercise.controls())),
        "the solution": seen(html(exercise.solution())),
        "the solution on the page": seen(state["solution"]["html"]),
        "feedback": " ".join(seen(html(one.feedback)) for one in given),
        "reasons": " ".join(seen(html(part.text)) for one in given for part in one.parts),
        "an answer in words": " ".join(seen(spoken(exercise, answer)) for answer in answers),
        "an answer to be marked": " ".join(written(exercise, answer) for answer in answers),
        "a feedback page": " ".join(seen(feedback(exercise, answer)) for answer in answers),
        "asked back": _asked_back(exercise),
    }


def _texts(value):
    """The texts of JSON, one after the other."""
    if isinstance(value, dict | list | tuple):
        return " ".join(_texts(one) for one in (value.values() if isinstance(value, dict) else value))
    return str(value)


def _asked_back(exercise):
    said = []
    for answer in exercise.samples().unreadable:
        try:
            exercise.read(answer)
        except Unreadable as error:
            said.append(str(error))
    return " ".join(said)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_same_words_everywhere(kind, text, tmp_path, clock):
    """In every place a part's text is there letter for letter, or not at all; and no text is nowhere."""
    exercise, told = retold(next(one for one in LIBRARY.values() if one.kind == kind), text)
    pages = places(exercise, Log(tmp_path), clock)
    for place, page in pages.items():
        for one in told:
            number = one.rsplit(" ", 1)[1]
            assert page.count(one) == page.count(number), (place, one, page[:2000])
    assert [one for one in told if not any(one in page for page in pages.values())] == []


def test_the_report_on_questions():
    """The table of options too, and the sentence on one that nobody took."""
    work, marks, attempts = invented.made(learners=30)
    texts = cycle(TEXTS)
    exercises = {
        id: evolve(one, option=tuple(evolve(each, text=f"{next(texts)} {each.id}") for each in one.option))
        if hasattr(one, "option")
        else one
        for id, one in work.exercises.items()
    }
    page = seen(report_page(figures(Results(evolve(work, exercises=exercises), marks, attempts))))
    options = [each.text for one in exercises.values() if hasattr(one, "option") for each in one.option]

    assert len(options) >= len(TEXTS) and [each for each in options if each not in page] == []
