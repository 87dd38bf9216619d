"""Multiple choice: right picks minus wrong picks, floor 0."""

import pytest
from making import made, verdicts

from coursekit.model.grading import grade

TEXT = """
option = [
  { id = "a", text = "A", why = "Why A", right = true },
  { id = "b", text = "B", why = "Why B", right = true },
  { id = "c", text = "C", why = "Why C", right = true },
  { id = "x", text = "X", why = "Why X", misconception = "M01" },
  { id = "y", text = "Y", why = "Why Y", misconception = "M01" },
]
"""
CHOICE = made("multiple-choice", TEXT, points=3.0)


@pytest.mark.parametrize(
    ("raw", "score"),
    [
        (["a", "b", "c"], 1),
        (["c", "a", "b"], 1),
        ("a, b, c", 1),
        (["a"], 1 / 3),
        (["a", "b"], 2 / 3),
        (["a", "b", "c", "x"], 2 / 3),
        (["a", "x"], 0),
        (["a", "x", "y"], 0),
        (["x", "y"], 0),
        (["a", "b", "c", "x", "y"], 1 / 3),
    ],
    ids=str,
)
def test_score(raw, score):
    """Each wrong pick takes back a right one, and ticking everything does not pay; nothing goes below 0."""
    expected = pytest.approx(score)

    assert expected == grade(CHOICE, raw).score
    assert pytest.approx(score * 3) == grade(CHOICE, raw).points


ALL = list("abcdef")


@pytest.mark.parametrize("kind", ["multiple-choice", "highlight"])
@pytest.mark.parametrize("right", range(1, 6))
@pytest.mark.parametrize("why", ["", "They hang together."])
def test_ticking_all_pays_nowhere_without_a_reason(kind, right, why):
    """Where it earns more than ticking none, lint names it unless the file says why."""
    word, part = ("right", "option") if kind == "multiple-choice" else ("mark", "span")
    rows = "".join(f'[[{part}]]\nid="{id}"\ntext="T"\nwhy="W"\n{word}={str(ALL.index(id) < right).lower()}\n' for id in ALL)
    one = made(kind, f'more_right = "{why}"\n{rows}')
    pays = grade(one, ALL).score > 0

    assert len(list(one.guessed())) == (pays != bool(why))


def test_feedback_stands_beside_each_option():
    """What was picked and what was missed is explained; a wrong option left alone says nothing."""
    given = grade(CHOICE, ["a", "x", "y"])

    assert verdicts(given) == {"a": "right", "b": "missed", "c": "missed", "x": "wrong", "y": "wrong"}
    assert given.misconceptions == ("M01",)
    assert given.feedback == "You picked 1 of the 3 that belong here, and 2 that do not."
    assert grade(CHOICE, ["a", "x"]).feedback == "You picked 1 of the 3 that belong here, and 1 that does not."
    assert grade(CHOICE, ["a"]).feedback == "You picked 1 of the 3 that belong here."


@pytest.mark.parametrize("raw", [[], "", None, ["a", "a"], ["z"], [["a"]], {"a": True}, 7, [None], ["a"] * 6], ids=repr)
def test_unreadable(raw):
    """No pick, an unknown or a repeated one is not an attempt."""
    assert (grade(CHOICE, raw).status, grade(CHOICE, raw).score) == ("unreadable", None)


def test_no_credit_within_a_multiple_choice():
    """`credit` is for single choices; here it would be counted nowhere."""
    one = made("multiple-choice", TEXT.replace('misconception = "M01" },\n  { id = "y"', 'credit = 0.5 },\n  { id = "y"'))

    assert [rule for _, rule, _ in one.problems()] == ["a multiple choice gives no partial credit"]
