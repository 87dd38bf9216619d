"""The ways in which people write a figure, each read as they meant it: in practice, on the page of graded work and at grading."""

import json
import re
import tomllib
from pathlib import Path
from types import SimpleNamespace

import bundles
import pytest
from making import made

from coursekit.gradebook.grade.answer_keys import AnswerKeys
from coursekit.gradebook.masking import mask
from coursekit.model.grading import grade
from coursekit.wording import section

GROUPS = tomllib.loads(Path(__file__).with_name("numbers_people_write.toml").read_text(encoding="utf-8"))["group"]
READ = [(group["unit"], typed, meant) for group in GROUPS for typed, meant in group.get("read", {}).items()]
ASK = [(group["unit"], typed, why) for group in GROUPS for typed, why in group.get("ask", {}).items()]


def asking(unit, key):
    """A question for one figure, whose key is exactly that number."""
    quantity = {"id": "q", "label": "Q", "key": repr(key), "unit": unit, "tolerance": 0.0, "why": "Why"}
    return made("number", "", quantity=[quantity])


def released(exercise):
    """The question as a learner's machine reads it from the bundle of graded work."""
    return bundles.released(exercise, mask(exercise))


def at_home(exercise, typed):
    """The outcome that an instructor's gradebook gives to the answer."""
    keys = AnswerKeys([SimpleNamespace(exercises={exercise.id: exercise})])
    return keys.grade(exercise.id, mask(exercise).of, json.dumps(typed))


def sentence(why):
    """The sentence of that name, whatever stands in its places."""
    return re.compile(re.sub(r"\\\{\w+\\\}", ".*", re.escape(section("unreadable")[why])), re.DOTALL)


def test_the_table_is_large():
    """Three hundred ways of writing at least."""
    assert len(READ) + len(ASK) >= 300


@pytest.mark.parametrize(("unit", "typed", "meant"), READ, ids=ascii)
def test_what_can_be_read_is_read(unit, typed, meant):
    """It is right where the key is what was meant, and wrong where the key is something else; never asked back."""
    right, wrong = asking(unit, float(meant)), asking(unit, 3.0 * meant + 7)

    assert [grade(right, typed).score, grade(wrong, typed).score] == [1, 0]
    assert [grade(released(one), typed).status for one in (right, wrong)] == ["kept", "kept"]
    assert [at_home(one, typed).score for one in (right, wrong)] == [1, 0]


@pytest.mark.parametrize(("unit", "typed", "why"), ASK, ids=ascii)
def test_what_cannot_is_asked_back(unit, typed, why):
    """In the same words in practice and in graded work, whatever the key; what nobody asked back is no zero at grading."""
    for key in (5.0, 12000.0):
        one = asking(unit, key)
        practice, page, home = grade(one, typed), grade(released(one), typed), at_home(one, typed)

        assert [practice.status, page.status, home.status] == ["unreadable"] * 3
        assert sentence(why).fullmatch(practice.feedback)
        assert practice.feedback == page.feedback == home.why
        assert (practice.score, home.score) == (None, None)
