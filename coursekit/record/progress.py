"""What a learner has done and what comes next, computed from the record each time: pure."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Literal

from attrs import field, frozen

from ..model.exercise import Exercise
from .entry import Entry

State = Literal["new", "started", "done"]


@frozen
class Standing:
    """Where a learner stands with one exercise. `best` is the best score 0..1, None before a graded answer;
    `seen` means that they asked for the answer; `tries` counts graded answers that say something else than the one before."""

    state: State = "new"
    best: float | None = None
    tries: int = 0
    seen: bool = False


@frozen
class Tally:
    """A count of exercises: how many there are and how many are done; `id` is a unit or an objective."""

    id: str
    done: int
    total: int


@frozen
class Progress:
    """Counts by unit, in the course's order, and by objective; `next` is the first exercise not done, or None."""

    units: tuple[Tally, ...]
    objectives: dict[str, Tally]
    next: str | None = None
    standings: dict[str, Standing] = field(factory=dict)


def standing(entries: Iterable[Entry], exercises: Mapping[str, Exercise]) -> Standing:
    """The standing with one exercise and its alternative, from the entries on them, oldest first.

    Done: all right once; or the answer was asked for after trying; or what no key marks was given in, also in part (one row
    of a comparison, one field of a worksheet).
    """
    checks = [entry for entry in entries if entry.act in ("check", "draft")]
    graded = [entry for entry in checks if entry.status == "graded"]
    tries = len(graded) - sum(_same(one, other, exercises) for one, other in pairwise(graded))
    best = max((entry.score for entry in graded if entry.score is not None), default=None)
    seen = any(entry.act == "solution" for entry in entries)
    saved = any(entry.act == "check" and entry.status in ("needs marking", "kept") for entry in checks)
    done = best == 1 or (seen and bool(graded)) or saved
    return Standing("done" if done else "started" if checks else "new", best, tries, seen)


def progress(exercises: Mapping[str, Exercise], entries: Iterable[Entry], plan: Mapping[str, Sequence[str]]) -> Progress:
    """Progress over the plan: {unit: exercise ids in the order in which its notebook asks them}.

    Demonstrations do not count. Entries on exercises that are not in the plan are left out.
    """
    by_exercise: dict[str, list[Entry]] = {}
    for entry in entries:
        by_exercise.setdefault(entry.exercise, []).append(entry)
    asked = {unit: [id for id in ids if id in exercises and exercises[id].role != "demo"] for unit, ids in plan.items()}
    standings = {}
    for id in (id for ids in asked.values() for id in ids):
        about = by_exercise.get(id, []) + by_exercise.get(exercises[id].alternative, [])
        standings[id] = standing(about, exercises)
    objectives: dict[str, list[str]] = {}
    for id in standings:
        if exercises[id].role != "recall":  # a recall looks back at what another unit taught
            objectives.setdefault(exercises[id].objective, []).append(id)
    return Progress(
        tuple(_tally(unit, ids, standings) for unit, ids in asked.items()),
        {id: _tally(id, ids, standings) for id, ids in objectives.items()},
        next((id for id, one in standings.items() if one.state != "done"), None),
        standings,
    )


def _same(one: Entry, other: Entry, exercises: Mapping[str, Exercise]) -> bool:
    if one.exercise != other.exercise or one.exercise not in exercises:
        return one.answer == other.answer
    return exercises[one.exercise].same(one.answer, other.answer)


def _tally(id: str, ids: Sequence[str], standings: Mapping[str, Standing]) -> Tally:
    return Tally(id, sum(standings[one].state == "done" for one in ids), len(ids))
