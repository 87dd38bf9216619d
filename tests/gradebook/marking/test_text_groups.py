"""Groups of similar texts: repeats first, then near ones, the same whatever the order, and never lost."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.gradebook.marking import text_groups as module
from coursekit.gradebook.marking.text_groups import SHOWN, Text, groups, normal, sample


def texts(*written, exercise="q", learners=1):
    """Texts with keys k0, k1 …"""
    return [Text(f"k{place}", exercise, text, learners) for place, text in enumerate(written)]


def together(*written):
    """The groups of these texts, as sets of what was written."""
    made = texts(*written)
    by_key = {text.key: text.text for text in made}
    return [{by_key[key] for key in group.keys} for group in groups(made)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Freedom of speech", "freedom of  SPEECH."),
        ("don't", "dont"),
        ("“Six trays!”", "six trays"),
        ("ﬁve", "five"),
        ("straße", "STRASSE"),
        ("3 March,", "3 march"),
    ],
)
def test_alike_but_for_form(one, other):
    """Capitals, spaces, punctuation and the forms of a letter do not matter."""
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"), [("1.5", "15"), ("-3", "3"), ("£84", "$84"), ("a b", "ab"), ("12:30", "1230"), ("?", "!"), ("né", "ne")]
)
def test_not_alike(one, other):
    """What changes a figure, a currency or a word stays."""
    assert normal(one) != normal(other)


def test_near_texts_come_together_and_others_stay_apart():
    """A slip of the pen does not make another answer."""
    found = together("freedom of speech", "fredom of speech", "the right to vote", "Freedom of speech!", "cats")

    assert {"freedom of speech", "fredom of speech", "Freedom of speech!"} in found
    assert {"cats"} in found


def test_biggest_first_by_learners():
    """The decision that marks most learners comes first."""
    some = [Text("a", "q", "alpha alpha"), Text("b", "q", "omega omega omega", 5), Text("c", "q", "mu mu mu", 2)]

    assert [group.learners for group in groups(some)] == [5, 2, 1]


def test_the_typical_text_comes_first_then_the_least_alike():
    """What is shown first stands for the group, and what might not belong to it is seen next."""
    some = texts("six trays came", "six trays came in", "six trays came in", "six trays came in then", "six tray")
    (group,) = groups(some, cut=0.9)
    by_key = {text.key: text.text for text in some}

    assert by_key[group.keys[0]] == "six trays came in"
    assert by_key[group.keys[2]] == "six tray"


def test_long_texts_are_only_joined_when_they_are_repeats():
    """Two letters on one matter share many words whatever they say."""
    letter = "Dear Mr Abe, thank you for the note about the bill of the third of March: we looked at the slip, and {} came to your door. Bo"
    written = [letter.format(what) for what in ("six trays", "six  Trays", "nothing that you ordered")]

    assert len(together(*written)) == 2


@pytest.mark.parametrize(
    ("one", "other"), [("six trays came on 3 March", "six trays came on 4 March"), ("it is £84 now", "it is £112 now")]
)
def test_other_figures_are_another_answer(one, other):
    """A date or a sum decides more than all the words around it; the same one in other words does not keep texts apart."""
    assert len(together(one, other)) == 2
    assert len(together(one, f"so {one}")) == 1


def test_exercises_are_apart():
    """The same words answer two questions in two groups, in the order of the questions."""
    found = groups([Text("a", "second", "yes"), Text("b", "first", "yes")])

    assert [(group.exercise, group.keys) for group in found] == [("second", ("a",)), ("first", ("b",))]


@pytest.mark.parametrize("written", [[], ["?"], ["", " ", "!"], ["a"], ["שלום", "שלום!"], ["\u2028", "x"], ["a" * 20_000, "b"]])
def test_odd_texts(written):
    """Empty, unreadable to the vectoriser or huge: every text is in one group."""
    assert sorted(key for group in groups(texts(*written)) for key in group.keys) == sorted(text.key for text in texts(*written))


@given(st.lists(st.text(alphabet="ab c.", max_size=12), max_size=14), st.randoms(use_true_random=False))
def test_every_text_once_and_in_any_order(written, chance):
    """Grouping loses and doubles nothing, and does not depend on the order in which texts come."""
    some = texts(*written)
    mixed = chance.sample(some, len(some))

    assert groups(some) == groups(mixed)
    assert sorted(key for group in groups(some) for key in group.keys) == sorted(text.key for text in some)


def test_blocks_bound_the_memory(monkeypatch):
    """Above the limit texts that begin alike are compared, repeats still among all, and nothing is lost."""
    monkeypatch.setattr(module, "BLOCK", 10)
    chance = random.Random(1)
    some = [Text(f"{place:03}", "q", f"{chance.choice('abcdef')} {place % 40}") for place in range(100)]

    assert sorted(key for group in groups(some) for key in group.keys) == [text.key for text in some]


def test_sample_shows_each_form_once():
    """What is shown at once are different texts, the typical one first."""
    made = {text.key: text for text in texts("a", "A!", "b", "c", "d", "e", "f")}

    assert sample(list(made), made) == ["k0", "k2", "k3", "k4", "k5"]
    assert SHOWN == 5
