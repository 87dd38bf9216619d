"""One function that grades: the same for a notebook, a classroom and a million submissions."""

from typing import Any

from ..errors import Unreadable
from .exercise import Exercise, Grade, Part


def grade(exercise: Exercise, raw: Any) -> Grade:
    """The grade of a raw answer (any JSON value): pure, and raises nothing for any JSON value.

    What cannot be read comes back with status "unreadable" and a sentence for a person in `feedback`.
    """
    try:
        answer = exercise.read(raw)
    except Unreadable as error:
        parts = (Part(error.part, "note"),) if error.part else ()
        return Grade("unreadable", None, exercise.points, parts, str(error))
    return exercise.grade(answer)
