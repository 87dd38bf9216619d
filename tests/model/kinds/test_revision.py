"""Revision: the direction of each change counts, never where the judgement stands."""

import pytest
from making import made, verdicts

from coursekit.model.grading import grade

TEXT = """
question = "How likely?"
low = "surely not"
high = "surely"
start = 50
card = [
  { id = "a", text = "Card a", direction = "up", misconception = "M01", why = "Why a" },
  { id = "b", text = "Card b", direction = "down", misconception = "M02", why = "Why b" },
  { id = "c", text = "Card c", direction = ["same", "down"], misconception = "M03", why = "Why c" },
]
"""
REVISION = made("revision", TEXT)


@pytest.mark.parametrize(
    ("raw", "right"),
    [
        ([60, 50, 50], "abc"),
        ([90, 10, 0], "abc"),
        ([56, 50, 55], "abc"),
        ([55, 49, 49], "bc"),
        ([60, 60, 54], "ac"),
        ([40, 50, 60], ""),
        ([50.0, 44.5, 10], "bc"),
        ([100, 0, 100], "ab"),
    ],
    ids=str,
)
def test_score(raw, right):
    """A card is right when the judgement moved its way by more than five points, or stayed where staying is right."""
    given = grade(REVISION, raw)

    assert pytest.approx(len(right) / 3) == given.score
    assert {id: "right" if id in right else "wrong" for id in "abc"} == verdicts(given)


@pytest.mark.parametrize(
    "raw",
    [
        [],
        None,
        "",
        [60, 50],
        [60, 50, 50, 50],
        [60, 50, 101],
        [60, 50, -1],
        ["60", "50", "50"],
        [60, 50, None],
        [60, 50, True],
        [60, 50, float("nan")],
        {"a": 60},
        7,
        "60 50 50",
    ],
    ids=str,
)
def test_unreadable(raw):
    """One place from 0 to 100 after each card, or it is not an attempt."""
    assert (grade(REVISION, raw).status, grade(REVISION, raw).score) == ("unreadable", None)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('direction = "up"', 'direction = "sideways"', "“sideways” is not a direction"),
        ('["same", "down"]', '["same", "down", "up"]', "one or two directions must be right"),
        ('["same", "down"]', "[]", "one or two directions must be right"),
        ("start = 50", "start = 101", "must be from 0 to 100"),
    ],
)
def test_problems(old, new, rule):
    """A card speaks for one or two directions, and the slider starts on the scale."""
    assert [rule in problem[1] for problem in made("revision", TEXT.replace(old, new)).problems()] == [True]
