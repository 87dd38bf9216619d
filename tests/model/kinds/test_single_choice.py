"""Single choice: the score of each option, and what a bad file is told."""

import pytest
from making import made, verdicts

from coursekit.model.grading import grade

TEXT = """
option = [
  { id = "a", text = "A", why = "Why A", misconception = "M01" },
  { id = "b", text = "B", why = "Why B", right = true },
  { id = "c", text = "C", why = "Why C", misconception = "M02", credit = 0.25 },
]
"""
CHOICE = made("single-choice", TEXT, points=4.0)


@pytest.mark.parametrize(
    ("raw", "score", "points", "verdict", "codes"),
    [
        ("a", 0, 0, "wrong", ("M01",)),
        ("b", 1, 4, "right", ()),
        ("c", 0.25, 1, "partly", ("M02",)),
    ],
)
def test_score(raw, score, points, verdict, codes):
    """The right option scores 1, another its credit; the reason and the misconception of the option come back."""
    given = grade(CHOICE, raw)

    assert (score, points, 4) == (given.score, given.points, given.max_points)
    assert {raw: verdict} == verdicts(given)
    assert f"Why {raw.upper()}" == given.feedback
    assert codes == given.misconceptions


@pytest.mark.parametrize("raw", ["", None, "d", "A", " b", ["b"], {"answer": "b"}, 1, True, "b\x00"], ids=repr)
def test_unreadable(raw):
    """Anything but an option's id is not an attempt."""
    assert (grade(CHOICE, raw).status, grade(CHOICE, raw).score) == ("unreadable", None)


def test_solution():
    """The worked answer names the right option and why, and no other."""
    assert "B" in CHOICE.solution() and "Why B" in CHOICE.solution()
    assert "Why A" not in CHOICE.solution()


@pytest.mark.parametrize(
    ("options", "rule"),
    [
        ('{ id = "a", text = "A", why = "W", right = true }', "there must be at least two options"),
        ('{ id = "a", text = "A", why = "W" }, { id = "b", text = "B", why = "W" }', "exactly one option must be right"),
        (
            '{ id = "a", text = "A", why = "W", right = true, credit = 0.5 }, { id = "b", text = "B", why = "W" }',
            "credit is for wrong options",
        ),
        (
            '{ id = "a", text = "A", why = "W", right = true }, { id = "b", text = "B", why = "W", credit = 1.0 }',
            "credit is for wrong options",
        ),
        (
            '{ id = "a", text = "A", why = "W", right = true }, { id = "b", text = "B", why = "W", credit = -0.5 }',
            "credit is for wrong options",
        ),
    ],
)
def test_problems(options, rule):
    """A choice needs two options, one of them right; credit is for the wrong ones."""
    (problem,) = made("single-choice", f"option = [{options}]").problems()

    assert rule in problem[1]
