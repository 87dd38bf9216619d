"""What an instructor sets: the questions with their points, when they are due, and how they are counted."""

import json
import tomllib
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from hashlib import sha256
from math import lcm
from pathlib import Path
from typing import Any, Literal

from attrs import frozen

from ..assignment.bundle_fields import Material
from ..content import location
from ..content.library import Problem, load
from ..content.strict_parsing import structure
from ..errors import BadAssignment, UnknownExercise
from ..model.exercise import Exercise
from ..model.figures import Figures
from ..model.kinds import KINDS
from .scale import LARGEST, scale

MOST = 10_000  # points of an item, attempts and minutes: more is a slip of the pen
LEVELS = (0, 1, 2, 3, 4)  # a mark on one criterion: 4 strong, 1 weak, 0 nothing usable; its share of the points is level / 4
MARKERS = 10  # the mean of so many is exact in the unit that is chosen before anybody has marked


@frozen
class Level:
    """What a text at one level of a criterion does, in a sentence."""

    level: int
    text: str


@frozen
class Criterion:
    """One line of a rubric. Several criteria share the item's points by weight."""

    id: str
    text: str
    weight: Fraction = Fraction(1)
    level: tuple[Level, ...] = ()


@frozen
class Item:
    """One question: the exercise, its points, and for what a person marks the rubric.

    `least` is the share of the points (0..1) without which the assignment is not passed, whatever the total.
    """

    exercise: str
    points: Fraction = Fraction(1)
    least: Fraction = Fraction(0)
    criterion: tuple[Criterion, ...] = ()


@frozen
class Late:
    """What a late hand-in costs: nothing; a percentage of the points per begun day; or, after `until`, everything."""

    rule: Literal["none", "per-day", "cut-off"] = "none"
    percent: Fraction = Fraction(0)
    until: datetime | None = None


@frozen
class Attempts:
    """Which of a learner's saved answers to one question counts; `most` is how many count at most, 0 for no limit."""

    count: Literal["first", "last", "best", "average"] = "last"
    most: int = 0


@frozen
class Feedback:
    """What a learner's page says (`show`), and from when on there is one."""

    show: Literal["reasons", "points", "none"] = "reasons"
    after: datetime | None = None


@frozen
class Assignment:
    """An assignment as its file has it; `name` is the file's name without `.toml`."""

    name: str
    title: str
    due: datetime
    item: tuple[Item, ...]
    about: str = ""
    minutes: int = 0
    confidence: bool = False
    shuffle: bool = False
    pass_percent: Fraction | None = None
    late: Late = Late()
    attempts: Attempts = Attempts()
    feedback: Feedback = Feedback()
    material: tuple[Material, ...] = ()

    @property
    def points(self) -> Fraction:
        """The most points there are."""
        return sum((item.points for item in self.item), Fraction(0))


@frozen
class Work:
    """An assignment with the exercises that it asks, by id, and the folder that its materials are in."""

    assignment: Assignment
    exercises: dict[str, Exercise]
    folder: Path

    @property
    def digest(self) -> str:
        """Sixteen hex digits that change with anything that can change a grade."""
        return sha256(as_json(self).encode()).hexdigest()[:16]


def read_assignment(path: Path, exercises: Path | None = None) -> Work:
    """The assignment in a TOML file, with its exercises from the folder beside it and from the course.

    Raises BadAssignment, whose text names every problem, one a line.
    """
    raw = _toml(path)
    if "name" in raw:
        raise BadAssignment([Problem(path.name, "name", f"the file's name says it already: “{path.stem}”", "Take the key out.")])
    try:
        assignment = structure(Assignment, {**raw, "name": path.stem})
    except ExceptionGroup as group:
        errors: tuple[Any, ...] = group.exceptions  # no group is among them
        raise BadAssignment([Problem(path.name, error.place, error.rule, error.cure) for error in errors]) from None
    library = load(exercises or _exercises(path), also=path.with_suffix(""))
    found, asked = list(_problems(assignment, path)), {}
    for number, item in enumerate(assignment.item, 1):
        try:
            asked[item.exercise] = library[item.exercise]
        except UnknownExercise as error:
            cure = "" if str(error).endswith(("?", ".")) else "Correct the id."
            found.append(Problem(path.name, f"item[{number}].exercise", str(error), cure))
        else:
            found += [Problem(path.name, f"item[{number}]", *rest) for rest in _item_problems(item, asked[item.exercise])]
    found = found or list(_too_fine(assignment, asked, path))
    if found:
        raise BadAssignment(found)
    return Work(assignment, asked, path.parent)


