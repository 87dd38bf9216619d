"""The learner's whole vocabulary: what a notebook of the course calls, one line a cell.

    from coursekit import case, exercise, figure, progress, unit

what the notebook of an assignment calls,

    from coursekit import hand_in, question

and, for those who build on it, `load` and `grade`. What is heavy is imported when it is first needed.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import measure as _measure  # noqa: F401  imported first: the function below takes over its name
from .content.location import course_version
from .model.exercise import Exercise, Grade

if TYPE_CHECKING:
    from .content.library import Library
    from .page.cards import Card
    from .page.widgets import ExerciseList, ExerciseWidget, HandInWidget, Panel
    from .record.forms import Moment

__all__ = ["Exercise", "Grade", "case", "exercise", "figure", "grade", "hand_in", "load", "measure", "progress", "question", "unit"]
__version__ = course_version()


def load(folder: str | Path = "exercises") -> "Library":
    """The exercises, cases and units in a folder. Bad files are named in `.problems`; the rest loads."""
    from .content.library import load

    return load(folder)


def grade(exercise: Exercise, raw: Any) -> Grade:
    """The grade of a raw JSON answer: status "graded", "unreadable", "needs marking" or "kept"; raises nothing for JSON."""
    from .model.grading import grade

    return grade(exercise, raw)


def exercise(id: str) -> "ExerciseWidget":
    """Show the exercise of that id, such as "cost/effective-rate". Raises UnknownExercise, which names near ids."""
    from .page import notebook_calls

    return notebook_calls.exercise(id)


def unit(name: str) -> "Card":
    """Show where a unit stands on the decision path, with its questions and objectives. Raises UnknownUnit."""
    from .page import notebook_calls

    return notebook_calls.unit(name)


def case(name: str) -> "Card":
    """Show a case: setting, people, dates, letters. Raises UnknownCase."""
    from .page import notebook_calls

    return notebook_calls.case(name)


def measure(moment: "Moment") -> "ExerciseList | Card":
    """Show the twenty test questions for "before", "after" or "later"; which form is decided by the learner's id."""
    from .page import notebook_calls

    return notebook_calls.measure(moment)


def progress(unit: str = "") -> "Panel":
    """Show what is done and what comes next: the whole course, or one unit by its objectives."""
    from .page import notebook_calls

    return notebook_calls.progress(unit)


def question(number: int) -> "ExerciseWidget":
    """Show a question of the assignment whose folder this notebook lies in. Raises BadBundle."""
    from .page import notebook_calls

    return notebook_calls.question(number)


def hand_in() -> "HandInWidget":
    """Show what is answered of the assignment whose folder this notebook lies in, and the button to hand it in."""
    from .page import notebook_calls

    return notebook_calls.hand_in()


def figure(axes: Any, alt: str) -> "Panel":
    """Show a matplotlib chart with the words that say what it shows."""
    from .page.widgets import chart

    return chart(axes, alt)
