"""Two windows on one answer: each field that one of them left alone is taken from the other, and the rest is a clash."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.page.three_way_merge import Merged, blank, merge, same

GRID = lambda **cells: {"t": {"row": cells}}  # noqa: E731


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        # one window only
        (None, {"answer": "x"}, None, {"answer": "x"}),
        ({"answer": "x"}, {"answer": "x"}, {"answer": "y"}, {"answer": "y"}),
        ({"answer": "x"}, {"answer": "y"}, {"answer": "x"}, {"answer": "y"}),
        ({"answer": "x"}, {"answer": "y"}, {"answer": "y"}, {"answer": "y"}),
        ({"a": "1"}, {"a": ""}, {"a": "1"}, {"a": ""}),
        ({"a": "1"}, {"a": "1"}, {"a": ""}, {"a": ""}),
        # fields of a worksheet
        (None, {"a": "1", "b": ""}, {"a": "", "b": "2"}, {"a": "1", "b": "2"}),
        ({"a": "1"}, {"a": "3", "b": ""}, {"a": "1", "b": "2"}, {"a": "3", "b": "2"}),
        ({"a": "1", "b": "2"}, {"a": "", "b": "2"}, {"a": "1", "b": "3"}, {"a": "", "b": "3"}),
        ({}, {"a": "1"}, {"b": "2"}, {"a": "1", "b": "2"}),
        # cells of a table, beside fields
        (None, GRID(x="1", y=""), GRID(x="", y="2"), GRID(x="1", y="2")),
        (
            None,
            {"t": {"r1": {"x": "1"}}, "a": ""},
            {"t": {"r2": {"x": "2"}}, "a": "3"},
            {"t": {"r1": {"x": "1"}, "r2": {"x": "2"}}, "a": "3"},
        ),
        (GRID(x="1"), GRID(x="1", y="2"), GRID(x=""), GRID(x="", y="2")),
        # items in buckets
        ({"answer": {}}, {"answer": {"i": "one"}}, {"answer": {"k": "two"}}, {"answer": {"i": "one", "k": "two"}}),
        # shapes that no page makes
        (None, 7, None, 7),
        (None, None, {"a": "1"}, {"a": "1"}),
        ("x", {"a": "1"}, {"a": "1"}, {"a": "1"}),
    ],
)
def test_merged(base, mine, theirs, merged):
    """Both windows' fields, whoever saves first."""
    assert merge(base, mine, theirs) == Merged(merged)
    assert merge(base, theirs, mine).clashes == ()
    assert same(merge(base, theirs, mine).answer, merged)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "paths", "with_mine", "with_theirs"),
    [
        (None, {"answer": "x"}, {"answer": "y"}, [("answer",)], {"answer": "x"}, {"answer": "y"}),
        ({"answer": "x"}, {"answer": ""}, {"answer": "y"}, [("answer",)], {"answer": ""}, {"answer": "y"}),
        ({"answer": ["a"]}, {"answer": ["a", "b"]}, {"answer": ["a", "c"]}, [("answer",)], {"answer": ["a", "b"]}, {"answer": ["a", "c"]}),
        (None, {"a": "1", "b": "2"}, {"a": "3", "c": "4"}, [("a",)], {"a": "1", "b": "2", "c": "4"}, {"a": "3", "b": "2", "c": "4"}),
        (None, GRID(x="1", z="5"), GRID(x="2", y="3"), [("t", "row", "x")], GRID(x="1", z="5", y="3"), GRID(x="2", z="5", y="3")),
        ({"a": "0"}, {"a": "1"}, {"a": "2"}, [("a",)], {"a": "1"}, {"a": "2"}),
        (None, {"a": "1"}, {"a": {"b": "1"}}, [("a",)], {"a": "1"}, {"a": {"b": "1"}}),
        ("x", {"a": "1"}, {"a": "2"}, [()], {"a": "1"}, {"a": "2"}),
        (None, 7, {"a": "2"}, [()], 7, {"a": "2"}),
    ],
)
def test_clashes(base, mine, theirs, paths, with_mine, with_theirs):
    """What both changed otherwise is named field by field; all other fields are taken whichever is preferred."""
    assert merge(base, mine, theirs) == Merged(with_mine, tuple(paths))
    assert merge(base, mine, theirs, "theirs") == Merged(with_theirs, tuple(paths))


@pytest.mark.parametrize("value", [None, "", [], {}, {"a": ""}, {"a": {"b": None}}], ids=repr)
def test_nothing(value):
    """What is empty is like what is not there."""
    assert blank(value) and same(value, None)


@pytest.mark.parametrize("value", [0, False, " ", ["x"], {"a": 0}], ids=repr)
def test_something(value):
    """Nought is a value, and so is a space."""
    assert not blank(value) and not same(value, None)


ANSWERS = st.dictionaries(
    st.sampled_from("abcd"),
    st.sampled_from(["", "1", "2", "3"])
    | st.dictionaries(st.sampled_from("rs"), st.dictionaries(st.sampled_from("xy"), st.sampled_from(["", "1", "2"]))),
)


@given(ANSWERS, ANSWERS, ANSWERS)
def test_nothing_is_lost(base, mine, theirs):
    """For any three answers: the side that is preferred is whole in what it changed, and a second merge changes nothing."""
    merged = merge(base, mine, theirs)

    assert merge(base, mine, base) == Merged(mine)
    assert same(merge(base, base, theirs).answer, theirs)
    assert same(merge(theirs, merged.answer, theirs).answer, merged.answer)
    assert {path[0] for path in merged.clashes} <= {key for key in {**mine, **theirs} if not same(mine.get(key), theirs.get(key))}
    for key in {**base, **mine, **theirs}:
        if same(base.get(key), theirs.get(key)):
            assert same(merged.answer.get(key), mine.get(key))
        if same(base.get(key), mine.get(key)):
            assert same(merged.answer.get(key), theirs.get(key))