def _toml(path: Path) -> dict[str, Any]:
    """The file as plain data. Raises BadAssignment."""
    place = ""
    try:
        text = path.read_bytes()
        return tomllib.loads(text.decode("utf-8"), parse_float=Decimal)
    except OSError as error:
        rule, cure = f"cannot be read: {error.strerror}", "Check the path."
    except UnicodeDecodeError as error:
        place, rule, cure = f"line {text.count(10, 0, error.start) + 1}", "is not UTF-8 text", "Save the file with the encoding UTF-8."
    except tomllib.TOMLDecodeError as error:
        rule, cure = f"is not valid TOML: {error}", "Correct that line."
    except RecursionError:
        rule, cure = "nests its lists too deep", "Take the brackets out."
    raise BadAssignment([Problem(path.name, place, rule, cure)])


def _exercises(path: Path) -> Path:
    """The folder of exercises that an assignment lies in; the course's own where it lies elsewhere."""
    folder = path.resolve().parent.parent
    return folder if (folder / "misconceptions.toml").is_file() else location.root() / "exercises"


def _problems(assignment: Assignment, path: Path) -> list[Problem]:
    """What is wrong with the assignment itself."""
    found = []

    def wrong(place: str, rule: str, cure: str) -> None:
        found.append(Problem(path.name, place, rule, cure))

    times = {"due": assignment.due, "late.until": assignment.late.until, "feedback.after": assignment.feedback.after}
    for place, time in times.items():
        if time is not None and time.tzinfo is None:
            wrong(place, "has no time zone", "Write it with its distance from UTC, for example 2027-01-15T17:00:00+01:00.")
        elif time is not None and assignment.due.tzinfo and time < assignment.due:
            wrong(place, "is before the due date", "Choose the due date or later.")
    ids = [item.exercise for item in assignment.item]
    for id in sorted({id for id in ids if ids.count(id) > 1}):
        wrong("item", f"asks “{id}” twice", "Ask it once.")
    if not ids:
        wrong("item", "at least one is needed", "Add an [[item]].")
    if assignment.late.rule == "per-day" and not 0 < assignment.late.percent <= 100:
        wrong("late.percent", f"is {float(assignment.late.percent):g}", "Write a number above 0, up to 100.")
    elif assignment.late.rule != "per-day" and assignment.late.percent:
        wrong("late.percent", f"has no use where the rule is “{assignment.late.rule}”", 'Write rule = "per-day", or take it out.')
    if assignment.late.rule == "none" and assignment.late.until is not None:
        wrong("late.until", "has no use where the rule is “none”", 'Write rule = "cut-off", or take it out.')
    if assignment.late.rule == "cut-off" and assignment.late.until is None:
        wrong("late.until", "is missing", "Write the day and hour after which nothing counts.")
    for place, count in (("attempts.most", assignment.attempts.most), ("minutes", assignment.minutes)):
        if not 0 <= count <= MOST:
            wrong(place, f"is {count}", f"Write a whole number from 0 (no limit) to {MOST:,}.")
    if assignment.pass_percent is not None and not 0 <= assignment.pass_percent <= 100:
        wrong("pass_percent", f"is {float(assignment.pass_percent):g}", "Write a percentage from 0 to 100.")
    for number, material in enumerate(assignment.material, 1):
        if not _is_material(path.parent.resolve(), material.file):
            wrong(f"material[{number}].file", f"“{material.file[:60]}” is no .md or .csv file beside the assignment", "Correct the path.")
    return found


def _is_material(folder: Path, name: str) -> bool:
    try:
        file = (folder / name).resolve()
        return file.is_relative_to(folder) and file.is_file() and file.suffix in (".md", ".csv")
    except (OSError, ValueError):  # a name that no file can have
        return False


