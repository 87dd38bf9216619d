"""Sorting: the share of items in an accepted bucket."""

import pytest
from making import made, verdicts

from coursekit.model.grading import grade

TEXT = """
bucket = [{ id = "x", text = "Box X" }, { id = "y", text = "Box Y" }, { id = "z", text = "Box Z" }]
[[item]]
id = "a"
text = "Item a"
bucket = "x"
misconception = "M07"
why = "Why a"
wrong = [{ bucket = "y", misconception = "M08", why = "Not in Y" }]
[[item]]
id = "b"
text = "Item b"
bucket = ["y", "z"]
misconception = "M07"
why = "Why b"
"""
SORTING = made("sorting", TEXT)


@pytest.mark.parametrize(
    ("raw", "score", "expected"),
    [
        ({"a": "x", "b": "y"}, 1, {"a": "right", "b": "right"}),
        ({"a": "x", "b": "z"}, 1, {"a": "right", "b": "right"}),
        ({"b": "z", "a": "z"}, 0.5, {"a": "wrong", "b": "right"}),
        ({"a": "y", "b": "x"}, 0, {"a": "wrong", "b": "wrong"}),
    ],
    ids=str,
)
def test_score(raw, score, expected):
    """Each item counts alone; one with two accepted buckets is right in either."""
    given = grade(SORTING, raw)

    assert score == given.score
    assert expected == verdicts(given)
    assert f"{int(score * 2)} of 2 in the right place." == given.feedback


@pytest.mark.parametrize(
    ("bucket", "text", "code"),
    [
        ("x", "Why a", ""),
        ("y", "Not in Y It belongs in: Box X.", "M08"),
        ("z", "It belongs in: Box X. Why a", "M07"),
    ],
)
def test_feedback(bucket, text, code):
    """A wrong bucket with words of its own says them; another says where the item belongs and why."""
    part = grade(SORTING, {"a": bucket, "b": "y"}).parts[0]

    assert (text, code) == (part.text, part.misconception)


@pytest.mark.parametrize(
    ("raw", "said", "part"),
    [
        ({"a": "x"}, "Not placed yet: Item b.", "b"),
        ({"a": "x", "b": ""}, "Not placed yet: Item b.", "b"),
        ({"a": "x", "b": None}, "Not placed yet: Item b.", "b"),
        ({"a": "x", "b": "q"}, "“q” is not one of the choices", ""),
        ({"a": "x", "c": "x"}, "“c” is not one of the choices", ""),
        ({"a": ["x"], "b": "y"}, "wrong form", ""),
        ({}, "no answer yet", ""),
        ([], "wrong form", ""),
        ("a", "wrong form", ""),
        (None, "no answer yet", ""),
    ],
    ids=str,
)
def test_unreadable(raw, said, part):
    """An item not placed is named in words and pointed at; what is no bucket is not an attempt."""
    given = grade(SORTING, raw)

    assert (given.status, given.score) == ("unreadable", None)
    assert said in given.feedback
    assert [part] * bool(part) == [one.id for one in given.parts]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('bucket = "x"', 'bucket = "q"', "“q” is not a bucket"),
        ('{ bucket = "y", m', '{ bucket = "q", m', "“q” is not a bucket"),
        ('bucket = ["y", "z"]', 'bucket = ["x", "y", "z"]', "every bucket is accepted"),
        (', { id = "y", text = "Box Y" }, { id = "z", text = "Box Z" }', "", "two buckets and one item are the least"),
    ],
)
def test_problems(old, new, rule):
    """Items point at buckets that exist and leave one wrong."""
    assert any(rule in problem[1] for problem in made("sorting", TEXT.replace(old, new)).problems())
