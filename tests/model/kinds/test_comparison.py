"""Comparison: the model is revealed row by row; nothing is right or wrong."""

import pytest
from making import made, verdicts

from coursekit.model.grading import grade

TEXT = """
column = [{ id = "p", text = "Case P" }, { id = "q", text = "Case Q" }]
[[row]]
id = "r1"
text = "Row 1?"
model = { p = "Model P1", q = "Model Q1" }
why = "Why 1"
[[row]]
id = "r2"
text = "Row 2?"
model = { p = "Model P2", q = "Model Q2" }
why = "Why 2"
[principle]
prompt = "The rule?"
model = "Model rule"
why = "Why rule"
"""
COMPARISON = made("comparison", TEXT)
R1, R2, RULE = {"r1": {"p": "a", "q": "b"}}, {"r2": {"p": "c", "q": "d"}}, {"principle": {"rule": "e"}}


@pytest.mark.parametrize(
    ("raw", "status", "shown", "done"),
    [
        (R1, "kept", ["r1"], "1 of 2 rows"),
        (R2, "kept", ["r2"], "1 of 2 rows"),
        (R1 | R2, "kept", ["r1", "r2"], "2 of 2 rows"),
        (RULE, "kept", ["principle"], "0 of 2 rows"),
        (R1 | {"r2": {"p": "c", "q": " "}}, "kept", ["r1"], "1 of 2 rows"),
        (R1 | {"r2": {}}, "kept", ["r1"], "1 of 2 rows"),
        (R1 | {"r2": None}, "kept", ["r1"], "1 of 2 rows"),
        (R2 | R1 | RULE, "needs marking", ["r1", "r2", "principle"], "All rows compared"),
    ],
    ids=str,
)
def test_row_by_row(raw, status, shown, done):
    """A row filled on both sides shows its model, and only its own; the rule is marked when all is filled."""
    given = grade(COMPARISON, raw)
    text = " ".join(part.text for part in given.parts)

    assert (status, None) == (given.status, given.score)
    assert dict.fromkeys(shown, "note") == verdicts(given)
    assert done in given.feedback
    assert [f"Why {n}" in text for n in ("1", "2", "rule")] == [id in shown for id in ("r1", "r2", "principle")]


@pytest.mark.parametrize(
    "raw",
    [
        {},
        [],
        "",
        None,
        7,
        {"r1": {"p": "a"}},
        {"r1": {"p": "a", "q": ""}},
        {"r3": {"p": "a", "q": "b"}},
        {"r1": {"p": "a", "z": "b"}},
        {"r1": {"p": 1, "q": 2}},
        {"r1": ["a", "b"]},
        {"r1": "a"},
        {"principle": {"p": "a"}},
        {"principle": "e"},
    ],
    ids=str,
)
def test_unreadable(raw):
    """Without one whole row there is nothing to compare."""
    assert (grade(COMPARISON, raw).status, grade(COMPARISON, raw).score) == ("unreadable", None)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (', q = "Model Q2"', "", "model must speak for every column"),
        (', q = "Model Q2"', ', q = "Q", z = "Z"', "model must speak for every column"),
        ('id = "r2"', 'id = "principle"', "that id is kept for the rule"),
    ],
)
def test_problems(old, new, rule):
    """Every row has a model for every column, and no row takes the place of the rule."""
    assert [rule in problem[1] for problem in made("comparison", TEXT.replace(old, new)).problems()] == [True]


def test_a_comparison_without_rows_is_a_problem():
    """With nothing to compare, the file is refused rather than the page broken."""
    bare = "column = []\nrow = []\n[principle]" + TEXT.split("[principle]")[1]

    assert {"column", "row"} == {place for place, _, _ in made("comparison", bare).problems()}