def _item_problems(item: Item, exercise: Exercise) -> list[tuple[str, str]]:
    """What is wrong with an item as a question of its kind: rule and cure."""
    found = []
    if not 0 <= item.points <= MOST or not 0 <= item.least <= 1:
        found.append(
            (f"points {float(item.points):g}, least {float(item.least):g}", f"Points are from 0 to {MOST:,}, least is a share from 0 to 1.")
        )
    if item.least and not item.points:
        found.append(("without points nobody would see that the least was not reached", "Give it points, or take `least` out."))
    if item.criterion and exercise.marked_by != "person":
        found.append((f"“{item.exercise}” is marked by rule, so that a rubric has no use", "Take the criteria out."))
    ids = [one.id for one in item.criterion]
    if len(set(ids)) < len(ids) or not all(one.weight > 0 for one in item.criterion):
        found.append(("criteria need ids of their own and weights above 0", "Correct them."))
    if any(sorted(level.level for level in one.level) not in ([], [1, 2, 3, 4]) for one in item.criterion):
        found.append(("a criterion describes the levels 1, 2, 3 and 4, or none", "Correct [[item.criterion.level]]."))
    if exercise.marked_by == "nobody" and item.points:
        found.append((f"“{item.exercise}” is the learner's own worksheet and is never graded", "Write points = 0."))
    return found


def added_up(assignment: Assignment) -> int:
    """How many answers of a learner to one question are added up at most: all of them for an average."""
    return (assignment.attempts.most or MOST) if assignment.attempts.count == "average" else 1


def _too_fine(assignment: Assignment, asked: dict[str, Exercise], path: Path) -> Iterator[Problem]:
    """Points that no database could sum exactly."""
    times = added_up(assignment)
    whole = scale(
        {one.exercise: one.points for one in assignment.item}, {one.exercise: steps(one, asked[one.exercise]) for one in assignment.item}
    )
    if not whole.fits(times):
        rule = f"the points and the parts of their questions have no common fraction of at most {len(str(LARGEST // times)) - 1} digits"
        yield Problem(path.name, "item", rule, "Choose points and credits with fewer decimals, or fewer questions with many parts.")


def steps(item: Item, exercise: Exercise) -> int:
    """Into how many equal steps the score of a question is cut: by its kind, or by its rubric and its levels."""
    if exercise.marked_by != "person":
        return exercise.steps
    weights = [one.weight for one in rubric(item, exercise)]
    finest = sum(weights) * LEVELS[-1] * lcm(*range(1, MARKERS + 1))
    return lcm(*((weight / finest).denominator for weight in weights))


def rubric(item: Item, exercise: Exercise) -> tuple[Criterion, ...]:
    """What a person marks here: the item's own criteria, else the exercise's, else one for the whole."""
    if item.criterion:
        return item.criterion
    return tuple(Criterion(one.id, one.text) for one in exercise.criterion) or (Criterion("whole", exercise.title),)


def as_json(work: Work) -> str:
    """The whole work as JSON text, from which `from_json` makes it again; the same work gives the same text."""
    converter = _converter()
    exercises = {id: {"kind": one.kind, **converter.unstructure(one)} for id, one in sorted(work.exercises.items())}
    whole = {"assignment": converter.unstructure(work.assignment), "exercises": exercises}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True)


@cache
def _converter() -> Any:
    from cattrs import Converter

    converter = Converter()
    converter.register_unstructure_hook(datetime, lambda at: at.isoformat())
    converter.register_unstructure_hook(Fraction, float)  # whose shortest text is the decimal again
    converter.register_unstructure_hook(Figures, dict)  # worked out: the texts beside them are, too
    return converter


def from_json(text: str, folder: Path) -> Work:
    """The work that `as_json` wrote; `folder` is where it lies now."""
    raw = json.loads(text)
    about = raw["assignment"]
    for place, key in ((about, "due"), (about["late"], "until"), (about["feedback"], "after")):
        place[key] = place[key] and datetime.fromisoformat(place[key])
    exercises = {id: structure(KINDS[one.pop("kind")], one) for id, one in raw["exercises"].items()}
    return Work(structure(Assignment, about), exercises, folder)
