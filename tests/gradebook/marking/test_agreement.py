"""Agreement of two markers: the same kappa as scikit-learn's, and a list of where they differ."""

import warnings

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coursekit.gradebook.marking.agreement import Disagreement, agreements, disagreements, kappa

LEVEL = st.integers(0, 4)
OF = {"a": "quiz/note", "b": "quiz/note", "c": "quiz/note", "z": "quiz/other"}


@given(st.lists(st.tuples(LEVEL, LEVEL), min_size=1, max_size=60))
def test_kappa_is_scikit_learns(pairs):
    """Our kappa is cohen_kappa_score with quadratic weights, wherever that is defined."""
    from sklearn.metrics import cohen_kappa_score

    first, second = zip(*pairs, strict=True)
    ours = kappa(first, second)
    assume(ours is not None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = cohen_kappa_score(first, second, labels=range(5), weights="quadratic")

    assert ours == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([], [], None),
        ([3, 3, 3], [3, 3, 3], None),
        ([3, 3, 3], [2, 2, 2], 0),
        ([0, 1, 2, 3, 4], [0, 1, 2, 3, 4], 1),
        ([0, 4], [4, 0], -1),
        ([1, 2, 3, 4], [1, 2, 3, 3], 0.875),
    ],
)
def test_kappa_by_hand(first, second, expected):
    """Perfect is 1, reversed is -1, and all the same is not defined rather than 0 or 1."""
    assert expected == (None if expected is None else pytest.approx(expected)) == kappa(first, second)


def test_kappa_needs_two_marks_a_text():
    """Levels of different texts are never compared."""
    with pytest.raises(ValueError, match="as many"):
        kappa([1], [1, 2])


def test_by_criterion():
    """Each criterion stands alone, of texts that both marked; decisions and other exercises do not come in."""
    levels = {
        "anna": {("a", "fact"): 4, ("b", "fact"): 2, ("c", "fact"): 3, ("a", "tone"): 1, ("z", "fact"): 0},
        "ben": {("a", "fact"): 4, ("b", "fact"): 3, ("c", "fact"): 0, ("z", "fact"): 4},
        "decision": {("a", "fact"): 0},
    }
    fact, *others = agreements(levels, [("quiz/note", "fact"), ("quiz/note", "tone")], OF)

    assert others == []
    assert (fact.first, fact.second, fact.texts) == ("anna", "ben", 3)
    assert (pytest.approx(fact.exact), pytest.approx(fact.adjacent)) == (1 / 3, 2 / 3)
    assert kappa([4, 2, 3], [4, 3, 0]) == fact.kappa


def test_one_marker_has_nobody_to_agree_with():
    """No row without a second marker."""
    assert agreements({"anna": {("a", "fact"): 4}}, [("quiz/note", "fact")], OF) == []


def test_disagreements():
    """Two levels apart is a disagreement, one is not; a decision stands beside it; texts no longer there are left out."""
    levels = {
        "anna": {("a", "fact"): 4, ("b", "fact"): 2, ("c", "tone"): 0, ("gone", "fact"): 4},
        "ben": {("a", "fact"): 2, ("b", "fact"): 3, ("c", "tone"): 4, ("gone", "fact"): 0},
        "decision": {("c", "tone"): 1},
    }

    assert [
        Disagreement("quiz/note", "fact", "a", {"anna": 4, "ben": 2}, None),
        Disagreement("quiz/note", "tone", "c", {"anna": 0, "ben": 4}, 1),
    ] == disagreements(levels, OF)
