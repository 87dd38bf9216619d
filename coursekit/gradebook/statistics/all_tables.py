"""All figures on a graded class at once."""

import pandas as pd
from attrs import frozen

from ...content import location
from ...content.library import load
from ..assignment import Work
from . import item_statistics
from .flags import flags
from .item_statistics import Results
from .reliability import Reliability


@frozen
class Figures:
    """The tables that `statistics` makes, each as its function says; `whole` are the points that totals rest on.

    `items` has a column `title` and one `flags` (names joined by "; ") besides; `misconceptions` a column `belief`.
    """

    work: Work
    learners: int
    whole: pd.DataFrame
    items: pd.DataFrame
    distractors: pd.DataFrame
    flags: pd.DataFrame
    objectives: pd.DataFrame
    misconceptions: pd.DataFrame
    calibration: pd.DataFrame
    totals: pd.DataFrame
    agreement: pd.DataFrame
    overall: Reliability

    @property
    def most(self) -> float:
        """The most points there are for the questions that count in totals."""
        return float(sum(item.points for item in self.work.assignment.item if item.exercise in self.whole))


def figures(results: Results) -> Figures:
    """All figures on a class."""
    work, marks = results.work, results.marks
    items = item_statistics.items(marks, results.attempts)
    distractors = item_statistics.distractors(work, marks)
    agreement = item_statistics.agreement(work, marks, results.levels)
    flagged = flags(items, distractors, agreement)
    names = {id: "; ".join(own["flag"].unique()) for id, own in flagged.groupby("exercise")}
    items.insert(2, "title", [work.exercises[id].title for id in items["exercise"]])
    held = item_statistics.misconceptions(marks)
    beliefs = _beliefs()
    held.insert(1, "belief", [beliefs.get(code, "") for code in held["code"]])
    return Figures(
        work,
        marks["person"].nunique(),
        item_statistics.points(marks),
        items.assign(flags=[names.get(id, "") for id in items["exercise"]]),
        distractors,
        flagged,
        item_statistics.objectives(work, marks),
        held,
        item_statistics.calibration(marks),
        item_statistics.totals(marks),
        agreement,
        item_statistics.overall(marks),
    )


def _beliefs() -> dict[str, str]:
    """{code: what a person with that misconception would say}, from the course."""
    return {code: one.belief for code, one in load(location.root() / "exercises").misconceptions.items()}
