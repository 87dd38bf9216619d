"""Rules about one exercise: the names it uses, the easier one beside it, hints, tests, plain texts, and its own samples."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ...content.library import Library
from ...model.exercise import Exercise
from ...model.grading import grade
from ...wording import rule_and_cure, say

_MARKUP = re.compile(r"\*[^\s*][^*]*\*|(?<!\w)_[^\s_][^_]*_(?!\w)|~~|`[^`]+`|\[[^]]*\]\(|</?[A-Za-z][^>]*>|&#?\w+;|^(#{1,6}|>|[+*])\s")


def known_names(exercise: Exercise, library: Library) -> Iterator[tuple[str, str, str]]:
    """Objectives, elements and misconceptions must exist."""
    if exercise.tested and exercise.objective.partition(".")[0] not in library.units:
        return  # a test covers the whole course, and some of its units are still to come
    units = library.units.values() if exercise.role == "recall" or exercise.tested else [library.units.get(exercise.unit)]
    objectives = [one.id for unit in units if unit for one in unit.objective]
    if exercise.objective not in objectives:
        yield "objective", *rule_and_cure("lint.objective", objective=exercise.objective, known=", ".join(objectives))
    for id in exercise.covers:
        if id not in library.elements:
            yield "covers", *rule_and_cure("lint.element", element=id)
    for place, _, code in exercise.reasons():
        if code and code not in library.misconceptions:
            yield place, *rule_and_cure("lint.misconception", code=code)


def alternatives(exercise: Exercise, library: Library) -> Iterator[tuple[str, str, str]]:
    """An exercise with a hard scene names another of the same objective without one."""
    if not exercise.alternative:
        return
    other = library.get(exercise.alternative)
    if not other or other.role != "alternative":
        yield "alternative", *rule_and_cure("lint.no_alternative", id=exercise.alternative)
    elif other.objective != exercise.objective or other.note:
        yield "alternative", *rule_and_cure("lint.alternative", id=exercise.alternative)


def unseen(exercise: Exercise, library: Library) -> Iterator[tuple[str, str, str]]:
    """A test item uses no case of the practice and gives no hint."""
    if exercise.tested and (exercise.case or exercise.hint or exercise.role not in ("test", "graded", "alternative")):
        yield "", *rule_and_cure("lint.test_item")


def hints(exercise: Exercise, library: Library) -> Iterator[tuple[str, str, str]]:
    """At most three hints, none of them empty."""
    if len(exercise.hint) > 3:
        yield "hint", *rule_and_cure("lint.hints", n=len(exercise.hint))
    if any(not hint.strip() for hint in exercise.hint):
        yield "hint", *rule_and_cure("lint.empty_hint")
    if exercise.marked_by == "key" and exercise.role == "exercise" and not exercise.hint:
        yield "hint", *rule_and_cure("lint.no_hint")


def plain_texts(exercise: Exercise, library: Library) -> Iterator[tuple[str, str, str]]:
    """Labels, options, items, buckets, spans, cards, rows and columns are plain text: a sign of Markdown would be seen as one."""
    for control in exercise.controls():
        parts = [(f"{name} “{part.id}”", part.text) for name in (*control.lettered, *control.numbered) for part in getattr(control, name)]
        for place, text in [(f"label “{control.id}”", control.label), *parts]:
            if found := _MARKUP.search(text):
                yield place, *rule_and_cure("lint.markdown", sign=found[0][:40].strip())


def samples(exercise: Exercise, library: Library) -> Iterator[tuple[str, str, str]]:
    """The exercise grades its own samples as they claim to be."""
    made = exercise.samples()
    wanted: list[tuple[str, Iterable[Any], Callable[[Any], bool]]] = [
        ("right", made.right, lambda given: given.status in ("needs marking", "kept") or given.score == 1),
        ("partly_right", made.partly, lambda given: given.status == "kept" or 0 < (given.score or 0) < 1),
        ("wrong", made.wrong, lambda given: given.status == "graded" and (given.score or 0) < 1),
        ("unreadable", made.unreadable, lambda given: given.status == "unreadable"),
    ]
    for name, answers, holds in wanted:
        for answer in answers:
            if not holds(given := grade(exercise, answer)):
                found = say(f"lint.found.{given.status.replace(' ', '_')}", score=f"{float(given.score or 0):g}")
                yield "", *rule_and_cure(f"lint.sample.{name}", answer=repr(str(answer)[:60]), found=found)
            elif given.score is not None and exercise.steps % given.score.denominator:
                quoted = {"score": given.score, "answer": repr(str(answer)[:60])}
                yield "", *rule_and_cure("lint.sample.steps", n=exercise.steps, **quoted)
    if not made.right or not made.unreadable:
        yield "", *rule_and_cure("lint.sample.none")


def guesses(exercise: Exercise, library: Library) -> Iterator[tuple[str, str, str]]:
    """Nobody earns points who knows nothing."""
    yield from exercise.guessed()


RULES = (known_names, alternatives, unseen, hints, plain_texts, samples, guesses)
