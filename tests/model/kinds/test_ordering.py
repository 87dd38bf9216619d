"""Ordering: the share of pairs that stand as in the nearest accepted order."""

from itertools import permutations

import pytest
from making import made, verdicts

from coursekit.content import location
from coursekit.content.library import load
from coursekit.model.grading import grade

MISTAKE = '[[mistake]]\nfirst = "d"\nthen = "a"\nmisconception = "M05"\nwhy = "Too soon"\n'


COURSE = [one for one in load(location.root() / "exercises").values() if one.kind == "ordering"]


def items(ids):
    return "\n".join(f'[[item]]\nid = "{id}"\ntext = "Do {id}"\nwhy = "Why {id}"' for id in ids)


def ordering(order, more="", listed="dbca"):
    return made("ordering", f"order = {order}\n{items(listed)}\n{more}")


def begin(one):
    """The order in which the items of an exercise stand on a page that nobody has touched."""
    return [item.id for item in one.as_asked().controls()[0].items]


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


ORDERS = [
    '[["a", "b"]]',
    '[["a", "b", "c"]]',
    '[["a", ["b", "c"]]]',
    '[["a", "b", "c", "d"]]',
    '[["a", ["b", "c"], "d"]]',
    '[["a", "b", "c", "d"], ["b", "a", "c", "d"]]',
    '[["a", "b", "c", "d", "e"]]',
    '[["a", ["b", "c", "d"], "e"]]',
    '[["a", "b", "c", "d", "e"], ["a", "c", "b", "e", "d"], ["b", "a", "c", "d", "e"]]',
]


@pytest.mark.parametrize("order", ORDERS)
def test_where_an_order_begins(order):
    """However its author listed it: never in an accepted order, never with more than half of the pairs right, the same each time."""
    for listed in permutations(sorted({letter for letter in order if letter.isalpha()})):
        one = ordering(order, listed="".join(listed))
        worth = grade(one, begin(one)).score

        assert worth <= 1 / 2 and sorted(listed) == sorted(begin(one))
        assert begin(one) == begin(one.as_asked()) == (list(listed) if grade(one, list(listed)).score <= 1 / 2 else begin(one))


@pytest.mark.parametrize("one", COURSE, ids=lambda one: one.id)
def test_where_the_orders_of_the_course_begin(one):
    """As they are listed: nothing has to be turned round."""
    assert begin(one) == [item.id for item in one.item]
    assert grade(one, begin(one)).score <= 1 / 2


@pytest.mark.parametrize("raw", [[], {}, None, ""])
def test_a_list_that_nobody_moved(raw):
    """Where it begins is no answer: it is asked back, and says why."""
    given = grade(PLAIN, raw)

    assert (given.status, given.feedback[:25]) == ("unreadable", "Nothing was moved yet: th")


@pytest.mark.parametrize(
    ("order", "listed", "rule"),
    [
        ('[["a", "b"]]', "ba", "the order of 2 items is soon guessed, 4 are the least"),
        ('[["a", "b", "c"]]', "cba", "the order of 3 items is soon guessed, 4 are the least"),
        ('[[["a", "b", "c", "d"], "e"]]', "eabcd", "any order has more than half of its pairs right"),
        ('[["a", "b", "c", "d"]]', "dcba", None),
    ],
)
def test_what_is_soon_guessed(order, listed, rule):
    """With two items the other order is right, and with most of them free every order is nearly so."""
    assert [rule] == [found for _, found, _ in ordering(order, listed=listed).guessed()] or rule is None


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
