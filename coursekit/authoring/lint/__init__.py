"""Rules about content, each a small function that yields problems; all problems are told at once.

A family of rules is a file here that names its rules in `RULES`, a line among the imports, and a word in one of the two lists below.
"""

from pathlib import Path

from ...content.library import Problem, load
from . import (
    exercises,
    forms,
    frameworks,
    graded_work,
    languages,
    law,
    notebooks,
    option_keys,
    reasons,
    repeated_expressions,
    stray_files,
    units,
)

# A rule about an exercise takes (exercise, library) and yields (place, rule, cure); one about the course (root, library), Problems.
ABOUT_AN_EXERCISE = (exercises, reasons)
ABOUT_THE_COURSE = (units, option_keys, notebooks, frameworks, law, languages, forms, graded_work, stray_files, repeated_expressions)

EXERCISE_RULES = tuple(rule for family in ABOUT_AN_EXERCISE for rule in family.RULES)
COURSE_RULES = tuple(rule for family in ABOUT_THE_COURSE for rule in family.RULES)


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
