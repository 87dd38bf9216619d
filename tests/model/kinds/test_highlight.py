"""Highlight: marks found minus false marks plus right reasons, floor 0."""

import pytest
from making import made, verdicts

from coursekit.model.grading import grade

SPANS = """
[[span]]
id = "a"
text = "Sentence a."
mark = true
{a}
misconception = "M01"
why = "Why a"
[[span]]
id = "b"
text = "Sentence b."
mark = true
{b}
misconception = "M02"
why = "Why b"
[[span]]
id = "x"
text = "Sentence x."
misconception = "M03"
why = "Why x"
[[span]]
id = "y"
text = "Sentence y."
why = "Why y"
"""
REASONS = 'reason = [{ id = "r", text = "Reason r" }, { id = "s", text = "Reason s" }, { id = "t", text = "Reason t" }]\n'
PLAIN = made("highlight", SPANS.format(a="", b=""))
REASONED = made("highlight", REASONS + SPANS.format(a='reason = "r"', b='reason = ["s", "t"]'))


@pytest.mark.parametrize(
    ("raw", "score"),
    [("ab", 1), ("ba", 1), ("a", 0.5), ("abx", 0.5), ("ax", 0), ("axy", 0), ("xy", 0), ("abxy", 0)],
)
def test_marks_alone(raw, score):
    """A false mark takes back a find, so that marking everything does not pay; nothing goes below 0."""
    assert score == grade(PLAIN, list(raw)).score


@pytest.mark.parametrize(
    ("raw", "score"),
    [
        ({"a": "r", "b": "s"}, 1),
        ({"a": "r", "b": "t"}, 1),
        ({"a": "r", "b": "r"}, 0.75),
        ({"a": "s", "b": "r"}, 0.5),
        ({"a": "r"}, 0.5),
        ({"a": "s"}, 0.25),
        ({"a": "r", "b": "s", "x": "r"}, 0.75),
        ({"a": "r", "x": "r"}, 0.25),
        ({"a": "s", "x": "r", "y": "r"}, 0),
        ({"x": "r"}, 0),
    ],
    ids=str,
)
def test_marks_with_reasons(raw, score):
    """Half of what can be earned is the right reason; one of several accepted ones is enough."""
    assert score == grade(REASONED, [{"mark": mark, "reason": reason} for mark, reason in raw.items()]).score


def test_feedback():
    """Found, missed, falsely marked and wrongly reasoned sentences each say why; a sound one left alone says nothing."""
    given = grade(REASONED, [{"mark": "a", "reason": "s"}, {"mark": "x", "reason": "r"}])
    texts = {part.id: part.text for part in given.parts}

    assert verdicts(given) == {"a": "partly", "b": "missed", "x": "wrong"}
    assert texts == {"a": "The reason that fits: Reason r. Why a", "b": "Why b", "x": "Why x"}
    assert given.misconceptions == ("M01", "M03")
    assert given.feedback == "1 of 2 found, 1 marked that is sound. 0 of 1 with the right reason."


@pytest.mark.parametrize(
    ("exercise", "raw", "part"),
    [
        (PLAIN, [], ""),
        (PLAIN, "", ""),
        (PLAIN, ["a", "a"], ""),
        (PLAIN, ["q"], ""),
        (PLAIN, [{"mark": "a"}], ""),
        (PLAIN, {"a": True}, ""),
        (REASONED, ["a"], ""),
        (REASONED, [{"mark": "a"}], "a"),
        (REASONED, [{"mark": "a", "reason": ""}], "a"),
        (REASONED, [{"mark": "a", "reason": "q"}], ""),
        (REASONED, [{"mark": "a", "reason": ["r"]}], ""),
        (REASONED, [{"reason": "r"}], ""),
        (REASONED, [{"mark": "a", "reason": "r"}] * 2, ""),
        (REASONED, {"a": "r"}, ""),
        (REASONED, 7, ""),
    ],
    ids=lambda value: "" if hasattr(value, "span") else str(value),
)
def test_unreadable(exercise, raw, part):
    """No mark, an unknown one, or one without a reason where reasons are asked is not an attempt."""
    given = grade(exercise, raw)

    assert (given.status, given.score) == ("unreadable", None)
    assert [part] * bool(part) == [one.id for one in given.parts]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (SPANS.format(a="", b="").replace("mark = true", ""), "some spans must be marked and some be sound"),
        (
            SPANS.format(a="", b="").replace("misconception", "mark = true\nmisconception", 0).split('[[span]]\nid = "x"')[0],
            "some be sound",
        ),
        (REASONS + SPANS.format(a='reason = "q"', b='reason = "r"'), "“q” is not a reason"),
        (REASONS + SPANS.format(a="", b='reason = "r"'), "a reason is missing"),
        (SPANS.format(a='reason = "r"', b=""), "“r” is not a reason"),
    ],
)
def test_problems(text, rule):
    """Some sentences are to be marked and some not; reasons exist and stand with every marked sentence."""
    assert [rule in problem[1] for problem in made("highlight", text).problems()] == [True]


def test_samples_of_a_single_mark_with_a_reason():
    """With one sentence to find there is no answer that is partly right by marks alone."""
    one = made("highlight", REASONS + SPANS.format(a='reason = "r"', b="").replace("mark = true\n\n", ""))

    assert one.samples().partly == ()
