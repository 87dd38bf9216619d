"""From points to a row of the gradebook: lateness, total, pass, and what is still missing."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from attrs import frozen

from ..assignment import Assignment

STATUSES = ("graded", "needs marking", "unreadable", "too late", "not handed in")


@frozen
class LearnerTotal:
    """One learner's result.

    `points` by question, None where unknown. `total` (after lateness), `percent` (0..100) and `passed` are None until every
    part is known: what could not be read or marked is never a zero. `so_far` is the sum of what is known, before lateness;
    None where nothing that was handed in could be read.
    """

    person: str
    points: tuple[float | None, ...]
    total: float | None
    so_far: float | None
    percent: float | None
    passed: bool | None
    late_days: int
    attempts: int
    status: str


def factor(assignment: Assignment, handed_in: datetime, late_days: int) -> float:
    """The share of the points (0..1) that the late rule leaves. A day is 24 hours, and one that has begun counts whole."""
    late = assignment.late
    if late.until is not None and handed_in > late.until:
        return 0.0
    return max(0.0, 100 - late.percent * late_days) / 100 if late.rule == "per-day" else 1.0


def learner_totals(assignment: Assignment, people: Iterable[str], results: Mapping[str, Mapping[str, Any]]) -> Iterator[LearnerTotal]:
    """One row for each of `people`, in their order. `results` is {person: points, statuses, late_days, attempts, least_reached,
    handed_in, broken}; a person who is not in it has not handed in."""
    for person in people:
        found = results.get(person)
        if found is None:
            yield LearnerTotal(person, (None,) * len(assignment.item), None, None, None, None, 0, 0, "not handed in")
        elif not found["statuses"]:  # their file could not be read at all
            yield LearnerTotal(person, (None,) * len(assignment.item), None, None, None, None, 0, 0, "unreadable")
        else:
            yield _row(assignment, person, found)


def _row(assignment: Assignment, person: str, found: Mapping[str, Any]) -> LearnerTotal:
    left = factor(assignment, found["handed_in"], found["late_days"])
    status = _status(assignment, found, left)
    known = [points for points in found["points"] if points is not None]
    so_far = round(sum(known), 2) if known or status != "unreadable" else None
    if status in ("unreadable", "needs marking"):
        return LearnerTotal(person, tuple(found["points"]), None, so_far, None, None, found["late_days"], found["attempts"], status)
    total = round((so_far or 0.0) * left, 2)
    percent = round(100 * total / assignment.points, 2) if assignment.points else None
    passed = None
    if assignment.pass_percent is not None and percent is not None:
        passed = percent >= assignment.pass_percent and found["least_reached"]
    return LearnerTotal(person, tuple(found["points"]), total, so_far, percent, passed, found["late_days"], found["attempts"], status)


def _status(assignment: Assignment, found: Mapping[str, Any], left: float) -> str:
    """What stands in the way of a result, or the result's name. After the last day there is nothing to mark."""
    statuses = {status for status, item in zip(found["statuses"], assignment.item, strict=True) if item.points}
    if found["broken"] or "unreadable" in statuses:
        return "unreadable"
    if left == 0 and found["late_days"]:
        return "too late"
    return "needs marking" if "needs marking" in statuses else "graded"
