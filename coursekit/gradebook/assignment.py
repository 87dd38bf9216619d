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
from ..formats import integer
from ..model.exercise import Exercise
from ..model.figures import Figures
from ..model.kinds import KINDS
from ..wording import say
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
        raise BadAssignment([_problem(path, "name", "named_twice", name=path.stem)])
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
            cure = "" if str(error).endswith(("?", ".")) else say("assignment.unknown_cure")
            found.append(Problem(path.name, f"item[{number}].exercise", str(error), cure))
        else:
            found += [_problem(path, f"item[{number}]", key, **told) for key, told in _item_problems(item, asked[item.exercise])]
    found = found or list(_too_fine(assignment, asked, path))
    if found:
        raise BadAssignment(found)
    return Work(assignment, asked, path.parent)


def _problem(path: Path, place: str, key: str, **values: object) -> Problem:
    """What is wrong at a place of the file: the rule and the cure of that key with its {places} filled in."""
    return Problem(path.name, place, say(f"assignment.{key}", **values), say(f"assignment.{key}_cure", **values))


def _toml(path: Path) -> dict[str, Any]:
    """The file as plain data. Raises BadAssignment."""
    try:
        text = path.read_bytes()
        return tomllib.loads(text.decode("utf-8"), parse_float=Decimal)
    except OSError as error:
        problem = _problem(path, "", "not_read", error=error.strerror)
    except UnicodeDecodeError as error:
        problem = _problem(path, say("assignment.line", number=text.count(10, 0, error.start) + 1), "not_utf8")
    except tomllib.TOMLDecodeError as error:
        problem = _problem(path, "", "not_toml", error=error)
    except RecursionError:
        problem = _problem(path, "", "too_deep")
    raise BadAssignment([problem])


def _exercises(path: Path) -> Path:
    """The folder of exercises that an assignment lies in; the course's own where it lies elsewhere."""
    folder = path.resolve().parent.parent
    return folder if (folder / "misconceptions.toml").is_file() else location.root() / "exercises"


def _problems(assignment: Assignment, path: Path) -> list[Problem]:
    """What is wrong with the assignment itself."""
    found = []

    def wrong(place: str, key: str, **values: object) -> None:
        found.append(_problem(path, place, key, **values))

    times = {"due": assignment.due, "late.until": assignment.late.until, "feedback.after": assignment.feedback.after}
    for place, time in times.items():
        if time is not None and time.tzinfo is None:
            wrong(place, "no_zone")
        elif time is not None and assignment.due.tzinfo and time < assignment.due:
            wrong(place, "before_due")
    ids = [item.exercise for item in assignment.item]
    for id in sorted({id for id in ids if ids.count(id) > 1}):
        wrong("item", "asked_twice", id=id)
    if not ids:
        wrong("item", "no_item")
    if assignment.late.rule == "per-day" and not 0 < assignment.late.percent <= 100:
        wrong("late.percent", "odd_late_percent", value=_number(assignment.late.percent))
    elif assignment.late.rule != "per-day" and assignment.late.percent:
        wrong("late.percent", "useless_late_percent", rule=assignment.late.rule)
    if assignment.late.rule == "none" and assignment.late.until is not None:
        wrong("late.until", "useless_until", rule=assignment.late.rule)
    if assignment.late.rule == "cut-off" and assignment.late.until is None:
        wrong("late.until", "no_until")
    for place, count in (("attempts.most", assignment.attempts.most), ("minutes", assignment.minutes)):
        if not 0 <= count <= MOST:
            wrong(place, "odd_count", value=count, most=integer(MOST))
    if assignment.pass_percent is not None and not 0 <= assignment.pass_percent <= 100:
        wrong("pass_percent", "odd_pass_percent", value=_number(assignment.pass_percent))
    for number, material in enumerate(assignment.material, 1):
        if not _is_material(path.parent.resolve(), material.file):
            wrong(f"material[{number}].file", "no_material", file=material.file[:60])
    return found


def _is_material(folder: Path, name: str) -> bool:
    try:
        file = (folder / name).resolve()
        return file.is_relative_to(folder) and file.is_file() and file.suffix in (".md", ".csv")
    except (OSError, ValueError):  # a name that no file can have
        return False


def _number(value: Fraction) -> str:
    """A number as it would be written into the file."""
    return f"{float(value):g}"


def _item_problems(item: Item, exercise: Exercise) -> list[tuple[str, dict[str, object]]]:
    """What is wrong with an item as a question of its kind: the key of the rule, and what fills its places."""
    found: list[tuple[str, dict[str, object]]] = []
    if not 0 <= item.points <= MOST or not 0 <= item.least <= 1:
        found.append(("odd_points", {"points": _number(item.points), "least": _number(item.least), "most": integer(MOST)}))
    if item.least and not item.points:
        found.append(("least_of_nothing", {}))
    if item.criterion and exercise.marked_by != "person":
        found.append(("useless_rubric", {"id": item.exercise}))
    ids = [one.id for one in item.criterion]
    if len(set(ids)) < len(ids) or not all(one.weight > 0 for one in item.criterion):
        found.append(("odd_criteria", {}))
    if any(sorted(level.level for level in one.level) not in ([], [1, 2, 3, 4]) for one in item.criterion):
        found.append(("odd_levels", {}))
    if exercise.marked_by == "nobody" and item.points:
        found.append(("graded_worksheet", {"id": item.exercise}))
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
        yield _problem(path, "item", "too_fine", n=len(str(LARGEST // times)) - 1)


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
