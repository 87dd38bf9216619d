"""A learner's page: what they answered, what it was worth, and why. One file that needs nothing else and runs nothing."""

import json
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from attrs import frozen
from markupsafe import Markup

from ... import formats
from ...model.exercise import Exercise
from ...model.grading import grade
from ...model.points import rounded
from ...wording import say
from ..assignment import Assignment, Criterion
from ..templates import template
from .answer_as_html import names, spoken
from .totals import LearnerTotal


@frozen
class Marked:
    """What a person decided about one text: the level of each criterion (0..4, the mean where markers differ by one;
    None where undecided) and comments."""

    levels: Mapping[str, Fraction | None]
    comments: tuple[str, ...] = ()


@frozen
class Question:
    """One question as a learner's page tells it; `answer` is JSON text in the exercise's own ids, None where there is none,
    and `of` the wording that it answers."""

    exercise: str
    status: str
    score: Fraction | None
    max_points: Fraction
    answer: str | None = None
    of: str | None = None
    rubric: tuple[Criterion, ...] = ()
    marked: Marked | None = None

    @property
    def points(self) -> Fraction | None:
        """Points reached, not rounded; None where there is no score."""
        return None if self.score is None else self.score * self.max_points


class FeedbackPages:
    """Makes the pages of one assignment; what the same answer is told is worked out once for the whole class.

    `exercise` finds the exercise of an id in the wording that was answered.
    """

    def __init__(self, assignment: Assignment, exercise: Callable[[str, str | None], Exercise]):
        self.assignment, self._exercise = assignment, exercise
        self._style = Markup((files(__package__) / "feedback.css").read_text(encoding="utf-8"))
        self._asked = cache(lambda id, of: _parts().asked(exercise(id, of)))
        self._told = lru_cache(maxsize=5_000)(lambda id, of, answer: _told(exercise(id, of), answer))
        self._known = lru_cache(maxsize=5_000)(self._question)

    def page(self, row: LearnerTotal, name: str, questions: Iterable[Question]) -> str:
        """The HTML of a learner's page. Whatever a learner typed stands in it as text."""
        late = _late(self.assignment, row) if row.late_days else ""
        # What a person marked is its writer's own, and is not asked for again.
        told = [self._question(*each) if each[1].marked else self._known(*each) for each in enumerate(questions, 1)]
        return _parts().page(self.assignment, name, self._style, _result(self.assignment, row), late, told)

    def _question(self, number: int, one: Question) -> tuple[Markup, Markup]:
        """A question's row in the overview, and its section; each may be empty."""
        exercise = self._exercise(one.exercise, one.of)
        about = {"number": number, "title": exercise.title, "outcome": _outcome(one), "points": _of(one) if one.max_points else ""}
        row = _parts().row(**about) if one.max_points else Markup()
        if self.assignment.feedback.show != "reasons" or not (one.max_points or one.answer):
            return row, Markup()
        told = _unread(one, exercise) if one.status == "unreadable" else self._told(one.exercise, one.of, one.answer)
        return row, _parts().section(**about, asked=self._asked(one.exercise, one.of), marked=_marked(one), told=told)


@cache
def _parts() -> Any:
    """The macros of the template, which give HTML."""
    return template("grade/feedback.html.j2").module


def _told(exercise: Exercise, answer: str | None) -> Markup:
    """An answer (JSON text, own ids) with its reasons."""
    raw = None if answer is None else json.loads(answer)
    given = None if answer is None else grade(exercise, raw)
    parts = [part for part in given.parts if part.text] if given else []
    tells_all = given and exercise.parts_tell_all
    return _parts().told(
        said=spoken(exercise, raw) if given else None,
        feedback=given.feedback if given and given.status != "needs marking" else "",
        parts=parts,
        names=dict(names(exercise.controls())),
        explanation=exercise.explanation,
        solution="" if tells_all or (given and given.score == 1) else exercise.solution(),
    )


def _unread(one: Question, exercise: Exercise) -> Markup:
    """What came and why it could not be read."""
    answer = None if one.answer is None else json.loads(one.answer)
    if answer is None:
        return _parts().unread(None, "")
    return _parts().unread(spoken(exercise, answer), grade(exercise, answer).feedback)


def _marked(one: Question) -> Markup | str:
    """Each criterion with the level that was given and what a text at that level does; empty where there is none yet."""
    if not one.marked or not one.rubric or all(level is None for level in one.marked.levels.values()):
        return ""
    levels = one.marked.levels
    return _parts().marked([(each.text, _level(each, levels.get(each.id))) for each in one.rubric], one.marked.comments)


def _level(criterion: Criterion, level: Fraction | None) -> str:
    if level is None:
        return say("outcome.needs_marking")
    told = next((each.text for each in criterion.level if each.level == level), "")
    return say("page.level", level=_points(level), told=told).strip()


def _result(assignment: Assignment, row: LearnerTotal) -> str:
    values = {"points": _points(row.total), "all": _points(assignment.points), "so_far": _points(row.so_far or Fraction(0))}
    if row.total is None:
        return say(f"page.{row.status.replace(' ', '_')}", **values)
    text = say("page.total", **values, percent=_points(row.percent or Fraction(0)))
    return text if row.passed is None else f"{text} {say('page.passed' if row.passed else 'page.not_passed')}"


def _late(assignment: Assignment, row: LearnerTotal) -> str:
    key = "page.too_late" if row.status == "too late" else "page.late_none" if assignment.late.rule != "per-day" else "page.late"
    return say(key, days=row.late_days, percent=_points(assignment.late.percent))


def _outcome(one: Question) -> str:
    """Right, partly right, not this …: in words."""
    if one.status != "graded":
        return say(f"outcome.{one.status.replace(' ', '_')}")
    return say("verdict.right" if one.score == 1 else "verdict.partly" if one.score else "verdict.wrong")


def _of(one: Question) -> str:
    """Points reached of the most there are; a dash where they are not known yet."""
    return f"{_points(one.points) or '–'} / {_points(one.max_points)}"


def _points(points: Fraction | None) -> str:
    """Points without needless zeros; an empty text where there are none yet."""
    return "" if points is None else formats.points(rounded(points))
