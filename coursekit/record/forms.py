"""Which of the test forms a learner gets when."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Literal

from ..model.exercise import Exercise

Moment = Literal["before", "after", "later"]
MOMENTS: tuple[Moment, ...] = ("before", "after", "later")


def form_for(learner: str, moment: Moment) -> str:
    """The form ("form-a", "form-b", "form-c") that a learner gets: half begin with A and half with B, by their id."""
    if moment == "later":
        return "form-c"
    first = sha256(learner.encode()).digest()[0] % 2
    return ("form-a", "form-b")[first if moment == "before" else 1 - first]


def items(exercises: Mapping[str, Exercise], form: str) -> list[str]:
    """The ids of a form's items, in the order of `exercises`: in a library, that of their names."""
    return [id for id, one in exercises.items() if one.unit == form and one.role == "test"]
