"""Rules about reasons: every wrong answer of an exercise says why."""

import re
from collections.abc import Iterator
from typing import Any

from ...content.library import Library
from ...model.exercise import Exercise

LEAST_WHY = 40  # characters of a reason; shorter ones turned out to be "wrong, try again" in other words


def reasons(exercise: Exercise, library: Library) -> Iterator[tuple[str, str, str]]:
    """Every wrong answer says why: a code, enough words, and a fact of the case."""
    facts = _facts(exercise, library)
    for place, part in reasons_of(exercise):
        if len(part.why) < LEAST_WHY:
            yield place, f"the reason has {len(part.why)} characters, {LEAST_WHY} are the least", "Say why, with a fact of the case."
        elif facts and not facts.search(part.why):
            yield place, "the reason holds no fact of the case", "Name a person, a date or a figure."
        if not part.misconception:
            yield place, "a misconception code is missing", "Write misconception = “M…”."


def reasons_of(exercise: Exercise) -> Iterator[tuple[str, Any]]:
    """Whatever explains a wrong answer, with its place."""
    for option in getattr(exercise, "option", ()):
        if not option.right:
            yield f"option “{option.id}”", option
    for item in getattr(exercise, "item", ()):
        if exercise.kind == "sorting":
            yield f"item “{item.id}”", item
            yield from ((f"item “{item.id}” in “{wrong.bucket}”", wrong) for wrong in item.wrong)
    for slip in getattr(exercise, "mistake", ()):
        yield f"mistake “{slip.first}”", slip
    for quantity in getattr(exercise, "quantity", ()):
        yield from ((f"quantity “{quantity.id}” slip “{slip.value}”", slip) for slip in quantity.slip)
    for span in getattr(exercise, "span", ()):
        yield f"span “{span.id}”", span
    for card in getattr(exercise, "card", ()):
        yield f"card “{card.id}”", card


def _facts(exercise: Exercise, library: Library) -> re.Pattern[str] | None:
    """A figure, or a name of the case, as a pattern; None where the exercise has no case."""
    case = library.cases.get(exercise.case)
    if not case or exercise.kind in ("sorting", "highlight", "revision"):  # there the line itself is the fact
        return None
    names = {word for text in (case.title, *(person.name for person in case.person)) for word in re.findall(r"[A-Z]\w{2,}", text)}
    names |= {word for person in case.person for word in re.findall(r"[a-z]{5,}", person.role)}
    return re.compile("|".join([r"\d", *sorted(names)]))


RULES = (reasons,)
