"""Rules about one exercise: the names it uses, the easier one beside it, hints, tests, plain texts, and its own samples."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ...content.library import Library
from ...model.exercise import Exercise
from ...model.grading import grade

_MARKUP = re.compile(r"\*[^\s*][^*]*\*|(?<!\w)_[^\s_][^_]*_(?!\w)|~~|`[^`]+`|\[[^]]*\]\(|</?[A-Za-z][^>]*>|&#?\w+;|^(#{1,6}|>|[+*])\s")


def known_names(exercise: Exercise, library: Library) -> Iterator[tuple[str, str, str]]:
    """Objectives, elements and misconceptions must exist."""
    if exercise.tested and exercise.objective.partition(".")[0] not in library.units:
        return  # a test covers the whole course, and some of its units are still to come
    units = library.units.values() if exercise.role == "recall" or exercise.tested else [library.units.get(exercise.unit)]
    objectives = [one.id for unit in units if unit for one in unit.objective]
    if exercise.objective not in objectives:
        yield "objective", f"“{exercise.objective}” is not an objective of the unit", f"Use one of {', '.join(objectives)}."
    for id in exercise.covers:
        if id not in library.elements:
            yield "covers", f"“{id}” is not in frameworks.toml", "Use the id of an element."
    for place, _, code in exercise.reasons():
        if code and code not in library.misconceptions:
            yield place, f"“{code}” is not in misconceptions.toml", "Use a code from M01 to M28."


def alternatives(exercise: Exercise, library: Library) -> Iterator[tuple[str, str, str]]:
    """An exercise with a hard scene names another of the same objective without one."""
    if not exercise.alternative:
        return
    other = library.get(exercise.alternative)
    if not other or other.role != "alternative":
        yield "alternative", f"“{exercise.alternative}” is not an exercise of role alternative", "Write one, or correct the id."
    elif other.objective != exercise.objective or other.note:
        yield "alternative", f"“{exercise.alternative}” must have the same objective and no content note", "Correct it."


def unseen(exercise: Exercise, library: Library) -> Iterator[tuple[str, str, str]]:
    """A test item uses no case of the practice and gives no hint."""
    if exercise.tested and (exercise.case or exercise.hint or exercise.role not in ("test", "graded", "alternative")):
        yield "", "a test item has a case, a hint or another role", "Take case and hint out; write role = 'test'."


def hints(exercise: Exercise, library: Library) -> Iterator[tuple[str, str, str]]:
    """At most three hints, none of them empty."""
    if len(exercise.hint) > 3:
        yield "hint", f"{len(exercise.hint)} hints, three are the most", "Keep nudge, place where it was taught, first step."
    if any(not hint.strip() for hint in exercise.hint):
        yield "hint", "an empty hint", "Write it or take it out."
    if exercise.marked_by == "key" and exercise.role == "exercise" and not exercise.hint:
        yield "hint", "a closed exercise needs at least one hint", "Write hint = ['''…''']."


def plain_texts(exercise: Exercise, library: Library) -> Iterator[tuple[str, str, str]]:
    """Labels, options, items, buckets, spans, cards, rows and columns are plain text: a sign of Markdown would be seen as one."""
    for control in exercise.controls():
        parts = [(f"{name} “{part.id}”", part.text) for name in (*control.lettered, *control.numbered) for part in getattr(control, name)]
        for place, text in [(f"label “{control.id}”", control.label), *parts]:
            if found := _MARKUP.search(text):
                yield place, f"“{found[0][:40].strip()}” is shown as it is typed: this text is no Markdown", "Write it without that sign."


def samples(exercise: Exercise, library: Library) -> Iterator[tuple[str, str, str]]:
    """The exercise grades its own samples as they claim to be."""
    made = exercise.samples()
    wanted: list[tuple[str, Iterable[Any], Callable[[Any], bool]]] = [
        ("right", made.right, lambda given: given.status in ("needs marking", "kept") or given.score == 1),
        ("partly right", made.partly, lambda given: given.status == "kept" or 0 < (given.score or 0) < 1),
        ("wrong", made.wrong, lambda given: given.status == "graded" and (given.score or 0) < 1),
        ("unreadable", made.unreadable, lambda given: given.status == "unreadable"),
    ]
    for name, answers, holds in wanted:
        for answer in answers:
            if not holds(given := grade(exercise, answer)):
                score = "" if given.score is None else f" {float(given.score):g}"
                yield "", f"the answer {str(answer)[:60]!r} should be {name} and is {given.status}{score}", "Look at the key."
            elif given.score is not None and exercise.steps % given.score.denominator:
                yield (
                    "",
                    f"the score {given.score} of {str(answer)[:60]!r} is no whole number of {exercise.steps} steps",
                    "Look at `steps`.",
                )
    if not made.right or not made.unreadable:
        yield "", "makes up no right or no unreadable answer", "Look at the key."


def guesses(exercise: Exercise, library: Library) -> Iterator[tuple[str, str, str]]:
    """Nobody earns points who knows nothing."""
    yield from exercise.guessed()


RULES = (known_names, alternatives, unseen, hints, plain_texts, samples, guesses)
