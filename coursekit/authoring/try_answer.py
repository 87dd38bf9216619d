"""Grading one answer from the command line: a text or JSON in, the grade in words out."""

import json
from pathlib import Path
from typing import Any

from attrs import asdict

from ..content.library import load
from ..model.exercise import Grade
from ..model.grading import grade
from ..model.points import rounded
from ..wording import say


def check(folder: Path, id: str, typed: str) -> Grade:
    """The grade of an answer as typed. Raises UnknownExercise."""
    exercise = load(folder)[id]
    return grade(exercise, _raw(typed))


def _raw(typed: str) -> Any:
    """JSON where it is a list, an object or a quoted text, else the text itself: "56,14" and 80 are typed numbers."""
    text = typed.strip("\r\n")
    if text[:1] in ("[", "{", '"'):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text
    return text


def as_json(given: Grade) -> str:
    """The whole grade as JSON; its numbers are hints there."""
    return json.dumps({**asdict(given), "points": given.points}, ensure_ascii=False, indent=2, default=float)


def as_lines(given: Grade) -> str:
    """The grade in words, one line a part."""
    points = {} if given.points is None else {"points": f"{rounded(given.points):g}", "all": f"{rounded(given.max_points):g}"}
    lines = [say(f"check.{given.status.replace(' ', '_')}", feedback=given.feedback, **points)]
    for part in given.parts:
        key = "check.part_with_code" if part.misconception else "check.part"
        if part.text or part.misconception:
            verdict = say(f"verdict.{part.verdict}")
            lines.append("  " + say(key, id=part.id, verdict=verdict, code=part.misconception, text=part.text).rstrip())
    return "\n".join(lines)
