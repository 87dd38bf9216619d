"""The one function that grades: whatever the exercise and whatever the answer, its promises hold."""

import copy
import json
import pickle
import random

import pytest
from cpu import seconds
from hypothesis import given, settings
from hypothesis import strategies as st
from making import TINY

from coursekit.content import location
from coursekit.content.library import load
from coursekit.model.controls import Arrange, Assign, Grid, MarkSpans, PickMany, PickOne, Select
from coursekit.model.grading import grade
from coursekit.model.kinds import KINDS

LIBRARIES = {"tiny": load(TINY / "exercises"), "course": load(location.root() / "exercises")}
EXERCISES = {f"{name}:{id}": one for name, library in LIBRARIES.items() for id, one in library.items()}
OF_KIND = {kind: next(one for one in LIBRARIES["tiny"].values() if one.kind == kind) for kind in KINDS}

TEXTS = st.text(st.characters(codec=None), max_size=12)  # control characters and lone surrogates as well
NUMBERS = st.integers(-(10**400), 10**400) | st.integers(-3, 120) | st.floats()
SCALARS = st.none() | st.booleans() | NUMBERS | TEXTS
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=12)

MEGABYTE = "x" * 1_000_000
HOSTILE = [
    None, True, False, 0, -1, 1.5, float("nan"), float("inf"), 10**5000, "", " ", "\x00", "\ud800", "𝕏" * 30, "null", "1e999",
    MEGABYTE, "9" * 1_000_000, "a," * 500_000, [], {}, [[]], [{}], {"": ""}, {"\ud800": "\ud800"}, {"answer": None},
    [None] * 100_000, list(range(1000)), [{"mark": []}], [{"mark": "x", "reason": {}}], {"x": {"y": {"z": []}}},
    {str(n): n for n in range(10_000)},
]  # fmt: skip

SMALL = [value for value in HOSTILE if not hasattr(value, "__len__") or len(value) < 100]


def nested(depth):
    value: object = "x"
    for _ in range(depth):
        value = [value]
    return value


def check_promises(exercise, raw):
    """What holds for every grade of every answer."""
    given = grade(exercise, raw)

    assert given.status in ("graded", "unreadable", "needs marking", "kept")
    if given.status == "graded":
        assert 0 <= given.score <= 1
        assert given.points == pytest.approx(given.score * exercise.points, abs=1e-6)
    else:
        assert (given.score, given.points) == (None, None)
    if given.status == "unreadable":
        assert given.feedback.strip() and len(given.feedback) < 5_000
        assert given.feedback.encode() is not None
    assert {"right", "partly", "wrong", "missed", "note"} >= {part.verdict for part in given.parts}
    return given


def known_ids(exercise):
    """Every id that an answer to the exercise may hold."""
    for control in exercise.controls():
        yield control.id
        match control:
            case PickOne() | PickMany() | Select():
                yield from (option.id for option in control.options)
            case Arrange():
                yield from (item.id for item in control.items)
            case Assign():
                yield from (one.id for one in (*control.items, *control.buckets))
            case MarkSpans():
                yield from (one.id for one in (*control.spans, *control.reasons))
            case Grid():
                yield from (one.id for one in (*control.columns, *control.rows))
                yield from (cell.column for row in control.rows for cell in row.cells)


def near_misses(exercise):
    """Answers of the right shape: permutations, choices and mappings of the exercise's own ids, and its samples."""
    words = st.sampled_from([*dict.fromkeys(known_ids(exercise)), "mark", "reason", "12", "56.14", "1,130", "0.12", "some words here"])
    samples = exercise.samples()
    made = [*samples.right, *samples.partly, *samples.wrong, *samples.unreadable]
    values = words | st.integers(0, 100) | st.sampled_from(made)
    mappings = st.dictionaries(words, values | st.dictionaries(words, values, max_size=3), max_size=6)
    lists = st.lists(values, max_size=9) | st.lists(st.integers(0, 100), min_size=1, max_size=6) | st.lists(mappings, max_size=3)
    orders = [st.permutations(raw) for raw in samples.right if isinstance(raw, list) and raw]
    return st.one_of(values, lists, mappings, *orders)


