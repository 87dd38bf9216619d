"""What an answer picked: which of the options of a question one answer took."""

import json

from ...errors import Unreadable
from ...model.exercise import Exercise, Offered


def picked(exercise: Exercise, answer: str) -> list[Offered]:
    """What one answer (JSON text in the exercise's own ids) picked; empty where it cannot be read."""
    try:
        return exercise.picked(exercise.read(json.loads(answer)))
    except (Unreadable, ValueError):
        return []
