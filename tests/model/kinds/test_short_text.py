"""Short text: read, remarked on, never marked by the machine."""

import pytest
from making import made

from coursekit.model.grading import grade

ANCHORS = "\n".join(f'[[anchor]]\nlevel = {n}\ntext = "Sample text number {n}"\nwhy = "Why {n}"' for n in (2, 1, 4, 3))
CRITERION = '[[criterion]]\nid = "c"\ntext = "Names a day"\n'


def short(top="", anchors=ANCHORS, criterion=CRITERION):
    return made("short-text", f"{top}\n{criterion}{anchors}")


@pytest.mark.parametrize(
    ("flag", "text", "remarked"),
    [
        ("date", "I will send it soon enough.", True),
        ("date", "I will send it on 4 May.", False),
        ("date", "I will send it on May 4.", False),
        ("date", "I will send it by 2026-05-04.", False),
        ("date", "I will send it on 4/5 then.", False),
        ("date", "I will send it on Monday.", False),
        ("time", "I will send it then.", True),
        ("time", "I will send it by 14:00.", False),
        ("time", "I will send it at 2 pm.", False),
        ("time", "I will send it by noon.", False),
        ("time", "I will send it tomorrow.", False),
        ("number", "I will send a few of them.", True),
        ("number", "I will send 3 of them.", False),
        ("question", "Tell me what you need.", True),
        ("question", "What do you need then?", False),
        ("trait-words", "You are a nightmare to me.", True),
        ("trait-words", "You were LAZY in this.", True),
        ("trait-words", "The madrigal was sung well.", False),
        ("sarcasm", "As per my last message, no.", True),
        ("sarcasm", "Here is what I wrote.", False),
    ],
)
def test_flags(flag, text, remarked):
    """A flag is a remark on what a reader would miss or mind; whole words only, in any case."""
    given = grade(short(f'flags = ["{flag}"]'), text)

    assert remarked == bool(given.parts)
    assert (given.status, given.score) == ("needs marking", None)
    assert {"note"} >= {part.verdict for part in given.parts}


def test_what_the_flag_found_is_named():
    """The words that were found are quoted, each once."""
    (part,) = grade(short('flags = ["trait-words"]'), "Rude, rude and lazy people").parts

    assert part.text.startswith("Words about a person's character: rude, lazy.")


@pytest.mark.parametrize(
    ("words", "remark"),
    [(5, ""), (6, "6 words: the limit is 5. What could go?"), (50, "50 words: the limit is 5. What could go?")],
)
def test_the_limit_is_a_remark(words, remark):
    """A text over the limit is kept, with a remark."""
    given = grade(short("words = 5"), "word " * words)

    assert [remark] * bool(remark) == [part.text for part in given.parts]
    assert given.status == "needs marking"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("", "There is no answer yet. Write a few words first."),
        (" \n ", "There is no answer yet. Write a few words first."),
        ("too few words", "3 words: at least 4 are asked for."),
        ("short", "1 word: at least 4 are asked for."),
        (None, "wrong form"),
        (7, "wrong form"),
        (["a b c d"], "wrong form"),
        ("a b c d\x00", "U+0000"),
        ("word " * 5000, "longer than 20,000 characters"),
    ],
    ids=lambda value: ascii(value)[:25],
)
def test_unreadable(raw, said):
    """A text that is missing, too short or too long says so, and is not an attempt."""
    given = grade(short("words_least = 4"), raw)

    assert (given.status, given.score) == ("unreadable", None)
    assert said in given.feedback


def test_solution_is_the_strongest_anchor():
    """Asked for the answer, the course shows the sample at level 4, why, and what was looked for."""
    assert short().solution() == "> Sample text number 4\n\nWhy 4\n\n- Names a day"


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"anchors": ANCHORS.replace("level = 4", "level = 3")}, "one anchor at each level"),
        ({"anchors": ANCHORS.split("[[anchor]]\nlevel = 3")[0]}, "one anchor at each level"),
        ({"criterion": "criterion = []\n"}, "at least one criterion is needed"),
    ],
)
def test_problems(changed, rule):
    """Four anchors, one a level, and something to look for."""
    assert [rule in problem[1] for problem in short(**changed).problems()] == [True]
