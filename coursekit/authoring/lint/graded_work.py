"""Rules about graded work."""

from collections.abc import Iterator
from pathlib import Path

from attrs import evolve

from ...content.library import ASSIGNMENTS, Library, Problem
from ...errors import BadAssignment, BadInput
from ...gradebook.assignment import read_assignment
from ...gradebook.release import refuse_unfit
from ...wording import rule_and_cure


def assignments(root: Path, library: Library) -> Iterator[Problem]:
    """Every assignment can be released, and every item of its folder is asked."""
    asked: set[str] = set()
    for path in sorted((root / "exercises" / ASSIGNMENTS).glob("*.toml")):
        try:
            work = read_assignment(path, root / "exercises")
            asked |= work.exercises.keys()
            refuse_unfit(work)
        except BadInput as error:
            yield Problem(path.relative_to(root).as_posix(), "", str(error), "")
        except BadAssignment as error:
            yield from (evolve(problem, file=path.relative_to(root).as_posix()) for problem in error.problems)
    for one in library.values():
        if one.role == "graded" and one.id not in asked:
            yield Problem(one.file, "", *rule_and_cure("lint.in_no_assignment"))


RULES = (assignments,)
