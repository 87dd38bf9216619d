"""A question without its key: nothing secret is in it, and an answer to it comes back into the exercise's own ids."""

import json
from typing import Any

import pytest
from attrs import evolve, fields, frozen, has
from bundles import released
from hypothesis import given
from hypothesis import strategies as st
from making import walk

import coursekit
from coursekit import wording
from coursekit.content import location
from coursekit.errors import Unreadable
from coursekit.gradebook.masking import FIRST_LABELS, mask
from coursekit.model.controls import Choice, PickOne
from coursekit.model.exercise import Exercise
from coursekit.model.grading import grade

LIBRARY = coursekit.load(location.root() / "exercises")
EXERCISES = list(LIBRARY.values())
OTHER = {  # what a learner must not know, and another value of it
    "why": "SENTINEL", "misconception": "M77", "hint": ("SENTINEL",), "explanation": "SENTINEL", "objective": "no.such", "covers": (),
    "difficulty": "recall", "credit": 0.5, "slip": (), "mistake": (), "anchor": (), "criterion": (), "flags": (), "figures": {},
    "key": "4711", "tolerance": 9.0, "relative": None, "decimals": 1, "direction": "same", "right": None, "mark": None, "wrong": (),
    "order": (), "case": "", "alternative": "", "model": None, "result": (),
}  # fmt: skip
PARTS = ("option", "item", "bucket", "quantity", "span", "reason", "criterion", "column", "row", "field", "table", "result", "card")
WORDS = st.sampled_from(["a", "b", "1", "?a", "answer", "q1", "mark", "reason"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


def rekeyed(part: Any, number: int = 0) -> Any:
    """The same exercise with another key, other reasons and other ids: what a learner sees is as before."""
    changes = {}
    for field in fields(type(part)):
        value = getattr(part, field.name)
        if field.name in OTHER:
            changes[field.name] = _other(field.name, value)
        elif field.name == "id" and number:
            changes["id"] = f"renamed-{number}"
        elif field.name in ("bucket", "reason") and number:
            changes[field.name] = "renamed-1"  # on an item or a span it is the key; on the exercise it is what to choose from
        elif isinstance(value, tuple) and value and has(type(value[0])):
            changes[field.name] = tuple(rekeyed(one, n) for n, one in enumerate(value, 1))
        elif has(type(value)):
            changes[field.name] = rekeyed(value)
    return evolve(part, **changes)


def _other(name: str, value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    return OTHER[name] if name != "model" else ("SENTINEL" if isinstance(value, str) else {"renamed-1": "SENTINEL"})


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.id)
def test_a_released_question_does_not_depend_on_the_key(exercise):
    """Whatever is right, why, and however its author named it: the question and its digest are the same."""
    if exercise.kind == "worksheet":
        return  # has no key, and its tables and fields name each other
    other = mask(rekeyed(exercise))

    assert mask(exercise).public == other.public
    assert mask(exercise).of == other.of


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.id)
def test_no_id_of_the_author_is_in_it(exercise):
    """Ids such as “bluff” would tell the key; the question has letters and numbers."""
    public = mask(exercise).public
    texts = set(walk(public))
    own = {part.id for name in PARTS for part in getattr(exercise, name, ()) if has(type(part))}

    ids = {value for control in public["controls"] for key, value in _pairs(control) if key in ("id", "column")}
    assert {id for id in own & ids if len(id) > 2} == set()
    assert [id for id in own & texts if "-" in id] == []  # a plain word such as “days” may stand in a question by itself


def _pairs(value: Any) -> Any:
    if isinstance(value, dict):
        yield from value.items()
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _pairs(one)


def test_a_sentence_of_ours_names_no_wording(monkeypatch):
    """Our label may change, or be in another language: answers that were given before are answers to the same question.

    An author's own label is another wording, and so is every other text of theirs.
    """
    exercises = coursekit.load(location.root() / "exercises")
    before = {one.id: mask(one).of for one in exercises.values()}
    english = wording._section
    labels = {name: f"Neu: {text}" for name, text in english("label").items()}
    monkeypatch.setattr(wording, "_section", lambda name: labels if name == "label" else english(name))
    monkeypatch.setattr(wording, "_entry", wording._entry.__wrapped__)

    exercises = coursekit.load(location.root() / "exercises")
    assert before == {one.id: mask(one).of for one in exercises.values()}
    assert any("Neu: " in str(mask(one).public) for one in exercises.values())
    one = exercises["safety-gate/person-and-company"]
    assert mask(evolve(one, prompt=f"{one.prompt} Now.")).of != before[one.id]


def test_every_label_of_ours_has_the_words_that_name_a_wording():
    """Whoever adds a label says which words stand for it for ever; nobody changes those of another."""
    assert wording.section("label").keys() == FIRST_LABELS.keys()


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.id)
def test_an_answer_comes_back_as_it_was(exercise):
    """Every answer that an exercise makes up survives the way to the learner's letters and back, and gets the same grade."""
    masked, made = mask(exercise), exercise.samples()
    question = released(exercise, masked)
    for answer in json.loads(json.dumps([*made.right, *made.partly, *made.wrong])):
        there = masked.masked(answer)

        assert masked.real(there) == answer
        assert grade(exercise, masked.real(there)) == grade(exercise, answer)
        try:
            assert question.read(there) is not None
        except Unreadable as error:  # a figure that reads in two ways is asked back while somebody can still say
            assert exercise.kind == "number" and "two ways" in str(error)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.id)
def test_what_cannot_be_read_is_asked_back(exercise):
    """What the exercise could not read, its released question does not save: nobody can ask later."""
    masked = mask(exercise)
    for answer in exercise.samples().unreadable:
        there = masked.masked(answer)
        if exercise.kind == "comparison" and isinstance(there, dict) and any(there.values()):
            continue  # a row with one side is kept: it is compared when it is marked
        assert grade(released(exercise, masked), there).status == "unreadable", answer


@given(raw=JSON, number=st.integers(0, len(EXERCISES) - 1))
def test_any_json_is_taken(raw, number):
    """A forged answer is translated, and at worst unreadable; nothing is raised."""
    exercise = EXERCISES[number]

    assert grade(exercise, mask(exercise).real(raw)).status in ("graded", "unreadable", "needs marking", "kept")


def test_an_id_of_the_exercise_is_no_answer():
    """Whoever knows the author's id cannot answer with it."""
    exercise = next(one for one in EXERCISES if one.kind == "single-choice")
    (right,) = exercise.samples().right

    assert mask(exercise).real(right) != right
    assert grade(exercise, mask(exercise).real(right)).status == "unreadable"


def test_parts_that_a_control_does_not_name_never_get_out():
    """A new way to answer whose author forgot to say how its parts are called is refused, and no id of theirs is released."""

    @frozen
    class Dial(PickOne):
        type = "dial"
        lettered = ()

    @frozen(kw_only=True)
    class Dialled(Exercise):
        kind = "dialled"

        def controls(self):
            return (Dial("answer", "Turn", (Choice("bluff", "A bluff"),)),)

    with pytest.raises(TypeError, match="“dial” does not say how its options are called"):
        mask(Dialled(id="a/b", title="T", prompt="P", objective="o"))