@pytest.mark.parametrize("kind", KINDS)
@given(st.data())
def test_any_json_is_graded(kind, data):
    """Any JSON value gives a grade: no exception, a status of the four, a score from 0 to 1 or none at all."""
    check_promises(OF_KIND[kind], data.draw(JSON))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60)
@given(st.data())
def test_near_misses_are_graded(kind, data):
    """Answers made of the exercise's own ids keep the same promises."""
    check_promises(OF_KIND[kind], data.draw(near_misses(OF_KIND[kind])))


@settings(max_examples=200)
@given(st.data())
def test_every_exercise_grades_near_misses(data):
    """So does every exercise of the course."""
    exercise = EXERCISES[data.draw(st.sampled_from(sorted(EXERCISES)))]
    check_promises(exercise, data.draw(near_misses(exercise)))


@pytest.mark.parametrize("id", EXERCISES)
def test_hostile_answers(id):
    """What no page would send is unreadable or graded, and quickly: a megabyte costs no more than a few milliseconds."""
    for raw in HOSTILE:
        assert seconds(lambda raw=raw: check_promises(EXERCISES[id], raw), 0.25) < 0.25


@pytest.mark.parametrize("id", EXERCISES)
def test_damaged_samples(id):
    """A right answer with one value replaced by something hostile still grades or is unreadable, and is not changed by it."""
    exercise, chance = EXERCISES[id], random.Random(id)
    for _ in range(15):
        raw = copy.deepcopy(chance.choice(exercise.samples().right))
        damaged = _damage(raw, chance)
        before = copy.deepcopy(damaged)
        check_promises(exercise, damaged)

        assert repr_of(before) == repr_of(damaged)


def repr_of(raw):
    """The answer as bytes: NaN is itself there, and an integer may have any number of digits."""
    return pickle.dumps(raw)


def _damage(raw, chance):
    bad = chance.choice(SMALL)
    if isinstance(raw, list) and raw:
        place = chance.randrange(len(raw))
        return [*raw[:place], _damage(raw[place], chance), *raw[place + 1 :]]
    if isinstance(raw, dict) and raw:
        place = chance.choice(sorted(raw))
        return {**raw, place: _damage(raw[place], chance)}
    return bad


@pytest.mark.parametrize("kind", KINDS)
def test_deep_nesting_is_unreadable(kind):
    """An answer nested as deep as JSON can be read is refused without descending into it."""
    assert check_promises(OF_KIND[kind], nested(900)).status == "unreadable"
    assert check_promises(OF_KIND[kind], {"answer": nested(900)}).status == "unreadable"


@pytest.mark.parametrize("id", EXERCISES)
def test_the_key_gets_everything(id):
    """Every right sample scores 1, or is kept or to be marked where nothing is graded."""
    for raw in EXERCISES[id].samples().right:
        given = check_promises(EXERCISES[id], raw)

        assert given.status in ("needs marking", "kept") or given.score == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_megabyte_is_unreadable_quickly(kind):
    """A megabyte of text is no attempt, and the refusal is short."""
    given = grade(OF_KIND[kind], MEGABYTE)

    assert seconds(lambda: grade(OF_KIND[kind], MEGABYTE), 0.05) < 0.05
    assert given.status == "unreadable"
    assert len(given.feedback) < 500


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_answer_gets_the_same_grade(kind):
    """Grading is pure: twice the same, also after the answer went through JSON."""
    for raw in OF_KIND[kind].samples().right:
        expected = grade(OF_KIND[kind], raw)

        assert expected == grade(OF_KIND[kind], raw)
        assert expected == grade(OF_KIND[kind], json.loads(json.dumps(raw)))
