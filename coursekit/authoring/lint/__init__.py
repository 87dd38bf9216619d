"""Rules about content, each a small function that yields problems; all problems are told at once."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from attrs import evolve

from ...content.library import APART, ASSIGNMENTS, Library, Problem, load
from ...content.notebook_order import asked
from ...content.notebooks import listed, unit_of
from ...errors import BadAssignment
from ...gradebook.assignment import read_assignment
from ...model.exercise import Exercise
from ...model.grading import grade
from ...record.forms import items
from ..repeated_expressions import repeated_expressions

LEAST_WHY = 40  # characters of a reason; shorter ones turned out to be "wrong, try again" in other words
MOST_LONGEST = 0.35  # share of single choices whose longest option may be the right one
CHI_SQUARE_5_PERCENT = {1: 3.84, 2: 5.99, 3: 7.81, 4: 9.49}  # critical values by degrees of freedom
EXERCISES, KINDS_LEAST = (8, 14), 5
_WIDGET = "application/vnd.jupyter.widget-view+json"


def lint(root: Path) -> list[Problem]:
    """Every problem in the course in a folder that holds `exercises/` and `notebooks/`, by file."""
    library = load(root / "exercises")
    found = list(library.problems)
    for rule in EXERCISE_RULES:
        for exercise in library.values():
            found += [Problem(exercise.file, *problem) for problem in rule(exercise, library)]
    for rule in COURSE_RULES:
        found += rule(root, library)
    return sorted(found, key=lambda problem: (problem.file, problem.place))


def known_names(exercise: Exercise, library: Library) -> Iterator[tuple[str, str, str]]:
    """Objectives, elements and misconceptions must exist."""
    if exercise.tested and exercise.objective.partition(".")[0] not in library.units:
        return  # a test covers the whole course, and some of its units are still to come
    units = library.units.values() if exercise.role == "recall" or exercise.tested else [library.units.get(exercise.unit)]
    objectives = [one.id for unit in units if unit for one in unit.objective]
    if exercise.objective not in objectives:
        yield "objective", f"“{exercise.objective}” is not an objective of the unit", f"Use one of {', '.join(objectives)}."
    for id in exercise.covers:
        if id not in library.elements:
            yield "covers", f"“{id}” is not in frameworks.toml", "Use the id of an element."
    for place, part in _reasons(exercise):
        if part.misconception and part.misconception not in library.misconceptions:
            yield place, f"“{part.misconception}” is not in misconceptions.toml", "Use a code from M01 to M28."


def reasons(exercise: Exercise, library: Library) -> Iterator[tuple[str, str, str]]:
    """Every wrong answer says why: a code, enough words, and a fact of the case."""
    facts = _facts(exercise, library)
    for place, part in _reasons(exercise):
        if len(part.why) < LEAST_WHY:
            yield place, f"the reason has {len(part.why)} characters, {LEAST_WHY} are the least", "Say why, with a fact of the case."
        elif facts and not facts.search(part.why):
            yield place, "the reason holds no fact of the case", "Name a person, a date or a figure."
        if not part.misconception:
            yield place, "a misconception code is missing", "Write misconception = “M…”."


def _reasons(exercise: Exercise) -> Iterator[tuple[str, Any]]:
    """Whatever explains a wrong answer, with its place."""
    for option in getattr(exercise, "option", ()):
        if not option.right:
            yield f"option “{option.id}”", option
    for item in getattr(exercise, "item", ()):
        if exercise.kind == "sorting":
            yield f"item “{item.id}”", item
            yield from ((f"item “{item.id}” in “{wrong.bucket}”", wrong) for wrong in item.wrong)
    for slip in getattr(exercise, "mistake", ()):
        yield f"mistake “{slip.first}”", slip
    for quantity in getattr(exercise, "quantity", ()):
        yield from ((f"quantity “{quantity.id}” slip “{slip.value}”", slip) for slip in quantity.slip)
    for span in getattr(exercise, "span", ()):
        yield f"span “{span.id}”", span
    for card in getattr(exercise, "card", ()):
        yield f"card “{card.id}”", card


def _facts(exercise: Exercise, library: Library) -> re.Pattern[str] | None:
    """A figure, or a name of the case, as a pattern; None where the exercise has no case."""
    case = library.cases.get(exercise.case)
    if not case or exercise.kind in ("sorting", "highlight", "revision"):  # there the line itself is the fact
        return None
    names = {word for text in (case.title, *(person.name for person in case.person)) for word in re.findall(r"[A-Z]\w{2,}", text)}
    names |= {word for person in case.person for word in re.findall(r"[a-z]{5,}", person.role)}
    return re.compile("|".join([r"\d", *sorted(names)]))


def alternatives(exercise: Exercise, library: Library) -> Iterator[tuple[str, str, str]]:
    """An exercise with a hard scene names another of the same objective without one."""
    if not exercise.alternative:
        return
    other = library.get(exercise.alternative)
    if not other or other.role != "alternative":
        yield "alternative", f"“{exercise.alternative}” is not an exercise of role alternative", "Write one, or correct the id."
    elif other.objective != exercise.objective or other.note:
        yield "alternative", f"“{exercise.alternative}” must have the same objective and no content note", "Correct it."


def unseen(exercise: Exercise, library: Library) -> Iterator[tuple[str, str, str]]:
    """A test item uses no case of the practice and gives no hint."""
    if exercise.tested and (exercise.case or exercise.hint or exercise.role not in ("test", "graded", "alternative")):
        yield "", "a test item has a case, a hint or another role", "Take case and hint out; write role = “test”."


def hints(exercise: Exercise, library: Library) -> Iterator[tuple[str, str, str]]:
    """At most three hints, none of them empty."""
    if len(exercise.hint) > 3:
        yield "hint", f"{len(exercise.hint)} hints, three are the most", "Keep nudge, place where it was taught, first step."
    if any(not hint.strip() for hint in exercise.hint):
        yield "hint", "an empty hint", "Write it or take it out."
    closed = ("single-choice", "multiple-choice", "ordering", "sorting", "number", "highlight", "revision")
    if exercise.kind in closed and exercise.role == "exercise" and not exercise.hint:
        yield "hint", "a closed exercise needs at least one hint", "Write hint = ['''…''']."


def samples(exercise: Exercise, library: Library) -> Iterator[tuple[str, str, str]]:
    """The exercise grades its own samples as they claim to be."""
    made = exercise.samples()
    wanted: list[tuple[str, Iterable[Any], Callable[[Any], bool]]] = [
        ("right", made.right, lambda given: given.status in ("needs marking", "kept") or given.score == 1),
        ("partly right", made.partly, lambda given: given.status == "kept" or 0 < (given.score or 0) < 1),
        ("wrong", made.wrong, lambda given: given.status == "graded" and (given.score or 0) < 1),
        ("unreadable", made.unreadable, lambda given: given.status == "unreadable"),
    ]
    for name, answers, holds in wanted:
        for answer in answers:
            if not holds(given := grade(exercise, answer)):
                yield "", f"the answer {str(answer)[:60]!r} should be {name} and is {given.status} {given.score}", "Look at the key."
    if not made.right or not made.unreadable:
        yield "", "makes up no right or no unreadable answer", "Look at the key."


EXERCISE_RULES = (known_names, reasons, alternatives, unseen, hints, samples)


def unit_shape(root: Path, library: Library) -> Iterator[Problem]:
    """A unit has 8–14 exercises of five kinds, one comparison, one worksheet, one short text; its minutes add up."""
    for name, unit in library.units.items():
        file = f"exercises/{name}/unit.toml"
        if (total := sum(one.minutes for one in unit.objective)) != unit.minutes:
            yield Problem(file, "minutes", f"the objectives take {total} minutes and the unit {unit.minutes}", "Make them equal.")
        kinds = Counter(one.kind for one in library.of_unit(name) if one.role == "exercise")
        if unit.step == "start" or not kinds:
            continue
        if not EXERCISES[0] <= kinds.total() <= EXERCISES[1]:
            yield Problem(
                file, "", f"{kinds.total()} exercises, {EXERCISES[0]} to {EXERCISES[1]} are planned", "Add some, or change a role."
            )
        if len(kinds) < KINDS_LEAST:
            yield Problem(file, "", f"{len(kinds)} kinds of exercise, {KINDS_LEAST} are the least", "Ask in other ways.")
        for kind in ("comparison", "worksheet", "short-text"):
            if not kinds[kind]:
                yield Problem(file, "", f"no {kind}", "Add one.")


def keys_hidden(root: Path, library: Library) -> Iterator[Problem]:
    """Neither the length nor the place of an option gives the key away."""
    choices = [one for one in library.values() if one.kind == "single-choice"]
    longest = [one for one in choices if max(one.option, key=lambda option: len(option.text)).right]
    if len(choices) >= 8 and len(longest) > MOST_LONGEST * len(choices):
        ids = ", ".join(one.id for one in longest)
        yield Problem(
            "exercises",
            "",
            f"the longest option is right in {len(longest)} of {len(choices)} single choices ({ids})",
            "Shorten the key or lengthen a rival.",
        )
    for size in {len(one.option) for one in choices}:
        places = Counter(next(n for n, option in enumerate(one.option) if option.right) for one in choices if len(one.option) == size)
        expected = places.total() / size
        chi = sum((places[place] - expected) ** 2 / expected for place in range(size))
        if expected >= 2 and chi > CHI_SQUARE_5_PERCENT.get(size - 1, 11.1):
            yield Problem(
                "exercises", "", f"keys of {size}-option choices stand at places {dict(sorted(places.items()))}", "Spread them evenly."
            )


def asked_once(root: Path, library: Library) -> Iterator[Problem]:
    """Every exercise stands in its unit's notebook once; every exercise asked exists."""
    notebooks = {unit_of(path): path for path in listed(root / "notebooks") if _notebook(path)}
    for unit, path in notebooks.items():
        file, ids = f"notebooks/{path.name}", asked(path)
        for id, times in Counter(ids).items():
            if id not in library:
                yield Problem(file, "", f"asks “{id}”, which could not be loaded", "Correct the id or the file.")
            elif times > 1:
                yield Problem(file, "", f"asks “{id}” {times} times", "Ask it once.")
            elif library[id].unit != unit:
                yield Problem(file, "", f"asks “{id}”, which belongs to another unit", "Ask it in the notebook of its own unit.")
        for one in library.of_unit(unit):
            if one.id not in ids and one.role != "alternative":
                yield Problem(one.file, "", f"is not asked in {path.name}", f'Add a cell exercise("{one.id}").')


