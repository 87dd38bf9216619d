"""Ordering: the share of pairs that stand as in the nearest accepted order."""

import pytest
from making import made, verdicts

from coursekit.model.grading import grade

ITEMS = "\n".join(f'[[item]]\nid = "{id}"\ntext = "Do {id}"\nwhy = "Why {id}"' for id in "dbca")
MISTAKE = '[[mistake]]\nfirst = "d"\nthen = "a"\nmisconception = "M05"\nwhy = "Too soon"\n'


def ordering(order, more=""):
    return made("ordering", f"order = {order}\n{ITEMS}\n{more}")


PLAIN = ordering('[["a", "b", "c", "d"]]', MISTAKE)


@pytest.mark.parametrize(
    ("raw", "pairs"),
    [("abcd", 6), ("bacd", 5), ("dabc", 3), ("abdc", 5), ("dcba", 0), ("dbca", 1)],
)
def test_score(raw, pairs):
    """One step out of place costs its own pairs only, not those of all that follow."""
    expected = pytest.approx(pairs / 6)

    assert expected == grade(PLAIN, list(raw)).score
    assert expected == grade(PLAIN, ", ".join(raw)).score


@pytest.mark.parametrize(
    ("order", "raw", "pairs"),
    [
        ('[["a", "b", "c", "d"], ["d", "c", "b", "a"]]', "dcba", 6),
        ('[["a", "b", "c", "d"], ["d", "c", "b", "a"]]', "dcab", 5),
        ('[["a", "b", "c", "d"], ["b", "a", "c", "d"]]', "bacd", 6),
        ('[["a", ["b", "c"], "d"]]', "acbd", 6),
        ('[["a", ["b", "c"], "d"]]', "abcd", 6),
        ('[["a", ["b", "c"], "d"]]', "bacd", 5),
        ('[["a", ["b", "c", "d"]]]', "adcb", 6),
        ('[[["a", "b"], ["c", "d"]]]', "cdab", 2),
    ],
)
def test_several_orders_and_free_steps(order, raw, pairs):
    """The nearest accepted order counts; steps of an inner list may stand in any order among themselves."""
    assert pytest.approx(pairs / 6) == grade(ordering(order), list(raw)).score


def test_feedback_says_which_way_to_move():
    """A step out of place says earlier or later, with its reason; a known reversal has words of its own."""
    given = grade(PLAIN, list("dabc"))
    texts = {part.id: part.text for part in given.parts}

    assert verdicts(given) == {"d": "wrong", "a": "wrong", "b": "wrong", "c": "wrong", "mistake-d-a": "wrong"}
    assert texts["d"] == "Later than you put it. Why d"
    assert texts["a"] == "Earlier than you put it. Why a"
    assert texts["mistake-d-a"] == "Too soon"
    assert given.misconceptions == ("M05",)
    assert given.feedback == "3 of 6 pairs of steps stand in the right order."


def test_a_right_order_says_so():
    """All right: every step has its reason, and no mistake is named."""
    given = grade(PLAIN, list("abcd"))

    assert dict.fromkeys("abcd", "right") == verdicts(given)
    assert given.feedback == "Every step stands where it should."


@pytest.mark.parametrize("raw", ["abc", "abcda", "abcz", "", "aabc"])
def test_unreadable(raw):
    """An order with a step too few, too many or unknown is not an attempt."""
    assert (grade(PLAIN, list(raw)).status, grade(PLAIN, list(raw)).score) == ("unreadable", None)


def test_steps_left_out_are_named_in_words():
    """What is still to be placed is named as the learner sees it, not by id."""
    assert "Not placed yet: Do d; Do c." in grade(PLAIN, ["b", "a"]).feedback


@pytest.mark.parametrize(
    ("order", "more", "rule"),
    [
        ("[]", "", "at least one accepted order is needed"),
        ('[["a", "b", "c"]]', "", "must name every item once"),
        ('[["a", "b", "c", "c", "d"]]', "", "must name every item once"),
        ('[["d", "b", "c", "a"]]', "", "listed in an accepted order"),
        ('[["d", ["c", "b"], "a"]]', "", "listed in an accepted order"),
        ('[["a", "b", "c", "d"]]', MISTAKE.replace('"d"', '"z"'), "“z” is not an item"),
    ],
)
def test_problems(order, more, rule):
    """An order names each item once, a mistake names items, and the list on the page gives no order away."""
    assert [rule in problem[1] for problem in ordering(order, more).problems()] == [True]


def test_one_item_is_no_order():
    """With a single step there is nothing to order, and nothing to divide by."""
    one = made("ordering", 'order = [["a"]]\n[[item]]\nid = "a"\ntext = "A"\nwhy = "W"')

    assert any("at least two items" in rule for _, rule, _ in one.problems())
