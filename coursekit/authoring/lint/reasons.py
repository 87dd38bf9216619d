"""Rules about reasons: every wrong answer of an exercise says why."""

import re
from collections.abc import Iterator

from ...content.library import Library
from ...model.exercise import Exercise

LEAST_WHY = 40  # characters of a reason; shorter ones turned out to be "wrong, try again" in other words


def reasons(exercise: Exercise, library: Library) -> Iterator[tuple[str, str, str]]:
    """Every wrong answer says why: a code, enough words, and a fact of the case."""
    facts = _facts(exercise, library)
    for place, why, code in exercise.reasons():
        if len(why) < LEAST_WHY:
            yield place, f"the reason has {len(why)} characters, {LEAST_WHY} are the least", "Say why, with a fact of the case."
        elif facts and not facts.search(why):
            yield place, "the reason holds no fact of the case", "Name a person, a date or a figure."
        if not code:
            yield place, "a misconception code is missing", "Write misconception = 'M…'."


def _facts(exercise: Exercise, library: Library) -> re.Pattern[str] | None:
    """A figure, or a name of the case, as a pattern; None where the exercise has no case."""
    case = library.cases.get(exercise.case)
    if not case or exercise.parts_are_facts:
        return None
    names = {word for text in (case.title, *(person.name for person in case.person)) for word in re.findall(r"[A-Z]\w{2,}", text)}
    names |= {word for person in case.person for word in re.findall(r"[a-z]{5,}", person.role)}
    return re.compile("|".join([r"\d", *sorted(names)]))


RULES = (reasons,)
