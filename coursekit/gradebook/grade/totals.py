"""From points to a row of the gradebook: lateness, total, pass, and what is still missing."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from attrs import frozen

from ..assignment import Assignment
from ..scale import Scale

STATUSES = ("graded", "needs marking", "unreadable", "too late", "not handed in")


@frozen
class LearnerTotal:
    """One learner's result, exact: whoever shows it rounds it.

    `points` by question, None where unknown. `total` (after lateness), `percent` (0..100) and `passed` are None until every
    part is known: what could not be read or marked is never a zero. `so_far` is the sum of what is known, before lateness;
    None where nothing that was handed in could be read.
    """

    person: str
    points: tuple[Fraction | None, ...]
    total: Fraction | None
    so_far: Fraction | None
    percent: Fraction | None
    passed: bool | None
    late_days: int
    attempts: int
    status: str


def factor(assignment: Assignment, handed_in: datetime, late_days: int) -> Fraction:
    """The share of the points (0..1) that the late rule leaves. A day is 24 hours, and one that has begun counts whole."""
    late = assignment.late
    if late.until is not None and handed_in > late.until:
        return Fraction(0)
    return max(Fraction(0), 1 - Fraction(late.percent * late_days, 100)) if late.rule == "per-day" else Fraction(1)


def learner_totals(
    assignment: Assignment, scale: Scale, people: Iterable[str], results: Mapping[str, Mapping[str, Any]]
) -> Iterator[LearnerTotal]:
    """One row for each of `people`, in their order. `results` is {person: reached (steps by question, their sum where several
    answers count), averaged (how many do), statuses, late_days, attempts, handed_in, broken}; a person who is not in it has not
    handed in."""
    for person in people:
        found = results.get(person)
        if found is None:
            yield LearnerTotal(person, (None,) * len(assignment.item), None, None, None, None, 0, 0, "not handed in")
        elif not found["statuses"]:  # their file could not be read at all
            yield LearnerTotal(person, (None,) * len(assignment.item), None, None, None, None, 0, 0, "unreadable")
        else:
            yield _row(assignment, scale, person, found)


def _row(assignment: Assignment, scale: Scale, person: str, found: Mapping[str, Any]) -> LearnerTotal:
    left = factor(assignment, found["handed_in"], found["late_days"])
    status = _status(assignment, found, left)
    units = _units(assignment, scale, found)
    points = tuple(None if one is None else Fraction(one, scale.unit) for one in units)
    known = [one for one in units if one is not None]
    so_far = Fraction(sum(known), scale.unit) if known or status != "unreadable" else None
    if status in ("unreadable", "needs marking"):
        return LearnerTotal(person, points, None, so_far, None, None, found["late_days"], found["attempts"], status)
    total = (so_far or Fraction(0)) * left
    percent = 100 * total / assignment.points if assignment.points else None
    passed = None
    if assignment.pass_percent is not None and percent is not None:
        passed = percent >= assignment.pass_percent and _least_reached(assignment, scale, found)
    return LearnerTotal(person, points, total, so_far, percent, passed, found["late_days"], found["attempts"], status)


def _units(assignment: Assignment, scale: Scale, found: Mapping[str, Any]) -> list[int | Fraction | None]:
    """The points of each question in units: a whole number, but of an average."""
    units: list[int | Fraction | None] = []
    for item, reached, averaged in zip(assignment.item, found["reached"], found["averaged"], strict=True):
        earned = None if reached is None else reached * scale.worth[item.exercise]
        units.append(earned if earned is None or averaged == 1 else Fraction(earned, averaged))
    return units


def _least_reached(assignment: Assignment, scale: Scale, found: Mapping[str, Any]) -> bool:
    each = zip(assignment.item, found["reached"], found["averaged"], strict=True)
    return all((reached or 0) >= item.least * scale.steps[item.exercise] * averaged for item, reached, averaged in each if item.least)


def _status(assignment: Assignment, found: Mapping[str, Any], left: Fraction) -> str:
    """What stands in the way of a result, or the result's name. After the last day there is nothing to mark."""
    statuses = {status for status, item in zip(found["statuses"], assignment.item, strict=True) if item.points}
    if found["broken"] or "unreadable" in statuses:
        return "unreadable"
    if left == 0 and found["late_days"]:
        return "too late"
    return "needs marking" if "needs marking" in statuses else "graded"
