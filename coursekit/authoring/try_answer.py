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
    points = "" if given.points is None else f" {rounded(given.points):g} of {rounded(given.max_points):g} points."
    lines = [f"{given.status}:{points} {given.feedback}".replace(":  ", ": ")]
    for part in given.parts:
        code = f" ({part.misconception})" if part.misconception else ""
        if part.text or code:
            lines.append(f"  {part.id}: {say(f'verdict.{part.verdict}')}{code}. {part.text}".rstrip())
    return "\n".join(lines)