def cells(root: Path, library: Library) -> Iterator[Problem]:
    """A notebook runs by itself; its code cells are hidden, executed, and save no widget."""
    for path in listed(root / "notebooks"):
        file, notebook = f"notebooks/{path.name}", _notebook(path)
        if notebook is None:
            yield Problem(file, "", "is not a notebook", "Save it again in JupyterLab, or take it out.")
            continue
        if not notebook["metadata"].get("coursekit", {}).get("run_on_open"):
            yield Problem(file, "", "does not ask to run when opened", "Set metadata.coursekit.run_on_open.")
        for number, cell in enumerate(notebook["cells"], 1):
            if cell["cell_type"] == "markdown" and "".join(cell["source"]).count("$") > 1:
                yield Problem(file, f"cell {number}", "has two dollar signs, which Jupyter takes for a formula", "Write “850 dollars”.")
            if cell["cell_type"] == "code":
                yield from (Problem(file, f"cell {number}", *problem) for problem in _cell(cell))


def _notebook(path: Path) -> dict[str, Any] | None:
    """A notebook's JSON, None where it is not one."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        return notebook if isinstance(notebook["cells"], list) and isinstance(notebook["metadata"], dict) else None
    except (ValueError, KeyError, TypeError, OSError):
        return None


def _cell(cell: dict[str, Any]) -> Iterator[tuple[str, str]]:
    source = "".join(cell["source"])
    if not cell["metadata"].get("jupyter", {}).get("source_hidden"):
        yield "shows its code", "Hide it: jupyter.source_hidden."
    if "exercise(" in source and "\n" in source.strip():
        yield "asks an exercise among other lines", "Give the exercise a cell of its own."
    if len(source.splitlines()) > 10:
        yield f"has {len(source.splitlines())} lines, ten are the most", "Move the work into data or the package."
    if cell["execution_count"] is None:
        yield "was never executed, so nbval compares nothing there", "Run make notebooks."
    if any(_WIDGET in output.get("data", {}) for output in cell["outputs"]):
        yield "saves a widget, which an unexecuted page shows as an error", "Run make notebooks."


def covered(root: Path, library: Library) -> Iterator[Problem]:
    """Each element of a framework that is taught is practised by two exercises at least."""
    counts = Counter(id for one in library.values() if not one.tested for id in one.covers)
    for id, element in library.elements.items():
        if set(element.units) <= library.units.keys() and counts[id] < 2:
            yield Problem(
                "exercises/frameworks.toml", id, f"is practised by {counts[id]} exercises, two are the least", "Name it in covers."
            )


def law(root: Path, library: Library) -> Iterator[Problem]:
    """Whoever names an Act says where it holds, as of when, and to check locally."""
    texts = [(f"exercises/cases/{case.name}.toml", case.setting) for case in library.cases.values()]
    texts += [(one.file, f"{one.prompt} {one.explanation} {' '.join(part.why for _, part in _reasons(one))}") for one in library.values()]
    for path in listed(root / "notebooks"):
        cells = (_notebook(path) or {"cells": []})["cells"]
        texts += [(f"notebooks/{path.name}", "".join(cell["source"])) for cell in cells if cell["cell_type"] == "markdown"]
    for file, text in texts:
        if _ACT.search(text) and not ("check locally" in text.lower() and _YEAR.search(text)):
            yield Problem(file, "", f"names “{_ACT.search(text)[0]}” without date or “check locally”", "Add both, and the jurisdiction.")


_ACT = re.compile(r"\b(?:[A-Z]\w+ )+Act (?:of )?\d{4}\b|\bsection \d+[A-Z]?\b")
_YEAR = re.compile(r"\b20[2-9]\d\b")


def strays(root: Path, library: Library) -> Iterator[Problem]:
    """Only TOML files lie in the folders of units and cases."""
    for path in sorted((root / "exercises").glob("*/*")):
        if path.is_file() and path.suffix != ".toml" and path.parent.name not in APART[1:]:
            yield Problem(path.relative_to(root).as_posix(), "", "is not an exercise file", "Move it elsewhere.")


def forms(root: Path, library: Library) -> Iterator[Problem]:
    """Forms A and B hold twins of the same names; each form has as many items as the others."""
    names = {form: {id.partition("/")[2] for id in items(library, form)} for form in ("form-a", "form-b", "form-c")}
    for name in sorted(names["form-a"] ^ names["form-b"]):
        yield Problem("exercises/measure", "", f"“{name}” stands in one of the forms A and B only", "Write its twin.")
    if len({len(found) for found in names.values()}) > 1:
        sizes = ", ".join(f"{form}: {len(found)}" for form, found in names.items())
        yield Problem("exercises/measure", "", f"the forms differ in length ({sizes})", "Make them equal.")


def assignments(root: Path, library: Library) -> Iterator[Problem]:
    """Every assignment can be released, and every item of its folder is asked."""
    asked = set()
    for path in sorted((root / "exercises" / ASSIGNMENTS).glob("*.toml")):
        try:
            asked |= read_assignment(path, root / "exercises").exercises.keys()
        except BadAssignment as error:
            yield from (evolve(problem, file=path.relative_to(root).as_posix()) for problem in error.problems)
    for one in library.values():
        if one.role == "graded" and one.id not in asked:
            yield Problem(one.file, "", "is asked in no assignment", "Add an [[item]] to one.")


COURSE_RULES = (unit_shape, keys_hidden, asked_once, cells, covered, law, forms, assignments, strays, repeated_expressions)
