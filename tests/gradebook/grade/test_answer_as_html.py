"""A learner's answer in words: texts in place of ids, for every way to answer."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.gradebook.grade.answer_as_html import names, spoken, typed


def words(html):
    """The text of an answer."""
    return re.sub(r"<[^>]+>", "|", html)


@pytest.mark.parametrize("kind", ["single-choice", "multiple-choice", "ordering", "sorting", "number", "highlight", "short-text"])
def test_ids_are_not_shown(tiny, kind):
    """No id of the file stands where a text can."""
    for exercise in (one for one in tiny.values() if one.kind == kind):
        said = words(spoken(exercise, exercise.samples().right[0]))
        parts = [
            part
            for control in exercise.controls()
            for name in ("options", "items", "spans", "buckets", "reasons")
            for part in getattr(control, name, ())
        ]

        assert said.strip("|")
        assert not [part.id for part in parts if f"|{part.id}|" in said]


def test_each_way_to_answer(tiny):
    """As a learner would say it: in the order of the question, with the unit, and as it came where it does not fit."""
    sorting, number = tiny["shop/sort-costs"], tiny["shop/what-is-owed"]
    items = sorting.controls()[0].items
    (first, *_) = sorting.samples().right
    jumbled = dict(sorted(first.items(), key=lambda entry: entry[0], reverse=True))

    assert [one.split(" → ")[0] for one in re.findall(r"<li>(.*?)</li>", spoken(sorting, jumbled))] == [typed(one.text) for one in items]
    assert spoken(number, number.samples().right[0]).count("<dt>") == len(number.quantity)
    assert "just this" in spoken(number, "just this")


def test_a_mark_without_a_reason(tiny):
    """Where no reason was picked none is named."""
    exercise = tiny["shop/note-to-the-baker"]
    span = exercise.controls()[0].spans[0]

    assert "None" not in spoken(exercise, [{"mark": span.id, "reason": None}])
    assert "→" not in spoken(exercise, [{"mark": span.id}])


def test_names_of_parts(tiny):
    """Whatever feedback may stand beside has a name."""
    for exercise in tiny.values():
        known = dict(names(exercise.controls()))

        assert all(isinstance(id, str) and text for id, text in known.items())


@given(st.text(st.characters()))
def test_typed_is_text(text):
    """Whatever it is: nothing of it opens a tag or an attribute, and a file can hold it."""
    said = typed(text)

    assert not set("<>\"'") & set(said)
    said.encode()


@pytest.mark.parametrize(
    ("text", "said"), [("a\nb\tc", "a\nb\tc"), ("\0", "�"), ("\ud800", "�"), ("\x1b[31m", "�[31m"), ("&lt;", "&amp;lt;"), ("שלום", "שלום")]
)
def test_signs_that_cannot_be_shown(text, said):
    """They are a �; what can be shown is."""
    assert typed(text) == said


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
        lambda one: st.lists(one, max_size=3) | st.dictionaries(st.sampled_from(["answer", "mark", "reason", "x"]), one, max_size=3),
        max_leaves=6,
    )
)
def test_any_json(tiny, answer):
    """An answer that does not fit the boxes is shown as it came; nothing raises."""
    for exercise in tiny.values():
        assert spoken(exercise, answer)
