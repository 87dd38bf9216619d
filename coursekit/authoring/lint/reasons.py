"""Rules about reasons: every wrong answer of an exercise says why."""

import re
from collections.abc import Iterator

from ...content.library import Library
from ...model.exercise import Exercise
from ...wording import rule_and_cure

LEAST_WHY = 40  # characters of a reason; shorter ones turned out to be "wrong, try again" in other words


def reasons(exercise: Exercise, library: Library) -> Iterator[tuple[str, str, str]]:
    """Every wrong answer says why: a code, enough words, and a fact of the case."""
    facts = _facts(exercise, library)
    for place, why, code in exercise.reasons():
        if len(why) < LEAST_WHY:
            yield place, *rule_and_cure("lint.short_reason", n=len(why), least=LEAST_WHY)
        elif facts and not facts.search(why):
            yield place, *rule_and_cure("lint.no_fact")
        if not code:
            yield place, *rule_and_cure("lint.no_code")


def _facts(exercise: Exercise, library: Library) -> re.Pattern[str] | None:
    """A figure, or a name of the case, as a pattern; None where the exercise has no case."""
    case = library.cases.get(exercise.case)
    if not case or exercise.parts_are_facts:
        return None
    names = {word for text in (case.title, *(person.name for person in case.person)) for word in re.findall(r"[A-Z]\w{2,}", text)}
    names |= {word for person in case.person for word in re.findall(r"[a-z]{5,}", person.role)}
    return re.compile("|".join([r"\d", *sorted(names)]))


RULES = (reasons,)
